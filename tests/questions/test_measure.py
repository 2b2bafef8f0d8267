"""Measures: keys, phrases and readings of what is measured, declared once and read back as they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.questions.listing import MEASURES
from foedus.questions.measure import Measure

SIZE = Measure(
    ("size", "ITEM", "STATE", "KIND"),
    "bn",
    "KIND size of STATE in ITEM",
    phrase="size in ITEM of STATE[ as KIND]",
    words={"KIND": {"a whole": "whole", "a whole half": "half"}},
    units={"half": "share"},
)
PLAIN = Measure(("count", "", "", "all"), "things", "of everything", phrase="number of things")
TWICE = Measure(("pair", "STATE–STATE", "STATE", "worth"), "bn", "worth of STATE")


def test_blanks_are_filled_in_their_order() -> None:
    assert SIZE.template == "size|ITEM|STATE|KIND"
    assert SIZE.blanks == ("ITEM", "STATE", "KIND")
    assert SIZE("a body", "JPN", "whole") == "size|a body|JPN|whole"
    assert PLAIN() == "count|||all"
    with pytest.raises(ValueError, match="zip"):
        SIZE("a body")


def test_a_key_is_read_back() -> None:
    assert SIZE.read("size|a body|JPN|whole") == {"ITEM": "a body", "STATE": "JPN", "KIND": "whole"}
    assert PLAIN.read("count|||all") == {}


@pytest.mark.parametrize(
    "key", ["size|a body|JPN|third", "size|a body|JPN", "sizes|a|JPN|whole", "size|a|b|JPN|whole", "size||JPN|whole"]
)
def test_a_key_of_another_measure_is_not_read(key: str) -> None:
    assert SIZE.read(key) is None
    assert PLAIN.read(key) is None


def test_a_blank_that_stands_twice_has_the_same_in_both_places() -> None:
    assert TWICE("JPN") == "pair|JPN–JPN|JPN|worth"
    assert TWICE.read("pair|JPN–JPN|JPN|worth") == {"STATE": "JPN"}
    assert TWICE.read("pair|JPN–JPN|KOR|worth") is None


@given(st.text("abcXYZ é.–", min_size=1), st.text("ABCD", min_size=3, max_size=3))
def test_whatever_is_filled_in_is_read_back(item: str, state: str) -> None:
    assert SIZE.read(SIZE(item, state, "half")) == {"ITEM": item, "STATE": state, "KIND": "half"}


def test_the_unit_may_depend_on_what_stands_in_a_blank() -> None:
    assert SIZE.unit_of({"ITEM": "x", "KIND": "half"}) == "share"
    assert SIZE.unit_of({"ITEM": "x", "KIND": "whole"}) == "bn"
    assert SIZE.says({"ITEM": "a body", "STATE": "JPN", "KIND": "half"}) == "half size of JPN in a body"


def test_a_phrase_is_read_with_and_without_what_may_be_left_out() -> None:
    assert SIZE.phrase_blanks == ("ITEM", "STATE", "KIND")
    assert SIZE.asked("size in the star of JPN") == {"STATE": "JPN", "ITEM": "the star", "KIND": None}
    assert SIZE.asked("size in the star of JPN as a whole half") == {
        "STATE": "JPN",
        "ITEM": "the star",
        "KIND": "a whole half",
    }
    assert SIZE.asked("size in the star") is None
    assert SIZE.asked("the size in the star of JPN") is None
    assert PLAIN.asked("number of things") == {}
    assert TWICE.asked("") is None  # claims cannot ask for it


def test_a_phrase_leads_to_the_key_that_answers_it() -> None:
    whole = SIZE.asked("size in star of JPN as a whole half")
    assert whole is not None
    assert SIZE.kept_as(whole) == "size|star|JPN|half"
    short = SIZE.asked("size in star of JPN")
    assert short is not None
    assert SIZE.kept_as(short) == "size|star|JPN|*"
    hub = Measure(("worth", "HUB–STATE", "HUB", "x"), "bn", "", phrase="worth of STATE")
    assert hub.kept_as({"STATE": "JPN"}) == "worth|HUB–JPN|HUB|x"  # who asks knows which state the hub is


def test_what_is_shown_to_somebody_who_writes_a_phrase() -> None:
    assert SIZE.written == "size in ITEM of STATE"
    assert SIZE.examples == ("size in ITEM of STATE",)
    member = Measure(("a", "PRESSED", "MEMBER", "x"), "bn", "", phrase="cost of MEMBER and OTHER in PRESSED")
    assert member.written == "cost of STATE and STATE in ARCHITECTURE"
    fixed = Measure(("a", "WHAT", "", "x"), "", "", phrase="chance of WHAT", words={"WHAT": {"rain": "r", "snow": "s"}})
    assert fixed.examples == ("chance of rain", "chance of snow")
    free = Measure(("a", "WHAT", "", "x"), "", "", phrase="chance of WHAT")
    assert free.examples == ("chance of WHAT",)


def test_numbers_in_a_phrase_are_numbers() -> None:
    found = Measure(("a", "BUDGET", "", "x"), "", "", phrase="hold at BUDGET for YEARS years to DEPTH")
    assert found.asked("hold at 0.5 for 10 years to 0.3") == {"BUDGET": "0.5", "YEARS": "10", "DEPTH": "0.3"}
    assert found.asked("hold at much for 10 years to 0.3") is None
    assert found.asked("hold at 0.5 for 1.5 years to 0.3") is None
    assert found.asked("hold at 0.5 for 10 years to deep") is None


def test_every_measure_of_every_question_reads_its_own_key_and_no_other_reads_it() -> None:
    for measure in (m for m in MEASURES if m.kept):
        words = [next(iter(measure.words.get(b, {"": "X1"}).values())) for b in measure.blanks]
        key = measure(*words)
        assert measure.read(key) == dict(zip(measure.blanks, words, strict=True))
        assert measure.low <= measure.high
        assert all(m.key[0] == measure.key[0] for m in MEASURES if m.read(key) is not None)
