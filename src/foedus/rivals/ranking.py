"""Rival theories side by side: what each says about a case, and how it scores against the record."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.rivals.prediction import HORIZON
from foedus.rivals.scored import Score
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Cell, Column, Table, table


def contest(scores: Sequence[Score]) -> Table:
    """Return one row per case, theory and question, then one per theory and question over all cases."""
    rows: list[list[Cell]] = []
    for s in scores:
        wrong = " ".join(s.wrong) or None if s.states else "cannot answer"
        about = (s.prediction.case, s.prediction.theory, s.question)
        rows.append([*about, s.states or None, s.hits, s.brier, s.log_score, wrong])
    if len({s.prediction.case for s in scores}) > 1:
        kinds = dict.fromkeys((s.prediction.theory, s.question) for s in scores)
        rows += [_over_all(theory, question, scores) for theory, question in kinds]
    columns = [
        Column("case"),
        Column("theory"),
        Column("question"),
        Column("n", "", "states asked about", unsaid="count"),
        Column("hits", "", "on the right side of one half", unsaid="count"),
        Column("brier", "0 to 1", "one half scores 0.25"),
        Column("log_score", "nats", "one half scores 0.693"),
        Column("wrong", "", "+ seen inside, - not seen"),
    ]
    return table("contest", "Rival theories against the record", columns, rows)


def _over_all(theory: str, question: str, scores: Sequence[Score]) -> list[Cell]:
    own = [s for s in scores if (s.prediction.theory, s.question) == (theory, question) and s.states]
    n = sum(s.states for s in own)
    if not n:
        return ["all cases", theory, question, None, None, None, None, "cannot answer"]
    brier = sum((s.brier or 0.0) * s.states for s in own) / n
    loss = sum((s.log_score or 0.0) * s.states for s in own) / n
    return ["all cases", theory, question, n, sum(s.hits or 0 for s in own), brier, loss, None]


def predictions(scores: Sequence[Score]) -> Table:
    """Return one row per case and theory: what it says, and what it cannot answer."""
    told = {(s.prediction.case, s.prediction.theory): s.prediction for s in scores}
    rows: list[list[Cell]] = [[p.case, p.theory, p.says, p.silent or None] for p in told.values()]
    columns = [Column("case"), Column("theory"), Column("says"), Column("cannot_answer")]
    return table("predictions", "What each theory says", columns, rows)


def section(scores: Sequence[Score]) -> Section:
    """Return what each theory says and how it scores, as one answer."""
    says = (
        f"Every theory is asked who is bound to the hub by a treaty, and who is in a body with it, {HORIZON} years after the date "
        "of a case; each state is a question of its own, and a chance above one half counts as a yes.",
        "foedus and its single causes give chances for one year, the mean over the draws: the chance of each state to be in a "
        "body, and not, as the first line of an assessment, the chance of any body, in ten years.",
    )
    return Section("contest", "Rival theories", says, tables=(predictions(scores), contest(scores)))
