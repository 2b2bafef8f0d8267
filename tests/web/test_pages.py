from __future__ import annotations

import html
import re
import shlex

import pytest
import rich_click as click
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.casebook.reader import case_names
from foedus.cli.main import main
from foedus.web.address import PAGES, Address
from foedus.web.held import Held
from foedus.web.pages import VIEWS
from foedus.web.serve import create_app
from foedus.web.shown import minus
from foedus.web.years_page import chances

WORLD = "set=KOR.trade.CHN:0.02&lever=trade:0.5&without=dispute&law=holding:habit&calibration=record-1817-2016&seed=2&draws=0"
PRINTED = (
    *(f"/c/asia-1953{page}?{WORLD}" for page in ("", *(f"/{p}" for p in PAGES if p != "answer"))),
    "/n/trade/KOR/CHN?case=indo-pacific-2020",
    "/t/large-allies-pay-more?draws=0",
    "/c/new",
    "/method/exposure",
    "/parameters",
)


def test_every_page_with_numbers_prints_a_command_that_is_one(client: TestClient) -> None:
    for path in PRINTED:
        printed = re.findall(r"<code[^>]*>foedus (.+?)</code>", client.get(path).text)
        assert printed, path
        words = shlex.split(html.unescape(printed[-1]))
        _, command, rest = main.resolve_command(click.Context(main), words)
        assert command is not None, path
        command.make_context(words[0], rest)  # says what is wrong with the words, and works nothing out
        if path.startswith("/c/asia-1953"):
            assert all(w in words for w in ("KOR.trade.CHN=0.02", "trade=0.5", "dispute", "holding=habit")), path
            assert words[words.index("--calibration") + 1] == "record-1817-2016", path


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("world", ["draws=0", WORLD])
def test_the_command_that_a_page_prints_gives_its_json_byte_for_byte(client: TestClient, page: str, world: str) -> None:
    path = f"/c/asia-1953{'' if page == 'answer' else f'/{page}'}"
    printed = re.findall(r"<code[^>]*>foedus (.+?)</code>", client.get(f"{path}?{world}").text)
    found = CliRunner().invoke(main, [*shlex.split(html.unescape(printed[-1])), "--json"])
    assert found.exit_code == 0, found.output
    assert client.get(f"{path}.json?{world}").text == found.stdout


def test_a_lever_of_a_case_is_the_same_word_on_its_pages_and_on_the_command_line(client: TestClient) -> None:
    case, world = "/c/south-east-asia-1967", "lever=confrontation:0.5&draws=0"
    page = client.get(f"{case}/play?{world}").text
    assert re.findall(r'id="lever-([a-z]+)"', page)[:2] == ["confrontation", "quarrels"], "in the order of the case"
    assert "The quarrel of Indonesia with Malaysia and Singapore × 0.5" in page
    printed = re.findall(r"<code[^>]*>foedus (.+?)</code>", page)[-1]
    assert "--lever confrontation=0.5" in printed
    found = CliRunner().invoke(main, [*shlex.split(html.unescape(printed)), "--json"])
    assert client.get(f"{case}/play.json?{world}").text == found.stdout
    wrong = client.get(f"{case}/play?lever=confrontatoin:0.5")
    assert wrong.status_code == 400
    assert f'href="{case}/play?lever=confrontation:0.5"' in wrong.text
    asked = client.get(f"{case}/ask", params={"lever:confrontation": "1", "lever:trade": "0.5"}, follow_redirects=False)
    assert asked.headers["location"] == f"{case}/play?lever=trade:0.5"


@pytest.mark.parametrize("case", case_names())
def test_every_page_of_every_case_is_there(client: TestClient, case: str) -> None:
    for page in ("", "/why", "/quarrel", "/wedge", "/leverage", "/case"):
        answer = client.get(f"/c/{case}{page}?draws=0")
        assert answer.status_code == 200, (case, page)
        assert answer.text.count("<h1") <= 1
        assert "nan" not in answer.text.replace("Finnan", "").split("<main", 1)[1].split("</main>")[0].split(), (
            case,
            page,
        )


def test_the_same_address_gives_the_same_bytes(client: TestClient) -> None:
    with TestClient(create_app(Held("asia-1953"), warm=False)) as other:
        for page in (
            "/c/asia-1953?draws=0",
            "/c/asia-1953/why/KOR?draws=0&without=dispute",
            "/n/grievance/KOR/JPN?case=asia-1953",
            "/docs",
        ):
            assert client.get(page).content == other.get(page).content, page


def test_the_start_names_every_case_and_every_trial(client: TestClient) -> None:
    text = client.get("/").text
    assert [n for n in case_names() if f'href="/c/{n}"' not in text] == []
    assert 'href="/t/a-nato-in-asia"' in text
    assert 'Take it with you: <a href="/c/asia-1953.json">' in text
    assert set(VIEWS) >= {"answer", "why", "years"}


def test_the_first_page_stays_within_its_budget(common_cache: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.web.held.DRAWS", 20)
    monkeypatch.setattr("foedus.web.state.DRAWS", 20)
    held = Held()
    with TestClient(create_app(held, warm=False)) as own:
        address = Address(held.first)
        held.draw(address).finished.wait()
        chances(held, address).finished.wait()
        asked, waiting = {"/": own.get("/").text}, ["/"]
        assert "heap" not in asked["/"] or "one of 20 draws" in asked["/"]
        assert re.search(r"<strong>To quote: [<>]?\d+\s%\sin\s10\syears", asked["/"]), (
            "which of the figures one reports"
        )
        while waiting:
            page = asked[waiting.pop()]
            for name in re.findall(
                r"(?:static/|url\(|from \"|import\(\")(?:\./)?([a-z]+\.(?:css|js|woff2)\?h=\w+)", page
            ):
                if name not in asked:
                    asked[name] = own.get(f"/static/{name}").text if "woff2" not in name else ""
                    waiting.append(name)
        size = sum(len(own.get(n if n == "/" else f"/static/{n}").content) for n in asked)
    dots = 2 * (200 - 20) * len("M100.1 100.1h0")
    assert size + dots <= 250_000, "the first page, its style, script and letters, with 200 draws"
    assert len(asked) <= 8


def test_minus_signs_stand_where_numbers_are_read_and_nowhere_else() -> None:
    told = '<p title="-1">loses -0.50 to -0.02 on 2020-12-29</p><code>--set a.b=-1 -2</code><text>-3</text>'
    right = '<p title="-1">loses −0.50 to −0.02 on 2020-12-29</p><code>--set a.b=-1 -2</code><text>−3</text>'
    assert minus(told) == right
