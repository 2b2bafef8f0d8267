"""What is told of discovery: the boxes in which a goal is reached, and what a smaller or larger one would be, as one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from foedus.methods.scenarios import Discovery, Range
from foedus.methods.tables_of_sensitivity import sealed, worded
from foedus.vocabulary.prose import counted
from foedus.vocabulary.record import Chart, Record, Section
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

MOST: Final = 1000
"""Steps of the way to a box that are kept."""
STEPS: Final = 12
"""Steps of it that readers are shown."""

_MEASURED: Final = (
    "Coverage: share of the draws that reach the goal, of all that do, that lie in the box. Density: share of the draws in the "
    "box that reach it. Quasi-p-value: how often chance alone would leave as many by that limit."
)


@dataclass(frozen=True)
class Searched:
    """What is known of a search for boxes, as it is kept: all that readers are told follows from it.

    Attributes
    ----------
    goal, source : str
    draws, hits, seed : int
    boxes, trade_off : Table
        As :func:`limits` and :func:`way` make them.
    identity : mapping
        Everything the boxes depend on.
    """

    goal: str
    source: str
    draws: int
    hits: int
    seed: int
    boxes: Table
    trade_off: Table
    identity: Mapping[str, Any] = field(default_factory=dict)


BOXES: Final = (
    Column("box", form="whole"),
    Column("number"),
    Column("least", "", "least value in the box, if that is limited", unsaid="see number"),
    Column("most", "", "largest value in the box, if that is limited", unsaid="see number"),
    Column("range_low", "", "least value drawn", drop=2, unsaid="see number"),
    Column("range_high", "", "largest value drawn", unsaid="see number"),
    Column(
        "p_least",
        "",
        "quasi-p-value of the lower limit: chance leaves as many that reach the goal",
        head="p, lower",
        drop=1,
        unsaid="probability",
    ),
    Column("p_most", "", "quasi-p-value of the upper limit", head="p, upper", drop=1, unsaid="probability"),
    Column("words", "", "the limits in words", hidden=True),
    Column("label", "", "of the uncertain number, as columns of ensembles are named", hidden=True),
)
WAY: Final = (
    Column("box", form="whole"),
    Column("step", form="whole"),
    Column("role", "", "on the path of peeling, or advised"),
    Column("coverage", "share", "of all draws that reach the goal, those in it", form="percent"),
    Column("density", "share", "of its draws that reach the goal", form="percent"),
    Column("mass", "share", "of all draws", form="percent"),
    Column("limited", "", "numbers that are limited", head="numbers limited", form="whole"),
)


def limit_words(r: Range, low: float | None, high: float | None) -> str:
    """Return limits in words; a column of 0 and 1 is a choice."""
    label = worded(r.label)
    if ": " in r.label and (r.low, r.high) == (0.0, 1.0):
        return label if low is not None and low > 0 else f"not {label}"
    return f"{label} {_ends(low, high)}"


def _ends(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"from {low:.3g} to {high:.3g}"
    return f"at most {high:.3g}" if low is None else f"at least {low:.3g}"


def limits(found: Discovery) -> Table:
    """Return the limits of every box, with the range they are part of and how likely chance would do as well."""
    rows: list[list[Cell]] = []
    for n, scenario in enumerate(found.scenarios, 1):
        box = scenario.box
        for k in box.columns:
            r = found.ranges[k]
            low, high = box.limits.get((k, 0)), box.limits.get((k, 1))
            chances = box.chance.get((k, 0)), box.chance.get((k, 1))
            rows.append([n, worded(r.label), low, high, r.low, r.high, *chances, limit_words(r, low, high), r.label])
    return table("boxes", f"Where {found.goal}", BOXES, rows)


def way(found: Discovery, most: int = MOST) -> Table:
    """Return coverage and density of every box on the way, or of some of them, and which of them is advised."""
    rows: list[list[Cell]] = []
    for n, scenario in enumerate(found.scenarios, 1):
        every = -(-len(scenario.path) // most)
        kept = [(step, b) for step, b in enumerate(scenario.path) if step % every == 0]
        rows += [[n, step, "path", b.coverage, b.density, b.mass, len(b.columns)] for step, b in kept]
        b = scenario.box
        rows.append([n, None, "advised", b.coverage, b.density, b.mass, len(b.columns)])
    return table("trade_off", f"Coverage against density: {found.goal}", WAY, rows, quiet=True)


def record_of(found: Discovery) -> Record:
    """Return where a goal is reached as one record: the boxes, the way to them, every step.

    Parameters
    ----------
    found : Discovery
    """
    known = str(found.goal), found.source, found.draws, found.hits, found.seed
    return told(Searched(*known, limits(found), way(found), found.identity))


def told(known: Searched) -> Record:
    """Return where a goal is reached as one record, fresh or as it was kept.

    Parameters
    ----------
    known : Searched
    """
    said = sentences(known)
    return Record(
        "discovery",
        f"Where {known.goal}",
        f"Under which ranges of the uncertain numbers is it reached in {known.source}?",
        counted(known.draws, "draw"),
        (said[0], f"{known.hits} of {counted(known.draws, 'draw')} reach it."),
        tuple(s for s in (_boxes(known, said), _trade_off(known)) if s.tables),
        made=_made(known),
    )


def sentences(known: Searched) -> list[str]:
    """Return every box as one sentence."""
    said = []
    advised = [r for r in known.trade_off if r["role"] == "advised"]
    for r in advised:
        words = " and ".join(str(b["words"]) for b in known.boxes if b["box"] == r["box"])
        others = "of all" if r is advised[0] else "of those that the boxes before leave"
        start = next(s["density"] for s in known.trade_off if s["box"] == r["box"] and s["role"] == "path")
        said.append(
            f"{_percent(r['density'])} of draws with {words} reach it ({_percent(start)} {others} do); "
            f"{_percent(r['coverage'])} of all draws that reach it lie there."
        )
    said += [] if not advised else _why(known, int(str(advised[0]["box"])))
    return said or ["No range of any number marks out where it is reached."]


def _why(known: Searched, box: int) -> list[str]:
    """Return why a box is advised beside which there are denser ones, in one sentence; nothing where there are none."""
    steps = [r for r in known.trade_off if r["box"] == box]
    own = next(r for r in steps if r["role"] == "advised")
    density, coverage = (float(own[k] or 0.0) for k in ("density", "coverage"))
    denser = max(steps, key=lambda r: (float(r["density"] or 0.0), float(r["coverage"] or 0.0)))
    if float(denser["density"] or 0.0) <= density:
        return []
    return [
        "It is advised because, of the boxes without limits that chance could explain, it balances density and coverage best "
        f"(harmonic mean): the densest box on the way has {_percent(denser['density'])} and limits "
        f"{denser['limited']} numbers, but holds only {_percent(denser['coverage'])} of all draws that reach the goal, this one "
        f"{percent(coverage)}."
    ]


def _percent(value: Cell) -> str:
    return percent(float(value or 0.0))


def _boxes(known: Searched, said: Sequence[str]) -> Section:
    found = known.boxes
    if not len(found):
        return Section("boxes", "The boxes")
    many = max(int(b or 1) for b in found.column("box")) > 1
    title = "The boxes" if many else "The box"
    chart = _kept(found, many)
    return Section("boxes", title, tuple(said[1:]), (found, chart.table), (chart,), (_MEASURED,))


def _kept(found: Table, many: bool) -> Chart:
    """Return the part of every range that a box keeps, as shares of the range that was drawn."""
    columns = [
        Column("number"),
        Column("from", "", "lower limit", head="lower limit", form="percent"),
        Column("to", "", "upper limit", head="upper limit", form="percent"),
        *(Column(f"{end}_{side}", form="percent") for end in ("from", "to") for side in ("low", "high")),
        Column("words", head="within the box"),
    ]
    caption = (
        "The part of each range that the box keeps, from the least (0 %) to the largest value drawn (100 %); a mark is a "
        "limit. What is not named may lie anywhere."
    )
    return Chart(
        "boxes",
        "dots",
        found.title,
        caption,
        table(
            "within_ranges", "The boxes as shares of each range", columns, [_share(r, many) for r in found], quiet=True
        ),
        y="number",
        series=("from", "to"),
        inks={"from": "teal", "to": "blue"},
        options={
            "ranges": {end: (f"{end}_low", f"{end}_high") for end in ("from", "to")},
            "beside": "words",
            "ends": (0.0, 1.0),
            "unit": "share of the range that was drawn",
        },
    )


def _share(row: Mapping[str, Cell], many: bool) -> list[Cell]:
    """Return the limits of a number as shares of its range; what lies between is drawn once, beside the first of them."""
    least = float(row["range_low"] or 0.0)
    width = (float(row["range_high"] or 0.0) - least) or 1.0
    low, high = (None if row[end] is None else (float(row[end] or 0.0) - least) / width for end in ("least", "most"))
    between: list[Cell] = [0.0 if low is None else low, 1.0 if high is None else high]
    ranges = [*between, None, None] if low is not None else [None, None, *between]
    label, words = str(row["number"]), str(row["words"])
    return [
        f"{row['box']}. {label}" if many else label,
        low,
        high,
        *ranges,
        words.removeprefix(label).strip() or words,
    ]


def _trade_off(known: Searched) -> Section:
    """Return the way to the boxes: some steps to read, all of them to draw and to keep."""
    whole = known.trade_off
    if not len(whole):
        return Section("trade-off", "Coverage against density")
    path = [k for k, r in enumerate(whole) if r["role"] == "path"]
    every = -(-len(path) // STEPS)
    kept = {*path[::every], *(k for k, r in enumerate(whole) if r["role"] == "advised")}
    shown = replace(
        whole,
        name="steps",
        title="Some steps of the way",
        quiet=False,
        rows=tuple(row for k, row in enumerate(whole.rows) if k in kept),
    )
    return Section("trade-off", "Coverage against density", (), (shown, whole), (_way_chart(whole),))


def _way_chart(whole: Table) -> Chart:
    """Return density against coverage of every step, one picture for each box."""
    many = len(set(whole.column("box"))) > 1
    named = replace(whole, rows=tuple((f"Box {row[0]}", *row[1:]) for row in whole.rows))
    return Chart(
        "trade-off",
        "lines",
        "Coverage against density",
        "Every step of the peeling: a smaller box is denser and covers less. Pick another one if either matters more to you.",
        named,
        x="coverage",
        y="density",
        series="role",
        inks={"path": "grey", "advised": "blue"},
        options={
            "join": False,
            "ends": (0.0, 1.0),
            "ends_along": (0.0, 1.0),
            "unit": "coverage: of all draws that reach the goal, those in the box",
            "unit_up": "density: of the draws in the box, those that reach the goal",
            **({"panels": "box"} if many else {}),
        },
    )


def _made(known: Searched) -> dict[str, Any]:
    asked, rows = dict(known.identity), (known.boxes.rows, known.trade_off.rows)
    return {
        "foedus": asked.get("foedus", ""),
        "seed": known.seed,
        "draws": known.draws,
        "case": asked.get("case", ""),
        **({"date": asked["as_of"]} if "as_of" in asked else {}),
        "code": str(asked.get("code", ""))[:16],
        "goal": known.goal,
        "hits": known.hits,
        "source": known.source,
        "made_with": asked,
        "sealed": {"seal": sealed(known.goal, known.source, known.draws, known.hits, known.seed, asked, *rows)},
    }
