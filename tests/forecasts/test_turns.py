"""Turns of phrase: what is said in other words is read as if it were said plainly, and never as something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.forecasts.of_classes import TRIAD
from foedus.forecasts.of_members import JOINS
from foedus.forecasts.query import NotUnderstood
from foedus.forecasts.turns import INVITED, OCCASION, plainly
from forecasts.test_wording import ask


@pytest.mark.parametrize(
    ("said", "plainer"),
    [
        ("Will all thirty members meet?", "Will all 30 members meet?"),
        ("a thirty-third or nineteen, twenty two", "a thirty-third or 19, 22"),
        ("in the summer of 2023", "between June 2023 and August 2023"),
        ("before summer 2023, by the end of fall 2024", "before June 2023, by November 2024"),
        ("in winter 2023", "in winter 2023"),
        ("Will Japan join AUKUS, according to official government sources?", "Will Japan join AUKUS?"),
        (
            "Will Finland join, according to NATO's website, by 2023?",
            "Will Finland join, according to NATO's website, by 2023?",
        ),
        ("Is Asia safe, according to plan?", "Is Asia safe, according to plan?"),
        ("leave the Alliance", "leave NATO"),
        ("the alliance, the Alliance of Sahel States", "the alliance, the Alliance of Sahel States"),
    ],
)
def test_other_words_are_put_plainly(said: str, plainer: str) -> None:
    assert plainly(said) == (plainer, ())


@pytest.mark.parametrize(
    ("said", "plainer"),
    [
        ("Now that Sweden is in, will Ukraine join NATO?", "will Ukraine join NATO?"),
        ("Will France leave NATO over the submarine row?", "Will France leave NATO?"),
        ("After Ukraine joins NATO, will Georgia join?", ""),
    ],
)
def test_an_occasion_says_nothing_more_and_a_condition_does(said: str, plainer: str) -> None:
    assert plainly(said) == ((plainer, (OCCASION,)) if plainer else (said, ()))


@given(st.text(max_size=60))
def test_what_is_plain_stays(text: str) -> None:
    once, _ = plainly(text)
    assert plainly(once)[0] == once


@pytest.mark.parametrize(
    "text",
    [
        "Will NATO invite Ukraine to join by 2024?",
        "Will Ukraine be formally invited to join NATO by 2024?",
        "Will Ukraine receive an invitation to join NATO by 2024?",
        "Will NATO extend a formal membership invitation to Ukraine to join by 2024?",
    ],
)
def test_an_invitation_is_counted_as_the_accession_that_followed(text: str) -> None:
    query = ask(text, closes="")
    assert (query.kind, query.all_of, query.counted) == ("joins", ("UKR",), JOINS)
    assert INVITED in query.notes


@pytest.mark.parametrize(
    ("text", "opened", "reason"),
    [
        ("Will Sweden be invited to join NATO by 2024?", "2022-09-01", "invited already"),
        ("Will Korea be invited to join the Quad by 2024?", "2021-01-10", "of invitations only"),
        ("Will Turkey be expelled from NATO by 2024?", "2021-01-10", "what a body does to a member"),
        ("Will NATO suspend Hungary's membership by 2024?", "2021-01-10", "what a body does to a member"),
        ("Will Turkey say no to Sweden's accession to NATO by 2024?", "2022-09-01", "negative|announcement"),
        ("Will Biden, Suga and Moon meet by 2024?", "2021-01-10", "a person stands for none"),
        (
            "Will Finland file an application and be turned away by NATO by 2024?",
            "2021-01-10",
            "outside the vocabulary",
        ),
        ("Will Japan leave NATO or join it by 2024?", "2021-01-10", "two things at once"),
        ("Will Japan and Korea meet with it by 2024?", "2021-01-10", "outside the vocabulary: it"),
        (
            "Will Japan, Korea and Australia sign a Reciprocal Access Agreement by 2024?",
            "2021-01-10",
            "only treaties of two",
        ),
    ],
)
def test_what_says_something_else_is_refused(text: str, opened: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        ask(text, opened, "")


def test_pronouns_are_whom_they_can_only_mean() -> None:
    assert ask("Finland: will it join NATO by 2024?", closes="").all_of == ("FIN",)
    assert ask("Finland and Sweden: will they both join NATO by 2024?", closes="").all_of == ("FIN", "SWE")
    with pytest.raises(NotUnderstood, match="it"):
        ask("Finland and Sweden: will it join NATO by 2024?", closes="")


def test_three_states_are_counted_as_three_and_more_as_three_of_them() -> None:
    three = ask("Will Japan, Korea and Australia sign a mutual defence treaty by 2024?", closes="")
    four = ask("Will Japan, Korea, India and Australia sign a mutual defence treaty by 2024?", closes="")
    assert three.counted == four.counted == TRIAD
    assert not three.notes
    assert "three of them" in four.notes[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Why did Australia back out of the first Quad in 2008?", "asks why"),
        ("Did Iraq quit the Baghdad Pact within a year of its 1958 revolution?", "has happened"),
        ("Has any country ever left NATO completely?", "has happened"),
        ("If the United States had left NATO in 2019, would any other member have followed it?", "under a condition"),
        ("Will an eastern member leave NATO by 2030?", "vocabulary: eastern"),
        ("Will a neutral country join NATO by 2030?", "vocabulary: neutral"),
        ("Will Article XI of the North Atlantic Treaty end by 2030?", "vocabulary: Article, XI|article"),
        ("Will Brent crude close above $100?", "no treaty, body or meeting"),
    ],
)
def test_what_is_no_forecast_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        ask(text, "2025-06-01", "")


@pytest.mark.parametrize(
    ("text", "opened", "says"),
    [
        ("GSOMIA: alive or dead by end-2019?", "2019-09-01", "treaty holds: GSOMIA2016"),
        ("SEATO: year of formal dissolution.", "1975-10-01", "treaty ends, when: SEATO1955"),
        ("US-ROC Mutual Defense Treaty: does it survive 1 January 1980?", "1978-06-01", "treaty holds: USROC1954"),
        ("UK-Japan RAA: in force by end-2023?", "2023-02-01", "comes into force: GBR, JPN"),
        ("Will AUKUS lose a party by 2030?", "2024-06-01", "leaves: at least 1 of AUS, GBR, USA"),
        ("Will Trump leave NATO by 2028?", "2025-06-01", "leaves: USA"),
    ],
)
def test_telegrams_and_leaders_are_read(text: str, opened: str, says: str) -> None:
    assert ask(text, opened, "").says().startswith(says)
