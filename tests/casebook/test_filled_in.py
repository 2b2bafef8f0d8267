"""Answers in the files of a case: what was said stands there, everything else as it was, and the reader accepts it."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from foedus.casebook.filled_in import NOTHING, Answers, case_of, filled_in, read_answers
from foedus.casebook.new import copied
from foedus.casebook.reader import case_folder, case_names, read_case
from foedus.vocabulary.errors import FoedusError


def files(name: str = "asia-1953") -> dict[str, str]:
    return copied(case_folder(name), "mine")


def lines_of(before: dict[str, str], after: dict[str, str]) -> list[str]:
    told = []
    for name, text in after.items():
        told += [s for s in difflib.ndiff(before[name].splitlines(), text.splitlines()) if s[:2] in ("- ", "+ ")]
    return told


def test_without_answers_everything_stays() -> None:
    assert filled_in(files(), NOTHING) == files()
    assert not read_answers()


def test_a_number_takes_the_place_of_the_one_that_was_there() -> None:
    answers = read_answers(["KOR.grievance.JPN=0.5 from 0.2 to 0.8: claims to property were open"])
    told = lines_of(files(), filled_in(files(), answers))
    assert [s[0] for s in told] == ["-", "+"]
    case, problems = case_of(filled_in(files(), answers), Path("mine"))
    assert problems == []
    assert case is not None
    fact = case.fact("grievance", "KOR", "JPN")
    assert (fact.value, fact.low, fact.high) == (0.5, 0.2, 0.8)
    assert fact.judged == "claims to property were open"


@pytest.mark.parametrize("name", case_names())
def test_every_number_of_every_case_can_be_answered_anew(name: str) -> None:
    """The answers say what is there already, so that the case has to come out with the same numbers."""
    case = read_case(name)
    judged, measured, cited = [], [], ["own-table=Somebody (2026). A table of all numbers."]
    for f in case.facts:
        key = ".".join(filter(None, (f.subject, f.quantity, f.against)))
        if f.judged is not None and f.low is not None and f.high is not None:
            judged.append(f"{key}={f.value!r} from {f.low!r} to {f.high!r}: a reason of one's own: as [before]")
        else:
            measured.append(f"{key}={f.value!r} in {case.as_of.year} by own-table")
    found, problems = case_of(filled_in(files(name), read_answers(judged, measured, cited)), Path("mine"))
    assert problems == []
    assert found is not None
    assert [(f.quantity, f.subject, f.against) for f in found.facts] == [
        (f.quantity, f.subject, f.against) for f in case.facts
    ]
    assert [f.value for f in found.facts] == pytest.approx([f.value for f in case.facts], rel=1e-9)
    assert all(f.source == ("own-table",) for f in found.facts if f.judged is None)
    assert {e.id for e in found.events} == {e.id for e in case.events}


def test_numbers_that_were_not_there_are_added() -> None:
    judged = [
        "THA.grievance.KOR=0.1 from 0 to 0.3: nobody ever said so much",
        "PHL.grievance.KOR=0.2 from 0 to 0.3: nobody ever said so much",
        "NZL.perception.CHN=0.8 from 0.5 to 1.2: far away from everything",
        "NZL.perception.RUS=0.7 from 0.5 to 1.2: far away from everything",
        "NZL.recklessness=0.1 from 0 to 0.4: no sign of any of it",
    ]
    found, problems = case_of(filled_in(files(), read_answers(judged)), Path("mine"))
    assert problems == []
    assert found is not None
    assert found.fact("grievance", "THA", "KOR").value == 0.1
    assert [found.fact("perception", "NZL", a).value for a in ("CHN", "RUS")] == [0.8, 0.7]
    assert found.fact("recklessness", "NZL").high == 0.4


def test_lists_without_an_item_get_their_first() -> None:
    before = files()
    head, _, _ = before["relations.yaml"].partition("grievances:")
    note = "complete: {source: frus, date: 1953, note: none}"
    before["relations.yaml"] = (
        f"{head}grievances:\n  {note}\n  defaults: {{unit: 0-1}}\n  pairs: []\n    # - {{of: A}}\n"
    )
    judged = [f"KOR.grievance.{s}=0.1 from 0 to 0.3: nobody ever said so much" for s in ("JPN", "THA")]
    found, problems = case_of(filled_in(before, read_answers(judged)), Path("mine"))
    assert problems == []
    assert found is not None
    assert [f.against for f in found.facts if f.quantity == "grievance"] == ["JPN", "THA"]


def test_title_question_and_sources_are_text_whatever_is_in_them() -> None:
    evil = 'A "title": [with] {everything} # and ___'
    answers = read_answers(cited=[f"own={evil} (uncertain)"], title=evil, question="Who: when?")
    found, problems = case_of(filled_in(files(), answers), Path("mine"))
    assert problems == []
    assert found is not None
    assert (found.title, found.question) == (evil, "Who: when?")
    assert (found.sources["own"].citation, found.sources["own"].trust) == (evil, "uncertain")


def test_answers_are_written_as_they_are_read() -> None:
    words = [
        ["KOR.grievance.JPN=0.5 from 0.2 to 0.8: why: so"],
        ["KOR.gdp=27.6 in 1953-06 by handbook"],
        ["handbook=Author (1953). Title. (widely known)"],
    ]
    found = read_answers(*words)
    assert [[str(x)] for x in (*found.judged, *found.measured, *found.cited)] == words


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"judged": ["KOR.grievance.JPN=0.5"]}, "it does not say what is wanted. Write --judge"),
        ({"measured": ["KOR.gdp=much in 1953 by x"]}, "it does not say what is wanted. Write --measure"),
        ({"measured": ["KOR.gdp=1 in 1953 by x", "KOR.gdp=2 in 1953 by x"]}, "it is said twice"),
        ({"measured": ["KRO.gdp=1 in 1953 by x"]}, "there is no state 'KRO' in the case. Did you mean 'KOR'"),
        ({"measured": ["KOR.gpd=1 in 1953 by x"]}, "there is no quantity 'gpd'. Did you mean 'gdp'"),
        ({"measured": ["KOR.distance=1 in 1953 by x"]}, "does not say which number is meant. Write KOR.distance.OTHER"),
        ({"measured": ["KOR.gdp.JPN=1 in 1953 by x"]}, "does not say which number is meant. Write KOR.gdp"),
        ({"measured": ["CHN.gdp=1 in 1953 by x"]}, "no gdp of an adversary is asked for"),
        ({"measured": ["KOR.trade.JPN=1 in 1953 by x"]}, "of a state towards an adversary"),
        ({"cited": ["frus=Another one of these"]}, "the case has a source of this key already"),
    ],
)
def test_what_is_no_answer_is_a_sentence(answers: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(FoedusError, match=r".") as error:
        filled_in(files(), read_answers(**answers))
    assert sentence in str(error.value)


def test_an_answer_that_cannot_be_is_said_by_the_reader() -> None:
    answers = Answers(judged=read_answers(["KOR.sovereignty=1.5 from 0.2 to 0.8: why not so"]).judged)
    _, problems = case_of(filled_in(files(), answers), Path("mine"))
    assert any("outside what sovereignty can be" in str(p) for p in problems)
    assert all(p.where.startswith("states.yaml:") for p in problems)
