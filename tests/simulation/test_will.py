"""Wills: a run whose seats are all left to the model is the run without seats; a seat decides, and moves no other draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from foedus.casebook.reader import read_case
from foedus.model.architecture import Institution
from foedus.model.parameters import Parameters
from foedus.simulation.chance import Chance
from foedus.simulation.decisions import Decision
from foedus.simulation.trace import Happening
from foedus.simulation.trajectory import Calendar, Course, YearRecord, years_of
from foedus.simulation.will import DrawnWill, Mood, SeatedWill


@dataclass
class Scripted:
    """A seat that says the same to everything of a kind, and remembers what it was asked."""

    says: dict[str, bool]
    asked: list[Decision] = field(default_factory=list)

    def answers(self, decision: Decision, year: int) -> bool | None:
        self.asked.append(decision)
        return self.says.get(decision.action)

    def proposes(self, menu: Sequence[Institution | None], year: int) -> int | None:
        return None


def run(seats: dict[str, Scripted] | None = None) -> list[YearRecord]:
    law = DrawnWill(Chance(1, 0))
    will = law if seats is None else SeatedWill(law, seats)
    course = Course(Calendar(read_case("indo-pacific-2020")), Parameters())
    return list(years_of(course, 1951, 1975, will))


def test_seats_that_leave_all_to_the_model_change_nothing() -> None:
    silent = {s: Scripted({}) for s in read_case("indo-pacific-2020").states}
    assert repr(run(silent)) == repr(run())
    assert any(seat.asked for seat in silent.values())


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


def test_a_mood_moves_all_who_are_asked_one_way() -> None:
    good, bad = Mood(1.0, 0.45), Mood(-1.0, 0.45)
    for p in (0.05, 0.5, 0.95):
        assert bad.moves(p) < p < good.moves(p) or p in (0.05, 0.95)
        assert bad.moves(p) < good.moves(p)
    assert good.moves(0.0) == 0.0
    assert good.moves(1.0) == 1.0
