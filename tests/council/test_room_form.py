"""Forms of rooms: read strictly, written back the same."""

from __future__ import annotations

import pytest
from councilrooms import FORM

from foedus.council.room_form import Rules, form_of
from foedus.vocabulary.errors import FoedusError


def test_a_form_is_written_and_read_back() -> None:
    assert form_of(FORM.to_dict()) == FORM


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"seats": ["USA", "FRA"]}, "seats: there is no state 'FRA'"),
        ({"seats": ["USA", "USA"]}, "USA stands twice"),
        ({"seats": []}, "nobody has a seat"),
        ({"last": 2018}, "2019 is after 2018"),
        ({"colour": "red"}, "room form: colour: there is no such field"),
        ({"rules": {"awy": "model"}}, "rules.awy: there is no such rule. Did you mean 'away'"),
        ({"rules": {"away": "sleep"}}, "rules.away: there is no 'sleep'. Say model or wait or abstain"),
        ({"rules": {"quota": 0.2}}, "rules.quota: 0.2 is not between 0.5 and 1"),
        ({"rules": {"quota": True}}, "rules.quota: True is not between"),
    ],
)
def test_what_is_wrong_is_said(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(FoedusError, match=sentence.replace("(", "\\(")):
        form_of({**FORM.to_dict(), **change})


def test_a_missing_field_is_named() -> None:
    given = FORM.to_dict()
    del given["hub"]
    with pytest.raises(FoedusError, match="room form: hub: the field is missing"):
        form_of(given)


def test_every_rule_has_a_default_that_works() -> None:
    assert Rules().away == "model"


def test_a_room_of_an_older_foedus_is_read_without_the_rules_that_did_nothing() -> None:
    old = FORM.to_dict()
    old["rules"] |= {"heads": "no", "phases": "guided"}
    assert form_of(old) == form_of(FORM.to_dict())
    with pytest.raises(FoedusError, match=r"rules\.heads: there is no such rule"):
        form_of({**FORM.to_dict(), "rules": {"heads": "yes"}})
