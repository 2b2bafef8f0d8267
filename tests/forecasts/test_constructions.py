"""A question is read alike however it is built around what it asks, and what asks for more than its chance is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.asking.ask import load
from foedus.casebook.reader import case_names
from foedus.forecasts.constructions import unwrapped
from foedus.forecasts.known_pacts import beside, without_case
from foedus.forecasts.query import NotUnderstood
from foedus.forecasts.words import Lexicon, plain, read_vocabulary
from forecasts.test_wording import ask


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    day = dt.date(2026, 11, 30)
    cases = tuple(load(name) for name in case_names())
    return read_vocabulary().lexicon(without_case(day), day, beside(without_case(day), cases, day))


@pytest.mark.parametrize(
    "text",
    [
        "What chance is there of Hungary leaving NATO by 2030?",
        "Please estimate the likelihood that Hungary leaves NATO by 2030.",
        "How do you rate the chances of Hungary leaving NATO by 2030?",
        "Could it happen that Hungary leaves NATO by 2030?",
        "Are we going to see Hungary leave NATO by 2030?",
        "Hungary leaves NATO by 2030 - how likely?",
        "Has Hungary any chance of leaving NATO by 2030?",
        "How likely is Hungary to leave NATO by 2030?",
        "Is it Hungary that will leave NATO by 2030?",
        "I'm curious whether Hungary might leave NATO by 2030.",
        "Is Hungary leaving NATO by 2030 a realistic scenario?",
        "By 2030, will it have come to Hungary leaving NATO?",
        "Would it surprise you if Hungary left NATO by 2030?",
        "If you had to put a number on it: do you think we will see Hungary leave NATO by 2030?",
        "I bet a friend that Hungary leaves NATO by 2030. Will I win?",
    ],
)
def test_what_stands_around_a_clause_is_taken_off(text: str, lexicon: Lexicon) -> None:
    assert unwrapped(plain(text), lexicon).lower() == "will hungary leave nato by 2030?"


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("Will 2028 see Hungary leave NATO?", "Will Hungary leave NATO in 2028?"),
        ("Will it be Georgia or Moldova that joins NATO first?", "Which of Georgia or Moldova will join NATO first?"),
        ("How long will it take for Ukraine to join NATO?", "When will Ukraine join NATO?"),
        ("How long until Ukraine joins NATO?", "When will Ukraine join NATO?"),
        ("What are the odds of a Hungarian exit by 2030?", "Will there be a Hungarian exit by 2030?"),
        ("Would you expect to find Canada in AUKUS in 2030?", "Will Canada be in AUKUS in 2030?"),
        ("What are Hungary's and Turkey's odds of leaving NATO?", "Which of Hungary and Turkey will leave NATO?"),
        ("When do analysts expect Ukraine to be admitted to NATO?", "When will Ukraine be admitted to NATO?"),
        ("The US has vowed to leave NATO. Will that happen by 2030?", "Will The US leave NATO by 2030?"),
        ("Will Hungary leave NATO, i.e. will it be out by 2030?", "Will Hungary leave NATO by 2030?"),
    ],
)
def test_a_clause_is_put_with_its_verb(text: str, plainly: str, lexicon: Lexicon) -> None:
    assert unwrapped(plain(text), lexicon) == plainly


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Is a Turkish departure from NATO thinkable before 2025?", "leaves: TUR (NATO1949)"),
        ("Will the number of NATO members be higher at the end of 2025 than it is now?", "members: at least 31"),
        ("Who, if anyone, will leave NATO by 2025?", "leaves, which: at least 0 of USA"),
        ("Who will be the first to leave NATO?", "leaves, which first: at least 0 of USA"),
        ("Which of Finland and Sweden will get into NATO sooner?", "joins, which first: at least 0 of FIN, SWE"),
        ("Is Hungary likelier than Turkey to leave NATO by 2025?", "leaves, which: at least 0 of HUN, TUR"),
        ("How much longer will Turkey remain a member of NATO?", "leaves, when: TUR (NATO1949)"),
        ("Will ANZUS be denounced by Australia before 2025?", "treaty ends: ANZUS1951 by AUS"),
        (
            "Will the Quad meet every year until 2025?",
            "forum meets: USA, JPN, AUS, IND (QUAD2017) [in every year of 5]",
        ),
        ("Will any NATO member other than Turkey leave by 2025?", "leaves: at least 1 of USA"),
        ("Will the US still be bound to defend Japan in 2025?", "treaty holds: USJPN1960"),
        ("Will >=2 of Finland, Sweden and Austria join NATO by 2025?", "joins: at least 2 of FIN, SWE, AUT"),
    ],
)
def test_what_it_says_is_what_is_read(text: str, says: str) -> None:
    assert ask(text, closes="").says().startswith(says)


@pytest.mark.parametrize(
    "text",
    [
        "Would you bet against Turkey leaving NATO by 2025?",
        "Is it unlikely that Turkey leaves NATO by 2025?",
        "Are the chances worse than even that Turkey leaves NATO by 2025?",
        "Is Turkey leaving NATO by 2025 a good idea?",
        "Is it Turkey that wants to leave NATO by 2025?",
        "Does Russia expect that Turkey will leave NATO by 2025?",
        "Will the coming years see a debate about Turkey leaving NATO?",
        "Will Turkey lose any chance of joining the Quad by 2025?",
        "What are the odds of Turkey's hopes of joining the Quad fading by 2025?",
        "How long will Turkey delay Sweden's accession?",
        "Name the countries that will not join NATO by 2025.",
        "Will the US inform NATO of its troop withdrawal from Germany by 2025?",
        "What chance is there of a treaty being denounced by either Japan or Australia by 2025?",
        "Will the Quad hold its summit in every member state by 2025?",
        "Will the Quad meet each year?",
        "Would it be good if Finland joined NATO by 2025?",
    ],
)
def test_what_asks_for_more_or_less_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        ask(text, closes="")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Will Australia suspend the ANZUS treaty by 2025?", "a suspension is no end"),
        ("Will India host a Quad summit in 2023?", "where states meet stands on no record"),
        ("Will Australia accede to the US-Japan Security Treaty by 2025?", "a treaty of two is open to nobody else"),
    ],
)
def test_what_stands_on_no_record_is_refused_with_what_can_be_asked(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        ask(text, closes="")
