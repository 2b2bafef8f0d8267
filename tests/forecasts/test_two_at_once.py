"""Two things at once: both are read by themselves, or it is refused; four chances that are one together."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from foedus import forecast
from foedus.asking.ask import load
from foedus.casebook.reader import case_names
from foedus.forecasts.dated import Question
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.scorecard import came_true
from foedus.forecasts.two_at_once import PLACES
from foedus.forecasts.wording import understood
from foedus.forecasts.words import read_vocabulary

CASES = tuple(map(load, case_names()))
WORDS = read_vocabulary(None)


def _read(text: str) -> Query:
    return understood(Question("", text, dt.date(2021, 1, 10), None, None), CASES, WORDS)


@pytest.mark.parametrize(
    ("text", "link", "first", "second"),
    [
        (
            "Will Turkey leave NATO, and will South Korea join the Quad by 2030?",
            "asked",
            "leaves TUR 2030",
            "joins KOR 2030",
        ),
        (
            "Will Turkey leave NATO before 2026 and will South Korea join the Quad by 2024?",
            "asked",
            "leaves TUR 2025",
            "joins KOR 2024",
        ),
        ("Will Turkey leave NATO and South Korea join the Quad by 2030?", "and", "leaves TUR 2030", "joins KOR 2030"),
        ("Will Turkey leave NATO or South Korea join the Quad by 2030?", "or", "leaves TUR 2030", "joins KOR 2030"),
        (
            "Will ANZUS survive and the US-Philippines alliance end by 2030?",
            "and",
            "treaty holds ANZUS1951 2030",
            "treaty ends USPHL1951 2030",
        ),
    ],
)
def test_two_things_are_read_by_themselves_each_with_its_day(text: str, link: str, first: str, second: str) -> None:
    query = _read(text)
    assert query.than is not None
    assert query.link == link
    for one, wanted in ((query, first), (query.than, second)):
        kind, who, year = wanted.rsplit(" ", 2)
        assert (one.kind, one.end.year) == (kind, int(year))
        assert who in one.named
    assert link == "asked" or f", {link} " in query.in_words({})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Will Finland join NATO and leave it by 2030?", "two things at once"),  # of one state
        ("Will Turkey leave NATO and join the CSTO by 2030?", "two things at once"),
        ("When and how many countries will join NATO by 2030?", "two things, such as who and when"),
        ("Will the US leave NATO and NATO collapse by 2030?", "hang together"),
        ("Will Sweden join NATO and Turkey leave NATO by 2025?", "hang together"),  # who leaves might have kept it out
        ("Will Japan and Australia sign an RAA and Japan and the Philippines sign an RAA by 2025?", "hang together"),
        ("Will Finland join NATO by 2024 and will Sweden join it by 2026?", "hang together"),
        ("Will China invade Taiwan and the Quad meet by 2025?", "vocabulary: invade"),
        ("Will Turkey leave NATO, or will Britain rejoin the EU by 2030?", "two things at once"),
        ("Will Turkey and South Korea leave NATO and the Quad by 2030?", "one body"),
        ("Will Finland join NATO and Sweden not by 2025?", "two ways"),
    ],
)
def test_two_things_that_hang_together_or_are_not_read_are_refused(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        _read(text)


@pytest.mark.parametrize(
    ("text", "kind", "year"),
    [
        (
            "Will the Philippines end the Visiting Forces Agreement, or will it still be in force at the end of the year?",
            "treaty ends",
            2021,
        ),
        ("Will Turkey leave NATO by 2025, or will Turkey stay in NATO until the end of 2025?", "leaves", 2025),
    ],
)
def test_a_question_that_is_asked_both_ways_is_one(text: str, kind: str, year: int) -> None:
    query = _read(text)
    assert (query.kind, query.than, query.end.year) == (kind, None, year)
    assert "does not come true" in query.in_words({})


@pytest.mark.parametrize(
    "text",
    [
        "Will Turkey leave NATO by 2025, or will Hungary stay in NATO until the end of 2025?",
        "Will Turkey leave NATO by 2025, or will Turkey stay in NATO until the end of 2030?",
        "Will Turkey leave NATO, or will it still be a member?",  # by no day
        "Will Turkey leave NATO and Korea join the Quad?",
        "Will the Philippines end the Visiting Forces Agreement by 2025, or will it join the Quad by 2025?",
    ],
)
def test_what_is_no_opposite_or_has_no_day_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        _read(text)


def test_four_chances_are_one_together_and_both_is_the_product(tmp_path: Path) -> None:
    path = tmp_path / "asked.csv"
    two = "Will Turkey leave NATO{} South Korea join the Quad by 2030?"
    rows = [two.format(", and will"), two.format(" and"), two.format(" or"), "Will Turkey leave NATO by 2030?"]
    path.write_text(
        "question,opened,outcome\n"
        + "".join(f'"{r}",2021-01-10,{"second alone" if k == 0 else ""}\n' for k, r in enumerate(rows))
    )
    asked, both, either, first = forecast(path, draws=0).forecasts
    parts = {p.name: p.probability for p in asked.parts}
    assert list(parts) == list(PLACES)
    assert sum(parts.values()) == pytest.approx(1.0)
    assert both.probability == pytest.approx(parts["both"])
    assert either.probability == pytest.approx(1.0 - parts["neither"])
    assert first.probability == pytest.approx(parts["both"] + parts["first alone"])
    assert came_true(asked, "second alone") is True
    assert "independently" in asked.certainty
