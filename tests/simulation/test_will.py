"""Wills: a run whose seats are all left to the model is the run without seats; a seat decides, and moves no other draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from foedus.casebook.reader import read_case
from foedus.model.architecture import Institution, body
from foedus.model.parameters import Parameters
from foedus.simulation.chance import Chance
from foedus.simulation.decisions import Decision
from foedus.simulation.trace import Happening
from foedus.simulation.trajectory import Calendar, Course, YearRecord, years_of
from foedus.simulation.will import DrawnWill, Mood, Pressing, Rung, SeatedWill, mood_of, pick
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.tables import Table
from foedus.years.tables_of_years import explanation
from simulation.tolddraws import Told


@dataclass
class Scripted:
    """A seat that says the same to everything of a kind, and remembers what it was asked."""

    says: dict[str, bool]
    asked: list[Decision] = field(default_factory=list)
    item: int | None = None
    pain: float | None = None
    turns: list[Rung] = field(default_factory=list)

    def answers(self, decision: Decision, year: int) -> bool | None:
        self.asked.append(decision)
        return self.says.get(decision.action)

    def proposes(self, menu: Sequence[Institution | None], year: int) -> int | None:
        return self.item

    def climbs(self, rung: Rung, year: int) -> bool | None:
        self.turns.append(rung)
        return self.says.get(rung.happening.name.lower())

    def presses(self, pressing: Pressing, year: int) -> NDArray[np.float64] | None:
        return None if self.pain is None else np.full(len(pressing.limit), self.pain)


def run(seats: dict[str, Scripted] | None = None) -> list[YearRecord]:
    law = DrawnWill(Chance(1, 0))
    will = law if seats is None else SeatedWill(law, seats)
    course = Course(Calendar(read_case("indo-pacific-2020")), Parameters())
    return list(years_of(course, 1951, 1975, will))


def test_seats_that_leave_all_to_the_model_change_nothing() -> None:
    case = read_case("indo-pacific-2020")
    silent = {s: Scripted({}) for s in (*case.states, *case.adversaries)}
    assert repr(run(silent)) == repr(run())
    assert any(seat.asked for seat in silent.values())
    assert any(seat.turns for seat in silent.values())


def test_a_seat_decides_for_its_state_alone() -> None:
    plain = run()
    stays = {"THA": Scripted({"exit": False})}
    held = run(stays)
    left = [[e.actor for y in years for e in y.events if e.happening is Happening.LEFT] for years in (plain, held)]
    assert "THA" not in left[1]
    assert stays["THA"].asked
    leaves = run({"JPN": Scripted({"exit": True})})
    assert any(e.actor == "JPN" for y in leaves for e in y.events if e.happening is Happening.LEFT)
    told = [
        d for y in leaves for e in y.events for d in e.decisions if d.decision.state == "JPN" and d.seat is not None
    ]
    assert told
    assert all(d.taken is d.seat for d in told)


def test_a_seat_climbs_as_it_likes_and_the_trace_says_so() -> None:
    plain = run({"JPN": Scripted({}), "KOR": Scripted({})})
    raised = [e for y in plain for e in y.events if e.happening is Happening.RAISED]
    assert raised
    assert not any(e.seated for e in raised)
    calm = run({s: Scripted({"raised": False}) for s in {e.actor for e in raised}})
    assert not any(e.happening is Happening.RAISED for y in calm for e in y.events)
    wild = run({"KOR": Scripted({"raised": True, "answered": True, "crisis": True})})
    by_seat = [e for y in wild for e in y.events if e.actor == "KOR" and e.seated]
    assert {e.happening for e in by_seat} >= {Happening.RAISED}
    assert any(e.draw >= e.probability for e in by_seat)


def test_an_explanation_says_who_decided() -> None:
    def told(years: list[YearRecord]) -> Table:
        return explanation([(f"0.{k}", e) for k, e in enumerate(e for y in years for e in y.events)], "what happened")

    plain, seated = told(run()), told(run({"THA": Scripted({"exit": True, "consent": False})}))
    assert {row["by"] for row in plain} == {"law", "chance", None}
    assert {row["state"] for row in seated if row["by"] == "seat"} == {"THA"}
    assert {row["decides"] for row in seated if row["by"] == "seat"} <= {"leaves", "refuses"}
    by = [next(c for c in t.columns if c.name == "by") for t in (plain, seated)]
    assert [c.hidden for c in by] == [True, False]


def test_the_seat_of_the_hub_proposes_and_that_of_the_adversary_presses() -> None:
    tabled = run({"USA": Scripted({}, item=0)})
    assert not any(e.actor == "USA" for y in tabled for e in y.events if e.happening is Happening.PROPOSED)
    eased = run({"CHN": Scripted({}, pain=0.0)})
    assert any(e.happening is Happening.PRESSED for y in run() for e in y.events)
    assert not any(e.happening is Happening.PRESSED and e.actor == "CHN" for y in eased for e in y.events)
    with pytest.raises(FoedusError, match="pressure of CHN"):
        run({"CHN": Scripted({}, pain=50.0)})
    with pytest.raises(FoedusError, match="no position in a menu"):
        run({"USA": Scripted({}, item=99)})


def test_pressure_keeps_to_limits_and_budget() -> None:
    three = body(("USA", "JPN", "KOR"))
    pressing = Pressing("CHN", three, np.zeros(3), np.array([1.0, 2.0, 3.0]), np.array([1.0, 0.5, 0.1]), 1.0)
    plan = np.array([0.0, 1.0, 3.0])
    assert pressing.checked(plan) is plan  # 0.8 of a budget of 1
    for wrong, said in (
        ([0.0, 2.5, 0.0], "CHN on JPN: 2.5 % of GDP is outside 0 to 2"),
        ([-0.1, 0.0, 0.0], "CHN on USA"),
        ([1.0, 1.0, 0.0], "costs 1.5 bn of a budget of 1 bn"),
        ([1.0, 1.0], "one number for each of USA, JPN, KOR"),
    ):
        with pytest.raises(FoedusError, match=said):
            pressing.checked(np.array(wrong))


def test_a_mood_moves_all_who_are_asked_one_way() -> None:
    good, bad = Mood(1.0, 0.45), Mood(-1.0, 0.45)
    for p in (0.05, 0.5, 0.95):
        assert bad.moves(p) < p < good.moves(p) or p in (0.05, 0.95)
        assert bad.moves(p) < good.moves(p)
    assert good.moves(0.0) == 0.0
    assert good.moves(1.0) == 1.0


def test_a_mood_moves_log_odds_worked_by_hand() -> None:
    # even odds in a mood of one deviation, half in common: κ = π / √3 is left; odds of 3 in no mood, squared by 1 / √(1/4)
    assert Mood(1.0, 0.5).moves(0.5) == pytest.approx(1 / (1 + np.exp(-np.pi / np.sqrt(3))))
    assert Mood(0.0, 0.75).moves(0.75) == pytest.approx(0.9)
    assert Mood(-1.0, 0.5).moves(0.5) == pytest.approx(1 / (1 + np.exp(np.pi / np.sqrt(3))))


def test_a_mood_is_drawn_only_where_errors_are_common() -> None:
    chance = Told({"mood consent": 1.25})
    assert mood_of(chance, 0.0, "consent", 2000) is None
    assert chance.asked == []
    assert mood_of(chance, 0.4, "consent", 2000) == Mood(1.25, 0.4)


def test_a_draw_falls_among_chances() -> None:
    chances = np.array([0.25, 0.25, 0.5])
    assert [pick(chances, d) for d in (0.0, 0.2, 0.25, 0.4999, 0.5, 0.9999)] == [0, 0, 1, 1, 2, 2]
    assert pick(np.array([0.5, 0.4999]), 0.99999) == 1  # where rounding leaves a gap at the end


def test_the_law_decides_by_named_draws() -> None:
    chance = Told({"exit": 0.3, "proposal": 0.3, "crisis A B": 0.5})
    will = DrawnWill(chance)
    decision = Decision("A", "exit", body(("A", "B")), np.zeros(1), 0.75)
    plain = will.decides(decision, "exit", "x", 2000)
    assert (plain.decision, plain.draw, plain.seat) == (decision, 0.3, None)
    moved = will.decides(decision, "exit", "x", 2000, Mood(0.0, 0.75))
    assert moved.decision.probability == pytest.approx(0.9)
    menu = [None, body(("A", "B")), None]
    assert will.proposes("A", np.array([0.25, 0.5, 0.25]), menu, 2000) == (1, 0.3, False)
    assert will.climbs(Rung(Happening.CRISIS, "A", "B", "A B", 0.6), 2000) == (1, 0.5, False)
    assert will.climbs(Rung(Happening.CRISIS, "A", "B", "A B", 0.5), 2000) == (0, 0.5, False)
    pressing = Pressing("X", body(("A", "B")), np.array([0.5, 0.0]), np.ones(2), np.ones(2), 1.0)
    assert will.presses(pressing, 2000) is pressing.best


def test_a_seat_is_asked_for_its_own_state_and_the_draw_falls_all_the_same() -> None:
    will = SeatedWill(
        DrawnWill(Told({"exit": 0.9, "proposal": 0.9, "crisis": 0.9})),
        {"A": Scripted({"exit": True, "crisis": True}, item=0)},
    )
    pact = body(("A", "B"))
    own, others = (will.decides(Decision(s, "exit", pact, np.zeros(1), 0.5), "exit", s, 2000) for s in "AB")
    assert (own.draw, own.seat, own.taken) == (0.9, True, True)
    assert (others.draw, others.seat, others.taken) == (0.9, None, False)
    chances = np.array([0.5, 0.5])
    assert will.proposes("A", chances, [None, pact], 2000) == (0, 0.9, True)
    assert will.proposes("B", chances, [None, pact], 2000) == (1, 0.9, False)
    assert will.climbs(Rung(Happening.CRISIS, "A", "B", "A B", 0.5), 2000) == (1, 0.9, True)
    assert will.climbs(Rung(Happening.CRISIS, "B", "A", "A B", 0.5), 2000) == (0, 0.9, False)
    for item in (-1, 2):
        out = SeatedWill(will.law, {"A": Scripted({}, item=item)})
        with pytest.raises(FoedusError, match=rf"proposal of A in 2000.*{item} is no position in a menu of 2"):
            out.proposes("A", chances, [None, pact], 2000)
    last = SeatedWill(will.law, {"A": Scripted({}, item=1)})
    assert last.proposes("A", chances, [None, pact], 2000) == (1, 0.9, True)


def test_a_plan_may_use_all_that_there_is() -> None:
    pressing = Pressing("X", body(("A", "B")), np.zeros(2), np.array([1.0, 2.0]), np.array([1.0, 0.5]), 2.0)
    assert pressing.checked(np.array([1.0, 2.0])).tolist() == [1.0, 2.0]
    with pytest.raises(FoedusError, match="one number"):
        pressing.checked(np.array([np.nan, 0.0]))
