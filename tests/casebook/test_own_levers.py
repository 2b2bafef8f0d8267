"""Levers of a case: read with file and line where they are wrong, no part of its hash, and one word at every door."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import yaml
from casefiles import write_case
from click.testing import CliRunner

import foedus
from foedus.casebook.case import OwnLever
from foedus.casebook.new import new_case
from foedus.casebook.own_levers import SIZED
from foedus.casebook.reader import read_case
from foedus.cli.main import main
from foedus.model.builder import build_world
from foedus.model.sizes import SIZES, in_words, pulled, read_levers, sizes_of
from foedus.vocabulary.errors import FoedusError

OWN = """levers:
  - {name: arms, says: Arms of Japan and China, scales: [JPN.military_spending, CHN.military_spending], range: [0.5, 2], step: 0.25}
  - trade
  - name: straits
    says: The way from Japan to Korea and to China

    scales: [KOR.distance.JPN, JPN.distance.CHN, USA.gdp]
"""


def with_levers(folder: Path, levers: str = OWN) -> Path:
    return write_case(folder, ("case.yaml", "notes: |", f"{levers}notes: |"))


def test_levers_are_read_shown_in_their_order_and_no_part_of_the_hash(tmp_path: Path) -> None:
    case = read_case(with_levers(tmp_path / "small"))
    assert case.shown_levers == ("arms", "trade", "straits")
    assert case.own_levers[0].paths() == ("JPN.military_spending", "CHN.military_spending")
    assert (case.own_levers[0].least, case.own_levers[0].most) == ("0.5 times", "twice as much")
    assert case.sha256 == read_case(write_case(tmp_path / "bare")).sha256
    other = write_case(tmp_path / "other", ("case.yaml", "notes: |", "levers: [\n  trade,\n]\nnotes: |"))
    assert read_case(other).sha256 == case.sha256
    changed = with_levers(tmp_path / "third").joinpath("case.yaml")
    changed.write_text(changed.read_text().replace("Made up", "Taken up"))
    assert read_case(tmp_path / "third").sha256 != case.sha256
    world = build_world(case)
    assert [s.key for s in sizes_of(world, case.own_levers, case.shown_levers)] == ["arms", "trade", "straits"]
    assert tuple(SIZES) == SIZED


def test_a_lever_of_a_case_multiplies_its_numbers_alone(tmp_path: Path) -> None:
    case = read_case(with_levers(tmp_path / "small"))
    world = build_world(case)
    own = case.own_levers
    for word, facts in (
        ("arms=2", ("JPN.military_spending", "CHN.military_spending")),
        ("straits=0.5", ("KOR.distance.JPN", "JPN.distance.CHN", "USA.gdp")),
    ):
        factor = float(word.partition("=")[2])
        levers = read_levers([word], case.adversaries, own)
        keys = [(p[1], p[0], p[2] if len(p) > 2 else None) for p in (f.split(".") for f in facts)]
        by_hand = build_world(case, {k: factor * case.fact(*k).value for k in keys})
        found = pulled(world, levers, own)
        for name in (
            "capability_raw",
            "adversary_capability_available",
            "distance",
            "adversary_distance",
            "gdp",
            "trade",
        ):
            assert np.allclose(getattr(found, name), getattr(by_hand, name)), name
    assert in_words(read_levers(["STRAITS=.5", "arms=1"], (), own), own) == (
        "The way from Japan to Korea and to China × 0.5",
    )
    gone = (OwnLever("of-none", "Of nobody who is there", (("trade", "FRA", "CHN"),), 0, 2, 0.05, "none", "two"),)
    assert pulled(world, (("of-none", 0.0),), gone).digest() == world.digest()


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ("  - trade\n", "  - tarde\n", "14:5", "levers.1: there is no lever 'tarde'. Did you mean 'trade'"),
        ("  - trade\n", "  - trade\n  - trade\n", "15:5", "the lever 'trade' is there twice"),
        ("  - trade\n", "  - 5\n", "14:5", "keys with values are wanted here"),
        ("name: straits", "name: trade-war", "", ""),
        ("name: straits", "name: Straits", "15:5", "levers.2.name: string should match pattern"),
        ("name: straits", "name: hub", "15:5", "'hub' is a lever that every case has"),
        ("name: straits", "name: arms", "15:5", "the lever 'arms' is there twice"),
        ("    says: The way from Japan to Korea and to China\n", "", "15:5", "levers.2.says: this is missing"),
        ("    says: The", "    setp: 0.1\n    says: The", "16:5", "there is no such key. Did you mean 'step'"),
        ("KOR.distance.JPN", "KOR.distence.JPN", "18:14", "there is no quantity 'distence'. Did you mean 'distance'"),
        ("KOR.distance.JPN", "KOR.distance.JPM", "18:14", "'JPM' is not a state of this case. Did you mean 'JPN'"),
        ("KOR.distance.JPN", "FRA.distance.JPN", "18:14", "'FRA' is not a state of this case"),
        (
            "KOR.distance.JPN",
            "KOR.distance",
            "18:14",
            "this does not say which number is meant. Write KOR.distance.STATE",
        ),
        ("USA.gdp", "USA.gdp.JPN", "18:50", "this does not say which number is meant. Write USA.gdp"),
        ("USA.gdp", "USA", "18:50", "there is no quantity ''. Write STATE.quantity or STATE.quantity.STATE"),
        ("USA.gdp", "USA.ideal_point", "18:50", "ideal_point cannot be multiplied"),
        ("USA.gdp", "USA.recognised", "18:50", "recognised cannot be multiplied"),
        ("USA.gdp", "JPN.distance.KOR", "18:50", "'JPN.distance.KOR' is there twice"),
        ("[KOR.distance.JPN, JPN.distance.CHN, USA.gdp]", "[]", "18:5", "levers.2.scales"),
        ("[KOR.distance.JPN, JPN.distance.CHN, USA.gdp]", "[USA.recklessness]", "18:5", "it moves nothing"),
        (
            "range: [0.5, 2]",
            "range: [1.5, 2]",
            "13:",
            "1.5 to 2 is no range of a factor. Say range: [low, high] within 0 to 10",
        ),
        ("range: [0.5, 2]", "range: [0, 11]", "13:", "0 to 11 is no range of a factor"),
        ("step: 0.25", "step: 0.3", "13:", "steps of 0.3 from 0.5 do not meet 1"),
        ("step: 0.25", "step: 0", "13:", "it has to be more than 0"),
        ("step: 0.25", "ends: [none]", "13:", "levers.0.ends"),
        (OWN, "levers: []\n", "12:", "levers"),
        (OWN, "levers: trade\n", "12:", "levers: a list is wanted here"),
    ],
)
def test_a_wrong_lever_gets_one_sentence_with_its_line(
    tmp_path: Path, old: str, new: str, where: str, words: str
) -> None:
    assert old in OWN
    folder = with_levers(tmp_path / "small", OWN.replace(old, new))
    if not words:
        assert read_case(folder).shown_levers[2] == "trade-war"
        return
    with pytest.raises(FoedusError) as caught:
        read_case(folder)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"case.yaml:{where}"), str(problem)
    assert words in str(problem), str(problem)
    assert problem.remedy


def test_a_lever_of_a_case_is_one_word_on_the_command_line_and_in_python(tmp_path: Path) -> None:
    folder = with_levers(tmp_path / "small")
    run = CliRunner().invoke(main, ["assess", str(folder), "--lever", "arms=2", "--draws", "0", "--json"])
    assert run.exit_code == 0, run.output
    made = json.loads(run.output)["made"]
    assert made["levers"] == "arms=2"
    assert made["lever_facts"] == "arms: JPN.military_spending, CHN.military_spending"
    asked = foedus.Ask(folder, levers=("arms=2",), draws=0)
    again = foedus.assess(asked)
    assert again.hashes()["result"].startswith(made["result_hash"])
    assert any("Arms of Japan and China × 2" in w for s in again.record.sections for w in s.says)
    # the same word over other numbers is another question
    less = with_levers(tmp_path / "less", OWN.replace("JPN.military_spending, CHN", "CHN"))
    assert foedus.Ask(less, levers=("arms=2",), draws=0).digest() != asked.digest()
    assert foedus.Ask(less, draws=0).digest() == foedus.Ask(folder, draws=0).digest()
    with pytest.raises(FoedusError, match=r"there is no lever 'amrs'\. Did you mean 'arms'"):
        _ = foedus.Ask(folder, levers=("amrs=2",)).pulled
    shown = CliRunner().invoke(main, ["case", "show", str(folder), "--json"])
    assert json.loads(shown.output)["levers"][1]["multiplies"] == "KOR.distance.JPN JPN.distance.CHN USA.gdp"


def test_levers_travel_with_a_copy_of_a_case(tmp_path: Path) -> None:
    made = new_case(tmp_path / "copy", copy_of=str(with_levers(tmp_path / "small")))
    assert read_case(made).own_levers == read_case(tmp_path / "small").own_levers


@pytest.mark.parametrize("span", ["[1, 2]", "[0.5, 1]", "[0, 1]"])
def test_a_lever_may_begin_or_end_at_what_is_recorded(tmp_path: Path, span: str) -> None:
    own = OWN.replace("range: [0.5, 2], step: 0.25", f"range: {span}, step: 0.25")
    lever = read_case(with_levers(tmp_path / "small", own)).own_levers[0]
    assert [lever.low, lever.high] == yaml.safe_load(span)
