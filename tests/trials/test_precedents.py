"""The record: events, counts, intervals and values."""

from __future__ import annotations

import pytest

from foedus.casebook.case import Event
from foedus.trials.form import PrecedentForm
from foedus.trials.precedents import look_up

EVENTS = {
    e.id: e
    for e in (
        Event("A", "2018-10-30", ("KOR",), "ruling", "a", 1.0, "x", ("s",)),
        Event("B", "2019-07-01", ("JPN", "KOR"), "step", "b", 2.0, "x", ("s",)),
        Event("C", "2019-08", ("JPN",), "step", "c", None, "", ("s",)),
        Event("D", "2020", ("USA",), "step", "d", None, "", ("s",)),
    )
}


def found(**test: object) -> bool:
    return look_up(
        PrecedentForm.model_validate({"says": "supports", "because": "a sentence of words", **test}), EVENTS
    ).found


@pytest.mark.parametrize(
    ("test", "there"),
    [
        ({"event": "A"}, True),
        ({"event": "B", "after": "A", "within_days": 244}, True),
        ({"event": "B", "after": "A", "within_days": 243}, False),
        ({"event": "A", "after": "B", "within_days": 9999}, False),
        ({"value": "B", "above": "A"}, True),
        ({"value": "B", "below": "A"}, False),
        ({"value": "A", "above": 1.0}, False),
        ({"count": {"type": "step", "at_least": 3}}, True),
        ({"count": {"type": "step", "at_least": 4}}, False),
        ({"count": {"type": "step", "to": "2019-08", "at_least": 2}}, True),
        ({"count": {"type": "step", "to": "2019-07-31", "at_least": 2}}, False),
        ({"count": {"actor": "JPN", "from": "2019-07-02", "at_most": 1}}, True),
        ({"count": {"actor": "KOR", "at_most": 1}}, False),
        ({"count": {"from": 2020, "to": 2020, "at_least": 1}}, True),
    ],
)
def test_what_the_record_has(test: dict[str, object], there: bool) -> None:
    assert found(**test) is there


def test_what_is_not_there_speaks_the_other_way() -> None:
    form = PrecedentForm(event="A", after="B", within_days=1, says="contradicts", because="a sentence of words")
    finding = look_up(form, EVENTS)
    assert not finding.found
    assert finding.speaks_for
    assert "days" in finding.shown
