"""The record of forecasts: what its headline says of coin and base rate, percents, and the words questions were read in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import foedus
from casebook.casefiles import write_case
from foedus.forecasts.dated import Question
from foedus.forecasts.forecast import Forecast
from foedus.forecasts.outlook import Outlook, answers_table, compared, coverage, vocabulary_record
from foedus.forecasts.query import Query
from foedus.forecasts.scorecard import marks
from foedus.forecasts.words import read_vocabulary
from foedus.surfaces.reading import read

HEAD = "id,question,opened,closes,outcome\n"


def answered(name: str, p: float, outcome: bool | None) -> Forecast:
    asked = Query("treaty signed", "x", (name,), (), (), False, dt.date(2000, 1, 1), dt.date(2001, 12, 31))
    return Forecast(Question(name, f"Does {name} sign?", None, None, outcome), asked, p, p, p / 2, p)


def test_the_headline_says_how_forecasts_compare_with_a_coin_and_the_base_rate() -> None:
    good = compared(marks([answered("a", 0.9, True), answered("b", 0.1, False)]))
    assert good.startswith("On 2 scored questions the forecasts (Brier 0.01) beat a coin (0.25) and beat the base rate")
    bad = compared(marks([answered("a", 0.1, True), answered("b", 0.9, False)]))
    assert "lose to a coin (0.25) and lose to the base rate of these questions (0.25); skill -2.24" in bad
    even = compared(marks([answered("a", 0.5, True), answered("b", 0.5, False)]))
    assert "tie with a coin (0.25) and tie with the base rate" in even
    assert "nothing can be held against a coin" in compared(())


@pytest.mark.parametrize(
    ("unanswerable", "rows", "words"),
    [
        (1, 1, "1 is declared unanswerable, each for the reason beside it"),
        (2, 1, "1 row could not be read as it stands."),
        (2, 2, "2 rows could not be read as they stand."),
    ],
)
def test_one_and_many_are_told_apart(unanswerable: int, rows: int, words: str) -> None:
    said = coverage({"unanswerable": unanswerable, "scored": 3, "rows that could not be read": rows})
    assert words in said
    assert "1 rows" not in said


def test_probabilities_are_percents_beside_the_words_in_which_a_question_was_read() -> None:
    by = {c.head: c for c in read(answers_table((answered("a", 0.4, None),)))}
    assert by["probability"].cells == ("40 %",)
    assert by["5–95 %"].cells == ("20 % to 40 %",)
    assert by["understood as"].cells == ("treaty signed: a [2000-01-01 to 2001-12-31], in x",)
    assert by["came true"].cells == ("open",)


def test_a_record_holds_every_question_and_its_numbers(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    rows = "A,The USA and Korea sign a mutual defence treaty,2000-06-01,2002-06-01,no\nE,It snows,2000-06-01,2001,no\n"
    path.write_text(HEAD + rows)
    found = foedus.forecast(path, cases=[write_case(tmp_path / "small")], draws=2, workers=1)
    record = found.record
    assert record.title == "1 of 2 questions answered"
    assert record.table("forecasts").column("probability") == (found.forecasts[0].probability,)
    assert record.table("unanswered").column("id") == ("E",)
    assert "[picture" not in str(record.to_dict())
    assert record.made["counts"] == found.counts
    read_again = found.understanding
    assert read_again.table("questions").column("asks")[1] is None


def test_nothing_asked_and_nothing_scored_is_still_a_record() -> None:
    record = Outlook((), (), (), read_vocabulary(), 1, 0, {}).record
    assert record.title == "0 of 0 questions answered"
    assert [s.key for s in record.sections] == ["limits"]
    assert record.charts() == ()


def test_every_word_and_rate_of_the_vocabulary_is_told() -> None:
    words = read_vocabulary()
    told = vocabulary_record(words).table("mapping")
    assert set(words.kinds) | set(words.words) | set(words.rates) <= set(told.column("name"))
