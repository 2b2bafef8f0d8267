"""A question a few weeks older than its case: answered with facts that are later, which it says, and never scored."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from foedus import forecast
from foedus.asking.ask import load
from foedus.casebook.reader import case_names
from foedus.forecasts.later_facts import later_case

CASES = tuple(map(load, case_names()))


@pytest.mark.parametrize(
    ("day", "case"),
    [
        ("1949-01-15", ["europe-1949"]),
        ("1948-12-01", []),  # more than a quarter
        ("1949-04-04", []),  # the case is older
        ("1967-06-01", ["south-east-asia-1967"]),
        ("1953-09-01", ["asia-1953"]),
    ],
)
def test_only_the_case_of_the_next_quarter_stands_for_a_day(day: str, case: list[str]) -> None:
    assert [c.name for c in later_case(CASES, dt.date.fromisoformat(day))] == case


def test_an_answer_by_later_facts_says_so_and_is_in_no_score(tmp_path: Path) -> None:
    path = tmp_path / "asked.csv"
    asked = "Will the USA sign a multilateral defence treaty with Britain, France and at least three of Italy, Norway, Denmark and Belgium?"
    path.write_text(
        f'question,opened,closes,outcome\n"{asked}",1949-02-01,1949-12-31,yes\n"{asked}",1949-02-01,1949-03-31,yes\n'
    )
    late, over = forecast(path, draws=0).forecasts
    assert late.query is not None
    assert late.probability is not None
    assert late.query.facts_of == dt.date(1949, 4, 3)
    assert "61 days after the question" in late.words
    assert not late.scored
    assert over.query is None or over.query.counted  # its window is over before the facts
