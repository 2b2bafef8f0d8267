from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.casebook.reader import case_folder, read_case
from foedus.cli.main import main
from foedus.methods import one_at_a_time
from foedus.vocabulary.prose import country
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Column, table
from foedus.web.address import Address
from foedus.web.held import Held
from foedus.web.sections_page import leads, sooner
from foedus.web.state import drawn
from foedus.web.underway import Run
from foedus.web.who_and_what import about


@pytest.mark.parametrize(
    "page",
    [
        "quarrel?pair=JPN,KOR",
        "wedge?budget=2",
        "wedge?budget=0.5&set=KOR.trade.CHN:0.02",
        "leverage?draws=0&lever=trade:0.5",
    ],
)
def test_the_command_on_the_page_prints_the_json_of_the_page(client: TestClient, page: str) -> None:
    address = f"/c/indo-pacific-2020/{page}"
    found = re.search(r"<code>foedus (.+?)</code>", client.get(address).text)
    assert found is not None
    printed = CliRunner().invoke(main, [*found.group(1).split(), "--json"])
    assert printed.exit_code == 0, printed.output
    assert client.get(address.replace("?", ".json?")).text == printed.stdout


def test_every_number_is_listed_with_its_source(client: TestClient) -> None:
    text = client.get("/c/indo-pacific-2020/case").text
    assert "Every number of The Indo-Pacific" in text
    assert "Limits" in text
    assert client.get("/c/indo-pacific-2020/case.csv").text.startswith("quantity,state,about,value")
    row = re.search(r'<tr data-key="KOR.trade.CHN">.*?</tr>', text)
    assert row is not None
    assert ">Trade of South Korea with China</a>" in row.group()
    assert "/n/trade/KOR/CHN?" in row.group()
    assert ">11 % to 19 % of GDP</td>" in row.group().replace("\xa0", " "), "the range in the unit of the value"
    rows = client.get("/c/indo-pacific-2020/case.json").json()["tables"]["inputs"]["rows"]
    assert text.count("<tr data-key=") == len(rows) > 200


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("wedge?budget=much", "&#39;much&#39; is not a number"),
        ("wedge?budget=-1", "budget"),
        ("quarrel?pair=JPN", "two different states"),
    ],
)
def test_what_is_wrong_is_said(client: TestClient, page: str, said: str) -> None:
    answer = client.get(f"/c/indo-pacific-2020/{page}")
    assert 400 <= answer.status_code < 500
    assert said in answer.text.replace("'this page", "this page")


def test_the_numbers_that_matter_lead_down_to_where_they_come_from(client: TestClient) -> None:
    found = Held("asia-1953").plainly(Address("asia-1953"))
    fact = next(u for u in found.task.varied if not isinstance(u.target, str) and u.target[2])
    value = next(u for u in found.task.varied if isinstance(u.target, str))
    rows = [[fact.label], [value.label.replace("_", " ")], ["no number"]]
    moves = Section("matters", "", tables=(table("matters", "", [Column("number")], rows),))
    (words, down, fact_known), (_, parameter, known) = leads(found, moves, Address("asia-1953"))
    assert re.fullmatch(r".+, from .+ to .+; (judged: .+|measured, .+)", fact_known)
    assert re.fullmatch(r".+: .+, from .+ to .+; .+", known)
    assert country(fact.target[1]) in words
    assert client.get(down).status_code == 200
    assert parameter == f"/n/{value.target}?case=asia-1953"


def test_the_page_of_a_case_says_first_who_and_what_and_folds_what_is_looked_up(client: TestClient) -> None:
    text = client.get("/c/asia-1953/case?draws=0").text
    top = text.partition('id="matters"')[0]
    for words in (
        "as things stood on 2 October 1953",
        "Around it",
        "ANZUS Treaty",
        "South Korea against Japan",
        "<svg",
    ):
        assert words in top, words
    assert "181 numbers stand behind the answer: 121 measured" in top
    assert not re.search(r"(?<!\d)0 draws", text)
    assert "is told by 125 draws or more" in text
    assert (
        text.count("<table") == text.count('<details class="table"') - 1
    )  # every table is folded, and so are the sources


def test_a_case_as_it_stands_is_drawn_as_soon_as_somebody_looks() -> None:
    held = Held("asia-1953")
    held.eager = True
    begun: list[str] = []
    held.runs.begin = lambda key, work, total, command="": begun.append(command) or Run(key, work, total, command)  # type: ignore[method-assign,func-returns-value]
    address = Address("asia-1953", "case", seed=3)
    assert drawn(held, address)[1].offer
    found, state = drawn(held, replace(address, seed=1))
    assert state.under_way
    said, odds = state.verdict(found)
    assert said.startswith("The likeliest outcome of a year with the values in use: ")
    assert odds == "27 % in 10 years, 16 % in one."
    assert drawn(held, Address("asia-1953", levers=("trade=0.5",)))[1].offer
    assert begun == ["foedus assess asia-1953"]


def test_which_number_matters_most_is_answered_before_there_are_draws(client: TestClient) -> None:
    page = client.get("/c/asia-1953/case?draws=0").text
    top = page.partition('id="force"')[0]
    assert "One number at a time, most depends on" in top
    assert "two numbers that move at once may do more, or less, than each alone" in page
    assert "draws or more, each of which varies all of them" in page
    assert "Where they come from, the strongest first" in page
    first = re.search(r'most depends on <a href="([^"]+)">([^<]+)</a>', top)
    assert first is not None
    answer = client.get("/c/asia-1953?draws=0").text
    assert f"{first.group(2).capitalize()}: over its range alone" in answer
    assert "over its range alone" not in client.get("/c/asia-1953?draws=0&lever=trade:0.5").text


def test_of_a_case_of_ones_own_one_number_is_told_before_its_draws_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(case_folder("asia-1953"), tmp_path / "mine")
    (tmp_path / "mine" / "case.yaml").open("a", encoding="utf-8").write("# mine\n")
    monkeypatch.setattr(one_at_a_time, "strongest", lambda task, state: ("commitment cost", -1.1, -0.1))
    held, ours = Held(tmp_path / "mine"), Held("asia-1953")
    address = Address("mine", "case")
    answer = held.plainly(address)
    sooner(held, address, answer)
    assert held.soon.find(held.asked(address, 200).digest()).finished.wait(60)  # type: ignore[union-attr]
    says = "what South Korea, likeliest to refuse, gains by a council of all: from -1.10 to -0.10 % of GDP a year"
    assert sooner(held, address, answer) == ("commitment cost", "/n/commitment_cost?case=mine", says)
    changed = replace(address, levers=("trade=0.5",))
    assert sooner(held, changed, held.plainly(changed)) is None, "a changed world is worked out when it is asked for"
    there = Address("asia-1953", "case")
    assert sooner(ours, there, ours.plainly(there)) is None, "of a built-in case more comes with the package"
    held.close()
    ours.close()


def test_the_worst_quarrels_of_a_case_come_first() -> None:
    sizes = [float(size) for _, size, _ in about(read_case("indo-pacific-2020"), "")["quarrels"]]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1] > 0
