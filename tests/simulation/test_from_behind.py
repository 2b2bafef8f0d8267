"""From behind: a second process compiles the very functions that the plan asks for, and only one stands at either end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

from foedus.model.architecture import Architecture, body
from foedus.model.parameters import Parameters
from foedus.simulation import from_behind
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.plan import Quantities, plan
from foedus.simulation.wiring import DYNAMIC
from worlds import random_world


def found() -> dict[str, Any]:
    """Return all quantities of a small world."""
    world = random_world(1, 4)
    return dict(Appraiser(world, Parameters()).appraise(Architecture((body(world.states),)), Architecture()).quantities)


def test_it_knows_what_every_law_yields() -> None:
    quantities = found()
    assert {law.name for law in DYNAMIC} == set(Quantities._fields)
    for law in DYNAMIC:
        found_ = np.asarray(quantities[law.name])
        assert (law.dimensions, law.flags) == (found_.ndim, found_.dtype == bool), f"its docstring: {law.name}"
        assert found_.flags.c_contiguous, f"a part of a larger array: {law.name}"


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled")  # type: ignore[attr-defined]
def test_what_is_compiled_from_behind_is_what_the_plan_asked_for() -> None:
    found()
    (given, roll, _, _, played, _), *_ = plan.signatures  # type: ignore[attr-defined]
    for law, types in from_behind.last_first(given, roll, played):
        kept = {key[0] for key in law._cache._cache_file._load_index()}
        assert tuple(types) in kept
        assert len(kept) == 1 or law is from_behind.exact_shares_from


def test_one_goes_from_the_front_one_from_behind_and_others_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    monkeypatch.setattr(from_behind.numba.config, "CACHE_DIR", str(tmp_path / "new"))
    monkeypatch.setattr(from_behind, "_started", lambda arguments: went.append("front"))
    third = from_behind._Second()

    def behind(arguments: Any) -> None:
        went.append("behind")
        third.begins(arguments)

    monkeypatch.setattr(from_behind, "compile_from_behind", behind)
    first, second = from_behind._Second(), from_behind._Second()
    first.begins(())
    second.begins(())
    assert went == ["front", "behind"]
    first.ends()
    second.ends()
    second.begins(())
    assert went == ["front", "behind", "front"]
    second.ends()
