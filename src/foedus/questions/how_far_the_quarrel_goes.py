"""How far the quarrel goes: two allies on a ladder, and what a council, rescue or a pledge between them changes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from foedus.model.architecture import Architecture, bilateral
from foedus.model.world import World
from foedus.questions.findings import Assessment, band_cells, band_columns
from foedus.questions.in_draws import ALONE, Size, end_columns, in_draws
from foedus.questions.measure import Measure, chance
from foedus.questions.question import Question
from foedus.questions.study import Answers, Study
from foedus.questions.task import Task
from foedus.simulation.appraisal import Appraiser
from foedus.vocabulary.errors import fail
from foedus.vocabulary.prose import country, the
from foedus.vocabulary.record import Chart, Section
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

VARIANTS: Final[Mapping[str, str]] = {
    "as it is": "As it is",
    "no rescue": "Nobody counts on the hub's rescue",
    "normal": "Both command their own forces",
    "council": "Both sit in a council of the hub's allies",
    "ready council": "A council that can act at once",
    "council, no rescue": "A council, and nobody counts on rescue",
    "one view": "Both see threats as the more worried does",
    "hub away": "The hub has left",
    "pledged": "Normal and pledged to defend each other",
    "pledged, hub away": "Normal and pledged, and the hub has left",
}
"""Variants by key, with the labels under which they are shown."""


WITH_THE_HUB: Final = ("no rescue", "council, no rescue", "hub away", "pledged, hub away")
"""Variants that change what the hub does for two others; of a quarrel of the hub itself they say nothing."""

RUNGS: Final[Mapping[str, str]] = {
    "p_i": "the first escalates",
    "p_j": "the second escalates",
    "both": "both escalate",
    "brokered": "both escalate, and nobody defuses it",
    "third_rung": "the first raises again",
    "brokerage": "a broker defuses it",
}
"""Rungs of the ladder, in words."""

STAKES: Final[Mapping[str, str]] = {"stake_i": "the first", "stake_j": "the second"}
"""Whose security is at stake."""


def rung(study: Study, kind: str, variant: str) -> float:
    """Return one rung, or one stake, of the quarrel of a case in one variant."""
    measure = STAKE if kind in STAKES else RUNG
    return study.once(ladder, variant).get(measure(variant, kind), math.nan)


def _lower(words: str) -> str:
    """Return words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


# fmt: off
RUNG = chance(("quarrel", "VARIANT", "", "RUNG"), "of RUNG in the quarrel, VARIANT", "quarrel RUNG when VARIANT",
              "chance of both, brokered (both, and nobody defuses it), third_rung, or brokerage; when " + ", ".join(VARIANTS),
              ask=rung, words={"RUNG": {k: k for k in RUNGS}, "VARIANT": {k: k for k in VARIANTS}},
              reading="RUNG: VARIANT",
              readings={"VARIANT": {k: _lower(v) for k, v in VARIANTS.items()},
                        "RUNG": {"both": "Chance that both sides escalate",
                                 "brokered": "Chance that both escalate and nobody defuses it",
                                 "third_rung": "Chance that the quarrel reaches its third rung",
                                 "brokerage": "Chance that somebody defuses it",
                                 "p_i": "Chance that the first side escalates",
                                 "p_j": "Chance that the second side escalates"}})
STAKE = Measure(("quarrel", "VARIANT", "", "STAKE"), "% of GDP a year",
                "security that STAKE weighs in the quarrel, VARIANT", phrase="quarrel STAKE when VARIANT",
                about="security that stake_i or stake_j stands to lose, as far as it is weighed", ask=rung,
                words={"STAKE": {k: k for k in STAKES}, "VARIANT": {k: k for k in VARIANTS}}, reading="STAKE: VARIANT",
                readings={"VARIANT": {k: _lower(v) for k, v in VARIANTS.items()},
                          "STAKE": {"stake_i": "Security the first side stands to lose",
                                    "stake_j": "Security the second side stands to lose"}})
# fmt: on


def _normal(world: World, pair: tuple[str, ...]) -> World:
    at = [world.index(s) for s in pair]
    sovereignty, free = np.array(world.sovereignty), np.array(world.free_force)
    sovereignty[at] = 1.0
    free[at] = 1.0
    return world.replace(sovereignty=sovereignty, free_force=free)


def _one_view(world: World, pair: tuple[str, ...]) -> World:
    at = [world.index(s) for s in pair]
    perception = np.array(world.perception)
    perception[at] = perception[at].max(axis=0)
    return world.replace(perception=perception)


def _setups(study: Study) -> dict[str, tuple[Appraiser, Architecture]]:
    """Return who judges what in every variant; variants that differ in institutions alone have one judge."""
    world, parameters, star = study.world, study.parameters, study.fallback
    pair = study.quarrel
    council, alone = star.having(study.allies), without_the_hub(star, world.hub)
    away = hub_withdrawn(study).world
    pledge = bilateral(pair[0], pair[1])
    here = study.appraiser
    normal = Appraiser(_normal(world, pair), parameters)
    no_rescue = Appraiser(world, parameters.replace({"rescue_belief": 0.0}))
    return {
        "as it is": (here, star),
        "no rescue": (no_rescue, star),
        "normal": (normal, star),
        "council": (here, council),
        "ready council": (Appraiser(world, parameters.replace({"coordination_loss": 0.0})), council),
        "council, no rescue": (no_rescue, council),
        "one view": (Appraiser(_one_view(world, pair), parameters), star),
        "hub away": (Appraiser(away, parameters), alone),
        "pledged": (normal, star.having(pledge)),
        "pledged, hub away": (Appraiser(_normal(away, pair), parameters), alone.having(pledge)),
    }


def how_far_the_quarrel_goes(study: Study) -> Answers:
    """Return the ladder of the quarrel of a case in every variant.

    Rungs: one side escalates, the other answers, the first raises again unless a broker steps in.
    """
    found: Answers = {}
    for item in VARIANTS if study.quarrel else ():
        found |= ladder(study, item)
    return found


def ladder(study: Study, item: str) -> Answers:
    """Return the ladder of the quarrel of a case in one variant; nothing if the case has no quarrel."""
    if not study.quarrel:
        return {}
    i, j = (study.world.index(s) for s in study.quarrel)
    if _setups not in study.memory:  # ten variants are asked for one by one, of the same draw
        study.memory[_setups] = _setups(study)
    judge, architecture = study.memory[_setups][item]
    seen = judge.appraise(architecture, architecture).quantities
    p, q = float(seen["escalation"][i, j]), float(seen["escalation"][j, i])
    brokered = 1.0 - float(seen["brokerage"][i, j])
    price = (1.0 - seen["rescue"])[:, None] * seen["security_stake"]
    return {
        RUNG(item, "p_i"): p,
        RUNG(item, "p_j"): q,
        RUNG(item, "both"): p * q,
        RUNG(item, "brokered"): p * q * brokered,
        RUNG(item, "third_rung"): p * q * p * brokered,
        RUNG(item, "brokerage"): 1.0 - brokered,
        STAKE(item, "stake_i"): float(price[i, j]),
        STAKE(item, "stake_j"): float(price[j, i]),
    }


def without_the_hub(architecture: Architecture, hub: str) -> Architecture:
    """Return an architecture without any institution of the hub."""
    return Architecture(tuple(m for m in architecture if not m.has(hub)))


def hub_withdrawn(study: Study) -> Study:
    """Return the study of a world whose hub keeps its forces at home."""
    available = np.array(study.world.capability_available)
    available[study.world.hub_index] *= 1e-9
    return Study(study.world.replace(capability_available=available), study.parameters, study.quarrel, study.watch)


def _priced(stake: float) -> str:
    """Return what a quarrel costs in words: nothing is never written with digits."""
    if stake < 5e-7:
        return "nothing"
    return f"{stake:.3f} % of GDP" if stake >= 0.001 else "less than 0.001 % of GDP"


def sentence(assessment: Assessment) -> str:
    """Return what moves the quarrel of the case most."""
    one, other = (the(country(s)) for s in assessment.case.quarrel)
    both = {v: assessment.value(RUNG(v, "both")) for v in VARIANTS}
    stake = max(assessment.value(STAKE("as it is", f"stake_{k}")) for k in "ij")
    return (
        f"In a year both {one} and {other} escalate with a probability of {percent(both['as it is'])}; a council makes it {percent(both['council'])}, no trust in "
        f"rescue {percent(both['no rescue'])}. {_moved(both, stake)}"
    )


def _moved(both: Mapping[str, float], stake: float) -> str:
    """Return what a quarrel costs, and which variant changes most how often both escalate."""
    base = both["as it is"]
    strongest = max((v for v in both if v != "as it is"), key=lambda v: abs(both[v] - base))
    return (
        f"The quarrel costs their security {_priced(stake)}. What changes most: {_lower(VARIANTS[strongest])} "
        f"({percent(both[strongest])})."
    )


def quarrel_table(assessment: Assessment) -> Table:
    """Return every rung and stake in every variant, one row each, for data frames."""
    rows: list[list[Cell]] = []
    for item, label in VARIANTS.items():
        for rung in RUNGS:
            rows.append([item, label, rung, *band_cells(assessment.band(RUNG(item, rung)))])
        for stake in STAKES:
            rows.append([item, label, stake, *band_cells(assessment.band(STAKE(item, stake)))])
    columns = [
        Column("variant"),
        Column("label"),
        Column("measure", "probability; stakes in % of GDP"),
        *band_columns("see measure"),
    ]
    return table("quarrel", "How far the quarrel goes", columns, rows, quiet=True)


def _side_by_side(assessment: Assessment) -> Table:
    rows: list[list[Cell]] = []
    for item, label in VARIANTS.items():
        rest = [assessment.value(RUNG(item, r)) for r in ("brokered", "third_rung")]
        rows.append([label, *band_cells(assessment.band(RUNG(item, "both"))), *rest])
    one, other = (country(s) for s in assessment.case.quarrel)
    both = band_columns("probability", "percent", 1.0)
    both[0] = Column("default", "probability", "that both escalate", "both raise", "percent", bar=1.0)
    columns = [
        Column("label", head=f"{one} and {other}"),
        *both,
        Column("brokered", "probability", "that both escalate and nobody defuses it", "nobody brokers", "percent", 2),
        Column("third_rung", "probability", "that the first raises again", "raised again", "percent", 1),
    ]
    return table("quarrel-side-by-side", f"How far the quarrel of {one} and {other} goes", columns, rows)


def section(assessment: Assessment) -> Section | None:
    """Return what a reader is told of the quarrel of the case; nothing where it names none."""
    if not assessment.case.quarrel:
        return None
    side = _side_by_side(assessment)
    one, other = (country(s) for s in assessment.case.quarrel)
    chart = Chart(
        "quarrel",
        "dots",
        f"The quarrel of {one} and {other}",
        "How often each rung of the ladder is reached: both raise it; nobody steps in as a broker; the first raises again.",
        side,
        y="label",
        series=("default", "brokered", "third_rung"),
        low="low",
        high="high",
        inks={"default": "blue", "brokered": "amber", "third_rung": "vermilion"},
    )
    return Section("quarrel", "The quarrel", (sentence(assessment),), (side, quarrel_table(assessment)), (chart,))


@dataclass(frozen=True)
class Quarrel:
    """Works out the ladder of a dyad in every variant, in one study."""

    pair: tuple[str, ...]

    def __call__(self, study: Study) -> Answers:
        """Return every rung and stake in every variant."""
        return how_far_the_quarrel_goes(Study(study.world, study.parameters, self.pair, study.watch))


def of_pair(task: Task, pair: Sequence[str] = (), size: Size = ALONE) -> Section:
    """Return how far the quarrel of a dyad goes in every variant, by default the quarrel that the case names.

    Parameters
    ----------
    task : Task
    pair : sequence of str
    size : Size
        Draws in which every variant is worked out again.

    Raises
    ------
    FoedusError
        These are no two states with a grievance, or the case names no quarrel.
    """
    case = task.case.name
    if not pair and not task.case.quarrel:
        raise fail(f"case '{case}'", "it names no quarrel", f"Name two states: foedus dispute {case} {_two(task)}")
    dyad = tuple(task.state(s) for s in pair) or task.case.quarrel
    if len(dyad) != 2 or len(set(dyad)) != 2:
        raise fail("pair", "a quarrel needs two different states", f"Give for example {_two(task)}")
    base = task.study()
    i, j = (base.world.index(s) for s in dyad)
    if base.world.grievance[i, j] + base.world.grievance[j, i] == 0:
        one, other = dyad
        remedy = f"Try: foedus dispute {case} {one} {other} --set {one}.grievance.{other}=0.5"
        raise fail(f"{one} and {other}", "neither has a grievance against the other in this case", remedy)
    drawn = in_draws(task, Quarrel(dyad), size)
    found = drawn.default
    one, other = (country(s) for s in dyad)
    both = {v: found[RUNG(v, "both")] for v in VARIANTS if v not in WITH_THE_HUB or task.case.hub not in dyad}
    chances = {
        "p_i": f"{one} escalates",
        "p_j": f"{other} escalates",
        "both": "both escalate",
        "brokered": "both, and nobody brokers",
        "third_rung": f"{one} raises again",
        "brokerage": "a broker succeeds",
    }
    drops = {"p_i": 5, "p_j": 4, "both": 0, "brokered": 2, "third_rung": 1, "brokerage": 3}
    columns = [Column("variant")]
    for k, v in chances.items():
        columns.append(Column(k, "probability", v, v, "percent", drops[k]))
        columns += end_columns(k, "probability", "percent") if k == "both" else []
    columns += [
        Column(f"stake_{k}", "% of GDP a year", f"security {who} would lose", f"at stake for {who}", drop=6)
        for k, who in (("i", one), ("j", other))
    ]
    rows: list[list[Cell]] = [
        [
            label,
            *(found[RUNG(v, r)] for r in ("p_i", "p_j", "both")),
            *drawn.ends(RUNG(v, "both")),
            *(found[RUNG(v, r)] for r in ("brokered", "third_rung", "brokerage")),
            *(found[STAKE(v, s)] for s in STAKES),
        ]
        for v, label in VARIANTS.items()
        if v in both
    ]
    shown = table("dispute", f"The quarrel of {one} and {other}", columns, rows)
    as_is, council = (
        percent(found[RUNG(v, "both")]) + drawn.around(RUNG(v, "both"), percent) for v in ("as it is", "council")
    )
    says = f"The chance that both escalate in a year is {as_is} as it is, and {council} where both sit in a council."
    moved = _moved(both, max(found[STAKE("as it is", s)] for s in STAKES))
    return Section("dispute", shown.title, (says, moved), (shown,), notes=(drawn.told(),))


def _two(task: Task) -> str:
    """Return two states that have a quarrel, or any two, as an example."""
    world = task.study().world
    pairs = [(a, b) for a in world.states for b in world.states if a < b]
    grieved = [p for p in pairs if world.grievance[world.index(p[0]), world.index(p[1])] > 0]
    return " ".join((grieved or pairs)[0])


QUESTION = Question("quarrel", 60, how_far_the_quarrel_goes, (RUNG, STAKE), section)
