"""Will: who decides, the law of the model by a named draw, or somebody who holds the seat of a state."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.choice import logistic
from foedus.kernels.unanimity import in_mood
from foedus.model.architecture import Institution
from foedus.simulation.chance import Chance
from foedus.simulation.decisions import Decision
from foedus.simulation.trace import Drawn, Happening
from foedus.vocabulary.errors import fail

_ROUNDING = 1e-9  # by which a plan may exceed a limit


@dataclass(frozen=True)
class Mood:
    """The part of their errors that all who are asked share.

    Attributes
    ----------
    error : float
        Standard normal.
    common : float
        Part of the variance of errors that is common.
    """

    error: float
    common: float

    def moves(self, probability: float) -> float:
        """Return the probability that a mood leaves, as :func:`foedus.kernels.unanimity.in_mood` has it."""
        if not 0.0 < probability < 1.0:
            return probability
        x = math.log(probability / (1.0 - probability))
        return float(logistic(in_mood(np.array(x), np.array(self.error), self.common)))


def mood_of(chance: Chance, common: float, subject: str, year: int) -> Mood | None:
    """Return the mood in which a proposal of a year is answered; None where members err each on their own."""
    return Mood(chance.normal("mood", subject, year), common) if common > 0.0 else None


class Settled(NamedTuple):
    """What was done: a rung taken or not, or a position in a menu.

    Attributes
    ----------
    what : int
        1 for a rung that is taken, 0 for none; or the position.
    draw : float
        That fell, whether it was needed or not.
    seated : bool
        Whether who holds the seat decided, not the draw.
    """

    what: int
    draw: float
    seated: bool = False


@dataclass(frozen=True)
class Rung:
    """A step up the ladder of a quarrel that a state may take.

    Attributes
    ----------
    happening : Happening
        Raising the quarrel, answering in kind, or going on to a crisis; also the name of the draw.
    state, other : str
        Whose turn it is, and against whom.
    pair : str
        Both, as the draws of their quarrel are named.
    probability : float
        Chance that the law of the model takes it.
    """

    happening: Happening
    state: str
    other: str
    pair: str
    probability: float


@dataclass(frozen=True)
class Pressing:
    """What an adversary can do to those who are asked to agree to something new.

    Attributes
    ----------
    adversary : str
    institution : Institution
        What is proposed.
    best : ndarray, shape (members,)
        Pain that most lowers the chance of agreement, % of GDP.
    limit : ndarray, shape (members,)
        Most pain that can be inflicted on each, % of GDP.
    price : ndarray, shape (members,)
        Cost of a per cent of pain, bn a year.
    budget : float
        bn a year.
    """

    adversary: str
    institution: Institution
    best: NDArray[np.float64]
    limit: NDArray[np.float64]
    price: NDArray[np.float64]
    budget: float

    def checked(self, plan: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return a plan of pain for each member, shape (members,), that keeps to limits and budget.

        Raises
        ------
        FoedusError
            It does not.
        """
        members = self.institution.members
        if plan.shape != self.limit.shape or not np.isfinite(plan).all():
            raise fail(f"pressure of {self.adversary}", f"it is not one number for each of {', '.join(members)}")
        for s, pain, most in zip(members, plan.tolist(), self.limit.tolist(), strict=True):
            if not 0.0 <= pain <= most + _ROUNDING:
                said = f"{pain:g} % of GDP is outside 0 to {most:.3g}, the most that can be inflicted"
                raise fail(f"pressure of {self.adversary} on {s}", said)
        cost = float(plan @ self.price)
        if cost > self.budget + _ROUNDING:
            raise fail(
                f"pressure of {self.adversary}", f"it costs {cost:.3g} bn of a budget of {self.budget:g} bn a year"
            )
        return plan


class Will(Protocol):
    """Whoever decides for the states of a run; what nobody decides is left to chance."""

    @property
    def chance(self) -> Chance:
        """The draws of the run."""

    def decides(self, decision: Decision, step: str, subject: str, year: int, mood: Mood | None = None) -> Drawn:
        """Return a decision with what settled it.

        Parameters
        ----------
        decision : Decision
        step, subject : str
            Name of the draw, whether it is needed or not, so that no seat moves the draws of others.
        year : int
        mood : Mood, optional
            What all who are asked share; None where each errs on its own.
        """

    def proposes(
        self, state: str, chances: NDArray[np.float64], menu: Sequence[Institution | None], year: int
    ) -> Settled:
        """Return the position in the menu of what a state proposes; None stands there for leaving things as they are."""

    def climbs(self, rung: Rung, year: int) -> Settled:
        """Return whether a state takes a rung of its quarrel."""

    def presses(self, pressing: Pressing, year: int) -> NDArray[np.float64]:
        """Return the pain that an adversary inflicts on each member of what is proposed, % of GDP, shape (members,)."""


def pick(chances: NDArray[np.float64], draw: float) -> int:
    """Return the position in which a uniform draw falls among chances that sum to 1."""
    return min(int(np.searchsorted(np.cumsum(chances), draw, side="right")), chances.size - 1)


@dataclass(frozen=True)
class DrawnWill:
    """The law of the model: every decision is taken with its probability, by a draw that has a name and a year.

    Attributes
    ----------
    chance : Chance
    """

    chance: Chance

    def decides(self, decision: Decision, step: str, subject: str, year: int, mood: Mood | None = None) -> Drawn:
        """Return a decision with its draw; in a mood it is taken with the probability that the mood leaves."""
        draw = self.chance.uniform(step, subject, year)
        return Drawn(
            decision if mood is None else replace(decision, probability=mood.moves(decision.probability)), draw
        )

    def proposes(
        self, state: str, chances: NDArray[np.float64], menu: Sequence[Institution | None], year: int
    ) -> Settled:
        """Return what is proposed, drawn by its chance."""
        draw = self.chance.uniform("proposal", "", year)
        return Settled(pick(chances, draw), draw)

    def climbs(self, rung: Rung, year: int) -> Settled:
        """Return whether the draw of a rung falls below its chance."""
        draw = self.chance.uniform(rung.happening, rung.pair, year)
        return Settled(int(draw < rung.probability), draw)

    def presses(self, pressing: Pressing, year: int) -> NDArray[np.float64]:
        """Return the best pressure; nothing is drawn."""
        return pressing.best


class Seat(Protocol):
    """Somebody who holds the seat of a state; None leaves a decision to the model."""

    def answers(self, decision: Decision, year: int) -> bool | None:
        """Return whether the state agrees, or leaves."""

    def proposes(self, menu: Sequence[Institution | None], year: int) -> int | None:
        """Return the position of what the state proposes."""

    def climbs(self, rung: Rung, year: int) -> bool | None:
        """Return whether the state takes a rung of its quarrel."""

    def presses(self, pressing: Pressing, year: int) -> NDArray[np.float64] | None:
        """Return the pain that the adversary inflicts on each member, % of GDP; it keeps to limits and budget."""


@dataclass(frozen=True)
class SeatedWill:
    """Some states' decisions are made by who holds their seat, the others' by the law of the model.

    Attributes
    ----------
    law : DrawnWill
    seats : mapping of str to Seat
        By id of state or adversary.
    """

    law: DrawnWill
    seats: Mapping[str, Seat] = field(default_factory=dict)

    @property
    def chance(self) -> Chance:
        """The draws of the run."""
        return self.law.chance

    def decides(self, decision: Decision, step: str, subject: str, year: int, mood: Mood | None = None) -> Drawn:
        """Return a decision: the seat's, or the model's where the seat is empty or leaves it."""
        drawn = self.law.decides(decision, step, subject, year, mood)
        seat = self.seats.get(decision.state)
        answer = seat.answers(decision, year) if seat is not None else None
        return drawn if answer is None else replace(drawn, seat=answer)

    def proposes(
        self, state: str, chances: NDArray[np.float64], menu: Sequence[Institution | None], year: int
    ) -> Settled:
        """Return what is proposed: the seat's, or the model's where the seat is empty or leaves it.

        Raises
        ------
        FoedusError
            The seat proposes what is not on the menu.
        """
        drawn = self.law.proposes(state, chances, menu, year)
        seat = self.seats.get(state)
        answer = seat.proposes(menu, year) if seat is not None else None
        if answer is None:
            return drawn
        if not 0 <= answer < len(menu):
            raise fail(f"proposal of {state} in {year}", f"{answer} is no position in a menu of {len(menu)}")
        return Settled(answer, drawn.draw, seated=True)

    def climbs(self, rung: Rung, year: int) -> Settled:
        """Return whether a rung is taken, as the seat says, or the model where the seat is empty or leaves it."""
        drawn = self.law.climbs(rung, year)
        seat = self.seats.get(rung.state)
        answer = seat.climbs(rung, year) if seat is not None else None
        return drawn if answer is None else Settled(int(answer), drawn.draw, seated=True)

    def presses(self, pressing: Pressing, year: int) -> NDArray[np.float64]:
        """Return the pressure of the seat, or the best where the seat is empty or leaves it.

        Raises
        ------
        FoedusError
            The seat presses harder than it can, or beyond its budget.
        """
        seat = self.seats.get(pressing.adversary)
        plan = seat.presses(pressing, year) if seat is not None else None
        return self.law.presses(pressing, year) if plan is None else pressing.checked(plan)
