"""Will: who decides, the law of the model by a named draw, or somebody who holds the seat of a state."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.choice import logistic
from foedus.model.architecture import Institution
from foedus.simulation.chance import Chance
from foedus.simulation.decisions import Decision
from foedus.simulation.trace import Drawn

_KAPPA = math.pi / math.sqrt(3.0)  # standard deviation of the logistic distribution


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
        """Return the probability that a mood leaves, σ((x + κ√ρ z)/√(1-ρ)) for log-odds x."""
        if not 0.0 < probability < 1.0:
            return probability
        x = math.log(probability / (1.0 - probability))
        odds = (x + _KAPPA * math.sqrt(self.common) * self.error) / math.sqrt(1.0 - self.common)
        return float(logistic(odds))


def mood_of(chance: Chance, common: float, subject: str, year: int) -> Mood | None:
    """Return the mood in which a proposal of a year is answered; None where members err each on their own."""
    return Mood(chance.normal("mood", subject, year), common) if common > 0.0 else None


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
    ) -> tuple[int, float]:
        """Return the position in the menu of what a state proposes, None there for leaving things as they are, and the draw."""


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
    ) -> tuple[int, float]:
        """Return what is proposed, drawn by its chance."""
        draw = self.chance.uniform("proposal", "", year)
        return pick(chances, draw), draw


class Seat(Protocol):
    """Somebody who holds the seat of a state; None leaves a decision to the model."""

    def answers(self, decision: Decision, year: int) -> bool | None:
        """Return whether the state agrees, or leaves."""

    def proposes(self, menu: Sequence[Institution | None], year: int) -> int | None:
        """Return the position of what the state proposes."""


@dataclass(frozen=True)
class SeatedWill:
    """Some states' decisions are made by who holds their seat, the others' by the law of the model.

    Attributes
    ----------
    law : DrawnWill
    seats : mapping of str to Seat
        By id of state.
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
    ) -> tuple[int, float]:
        """Return what is proposed: the seat's, or the model's where the seat is empty or leaves it."""
        drawn, draw = self.law.proposes(state, chances, menu, year)
        seat = self.seats.get(state)
        answer = seat.proposes(menu, year) if seat is not None else None
        return (drawn if answer is None else answer), draw
