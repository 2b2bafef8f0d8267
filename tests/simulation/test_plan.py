"""The compiled plan: written out from the laws, equal to them one by one, one compilation for all worlds."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import Architecture, Institution, Kind, Rule, bilateral, body, de_facto, forum
from foedus.model.mechanism import Law
from foedus.model.parameters import Parameters
from foedus.model.properties import PROPERTIES, Property
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.batch import rows_with
from foedus.simulation.plan import plan
from foedus.simulation.wiring import DYNAMIC, OF_ONE, ROSTER
from worlds import random_world, star_of

ROOT = Path(__file__).parents[2]


def mixed(seed: int) -> Architecture:
    """Return an architecture with institutions of every kind."""
    return Architecture(
        (
            bilateral("S0", "S1"),
            Institution(Kind.BILATERAL, ("S1", "S3"), Rule.HUB, 0.4),
            forum(("S0", "S2", "S3")),
            body(("S0", "S1", "S4"), (Rule.CONSENSUS, Rule.HUB)[seed % 2]),
            de_facto("S0", "S5"),
        )
    )


def the_tool() -> Any:
    """Return the tool that writes the plan."""
    spec = importlib.util.spec_from_file_location("build_plan", ROOT / "tools" / "build_plan.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def test_the_plan_is_what_the_names_of_the_arguments_say() -> None:
    tool = the_tool()
    assert tool.TARGET.read_text(encoding="utf-8") == tool.source(), "run python tools/build_plan.py"
    assert "Any" not in tool.source()


def test_a_property_is_one_line_and_the_plan_is_written_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    tool = the_tool()
    more = {**PROPERTIES, "secret": Property("whether it is secret", lambda m, _: not m.name)}
    monkeypatch.setattr(tool, "PROPERTIES", more)
    monkeypatch.setattr(tool, "ROSTER", ("member", *more, "new"))
    written = tool.source()
    assert "    secret: NDArray[np.bool_]\n    new: NDArray[np.bool_]\n" in written
    assert "some.secret[k] = roll.secret[m]" in written


def test_laws_that_do_not_agree_about_a_type_are_named() -> None:
    def other(pledged_help: float) -> float:
        """Return something else."""
        return pledged_help

    strange = Law("other", ("pledged_help",), "value", other)
    with pytest.raises(SystemExit, match=r"law 'other'.*'pledged_help' is float; the law 'pledged_help'"):
        the_tool().types_of((*DYNAMIC, strange), PROPERTIES)


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_compiled_laws_say_what_the_laws_say(seed: int) -> None:
    world = random_world(seed, 6, recognised=np.array([1, 1, 1, 1, 1, 0.0]))
    seen = Appraiser(world, Parameters()).appraise(mixed(seed), Architecture())
    values = dict(seen.quantities)
    for law in DYNAMIC:
        plain = law.function(*[values[n] for n in law.needs])
        np.testing.assert_allclose(values[law.name], plain, rtol=1e-12, atol=1e-13, err_msg=law.name)
    np.testing.assert_allclose(seen.utility, sum(values[c] for c in COMPONENTS), atol=1e-12)


def test_laws_of_one_institution_say_the_same_whichever_others_there_are() -> None:
    world = random_world(3, 6, recognised=np.array([1, 1, 1, 1, 1, 0.0]))
    seen = Appraiser(world, Parameters()).appraise(mixed(0), Architecture())
    values = dict(seen.quantities)
    assert {"readiness", "common_line", "provocation"} <= OF_ONE
    for law in (law for law in DYNAMIC if law.name in OF_ONE):
        rows = {*ROSTER, *OF_ONE}
        together = law.function(*[values[n] for n in law.needs])
        assert together.any()
        for m in range(len(together)):
            alone = law.function(*[values[n][m : m + 1] if n in rows else values[n] for n in law.needs])
            assert alone.tobytes() == together[m : m + 1].tobytes(), law.name


@given(st.integers(0, 10_000), st.sampled_from(list(Rule)), st.booleans())
@settings(max_examples=25, deadline=None)
def test_drafts_together_are_worth_what_each_is_alone(seed: int, rule: Rule, as_forum: bool) -> None:
    world = random_world(seed, 6)
    rng = np.random.default_rng(seed)
    start = (mixed(seed), star_of(world), Architecture())[seed % 3]
    groups = {tuple(s for s in world.states if s == "S0" or rng.uniform() < 0.6) for _ in range(5)} | {
        ("S0", "S2", "S3")
    }
    kind = Kind.FORUM if as_forum else Kind.MULTILATERAL
    drafts = [Institution(kind, g, Rule.CONSENSUS if as_forum else rule) for g in sorted(groups) if len(g) > 2]
    before = (Architecture(), start)[seed % 2]
    appraiser = Appraiser(world, Parameters())
    found = appraiser.utilities(start, drafts, before)
    for row, draft in zip(found, drafts, strict=True):
        alone = appraiser.appraise(start.having(draft), before).utility
        assert row.tobytes() == alone.tobytes(), draft


def test_one_compilation_serves_every_world() -> None:
    for seed, states, adversaries in ((1, 4, 1), (2, 7, 3)):
        world = random_world(seed, states, adversaries)
        world.gdp.flags.writeable = False
        appraiser = Appraiser(world, Parameters())
        appraiser.appraise(star_of(world), Architecture())
        appraiser.utilities(star_of(world), [body(world.states[:3])], Architecture())
        Appraiser(world, Parameters()).appraise(Architecture(), Architecture())
    assert len(getattr(rows_with, "signatures", [0])) == 1
    assert len(getattr(plan, "signatures", [0])) == 1
