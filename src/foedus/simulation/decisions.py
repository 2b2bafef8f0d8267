"""Decisions: what a member stands to gain by joining or staying, term by term, and how likely it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.kernels.unanimity import chance_of_all
from foedus.mechanisms import variant
from foedus.mechanisms.decisions.consent import consent
from foedus.model.architecture import Architecture, Institution
from foedus.model.parameters import Parameters
from foedus.model.world import World
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import seats


@dataclass(frozen=True)
class Decision:
    """One state's decision about one institution, before it is drawn.

    Attributes
    ----------
    state : str
    action : str
        ``consent``: agree to something new; ``exit``: leave something in force.
    institution : Institution
    terms : ndarray, shape (C,)
        Utility with the institution minus utility without it, by component, % of own GDP a year.
    probability : float
        Of agreeing, or of leaving within the year.
    pain : float
        Coercion by the adversary on top of the reprisals that are expected anyway, % of GDP.
    """

    state: str
    action: str
    institution: Institution
    terms: NDArray[np.float64]
    probability: float
    pain: float = 0.0

    @property
    def gain(self) -> float:
        """Utility with the institution minus utility without it, after coercion, % of own GDP a year."""
        return float(self.terms.sum()) - self.pain


def strongest_partner(world: World) -> int:
    """Return the position of the adversary that the states trade with most."""
    return int(np.argmax(world.gdp @ world.trade))


def limits_of_coercion(appraiser: Appraiser, institution: Institution, adversary: int) -> NDArray[np.float64]:
    """Return the most pain that an adversary can inflict on each member, % of GDP, shape (members,)."""
    world, parameters = appraiser.world, appraiser.parameters
    at = seats(appraiser, institution)
    irregular = bool((world.recognised[at] < 1.0).any())
    aimed = float(appraiser.setting["threat"][at, adversary].mean())
    weight = appraiser.depth(institution) ** parameters["political_convexity"]
    weight *= 1.0 + parameters["unrecognised_penalty"] * irregular
    limit: NDArray[np.float64] = parameters["coercion_pain"] * world.trade[at, adversary] * weight * aimed
    return limit


def consent_decisions(
    appraiser: Appraiser,
    institution: Institution,
    fallback: Architecture,
    pain: NDArray[np.float64] | None = None,
) -> tuple[Decision, ...]:
    """Return whether each member would agree to something new, in the order of the members.

    Parameters
    ----------
    appraiser : Appraiser
    institution : Institution
        What is proposed.
    fallback : Architecture
        What there is if it is refused.
    pain : ndarray, shape (members,), optional
        Coercion on each member, % of its GDP.
    """
    before = appraiser.world.in_force
    after = appraiser.appraise(fallback.having(institution), before).components
    terms = (after - appraiser.appraise(fallback, before).components)[:, seats(appraiser, institution)]
    hurt = np.zeros(len(institution.members)) if pain is None else pain
    noise = appraiser.parameters["decision_noise"]
    agree = consent(terms.sum(axis=0) - hurt, appraiser.depth(institution), noise)
    return tuple(
        Decision(s, "consent", institution, terms[:, k], float(agree[k]), float(hurt[k]))
        for k, s in enumerate(institution.members)
    )


def together(decisions: Sequence[Decision], common: float) -> float:
    """Return the probability that all decide yes, with a part of their errors in common."""
    chances = np.array([d.probability for d in decisions])
    if common <= 0.0:
        return float(np.prod(chances))
    with np.errstate(divide="ignore"):
        return float(chance_of_all(np.log(chances) - np.log1p(-chances), common))


def chance_to_leave(
    parameters: Parameters, gain: float, depth: float, institution: Institution, year: int | None = None
) -> float:
    """Return the chance that a member leaves an institution within a year, see :func:`chances_to_leave`."""
    return float(chances_to_leave(parameters, gain, depth, institution, year))


def chances_to_leave(
    parameters: Parameters, gains: ArrayLike, depth: float, institution: Institution, year: int | None = None
) -> NDArray[np.float64]:
    """Return the chances that members leave an institution within a year, by the law of holding in use.

    Parameters
    ----------
    parameters : Parameters
    gains : array_like
        Of staying, of each member that is asked about, % of GDP a year.
    depth : float
        Of the institution.
    institution : Institution
    year : int, optional
        The calendar year, for treaties whose term runs out; none runs out without it.
    """
    push, known = _push_and_habit(parameters, institution, year)
    found: NDArray[np.float64] = variant(parameters, "holding")(gains, depth, institution, parameters, push, known)
    return found


def _push_and_habit(parameters: Parameters, institution: Institution, year: int | None) -> tuple[float, float | None]:
    """Return what a term that runs out adds to log-odds, and the habit of an institution where its record is known."""
    push = 0.0 if year is None else variant(parameters, "term")(institution, year, parameters)
    return push, variant(parameters, "pooling")(institution)


def _chances_of_all(
    parameters: Parameters, asked: Sequence[tuple[Institution, float, NDArray[np.float64]]], year: int | None
) -> list[list[float]]:
    """Return the same for several institutions, each with its depth and gains; those of one class are asked together."""
    alike: dict[tuple[Any, ...], list[int]] = {}
    for k, (m, depth, _) in enumerate(asked):
        one = (depth, *_push_and_habit(parameters, m, year), m.kind, len(m.members))
        alike.setdefault(one, []).append(k)
    found: list[list[float]] = [[]] * len(asked)
    for few in alike.values():
        (m, depth, _), gains = asked[few[0]], np.concatenate([asked[k][2] for k in few])
        chances = chances_to_leave(parameters, gains, depth, m, year).reshape(len(few), -1)
        for k, mine in zip(few, chances.tolist(), strict=True):
            found[k] = mine
    return found


def exit_decisions(
    appraiser: Appraiser, institution: Institution, architecture: Architecture, year: int | None = None
) -> tuple[Decision, ...]:
    """Return whether each member would leave an institution in force within the year, in the order of the members.

    Parameters
    ----------
    appraiser : Appraiser
    institution : Institution
    architecture : Architecture
        What is in force, the institution included; none of it is new.
    year : int, optional
        As in :func:`chance_to_leave`.
    """
    return exits_of_all(appraiser, (institution,), architecture, year)[0]


def exits_of_all(
    appraiser: Appraiser, institutions: Sequence[Institution], architecture: Architecture, year: int | None = None
) -> list[tuple[Decision, ...]]:
    """Return the decisions of :func:`exit_decisions` about several institutions, one tuple for each; worked out in one go."""
    world = appraiser.world
    here = appraiser.appraise(architecture, architecture).components
    gone = [(m, architecture.left_behind(s, m, world.hub)) for m in institutions for s in m.members]
    distinct = {change: k for k, change in enumerate(dict.fromkeys(gone))}  # a treaty of two ends whoever leaves
    without = appraiser.terms_after(architecture, tuple(distinct), architecture)
    unrecognised = frozenset(s for i, s in enumerate(world.states) if world.recognised[i] < 1.0)
    at = [world.index(s) for m in institutions for s in m.members]
    after = [distinct[change] for change in gone]
    every = here.T[at] - without[after, :, at]
    gains = every.sum(axis=1)
    ends = np.cumsum([0, *(len(m.members) for m in institutions)]).tolist()
    mine = [slice(first, end) for first, end in pairwise(ends)]
    asked = [(m, appraiser.depth(m), gains[place]) for m, place in zip(institutions, mine, strict=True)]
    chances, loses = _chances_of_all(appraiser.parameters, asked, year), variant(appraiser.parameters, "recognition")
    found = []
    for m, place, these in zip(institutions, mine, chances, strict=True):
        lost = loses(m, world.hub, unrecognised)
        found.append(
            tuple(
                Decision(s, "exit", m, t, 1.0 if lost and s == world.hub else chance)
                for s, t, chance in zip(m.members, every[place], these, strict=True)
            )
        )
    return found
