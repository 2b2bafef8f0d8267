from __future__ import annotations

import html
import io
import re
import shlex
import zipfile
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.casebook.packed import packed
from foedus.casebook.reader import read_case
from foedus.cli.main import main
from foedus.web.held import Held
from foedus.web.making import Making, read
from foedus.web.making_page import asked, key_of
from foedus.web.serve import create_app

JUDGED = "KOR.grievance.JPN:0.5 from 0.2 to 0.8: claims to property were open, said ‘so’ & thus"
ANSWERS = {
    "base": "asia-1953",
    "name": "my-asia",
    "title": 'My "own": Asia',
    "judge": JUDGED,
    "measure": "THA.gdp:21.5 in 1952 by handbook",
    "cite": "handbook:Author (1954). A handbook of all numbers. (widely known)",
}


def said(**other: str) -> str:
    return "?" + urlencode({**ANSWERS, **other})


def fields(**other: str) -> dict[str, str]:
    typed = {
        "how": "judged",
        "value": "0.5",
        "low": "0.2",
        "high": "0.8",
        "reason": "They say so in every record",
        "do": "take",
    }
    return {"at": "KOR.sovereignty", **typed, **other}


def test_the_download_is_what_the_command_on_the_page_writes(client: TestClient, tmp_path: Path) -> None:
    page = client.get("/c/new" + said())
    found = re.search(r"<code>(foedus case new .+?)</code>", page.text)
    assert found is not None
    words = shlex.split(html.unescape(found.group(1)))
    assert words[3] == "my-asia"
    downloaded = client.get("/c/new.zip" + said()).content
    zipped = CliRunner().invoke(main, [*words[1:3], str(tmp_path / "my-asia.zip"), *words[4:]])
    assert zipped.exit_code == 0, zipped.output
    assert (tmp_path / "my-asia.zip").read_bytes() == downloaded
    assert CliRunner().invoke(main, [*words[1:3], str(tmp_path / "my-asia"), *words[4:]]).exit_code == 0
    held = zipfile.ZipFile(io.BytesIO(downloaded))
    inside = {n.removeprefix("my-asia/"): held.read(n) for n in held.namelist()}
    assert inside == {p.name: p.read_bytes() for p in (tmp_path / "my-asia").iterdir()}
    case = read_case(tmp_path / "my-asia")
    assert (case.name, case.title) == ("my-asia", 'My "own": Asia')
    assert case.fact("grievance", "KOR", "JPN").judged == JUDGED.split(": ", 1)[1]
    assert case.fact("gdp", "THA").source == ("handbook",)


def test_an_archive_holds_no_clock() -> None:
    assert packed({"case.yaml": "foedus: 1\n"}, "a") == packed({"case.yaml": "foedus: 1\n"}, "a")
    assert zipfile.ZipFile(io.BytesIO(packed({"x": ""}, "a"))).infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_the_made_case_is_opened_by_the_command_that_the_page_names(client: TestClient, tmp_path: Path) -> None:
    page = client.get("/c/new" + said()).text
    assert "foedus web my-asia" in page
    zipfile.ZipFile(io.BytesIO(client.get("/c/new.zip" + said()).content)).extractall(tmp_path)
    with TestClient(create_app(Held(tmp_path / "my-asia"), warm=False)) as own:
        assert "My &#34;own&#34;: Asia" in own.get("/").text
        number = own.get("/n/grievance/KOR/JPN?case=my-asia").text
        assert "claims to property were open" in number


def test_numbers_are_asked_one_at_a_time_until_the_last(client: TestClient) -> None:
    order = [key_of(f) for f in asked(read_case("asia-1953"))]
    at, seen = order[0], []
    while at:
        found = client.get("/c/new?" + urlencode({"base": "asia-1953", "at": at, "do": "keep"}), follow_redirects=False)
        assert found.status_code == 303
        seen.append(at)
        at = read(found.headers["location"].partition("?")[2], "asia-1953").at
    assert seen == order
    assert "1 of" in client.get(f"/c/new?base=asia-1953&at={order[0]}").text


def test_what_is_taken_stands_in_the_address_and_the_next_is_asked(client: TestClient) -> None:
    found = client.get("/c/new?" + urlencode({"base": "asia-1953", **fields()}), follow_redirects=False)
    made = read(found.headers["location"].partition("?")[2], "asia-1953")
    assert made.judge == ("KOR.sovereignty=0.5 from 0.2 to 0.8: They say so in every record",)
    assert made.at == "KOR.free_force"
    again = client.get(found.headers["location"])
    assert "KOR.sovereignty judged" in again.text
    measured = fields(
        at="KOR.gdp", how="measured", value="30", date="1952", source="new", key="own", citation="A table (1954)."
    )
    found = client.get("/c/new?" + urlencode({"base": "asia-1953", **measured}), follow_redirects=False)
    made = read(found.headers["location"].partition("?")[2], "asia-1953")
    assert (made.measure, made.cite) == (("KOR.gdp=30 in 1952 by own",), ("own=A table (1954).",))
    kept = client.get(f"{made.link('KOR.gdp')}&do=undo", follow_redirects=False).headers["location"]
    assert "measure" not in kept


def test_a_number_as_it_is_there_is_no_answer(client: TestClient) -> None:
    fact = read_case("asia-1953").fact("sovereignty", "KOR")
    same = fields(value=f"{fact.value:g}", low=f"{fact.low:g}", high=f"{fact.high:g}", reason=str(fact.judged))
    found = client.get("/c/new?" + urlencode({"base": "asia-1953", **same}), follow_redirects=False)
    assert found.headers["location"] == "/c/new?base=asia-1953&at=KOR.free_force"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": "so"}, "one cannot go on without a reason"),
        (
            {"reason": str(read_case("asia-1953").fact("sovereignty", "KOR").judged)},
            "it was given for 0.3, 0.1 to 0.5, and not for yours",
        ),
        ({"low": ""}, "A judged number needs all of them"),
        ({"value": "much"}, "it does not say what is wanted"),
        ({"value": "0.9"}, "the range 0.2 to 0.8 does not contain the value 0.9"),
        ({"value": "3", "high": "4"}, "is outside what sovereignty can be"),
        ({"how": "measured", "source": "new", "date": "1952"}, "Name one that is there, or a new one"),
        ({"how": "measured", "source": "new", "key": "own", "date": "1952"}, "there is no source 'own'"),
        ({"how": "measured", "source": "frus", "date": "1999"}, "is after the date of the case"),
    ],
)
def test_what_cannot_be_taken_is_a_sentence_and_the_fields_stay(
    client: TestClient, typed: dict[str, str], sentence: str
) -> None:
    answer = client.get("/c/new?" + urlencode({"base": "asia-1953", **fields(**typed)}))
    assert answer.status_code == 200
    text = html.unescape(answer.text)
    assert sentence in text
    assert "This is not taken yet" in text
    assert f'name="value" inputmode="decimal" size="9" value="{fields(**typed)["value"]}"' in text


@pytest.mark.parametrize(
    ("path", "said_of_it"),
    [
        ("/c/new?bas=asia-1953", "Did you mean"),
        ("/c/new?base=asia-1593", "Did you mean"),
        ("/c/new?base=../etc", "there is no such case"),
        ("/c/new?at=KOR.gpd", "the case has no such number"),
        ("/c/new?region=asia", "no year is named"),
        ("/c/new?region=atlantis&year=1950", "there is no such region"),
        ("/c/new.pdf", "this page has no such form"),
        ("/c/new.zip?judge=KOR", "it does not say what is wanted"),
        ("/c/new?name=a&name=b", "it is said twice"),
    ],
)
def test_wrong_addresses_are_sentences(client: TestClient, path: str, said_of_it: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert said_of_it in answer.text


def test_without_data_the_page_says_what_is_missing(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "none"))
    answer = client.get("/c/new?region=asia&year=1950")
    assert answer.status_code == 200
    assert re.search(r"no historical data in the store yet|could not be|needs", answer.text)
    assert "Download" not in answer.text
    before_it_is_filled_in = client.get("/c/new").text.partition("<form")[0]
    assert "foedus data import FOLDER</code>" in before_it_is_filled_in


def test_an_address_is_written_as_it_is_read() -> None:
    made = read(said(at="KOR.gdp")[1:], "asia-1953")
    assert read(made.link().partition("?")[2], "asia-1953") == made
    assert Making().link() == "/c/new"
    assert (
        Making(region="asia", year="1950", hub="USA").command("")
        == "foedus case new my-case --region asia --year 1950 --hub USA"
    )


def test_the_files_of_a_case_are_the_documents_of_one_yaml_text_too(client: TestClient) -> None:
    answer = client.get(
        "/c/new.yaml?base=asia-1953&judge=KOR.grievance.JPN=0.5 from 0.2 to 0.8: claims to property were open"
    )
    documents = list(yaml.safe_load_all(answer.text))
    assert len(documents) > 3
    assert answer.text.count("claims to property were open") == 1
    assert "/c/new.yaml?base=asia-1953" in client.get("/c/new?base=asia-1953").text
    wrong = client.get("/c/new.csv?base=asia-1953")
    assert (wrong.status_code, wrong.text.splitlines()[1:]) == (
        400,
        [f"/c/new.{f}?base=asia-1953" for f in ("zip", "yaml")],
    )
