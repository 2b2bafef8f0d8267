"""Sections: which numbers move the answer most, and then every number of a case, and who says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from foedus.asking import behind
from foedus.methods import what_moves
from foedus.methods.tables_of_sensitivity import worded
from foedus.questions.answer import made_with
from foedus.questions.findings import Assessment
from foedus.questions.made_of import fact_words
from foedus.vocabulary.record import Section
from foedus.web.address import Address, write
from foedus.web.held import Held
from foedus.web.state import chips, drawn
from foedus.web.view import Shown, View


def every_number(held: Held, address: Address) -> Section:
    """Return every number of a case, its institutions and states, and what to know before believing it."""
    return behind.every_number(held.plainly(address).task)


def leads(answer: Assessment, moves: Section, address: Address) -> list[tuple[str, str]]:
    """Return the numbers that move the answer in words, strongest first, each with the page that says where it comes from."""
    listed = [str(n) for t in moves.tables if t.name == "matters" for n in t.column("number")]
    targets = {what: u.target for u in answer.task.varied for what in (u.label, worded(u.label))}
    found = []
    for name in dict.fromkeys(n for n in listed if n in targets):
        target = targets[name]
        if isinstance(target, str):
            found.append((worded(target), f"/parameters#{target}"))
        else:
            states = "/".join(s for s in target[1:] if s)
            words = fact_words(answer.case.fact(*target))
            found.append((words, f"/n/{target[0]}/{states}?case={quote(address.dated, safe='@')}"))
    return found


def show(held: Held, address: Address) -> Shown:
    """Return the page of every number; errors as the reader of the case."""
    section = every_number(held, address)
    answer, state = drawn(held, address)
    moves = what_moves.section(answer)
    words: dict[str, Any] = {
        "kicker": f"{answer.case.title} · Which numbers are behind it, and who says so?",
        "section": section,
        "moves": moves,
        "leads": leads(answer, moves, address),
        "state": state,
        "changes": chips(held.prefix, address),
        "back": write(address.at()),
    }
    command = held.command(replace(address, seed=1), None, "numbers")
    return Shown("section.html", section.title, words, command, made_with(answer), 2 if state.under_way else 0)


VIEW = View("case", "", show, every_number)
