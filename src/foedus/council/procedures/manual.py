"""The manual: every procedure as a table for people, made from the rows that are carried out."""

from __future__ import annotations

from foedus.council.procedures.machine import Machine, Row
from foedus.council.procedures.roles import ROLES
from foedus.council.procedures.roster import MACHINES


def who_may(row: Row) -> str:
    """Return who does a row, in words."""
    named = [ROLES[w][0] for w in row.who if w in ROLES]
    follows = [f"follows `room.{v}`" for v in row.follows]
    return ", ".join(dict.fromkeys([*named, *follows]))


def cells(machine: Machine, row: Row) -> tuple[str, ...]:
    """Return a row as cells: from, act, who, guard, to, effect, and the fields it asks for."""
    asks = ", ".join(f"{a.name}{'' if a.needed else '?'}" for a in row.asks)
    words = {"must": "words", "may": "words?", "": ""}[row.words]
    return (
        ", ".join(row.start) or "–",
        f"`{machine.noun}.{row.verb}`",
        who_may(row),
        row.guard,
        row.to or "(stays)",
        " ".join(p for p in (row.says, f"*{row.effect}.*" if row.effect else "") if p),
        ", ".join(p for p in (asks, words) if p),
    )


def manual() -> list[str]:
    """Return the lines of the page of procedures, in Markdown."""
    lines = [
        "# Procedures of the council room",
        "",
        "Made from the tables that are carried out (`src/foedus/council/procedures/`); nothing here is written by hand. What is not in a table cannot be",
        "done, and a refusal says which rule it broke and what would be possible. The facilitator acts in the place of a seat by `for`, with a reason in words.",
        "A field with a question mark may be left out.",
        "",
    ]
    for machine in MACHINES.values():
        lines += [f"## {machine.title}", "", f"States: {', '.join(machine.states)}.", ""]
        lines += [machine.notes, ""] if machine.notes else []
        lines += ["| from | act | who | guard | to | what it does | asks for |", "|---|---|---|---|---|---|---|"]
        lines += ["| " + " | ".join(cells(machine, row)) + " |" for row in machine.rows]
        lines.append("")
    return lines
