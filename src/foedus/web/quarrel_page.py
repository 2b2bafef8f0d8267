"""The quarrel: how often two states both escalate in a year, and what a council, rescue or a pledge would make of it."""

from __future__ import annotations

from typing import Any

from foedus.asking import about_a_case
from foedus.casebook.case import Case
from foedus.questions import how_far_the_quarrel_goes
from foedus.questions.answer import made_with
from foedus.questions.findings import Assessment
from foedus.questions.how_far_the_quarrel_goes import RUNG
from foedus.surfaces.svg.draw import draw
from foedus.vocabulary.prose import country, likelihood, the
from foedus.vocabulary.record import Chart, Section
from foedus.vocabulary.tables import percent
from foedus.web import one_slider
from foedus.web.address import Address, write
from foedus.web.held import Held
from foedus.web.power_page import common, pictures_of, range_of
from foedus.web.state import State, drawn
from foedus.web.view import Figure, Shown, View

_MOST = 14
"""Quarrels that are offered."""

_TOLD = (
    "The range of the number, and the lines in the picture, are those of {} draws of the whole answer; the sentences and the "
    "table are told with the values in use, as the command below gives them."
)
"""Which numbers of the page are drawn, and which are not."""


def quarrel(held: Held, address: Address) -> Section:
    """Return how far a quarrel goes in every variant, of as many draws as the address asks for."""
    asked = held.asked(address, address.draws or 0)
    return about_a_case.dispute(asked, _pair(held, address))


def _pair(held: Held, address: Address) -> tuple[str, ...]:
    """Return the pair of an address; nothing for that of the case, or the one with most grievances where it names none."""
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


def _choices(held: Held, address: Address) -> list[tuple[str, str, bool]]:
    """Return the quarrels of a case in words, each with its address, that of the case first."""
    case = held.case(address.case, address.year)
    own = tuple(sorted(case.quarrel))
    now = tuple(sorted(_pair(held, address) or case.quarrel))
    listed = sorted(_quarrels(case), key=lambda p: (p != own, p))
    named = [(" and ".join(map(country, p)), p) for p in listed[:_MOST]]
    return [(words, write(address.having(pair=",".join(p))), p == now) for words, p in named]


def chart_of(section: Section, found: Assessment, pair: tuple[str, ...]) -> Chart:
    """Return how often each rung is reached in every variant, with the range of the draws where the case has drawn this pair."""
    own = how_far_the_quarrel_goes.section(found) if _drawn(found, pair) else None
    if own is not None:
        return own.charts[0]
    return Chart(
        "quarrel",
        "dots",
        section.title,
        "How often each rung of the ladder is reached: both raise it; nobody steps in as a broker; the first raises again.",
        section.tables[0],
        y="variant",
        series=("both", "brokered", "third_rung"),
        low="both_low",
        high="both_high",
        inks={"both": "blue", "brokered": "amber", "third_rung": "vermilion"},
    )


def _drawn(found: Assessment, pair: tuple[str, ...]) -> bool:
    """Return whether the draws of a case are draws of this quarrel as well."""
    return bool(found.draws and found.case.quarrel) and pair in ((), found.case.quarrel)


def show(held: Held, address: Address) -> Shown:
    """Return the page of a quarrel; errors as the reader of the case, and where two states have none."""
    section, pair = quarrel(held, address), _pair(held, address)
    found, state = drawn(held, address)
    both = next(iter(section.tables[0]))["both"]
    one, other = (the(country(s)) for s in pair or found.case.quarrel)
    with_draws = _drawn(found, pair)
    words: dict[str, Any] = {
        **common(held, address, found, "How far does a quarrel go, with and without a council?"),
        "says": (
            f"It is {likelihood(float(str(both)))} that {one} and {other} both escalate in a year.",
            *section.says,
        ),
        "slide": one_slider.lever(held, address, "quarrels", "How deep the grievances are"),
        "number": percent(float(str(both))),
        "about": "chance that both escalate in a year",
        "band": range_of(found.band(RUNG("as it is", "both")), percent) if with_draws else "",
        "pictures": pictures_of(chart_of(section, found, pair)),
        "choices": _choices(held, address),
        "choices_of": "Quarrels",
        "state": state if pair in ((), found.case.quarrel) else State(),
        "tables": list(section.tables),
        "notes": (_TOLD.format(found.draws),) if with_draws else (),
    }
    command = held.command(address, address.draws or 0, "dispute", *pair)
    refresh = 2 if words["state"].under_way else 0
    return Shown("power.html", section.title, words, command, made_with(found), refresh)


def figure(held: Held, address: Address) -> Figure:
    """Return how far a quarrel goes, as a picture that is taken along."""
    found, section = held.answer(address), quarrel(held, address)
    chart = chart_of(section, found, _pair(held, address))
    return Figure(
        lambda width: draw(chart, width), f"{section.title}. {found.case.title}", section.says[0], made_with(found)
    )


VIEW = View("quarrel", "", show, quarrel, figure)
