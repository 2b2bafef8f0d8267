"""The plainest question near to one that is not understood: offered in words, answered when it is wanted, never scored."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from foedus.asking import forecasting
from foedus.forecasts.dated import Question
from foedus.forecasts.nearby import nearest
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.wording import understood
from forecasts.test_wording import CASES, WORDS


def near(text: str, opened: str = "2020-12-29") -> Query | None:
    """Return the question near to one that has to be refused."""
    asked = Question("q", text, dt.date.fromisoformat(opened), None, None)
    with pytest.raises(NotUnderstood) as refused:
        understood(asked, CASES, WORDS, None)
    return nearest(asked, CASES, WORDS, None, refused.value.unknown)


@pytest.mark.parametrize(
    ("text", "opened", "kind", "who", "treaties"),
    [
        (
            "Will the United States and the Philippines' Visiting Forces Agreement be terminated, in the sense that the 180-day notice period resumes and runs to its end, by 31 December 2021?",
            "2020-12-29", "treaty ends", "", "USPHLVFA1998",
        ),
        (
            "By 30 June 2021, will the leaders (heads of state, not merely ministers) of the United States, Japan, Australia and India have met as the Quad, cordially or gruffly?",
            "2020-12-29", "forum meets", "USA JPN AUS IND", "QUAD2017",
        ),
        (
            "Will Japan and Australia sign the Reciprocal Access Agreement that diplomats dread, by 2022?",
            "2020-12-29", "treaty signed", "JPN AUS", "",
        ),
        (
            "Will a member state of the Collective Security Treaty Organization (Armenia, Belarus, Russia) notify the depositary of its withdrawal, or declare that it has 'frozen' its participation, by 2024?",
            "2022-03-01", "leaves", "ARM BLR KAZ KGZ RUS TJK", "CSTO1992",
        ),
        (
            "Will either Finland or Sweden lob in a formal application for NATO membership by 31 December 2022?",
            "2022-02-10", "applies", "FIN SWE", "NATO1949",
        ),
    ],
)  # fmt: skip
def test_who_what_and_by_when_are_found_one_by_one(text: str, opened: str, kind: str, who: str, treaties: str) -> None:
    found = near(text, opened)
    assert found is not None
    assert found.kind == kind
    assert not who or set(found.named) == set(who.split())
    assert not treaties or found.treaties[0][:4] == treaties[:4]


@pytest.mark.parametrize(
    "text",
    [
        "Will the EU gas price (TTF, front month) be over 100 euros per MWh on the day of NATO's Madrid summit in June 2022?",
        "If Ruritania attacks, does Japan leave the Quad by 2025?",
        "Will the candidate of the People Power Party win the ROK presidential election of March 2022?",
        "Will fewer than minus two new defence agreements be signed among Japan and Australia by 2024?",
        "Will Vietnam's real GDP growth exceed 6.5 percent in 2022?",
    ],
)
def test_nothing_is_offered_for_what_is_something_else(text: str) -> None:
    assert near(text) is None


def test_a_near_question_is_answered_when_it_is_wanted_and_never_scored(tmp_path: Path) -> None:
    file = tmp_path / "asked.csv"
    file.write_text(
        "question,opened,outcome\n"
        '"Does Japan become a full member of AUKUS by 31 December 2025, whatever Beijing mutters?",2022-01-10,no\n'
        "Will Vietnam win the cup by 2025?,2022-01-10,no\n",
        "utf-8",
    )
    plain, other = (forecasting.forecast(file, near=wanted, draws=0) for wanted in (False, True))
    assert (plain.counts["answered"], plain.counts["unanswerable"]) == (0, 2)
    assert (other.counts["answered"], other.counts["near"], other.counts["unanswerable"]) == (0, 1, 1)
    first, second = other.forecasts
    assert first.words.startswith("near to it, and not the same: whether Japan joins")
    assert first.probability is not None
    assert not first.scored
    assert "; near to it, and answered, is whether Japan joins" in plain.forecasts[0].reason
    assert second.near is None
    assert "near to it" not in second.reason
    assert "answered, and 1 by one near to it" in other.record.title


def test_a_number_of_summits_is_near_to_the_years_with_one_and_a_lost_day_has_nothing_near() -> None:
    found = near("How many leaders' summits of the Quad will have been held by 31 December 2023?")
    assert found is not None
    assert (found.form, found.kind, len(found.whole_years)) == ("how many", "forum meets", 3)
    assert near("Will the US quit NATO before the cows come home in January 2029?", "2024-11-10") is None
    lost = near("Will the Quad meet and AUKUS gain a member by 2026?")
    assert lost is None or lost.than is None


@pytest.mark.parametrize(
    "text",
    [
        "Are Japan, Australia and India likely to establish a trilateral defence treaty without the US before 2030?",
        "Will at least one of Vietnam, Indonesia and Singapore turn into a quasi-ally of the US by a defence treaty in the 2020s?",
    ],
)
def test_who_is_left_out_or_one_of_some_is_not_offered_as_all_of_them_together(text: str) -> None:
    assert near(text) is None
