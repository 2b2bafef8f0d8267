"""Checks: a test that cannot fail or cannot succeed is told from one that can do both."""

from __future__ import annotations

import pytest

from foedus.casebook.case import Event
from foedus.questions.measure import Measure
from foedus.questions.study import Study
from foedus.trials.admissible import cannot_fail, contradictions, said_twice, wrong_precedent
from foedus.trials.bench import ModelTest, Under
from foedus.trials.form import ClaimForm, PrecedentForm
from foedus.trials.queries import Query

SHARE = Measure(("a", "", "", "b"), "share", "a share", 0.0, 1.0, phrase="share")
MONEY = Measure(("m", "", "", "b"), "bn", "money", 0.0, phrase="money")


def ask(study: Study) -> float:
    return 0.0


def made(
    expect: str,
    than: Query | float | None,
    at_least: float = 0.0,
    kind: Measure = SHARE,
    phrase: str = "share",
    claim: str = "1",
) -> ModelTest:
    return ModelTest(claim, Query(phrase, "here", kind, ask), than, Under(), expect, at_least)


@pytest.mark.parametrize(
    ("expect", "than", "at_least", "said"),
    [
        ("above", 0.5, 0.0, ""),
        ("above", 0.0, 0.0, ""),  # it may be nought, which is not above it
        ("above", -0.1, 0.0, "cannot fail"),
        ("above", -0.1, 0.1, ""),
        ("above", 1.0, 0.0, "cannot succeed"),
        ("above", 0.9, 0.1, "cannot succeed"),
        ("above", 0.9, 0.09, ""),
        ("below", 0.5, 0.0, ""),
        ("below", 1.0, 0.0, ""),
        ("below", 1.1, 0.0, "cannot fail"),
        ("below", 1.1, 0.1, ""),
        ("below", 0.0, 0.0, "cannot succeed"),
        ("below", 0.1, 0.1, "cannot succeed"),
        ("below", 0.1, 0.09, ""),
    ],
)
def test_a_number_that_could_be_missed_and_reached(expect: str, than: float, at_least: float, said: str) -> None:
    found = list(cannot_fail(made(expect, than, at_least), {}))
    assert [where for where, _, _ in found] == ([("than",)] if said else [])
    if said:
        assert f"the quantity lies between 0 and 1, so the test {said}" == found[0][1]


def test_a_quantity_without_an_end_can_reach_anything() -> None:
    assert list(cannot_fail(made("above", 1e30, kind=MONEY), {})) == []


def test_a_quantity_compared_with_itself() -> None:
    same, there = Query("share", "here", SHARE, ask), Query("share", "elsewhere", SHARE, ask)
    ((where, said, _),) = cannot_fail(made("above", same), {})
    assert (where, said) == (("than",), "a quantity is compared with itself, so the test cannot fail or succeed")
    assert list(cannot_fail(made("above", there), {})) == []
    assert list(cannot_fail(made("above", same, phrase="other"), {})) == []


def test_a_change_larger_than_the_quantity_can_make() -> None:
    ((where, said, _),) = cannot_fail(made("rises", None, 1.0), {})
    assert (where, said) == (("at_least",), "no change of this quantity can reach 1")
    assert list(cannot_fail(made("rises", None, 0.99), {})) == []
    assert list(cannot_fail(made("rises", None, 1e9, kind=MONEY), {})) == []


def test_claims_that_expect_the_opposite_of_one_test() -> None:
    tests = [
        (0, made("above", 0.5, claim="1")),
        (1, made("above", 0.5, claim="2")),
        (2, made("below", 0.5, claim="3")),
        (3, made("below", 0.4, claim="4")),
        (4, made("rises", None, claim="5")),
        (5, made("falls", None, claim="6")),
        (6, made("falls", None, claim="7", phrase="other")),
    ]
    assert list(contradictions(tests)) == [(2, 3, 1), (5, 6, 5)]


EVENTS = {
    e.id: e
    for e in (
        Event("A", "2018-10-30", ("KOR",), "ruling", "a", 1.0, "x"),
        Event("B", "2019-07-01", ("JPN",), "step", "b", 2.0, "x"),
        Event("C", "2019-08", ("JPN",), "step", "c"),
        Event("D", "2020", ("USA",), "step", "d", 3.0, "y"),
    )
}


def form(**test: object) -> PrecedentForm:
    return PrecedentForm.model_validate({"says": "supports", "because": "a sentence of words", **test})


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ({}, "a record test names one event, counts events, or compares the value of one"),
        ({"event": "A", "count": {"at_least": 1}}, "a record test names one event"),
        ({"event": "A"}, ""),
        ({"event": "Z"}, "there is no event 'Z'"),
        ({"event": "B", "after": "A", "within_days": 9}, ""),
        ({"event": "B", "after": "Y", "within_days": 9}, "there is no event 'Y'"),
        ({"event": "B", "after": "A"}, "after and within_days belong together"),
        ({"event": "B", "within_days": 9}, "after and within_days belong together"),
        ({"count": {"at_least": 1}, "after": "A", "within_days": 9}, "after and within_days belong together"),
        ({"event": "A", "after": "A", "within_days": 9}, "an event is compared with itself"),
        ({"value": "A", "above": 1.0}, ""),
        ({"value": "A", "above": 0.0}, ""),
        ({"value": "A", "above": "B"}, ""),
        ({"value": "A"}, "a value is compared with above or below"),
        ({"value": "A", "above": 1.0, "below": 2.0}, "a value is compared with above or below"),
        ({"event": "A", "above": 1.0}, "a value is compared with above or below"),
        ({"value": "C", "above": 1.0}, "the event 'C' carries no value"),
        ({"value": "A", "below": "Z"}, "there is no event 'Z'"),
        ({"value": "A", "above": "A"}, "a value is compared with itself"),
        ({"value": "A", "above": "C"}, "the event 'C' carries no value"),
        ({"value": "A", "above": "D"}, "'x' cannot be compared with 'y'"),
        ({"count": {"at_least": 1}}, ""),
        ({"count": {"at_most": 0}}, ""),
        ({"count": {}}, "a count needs at_least or at_most"),
        ({"count": {"at_least": 1, "at_most": 2}}, "a count needs at_least or at_most"),
        ({"count": {"at_least": 0}}, "any count reaches that"),
        ({"count": {"at_most": -1}}, "no count is below nought"),
        ({"count": {"at_least": 1, "type": "step", "actor": "JPN"}}, ""),
        ({"count": {"at_least": 1, "type": "stp"}}, "no event is of type 'stp'"),
        ({"count": {"at_least": 1, "actor": "JP"}}, "there is no state 'JP'"),
        ({"count": {"at_least": 1, "from": "then"}}, "'then' is not a date"),
        ({"count": {"at_least": 1, "from": 2019, "to": "2019-07"}}, ""),
        ({"count": {"at_least": 1, "from": "2019-07-01", "to": "2019-07-01"}}, ""),
        ({"count": {"at_least": 1, "from": "2020", "to": "2019"}}, "from is later than to"),
    ],
)
def test_what_is_wrong_with_a_test_on_the_record(test: dict[str, object], said: str) -> None:
    told = list(wrong_precedent(form(**test), EVENTS))
    found = [what for _, what, _ in told]
    assert len(found) == bool(said), found
    assert all(remedy for _, _, remedy in told), "what is wrong is said with what to do"
    if said:
        assert found[0].startswith(said)


def test_a_finding_cannot_speak_both_ways() -> None:
    def claim(*records: dict[str, object]) -> ClaimForm:
        return ClaimForm.model_validate(
            {
                "id": 1,
                "says": "A proposition of more than twenty letters.",
                "falsified_if": "something else happens",
                "record": [{"because": "a sentence of words", **r} for r in records],
            }
        )

    one, other = {"event": "A", "says": "supports"}, {"event": "A", "says": "contradicts"}
    assert [where for where, _, _ in said_twice(claim(one, {**one, "event": "B"}, other))] == [("record", 2)]
    assert list(said_twice(claim(one, one, {**other, "event": "B"}))) == []
