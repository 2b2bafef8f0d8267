"""Which of two named things comes first: what is read, what is refused, and chances that add up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from foedus import forecast
from foedus.asking.ask import load
from foedus.casebook.reader import case_names
from foedus.forecasts.dated import Question
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.scorecard import came_true, score_of_parts
from foedus.forecasts.sooner import PLACES
from foedus.forecasts.wording import understood
from foedus.forecasts.words import read_vocabulary

CASES = tuple(map(load, case_names()))
WORDS = read_vocabulary(None)


def _read(text: str, day: str = "2021-01-10") -> Query:
    return understood(Question("", text, dt.date.fromisoformat(day), None, None), CASES, WORDS)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Which will happen first: South Korea joining the Quad, or India leaving it?", "joins KOR", "leaves IND"),
        ("Turkey leaving NATO or Ukraine joining NATO: which happens first?", "leaves TUR", "joins UKR"),
        ("What will come first: Sweden's entry into NATO or Ukraine's?", "joins SWE", "joins UKR"),
        (
            "What comes first: a denunciation of the FPDA by Malaysia, or the admission of a sixth member?",
            "leaves MYS",
            "joins KOR",
        ),
        (
            "Which comes first by 2030: the end of the US-Philippines alliance or the end of the US-Thailand alliance?",
            "treaty ends USPHL1951",
            "treaty ends MANILA1954",
        ),
    ],
)
def test_which_of_two_things_comes_first_is_read_with_both(text: str, first: str, second: str) -> None:
    query = _read(text)
    assert query.form == "which"
    assert query.than is not None
    for one, wanted in ((query, first), (query.than, second)):
        kind, _, who = wanted.rpartition(" ")
        assert one.kind == kind
        assert who in one.named
    assert query.in_words({}).startswith("which comes first, or neither: (first)")
    assert ("ten years are taken" in query.in_words({})) == ("2030" not in text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("What will happen first: an invasion of Taiwan, or Korea joining the Quad?", "not both read"),
        ("Which comes first: the Quad or AUKUS?", "not both read"),
        ("What comes first for Australia, ANZUS or the Quad?", "not both read"),
        ("Which comes first: Turkey leaves NATO or Hungary or Poland leaves it?", "several ways"),
        ("Which comes first: Turkey not leaving NATO or Ukraine joining it?", "one thing happens before another"),
        ("Which comes first: Malaysia leaving the FPDA, or the admission of an eighth member?", "one thing happens"),
        ("Which comes first: Turkey leaving NATO or Turkey and Hungary leaving it?", "at least in part, the same"),
        ("Which country comes first on the list of NATO spenders, Greece or Poland?", "vocabulary"),
    ],
)
def test_orders_that_nothing_answers_are_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        _read(text)


def test_the_three_chances_are_one_together_and_an_outcome_scores_them(tmp_path: Path) -> None:
    path = tmp_path / "asked.yaml"
    path.write_text("""foedus: 1
questions:
  - {id: W, question: "Which comes first by 2030: Turkey leaving NATO or Finland joining it?", opened: 2021-01-10, outcome: second}
  - {id: G, question: given, opened: 2021-01-10, closes: 2030-12-31, outcome: second,
     asks: {kind: leaves, form: which, all_of: [TUR], institution: NATO1949, before: {kind: joins, all_of: [FIN], institution: NATO1949}}}
  - {id: B, question: "Will Turkey leave NATO before Finland joins it, by 2030?", opened: 2021-01-10}
""")
    words, given, before = forecast(path, draws=0).forecasts
    assert [p.name for p in words.parts] == list(PLACES)
    assert sum(p.probability for p in words.parts) == pytest.approx(1.0)
    assert [p.probability for p in given.parts] == [p.probability for p in words.parts]
    assert before.probability == pytest.approx(words.parts[0].probability)
    assert words.probability is None
    assert [came_true(words, name) for name in PLACES] == [False, True, False]
    assert (score_of_parts(words) or 0.0) > 0.0
