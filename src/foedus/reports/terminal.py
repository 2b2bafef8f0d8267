"""The answer in the terminal: short, aligned, with bars where a bar says more than digits."""

from __future__ import annotations

import math
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.questions.assessment import Assessment
from foedus.questions.study import EVERYBODY
from foedus.reports import writing
from foedus.vocabulary.tables import Table, shown

# Okabe & Ito: distinguishable for colour-blind readers, on dark and light ground
GAIN, LOSS, ACCENT, QUIET = "#0072B2", "#D55E00", "#009E73", "grey58"

Record = dict[str, Any]


def _grid(*columns: tuple[str, str]) -> Grid:
    """Return a plain grid; the first column wraps, numbers never do."""
    grid = Grid(box=None, padding=(0, 1), header_style=f"bold {QUIET}", pad_edge=False)
    for k, (label, justify) in enumerate(columns):
        grid.add_column(label, justify=justify, no_wrap=k > 0, overflow="fold")  # type: ignore[arg-type]
    return grid


def _head(text: str) -> RenderableType:
    return Padding(Text(text, style="bold"), (1, 0, 0, 0))


def _percent(value: float | None) -> str:
    return writing.percent(math.nan if value is None else value)


def _range(band: Record, percent: bool = False, digits: int = 2) -> Text:
    low, high = band["low"], band["high"]
    if low is None or high is None:
        return Text("")
    text = f"{_percent(low)} – {_percent(high)}" if percent else f"{low:+.{digits}f} … {high:+.{digits}f}"
    return Text(text, style=QUIET)


def bar(value: float, scale: float, width: int = 12) -> Text:
    """Return a bar to the right for gains and to the left for losses."""
    cells = 0 if scale <= 0 else min(width, round(abs(value) / scale * width))
    left = Text((" " * (width - cells) + "█" * cells) if value < 0 else " " * width, style=LOSS)
    right = Text("█" * cells if value >= 0 else "", style=GAIN)
    return Text.assemble(left, Text("│", style=QUIET), right)


def _forms(record: Record) -> RenderableType:
    grid = _grid(
        ("One round, one year", "left"), ("default", "right"), ("", "left"), ("median", "right"), ("5–95 %", "left")
    )
    for f in record["forms"]:
        if not f["default"] and not f["high"]:
            continue
        style = "bold" if f["form"] == "body" else ""
        strip = Text("█" * round((f["default"] or 0) * 24), style=ACCENT if f["form"] == "body" else GAIN)
        grid.add_row(
            Text(f["label"], style=style),
            Text(_percent(f["default"]), style=style),
            strip,
            _percent(f["median"]) if f["median"] is not None else "",
            _range(f, percent=True),
        )
    return grid


def _options(record: Record) -> RenderableType:
    lines = []
    for a in record["architectures"]:
        for m in a["institutions"]:
            if m["kind"] in ("FO", "MT") and not m["name"]:
                lines.append(f"{a['label']}: {', '.join(m['members'])} (accepted with {_percent(a['acceptance'])})")
    return (
        Text("\n".join(lines), style=QUIET)
        if lines
        else Text("Nothing beyond the star is worth drafting.", style=QUIET)
    )


def _term(value: float) -> Text:
    if abs(value) < 0.005:
        return Text("·", style=QUIET)
    return Text(f"{value:+.2f}".replace("0.", "."), style=LOSS if value < 0 else GAIN)


def _blockers(record: Record, body: Record, wide: bool) -> RenderableType:
    scale = max((abs(r["difference"]["default"]) for r in body["rows"]), default=1.0)
    terms = [c for c in COMPONENTS if any(abs(r["components"][c]) >= 0.005 for r in body["rows"])]
    short = {c: MECHANISMS[c].short for c in COMPONENTS}
    extra = (("", "left"), ("5–95 %", "left")) if wide else ()
    grid = _grid(("", "left"), ("gain", "right"), *extra, ("agrees", "right"), *((short[c], "right") for c in terms))
    for r in body["rows"]:
        value = r["difference"]["default"]
        cells = [_term(r["components"][c]) for c in terms]
        more = [bar(value, scale), _range(r["difference"])] if wide else []
        grid.add_row(
            r["name"],
            Text(f"{value:+.2f}", style="bold " + (LOSS if value < 0 else GAIN)),
            *more,
            _percent(r["consent"]),
            *cells,
        )
    return grid


def _sentences(body: Record, most: int = 4) -> RenderableType:
    lines = [r["sentence"] for r in body["rows"] if r["difference"]["default"] < 0][:most]
    return Group(*(Padding(Text("• " + line), (0, 0, 0, 1)) for line in lines))


def _leverage(record: Record) -> RenderableType:
    grid = _grid(
        ("Hub's leverage", "left"),
        ("bn", "right"),
        ("5–95 %", "left"),
        ("share", "right"),
        ("paid", "right"),
        ("control", "right"),
    )
    for r in record["leverage"]:
        money = r["money"]
        span = Text("" if money["low"] is None else f"{money['low']:.0f} … {money['high']:.0f}", style=QUIET)
        grid.add_row(
            r["label"],
            f"{money['default']:.1f}",
            span,
            _percent(r["share"]["default"]),
            f"{r['concessions']['default']:+.2f}",
            f"{r['control']['default']:+.2f}",
        )
    return grid


def _treaties(record: Record) -> RenderableType:
    grid = _grid(
        ("Treaty", "left"), ("to hub", "right"), ("to ally", "right"), ("5–95 %", "left"), ("ally leaves", "right")
    )
    for t in record["treaties"]:
        hub, spoke = t["members"][0], t["members"][-1]
        grid.add_row(
            t["label"],
            f"{t['worth'][hub]['default']:+.2f}",
            f"{t['worth'][spoke]['default']:+.2f}",
            _range(t["worth"][spoke]),
            _percent(t["exit"][spoke]["default"]) + " a year",
        )
    return grid


def _quarrel(record: Record) -> RenderableType:
    quarrel = record["quarrel"]
    one, other = quarrel["names"]
    grid = _grid(
        (f"{one} and {other}", "left"),
        ("both raise", "right"),
        ("5–95 %", "left"),
        ("unbrokered", "right"),
        ("third rung", "right"),
    )
    for v in quarrel["variants"]:
        grid.add_row(
            v["label"],
            _percent(v["both"]["default"]),
            _range(v["both"], percent=True),
            _percent(v["brokered"]["default"]),
            _percent(v["third_rung"]["default"]),
        )
    return grid


def _wedge(record: Record) -> RenderableType:
    rows = record["wedge"]["rows"]
    budgets = [c["budget_bn"] for c in rows[0]["curve"]] if rows else []
    grid = _grid(("Holds at bn a year of pressure", "left"), *((f"{b:g}", "right") for b in budgets))
    for r in rows:
        grid.add_row(r["label"], *(_percent(c["default"]) for c in r["curve"]))
    return grid


def _levers(record: Record, most: int = 8) -> RenderableType:
    grid = _grid(("Single changes, all else equal", "left"), ("a body", "right"), ("", "left"))
    for e in record["levers"][:most]:
        grid.add_row(e["label"], _percent(e["body"]), Text("█" * round(e["body"] * 24), style=ACCENT))
    return grid


def show_assessment(assessment: Assessment, record: Record, console: Console) -> None:
    """Print an assessment."""
    case = record["case"]
    console.print(Text.assemble((case["title"], "bold"), ("  ·  " + case["question"], QUIET)))
    console.print(Padding(Text(record["answer"]["headline"], style=f"bold {ACCENT}"), (1, 0, 0, 0)))
    console.print(Text(record["answer"]["certainty"]))
    console.print(_head("What forms"), _forms(record), _options(record), sep="\n")
    for body in record["bodies"]:
        if body["body"]["key"] == EVERYBODY:
            acceptance, ready = body["body"]["acceptance"]["default"], body["body"]["readiness"]["default"]
            console.print(_head("Who blocks a council of all recognised states, % of GDP a year"))
            console.print(_blockers(record, body, console.width >= 110), _sentences(body), sep="\n")
            console.print(
                Text(
                    f"All agree with {_percent(acceptance)}; such a council could act with {_percent(ready)} of "
                    "the force pledged between spokes.",
                    style=QUIET,
                )
            )
        else:
            worst = body["rows"][0]
            console.print(
                Text(
                    f"{body['body']['label']}: all agree with {_percent(body['body']['acceptance']['default'])}; "
                    f"weakest consent {worst['name']} ({worst['difference']['default']:+.2f}).",
                    style=QUIET,
                )
            )
    console.print(_head("Leverage"), _leverage(record), Text(record["answer"]["leverage"], style=QUIET), sep="\n")
    if record["treaties"]:
        console.print(_head("What each treaty is worth, % of GDP a year"), _treaties(record), sep="\n")
    for e in record["exclusion"]:
        console.print(_head(f"{e['name']}, in and out"), Text(e["sentence"]), sep="\n")
    if record["quarrel"]:
        console.print(
            _head("The quarrel"), _quarrel(record), Text(record["quarrel"]["sentence"], style=QUIET), sep="\n"
        )
    console.print(_head("The wedge"), _wedge(record), Text(record["wedge"]["sentence"], style=QUIET), sep="\n")
    console.print(_head("What would change the answer"), _levers(record), sep="\n")
    if record["drivers"]:
        top = ", ".join(f"{d['number']} ({d['rank_correlation']:+.2f})" for d in record["drivers"][:6])
        console.print(Text(f"Across the draws a body depends most on: {top}.", style=QUIET))
    elif 0 < record["draws"] < record["drivers_from"]:
        console.print(
            Text(
                f"{record['draws']} draws cannot tell what a body depends on: below {record['drivers_from']} chance "
                "alone makes strong correlations.",
                style=QUIET,
            )
        )
    used = record["calibration"]
    drawn_from = f"calibration {used['name']} {used['sha256'][:10]}" if used else "judged ranges"
    console.print(
        Padding(
            Text(
                f"foedus {record['foedus']} · seed {record['seed']} · {record['draws']} draws · {drawn_from} · case "
                f"{record['hashes']['case'][:10]} · parameters {record['hashes']['parameters'][:10]} · result "
                f"{record['hashes']['result'][:10]}. Levels are uncertain; read who blocks, why, and what changes it.",
                style=QUIET,
            ),
            (1, 0, 0, 0),
        )
    )


_SHORT = {
    "% of GDP a year": "% GDP",
    "probability": "",
    "probability or share": "",
    "see unit": "",
    "see measure": "",
    "bn international $ of 2011": "bn $",
    "million current US$": "m $",
    "share of world capabilities": "",
    "UNGA ideal point": "",
    "share": "",
    "yes/no": "",
    "share of GDP": "of GDP",
    "share of extra fighting": "",
    "probability a year": "a year",
}
_LONGEST = 44  # text up to this long stays on one line where there is room
_WRAPPED = 12  # least width that is left to each column whose text wraps


def _widths(longest: list[int], room: int) -> list[int]:
    """Return the width of each column: the narrowest stay whole as far as there is room, the others share the rest."""
    widths = list(longest)
    wrapped: list[int] = []
    for place, n in enumerate(sorted(range(len(longest)), key=longest.__getitem__)):
        left = len(longest) - place - 1
        if wrapped or longest[n] > _LONGEST or room - longest[n] < _WRAPPED * left:
            wrapped.append(n)
        else:
            room -= longest[n]
    for n in wrapped:
        widths[n] = min(longest[n], max(_WRAPPED, room // len(wrapped)))
    return widths


def show_table(table: Table, console: Console, hide: tuple[str, ...] = ()) -> None:
    """Print any table with units in its head; what repeats down the first column is said once."""
    grid = Grid(
        title=Text(table.title),
        title_justify="left",
        title_style="bold",
        box=None,
        padding=(0, 1),
        pad_edge=False,
        header_style=f"bold {QUIET}",
    )
    kept = [
        k
        for k, c in enumerate(table.columns)
        if c.name not in hide and (not table.rows or any(row[k] is not None for row in table.rows))
    ]
    cells = [[shown(row[k]) for k in kept] for row in table.rows]
    longest = [max((len(row[n]) for row in cells), default=0) for n in range(len(kept))]
    heads = [max((len(w) for w in table.columns[k].name.split("_")), default=0) for k in kept]
    widths = _widths([max(w, min(h, 10)) for w, h in zip(longest, heads, strict=True)], console.width - 2 * len(kept))
    for n, k in enumerate(kept):
        column = table.columns[k]
        numbers = all(isinstance(row[k], int | float | None) and not isinstance(row[k], bool) for row in table.rows)
        unit = _SHORT.get(column.unit, column.unit)
        grid.add_column(
            column.name.replace("_", " ") + (f"\n{unit}" if unit else ""),
            overflow="fold",
            justify="right" if numbers else "left",
            width=widths[n],
        )
    before = ""
    for row in cells:
        # as Text, since what stands in brackets may be part of a question and no colour
        grid.add_row(*(Text(c) for c in ("" if row[0] == before and len(kept) > 3 else row[0], *row[1:])))
        before = row[0]
    console.print(grid)


def console() -> Console:
    """Return the console answers are printed to: the width of the terminal, 120 where there is none."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=120)
