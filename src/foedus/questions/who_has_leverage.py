"""Who has leverage: the hub's value in bargaining, its share, what it is paid and its policy control, by architecture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import Architecture, Institution, Kind, Rule
from foedus.questions.findings import Assessment, band_cells, band_columns
from foedus.questions.measure import Measure
from foedus.questions.question import Question
from foedus.questions.study import Answers, Study
from foedus.simulation.appraisal import Appraiser
from foedus.vocabulary.record import Chart, Section
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

_GDP, _BN = "% of GDP a year", "bn international $ of 2011 a year"

LEVERAGE: Final[Mapping[str, str]] = {
    "star": "Bilateral star",
    "divided": "Council of the allies, bargaining one by one",
    "bloc": "Council of the allies, bargaining as a bloc",
    "hub-led": "Body of the allies, led by the hub",
}
"""Architectures whose leverage is compared, with their labels."""

IN_WORDS: Final[Mapping[str, str]] = {
    "star": "under bilateral treaties",
    "divided": "facing a council, member by member",
    "bloc": "facing a council as a bloc",
    "hub-led": "in a body it leads",
}
"""The same architectures as they stand in a sentence about a state."""

KINDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "money": ("value in bargaining", _BN, "money"),
    "share": ("share of all gains", "share", "percent"),
    "concessions": ("what it is paid", _GDP, "signed"),
    "control": ("policy control", _GDP, "signed"),
}
"""What leverage is measured by: words, unit, form."""


def leverage(study: Study, kind: str, architecture: str) -> float:
    """Return the hub's leverage in one architecture."""
    return study.once(leverage_in, architecture)[HUBS(architecture, kind)]


# fmt: off
HUBS = Measure(("leverage", "ARCHITECTURE", "", "MEASURE"), _BN, "hub's MEASURE in bargaining: ARCHITECTURE",
               phrase="hub's MEASURE in ARCHITECTURE",
               about="money (bn a year), share, concessions or control (% of GDP a year) in " + ", ".join(LEVERAGE),
               ask=leverage, words={"MEASURE": {k: k for k in KINDS}, "ARCHITECTURE": {k: k for k in LEVERAGE}},
               units={k: unit for k, (_, unit, _) in KINDS.items()}, reading="The hub’s MEASURE ARCHITECTURE",
               readings={"ARCHITECTURE": IN_WORDS})
# fmt: on


def who_has_leverage(study: Study) -> Answers:
    """Return the hub's leverage in money, share, concessions and policy control by architecture."""
    found: Answers = {}
    for item in LEVERAGE:
        found |= leverage_in(study, item)
    return found


def leverage_in(study: Study, item: str) -> Answers:
    """Return the hub's leverage in one architecture of :data:`LEVERAGE`."""
    appraiser, architecture = study.appraiser, architectures(study)[item]
    if item == "divided":
        appraiser = Appraiser(study.world, study.parameters.replace({"bloc_solidarity": 0.0}))
    h = study.world.hub_index
    seen = appraiser.appraise(architecture, study.world.in_force)
    value = float(seen.quantities["bargained_value"][h])
    grand = seen.quantities["joint_worth"]
    return {
        HUBS(item, "money"): value,
        HUBS(item, "share"): value / grand if grand > 0 else float("nan"),
        HUBS(item, "concessions"): float(seen.components[COMPONENTS.index("leverage"), h]),
        HUBS(item, "control"): float(seen.components[COMPONENTS.index("autonomy"), h]),
    }


def architectures(study: Study) -> dict[str, Architecture]:
    """Return the architectures whose leverage is compared, by the keys of :data:`LEVERAGE`."""
    council = study.fallback.having(study.allies)
    led = study.fallback.having(Institution(Kind.MULTILATERAL, study.allies.members, Rule.HUB))
    return {"star": study.fallback, "divided": council, "bloc": council, "hub-led": led}


def sentence(assessment: Assessment) -> str:
    """Return what the hub would lose or win by a council."""

    def value(item: str, kind: str) -> float:
        return assessment.value(HUBS(item, kind))

    return (
        f"From a bilateral star to a council the hub's value in bargaining goes from {value('star', 'money'):,.1f} to "
        f"{value('bloc', 'money'):,.1f} bn a year and its share from {percent(value('star', 'share'))} to "
        f"{percent(value('bloc', 'share'))}; its policy control changes by "
        f"{value('bloc', 'control') - value('star', 'control'):+.2f} % of GDP."
    )


def leverage_table(assessment: Assessment) -> Table:
    """Return every measure of the hub's leverage in every architecture, one row each, for data frames."""
    rows: list[list[Cell]] = []
    for item, label in LEVERAGE.items():
        for kind, (_, unit, _) in KINDS.items():
            rows.append([item, label, kind, unit, *band_cells(assessment.band(HUBS(item, kind)))])
    columns = [Column("architecture"), Column("label"), Column("measure"), Column("unit"), *band_columns("see unit")]
    return table("leverage", "The hub's leverage by architecture", columns, rows, quiet=True)


def _side_by_side(assessment: Assessment) -> Table:
    rows: list[list[Cell]] = []
    for item, label in LEVERAGE.items():
        money = assessment.band(HUBS(item, "money"))
        rest = [assessment.value(HUBS(item, k)) for k in ("share", "concessions", "control")]
        rows.append([label, *band_cells(money), *rest])
    money_columns = band_columns(_BN, "money")
    money_columns[0] = Column("default", _BN, "value in bargaining with the values in use", "value", "money")
    columns = [
        Column("label", head="Hub's leverage"),
        *money_columns,
        Column("share", "share", "of all gains", form="percent"),
        Column("paid", _GDP, "what the hub is paid", form="signed", drop=2),
        Column("control", _GDP, "the hub's policy control", form="signed", drop=1),
    ]
    return table("leverage-side-by-side", "The hub's leverage by architecture", columns, rows)


def section(assessment: Assessment) -> Section:
    """Return what a reader is told of the hub's leverage."""
    side = _side_by_side(assessment)
    caption = (
        "The hub's value in bargaining in four architectures: Myerson values where everybody bargains alone, Owen "
        "values where members of a council bargain as one."
    )
    chart = Chart(
        "leverage",
        "dots",
        "The hub's leverage",
        caption,
        side,
        x="default",
        y="label",
        low="low",
        high="high",
        inks={"default": "blue"},
    )
    return Section("leverage", "Leverage", (sentence(assessment),), (side, leverage_table(assessment)), (chart,))


QUESTION = Question("leverage", 30, who_has_leverage, (HUBS,), section)
