"""What is told of runs of the whole world: where the record lies among them, through the years and state by state."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.estimation.protocol import LAST_END
from foedus.kernels.allianceyears import COUNTS
from foedus.signings.doubts import WHAT_IT_IS
from foedus.version import __version__
from foedus.vocabulary.prose import country, listing
from foedus.vocabulary.record import Chart, Record, Section
from foedus.vocabulary.tables import Cell, Column, Table, table
from foedus.worldwide.goodness import FAMILIES, Compared, compared, families
from foedus.worldwide.world_runs import WorldOfStates
from foedus.worldwide.yearly_rates import WHEN, YearlyRates

Floats = NDArray[np.float64]

DOUBTS: Final = (
    "Runs take as given what the record says, year by year, of states, borders, strength, votes, rivalries, disputes and treaties "
    "without defence: only treaties of defence are left to the law.",
    "The weights were learnt from 1817-2016, so that these years have been seen; --rates before takes at least the numbers "
    "of treaties from the years before.",
    "Signings of a year are independent: what brings several at once, a war that ends or a hub that builds, is not in the law.",
    "An end comes by class, rate of the day and term; what the case theory says of a member's gain by staying is left out "
    "(in the record it adds .004 nats a treaty-year in one window and takes .001 in the other).",
    "A list is compared with the treaties in force that lie wholly within it; where the weights were learnt, larger treaties "
    "counted by their members in the small world of the list.",
    "A list of three and more is drawn by growing 256 and mending the chosen one twice; where all lists can be gone through, chances "
    "are right to a hundredth.",
)
"""What has to be known to read the runs."""
_TERMLESS: Final = (
    "The data say nothing of the terms of treaties: none runs out. A store that was filled by an older foedus knows them after ATOP "
    "has been imported again."
)
FEW: Final = 100
"""Runs under which their range is rough: fewer than five of them lie beyond either end of it."""
WORST: Final = 12
"""States that are listed where the law is furthest off."""
NEAR: Final = 0.02
"""Share of the runs as far off as the record under which a family is called missed."""
_BAND: Final = "middle nine tenths of the runs"


def record_of(world: WorldOfStates) -> Record:
    """Return runs of the world as one record."""
    task, found = world.task, compared(world)
    span = f"{task.first} to {task.last}" if task.first < task.last else str(task.first)
    return Record(
        "world",
        f"The world of states, {span}",
        "Do the record's law of who signs and the law of habit make alliances like those of the record?",
        f"{_runs(world)} · {len(world.states)} states in {task.last}",
        _says(world, found),
        (
            _fit(world, found),
            _through(world),
            _by_state(world),
            _given(task.rates, world.when),
            Section("doubts", "How to read this", (WHAT_IT_IS,), notes=DOUBTS),
        ),
        made={
            "foedus": __version__,
            "first": task.first,
            "last": task.last,
            "runs": world.runs,
            "seed": task.seed,
            "rates": world.when,
            "weights": dict(task.weights),
        },
    )


def _says(world: WorldOfStates, found: tuple[Compared, ...]) -> tuple[str, ...]:
    off = sorted((c for c in found if not c.inside), key=lambda c: (-abs(c.below - 0.5), -_gap(c)))
    told = [
        f"Of {len(found)} numbers of the record {len(found) - len(off)} lie within the middle nine tenths of {_runs(world)}."
    ]
    if off:
        told.append("Outside lie, first of all, " + listing(_beside(c) for c in off[:3]) + ".")
    return tuple(told)


def _runs(world: WorldOfStates) -> str:
    return f"{world.runs} {'run' if world.runs == 1 else 'runs'}"


def _gap(c: Compared) -> float:
    """Return how far the record is outside, in widths of the band."""
    return max(c.low - c.record, c.record - c.high) / max(c.high - c.low, 1e-9)


def _beside(c: Compared) -> str:
    return f"{c.number.label} ({short(c.record)}, runs {short(c.median)})"


def short(value: float) -> str:
    """Return a number in three digits at the most, as in a sentence."""
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2g}"


def _verdict(c: Compared) -> str:
    return "inside" if c.inside else "runs have fewer" if c.record > c.high else "runs have more"


def _fit(world: WorldOfStates, found: tuple[Compared, ...]) -> Section:
    columns = (
        Column("key", hidden=True),
        Column("family", drop=3),
        Column("number", "", "what is compared"),
        Column("record", "", "in the record", unsaid="see number"),
        Column("median", "", "median of the runs", "runs", unsaid="see number"),
        Column("low", "", "5 % of the runs lie below", "5 %", drop=1, unsaid="see number"),
        Column("high", "", "95 % of the runs lie below", "95 %", drop=1, unsaid="see number"),
        Column("below", "share", "share of the runs below the record", "runs below", form="percent", drop=2),
        Column("verdict", "", f"whether the record is within the {_BAND}"),
    )
    rows: list[tuple[Cell, ...]] = [
        (c.number.key, c.number.family, c.number.label, c.record, c.median, c.low, c.high, c.below, _verdict(c))
        for c in found
    ]
    fit = table("fit", "The record among the runs", columns, rows)
    chart = Chart(
        "fit",
        "dots",
        "Where the record lies among the runs",
        "Share of the runs below the record: towards the ends the record is outside what the laws make.",
        fit,
        x="below",
        y="number",
        colour="verdict",
        inks={"inside": "teal", "runs have fewer": "vermilion", "runs have more": "orange"},
        options={"base": 0.5, "base_words": "half of the runs", "ends": (0.0, 1.0)},
    )
    joint = _families(world)
    missed = [str(row["family"]) for row in joint if float(row["as_far"] or 0) < NEAR]
    says = (
        f"Taken together, as runs scatter, the record is farther off than {1 - NEAR:.0%} of the runs in {listing(missed)}."
        if missed
        else f"Taken together, as runs scatter, no family of numbers is farther off than {1 - NEAR:.0%} of the runs.",
    )
    few = f"{_runs(world)} give a rough idea of their middle nine tenths; take {FEW} or more."
    unseen = f"What ended in {world.task.last} nobody can see: the record of ends goes to {LAST_END}."
    notes = (*((few,) if world.runs < FEW else ()), *((unseen,) if world.task.last > LAST_END else ()))
    return Section("fit", "Goodness of fit", says, (fit, joint), (chart,), notes)


def _families(world: WorldOfStates) -> Table:
    columns = (
        Column("family"),
        Column("what", "", "which numbers", drop=1),
        Column(
            "as_far", "share", "share of the runs as far from their mean as the record", "runs as far", form="percent"
        ),
    )
    rows: list[tuple[Cell, ...]] = [(name, FAMILIES[name], share) for name, share in families(world).items()]
    return table("families", "Families of numbers, taken together", columns, rows)


_THROUGH: Final = (
    ("force_two", "Treaties of two in force"),
    ("force_more", "Treaties of more in force"),
    ("pairs", "Pairs of allies"),
    ("new", "New treaties of the year"),
)


def _series(world: WorldOfStates, name: str) -> tuple[Floats, Floats]:
    """Return a count of every year in the runs, shape (R, Y), and in the record, shape (Y,)."""
    if name == "new":
        two, more = (_series(world, n) for n in ("new_two", "new_more"))
        return two[0] + more[0], two[1] + more[1]
    from_counts = dict(zip(COUNTS, world.recorded.counts.T.astype(np.float64), strict=True))
    return world.yearly(name), from_counts[name]


def _yearly(world: WorldOfStates, name: str, title: str) -> Table:
    columns = (
        Column("year", form="year"),
        Column("who", "", "runs or record"),
        Column("count", "", title[0].lower() + title[1:], title[0].lower() + title[1:], unsaid="count"),
        Column("low", "", "5 % of the runs lie below", drop=1, unsaid="count"),
        Column("high", "", "95 % of the runs lie below", drop=1, unsaid="count"),
    )
    values, record = _series(world, name)
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95], axis=0)
    rows: list[tuple[Cell, ...]] = []
    for k, year in enumerate(world.years):
        rows.append((year, "runs", float(middle[k]), float(low[k]), float(high[k])))
        rows.append((year, "record", float(record[k]), None, None))
    return table(f"yearly_{name}", title, columns, rows, quiet=True)


def _through(world: WorldOfStates) -> Section:
    tables = tuple(_yearly(world, name, title) for name, title in _THROUGH)
    charts = tuple(
        Chart(
            f"yearly-{name.replace('_', '-')}",
            "lines",
            title,
            f"{title}: median and {_BAND}, and the record.",
            shown,
            x="year",
            y="count",
            series="who",
            low="low",
            high="high",
            inks={"runs": "blue", "record": "ink"},
        )
        for (name, title), shown in zip(_THROUGH, tables, strict=True)
    )
    apart = []
    for name, title in _THROUGH[:3]:
        values, record = _series(world, name)
        low, high = np.quantile(values, [0.05, 0.95], axis=0)
        out = [y for y, r, a, b in zip(world.years, record, low, high, strict=True) if not a <= r <= b]
        apart.append(f"{title}: the record is outside in {len(out)} of {len(world.years)} years.")
    return Section("years", "Through the years", tuple(apart), tables, charts)


def _by_state(world: WorldOfStates) -> Section:
    columns = (
        Column("state", hidden=True),
        Column("name"),
        Column("record", "", "states it has a treaty with in the record", form="whole"),
        Column("median", "", "median of the runs", "runs", form="whole"),
        Column("low", "", "5 % of the runs lie below", "5 %", drop=1, form="whole"),
        Column("high", "", "95 % of the runs lie below", "95 %", drop=1, form="whole"),
    )
    values, own = world.allies(), world.recorded.partners
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95], axis=0)
    every: list[tuple[Cell, ...]] = [
        (s, country(s), int(own[k]), float(middle[k]), float(low[k]), float(high[k]))
        for k, s in enumerate(world.states)
    ]
    inside = int(((low <= own) & (own <= high)).sum())
    order = sorted(range(len(every)), key=lambda k: (-abs(own[k] - middle[k]), world.states[k]))
    worst = [every[k] for k in order[:WORST]]
    title = f"Allies at the end of {world.task.last}"
    dots = Chart(
        "allies",
        "dots",
        f"{title}: record and runs",
        f"States that each has a treaty with: record and median of the runs, with the {_BAND}.",
        table("allies_apart", f"{title}, where record and runs are furthest apart", columns, worst),
        y="name",
        series=("record", "median"),
        options={"ranges": {"median": ("low", "high")}},
        inks={"record": "ink", "median": "blue"},
    )
    says = (f"For {inside} of {len(every)} states the record is within the {_BAND}.",)
    return Section(
        "states",
        "State by state",
        says,
        (dots.table, table("allies", f"{title}, every state", columns, every, quiet=True)),
        (dots,),
    )


def _given(rates: YearlyRates, when: str) -> Section:
    columns = (
        Column("number"),
        Column("two", "", "treaties of two", "of two", unsaid="count"),
        Column("more", "", "treaties of more", "of more", unsaid="count"),
    )
    share = [float(v) for v in rates.ended]
    rows: list[tuple[Cell, ...]] = [
        ("founded a year", *rates.founded),
        ("share that ends in a year", *share),
        ("chance a year to take somebody in", None, rates.joined),
        ("chance a year that a member leaves", None, rates.left),
        ("log-odds when a term runs out", rates.term_effect, rates.term_effect),
    ]
    says = (
        f"How many treaties are founded, joined and end is the rate of {WHEN[when]}, {rates.first}-{rates.last}.",
        "Who signs, who is let in and what ends is left to the laws.",
    )
    notes = () if rates.term_effect else (_TERMLESS,)
    return Section("given", "What is given", says, (table("rates", "Rates of the record", columns, rows),), notes=notes)
