"""What is signed and not yet in force: whose it is, how long others took, and what is no question of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest

from foedus.forecasts.counting import counted_parts
from foedus.forecasts.of_entries import drawn_lengths, still_open
from foedus.forecasts.of_force import IN_FORCE, _lengths, into_force, is_signed
from foedus.forecasts.query import NotUnderstood
from forecasts.test_wording import WORDS, ask


@pytest.mark.parametrize(
    ("text", "opened", "who", "by", "treaties"),
    [
        (
            "Will the Philippines-Japan Reciprocal Access Agreement enter into force by September 30, 2025?",
            "2024-12-20",
            ("PHL", "JPN"),
            (),
            ("RAAJPNPHL2024",),
        ),
        (
            "Will the Pukpuk mutual defence treaty between Australia and Papua New Guinea come into force in 2026?",
            "2026-01-10",
            ("AUS", "PNG"),
            (),
            (),
        ),
        (
            "Will the Philippine Senate ratify the Reciprocal Access Agreement?",
            "2024-08-01",
            ("JPN", "PHL"),
            ("PHL",),
            ("RAAJPNPHL2024",),
        ),
    ],
)
def test_a_signed_treaty_of_two_is_counted_to_its_first_day(
    text: str, opened: str, who: tuple[str, ...], by: tuple[str, ...], treaties: tuple[str, ...]
) -> None:
    query = ask(text, opened, "2027-12-31")
    assert (query.kind, query.all_of, query.by, query.treaties) == ("comes into force", who, by, treaties)
    assert query.counted == IN_FORCE
    found = counted_parts(query, WORDS)
    assert found is not None
    ((only,), words) = found
    assert 0 < only.low < only.probability < only.high < 1
    assert words.startswith(IN_FORCE)


def test_one_of_two_is_done_before_both_and_a_longer_window_holds_more() -> None:
    text = "Will the Russia-DPRK Comprehensive Strategic Partnership Treaty be ratified by both sides?"
    both, later = ask(text, "2024-07-01", "2024-12-31"), ask(text, "2024-07-01", "2025-12-31")
    asked = (both, replace(both, by=("RUS",)), later)
    chances = [found[0][0].probability for found in map(into_force, asked) if found]
    assert chances[0] < min(chances[1:])


def test_a_new_treaty_that_enters_into_force_is_one_that_is_signed() -> None:
    assert ask("Will a mutual defence treaty between the US and Vietnam enter into force?").kind == "treaty signed"
    with pytest.raises(NotUnderstood, match="in force already"):
        ask("Will GSOMIA enter into force?")
    with pytest.raises(NotUnderstood, match="does not say that the treaty is signed"):
        ask("Will the US Senate ratify a mutual defence treaty with Saudi Arabia?", "2025-06-01", "2027-12-31")
    with pytest.raises(NotUnderstood, match="in force already"):
        ask("Will the Senate approve the US-Japan mutual defence treaty?", "2025-06-01", "2026-12-31")


def test_what_has_waited_long_is_counted_from_the_day_of_the_question_on() -> None:
    """By hand: not in force when asked, and in force between the first and the last day of the window."""
    text = "Will the Russia-DPRK Comprehensive Strategic Partnership Treaty be ratified by both sides?"
    query = replace(ask(text, "2024-12-01", "2025-12-31"), signed=dt.date(2023, 6, 19), start=dt.date(2025, 1, 1))
    found = into_force(query)
    assert found is not None
    mean, spread = drawn_lengths(_lengths(dt.date(2024, 12, 1)))
    asked, first, last = (still_open(d, mean, spread, 1.0) for d in (531, 562, 926))
    assert asked.mean() < 0.6, "most would be in force by then"
    assert found[0][0].probability == pytest.approx(float(((first - last) / asked).mean()))


def test_a_question_of_no_treaty_speaks_of_none_that_is_signed() -> None:
    assert not is_signed(SimpleNamespace(words=()))  # type: ignore[arg-type]
    said = SimpleNamespace(words=[SimpleNamespace(kind=k, text=t) for k, t in (("word", "the"), ("treaty", "treaty"))])
    assert is_signed(said)  # type: ignore[arg-type]
    said.words[0].text = "a"
    assert not is_signed(said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Will the Russia-DPRK Comprehensive Strategic Partnership Treaty be ratified by Russia?", ("RUS",)),
        ("Will Russia ratify the Russia-DPRK Comprehensive Strategic Partnership Treaty?", ("RUS",)),
        ("Will the Russia-DPRK Comprehensive Strategic Partnership Treaty be ratified?", ()),
        ("Will the Russia-DPRK Comprehensive Strategic Partnership Treaty be ratified by both sides?", ()),
    ],
)
def test_who_ratifies_is_the_one_that_is_named_to_do_it(text: str, by: tuple[str, ...]) -> None:
    query = ask(text, "2024-07-01", "2024-12-31")
    assert (query.kind, query.by) == ("comes into force", by)
