"""Reasons: one vocabulary for why, and where what leads differs it is said beside."""

from __future__ import annotations

import pytest

from foedus.mechanisms import COMPONENTS
from foedus.questions.reasons import APART, WAYS, by_terms, in_words, leading_term, side_by_side, told
from foedus.questions.study import EVERYBODY, Study
from foedus.questions.who_blocks import GAIN, TERM
from questions.asked import COUNCIL, PLAIN, hand_world

NAMED = ("foedus explain", "foedus ablate", "foedus sensitivity", "foedus compare")


@pytest.mark.parametrize("way", list(WAYS))
def test_each_way_says_what_its_number_is_and_names_the_others(way: str) -> None:
    words = told(way)
    assert words.startswith(WAYS[way])
    assert all(words.count(name) == 1 for name in NAMED)
    assert words.endswith(APART)


def test_most_is_lost_by_terms_as_the_hand_worked_world_has_it() -> None:
    # Korea loses 0.278: reprisals of 0.25 are the largest term of the three who lose together
    term, clause = by_terms(Study(hand_world(), PLAIN))
    assert min(COUNCIL, key=lambda s: COUNCIL[s]) == "KOR"
    assert term == "exposure"
    assert clause == "by terms most is lost through fear of reprisals (South Korea, United States and Japan)"


def test_who_loses_most_counts_and_nobody_is_an_answer_too() -> None:
    states = ("USA", "JPN", "KOR", "TWN", "AUS")
    answers = {GAIN(EVERYBODY, s): -float(k) for k, s in enumerate(states)}
    answers |= {TERM(EVERYBODY, s, c): 0.0 for s in states for c in COMPONENTS}
    answers[TERM(EVERYBODY, "TWN", "autonomy")] = -1.0
    assert leading_term(answers, states) == ("autonomy", "Australia, Taiwan and 2 more")
    assert in_words({GAIN(EVERYBODY, "USA"): 0.1}, ("USA",)) == (
        "",
        "by terms nobody would lose by a council of all",
    )


def test_where_leaders_differ_it_is_said_beside() -> None:
    same = side_by_side("autonomy", "by mechanisms a", "autonomy", "by terms b")
    assert same == "By mechanisms a; by terms b."
    assert side_by_side("reach", "by mechanisms a", "autonomy", "by terms b") == (
        f"{same} That they differ is no contradiction, as the note below says."
    )
