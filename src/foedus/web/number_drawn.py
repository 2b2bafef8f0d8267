"""A number drawn: its value in its range and what the ends would make of the answer, as a picture; and its entry as YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from foedus.casebook.case import Case, Fact
from foedus.surfaces.svg.reaches import Reach, reaches
from foedus.surfaces.svg.reaches import listed as listed_reaches
from foedus.vocabulary.numbers import Parameter
from foedus.vocabulary.prose import opening
from foedus.vocabulary.tables import Table, percent, shown, written
from foedus.web.view import Figure
from foedus.web.why_page import amount


def figure(listed: Table, words: Mapping[str, Any], made: Mapping[str, Any]) -> Figure:
    """Return the picture of a number: where it lies in its range, and where the answer goes with it.

    Parameters
    ----------
    listed : Table
        What the answer is at the ends of its range.
    words : mapping
        What its page says of it.
    made : mapping
        What that was made with.
    """
    rows = list(listed)
    now = next(r for r in rows if r["at"] == "as it is")
    unit = next(c.unit for c in listed.columns if c.name == "value").replace("-", "", 1).strip()
    values = [float(r["value"] or 0) for r in rows]
    gains, bodies = ([float(r[n] or 0) for r in rows] for n in ("gain", "body"))
    edges = (min(0.0, *gains), max(0.0, *gains))
    air = 0.08 * (edges[1] - edges[0])
    drawn = [
        _reach("Its value", float(now["value"] or 0), values, [amount(v, unit) for v in values]),
        _reach(
            "Chance of a body in a year", float(now["body"] or 0), bodies, [*map(percent, bodies)], scale=(0.0, 1.0)
        ),
        _reach(
            f"Gain of {words['subject']} by a council, % of GDP",
            float(now["gain"] or 0),
            gains,
            [written(g, "signed") for g in gains],
            scale=(edges[0] - air, edges[1] + air),
        ),
    ]
    told = dict(words["origins"])
    from_where = " ".join(told[k] for k in ("Kind", "Why this value", "What it rests on", "When") if k in told)
    title = f"{words['title']}. {words['case_words']}"
    return Figure(lambda width: reaches(drawn, width, title, from_where), title, str(words["matters"]), made)


def _reach(
    words: str, value: float, values: Sequence[float], said: Sequence[str], scale: tuple[float, float] | None = None
) -> Reach:
    """Return a number between what it is at the least and at the most of what is varied."""
    own = scale or (min(values), max(values))
    zero = own[0] < 0 < own[1]
    now = said[values.index(value)]
    if len(values) == 1:
        return Reach(words, value, now, scale=own if scale else (float("nan"),) * 2, zero=zero)
    return Reach(
        words, value, now, values[0], values[-1], (said[0], said[-1]), own, zero, "vermilion" if value < 0 else "blue"
    )


def ranges(rows: Sequence[Mapping[str, Any]], width: float, title: str) -> str:
    """Return parameters, each in its range, as a picture; they are rows of the table of parameters."""
    drawn = []
    for row in rows:
        unit = "" if row["unit"] == "-" else str(row["unit"])
        ends = (shown(row["low"]), shown(row["high"]))
        said = f"{shown(row['value'])} {unit}".strip()
        drawn.append(
            Reach(opening(str(row["meaning"])), float(row["value"]), said, float(row["low"]), float(row["high"]), ends)
        )
    return listed_reaches(drawn, width, title)


def of_fact(case: Case, fact: Fact, listed: Table) -> dict[str, Any]:
    """Return a number of a case as it stands in its files, and what the answer is at the ends of its range."""
    relation = {"about": fact.against} if fact.against else {}
    spread = {"low": fact.low, "high": fact.high} if fact.low is not None else {}
    why = {"judged": fact.judged} if fact.judged is not None else {}
    sources = {k: case.sources[k].citation for k in fact.source if k in case.sources}
    return {
        "case": case.name,
        "quantity": fact.quantity,
        "state": fact.subject,
        **relation,
        "value": fact.value,
        "unit": fact.unit,
        "date": fact.date,
        **spread,
        **why,
        **({"source": sources} if sources else {}),
        **({"note": fact.note} if fact.note else {}),
        "answers": [dict(r) for r in listed],
    }


def of_parameter(case: Case, p: Parameter, listed: Table) -> dict[str, Any]:
    """Return a parameter as it is declared, and what the answer of a case is at the ends of its range."""
    told = {"parameter": p.name, "symbol": p.symbol, "value": p.default, "unit": p.unit, "low": p.low, "high": p.high}
    return {**told, "meaning": p.meaning, "source": p.source, "case": case.name, "answers": [dict(r) for r in listed]}


def as_yaml(data: Any) -> str:
    """Return plain data as YAML."""
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)
