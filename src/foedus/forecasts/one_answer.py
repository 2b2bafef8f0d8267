"""One question in plain words and its answer: a sentence first, then how it was read, what answers it, and how far to trust it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from foedus.forecasts.dated import LONGEST_LABEL, Question, date_of
from foedus.forecasts.forecast import Forecast, Part
from foedus.forecasts.laws import answering
from foedus.forecasts.outlook import LIMITS, Outlook
from foedus.vocabulary.errors import FoedusError, Problem
from foedus.vocabulary.prose import counted, likelihood, listing
from foedus.vocabulary.record import Record, Section
from foedus.vocabulary.states import STATES
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

LIKELIEST: Final = 3
"""Of a number, a list or a year, as many chances are in the sentence; the table has more."""
HARDLY: Final = 0.005
"""What is no likelier is not in the table: one in two hundred, where percentages end."""
CAN_BE_ASKED: Final = (
    "Whether, when, with whom and how many treaties are signed, hold or end; who joins, stays in or leaves a body; "
    "whether a forum meets; each with a last day. `foedus forecast mapping` lists the words."
)
"""What is said to a question that is not understood."""


def one_question(text: str, opened: str, closes: str = "") -> Question:
    """Return a question that is asked by itself.

    Parameters
    ----------
    text : str
    opened, closes : str
        Day on which it is asked, and the last day on which it can come true, as 2020-12-29; no last day where empty.

    Raises
    ------
    FoedusError
        It is empty or too long, or a date is none, or closes before it opens.
    """
    words = " ".join(text.split())
    if not words:
        raise FoedusError(Problem("question", "it is empty", "Ask in words, as 'Will Finland join NATO by 2024?'"))
    if len(words) > LONGEST_LABEL:
        raise FoedusError(Problem("question", f"it has {len(words):,} letters", f"Use at most {LONGEST_LABEL:,}"))
    first = _day("opened", opened, last=False)
    final = _day("closes", closes, last=True) if closes else None
    if final is not None and final < first:
        raise FoedusError(Problem("closes", f"{final} is before {first}, when it is asked", "Write a later day"))
    return Question("1", words, first, final, None)


def _day(name: str, text: str, last: bool) -> dt.date:
    try:
        return date_of(text, last)
    except ValueError as error:
        raise FoedusError(Problem(name, str(error), "Write year-month-day, as 2020-12-29")) from error


def one_answer(outlook: Outlook) -> Record:
    """Return the answer to the only question of an outlook, as one record that begins with a sentence."""
    (found,) = outlook.forecasts
    head = "What answers it" if found.answered else "What can be asked"
    sections = [Section("answer", head, _grounds(found, outlook), tables=_chances(found))]
    if found.query is not None and found.answered:
        sections.append(Section("limits", "What the forecast leaves out", LIMITS))
    case = found.query.case if found.query is not None and not found.query.counted else ""
    return Record(
        "answer",
        found.question.text,
        "How likely is it?",
        f"asked on {found.question.opened} · {counted(outlook.draws, 'draw')}",
        (_sentence(found),),
        tuple(sections),
        made=_made(outlook, case) | {"seed": outlook.seed, "draws": outlook.draws},
    )


def _made(outlook: Outlook, case: str) -> dict[str, Any]:
    """Return what the answer was made with: of the cases the one that answers alone."""
    others = {f"{name}_hash" for name in outlook.hashes if name not in (case, "parameters", "code")}
    return {name: value for name, value in outlook.made.items() if name not in others | {"counts"}}


def _chances(found: Forecast) -> tuple[Table, ...]:
    """Return the chances of a number, a list or a year, without those that nobody would see."""
    some = [p for p in found.parts if p.probability > HARDLY]
    columns = (
        Column("answer"),
        Column("probability", "probability", "mean over the draws", form="percent"),
        Column("low", "probability", "5 % of the draws", form="percent"),
        Column("high", "probability", "95 % of the draws", form="percent"),
        Column("default", "probability", "with default parameters", form="percent", drop=1),
    )
    rows: list[list[Cell]] = [[_named(p.name), p.probability, p.low, p.high, p.default] for p in some]
    return (table("chances", f"Every answer likelier than one in {1 / HARDLY:.0f}", columns, rows),) if some else ()


def _sentence(found: Forecast) -> str:
    if found.fact:
        return f"{found.fact} {found.source}".strip()
    if not found.answered:
        return f"No answer: {found.reason}."
    said = f"{_first_upper(found.words)}."
    if found.parts:
        return f"{said} {_likeliest(found.parts)}."
    assert found.probability is not None
    band = (
        f", {_range(found.low, found.high)} over the draws" if found.low is not None and found.high is not None else ""
    )
    return f"{said} {_first_upper(likelihood(found.probability))}: {percent(found.probability)}{band}."


def _range(low: float, high: float) -> str:
    return " to ".join(dict.fromkeys((percent(low), percent(high))))


def _likeliest(parts: tuple[Part, ...]) -> str:
    by = sorted(parts, key=lambda p: -p.probability)
    some = [f"{_named(p.name)} ({percent(p.probability)})" for p in by[:LIKELIEST] if p.probability > HARDLY]
    return f"Likeliest: {listing(some)}" if some else "None of them is likelier than one in two hundred"


def _grounds(found: Forecast, outlook: Outlook) -> tuple[str, ...]:
    if found.query is None or not found.answered:
        return (CAN_BE_ASKED,) if not found.fact else ("The record answers it; that is no forecast.",)
    by = answering(found.query.answered_as, outlook.laws)
    by_case = "" if found.query.counted else f" The numbers are those of {found.query.case}."
    told = [f"{_first_upper(by.law)}: {by.says}{by_case}", _first_upper(by.certainty.rstrip(".")) + "."]
    if found.query.left_out:
        told.append(
            f"Read without {listing([repr(w) for w in found.query.left_out])}: where that matters, it is another question."
        )
    if found.reference is not None and found.query.form == "whether" and not found.query.counted:
        told.append(
            f"At the rate of its reference class the same window has {percent(found.reference)}: {found.reason}."
        )
    elif found.reason:
        told.append(f"{_first_upper(found.reason)}.")
    return tuple(told)


def _named(part: str) -> str:
    """Return a state by its name; a number and a year are what they are."""
    return STATES[part].name if part in STATES else part


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
