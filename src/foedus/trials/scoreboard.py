"""The scoreboard of a trial, and every number behind it, as tidy tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from foedus.casebook.case import Event
from foedus.mechanisms import MECHANISMS
from foedus.trials.evidence import Evidence, Findings, Shown
from foedus.trials.readings import amount, assumption, in_words, reading
from foedus.trials.verdict import FEWEST, Verdict
from foedus.vocabulary.record import cell
from foedus.vocabulary.tables import Cell, Column, Table, shown, table

BELOW = "before"
"""Part of a measured claim: what its quantity is compared with; the others are ``value`` and ``effect``."""


_PART = (
    "what the quantity is compared with (before), the quantity (value), or how far the claim is met beyond the smallest "
    "change that counts (effect)"
)


def counts(found: Findings) -> dict[Verdict, int]:
    """Return how many claims have each verdict, in the order of the scale, without those that none has."""
    tally = Counter(e.verdict for e in found.claims)
    return {v: tally[v] for v in Verdict if tally[v]}


def scale(found: Findings) -> Table:
    """Return the scale of verdicts with the claims that have each, which is the legend as well."""
    tally = counts(found)
    rows: list[list[Cell]] = [
        [v.value, tally.get(v, 0), ", ".join(str(e.claim.id) for e in found.claims if e.verdict is v), v.meaning]
        for v in Verdict
        if v is not Verdict.UNTRIED or v in tally
    ]
    columns = [
        Column("verdict"),
        Column("claims", "", "number of claims", form="whole"),
        Column("which", "", "ids of the claims", drop=2),
        Column("means"),
    ]
    return table("verdicts", "The scale of verdicts", columns, rows)


def scoreboard(found: Findings) -> Table:
    """Return one row per claim: what model and record say, and the verdict."""
    here = found.trial.case.name
    rows: list[list[Cell]] = []
    for e in found.claims:
        flips = ", ".join(f"{assumption(p.label, here)} at {shown(p.value)}" for p in e.flipped_by)
        listed = (", ".join(e.turned_by), flips, ", ".join(e.sources(found.trial.events)))
        said = (e.claim.id, e.claim.says, e.verdict.value, e.model, cell(e.share), e.seen)
        rows.append([*said, *(words or None for words in listed), e.claim.falsified_if])
    columns = [
        Column("claim", "", "number of the claim", "no.", unsaid="count"),
        Column("says", head="claim"),
        Column("verdict"),
        Column("model", drop=2),
        Column("share", "share of draws", "in which the claim holds", "draws that agree", "percent", short="draws"),
        Column("record", "", "what dated events say", drop=1),
        Column("turned_by", "", "mechanisms without which the answer turns", drop=3),
        Column(
            "flipped_by", "", "assumptions that turn the answer within their range, all else as in use", hidden=True
        ),
        Column("sources", "", "keys of the events that the tests on the record look at", hidden=True),
        Column("falsified_if", hidden=True),
    ]
    return table("claims", "The scoreboard", columns, rows)


def ends(draws: int) -> tuple[str, str]:
    """Return what the ends of a range over so many draws are."""
    return ("5 % of the draws", "95 % of the draws") if draws >= FEWEST else ("least draw", "largest draw")


def measured_columns(draws: int, form: str = "", unit: str = "see unit") -> list[Column]:
    """Return the columns of :func:`measured`, for numbers of one form and unit where they are alike."""
    low, high = ends(draws)
    return [
        Column("claim", drop=1, unsaid="count"),
        Column("part", "", _PART, drop=1),
        Column("what"),
        Column("default", unit, "with the values in use", form=form),
        Column("median", unit, "median of the draws", form=form, drop=4),
        Column("low", unit, low, form=form, drop=3),
        Column("high", unit, high, form=form, drop=3),
        Column("unit", drop=2),
    ]


def rows_of(e: Evidence) -> list[list[Cell]]:
    """Return what was measured for one claim: what is compared, and how far the claim is met."""
    test = e.claim.test
    if test is None:
        return []
    than = test.than if isinstance(test.than, float | None) else reading(test.than)
    changed = "changed" if test.under.words else ""
    before = f"{reading(test.query)}, as things are" if than is None else str(than)
    value = ", ".join(filter(None, (reading(test.query), changed)))
    named = {BELOW: before, "value": value, "effect": "how far it is met"}
    rows: list[list[Cell]] = []
    for part, attribute in ((BELOW, "against"), ("value", "value"), ("effect", "effect")):
        if part == BELOW and isinstance(than, float):
            continue
        low, median, high = (cell(v) for v in e.band(attribute))
        default = cell(getattr(e.default, attribute))
        rows.append([e.claim.id, part, named[part], default, median, low, high, test.query.unit])
    return rows


def measured(found: Findings) -> Table:
    """Return what was measured for every claim, with its range over the draws."""
    rows = [row for e in found.claims for row in rows_of(e)]
    return table("measured", "What was measured for each claim", measured_columns(found.draws), rows, quiet=True)


def draws(found: Findings) -> Table:
    """Return what every test found in every draw that has its quantity."""
    tried: Iterable[tuple[str, Evidence | Shown]] = [
        *((str(e.claim.id), e) for e in found.claims),
        *((o.test.id, o) for o in found.omitted),
    ]
    rows: list[list[Cell]] = [
        [name, n, cell(m.value), cell(m.against), cell(m.effect)] for name, e in tried for n, m in enumerate(e.drawn)
    ]
    columns = [
        Column("claim", unsaid="count"),
        Column("draw", "", "number among the draws that have the quantity", unsaid="count"),
        Column("value", "see measured"),
        Column("against", "see measured", "what it is compared with"),
        Column("effect", "see measured", "beyond the smallest change that counts; above 0 the claim holds"),
    ]
    return table("draws", "Every draw of every claim", columns, rows, quiet=True)


def swings(found: Findings) -> Table:
    """Return what becomes of each claim without its mechanisms, by other procedures, and with assumptions at their ends."""
    here = found.trial.case.name
    rows: list[list[Cell]] = []
    for e in found.claims:
        rows += [[e.claim.id, "without", w.mechanism, None, None, cell(w.effect), w.turned] for w in e.without]
        rows += [[e.claim.id, "replaced", w.mechanism, None, None, cell(w.effect), w.turned] for w in e.replaced]
        rows += [
            [e.claim.id, "pushed", assumption(p.label, here), cell(p.value), p.correlation, cell(p.effect), p.turned]
            for p in e.pushed
        ]
    columns = [
        Column("claim", unsaid="count"),
        Column(
            "how",
            "",
            "without a mechanism, with a procedure replaced by name, or with an assumption pushed to an end of its range",
        ),
        Column("what"),
        Column("at", "see what", "value of the assumption"),
        Column(
            "correlation", "", "rank correlation of the assumption with the effect over the draws", unsaid="-1 to 1"
        ),
        Column("effect", "see measured", "with the change; above 0 the claim holds"),
        Column("turned", "", "holds where it did not, or the other way round"),
    ]
    return table("swings", "What turns each claim, and what does not", columns, rows, quiet=True)


def precedents(found: Findings) -> Table:
    """Return every test on the record: what it looks for, whether that is there, and what this says of the claim."""
    events = found.trial.events
    rows: list[list[Cell]] = []
    for claim, f in ((e.claim, f) for e in found.claims for f in e.precedents):
        speaks, sources = (
            "for" if f.speaks_for else "against",
            dict.fromkeys(k for i in f.events for k in events[i].source),
        )
        looked_at = (" ".join(f.events), " ".join(sources))
        rows.append([claim.id, speaks, f.form.because, f.found, f.shown or None, *looked_at])
    columns = [
        Column("claim", unsaid="count"),
        Column("speaks", "", "for or against the claim"),
        Column("because"),
        Column("found", "", "whether the record has what is looked for"),
        Column("shown", "", "in numbers"),
        Column("events"),
        Column("sources"),
    ]
    return table("precedents", "Every test on the record", columns, rows, quiet=True)


def told_events(found: Findings) -> list[Event]:
    """Return the events that tests on the record and slips look at, in the order in which they happened."""
    ids = {i for e in found.claims for f in e.precedents for i in f.events}
    ids |= {s.event for s in found.trial.slips if s.event}
    return sorted((e for e in found.trial.events.values() if e.id in ids), key=lambda e: (e.date, e.id))


def events_table(found: Findings) -> Table:
    """Return those events with their numbers and sources."""
    rows: list[list[Cell]] = [
        [e.id, e.date, e.text, e.value, e.unit or None, " ".join(e.source), e.trust] for e in told_events(found)
    ]
    columns = [
        Column("id", hidden=True),
        Column("date"),
        Column("event"),
        Column("value", "see unit"),
        Column("unit", drop=2),
        Column("source", drop=1),
        Column("trust", drop=3),
    ]
    return table("events", "Every event that was looked at", columns, rows, quiet=True)


def omitted(found: Findings) -> Table:
    """Return the causes the text leaves out, with what each does in the model."""
    rows: list[list[Cell]] = []
    for o in found.omitted:
        unit, (before, after) = o.test.query.unit, (o.default.against, o.default.value)
        words = [amount(v, unit) for v in (before, after)]
        rows.append([o.says, in_words(o.test), *words, cell(before), cell(after), unit, cell(o.share)])
    columns = [
        Column("says", head="what is left out"),
        Column("asked", head="in the model", drop=4),
        Column("as_it_is", "", "as things are, with the values in use"),
        Column("changed", "", "with the change, with the values in use"),
        Column("before", "see unit", "as things are, with the values in use", hidden=True),
        Column("after", "see unit", "with the change, with the values in use", hidden=True),
        Column("unit", hidden=True),
        Column(
            "share", "share of draws", "in which it works that way", "draws that agree", "percent", 3, short="draws"
        ),
    ]
    return table("omitted", "What the text leaves out", columns, rows)


def slips(found: Findings) -> Table:
    """Return what the text gets wrong as a matter of fact."""
    rows: list[list[Cell]] = []
    for s in found.trial.slips:
        event = found.trial.events[s.event] if s.event else None
        dated = (event.date, " ".join(event.source)) if event else (None, s.source)
        rows.append([s.says, s.really, *dated])
    columns = [
        Column("says", head="the text says"),
        Column("really", head="the record has"),
        Column("date", drop=2),
        Column("source", drop=1),
    ]
    return table("slips", "What the text says, and what the record has", columns, rows)


def theory(found: Findings) -> Table:
    """Return the mechanisms that the claims rest on, with the sources of each."""
    used = sorted({m for e in found.claims for m in e.claim.mechanisms})
    rows: list[list[Cell]] = [[m, MECHANISMS[m].claim, "; ".join(MECHANISMS[m].sources)] for m in used]
    columns = [Column("mechanism"), Column("claim", unsaid="count"), Column("sources", drop=1)]
    return table("theory", "The mechanisms that the claims rest on", columns, rows, quiet=True)
