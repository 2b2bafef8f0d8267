"""The record: events, counts, intervals and values."""

from __future__ import annotations

import pytest

from foedus.casebook.case import Event
from foedus.trials.form import PrecedentForm
from foedus.trials.precedents import _last_day, look_up

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
        ({"event": "B", "after": "B", "within_days": 1}, True),
        ({"value": "A", "below": 1.0}, False),
        ({"value": "A", "below": 1.1}, True),
        ({"value": "A", "above": 0.0}, True),
        ({"value": "A", "below": 0.0}, False),
        ({"value": "A", "below": "B"}, True),
        ({"count": {"type": "step", "at_most": 3}}, True),
        ({"count": {"type": "step", "at_most": 2}}, False),
        ({"count": {"type": "none", "at_most": 0}}, True),
        ({"count": {"to": "2018-12", "at_least": 1}}, True),
        ({"count": {"to": "2018-10", "at_least": 1}}, True),
        ({"count": {"to": "2018-09", "at_least": 1}}, False),
        ({"count": {"to": "2018", "at_least": 1}}, True),
        ({"count": {"to": "2017", "at_least": 1}}, False),
        ({"count": {"to": "2018-10-30", "at_least": 1}}, True),
        ({"count": {"to": "2018-10-29", "at_least": 1}}, False),
        ({"count": {"from": "2018-10-30", "to": "2018-10-30", "at_most": 0}}, False),
        ({"count": {"from": "2019-08-01", "to": "2019-12-31", "at_least": 1}}, True),
        ({"count": {"from": "2019-08-02", "to": "2019-12-31", "at_least": 1}}, False),
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


def test_what_was_seen_is_shown_in_numbers_with_the_events() -> None:
    def looked(**test: object) -> tuple[str, tuple[str, ...]]:
        made = PrecedentForm.model_validate({"says": "supports", "because": "a sentence of words", **test})
        finding = look_up(made, EVENTS)
        return finding.shown, finding.events

    assert looked(event="A") == ("", ("A",))
    assert looked(event="B", after="A", within_days=9) == ("244 days after, asked for at most 9", ("A", "B"))
    assert looked(value="B", above="A") == ("2 x, above 1 asked for", ("B", "A"))
    assert looked(value="B", below=2.5) == ("2 x, below 2.5 asked for", ("B",))
    assert looked(count={"type": "step", "at_least": 1}) == ("3 counted, at least 1 asked for", ("B", "C", "D"))
    assert looked(count={"actor": "KOR", "at_most": 5}) == ("2 counted, at most 5 asked for", ("A", "B"))


@pytest.mark.parametrize(("says", "there", "speaks_for"), [("supports", True, True), ("contradicts", True, False)])
def test_what_is_there_speaks_as_it_is_said_to(says: str, there: bool, speaks_for: bool) -> None:
    made = PrecedentForm.model_validate({"event": "A", "says": says, "because": "a sentence of words"})
    assert look_up(made, EVENTS).found is there
    assert look_up(made, EVENTS).speaks_for is speaks_for


@pytest.mark.parametrize(
    ("date", "last"),
    [("2020", "2020-12-31"), ("2020-02", "2020-02-29"), ("2019-12", "2019-12-31"), ("2019-12-30", "2019-12-30")],
)
def test_a_date_lasts_until_its_last_day(date: str, last: str) -> None:
    assert _last_day(date).isoformat() == last
