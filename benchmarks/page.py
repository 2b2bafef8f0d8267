"""The page of results: one table per family, ratios in bold, goals ticked or crossed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from measure import Measured, Skipped, machine

Row = tuple[str, Measured | Skipped]

HEAD = "| figure | ours | peer / ours | least – largest | peer | goal | of the limit |\n|---|---|---|---|---|---|---|"


def _amount(value: float, unit: str) -> str:
    if unit:
        return f"{value:,.3g} {unit}" if value < 1000 else f"{value:,.0f} {unit}"
    return f"{value:.3g} s" if value >= 1 else f"{value * 1e3:.3g} ms" if value >= 1e-4 else f"{value * 1e6:.3g} µs"


def times(ratio: float) -> str:
    """Return a ratio in a form that says something of small ones too."""
    return f"{ratio:.1f}×" if ratio >= 1 else f"{ratio:.2g}×"


def goals(result: Measured) -> str:
    """Return every goal of a figure with whether it is reached."""
    f = result.figure
    asked = [
        (f.goal, f"≥ {f.goal:g}×", result.ratio >= f.goal),
        (f.most, f"≤ {f.most:g}×", result.ratio <= f.most),
        (f.within, f"≤ {_amount(f.within, f.unit)}", result.amount <= f.within),
    ]
    return ", ".join(f"{words} {'✓' if reached else '✗'}" for goal, words, reached in asked if goal)


def line(result: Measured | Skipped) -> str:
    """Return a row of the table; goals are those of a full run."""
    if isinstance(result, Skipped):
        return f"| {result.name} | – | – | – | skipped: {result.reason} | | |"
    f = result.figure
    limit = f"{100 * result.limit:.2g} %" if result.limit else ""
    ratio = f"**{times(result.ratio)}**{' stored' if f.stored else ''}" if result.ratio else ""
    spread = f"{times(result.least)[:-1]} – {times(result.largest)[:-1]}" if result.ratio else ""
    return f"| {f.name} | {_amount(result.amount, f.unit)} | {ratio} | {spread} | {f.against} | {goals(result)} | {limit} |"


def page(rows: Sequence[Row], pairs: int) -> str:
    """Return the page of results."""
    text = [
        "# Figures, as ratios",
        "",
        f"{machine()}. Medians of {pairs} alternating pairs, warm.",
        "Both sides gave the same answer before either was timed. Ratios travel between machines, milliseconds do not;",
        "a ratio marked *stored* is held against a time measured elsewhere, and is not guarded. The last column says how",
        "much of what this machine could do at most is reached (README.md says how it is counted).",
        "",
        "![How many times longer the peer takes](ratios.svg)",
        "",
        "![How time and memory grow](curves.svg)",
    ]
    for family in dict.fromkeys(name for name, _ in rows):
        text += ["", *_table(family, [r for name, r in rows if name == family])]
    return "\n".join(text) + "\n"


def _table(family: str, results: Sequence[Measured | Skipped], said: str = "") -> list[str]:
    return [f"## {family.capitalize()}", "", *([said, ""] if said else []), HEAD, *map(line, results)]


def renewed(text: str, family: str, rows: Sequence[Row], pairs: int) -> str:
    """Return a page of results with the table of one family measured anew, and when; a new family goes to the end."""
    said = f"Measured anew on {date.today():%d %B %Y}: {machine()}; medians of {pairs}."
    table = "\n".join(_table(family, [r for name, r in rows if name == family], said)) + "\n"
    head = re.escape(f"## {family.capitalize()}\n")
    found = re.compile(rf"^{head}.*?(?=^\n## |\Z)", re.MULTILINE | re.DOTALL)
    return found.sub(lambda _: table, text) if found.search(text) else f"{text}\n{table}"
