"""Rival theories on the built-in cases: what goes in, what comes out, and how it is scored."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from casebook.casefiles import write_case
from cli.test_commands import ask
from foedus.casebook.reader import read_case
from foedus.methods.ablation import BLOCKING
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.rivals import bargaining, two_sides
from foedus.rivals.causes import CAUSES
from foedus.rivals.prediction import ALLIED, BODY, Prediction, happened
from foedus.rivals.ranking import section
from foedus.rivals.scored import CERTAIN, THEORIES, predict, scores, theories_of
from foedus.vocabulary.errors import FoedusError

CASES = {name: read_case(name) for name in ("europe-1949", "asia-1953", "europe-1955", "indo-pacific-2020")}
FOUNDERS = {"GBR", "FRA", "ITA", "BEL", "NLD", "LUX", "NOR", "DNK", "PRT", "CAN", "ISL"}


def yes(name: str, question: str, years: int = 2) -> set[str]:
    return {s for s, so in happened(CASES[name], years)[question].items() if so}


def test_the_record_within_two_years_of_each_case() -> None:
    assert yes("europe-1949", ALLIED) == yes("europe-1949", BODY) == FOUNDERS
    assert yes("asia-1953", ALLIED) == {"JPN", "KOR", "TWN", "PHL", "THA", "AUS", "NZL", "GBR", "FRA"}
    assert yes("asia-1953", BODY) == {"PHL", "THA", "AUS", "NZL", "GBR", "FRA"}
    assert yes("europe-1955", BODY) == FOUNDERS | {"GRC", "TUR", "DEU"}
    assert yes("indo-pacific-2020", ALLIED) == {"JPN", "KOR", "AUS", "PHL", "THA"}
    assert yes("indo-pacific-2020", BODY) == set()


def test_the_record_on_the_day_itself_has_none_of_the_future() -> None:
    assert yes("europe-1949", ALLIED, 0) == set()
    assert yes("asia-1953", BODY, 0) == {"AUS", "NZL"}
    assert "DEU" not in yes("europe-1955", BODY, 0)


def test_the_split_of_1949_to_1955_is_in_the_record() -> None:
    """All of Europe's allies in one body, Asia's mostly bilateral: the published coarse outcome."""
    share = {n: len(yes(n, BODY)) / len(yes(n, ALLIED)) for n in ("europe-1949", "europe-1955", "asia-1953")}
    assert share["europe-1949"] == share["europe-1955"] == 1.0
    assert share["asia-1953"] < 1.0
    # without the returning colonial powers, who are European clients of another pact
    clients = yes("asia-1953", ALLIED) - {"GBR", "FRA"}
    assert len(clients) == 7
    assert {"JPN", "KOR", "TWN"} == clients - yes("asia-1953", BODY)


@pytest.mark.parametrize("name", CASES)
def test_what_goes_into_the_rivals_is_within_its_bounds(name: str) -> None:
    world = build_world(CASES[name])
    found = two_sides.propensities(world)
    assert np.array_equal(found, found.T)
    assert found.min() >= -3
    assert found.max() <= 1
    wanted = bargaining.positions(world)
    assert np.all((wanted >= 0) & (wanted <= 1))
    effort = bargaining.efforts(CASES[name])
    assert effort.max() == 1
    assert effort.min() >= 0


def test_the_landscape_reads_friends_and_enemies_off_the_case() -> None:
    world = build_world(CASES["asia-1953"])
    names = (*world.states, *world.adversaries)
    found = two_sides.propensities(world)
    i, j = names.index("JPN"), names.index("KOR")
    apart = abs(world.ideal_point[i] - world.ideal_point[j])
    resented = max(world.grievance[i, j], world.grievance[j, i])
    assert found[i, j] == pytest.approx(1 - 2 * min(apart / 4, 1) - resented)
    k, rus = names.index("USA"), names.index("RUS")
    assert found[k, rus] < 0


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("theory", ["landscape", "bargaining", "persistence"])
def test_rivals_give_probabilities_and_say_what_they_cannot_answer(theory: str, name: str) -> None:
    found = predict(theory, CASES[name], Parameters(), 0, 1, 1)
    others = set(CASES[name].states) - {CASES[name].hub}
    for chances in found.chances.values():
        assert set(chances) == others
        assert all(0 <= p <= 1 for p in chances.values())
    assert found.silent
    asked = {s.question: s for s in scores(found, CASES[name])}
    assert (asked[BODY].states == 0) == (theory == "landscape")
    assert (asked[ALLIED].states == 0) == (theory == "bargaining")


def test_a_state_that_swaps_its_friends_moves_to_the_other_side() -> None:
    """No constant answer: with the adversary's positions the nearest ally falls to it."""
    case = CASES["asia-1953"]
    before = two_sides.predict(case).chances[ALLIED]["PHL"]
    facts = tuple(
        replace(f, value=-3.0)
        if (f.quantity, f.subject) == ("ideal_point", "PHL")
        else replace(f, value=0.0)
        if (f.quantity, f.subject) == ("rivalry", "PHL")
        else f
        for f in case.facts
    )
    assert before == 1.0
    assert two_sides.predict(replace(case, facts=facts)).chances[ALLIED]["PHL"] < 0.5


def test_scores_by_hand() -> None:
    case = CASES["indo-pacific-2020"]
    record = happened(case)[ALLIED]
    sure = Prediction("sure", case.name, {ALLIED: {s: float(v) for s, v in record.items()}}, "")
    even = Prediction("even", case.name, {ALLIED: dict.fromkeys(record, 0.5)}, "")
    turned = Prediction("turned", case.name, {ALLIED: {s: 1.0 - v for s, v in record.items()}}, "")
    good, mid, bad = (scores(p, case)[0] for p in (sure, even, turned))
    assert good.hits == 12
    assert good.wrong == ()
    assert good.log_score == pytest.approx(-math.log(1 - CERTAIN))
    assert mid.brier == pytest.approx(0.25)
    assert mid.log_score == pytest.approx(math.log(2))
    assert bad.hits == 0
    assert set(bad.wrong) == {f"{'-' if v else '+'}{s}" for s, v in record.items()}
    assert bad.log_score == pytest.approx(-math.log(CERTAIN))


def test_every_single_cause_keeps_one_mechanism_of_those_that_can_block() -> None:
    kept = [mechanism for mechanism, _ in CAUSES.values()]
    assert sorted(k for k in kept if k) == sorted(BLOCKING)
    assert kept.count("") == 1


def test_of_single_causes_a_shared_threat_gives_no_body_in_europe_and_fighting_for_others_does() -> None:
    """The ordering test: the whole theory puts Europe before Asia, and one cause alone need not."""
    body = {}
    for theory in ("foedus", "threat", "entrapment"):
        for name in ("europe-1949", "asia-1953"):
            found = predict(theory, CASES[name], Parameters(), 0, 1, 1)
            body[theory, name] = float(np.mean(list(found.chances[BODY].values())))
    assert body["foedus", "europe-1949"] > 0.5 > body["foedus", "asia-1953"]
    assert body["entrapment", "europe-1949"] > 0.5 > body["entrapment", "asia-1953"]
    assert body["threat", "europe-1949"] < 0.5


def test_a_case_with_too_many_nations_for_the_landscape_is_a_sentence() -> None:
    with pytest.raises(FoedusError, match="landscape of atlantic-2020: 28 nations are more than 20"):
        two_sides.predict(read_case("atlantic-2020"))


def test_unknown_theories_are_sentences() -> None:
    with pytest.raises(FoedusError, match=r"landscap'.*Did you mean 'landscape'"):
        theories_of(["landscap", "foedus"])
    with pytest.raises(FoedusError, match="none is named"):
        theories_of(["", " "])
    assert theories_of([" foedus", "foedus", "landscape"]) == ("foedus", "landscape")


def test_the_command_compares_theories(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = str(write_case(tmp_path / "small"))
    code, out, _ = ask(capsys, "compare", small, "--theory", "foedus,landscape,bargaining", "--draws", "2", "--json")
    assert code == 0
    held = json.loads(out)["tables"]["contest"]
    found = [dict(zip((c["name"] for c in held["columns"]), row, strict=True)) for row in held["rows"]]
    assert {(r["theory"], r["question"]) for r in found} == {
        (t, q) for t in ("foedus", "landscape", "bargaining") for q in (ALLIED, BODY)
    }
    assert {r["wrong"] for r in found if r["n"] is None} == {"cannot answer"}
    code, out, _ = ask(capsys, "compare", "europe-1949", "asia-1953", "--theory", "landscape,persistence")
    assert code == 0
    assert "all cases" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("small", "--theory", "marxism"), "there is no such theory"),
        (("nowhere", "--theory", "landscape"), "nowhere"),
        (("europe-1949", "--theory", ""), "none is named"),
    ],
)
def test_wrong_arguments_are_sentences(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = ask(capsys, "compare", *arguments)
    assert code == 2
    assert said in err


def test_every_theory_has_a_name_of_its_own() -> None:
    assert len(set(THEORIES)) == len(THEORIES)


def test_it_is_said_under_which_condition_each_number_holds() -> None:
    case = CASES["asia-1953"]
    found = section([*scores(predict("foedus", case, Parameters(), 0, 1, 1), case)])
    assert "2 years after the date" in found.says[0]
    assert "chances for one year" in found.says[1]
    (row,) = found.table("predictions").rows
    assert str(row[2]).startswith("within one year, likelier than not: bound ")
    assert "in a body nobody (nobody's chance is above" in str(row[2])
