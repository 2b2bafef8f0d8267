"""Utilities, components, obligations and values against the independent reference run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from foedus.mechanisms import COMPONENTS
from foedus.simulation.appraisal import Appraiser
from reference.conftest import architecture_of, parameters_of, world_of

NAMES = {
    "security": "sec",
    "burden": "war",
    "leverage": "lev",
    "autonomy": "aut",
    "exposure": "exp",
    "dispute": "disp",
    "platform": "plat",
    "fee": "fee",
}
"""The terms that the reference run knows, as it spells them."""


@pytest.mark.reference
def test_every_architecture_of_the_reference_run_is_met(run: dict[str, Any]) -> None:
    appraiser = Appraiser(world_of(run), parameters_of(run))
    for label, wanted in run["architectures"].items():
        got = appraiser.appraise(architecture_of(wanted["institutions"]), architecture_of(wanted["treaties_before"]))
        for name, spelled in NAMES.items():
            found = got.components[COMPONENTS.index(name)]
            np.testing.assert_allclose(found, wanted["components"][spelled], atol=1e-8, err_msg=f"{label}: {name}")
        np.testing.assert_allclose(got.utility, wanted["utility"], atol=1e-8, err_msg=label)
        np.testing.assert_allclose(got.quantities["obligation"], wanted["obligation"], atol=1e-8)
        np.testing.assert_allclose(got.quantities["myerson"], wanted["myerson"], atol=1e-8)
        if "owen" in wanted:
            np.testing.assert_allclose(got.quantities["owen"], wanted["owen"], atol=1e-8)
        assert got.quantities["joint_worth"] == pytest.approx(wanted["coalition_value_grand"], abs=1e-8)
