"""Sections: which numbers move the answer most, and then every number of a case, and who says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from foedus.asking import behind
from foedus.methods import what_moves
from foedus.questions.answer import made_with
from foedus.vocabulary.record import Section
from foedus.web.address import Address, write
from foedus.web.held import Held
from foedus.web.state import chips, drawn
from foedus.web.view import Shown, View


def every_number(held: Held, address: Address) -> Section:
    """Return every number of a case, its institutions and states, and what to know before believing it."""
    return behind.every_number(held.plainly(address).task)


def show(held: Held, address: Address) -> Shown:
    """Return the page of every number; errors as the reader of the case."""
    section = every_number(held, address)
    answer, state = drawn(held, address)
    words: dict[str, Any] = {
        "kicker": f"{answer.case.title} · Which numbers are behind it, and who says so?",
        "section": section,
        "moves": what_moves.section(answer),
        "state": state,
        "changes": chips(held.prefix, address),
        "back": write(address.at()),
    }
    command = held.command(replace(address, seed=1), None, "numbers")
    return Shown("section.html", section.title, words, command, made_with(answer), 2 if state.under_way else 0)


VIEW = View("case", "", show, every_number)
