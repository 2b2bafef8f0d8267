"""The adversary's purse through the acts of a year: what is left in it, and what of each plan was laid on which act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.model.architecture import Institution
from foedus.simulation.will import Pressing, SeatedWill


@dataclass(frozen=True)
class Laid:
    """What became of a plan of people where its target was asked to agree to something new.

    Attributes
    ----------
    adversary, target : str
    institution : Institution
        What the target was asked to agree to.
    planned, cost, limit : float
        bn a year: what was planned, what was laid on, and the most that can be inflicted against this act.
    presser : str
        Whose people press those that are asked, the adversary that they trade with most; empty where the model presses for it.
    """

    adversary: str
    target: str
    institution: Institution
    planned: float
    cost: float
    limit: float
    presser: str


@dataclass
class Purse:
    """What is left to press with in a year, and what was laid on.

    Attributes
    ----------
    left : float
        bn; the law presses as long as its budget pays for a whole plan.
    laid : list of Laid
    """

    left: float
    laid: list[Laid] = field(default_factory=list)


class PressedWill(SeatedWill):
    """A will through several acts of a year: what the law has spent on one it lacks at the next.

    Parameters
    ----------
    will : SeatedWill
    plans : mapping of str to mapping of str to float
        bn a year that people planned, by adversary and target.
    purse : Purse
        It is filled in.
    """

    purse: Purse
    plans: Mapping[str, Mapping[str, float]]

    def __init__(self, will: SeatedWill, plans: Mapping[str, Mapping[str, float]], purse: Purse) -> None:
        super().__init__(will.law, will.seats)
        object.__setattr__(self, "plans", plans)
        object.__setattr__(self, "purse", purse)

    def presses(self, pressing: Pressing, year: int) -> NDArray[np.float64]:
        """Return the pressure of people, who have paid; the best of the law where it can be paid, else none."""
        pain = super().presses(pressing, year)
        people = pain is not pressing.best
        self._told(pressing, pain if people else None)
        if people:
            return pain
        cost = float(pain @ pressing.price)
        if cost > self.purse.left + 1e-9:
            return np.zeros_like(pain)
        self.purse.left -= cost
        return pain

    def _told(self, pressing: Pressing, pain: NDArray[np.float64] | None) -> None:
        """Keep what of every plan on those that are asked was laid on; nothing where people do not press, or not its author."""
        what, presser = pressing.institution, pressing.adversary if pain is not None else ""
        for author, plan in self.plans.items():
            for k, target in [(k, s) for k, s in enumerate(what.members) if plan.get(s, 0.0) > 0.0]:
                price = float(pressing.price[k])
                cost = float(pain[k]) * price if pain is not None and author == presser else 0.0
                limit = float(pressing.limit[k]) * price
                self.purse.laid.append(Laid(author, target, what, plan[target], cost, limit, presser))


def laid_down(laid: Laid, key: str) -> dict[str, Any]:
    """Return what became of a plan as plain data, its act by the key of what was to be founded."""
    numbers = {n: round(float(getattr(laid, n)), 6) for n in ("planned", "cost", "limit")}
    return {"target": laid.target, "key": key, **numbers, "presser": laid.presser}
