"""Questions of what is signed and not yet in force: whether a treaty or agreement of two takes effect, or one of them ratifies it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import InstitutionRecord
from foedus.forecasts.forecast import Part
from foedus.forecasts.known_pacts import known
from foedus.forecasts.of_entries import drawn_lengths, in_windows, still_open
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.sentence import Sentence

IN_FORCE: Final = "signed treaties that took effect"
"""Class of how long treaties and agreements of two took from signature to their first day in force."""
PAPERS: Final = ("treaty", "agreement", "pact", "consult")
"""Classes of what can be signed."""


def is_signed(said: Sentence) -> bool:
    """Return whether a question speaks of a certain treaty, so that it is signed: "the treaty of ...", and not "a treaty"."""
    at = next((k for k, w in enumerate(said.words) if w.kind in PAPERS), None)
    if at is None:
        return False
    before = [w.text.lower() for w in said.words[max(at - 6, 0) : at + 1]]
    near = " ".join(before)
    return not re.search(r"\b(?:an?|any|new|another|some)\b", near)


def enters(said: Sentence) -> Query:
    """Return what a question asks about a treaty or agreement of two that is signed and comes into force.

    Raises
    ------
    NotUnderstood
        It is in force already, it does not say whose it is, or it asks how many or which.
    """
    if said.has("sign", "end", "join", "meet", "none", "any", "or") or said.form() in ("how many", "which"):
        raise NotUnderstood("of what comes into force is understood only whether, or when, one treaty of two does")
    if named := said.named():
        raise NotUnderstood(f"{named[0].name} is in force already")
    states = tuple(dict.fromkeys(w.value for w in said.words if w.kind == "state"))
    by = _ratifier(said)
    waiting = waits_between(said)
    bound = [r for r in said.pacts_of(states) if r.obligations.get("defence", 0.0) > 0.0]
    if bound and not waiting and not said.has("agreement"):
        raise NotUnderstood(f"{bound[0].name} is in force already")
    if not (waiting or is_signed(said)):
        raise NotUnderstood("it does not say that the treaty is signed, and no such one is known that waits")
    if len(states) == len(waiting) == 1:
        states = tuple(m.state for m in waiting[0].members)
    if len(states) != 2:
        raise NotUnderstood(
            "only treaties and agreements of two states are counted from signature to their first day in force"
        )
    notes: tuple[str, ...] = ("that it is signed is taken from the question",)
    if len(waiting) == 1:
        notes = (f"{waiting[0].name}, signed on {waiting[0].signed}",)
    made = replace(said.blank, kind="comes into force", all_of=states, by=by, counted=IN_FORCE, form=said.form())
    return replace(made, treaties=tuple(r.id for r in waiting[:1]), notes=notes)


def waits_between(said: Sentence) -> list[InstitutionRecord]:
    """Return what is signed and not yet in force on the day between the states of a question, of all pacts of two that are known."""
    states = {w.value for w in said.words if w.kind == "state"}
    return [r for r in known() if states and states <= {m.state for m in r.members} and _waits(r, said.asked)]


def _ratifier(said: Sentence) -> tuple[str, ...]:
    """Return the one who ratifies, where it is not both: the state beside a parliament, or the one before the verb."""
    if not said.has("ratify"):
        return ()
    words = [w for w in said.words if w.kind != "filler"]
    at = next(k for k, w in enumerate(words) if w.kind == "ratify")
    organ = next((k for k, w in enumerate(words) if w.kind == "organ"), None)
    if organ is not None:
        beside = [
            w.value for w in (*words[max(organ - 1, 0) : organ], *words[organ + 1 : organ + 3]) if w.kind == "state"
        ]
        return tuple(beside[:1])
    subject = {w.value for w in words[:at] if w.kind == "state"}
    passive = any(w.kind in PAPERS for w in words[:at])
    after = [w.value for w in words[at + 1 : at + 3] if w.kind == "state"]
    if passive:
        return tuple(after) if len(after) == 1 and not said.has("all") else ()
    return tuple(subject) if len(subject) == 1 else ()


def _waits(record: InstitutionRecord, day: dt.date) -> bool:
    begins = dt.date.fromisoformat(record.in_force) if record.in_force and len(record.in_force) == 10 else None
    if begins is None or not record.signed or len(record.members) != 2:
        return False
    return dt.date.fromisoformat(record.signed) <= day < begins


def into_force(query: Query) -> tuple[tuple[Part, ...], str] | None:
    """Return the chance that what is signed comes into force in the window, by how long others took, and the words of the record.

    Parameters
    ----------
    query : Query
        Of the kind ``comes into force``. One of two who ratifies has the square root of the distribution of both.

    Notes
    -----
    Those that never came into force stand in no list read here, so that it is somewhat too high.
    """
    asked = query.asked or query.start
    days, signed = _lengths(asked), query.signed or _signed(query, asked)
    if len(days) < FEWEST:
        return None
    mean, spread = drawn_lengths(days)
    share = 0.5 if len(query.by) == 1 else 1.0

    def chance(until: dt.date) -> NDArray[np.float64]:
        begin, first, last = (
            still_open((day - signed).days, mean, spread, share) for day in (asked, query.start, until)
        )
        return (first - last) / begin

    words = f"{IN_FORCE}: {len(days)} of two states, in {min(days)} to {max(days)} days"
    return in_windows(query, chance), words


FEWEST: Final = 5
"""Treaties from which a spread of their durations is estimated (judged)."""


def _lengths(day: dt.date) -> Sequence[int]:
    date = dt.date.fromisoformat
    both = [(date(r.signed), date(r.in_force)) for r in known() if r.signed and r.in_force and len(r.members) == 2]
    return [(begins - signed).days for signed, begins in both if begins <= day and begins > signed]


def _signed(query: Query, asked: dt.date) -> dt.date:
    record = next((r for r in known() if r.id in query.treaties), None)
    return dt.date.fromisoformat(record.signed) if record and record.signed else asked
