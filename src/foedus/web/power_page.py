"""Power: what a budget of pressure breaks, and what the hub has in bargaining, each with its number, its sentence, its pictures."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from markupsafe import Markup

from foedus.asking import about_a_case
from foedus.questions import what_a_wedge_costs, who_has_leverage
from foedus.questions.answer import made_with
from foedus.questions.findings import Assessment, Band
from foedus.questions.what_a_wedge_costs import BREAK, BUDGETS, HOLDS
from foedus.questions.who_has_leverage import HUBS
from foedus.simulation.decisions import strongest_partner
from foedus.surfaces.svg.draw import draw
from foedus.vocabulary.errors import fail
from foedus.vocabulary.prose import counted, country, listing, opening, possessive, the
from foedus.vocabulary.record import Chart, Section
from foedus.vocabulary.tables import Table, percent
from foedus.web import one_slider
from foedus.web.address import Address, write
from foedus.web.held import Held
from foedus.web.quick import study_of
from foedus.web.shown import charted
from foedus.web.state import chips, drawn
from foedus.web.ties import treaties
from foedus.web.view import Figure, Shown, View

_WIDE, _PHONE = 840.0, 354.0
_OFFERED: Final = tuple(b for b in BUDGETS if 0.1 <= b <= 10.0)
"""Budgets that the page of the wedge offers: those that a picture shows, from a boycott to a trade war."""


_ALIKE: Final = 0.05
"""Share of the hub's value in bargaining by which two architectures may differ and are still said to be alike (judged: a
twentieth is less than any range of draws here)."""

_FORCES: Final = (
    ("A quarter of its force", 0.25),
    ("half", 0.5),
    ("as recorded", 1.0),
    ("twice", 2.0),
    ("three times", 3.0),
)
"""Forces of the hub that the page of leverage offers, within the reach of the lever."""

_STAR: Final = "The bilateral star"
_ANYWAY: Final = "no gain anyway"
"""In the place of a price of nothing, which reads as free to break: it says no likelier than yes without any pressure."""

_TOLD: Final = (
    "The number and the first picture are those of the whole answer{}; whom one would press, and what each body does under "
    "the budget, is what the command below gives. All is told with the values in use."
)
"""Which numbers of the page of the wedge are drawn, and which are not."""


def budget_of(address: Address) -> float:
    """Return the budget of an address, bn a year.

    Raises
    ------
    FoedusError
        It is not a number.
    """
    text = address.word("budget", "1")
    try:
        return float(text)
    except ValueError:
        raise fail("budget", f"'{text}' is not a number", "Give bn a year, 0 or more") from None


def wedge(held: Held, address: Address) -> Section:
    """Return the best use of a budget of coercion, of as many draws as the address asks for; errors as :func:`budget_of`."""
    return about_a_case.wedge(held.asked(address, address.draws or 0), budget=budget_of(address))


def leverage(held: Held, address: Address) -> Section:
    """Return who has leverage, as the report has it."""
    return who_has_leverage.section(held.answer(address))


def pressed_chart(section: Section, budget: float) -> Chart:
    """Return whom one would press: what each gains, how much it can be hurt, and what turning it costs."""
    words = (
        f"Each member of a body, and each ally of the star. Blue: what it gains by agreeing or staying. Orange: the most that "
        f"its trade lets an adversary hurt it. Where orange lies beyond blue it can be turned, for the price at the right "
        f"(bn a year; '{_ANYWAY}' where it is likelier to refuse or leave than not without any pressure); this is {budget:g} bn a year at best use."
    )
    return Chart(
        "pressed",
        "dots",
        "Whom one would press",
        words,
        section.tables[0],
        "gain",
        "name",
        series=("gain", "limit"),
        inks={"gain": "blue", "limit": "vermilion"},
        options={"panels": "architecture", "beside": "cost", "join": True, "unit": "% of GDP a year"},
    )


def holds_chart(found: Assessment, budget: float | None = None) -> Chart:
    """Return how each body, and the star, holds under every budget, with a mark at the one that is asked about."""
    chart = what_a_wedge_costs.section(found).charts[0]
    columns = (replace(c, head=c.unit, unit="") if c.name == chart.y else c for c in chart.table.columns)
    options = dict(chart.options) if budget is None else {**chart.options, "upright": (budget, f"{budget:g} bn")}
    table = replace(chart.table, columns=tuple(columns))
    return replace(chart, title="What holds under pressure", table=table, options=options)


def show_wedge(held: Held, address: Address) -> Shown:
    """Return the page of the wedge; errors as :func:`budget_of` and the reader of the case."""
    budget = budget_of(address)
    # what is drawn comes from the ensemble of the case; the price of every consent is told with the values in use
    section = about_a_case.wedge(held.asked(address, 0), budget=budget)
    found, state = drawn(held, address)
    star = found.value(BREAK("star")) if BREAK("star") in found.default else math.nan
    there = not math.isnan(star)
    spokes, whose = spokes_of(section), presser(held, address)
    range_ = range_of(found.band(BREAK("star")), _money) if there else ""
    part = bought(spokes) if there else 0.0
    number = "–" if not there else f"{part or star:.1f} bn"
    about = price_words(spokes, whose) if there else "there is no star to break"
    every = f"To break every one, if trade had no limit: {star:.1f} bn" if part else ""
    first = (star_words(spokes, star),) if there else ()
    section = replace(section, tables=tuple(map(as_asked, section.tables)))
    charts = [holds_chart(found, budget), pressed_chart(section, budget)]
    choices = [(f"{b:g} bn a year", write(address.having(budget=f"{b:g}")), b == budget) for b in _OFFERED]
    words = {
        **common(held, address, found, f"What does it cost {whose} to break a body or a star?"),
        "more": every + (f" (5–95 % of draws: {range_})" if every and range_ else ""),
        "says": (
            *first,
            *((each_spoke(spokes),) if there else ()),
            " ".join(
                what_a_wedge_costs.sentences(found)[: -1 if there else None]
            ),  # “it” is the body of the sentence before
            *section.says,
        ),
        "slide": one_slider.budget(held, address, budget),
        "number": number,
        "about": about,
        "band": "" if part else range_,
        "elsewhere": (
            "With what they fear already: draft the body",
            write(address.at("draft")) if "draft" in held.pages else "",
        ),
        "pictures": pictures_of(*charts),
        "choices": choices,
        "choices_of": "Budgets",
        "state": state,
        "tables": list(section.tables),
        "notes": (
            _TOLD.format(f", the range that of its {found.draws} draws" if found.draws else ""),
            what_a_wedge_costs.after_fear(found),
        ),
    }
    command = held.command(address, address.draws or 0, "wedge", "--budget", f"{budget:g}")
    return Shown("power.html", section.title, words, command, made_with(found), 2 if state.under_way else 0)


@dataclass(frozen=True)
class Spoke:
    """One ally of the star: whether it would leave by itself, and what it costs to turn it; inf where trade does not suffice."""

    name: str
    leaves: bool
    cost: float


def spokes_of(section: Section) -> list[Spoke]:
    """Return the allies of the star, who is turned cheapest first; empty where there is no star."""
    rows = [r for r in section.tables[0] if r["architecture"] == _STAR]
    prices = [math.inf if r["cost"] is None else float(str(r["cost"])) for r in rows]
    return [
        Spoke(the(country(str(r["state"]))), float(str(r["gain"])) <= 0, c) for r, c in zip(rows, prices, strict=True)
    ]


def presser(held: Held, address: Address) -> str:
    """Return who presses, in words: the adversary that the states trade with most."""
    world = study_of(held, address)[1].world
    return the(country(world.adversaries[strongest_partner(world)], held.case(address.case, address.year).as_of.year))


def bought(spokes: list[Spoke]) -> float:
    """Return what turning those allies costs that trade lets be turned, bn a year; 0 where that is none, or all of them."""
    reach = [s for s in spokes if not math.isinf(s.cost)]
    return sum(s.cost for s in reach) if len(reach) < len(spokes) else 0.0


def price_words(spokes: list[Spoke], whose: str) -> str:
    """Return what the price in large is paid for, and by whom: for all treaties of the star, or for those that trade reaches."""
    reach = [s for s in spokes if not math.isinf(s.cost)]
    treaties_ = counted(len(spokes), "treaty", "treaties")
    if len(reach) == len(spokes):
        return (
            f"international $ of 2011 a year would let {whose} break every treaty of the star ({treaties_}), one by one"
        )
    if bought(spokes):
        return f"international $ of 2011 a year would let {whose} turn {len(reach)} of {treaties_} of the star by trade"
    less = f"trade lets {whose} turn none of {treaties_}"
    return f"international $ of 2011 a year would break every treaty of the star only if trade had no limit: {less}"


def star_words(spokes: list[Spoke], star: float) -> str:
    """Return in a sentence whether pressure can break the whole star, and for how much."""
    beyond = [s.name for s in spokes if math.isinf(s.cost)]
    if not beyond:
        return f"Breaking the star would take {star:.1f} bn a year; a body falls when one member is turned."
    named = listing(beyond if len(beyond) < 4 else [*beyond[:2], f"{len(beyond) - 2} more"])
    return (
        f"No pressure by trade breaks the whole star: {named} cannot be turned; a body falls when one member is turned."
    )


def each_spoke(spokes: list[Spoke]) -> str:
    """Return every treaty of the star with what it costs to turn the ally, in a sentence."""

    def priced(s: Spoke) -> str:
        how = "cannot be turned" if math.isinf(s.cost) else f"{s.cost:.2f} bn"
        return f"{s.name} ({'gains nothing by it anyway' if s.leaves else how})"

    return f"The star has {counted(len(spokes), 'treaty', 'treaties')}, with {listing(map(priced, spokes))}."


def as_asked(found: Table) -> Table:
    """Return whom one would press with words in the place of a price of nothing: who gains nothing anyway is not cheap to turn."""
    names = [c.name for c in found.columns]
    if not {"gain", "cost"} <= set(names):
        return found
    at, gain = names.index("cost"), names.index("gain")
    rows = [
        (*r[:at], _ANYWAY, *r[at + 1 :]) if isinstance(r[gain], float) and float(str(r[gain])) <= 0 else r
        for r in found.rows
    ]
    return replace(found, rows=tuple(rows))


def show_leverage(held: Held, address: Address) -> Shown:
    """Return the page of leverage; errors as the reader of the case."""
    found, state = drawn(held, address)
    section = who_has_leverage.section(found)
    money, share = found.band(HUBS("star", "money")), found.value(HUBS("star", "share"))
    hub = possessive(the(country(found.case.hub)))
    charts = [section.charts[0], paid_chart(section)]
    words = {
        **common(held, address, found, "What is the hub worth to its allies, and they to it?"),
        "says": (in_a_council(found), *section.says),
        "slide": one_slider.lever(held, address, "hub", "Force that the hub brings"),
        "number": f"{money.default:.1f} bn",
        "about": f"international $ of 2011 a year: {hub} value in bargaining under bilateral treaties",
        "more": f"{percent(share)} of all gains",
        "band": range_of(money, _money),
        "pictures": pictures_of(*charts),
        "choices": forces(address),
        "choices_of": "Force that the hub brings",
        "choices_at": 1,
        "state": state,
        "tables": [t for t in section.tables if not t.quiet],
        "treaties": treaties(found),
        "notes": section.notes,
    }
    command = held.command(address, found.draws, "leverage")
    return Shown("power.html", "Leverage", words, command, made_with(found), 2 if state.under_way else 0)


def forces(address: Address) -> list[tuple[str, str, bool]]:
    """Return the forces of the hub that the page of leverage offers: words, address, and whether it is this one."""
    rest = tuple(w for w in address.levers if w.partition("=")[0] != "hub")
    now = next((float(w.partition("=")[2]) for w in address.levers if w.partition("=")[0] == "hub"), 1.0)
    return [
        (words, write(replace(address, levers=rest if f == 1.0 else (*rest, f"hub={f:g}"))), f == now)
        for words, f in _FORCES
    ]


def in_a_council(found: Assessment) -> str:
    """Return in a sentence whether a council of its allies would leave the hub as much in bargaining as treaties of two."""
    star, council = (found.value(HUBS(item, "money")) for item in ("star", "bloc"))
    change = council / star - 1.0 if star > 0 else 0.0
    much = f"{percent(abs(change))} {'less' if change < 0 else 'more'}" if abs(change) >= _ALIKE else "about as much"
    hub = opening(the(country(found.case.hub)))
    return f"{hub} would have {much} leverage in a council of its allies {'as' if much == 'about as much' else 'than'} with treaties of two."


def paid_chart(section: Section) -> Chart:
    """Return what the hub is paid and how far it controls policies in each architecture."""
    return Chart(
        "paid",
        "dots",
        "What it is paid, and what it controls",
        "Blue: what its allies pay it. Orange: what its control of their policies is worth to it, less than nothing where a "
        "body ties its own hands. Both in % of its GDP a year, with the values in use.",
        section.tables[0],
        "paid",
        "label",
        series=("paid", "control"),
        inks={"paid": "blue", "control": "vermilion"},
        options={"join": True, "unit": "% of GDP a year"},
    )


def common(held: Held, address: Address, found: Assessment, question: str) -> dict[str, Any]:
    """Return what these pages say alike: where one is, what is changed, and where it goes on."""
    return {
        "kicker": f"{found.case.title} · {question}",
        "changes": chips(held.prefix, address, held.own_levers(address)),
        "more": "",
        "elsewhere": ("", ""),
        "treaties": [],
        "back": write(address.at()),
        "why": write(address.at("why")),
    }


def pictures_of(*charts: Chart) -> list[tuple[str, tuple[Markup, Markup], str]]:
    """Return pictures with their titles and captions."""
    return [(c.title, charted(c, _WIDE, _PHONE), c.caption) for c in charts]


def range_of(band: Band, written: Callable[[float], str]) -> str:
    """Return the range of the draws in words; empty without draws."""
    return "" if math.isnan(band.low) else f"{written(band.low)} to {written(band.high)}"


def _money(amount: float) -> str:
    return f"{amount:.1f}\u00a0bn"


def wedge_figure(held: Held, address: Address) -> Figure:
    """Return how each body holds under every budget, as a picture that is taken along."""
    found = held.answer(address)
    chart = holds_chart(found)
    title = f"{chart.title}. {found.case.title}"
    return Figure(lambda width: draw(chart, width), title, what_a_wedge_costs.sentence(found), made_with(found))


def leverage_figure(held: Held, address: Address) -> Figure:
    """Return the hub's leverage by architecture, as a picture that is taken along."""
    found = held.answer(address)
    section = who_has_leverage.section(found)
    title = f"{section.charts[0].title}. {found.case.title}"
    return Figure(lambda width: draw(section.charts[0], width), title, section.says[0], made_with(found))


VIEWS = (
    View("wedge", "", show_wedge, wedge, wedge_figure),
    View("leverage", "", show_leverage, leverage, leverage_figure),
)
assert all(f"{b:g}" in HOLDS.words["BUDGET"] for b in _OFFERED), "the page offers what the picture shows"
