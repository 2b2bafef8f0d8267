"""Sections: pages that show one answer as the report has it, with its one word: the quarrel, and every number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from foedus.asking import about_a_case, behind
from foedus.casebook.case import Case
from foedus.questions.answer import made_with
from foedus.vocabulary.record import Section
from foedus.web import power_page
from foedus.web.address import Address, write
from foedus.web.held import Held
from foedus.web.state import chips
from foedus.web.view import Found, Shown, View


def quarrel(held: Held, address: Address) -> Section:
    """Return how far a quarrel goes in every variant, of as many draws as the address asks for."""
    asked = held.asked(address, address.draws or 0)
    return about_a_case.dispute(asked, _pair(held, address))


def every_number(held: Held, address: Address) -> Section:
    """Return every number of a case, its institutions and states, and what to know before believing it."""
    return behind.every_number(held.plainly(address).task)


def _pair(held: Held, address: Address) -> tuple[str, ...]:
    """Return the pair of an address; that of the case, or the one with most grievances, where it names none."""
    given = tuple(s for s in address.word("pair").split(",") if s)
    case = held.case(address.case, address.year)
    if given or case.quarrel:
        return given
    weighed = _quarrels(case)
    return max(weighed, key=lambda p: weighed[p]) if weighed else ()


def _quarrels(case: Case) -> dict[tuple[str, ...], float]:
    """Return the pairs of states with a grievance, each with how much there is of it."""
    found: dict[tuple[str, ...], float] = {}
    for f in case.facts:
        if f.quantity == "grievance" and f.value > 0:
            pair = tuple(sorted((f.subject, str(f.against))))
            found[pair] = found.get(pair, 0.0) + f.value
    return found


def _chosen(name: str) -> Callable[[Held, Address], list[tuple[str, str, bool]]]:
    """Return what lists the choices of a page's one word, each with its address."""

    def quarrels(held: Held, address: Address) -> list[tuple[str, str, bool]]:
        case = held.case(address.case, address.year)
        pairs = _quarrels(case)
        now = tuple(sorted(_pair(held, address) or case.quarrel))
        listed = sorted(pairs, key=lambda p: (p != tuple(sorted(case.quarrel)), p))
        return [(" and ".join(p), write(address.having(pair=",".join(p))), p == now) for p in listed[:14]]

    return {"quarrel": quarrels}.get(name, lambda held, address: [])


def _command(held: Held, address: Address) -> str:
    draws = str(address.draws or 0)
    if address.page == "case":
        return held.command(replace(address, seed=1), None, "numbers")
    return held.command(address, int(draws), "dispute", *_pair(held, address))


def _show(found: Callable[[Held, Address], Section], question: str) -> Callable[[Held, Address], Shown]:
    def show(held: Held, address: Address) -> Shown:
        section = found(held, address)
        answer = held.plainly(address)
        words: dict[str, Any] = {
            "kicker": f"{answer.case.title} · {question}",
            "section": section,
            "changes": chips(held.prefix, address),
            "choices": _chosen(address.page)(held, address),
            "back": write(address.at()),
        }
        return Shown("section.html", section.title, words, _command(held, address), made_with(answer))

    return show


def _view(name: str, found: Callable[[Held, Address], Section], question: str) -> View:
    asked: Callable[[Held, Address], Found] = found
    return View(name, "", _show(found, question), asked)


VIEWS = (
    _view("quarrel", quarrel, "How far does a quarrel go, with and without a council?"),
    *power_page.VIEWS,
    _view("case", every_number, "Which numbers are behind it, and who says so?"),
)
