"""Reading questions: any order of columns, any odd file, and a sentence for whatever cannot be read."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.forecasts.dated import date_of, read_questions
from foedus.vocabulary.errors import FoedusError

PLAIN = "id,question,opened,closes,outcome,natural_in_2020\nQ1,Does it rain?,2020-12-29,2021-12-31,yes,1\n"


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "questions.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("\n", "\r\n").encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        "Outcome,Close Date,QUESTION,open-date,Question ID,hindsight\nYES,2021,Does it rain?,2020-12-29,Q1,no\n",
        "closes,question,opened,id,outcome\n31 December 2021,Does it rain?,29 Dec 2020,Q1,1\n",
        "\n\n" + PLAIN + "\n,,,,,\n",
    ],
)
def test_the_same_question_however_it_is_written(tmp_path: Path, content: str | bytes) -> None:
    questions, problems = read_questions(write(tmp_path, content))
    assert problems == ()
    (q,) = questions
    assert (q.id, q.text, q.opened, q.closes, q.outcome, q.hindsight) == (
        "Q1",
        "Does it rain?",
        dt.date(2020, 12, 29),
        dt.date(2021, 12, 31),
        True,
        False,
    )


def test_a_file_in_windows_letters_is_read_and_said_so(tmp_path: Path) -> None:
    content = "id,question,closes\nQ1,Does Türkiye leave?,2021\n".encode("cp1252")
    questions, problems = read_questions(write(tmp_path, content))
    assert questions[0].text == "Does Türkiye leave?"
    assert "questions.csv:2: the file is not UTF-8" in str(problems[0])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Q2,Snow?,2020-13-01,2021-12-31,yes,1", "questions.csv:3: opened: '2020-13-01' has no such month"),
        ("Q2,Snow?,2020-12-29,03/04/2021,yes,1", "closes: '03/04/2021' is not a date that means one day"),
        ("Q2,Snow?,2020-12-29,2021-02-30,yes,1", "closes: day"),
        ("Q2,Snow?,2021-12-29,2020-12-29,yes,1", "before it opens"),
        ("Q2,Snow?,2020-12-29,2021-12-31,perhaps,1", "neither yes nor no"),
        ("Q2,,2020-12-29,2021-12-31,yes,1", "asks nothing"),
        ("Q1,Snow?,2020-12-29,2021-12-31,yes,1", "the id 'Q1' stands above already"),
        ("Q2,Snow, or rain?,2020-12-29,2021-12-31,yes,1", "7 cells under 6 headings"),
    ],
)
def test_a_bad_row_is_a_sentence_and_the_good_ones_stay(tmp_path: Path, row: str, said: str) -> None:
    questions, problems = read_questions(write(tmp_path, PLAIN + row + "\nQ3,Wind?,2020,2021,no,0\n"))
    assert [q.id for q in questions] == ["Q1", "Q3"]
    assert questions[1].hindsight
    assert len(problems) == 1
    assert str(problems[0]).startswith("questions.csv:3: ")
    assert said in str(problems[0])


def test_rows_without_outcome_or_dates_are_kept(tmp_path: Path) -> None:
    questions, problems = read_questions(
        write(tmp_path, "question,outcome,closes\nRain?,,\nSnow?,open,2030-05\nWind?\n")
    )
    assert problems == ()
    assert [(q.id, q.outcome, q.closes) for q in questions] == [
        ("row 2", None, None),
        ("row 3", None, dt.date(2030, 5, 31)),
        ("row 4", None, None),
    ]


def test_same_means_the_question_above_however_often_it_is_said(tmp_path: Path) -> None:
    questions, _ = read_questions(
        write(tmp_path, 'id,question\n1,Rain?\n2,"Same, by 2022"\n3,"Same, by 2023"\n4,Snow?\n')
    )
    assert [q.before for q in questions] == ["", "Rain?", "Rain?", "Rain?"]
    assert [q.says_the_same for q in questions] == [False, True, True, False]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("a,b\n1,2\n", "no column holds the questions"),
        ("question,question\na,b\n", "stands twice"),
        ("id,question\n", "no question below the heading"),
        ("id,question\n1,\n", "1 asks nothing"),
    ],
)
def test_a_file_without_questions_is_a_sentence(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(FoedusError, match=said):
        read_questions(write(tmp_path, content))


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match="cannot be read"):
        read_questions(tmp_path / "none.csv")
    with pytest.raises(FoedusError, match="cannot be read"):
        read_questions(tmp_path)


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_whatever_give_anything_but_questions_and_sentences(tmp_path: Path, content: bytes) -> None:
    for head in (b"", b"id,question,opened,closes,outcome\n"):
        with suppress(FoedusError):
            questions, _ = read_questions(write(tmp_path, head + content))
            assert all(q.text and q.where for q in questions)


@given(st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_a_date_is_a_day_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(date_of(text), dt.date)


@given(st.dates(dt.date(1800, 1, 1), dt.date(2200, 1, 1)))
def test_every_way_to_write_a_day_means_that_day(day: dt.date) -> None:
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%d %b %Y", "%d %B %Y", "%B %d, %Y", "%Y-%m-%dT12:00:00Z"):
        assert date_of(day.strftime(form)) == day
    assert date_of(day.strftime("%Y")) == dt.date(day.year, 1, 1)
    assert date_of(day.strftime("%Y"), last=True) == dt.date(day.year, 12, 31)


def test_a_quote_that_is_never_closed_takes_no_questions_with_it_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(
        'question,date\n"Will Japan leave its treaty by 2025?,2020-12-29\nWill India join by 2025?,2020-12-29\n'
    )
    with pytest.raises(FoedusError, match="quotes"):
        read_questions(path)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ('o"utcome', "the column 'o\"utcome' is not read. Did you mean 'outcome'?"),
        ("outco\x1b[31mme", "is not read. Write 'outcome' without signs that are not seen."),
        ("out\u200bcome", "is not read. Write 'outcome' without signs that are not seen."),
    ],
)
def test_a_head_that_is_nearly_one_is_said_not_to_be_read(tmp_path: Path, head: str, said: str) -> None:
    path = tmp_path / "questions.csv"
    path.write_text(
        f"id,question,opened,closes,{head},remarks\nQ1,Does it rain?,2020-01-01,2021-01-01,yes,x\n", encoding="utf-8"
    )
    _, problems = read_questions(path)
    assert len(problems) == 1
    assert str(problems[0]).startswith("questions.csv:1: ")
    assert str(problems[0]).endswith(said)
