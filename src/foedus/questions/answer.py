"""The answer: an assessment as one record, the first screen in plain words, then every question, then every number."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case
from foedus.casebook.in_force import bodies, institutions_table, map_chart
from foedus.mechanisms import MECHANISMS, granted
from foedus.model.parameters import PARAMETERS, Parameters
from foedus.model.sizes import in_words
from foedus.questions import levers
from foedus.questions.before_reading import before_reading
from foedus.questions.columns import describe
from foedus.questions.contradicted import contradicted
from foedus.questions.findings import FEWEST, HIGH, Assessment
from foedus.questions.listing import QUESTIONS
from foedus.questions.made_with import made_with as made_of
from foedus.questions.on_record import EVEN, YEARS, without_hub
from foedus.questions.reasons import worst_term
from foedus.questions.study import EVERYBODY
from foedus.questions.theory_tables import parameters_table
from foedus.questions.what_forms import CHANCE, DECADE, FORM_LABELS, body_band, members_of_draft
from foedus.questions.who_blocks import GAIN, blockers
from foedus.simulation.formation import Form
from foedus.vocabulary.prose import LIKELIHOOD, counted, country, likelihood, listing, opening, steps, the
from foedus.vocabulary.record import Record, Section, Source
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

MANY: Final = 30
"""Draws from which on the order statistics beside the upper end of a band are drawn ones."""

STEADY: Final = 0.9
"""Share of draws from which on an answer is called steady."""

OPEN: Final = 0.05
"""Difference from which on the end of a band is said to be open."""

SPLIT: Final = (0.1, 0.5)
"""Ends of a range that says nothing: if nine in ten draws reach from below the first to above the second."""

ASSUMPTIONS: Final[tuple[str, ...]] = (
    "A bilateral treaty and a multilateral one are equally deep, so nothing favours either but the mechanisms.",
    "Nuclear weapons enter only through judged capability, so the uniqueness of the hub is understated.",
    "The hub hardly cares between architectures (less than a quarter per cent of GDP), so its choice is noisy; vetoes of "
    "spokes are not.",
    "The structure was fixed with Europe 1949, Asia 1953 and Asia 2020 in view; the three are calibration, not proof.",
    "A body without the hub does not count as a body here, whatever its members call it.",
    "Most ranges are judged. Drawn from what two centuries of signing say (--calibration), levels and some reasons differ, "
    "and not every term has the sign there that the theory says: foedus calibrate show record-1817-2016.",
)
"""What every reader has to know before believing a number, besides what each mechanism assumes."""


def headline(assessment: Assessment) -> str:
    """Return the answer in one sentence: the odds over one and ten years, and whether the judged numbers settle it."""
    band = assessment.band(DECADE())
    low, high, decade, year = band.low, band.high, band.default, percent(body_band(assessment).default)
    body = likeliest_body(assessment) if decade >= EVEN else ""
    a_body = "further multilateral body" if bodies(assessment.case) else "multilateral body"
    ten, across = f"{percent(decade)} in {YEARS} years", f"{percent(low)} to {percent(high)} across draws"
    if math.isnan(band.low):
        drawn = "one draw is" if assessment.draws == 1 else f"{counted(assessment.draws, 'draw')} are"
        few = f"; {drawn} too few to say how sure that is" if assessment.draws else ""
        # of draws nothing is known here, and they may go well beyond the words
        return f"A {a_body}{body} {will(decade)} with the values in use: {ten}, {year} in one{few}."
    if low < SPLIT[0] and high > SPLIT[1]:
        return (
            f"The {assessment.task.uncertain} do not settle whether a {a_body} forms: {ten} ({across}), {year} in one."
        )
    apart = max(steps(decade, high), steps(low, decade))
    known = (
        " with the values in use" if apart > 1 else ""
    )  # the words are of the default, and the draws go well beyond them
    sure = (
        min(max(decade, LIKELIHOOD[0][0]), LIKELIHOOD[-2][0] - 1e-9) if known else decade
    )  # nothing is almost certain of which the draws are not
    return f"A {a_body}{body} {will(sure)}{known}: {ten} ({across}), {year} in one."


def will(p: float) -> str:
    """Return how likely it is that something forms, in words that stand after it."""
    words = likelihood(p)
    return f"is {words} to form" if p >= LIKELIHOOD[0][0] else "almost certainly does not form"


def likeliest_body(assessment: Assessment) -> str:
    """Return how large the body is that the model has form most often; empty where none is drafted."""
    forms = (Form.COUNCIL, Form.HUB_LED)
    best = max(forms, key=lambda f: assessment.value(f"forms|{f}||probability"))
    members = members_of_draft(assessment, best)
    return f", mostly of {len(members)}," if members else ""


def who(assessment: Assessment) -> str:
    """Return who blocks and why, in one sentence."""
    losing = [s for s in blockers(assessment) if assessment.value(GAIN(EVERYBODY, s)) < 0]
    if not losing:
        return "Nobody would lose by a council of all."
    named = losing[: 3 if len(losing) == 3 else 2]
    more = [f"{len(losing) - len(named)} more"] if len(losing) > len(named) else []
    names = opening(listing([*(the(country(s)) for s in named), *more]))
    by_term: dict[str, list[str]] = {}
    for state in named:  # each loses by terms of its own, and none speaks for those that are not named
        by_term.setdefault(MECHANISMS[worst_term(assessment.default, [state])].called(-1.0), []).append(state)
    if len(by_term) == 1 and not more:
        return f"{names} would lose by a council of all, most through {next(iter(by_term))}."
    said = [f"{listing(the(country(s)) for s in those)} through {term}" for term, those in by_term.items()]
    return f"{names} would lose by a council of all: {', '.join(said).replace(' through ', ' most through ', 1)}."


def certainty(assessment: Assessment) -> str:
    """Return how sure the answer is, in one sentence."""
    if assessment.draws == 0:
        return "No ensemble was run, so nothing is said about certainty."
    rare = float((assessment.drawn("forms|body||probability") < SPLIT[0]).mean())
    even = float((assessment.drawn("forms|body||probability") > SPLIT[1]).mean())
    few = " So few draws tell little." if assessment.draws < FEWEST else ""
    return f"Of {counted(assessment.draws, 'draw')}, {percent(rare)} have it below one in ten a year, {percent(even)} above even.{few}"


def steadiest(assessment: Assessment) -> str:
    """Return what hardly depends on the draw, as it was found in them: who would lose by a council of all."""
    if assessment.draws < FEWEST:
        return "Levels are uncertain; 20 draws or more say what is not."
    losing = {s: float((assessment.drawn(GAIN(EVERYBODY, s)) < 0).mean()) for s in assessment.case.states}
    sure = sorted((s for s in losing if losing[s] >= STEADY), key=lambda s: -losing[s])
    if not sure:
        return "Levels are uncertain, and so is who blocks: nobody loses by a council of all in nine of ten draws."
    loses = "loses" if len(sure) == 1 else "lose"
    return (
        f"Levels are uncertain; steadier is who blocks: {listing(the(country(s)) for s in sure)} {loses} by a council of all in "
        f"at least nine of ten draws."
    )


def around(drawn: Sequence[float] | NDArray[np.float64], share: float) -> tuple[float, float]:
    """Return the two drawn values between which a quantile lies, with a chance of 95 % whatever the distribution.

    Parameters
    ----------
    drawn : sequence of float
    share : float
        Of what is drawn that lies below the quantile, 0 to 1.

    References
    ----------
    David, H. A. and Nagaraja, H. N. (2003). Order Statistics, 3rd ed., section 7.1. Hoboken: Wiley; normal approximation.

    Examples
    --------
    >>> around(range(1000), 0.95)
    (936.0, 964.0)
    """
    found, n = np.sort(np.asarray(drawn, dtype=np.float64)), len(drawn)
    wide = 1.96 * math.sqrt(n * share * (1 - share))
    low, high = (float(found[min(n - 1, max(0, round(n * share + sign * wide)))]) for sign in (-1, 1))
    return low, high


def settled(assessment: Assessment) -> tuple[str, ...]:
    """Return how far the number of draws leaves the upper end of the band open; empty where it hardly does.

    By order statistics: the 95 % quantile of n draws lies between two of them with a known chance, whatever is drawn.
    """
    drawn = assessment.drawn("forms|body||probability")
    if assessment.draws < MANY:
        return ()
    low, high = around(drawn, HIGH)
    if high - low < OPEN:
        return ()
    between = f"{percent(low)} and {percent(high)} a year"
    return (f"More draws would settle the upper end of the band of a body's chance, which lies between {between}.",)


def inputs_table(case: Case) -> Table:
    """Return every number of a case with its source or its judgement."""
    columns = [
        Column("quantity"),
        Column("state"),
        Column("about"),
        Column("value", "see unit"),
        Column("unit", drop=6),
        Column("date", drop=5),
        Column("source", drop=4),
        Column("judged", drop=3),
        Column("low", "see unit", drop=2),
        Column("high", "see unit", drop=2),
        Column("note", drop=7),
        Column("where", hidden=True),
    ]
    rows: list[list[Cell]] = []
    for f in case.facts:
        said = (f.quantity, f.subject, f.against, f.value, f.unit, f.date)
        rows.append([*said, " ".join(f.source), f.judged, f.low, f.high, f.note, f.where])
    return table("inputs", "Every number of the case", columns, rows, quiet=True)


def events_table(case: Case) -> Table:
    """Return the dated events of a case."""
    rows: list[list[Cell]] = [[e.date, e.text, " ".join(e.actors), e.type, " ".join(e.source)] for e in case.events]
    columns = [Column("date"), Column("text"), Column("actors"), Column("type"), Column("source")]
    return table("events", "Events", columns, rows, quiet=True)


def draws_table(assessment: Assessment) -> Table:
    """Return every draw: the uncertain numbers and the outcomes of a round, one row a draw."""
    labels = [u.label for u in assessment.task.varied]
    keys = [k for k in assessment.ensemble.keys if k.startswith("forms|") and k.endswith("|probability")]
    told = map(describe, (*labels, *keys))
    columns = [Column("draw", unsaid="count"), *(replace(c, unit="", unsaid="1") if c.unit == "-" else c for c in told)]
    values = [assessment.ensemble.column(k).tolist() for k in keys]
    rows = [[n, *assessment.design[n].tolist(), *(v[n] for v in values)] for n in range(assessment.draws)]
    return table("draws", "Every draw", columns, rows, quiet=True)


def assumptions(laws: Mapping[str, str]) -> tuple[str, ...]:
    """Return what every reader has to know before believing a number: of the whole, and of the laws in use."""
    return (*ASSUMPTIONS, *granted(laws))


def limits(case: Case, laws: Mapping[str, str]) -> Section:
    """Return what to know before believing a number, and the notes of the case."""
    said = assumptions(laws)
    notes = Section("notes", "Notes on the case", tuple(p for p in case.notes.split("\n\n") if p), folded=True)
    return Section("limits", "Limits", said, sections=(notes,) if case.notes else (), folded=True)


def inputs(assessment: Assessment) -> Section:
    """Return every number with its source or its judgement."""
    case = assessment.case
    says = (
        "A measured number has a date, a unit and a source. A judged one has a reason and a range, and every draw of "
        "the ensemble varies it.",
    )
    facts, parameters = inputs_table(case), parameters_table(assessment.task.parameters)
    found = (facts, parameters, institutions_table(case), events_table(case), draws_table(assessment))
    return Section("inputs", "Every number", says, found, folded=True)


def made_with(assessment: Assessment) -> dict[str, Any]:
    """Return what an assessment was made with."""
    hashes = assessment.hashes()
    made = made_of((assessment.task,), assessment.draws, assessment.seed, hashes["code"], hashes["result"])
    return {**made, **({"given": " ".join(assessment.given)} if assessment.given else {})}


def likeliest(assessment: Assessment) -> str:
    """Return the likeliest outcome of a year, in one sentence."""
    chances = {f: assessment.value(f"forms|{f}||probability") for f in Form}
    best = max(chances, key=lambda f: chances[f])
    return f"The likeliest outcome of a year: {FORM_LABELS[best][0].lower()}{FORM_LABELS[best][1:]} ({percent(chances[best])})."


def record_of(assessment: Assessment, more: Sequence[Section] = ()) -> Record:
    """Return an assessment as one record.

    Parameters
    ----------
    assessment : Assessment
    more : sequence of Section
        What else is known about the same question, for example what moves the answer.
    """
    case = assessment.case
    found = [q.section(assessment) for q in QUESTIONS.values() if q.section is not None]
    chart = map_chart(case)
    told = (
        likeliest(assessment),
        *settled(assessment),
        *uncounted(case),
        *before_reading(assessment.task),
        *contradicted(assessment),
        *changed_words(assessment),
        steadiest(assessment),
    )
    today = Section("today", f"In force on {case.as_of}", told, charts=(chart,))
    now = levers.Today(body_band(assessment).default, assessment.value(CHANCE(Form.FORUM)))
    change = levers.section(assessment.effects, now)
    return Record(
        "assessment",
        case.title,
        case.question,
        f"as of {case.as_of} · {counted(assessment.draws, 'draw')}",
        (headline(assessment), who(assessment), certainty(assessment)),
        (
            today,
            *(s for s in found if s is not None),
            change,
            *more,
            limits(case, assessment.task.parameters.laws),
            inputs(assessment),
        ),
        tuple(Source(s.key, s.citation, s.url or "", s.trust) for s in case.sources.values()),
        made_with(assessment),
    )


def uncounted(case: Case) -> tuple[str, ...]:
    """Return which bodies in force do not count as bodies here, in one sentence; nothing where there are none."""
    names = [r.name for r in without_hub(case)]
    return (f"Bodies without the hub do not count as bodies here: {listing(names)}.",) if names else ()


def changed_words(assessment: Assessment) -> tuple[str, ...]:
    """Return what was changed by hand, in one sentence; nothing where nothing was."""
    made = made_with(assessment)
    parts = [f"without {made['without']}"] if "without" in made else []
    parts += [f"by {made['laws']}"] if "laws" in made else []
    parts += [str(made["changes"])] if "changes" in made else []
    parts += in_words(assessment.task.levers, assessment.case.own_levers)
    said = (f"Changed by hand: {'; '.join(parts)}.",) if parts else ()
    return (*said, *beyond(assessment.task.parameters))


def beyond(values: Parameters) -> tuple[str, ...]:
    """Return which parameters lie outside their judged range, in one sentence; an estimate may, and is marked where it stands."""
    if values.calibrated_by:
        return ()
    out = [p for p in PARAMETERS if not p.low <= values[p.name] <= p.high]
    told = listing(f"{p.name.replace('_', ' ')} = {values[p.name]:g} (range {p.low:g} to {p.high:g})" for p in out)
    return (f"Outside what is held possible: {told}.",) if out else ()
