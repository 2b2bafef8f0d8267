"""What is told of likely lists: the likeliest, why, term by term and member by member, and what does not hold."""

from __future__ import annotations

import math
from typing import Any

from foedus.estimation.likely_lists import Likely, Listed
from foedus.signings.doubts import DOUBTS, WHAT_IT_IS
from foedus.signings.weights import COEFFICIENTS, LAWS, TERMS
from foedus.version import __version__
from foedus.vocabulary.prose import country, listing
from foedus.vocabulary.record import Chart, Record, Section
from foedus.vocabulary.tables import Cell, Column, Table, table


def one_in(chance: float) -> str:
    """Return a small chance as ``1 in N``, N a number or a power of ten."""
    if not chance > 0:
        return "–"
    digits, power = f"{1 / chance:.1e}".split("e")
    return f"1 in {1 / chance:,.0f}" if int(power) < 6 else f"1 in {digits} · 10^{int(power)}"


def times(log_lift: float) -> str:
    """Return how many times as likely something is as by lot."""
    factor = math.exp(log_lift)
    if factor < 100_000:
        return f"{factor:.2g}" if factor < 100 else f"{factor:,.0f}"
    digits, power = f"{factor:.1e}".split("e")
    return f"{digits} · 10^{int(power)}"


def record_of(found: Likely) -> Record:
    """Return likely lists as one record."""
    sections = [_lists(found)]
    if found.asked is not None:
        sections.append(_why(found, found.asked, "asked", "The list asked about"))
    if found.lists:
        sections.append(_why(found, found.lists[0], "why", "Why the first list stands first"))
    sections.append(Section("doubts", "What does not hold", (WHAT_IT_IS,), notes=DOUBTS))
    place = "World" if found.region == "world" else found.region.replace("-", " ")
    return Record(
        "likely",
        f"Likely lists of {found.size}: {place.capitalize()}, {found.year}",
        f"Which {found.size} states does the record of two centuries hold likely to sign a treaty of defence?",
        f"the record's law · {found.candidates} candidates of {found.states} states",
        _says(found),
        tuple(sections),
        made={"foedus": __version__, "year": found.year, "seed": found.seed, "weights": dict(found.weights)},
    )


def _says(found: Likely) -> tuple[str, ...]:
    told = []
    if found.lists:
        first = found.lists[0]
        told.append(
            f"Likeliest is {listing(country(s) for s in first.members)}: {times(first.lift)} times as likely as a list of "
            f"{found.size} drawn by lot from all states."
        )
    if found.asked is not None:
        told.append(
            f"The list asked about is {times(found.asked.lift)} times as likely as one of its size drawn by lot."
        )
    return tuple(told)


def _lists(found: Likely) -> Section:
    columns = (
        Column("place", "", "1 is the likeliest", unsaid="count"),
        Column("members"),
        Column("value", "logit", "V: half the sum over the members of what the four terms bring", form="signed"),
        Column("likelier", "", "times as likely as a list of its size drawn by lot", "times by lot"),
        Column("chance", "probability", "that exactly this list signs in the year", hidden=True),
        Column("a_year", "", "chance a year that exactly this list signs", "a year", drop=1, unsaid="probability"),
    )
    rows: list[tuple[Cell, ...]] = [
        (k + 1, " ".join(x.members), x.value, times(x.lift), x.chance, one_in(x.chance))
        for k, x in enumerate(found.lists)
    ]
    how = (
        f"All lists of {found.size} were gone through."
        if found.exact
        else "There are too many lists to go through: these cannot be bettered by exchanging one member, or were met on the way."
    )
    inside = (f"In every list: {listing(country(s) for s in found.inside)}.",) if found.inside else ()
    two = () if found.size > 2 else ("Chances a year are given for bodies of three and more.",)
    seen = ("The weights were learnt from 1817-2016, so that signings before 2017 have been seen.",)
    shown = table("lists", f"The likeliest lists of {found.size}", columns, rows)
    return Section("lists", "The likeliest lists", (how, *inside), (shown,), notes=(*two, *seen))


def why_table(found: Likely, one: Listed, name: str) -> Table:
    """Return what each term brings each member, in logits, already halved, with the sum V in the last row."""
    half = one.terms * found.weights.signed[:, None] / 2
    columns = (
        Column("state", hidden=True),
        Column("name"),
        *(Column(law.name, "logit", law.claim, law.label, form="signed", ink=law.ink) for law in LAWS),
        Column("total", "logit", "what the member brings to V", form="signed"),
    )
    rows: list[tuple[Any, ...]] = [
        (s, country(s), *half[:, k].tolist(), float(half[:, k].sum())) for k, s in enumerate(one.members)
    ]
    rows.append(("", "all together", *half.sum(axis=1).tolist(), float(half.sum())))
    return table(name, "What each term brings each member", columns, rows)


def _why(found: Likely, one: Listed, key: str, title: str) -> Section:
    shown = why_table(found, one, f"{key}_terms")
    sums = {
        law.label: v for law, v in zip(LAWS, (one.terms.sum(axis=1) * found.weights.signed / 2).tolist(), strict=True)
    }
    says = (
        f"{listing(country(s) for s in one.members)}.",
        f"V is {one.value:+.2f}: " + ", ".join(f"{label} {v:+.2f}" for label, v in sums.items()) + ".",
    )
    chart = Chart(
        f"{key}-terms",
        "stack",
        title,
        "What each term brings each member, in logits; left of zero it stands against the list.",
        table(shown.name, shown.title, shown.columns, shown.rows[:-1]),
        x="total",
        y="name",
        series=TERMS,
    )
    used = ", ".join(f"{n} {found.weights[n]:g}" for n in COEFFICIENTS)
    return Section(key, title, says, (shown,), (chart,), (f"Weights: {used}, closure {found.weights['closure']:g}.",))
