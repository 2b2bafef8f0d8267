"""A world that can be worked out by hand, a small case with the same states, and assessments whose answers are made up."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from casebook.casefiles import write_case
from foedus.casebook.case import Case
from foedus.casebook.reader import read_case
from foedus.draws.contract import Draws
from foedus.model.architecture import Architecture
from foedus.model.parameters import Parameters
from foedus.model.world import World
from foedus.questions.answer import record_of
from foedus.questions.findings import Assessment
from foedus.questions.study import Study
from foedus.questions.task import Task

NOISE = 0.1
"""Decision noise of :data:`PLAIN`, % of GDP a year."""

PLAIN = Parameters(
    {
        "loss_at_stake": 0.0,
        "autonomy_cost": 0.5,
        "coercion_pain": 5.0,
        "political_convexity": 2.0,
        "platform_value": 0.1,
        "treaty_fee": 0.003,
        "decision_noise": NOISE,
        "coordination_loss": 1.0,
        "wedge_cost_ratio": 0.13,
        "hostile_distance": 4.0,
        "rivalry_weight": 0.5,
    }
)
"""Nothing is at stake, so that upkeep, autonomy, reprisals and platform are all there is."""


def sigmoid(x: float) -> float:
    """Return the logistic curve."""
    return 1.0 / (1.0 + math.exp(-x))


def hand_world(**fixed: object) -> World:
    """Return a world whose threats are all one and whose positions are whole numbers.

    The hub stands at 2, Japan at 1, Korea at 0, Taiwan, which nobody recognises, at 1; the adversary at -4, a rival of
    all. Shares of trade are 0, 0.02, 0.05 and 0.1. A line led by the hub is the hub's, as nobody else has any force.
    """
    n = 4
    force = np.array([100.0, 0.0, 0.0, 0.0])
    values: dict[str, object] = {
        "states": ("USA", "JPN", "KOR", "TWN"),
        "adversaries": ("CHN",),
        "hub": "USA",
        "gdp": np.array([1000.0, 400.0, 100.0, 100.0]),
        "capability_raw": force,
        "capability_available": force,
        "adversary_capability_raw": np.array([50.0]),
        "adversary_capability_available": np.array([50.0]),
        "distance": 1000.0 * (1.0 - np.eye(n)),
        "adversary_distance": np.full((1, n), 500.0),
        "ideal_point": np.array([2.0, 1.0, 0.0, 1.0]),
        "adversary_ideal_point": np.array([-4.0]),
        "rivalry": np.ones((n, 1)),
        "perception": np.ones((n, 1)),
        "trade": np.array([[0.0], [0.02], [0.05], [0.1]]),
        "sovereignty": np.ones(n),
        "free_force": np.ones(n),
        "recognised": np.array([1.0, 1.0, 1.0, 0.0]),
        "recklessness": np.zeros(n),
        "grievance": np.zeros((n, n)),
        "divergence_left": np.ones((n, n)),
        "in_force": Architecture(),
    }
    return World(**(values | fixed))  # type: ignore[arg-type]


COUNCIL = {"USA": -0.028, "JPN": -0.003, "KOR": -0.278}
"""Gains by a council of all: ±0.125 for the way to the common line 1, -5 · trade, 0.1 for the platform, -0.003 upkeep."""


@cache
def small_case() -> Case:
    """Return the small case of the casebook: the United States, Japan, South Korea and Taiwan, facing China."""
    with tempfile.TemporaryDirectory() as folder:
        return read_case(write_case(Path(folder) / "small"))


def case_of(**changes: object) -> Case:
    """Return the small case with some fields replaced."""
    return replace(small_case(), **changes)  # type: ignore[arg-type]


def answered(
    default: Mapping[str, float],
    drawn: Mapping[str, Sequence[float]] | None = None,
    case: Case | None = None,
    study: Study | None = None,
    parameters: Parameters = PLAIN,
) -> Assessment:
    """Return an assessment with answers made up by hand.

    Parameters
    ----------
    default : mapping of str to float
        Answers with the values in use.
    drawn : mapping of str to sequence of float, optional
        Answers in every draw.
    case : Case, optional
    study : Study, optional
        What is looked at further; that of the case if none is given.
    parameters : Parameters
    """
    drawn = drawn or {}
    draws = len(next(iter(drawn.values()), ()))
    ensemble = Draws(
        tuple(drawn), np.array([list(v) for v in drawn.values()], dtype=float).reshape(len(drawn), draws).T
    )
    task = Task(case or small_case(), parameters, {}, (), ())
    made = Assessment(task, 1, np.zeros((draws, 0)), default, ensemble, record_of)
    if study is not None:
        made.__dict__["study"] = study  # where it would be kept once it was worked out
    return made
