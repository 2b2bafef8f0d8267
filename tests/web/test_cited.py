"""Cited: the reference says what the page was made with, and the line of Python is one that gives the same."""

from __future__ import annotations

import html
import json
import re
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import foedus
from foedus.version import released
from foedus.vocabulary.record import plain
from foedus.web.cited import NOWHERE, WITHIN, in_python, reference

PAGES = (
    "/c/asia-1953?lever=trade:0.5&draws=0",
    "/c/asia-1953/why/KOR?law=holding:habit&draws=0",
    "/c/asia-1953/quarrel?pair=JPN,KOR&without=dispute&draws=0",
    "/c/asia-1953/wedge?budget=2&draws=0",
    "/c/asia-1953/draft?members=USA,JPN,THA&rule=hub&draws=20",
    "/c/asia-1953/case?set=KOR.trade.CHN:0.02",
)


@pytest.mark.parametrize("path", PAGES)
def test_the_line_of_python_on_a_page_gives_the_data_of_the_page(client: TestClient, path: str) -> None:
    text = client.get(path).text
    line = re.search(r'<code id="cite-python">(.+?)</code>', text)
    assert line is not None
    found = eval(html.unescape(line.group(1)), {"foedus": foedus})
    told, printed = (
        json.loads(json.dumps(plain(getattr(found, "record", found).to_dict()))),
        path.replace("?", ".json?"),
    )
    page = client.get(printed).json()
    if "sections" in page and "matters" in [s["key"] for s in page["sections"]]:
        page["sections"] = told["sections"]  # the command looks for what moves the answer as well
    assert page == told


def test_a_page_says_how_it_is_cited_and_where_it_stays(client: TestClient) -> None:
    text = html.unescape(client.get("/c/asia-1953?lever=trade:0.5&draws=0").text)
    made = json.loads(client.get("/c/asia-1953.json?lever=trade:0.5&draws=0").text)["made"]
    words = re.search(r'<dd id="cite-text">(.+?)</dd>', text, re.DOTALL)
    bibtex = re.search(r'<pre id="cite-bibtex"[^>]*>(.+?)</pre>', text, re.DOTALL)
    assert words is not None
    assert bibtex is not None
    for part in ("East Asia and the Pacific, autumn 1953", made["result_hash"], made["case_hash"], foedus.__version__):
        assert part in words.group(1)
        assert part in bibtex.group(1)
    assert bibtex.group(1).count("{") == bibtex.group(1).count("}")
    assert f'href="/c/asia-1953?lever=trade:0.5&draws=0&v={foedus.__version__}"' in text
    assert 'id="cite"' not in client.get("/c/asia-1593").text  # nothing there to cite


def footnote(text: str) -> str:
    return html.unescape(text.partition('id="cite-short">')[2].partition("</dd>")[0])


def test_a_footnote_has_the_figure_what_was_changed_and_one_hash(client: TestClient) -> None:
    address = "/c/asia-1953{}?lever=trade:0.5&draws=20"
    for _ in range(300):
        if "<progress" not in (text := client.get(address.format("")).text):
            break
        time.sleep(0.1)
    data = client.get(address.format(".json")).json()
    quoted = re.search(
        r"To quote: (\S+.%) in 10 years \((.+?) across draws\)", html.unescape(text).replace("\u00a0", " ")
    )
    assert quoted is not None
    assert footnote(text).replace("\u00a0", " ") == (
        f"The foedus developers ({released:.4}). East Asia and the Pacific, autumn 1953 (Trade with the adversaries × 0.5). "
        f"Chance that a further multilateral body forms: {quoted.group(1)} in 10 years ({quoted.group(2)} across 20 draws). "
        f"Case as of 2 October 1953; worked out with foedus {foedus.__version__}, result {data['made']['result_hash'][:8]}."
    )
    bibtex = html.unescape(text.partition('id="cite-bibtex"')[2].partition("</pre>")[0]).replace("\u00a0", " ")
    assert f"note = {{Chance that a further multilateral body forms: {quoted.group(1)}".replace("%", "\\%") in bibtex
    assert "same version gets the same numbers" in text
    assert "% in 10 years" not in footnote(client.get("/c/asia-1953?draws=0").text), "without draws nothing is quoted"
    words = footnote(client.get("/docs").text)
    assert words == f"The foedus developers ({released:.4}). The documentation of foedus. foedus {foedus.__version__}."


def test_the_year_is_that_of_the_file_for_citations() -> None:
    told = (Path(__file__).parents[2] / "CITATION.cff").read_text(encoding="utf-8")
    assert f'date-released: "{released}"' in told
    assert f"version: {foedus.__version__}" in told


def test_a_command_without_a_door_has_no_line() -> None:
    assert in_python("foedus mechanisms") == ""
    assert in_python("foedus assess asia-1953 --unheard 3") == ""


@pytest.mark.parametrize(("said", "draws"), [("", 40), ("&draws=60", 60), ("&draws=0", 0)])
def test_the_playground_is_cited_with_the_draws_that_it_shows(client: TestClient, said: str, draws: int) -> None:
    text = html.unescape(client.get(f"/c/asia-1953/play?lever=trade:0.5{said}").text)
    words = re.search(r'<dd id="cite-text">(.+?)</dd>', text, re.DOTALL)
    assert words is not None
    link = f"/c/asia-1953/play?lever=trade:0.5&draws={draws}&v={foedus.__version__}"
    assert words.group(1).endswith(f"gives the same with: foedus assess asia-1953 --lever trade=0.5 --draws {draws}")
    assert "with no address on the web" in words.group(1)  # and none is made up
    assert (f"{draws} draws, seed 1" in words.group(1)) is (draws > 0)
    assert f'href="{link}"' in text


def test_an_address_is_cited_where_others_reach_it_and_said_to_be_none_elsewhere() -> None:
    made = {"case_hash": "1c", "result_hash": "2d"}
    there, here = (
        reference("Asia", made, "foedus assess asia-1953", "/c/asia-1953", public=public) for public in (True, False)
    )
    assert there.text.endswith(f"foedus assess asia-1953{WITHIN}/c/asia-1953")
    assert NOWHERE not in there.bibtex
    assert NOWHERE in here.bibtex
    for told in (here.text, here.bibtex):
        assert WITHIN not in told
        assert all(
            part in told for part in ("case hash 1c", "result hash 2d", foedus.__version__, "foedus assess asia-1953")
        )


def test_a_cited_comparison_names_the_world_it_was_compared_with(client: TestClient) -> None:
    page = client.get("/c/asia-1953/play?lever=trade:0.5&vs=without=dispute").text
    told = html.unescape(page.partition('id="cite-text">')[2].partition("</dd>")[0])
    assert "compared with what this gives: foedus assess asia-1953 --without dispute --draws 40. " in told
    assert told.partition("with: ")[2].startswith("foedus assess asia-1953 --lever trade=0.5 --draws 40")
    assert "compared with" not in client.get("/c/asia-1953/play?lever=trade:0.5").text.partition('id="cite"')[2]


@pytest.mark.parametrize(
    ("path", "title", "command", "stays"),
    [
        ("/docs", "The documentation of foedus", "", "/docs"),
        ("/docs/workbench", "The workbench (documentation)", "", "/docs/workbench"),
        ("/docs?q=trade", "The documentation of foedus", "", "/docs"),
        ("/t/new?case=asia-1953", "A claim not tried yet: Chance that", "", "/t/new"),
        ("/c/new?base=asia-1953", "A case of one's own, my-case, begun from asia-1953", "foedus case new", "/c/new"),
        (
            "/t/a-nato-in-asia?draws=60",
            "not tried to the end",
            "foedus trial a-nato-in-asia --draws 60",
            "/t/a-nato-in-asia",
        ),
    ],
)
def test_every_page_is_cited_as_what_it_is(client: TestClient, path: str, title: str, command: str, stays: str) -> None:
    text = html.unescape(client.get(path).text)
    told = text.partition('id="cite-text">')[2].partition("</dd>")[0].replace("\u00a0", " ")
    assert title in told
    assert f"foedus {foedus.__version__}; " in told
    assert command in told
    assert ("gives the same with: foedus" in told) is bool(command), "where nothing is asked no command gives the same"
    bibtex = text.partition('id="cite-bibtex"')[2].partition("</pre>")[0]
    assert bibtex.count("{") == bibtex.count("}") > 0
    link = re.search(r'id="cite-link" href="([^"]+)"', text)
    assert (link.group(1) if link else "").startswith(stays)


def test_what_nobody_asked_by_a_command_says_nothing_of_one() -> None:
    read, elsewhere = (reference("Law", {}, "", "/law/burden", public=public).text for public in (True, False))
    assert NOWHERE not in read + elsewhere
    assert "gives the same with" not in read + elsewhere
    assert elsewhere.endswith(".")
