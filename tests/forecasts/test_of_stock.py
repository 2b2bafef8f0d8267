"""Who is bound to the hub on a day: readings, refusals, and chances that agree with those of each treaty."""

from __future__ import annotations

import datetime as dt
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
DAY = "2020-12-29"


def _read(text: str, day: str = DAY) -> Query:
    return understood(Question("", text, dt.date.fromisoformat(day), None, None), CASES, WORDS)


@pytest.mark.parametrize(
    ("text", "form", "named", "bounds"),
    [
        (
            "Number of mutual defence treaties in force between the US and Indo-Pacific states on 1 January 2026: fewer than five, five, or more?",
            "how many",
            11,
            ((0, None),),
        ),
        (
            "How many treaty allies will the United States have in the Indo-Pacific on 1 January 2026?",
            "how many",
            11,
            ((0, None),),
        ),
        (
            "Will fewer than five US defence treaties in Asia be in force at the end of 2025?",
            "whether",
            11,
            ((None, 4),),
        ),
        ("Will the US have a defence treaty with at least six Asian states by 2030?", "whether", 11, ((6, None),)),
        (
            "Which of Japan, India and Singapore will be party to a defence pact with the USA on 1 January 2027?",
            "which",
            3,
            ((0, None),),
        ),
        (
            "Will at least two of India, Vietnam and Singapore be treaty allies of the United States in 2030?",
            "whether",
            3,
            ((2, None),),
        ),
        ("Will Japan, Korea and India all be allied with the US at the end of 2027?", "whether", 3, ()),
    ],
)
def test_who_is_bound_on_a_day_is_read(
    text: str, form: str, named: int, bounds: tuple[tuple[int | None, int | None], ...]
) -> None:
    query = _read(text)
    assert (query.kind, query.form, len(query.named), query.by) == ("allied", form, named, ("USA",))
    least, most = {s: n for n, s in query.at_least}, {s: n for n, s in query.at_most}
    assert tuple((least.get(s), most.get(s)) for s in dict.fromkeys((*least, *most))) == bounds
    assert query.start == dt.date.fromisoformat(DAY)
    assert "bound to USA" in query.in_words({}) or "bound to United States" in query.in_words({})


def test_those_that_are_still_in_force_are_those_of_today() -> None:
    assert _read("How many of the US defence treaties in Asia will still be in force in 2025?").kind == "treaty holds"
    assert _read("How many of Japan and Thailand will no longer be US treaty allies by 2030?").kind == "treaty ends"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("How many allies will the US have in 2030?", "nothing the model knows"),  # those elsewhere are not in the case
        ("How many of Japan, Korea and Taiwan will be US allies in 2030?", "recognition is given"),
        ("How many of Japan, China and Korea will be US allies in 2030?", "adversaries"),
        ("How many treaty allies will the US have in Europe in 2030?", "binds three or more"),
        ("Will the United States ever have ten treaty allies in Asia before 2030?", "on one day"),
        ("Will the US have four or six treaty allies in Asia in 2030?", "two numbers"),
        ("Will at least twenty Asian states have a defence treaty with the US in 2030?", "asks for 20"),
        ("How many US allies in Asia will raise defence spending by 2025?", "vocabulary"),
        ("How many treaties will Japan have with Asian states in 2030?", "nothing the model knows"),
    ],
)
def test_other_numbers_of_allies_are_refused(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        _read(text)


def test_the_number_of_allies_follows_from_the_chance_of_each(tmp_path: Path) -> None:
    path = tmp_path / "asked.yaml"
    path.write_text("""foedus: 1
questions:
  - {id: N, question: "How many of Japan, India and Thailand will be allied with the US at the end of 2025?", opened: 2020-12-29, outcome: "2"}
  - {id: W, question: "Which of Japan, India and Thailand will be allied with the US at the end of 2025?", opened: 2020-12-29}
  - {id: J, question: "The US-Japan alliance remains in force", opened: 2020-12-29, closes: 2025-12-31}
  - {id: A, question: given, opened: 2020-12-29, closes: 2025-12-31, asks: {kind: allied, at_least: {"2": [JPN, IND, THA]}}}
""")
    number, which, japan, two = forecast(path, draws=0).forecasts
    each = {p.name: p.probability for p in which.parts}
    spread = [p.probability for p in number.parts]
    assert japan.probability is not None
    assert japan.probability < each["JPN"] < japan.probability + 0.02  # a body that is founded would bind it too
    assert sum(k * p for k, p in enumerate(spread)) == pytest.approx(sum(each.values()))
    assert two.probability == pytest.approx(sum(spread[2:]))
    assert which.law.startswith("exit and round")


@pytest.mark.parametrize("new", ["new", "additional", "other"])
def test_who_is_new_is_not_counted_with_those_of_today(new: str) -> None:
    with pytest.raises(NotUnderstood):
        _read(f"How many {new} countries will have concluded a defence treaty with the United States by 2030?")
