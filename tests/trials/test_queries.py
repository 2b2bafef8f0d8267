"""Every phrase of the vocabulary leads to a number, the same that an assessment finds."""

from __future__ import annotations

import math

import pytest

from foedus.casebook.case import Case
from foedus.casebook.reader import read_case
from foedus.model.parameters import Parameters
from foedus.questions.listing import ASSESSED
from foedus.questions.study import Study, name
from foedus.questions.task import Task
from foedus.trials.queries import PHRASES, read_query, split_place

QUAD = "The Quad four as an alliance"

SAID = {
    "chance of OUTCOME": "chance of a forum",
    "chance of a body within ten years": "chance of a body within ten years",
    "gain of STATE from BODY": f"gain of JPN from {QUAD}",
    "TERM of STATE from BODY": "dispute of KOR from everybody",
    "consent of STATE to BODY": f"consent of AUS to {QUAD}",
    "exit of STATE from BODY": "exit of AUS from a forum of USA, JPN and AUS",
    "acceptance of BODY": f"acceptance of {QUAD}",
    "weakest consent to BODY": "weakest consent to a hub-led body of USA, JPN, KOR",
    "readiness of BODY": "readiness of the allies",
    "trade of STATE": "trade of JPN",
    "trade threshold of STATE for BODY": f"trade threshold of AUS for {QUAD}",
    "hub's MEASURE in ARCHITECTURE": "hub's share in bloc",
    "effort of STATE in ARCHITECTURE": "effort of JPN in today",
    "quarrel RUNG when VARIANT": "quarrel both when hub away",
    "quarrel STAKE when VARIANT": "quarrel stake_i when as it is",
    "loss of STATE when SITUATION": "loss of TWN when left out",
    "acceptance with STATE": "acceptance with TWN",
    "acceptance without STATE": "acceptance without TWN",
    "hold of ARCHITECTURE at BUDGET": "hold of star at 0.3",
    "cost of breaking ARCHITECTURE": "cost of breaking star",
    "cost of turning STATE in ARCHITECTURE": "cost of turning KOR in star",
    "number of treaties": "number of treaties",
    "worth of the treaty of STATE": "worth of the treaty of KOR",
    "worth of the treaty of STATE to the hub": "worth of the treaty of KOR to the hub",
    "chance of a pact of STATE and STATE": "chance of a pact of JPN and IND at depth 0.3 after 5 years in a forum",
}


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case("indo-pacific-2020")


@pytest.fixture(scope="module")
def study(case: Case) -> Study:
    return Task(case, Parameters(), {}, (), ()).study()


def ask(case: Case, study: Study, phrase: str) -> float:
    return read_query(case, phrase).ask(study)


def test_every_phrase_leads_to_a_number_within_its_bounds(case: Case, study: Study) -> None:
    assert set(SAID) == {p.written for p in PHRASES}
    for form, phrase in SAID.items():
        query = read_query(case, phrase)
        assert query.kind.written == form
        value = query.ask(study)
        assert math.isfinite(value), phrase
        assert query.kind.low <= value <= query.kind.high


def test_claims_and_assessments_find_the_same(case: Case, study: Study) -> None:
    assessed = Task(case, Parameters(), {}, (), (), ASSESSED)()
    same = {
        "chance of a body": name("forms", "body", "", "probability"),
        f"gain of JPN from {QUAD}": name("gain", QUAD, "JPN", "total"),
        f"exposure of AUS from {QUAD}": name("gain", QUAD, "AUS", "exposure"),
        "hub's money in divided": name("leverage", "divided", "", "money"),
        "quarrel third_rung when council": name("quarrel", "council", "", "third_rung"),
        "loss of TWN when left out": name("exclusion", "left out", "TWN", "loss"),
        f"hold of {QUAD} at 1": name("wedge", QUAD, "1", "holds"),
        "cost of breaking star": name("wedge", "star", "", "cost"),
        "worth of the treaty of KOR": name("treaty", "USA–KOR", "KOR", "worth"),
    }
    for phrase, key in same.items():
        assert ask(case, study, phrase) == assessed[key], phrase


def test_a_trade_threshold_is_where_a_member_is_indifferent(case: Case, study: Study) -> None:
    wanted = ask(case, study, f"trade threshold of JPN for {QUAD}")
    factor = wanted / ask(case, study, "trade of JPN")
    world = study.world
    trade = world.trade.copy()
    trade[world.index("JPN")] *= factor
    moved = Study(world.replace(trade=trade), study.parameters, study.quarrel, study.watch)
    assert ask(case, moved, f"gain of JPN from {QUAD}") == pytest.approx(0.0, abs=1e-9)


def test_the_weakest_link_is_a_member_and_binds(case: Case, study: Study) -> None:
    each = [ask(case, study, f"consent of {s} to {QUAD}") for s in ("USA", "JPN", "AUS", "IND")]
    assert ask(case, study, f"weakest consent to {QUAD}") == min(each)
    assert ask(case, study, f"acceptance of {QUAD}") == pytest.approx(math.prod(each))


def test_a_watched_body_and_the_same_members_are_one(case: Case, study: Study) -> None:
    assert ask(case, study, f"gain of AUS from {QUAD}") == ask(
        case, study, "gain of AUS from a council of IND, AUS, JPN, USA"
    )


def test_help_takes_the_place_of_own_arms_one_for_one(case: Case, study: Study) -> None:
    """R14: with a treaty the state would want exactly as much less as it is promised."""
    world, before = study.world, study.world.in_force
    i = world.index("KOR")
    promised = study.appraiser.appraise(before, before).quantities["pledged_help"].sum(axis=1)[i]
    own = world.capability_available[i]
    assert ask(case, study, "effort of KOR in today") == pytest.approx(own / (own + promised))


def test_a_place_is_told_from_an_architecture() -> None:
    assert split_place("hub's share in star", "here") == ("hub's share in star", "here")
    assert split_place("hub's share in star in europe-1949", "here") == ("hub's share in star", "europe-1949")
    assert split_place("readiness of everybody in a@2007", "here") == ("readiness of everybody", "a@2007")
    assert split_place("gain of JPN from The five in one pact", "here") == (
        "gain of JPN from The five in one pact",
        "here",
    )
