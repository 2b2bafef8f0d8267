"""A case: what it is about, who is in it and in what, which numbers move the answer most, and every number to look up."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from foedus.asking import behind
from foedus.asking.ask import DRAWS
from foedus.casebook.case import Case
from foedus.casebook.in_force import map_chart
from foedus.draws.ensemble import Progress
from foedus.methods import one_at_a_time, what_moves
from foedus.methods.importance import fewest
from foedus.methods.tables_of_sensitivity import worded
from foedus.model.parameters import BY_NAME
from foedus.questions import what_the_record_holds
from foedus.questions.answer import made_with
from foedus.questions.findings import Assessment
from foedus.questions.listing import ASSESSED
from foedus.questions.made_of import fact_words
from foedus.surfaces.svg.draw import draw
from foedus.vocabulary.prose import country, opening, the
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Column, shown, table, written
from foedus.web.address import Address, write
from foedus.web.answer_page import first_to_refuse
from foedus.web.held import Held
from foedus.web.limits import TooMuch
from foedus.web.state import as_it_stands, chips, drawn
from foedus.web.ties import mapped
from foedus.web.view import Figure, Shown, View
from foedus.web.who_and_what import about, link
from foedus.web.why_page import amount, span


def every_number(held: Held, address: Address) -> Section:
    """Return every number of a case, its institutions and states, and what to know before believing it."""
    return behind.every_number(held.plainly(address).task)


def leads(answer: Assessment, moves: Section, address: Address) -> list[tuple[str, str, str]]:
    """Return the numbers that move the answer, strongest first: words, the page of each, its value and where it comes from."""
    told = [t for name in ("matters", "tornado") for t in moves.tables if t.name == name][:1]
    listed = [str(n) for t in told for n in t.column("number")]
    targets = {what: u.target for u in answer.task.varied for what in (u.label, worded(u.label))}
    found = []
    for name in dict.fromkeys(n for n in listed if n in targets):
        target = targets[name]
        if isinstance(target, str):
            p = BY_NAME[target]
            value = amount(answer.task.parameters[target], "" if p.unit == "-" else p.unit)
            known = f"{p.meaning}: {value}, from {shown(p.low)} to {shown(p.high)}; {p.source}"
            found.append((worded(target), of_parameter(target, address.dated), opening(known)))
        else:
            fact = answer.case.fact(*target)
            span = (
                f", from {amount(fact.low, fact.unit)} to {amount(fact.high, fact.unit)}"
                if fact.low is not None
                else ""
            )
            why = f"judged: {fact.judged}" if fact.judged is not None else f"measured, {fact.date}"
            found.append((fact_words(fact), link(fact, address.dated), f"{amount(fact.value, fact.unit)}{span}; {why}"))
    return found


def mattering(answer: Assessment) -> Section:
    """Return which numbers matter: by the draws where they can tell, else by what comes with the package, one at a time."""
    drawn_, swings = what_moves.section(answer), one_at_a_time.known(answer)
    if drawn_.tables or swings is None:
        return drawn_
    alone, enough = one_at_a_time.section(swings, answer.task.varied), fewest(answer.task.varied)
    return alone if answer.draws < enough else replace(alone, says=(*drawn_.says, *alone.says))


def _alone(answer: Assessment, moves: Section) -> str:
    """Return how far the strongest number moves the answer by itself, where this is what is told of it."""
    swings = one_at_a_time.known(answer) if any(t.name == "tornado" for t in moves.tables[:1]) else None
    return "" if swings is None else one_at_a_time.lead(swings).partition(": ")[2]


def sooner(held: Held, address: Address, answer: Assessment) -> tuple[str, str, str] | None:
    """Return what can be said before the draws are there: a number with its page, and what it makes of one state's gain.

    None where the draws are there, where the numbers of a case come with the package, where strangers ask for a world of
    their own, and until it is worked out, beside the draws and not after them.
    """
    if answer.draws or not as_it_stands(held, address) or one_at_a_time.known(answer) is not None:
        return None
    first = first_to_refuse(answer)
    asked = held.asked(address, DRAWS)

    def work(progress: Progress) -> tuple[str, float, float] | None:
        return one_at_a_time.strongest(asked.task(ASSESSED, varied=True), first)

    with suppress(TooMuch):
        run = held.soon.begin(asked.digest(), work, 1, held.command(address, DRAWS))
        if run.finished.is_set() and run.error is None and run.result is not None:
            name, low, high = run.result
            named = leads(
                answer, Section("", "", tables=(table("matters", "", [Column("number")], [[name]]),)), address
            )
            moved = f"from {written(low, 'signed')} to {written(high, 'signed')} % of GDP a year"
            says = f"what {the(country(first))}, likeliest to refuse, gains by a council of all: {moved}"
            return (named[0][0], named[0][1], says) if named else None
    return None


def named_numbers(case: Case, dated: str) -> list[tuple[str, str, str, str, str, str]]:
    """Return every number of a case by name: words, page, how it is set, value, range, and where it comes from."""
    return [
        (
            opening(fact_words(f, case.as_of.year)),
            link(f, dated),
            ".".join(x for x in (f.subject, f.quantity, f.against) if x),
            amount(f.value, f.unit),
            span(f.low, f.high, f.unit),
            f"judged: {f.judged}" if f.judged is not None else f"measured, {f.date}",
        )
        for f in case.facts
    ]


def of_parameter(name: str, case: str) -> str:
    """Return the page of a parameter, as it matters in a case."""
    return f"/n/{name}?case={quote(case, safe='@')}"


def show(held: Held, address: Address) -> Shown:
    """Return the page of a case; errors as its reader."""
    section = every_number(held, address)
    answer, state = drawn(held, address)
    case, moves = answer.case, mattering(answer)
    said, odds = state.verdict(answer)
    words: dict[str, Any] = {
        "kicker": case.question,
        "heading": case.title,
        **about(case, f"@{address.year}" if address.year is not None else ""),
        "answer": f"{said.rstrip('.')}: {odds}"
        if answer.draws
        else f"{said} A body has {odds} The verdict waits for {'its ' if state.under_way else ''}draws.",
        "map": mapped(held, answer, address),
        "map_words": map_chart(case).caption,
        "section": section,
        "numbers": named_numbers(case, address.dated),
        "moves": moves,
        "alone": _alone(answer, moves),
        "record": held.shelf.get(
            ("record-law", case.sha256, answer.task.run_id(0, 1)), lambda: what_the_record_holds.section(answer)
        ),
        "leads": leads(answer, moves, address),
        "sooner": sooner(held, address, answer) if state.under_way else None,
        "state": state,
        "changes": chips(held.prefix, address, held.own_levers(address)),
        "back": write(address.at()),
    }
    command = held.command(replace(address, seed=1), None, "numbers")
    return Shown("section.html", section.title, words, command, made_with(answer), 2 if state.under_way else 0)


def figure(held: Held, address: Address) -> Figure:
    """Return the map of a case, as a picture that is taken along."""
    found = held.answer(address)
    chart = map_chart(found.case)
    made = {k: v for k, v in made_with(found).items() if k not in ("draws", "result_hash")}  # no draw is in a map
    return Figure(lambda width: draw(chart, width), f"{chart.title}. {found.case.title}", chart.caption, made)


VIEW = View("case", "", show, every_number, figure)
