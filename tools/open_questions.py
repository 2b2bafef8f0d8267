"""Try what the theory leaves open on three rounds: Europe 1949, Asia 1953, the Indo-Pacific of 2020.

Usage: python tools/open_questions.py

Every variant is a change of facts or parameters that stands for a cause somebody has named; printed is what it does to the
round: the chance of a body, of new treaties of two and of what is in force, and who is bound by the star that grows. The numbers of
docs/open-questions.md are printed here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from foedus.casebook.reader import read_case
from foedus.model.architecture import Kind
from foedus.model.parameters import Parameters
from foedus.questions.study import Study
from foedus.questions.task import Task
from foedus.trials.queries import read_query

ROUNDS: Final = ("europe-1949", "asia-1953", "indo-pacific-2020")
Facts = dict[tuple[str, str, str | None], float]


def study_of(name: str, facts: Facts | None = None, values: dict[str, float] | None = None) -> Study:
    """Return the study of a round with some facts and parameters changed."""
    return Task(read_case(name), Parameters(values or {}), facts or {}, (), ()).study()


def asked(name: str, study: Study, phrase: str) -> float:
    """Return a quantity that claims can ask for."""
    return read_query(read_case(name), phrase, name, False).ask(study)


def spokes(study: Study) -> list[str]:
    """Return who is bound to the hub by a treaty of two in the star that grows."""
    hub = study.world.hub
    return sorted({s for m in study.fallback if m.kind is Kind.BILATERAL for s in m.members if s != hub})


def told(name: str, label: str, study: Study) -> None:
    """Print one round."""
    phrases = (
        "chance of a body",
        "chance of a council",
        "chance of a hub-led body",
        "chance of new bilateral treaties",
    )
    numbers = " ".join(f"{asked(name, study, p):.2f}" for p in phrases)
    print(f"  {label:44s} {numbers}  star: {', '.join(spokes(study))}")


def weak_clients(study: Study) -> list[str]:
    """Return the weaker half of the states beside the hub, by arms."""
    world = study.world
    order = np.argsort(world.capability_raw, kind="stable")
    names = [world.states[k] for k in order if world.states[k] != world.hub]
    return names[: len(names) // 2]


def reckless(study: Study, by: float) -> Facts:
    """Return facts by which the weaker half of the clients starts fights."""
    return {("recklessness", s, None): by for s in weak_clients(study)}


def near_the_hub(study: Study, share: float) -> Study:
    """Return a study in which positions lie a share nearer to that of the hub: one identity."""
    at = study.world.ideal_point
    return replace(study, world=study.world.replace(ideal_point=at + share * (at[study.world.hub_index] - at)))


def umbrella(study: Study) -> Study:
    """Return a study in which the help of the hub knows no distance, as that of weapons which reach everywhere."""
    distance = study.world.distance.copy()
    distance[study.world.hub_index, :] = distance[:, study.world.hub_index] = 0.0
    return replace(study, world=study.world.replace(distance=distance))


def years_bound(values: dict[str, float], years: range) -> tuple[dict[str, int], dict[int, list[str]]]:
    """Return in how many years the star would bind each state, and who is newly bound in each year."""
    counted: dict[str, int] = {}
    new: dict[int, list[str]] = {}
    before: set[str] = set()
    for year in years:
        bound = set(spokes(study_of(f"indo-pacific-2020@{year}", None, values)))
        for s in bound:
            counted[s] = counted.get(s, 0) + 1
        new[year], before = sorted(bound - before), bound
    return dict(sorted(counted.items())), {y: s for y, s in new.items() if s}


def main() -> None:
    """Print every variant on every round."""
    print("body, council, hub-led body, new treaties of two; the star that grows")
    variants: tuple[tuple[str, Callable[[str], Study]], ...] = (
        ("as it is", study_of),
        ("weak clients reckless by 1 (entrapment)", lambda n: study_of(n, reckless(study_of(n), 1.0))),
        ("weak clients reckless by 3", lambda n: study_of(n, reckless(study_of(n), 3.0))),
        ("positions half as far from the hub (identity)", lambda n: near_the_hub(study_of(n), 0.5)),
        ("the hub's help knows no distance (umbrella)", lambda n: umbrella(study_of(n))),
        ("no linkage: leverage is worth nothing", lambda n: study_of(n, None, {"issue_linkage": 0.0})),
        ("autonomy costs 1.2 (control)", lambda n: study_of(n, None, {"autonomy_cost": 1.2})),
        ("treaties cost .009 (fee)", lambda n: study_of(n, None, {"treaty_fee": 0.009})),
        ("treaties cost .02", lambda n: study_of(n, None, {"treaty_fee": 0.02})),
        ("treaties cost .05", lambda n: study_of(n, None, {"treaty_fee": 0.05})),
        ("threats three quarters rivalry (.75)", lambda n: study_of(n, None, {"rivalry_weight": 0.75})),
        ("help without treaty .3 (the neutral)", lambda n: study_of(n, None, {"unpledged_aid": 0.3})),
    )
    for name in ROUNDS:
        print(name)
        for label, make in variants:
            told(name, label, make(name))
        plain = study_of(name)
        control = [asked(name, plain, f"hub's control in {a}") for a in ("star", "bloc", "hub-led")]
        print(
            f"  hub's control in star, council, hub-led body: {', '.join(f'{c:+.3f}' for c in control)} % of GDP a year"
        )
        for s in ("SWE", "IND", "IDN", "MYS"):
            if s in plain.world.states:
                print(
                    f"  worth of a treaty of {s}: {asked(name, plain, f'worth of the treaty of {s}'):+.3f} to it, "
                    f"{asked(name, plain, f'worth of the treaty of {s} to the hub'):+.3f} to the hub"
                )
    years = range(1952, 2021, 4)
    print(f"the star in {len(years)} years of 1952-2020: who is bound how often, and who is new when")
    for values in (
        {},
        {"autonomy_cost": 1.2},
        {"treaty_fee": 0.009},
        {"treaty_fee": 0.02},
        {"treaty_fee": 0.05},
        {"reach_advantage": 4.0},
        {"loss_at_stake": 2.0},
    ):
        counted, new = years_bound(values, years)
        print(f"  {values or 'as it is'}: " + ", ".join(f"{s} {n}" for s, n in counted.items()))
        print("    " + "; ".join(f"{y}: {' '.join(s)}" for y, s in new.items()))


if __name__ == "__main__":
    main()
