"""What is told of sensitivity: one list of what matters, then each method that was asked for, as one record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from foedus.methods import what_moves
from foedus.methods.importance import Importance
from foedus.methods.tables_of_sensitivity import (
    MEASURES,
    TITLES,
    indices,
    sealed,
    settling,
    sizes,
    strongest,
    swings,
    worded,
)
from foedus.questions import reasons
from foedus.vocabulary.prose import listing
from foedus.vocabulary.record import Chart, Record, Section
from foedus.vocabulary.tables import Table, percent, written

LINES: Final = 5
"""Numbers whose settling a picture shows: more lines would hide each other."""

WIDEST: Final = (-0.3, 1.3)
"""Ends of the axis of variance shares: intervals that go on beyond them end in an arrow."""

_MEANT: Final[Mapping[str, str]] = {
    "rank": "a rank correlation is with the numbers drawn so, and holds all others",
    "tornado": "the tornado moves each of them alone, also to where the calibration would seldom see it alone",
    "morris": "Morris lets each cross what the others leave open of its range",
    "sobol": "of Sobol's shares, 'alone' is what goes if the number became known, with all that it tells about the others, "
    "and the total what stays if all others were known; they need not add up to 1, and the total may be the smaller",
}
"""What the indices of each method mean where numbers are drawn together."""

_SETTLED: Final = "With fewer rounds: what still moves, or has a wide interval, has not settled."


def record_of(found: Importance, terms: tuple[str, str] = ("", "")) -> Record:
    """Return what moves an answer as one record: the list, the methods, every index.

    Parameters
    ----------
    found : Importance
    terms : tuple of (str, str)
        The leading term and its clause, as :func:`foedus.questions.reasons.by_terms` returns them; said beside.
    """
    names = [m for m in MEASURES if any(i.method == m for i in found.indices)]
    draws = found.identity.get("draws", "")
    return Record(
        "sensitivity",
        f"What moves the {found.phrase}",
        f"Which uncertain numbers move the answer in {found.identity.get('case', 'a case')}, and how sure is that?",
        f"{draws} rounds at most · {', '.join(names)}",
        tuple(_says(found, names)),
        tuple(_sections(found, names, terms)),
        made=_made(found, names),
    )


def _says(found: Importance, names: list[str]) -> Iterator[str]:
    """Yield the list in a sentence, whether half the draws said the same, and what the largest swing or share is."""
    if "rank" in names:
        yield what_moves.sentence(found)
        yield from _steady(found)
    else:
        method = "morris" if "morris" in names else names[0]
        leading = [i.number for i in found.of(method, MEASURES[method][0])[:3]]
        yield (
            f"Most depends on {listing(map(worded, leading))} by {method}; which of it chance could explain is told by "
            "ranks alone (--method rank)."
        )
    shares = found.of("sobol", "total")
    if shares:
        yield (
            f"Of the variance the largest share is that of {worded(shares[0].number)}, with all it acts through "
            f"{percent(min(max(shares[0].value, 0.0), 1.0))}."
        )
    if "tornado" in names:
        yield from _swing(found)


def _steady(found: Importance) -> Iterator[str]:
    measure = MEASURES["rank"][0]
    known, kept = sizes(found, "rank", measure), what_moves.listed(found)
    if len(known) > 1 and kept:
        half = [i for i in found.indices if (i.method, i.measure, i.evaluations) == ("rank", measure, known[-2])]
        before = {i.number for i in what_moves.proven(half)}
        both = sum(i.number in before for i in kept)
        yield f"With half as many draws {both} of these {len(kept)} stood on the list."


def _swing(found: Importance) -> Iterator[str]:
    rows = list(swings(found))
    if not rows:
        yield f"None of them moves the {found.phrase} alone from the value in use."
        return
    form = next(c.form for c in swings(found).columns if c.name == "at_low_end")
    low, high = (written(rows[0][n], form) for n in ("at_low_end", "at_high_end"))
    yield f"Alone, {rows[0]['number']} swings it most: {low} at the low end of its range, {high} at the high end."


def _beside(found: Importance, kept: list[str], terms: tuple[str, str]) -> tuple[str, ...]:
    """Return the number that leads beside the term that does; nothing where there is none, or no terms are at hand."""
    if not kept or not terms[1]:
        return ()
    return (reasons.side_by_side("", f"by numbers most depends on {worded(kept[0])}", *terms),)


def _sections(found: Importance, names: list[str], terms: tuple[str, str]) -> Iterator[Section]:
    kept = [i.number for i in what_moves.listed(found)]
    if "rank" in names:
        ranked = what_moves.ranks(found, what_moves.TITLE)
        settled, drawn = _settling(found, "rank", kept)
        # the record says the sentence already, above everything else
        yield Section(
            "matters",
            ranked.title,
            _beside(found, kept, terms) if kept else ranked.says,
            (*ranked.tables, *settled),
            (*ranked.charts, *drawn),
            ranked.notes,
        )
    if "tornado" in names:
        swung = swings(found)
        yield Section(
            "tornado",
            TITLES["tornado"],
            _looked_at(found, kept),
            (swung,),
            what_moves.tornado_chart(swung, found.phrase),
        )
    for method in ("morris", "sobol"):
        if method in names:
            yield _of_method(found, method, kept)
    said = together(found)
    if said:
        yield Section("together", "Numbers that are drawn together", said)
    yield Section("indices", "Every index", (), (indices(found),), folded=True)


def _looked_at(found: Importance, kept: list[str]) -> tuple[str, ...]:
    """Return how many numbers the tornado looked at, and how many of them are on the list."""
    looked = [i.number for i in found.of("tornado", "low end")]
    on = sum(n in kept for n in looked)
    return (
        (f"{len(looked)} numbers were moved alone; {on} of them {'is' if on == 1 else 'are'} on the list.",)
        if kept
        else ()
    )


def _of_method(found: Importance, method: str, kept: list[str]) -> Section:
    """Return what Morris or Sobol found: the strongest numbers, and how far their indices have settled."""
    numbers = strongest(found, method, kept)
    draw = _effects if method == "morris" else _shares
    leading = [i.number for i in found.of(method, MEASURES[method][0])[:LINES]]
    settled, drawn = _settling(found, method, leading)
    return Section(method, TITLES[method], (), (numbers, *settled), (draw(numbers), *drawn))


def _pair(found: Table, key: str, caption: str, series: tuple[str, str], **options: Any) -> Chart:
    """Return dots of two measures with their intervals, one row a number."""
    return Chart(
        key,
        "dots",
        found.title,
        caption,
        found,
        y="number",
        series=series,
        inks={series[0]: "blue", series[1]: "amber"},
        options={"ranges": {n: (f"{n}_low", f"{n}_high") for n in series}, **options},
    )


def _effects(found: Table) -> Chart:
    caption = (
        "Mean effect: how much crossing its range changes the answer, whichever way. Spread: how much of that depends on where the "
        "other numbers stand, or bends. Whiskers are 95 % intervals."
    )
    return _pair(found, "morris", caption, ("mean", "spread"))


def _shares(found: Table) -> Chart:
    caption = (
        "Share of the variance that a number makes alone, and with all it acts through. Whiskers are 95 % intervals; a "
        "share below 0 or above 1 is an estimate from too few rounds."
    )
    values = [
        v
        for c in ("total_low", "total_high", "alone_low", "alone_high", "total", "alone")
        for v in found.column(c)
        if isinstance(v, float)
    ]
    ends = (max(min(0.0, *values), WIDEST[0]), min(max(0.1, *values), WIDEST[1]))
    return _pair(found, "sobol", caption, ("total", "alone"), ends=ends, unit="share of the variance")


def _settling(found: Importance, method: str, numbers: list[str]) -> tuple[tuple[Table, ...], tuple[Chart, ...]]:
    """Return the leading indices with fewer rounds as a table and a picture; nothing where there is one size only."""
    told = settling(found, method, numbers[:LINES])
    if len(set(told.column("rounds"))) < 2:
        return (), ()
    chart = Chart(
        f"settling-{method}",
        "lines",
        told.title,
        f"{MEASURES[method][0].capitalize()} of the leading numbers. {_SETTLED}",
        told,
        x="rounds",
        y="value",
        series="number",
        low="low",
        high="high",
        options={"even": True, "points": True, "unit": "rounds", "unit_up": f"{MEASURES[method][0]}, bands 95 %"},
    )
    return (told,), (chart,)


def together(found: Importance) -> tuple[str, ...]:
    """Return what has to be said beside the indices where a calibration draws numbers together; nothing otherwise."""
    methods = [m for m in _MEANT if len({i.number for i in found.indices if i.method == m} & set(found.together)) > 1]
    if not methods:
        return ()
    names = ", ".join(map(worded, found.together))
    return (f"The calibration draws these together: {names}. So " + "; ".join(_MEANT[m] for m in methods) + ".",)


def _made(found: Importance, names: list[str]) -> dict[str, Any]:
    asked = dict(found.identity)
    return {
        "foedus": asked.get("foedus", ""),
        "seed": found.seed,
        "draws": asked.get("draws", ""),
        "case": asked.get("case", ""),
        **({"date": asked["as_of"]} if "as_of" in asked else {}),
        "code": str(asked.get("code", ""))[:16],
        "quantity": found.phrase,
        "methods": ", ".join(names),
        "drawn_together": list(found.together),
        "made_with": asked,
        "sealed": {"seal": sealed(found.phrase, found.seed, list(found.together), asked, indices(found).rows)},
    }
