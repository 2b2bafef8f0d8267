"""Laws that tell over years only: recognition, terms, the table, forums that meet, windows, habits by record."""

from __future__ import annotations

import math

import pytest

from foedus.mechanisms import PROCEDURES, alternatives
from foedus.mechanisms.decisions.agenda import on_the_table
from foedus.mechanisms.decisions.meeting import meets
from foedus.mechanisms.decisions.recognition import loses_its_ground
from foedus.mechanisms.decisions.term import push_of_a_term, runs_out
from foedus.mechanisms.decisions.window import yearly_rate
from foedus.model.architecture import Institution, Kind, Rule, bilateral, body, forum
from foedus.model.parameters import Parameters


def dated(term: float | None, begun: float | None) -> Institution:
    return Institution(Kind.BILATERAL, ("h", "a"), Rule.HUB, None, "", term, begun)


def test_only_a_treaty_of_two_of_the_hub_ends_with_recognition() -> None:
    gone = frozenset({"a"})
    assert loses_its_ground(bilateral("h", "a"), "h", gone)
    assert not loses_its_ground(bilateral("h", "b"), "h", gone)
    assert not loses_its_ground(body(("h", "a", "b")), "h", gone)
    assert not loses_its_ground(forum(("h", "a")), "h", gone)
    assert not loses_its_ground(bilateral("b", "a"), "h", gone)
    assert not loses_its_ground(bilateral("h", "b"), "h", frozenset({"h"}))  # the hub recognises itself


def test_a_term_runs_out_in_the_year_of_its_day_and_in_multiples() -> None:
    assert [y for y in range(1960, 2001) if runs_out(10.0, 1960.47, y)] == [1970, 1980, 1990, 2000]
    assert [y for y in range(1990, 2010) if runs_out(7.0, 1992.9, y)] == [1999, 2006]
    assert [y for y in range(1990, 1996) if runs_out(1.0, 1990.5, y)] == [1991, 1992, 1993, 1994, 1995]
    assert not runs_out(0.5, 1990.9, 1990)
    assert not any(runs_out(t, b, 1970) for t, b in ((None, 1960.0), (0.0, 1960.0), (10.0, None), (10.0, 1975.0)))


def test_a_term_pushes_only_where_it_counts() -> None:
    known = {"term_effect": 1.25}
    silent, expires = (PROCEDURES["term"][n].law for n in ("silent", "expires"))
    assert push_of_a_term(dated(10.0, 1960.0), 1970, known) == 1.25 == expires(dated(10.0, 1960.0), 1970, known)
    assert push_of_a_term(dated(10.0, 1960.0), 1971, known) == 0.0
    assert silent(dated(10.0, 1960.0), 1970, known) == 0.0


def test_a_push_multiplies_the_odds_of_leaving_by_either_law_of_holding() -> None:
    known = Parameters()
    for name in ("inertia", "habit"):
        law = PROCEDURES["holding"][name].law
        calm, pushed = (law(0.3, 1.0, bilateral("h", "a"), known, p) for p in (0.0, math.log(3)))
        assert pushed / (1 - pushed) == pytest.approx(3 * calm / (1 - calm))


def test_a_known_habit_takes_the_place_of_that_of_the_class() -> None:
    law = PROCEDURES["holding"]["habit"].law
    assert law(0.0, 1.0, body(("h", "a", "b")), Parameters(), 0.0, 0.25) == pytest.approx(0.25)
    kept = Institution(Kind.BILATERAL, ("h", "a"), Rule.HUB, habit=0.125)
    assert PROCEDURES["pooling"]["record"].law(kept) == 0.125
    assert PROCEDURES["pooling"]["class"].law(kept) is None


def test_what_was_passed_over_is_ever_less_often_on_the_table() -> None:
    chances = [on_the_table(n, 0.34) for n in range(76)]
    assert chances[0] == 1.0
    assert chances == sorted(chances, reverse=True)
    for years in (1, 5, 10, 75):
        assert sum(chances[:years]) <= 1 + 0.34 * math.log(1 + years / 0.34)
    always, table = (PROCEDURES["agenda"][n].law for n in ("every-year", "table"))
    assert always(12, {}) == 1.0
    assert table(3, {"table_memory": 1.0}) == 0.25


def test_a_forum_meets_where_nobody_leaves() -> None:
    assert meets([0.5, 0.25]) == 0.375
    assert meets([]) == 1.0
    assert [PROCEDURES["meeting"][n].law() for n in ("in-force", "round")] == [True, False]


def test_a_window_comes_to_what_its_years_come_to() -> None:
    rate = yearly_rate([0.1, 0.5, 0.2], [0.5, 1.0, 0.25])
    assert (1 - rate) ** 1.75 == pytest.approx(0.9**0.5 * 0.5 * 0.8**0.25)
    assert yearly_rate([0.3, 0.3, 0.3], [0.1, 1.0, 1.0]) == 0.3
    assert yearly_rate([0.2, 1.0], [1.0, 0.5]) == 1.0
    assert yearly_rate([0.2, 1.0], [1.0, 0.0]) == pytest.approx(0.2)
    chances = [1 - (1 - yearly_rate([0.05] * k, [1.0] * k)) ** k for k in range(1, 9)]
    assert chances == pytest.approx([1 - 0.95**k for k in range(1, 9)])
    assert PROCEDURES["window"]["constant"].law([0.1, 0.5], [1.0, 1.0]) == 0.1


def test_what_tells_over_years_is_not_tried_on_a_single_round() -> None:
    assert {p for p, _ in alternatives({})} == {"reaction", "consent", "holding"}
    assert ("holding", "inertia") in alternatives({"holding": "habit", "door": "open"})
