"""A number of new treaties: readings, refusals, and numbers that agree with the chance of one."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import pytest

from foedus import forecast
from foedus.asking.ask import load
from foedus.casebook.reader import case_names
from foedus.forecasts.dated import Question
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.wording import understood
from foedus.forecasts.words import read_vocabulary

CASES = tuple(map(load, case_names()))
WORDS = read_vocabulary(None)


def _read(text: str) -> Query:
    return understood(Question("", text, dt.date(2020, 12, 29), None, None), CASES, WORDS)


@pytest.mark.parametrize(
    ("text", "pairs", "least", "most"),
    [
        (
            "Will fewer than five new defence cooperation agreements be signed among Japan, Australia, India, Vietnam and the Philippines by 2022?",
            10,
            (),
            (4,),
        ),
        (
            "How many new defence cooperation agreements will be signed among Japan, Australia and India by 2024?",
            3,
            (),
            (),
        ),
        (
            "Will Japan sign at least two new defence cooperation agreements with Vietnam, India and the Philippines by 2024?",
            3,
            (2,),
            (),
        ),
        (
            "Will between two and three new defence agreements be signed among Japan, Australia and India by 2024?",
            3,
            (2,),
            (3,),
        ),
        (
            "How many new mutual defence treaties will Russia, China and Iran sign with one another by 2030?",
            3,
            (),
            (),
        ),
    ],
)
def test_a_number_of_new_treaties_is_read_with_its_pairs(
    text: str, pairs: int, least: tuple[int, ...], most: tuple[int, ...]
) -> None:
    query = _read(text)
    assert query.kind == "several signed"
    assert sum(n for _, n in query.pairs) == pairs
    assert (tuple(n for n, _ in query.at_least), tuple(n for n, _ in query.at_most)) == (least, most)
    assert "are signed" in query.in_words({})


def test_treaties_of_two_of_the_hub_are_counted_on_record() -> None:
    query = _read(
        "Will the United States sign at least two new mutual defence treaties with India, Vietnam, Indonesia or Singapore by 2030?"
    )
    assert (query.kind, query.counted, query.by) == ("several signed", "treaty signed, two states", ("USA",))
    assert "one body at a time" in query.in_words({})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Will at least two of Vietnam and India sign at least two defence agreements with Japan by 2024?",
            "counts treaties and those",
        ),
        (
            "Will Japan sign three Reciprocal Access Agreements with Australia, Britain and the Philippines by 2024?",
            "of one sort",
        ),
        ("Will Japan sign at least two new defence agreements by 2024?", "each of a list"),
        ("Will Russia and China sign at least two new mutual defence treaties by 2030?", "asks for 2"),
        (
            "Will the United States sign two new mutual defence treaties with Japan and India by 2030?",
            "such a treaty already",
        ),
        (
            "How many mutual defence treaties will Russia, China and North Korea sign with one another by 2030?",
            "such a treaty already",
        ),
        ("How many defence agreements will Japan sign with Australia and India together by 2025?", "three or more"),
        ("How many peace treaties will be signed among Russia, Japan and China by 2030?", "treaty of peace"),
        ("How many new mutual defence treaties will the United States sign in Asia by 2030?", "counts treaties"),
        ("How many new mutual defence treaties will be signed in the world by 2030?", "vocabulary: world"),
    ],
)
def test_numbers_that_nothing_counts_are_refused(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        _read(text)


def test_numbers_follow_the_rates_of_their_classes(tmp_path: Path) -> None:
    path = tmp_path / "asked.yaml"
    path.write_text("""foedus: 1
questions:
  - {id: N, question: "How many new defence cooperation agreements will Japan and Australia sign by the end of 2022?", opened: 2020-12-29, outcome: "1"}
  - {id: F, question: "Will at most one new defence cooperation agreement be signed among Japan, Australia and India by 2024?", opened: 2020-12-29}
""")
    number, few = forecast(path, draws=0).forecasts
    spread = [p.probability for p in number.parts]
    assert sum(spread) == pytest.approx(1.0)
    events, exposure = 427.5, 9202  # agreements again of two that are no allies
    assert -math.log(spread[0]) == pytest.approx(
        events / exposure * ((dt.date(2022, 12, 31) - dt.date(2020, 12, 29)).days + 1) / 365.25
    )
    assert few.low is not None
    assert few.probability is not None
    assert few.high is not None
    assert few.low < few.probability < few.high
    assert number.law == "reference class"
