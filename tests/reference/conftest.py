"""The independent reference run, read as worlds; its tests skip where it is absent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.model.architecture import Architecture, Institution, Kind, Rule, bilateral, de_facto
from foedus.model.parameters import Parameters
from foedus.model.world import World

FOLDER = Path(__file__).parents[2].parent / "shared" / "reference"
CASES = ("AS2020", "AS1953", "EU1949")


@pytest.fixture(scope="session", params=CASES)
def run(request: pytest.FixtureRequest) -> dict[str, Any]:
    path = FOLDER / f"{request.param}.json"
    if not path.exists():
        pytest.skip("the reference run is not part of the product and is absent here")
    result: dict[str, Any] = json.loads(path.read_text())
    return result


def world_of(run: dict[str, Any]) -> World:
    """Return the inputs of the reference run as a world."""
    i = run["inputs"]
    n = len(i["states"])
    hub = i["hub"]
    in_force = [bilateral(*sorted(pair, key=lambda s: s != hub)) for pair in i["treaties_in_force"]]
    in_force += [de_facto(hub, k) for k in i["de_facto"]]
    return World(
        states=tuple(i["states"]),
        adversaries=tuple(i["adversaries"]),
        hub=hub,
        gdp=i["gdp_bn"],
        capability_raw=i["capability_raw"],
        capability_available=i["capability_available"],
        adversary_capability_raw=i["adversary_capability_raw"],
        adversary_capability_available=i["adversary_capability_available"],
        distance=i["distance_km"],
        adversary_distance=i["adversary_distance_km"],
        ideal_point=i["ideal_point"],
        adversary_ideal_point=i["adversary_ideal_point"],
        rivalry=i["rivalry"],
        perception=i["perception"],
        trade=i["trade_share_gdp"],
        sovereignty=i["sovereignty"],
        free_force=i["free_force"],
        recognised=i["recognised"],
        recklessness=i["recklessness"],
        grievance=i["grievance"],
        divergence_left=np.ones((n, n)),
        in_force=Architecture(tuple(in_force)),
    )


def parameters_of(run: dict[str, Any]) -> Parameters:
    """Return the parameters of the reference run by its own symbols."""
    return Parameters(run["parameters"])


def architecture_of(rows: list[dict[str, Any]]) -> Architecture:
    """Return a list of institutions of the reference run."""
    rules = {"hub": Rule.HUB, "cons": Rule.CONSENSUS}
    return Architecture(
        tuple(Institution(Kind(r["kind"]), tuple(r["members"]), rules[r["rule"]], r["depth"]) for r in rows)
    )
