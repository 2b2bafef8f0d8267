"""Every kernel of the model beside its plain twin in whole-array NumPy, on the same arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from measure import Figure, Work

import plainkernels as plain
from foedus.casebook.reader import read_case
from foedus.games.coalitional import shapley
from foedus.kernels.contest import contest_losses, losses_without_each_helper
from foedus.kernels.groups import (
    apartness,
    best_company,
    deepest_common,
    deepest_with_centre,
    gaps_to_lines,
    largest_joint,
    means_within,
)
from foedus.kernels.mutual_response import mutual_response
from foedus.kernels.values import union_value
from foedus.model.architecture import Architecture, Kind, Rule, body
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.model.world import World
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import draft_institution, star
from plaingames import random_game
from worlds import random_world

NUMPY = f"NumPy {np.__version__}, whole arrays"


def contests() -> Iterator[Figure]:
    """Yield the kernels of losses, help and quarrels, for ten states and three adversaries."""
    rng = np.random.default_rng(1)
    stake, attack, help_ = rng.random((10, 3)), rng.random((10, 3)) * 9, rng.random((10, 10))
    np.fill_diagonal(help_, 0.0)
    defence, wanted = help_.sum(axis=1) + 1, ~np.eye(10, dtype=bool)
    intercept = rng.normal(size=(10, 10)) - 1.5
    yield Figure(
        "contest losses, 10 states / NumPy",
        lambda: contest_losses(stake, attack, defence, 1.3),
        lambda: plain.losses(stake, attack, defence, 1.3),
        against=NUMPY,
        least=Work(exponentials=30),
    )
    yield Figure(
        "losses without each helper, 10 states / NumPy",
        lambda: losses_without_each_helper(stake, attack, defence, help_, wanted, 1.3),
        lambda: plain.losses_without_each(stake, attack, defence, help_, wanted, 1.3),
        against=NUMPY,
        least=Work(exponentials=300),
    )
    yield Figure(
        "mutual responses in quarrels, 45 pairs / NumPy",
        lambda: mutual_response(intercept, wanted, 2.0),
        lambda: plain.responses(intercept, wanted, 2.0),
        against=NUMPY,
    )


def groups() -> Iterator[Figure]:
    """Yield the kernels that look at institutions, for ten states in twelve of them."""
    rng = np.random.default_rng(2)
    member, chosen, weight = rng.random((12, 10)) < 0.5, rng.random(12) < 0.8, rng.random(12)
    member[:, :2] = True
    likeness, rows, value = rng.random((10, 10)), rng.random((12, 10)), rng.random((10, 3))
    np.fill_diagonal(likeness, 0.0)
    position, line, central = rng.normal(size=10), rng.normal(size=12), rng.random(12)
    of_groups = means_within(member, rows, value)
    pairs: tuple[tuple[str, Callable[..., Any], Callable[..., Any], tuple[Any, ...]], ...] = (
        ("how far members are apart", apartness, plain.apart, (member, chosen, position, central[:10], likeness)),
        ("the deepest common body", deepest_common, plain.deepest, (member, weight)),
        ("the same, the hub apart", deepest_with_centre, plain.deepest_but_for_one, (member, weight, central, 0)),
        ("the best company", best_company, plain.company, (member, chosen, likeness)),
        ("means within bodies", means_within, plain.means, (member, rows, value)),
        ("the largest joint exposure", largest_joint, plain.joint, (member, of_groups, value)),
        ("gaps to common lines", gaps_to_lines, plain.gaps, (member, weight, line, position)),
    )
    for name, ours, twin, given in pairs:
        yield Figure(
            f"{name}, 12 bodies, 10 states / NumPy",
            lambda f=ours, x=given: f(*x),
            lambda f=twin, x=given: f(*x),
            against=NUMPY,
        )


def council(world: World) -> tuple[Appraiser, Architecture]:
    """Return an appraiser and a council of all states."""
    return Appraiser(world, Parameters()), Architecture((body(world.states),))


def utility(world: World) -> Callable[[], Any]:
    """Return the appraisal of a council of all states, without what was remembered."""
    appraiser, pact = council(world)

    def once() -> Any:
        appraiser._memory.clear()
        appraiser.played.pledged[:] = -1.0  # and no game kept
        return appraiser.appraise(pact, Architecture())

    return once


def tabled(world: World) -> Callable[[], Any]:
    """Return the same Myerson and Owen values and quarrels from a whole-array table; its coefficients are kept."""
    appraiser, pact = council(world)
    known = appraiser.appraise(pact, Architecture()).quantities
    union, nobody = tuple(bool(x) for x in known["bloc"]), (False,) * len(world.states)

    def once() -> Any:
        table = plain.security_table(world, appraiser.parameters, known["obligation"])
        rise = plain.losses_without_each(
            known["stake"],
            known["hostile_force"],
            known["strength_allied"],
            known["unpledged_help"] + known["pledged_help"],
            known["quarrelling"],
            known["deterrence_elasticity"],
        )
        price = known["security_weight"] * (1.0 - known["rescue"])[:, None] * rise
        raised = known["grievance"] - known["escalation_threshold"] - price
        quarrels = plain.responses(raised, known["quarrelling"], known["backing_down_cost"])
        return table @ plain.coefficients(nobody), table @ plain.coefficients(union), quarrels

    return once


def alike(ours: Any, twin: Any) -> bool:
    """Return whether values and quarrels agree."""
    q = ours.quantities
    pairs = zip((q["myerson"], q["owen"], q["escalation"]), twin, strict=True)
    return all(np.allclose(a, b, rtol=1e-8, atol=1e-8) for a, b in pairs)


def drafting(case: str) -> Figure:
    """Return the drafting of a council, beside the law that asks for the worth of one membership after the other."""
    world = build_world(read_case(case))

    def ours() -> Any:
        appraiser = Appraiser(world, Parameters())
        return draft_institution(appraiser, star(appraiser), Kind.MULTILATERAL, Rule.CONSENSUS)

    def plainly() -> Any:
        appraiser = Appraiser(world, Parameters())
        fallback = star(appraiser)
        return plain.draft(appraiser, body, fallback)

    return Figure(
        f"drafting a council, {case} / one membership after the other",
        ours,
        plainly,
        lambda a, b: bool(a == b),
        "one appraisal per membership",
    )


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures."""
    yield from contests()
    yield from groups()
    for n in (8,) if quick else (10, 12):
        world = random_world(1, n)
        yield Figure(
            f"utility, {n} states in one council / its tables in NumPy",
            utility(world),
            tabled(world),
            alike,
            NUMPY,
            goal=20 if n == 10 else 0,
            within=3e-4 if n == 10 else 0,
        )
    n = 12 if quick else 16
    worth = random_game(4, n)
    alone, union = (False,) * n, (*(True,) * (n - 1), False)
    yield Figure(
        f"Shapley weights, {n} players / NumPy",
        lambda: shapley(worth),
        lambda: worth @ plain.coefficients(alone),
        against=f"NumPy {np.__version__}, coefficients kept",
        least=Work(bytes=8.0 * worth.size),
    )
    labels = np.where(union, 0, 1)
    yield Figure(
        f"Owen weights, {n} players / NumPy",
        lambda: union_value(worth, labels),
        lambda: worth @ plain.coefficients(union),
        against=f"NumPy {np.__version__}, coefficients kept",
        least=Work(bytes=8.0 * worth.size),
    )
    for case in ("europe-1949", "asia-1953"):
        yield drafting(case)
