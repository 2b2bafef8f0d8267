"""Tables of a trial: the scoreboard, and the vocabulary in which claims are written."""

from __future__ import annotations

import math

from foedus.questions.levers import LEVERS
from foedus.reports.trialwords import assumption, in_words
from foedus.trials.claims import Trial
from foedus.trials.evidence import Evidence, Findings
from foedus.trials.queries import PHRASES
from foedus.vocabulary.tables import Cell, Column, Table, shown, table


def none_of(value: float) -> float | None:
    """Return a number, or None where there is none or it is endless."""
    return value if math.isfinite(value) else None


def assumptions(e: Evidence, here: str) -> str | None:
    """Return the assumptions that turn a claim, each with the value at which it does."""
    return ", ".join(f"{assumption(p.label, here)} at {shown(p.value)}" for p in e.flipped_by) or None


def scoreboard(found: Findings) -> Table:
    """Return one row per claim: what model and record say, and the verdict."""
    rows: list[list[Cell]] = []
    for e in found.claims:
        low, median, high = (none_of(v) for v in e.band())
        rows.append(
            [
                e.claim.id,
                e.claim.says,
                e.verdict.value,
                e.model,
                none_of(e.share),
                none_of(e.default.value),
                none_of(e.default.against),
                none_of(e.default.effect),
                median,
                low,
                high,
                e.seen,
                ", ".join(e.sources(found.trial.events)) or None,
                e.disagree,
                ", ".join(e.turned_by) or None,
                assumptions(e, found.trial.case.name),
                e.claim.falsified_if,
            ]
        )
    columns = [
        Column("claim"),
        Column("says"),
        Column("verdict"),
        Column("model"),
        Column("share", "share of draws", "in which the claim holds"),
        Column("value", "unit of the quantity", "what was asked for, with the values in use"),
        Column("against", "same", "what it is compared with"),
        Column("effect", "same", "beyond the smallest change that counts; above 0 the claim holds"),
        Column("median", "same"),
        Column("low", "same", "5 % of draws"),
        Column("high", "same", "95 % of draws"),
        Column("record"),
        Column("sources", "", "keys of the events the record tests look at"),
        Column("disagree", "", "model and record say the opposite"),
        Column("turned_by", "", "mechanisms without which the answer turns"),
        Column("flipped_by", "", "assumptions that turn the answer within their range, all else as in use"),
        Column("falsified_if"),
    ]
    text = found.trial.text
    return table("trial", f"{text.author}: {text.title}", columns, rows)


def slips(trial: Trial) -> Table:
    """Return what the text gets wrong as a matter of fact."""
    rows: list[list[Cell]] = [[s.says, s.record, s.event or s.source] for s in trial.slips]
    return table(
        "slips",
        "What the text says, and what the record has",
        [Column("the text says"), Column("the record has"), Column("shown by")],
        rows,
    )


def omitted(found: Findings) -> Table:
    """Return the causes the text leaves out, with what each does in the model."""
    rows: list[list[Cell]] = [
        [o.says, in_words(o.test), none_of(o.default.against), none_of(o.default.value), none_of(o.share)]
        for o in found.omitted
    ]
    columns = [
        Column("what is left out"),
        Column("in the model"),
        Column("before", "unit of the quantity"),
        Column("after", "unit of the quantity"),
        Column("share", "share of draws", "in which it works that way"),
    ]
    return table("omitted", "What the text leaves out", columns, rows)


def vocabulary() -> Table:
    """Return the phrases and levers that claims are written with."""
    rows: list[list[Cell]] = [["quantity", m.written, f"{m.about} ({m.unit})"] for m in PHRASES]
    rows.append(["place", "… in CASE or … in CASE@YEAR", "the same of another case (under also:), or in another year"])
    rows += [["lever", lever.key, lever.label] for lever in LEVERS]
    return table("vocabulary", "What claims can ask", [Column("kind"), Column("written as"), Column("meaning")], rows)
