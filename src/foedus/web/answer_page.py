"""The answer: the sentence, the chance with its band, every draw a dot, the outcomes, the map, and who blocks by what."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from foedus.asking import about_a_case
from foedus.asking.conditioned import under
from foedus.casebook.case import Case
from foedus.casebook.in_force import bodies, map_chart
from foedus.casebook.overview import council_of_all
from foedus.mechanisms import COMPONENTS
from foedus.methods import one_at_a_time
from foedus.questions.answer import headline, likeliest, made_with, uncounted, who
from foedus.questions.body_by_hand import fine
from foedus.questions.findings import FEWEST, Assessment, Band
from foedus.questions.given_that import read_given
from foedus.questions.on_record import YEARS
from foedus.questions.study import EVERYBODY
from foedus.questions.what_forms import CHANCE, DECADE, FORM_LABELS, body_band, drafts, forms_table
from foedus.questions.who_blocks import ACCEPTANCE, GAIN, TERM, blockers, section
from foedus.simulation.formation import Form
from foedus.surfaces.svg.draw import draw
from foedus.surfaces.svg.heaps import Level, heap, levels
from foedus.vocabulary.prose import counted, country
from foedus.vocabulary.record import Chart, Record
from foedus.vocabulary.tables import Column, Table, percent, written
from foedus.web.address import Address, query, write
from foedus.web.given_block import given_block
from foedus.web.held import Held
from foedus.web.in_the_record import beside_the_record, ten_years
from foedus.web.quick import at_once
from foedus.web.shown import charted, twice
from foedus.web.state import chips, drawn, two_kinds
from foedus.web.ties import mapped
from foedus.web.view import Figure, Shown, View
from foedus.web.years_page import pictured as years_pictured

_HALF, _PHONE = 470.0, 354.0
"""Canvases of the pictures beside the sentence."""

INKS = {
    Form.IN_FORCE: "grey",
    Form.STAR: "blue",
    Form.FORUM: "teal",
    Form.COUNCIL: "amber",
    Form.HUB_LED: "vermilion",
}
"""Colour of each outcome."""


_FURTHER = (
    ("What if?", "play", "Halve the trade, double the threat, change any number, and see the answer move."),
    (
        "Which number matters most, and where is it from?",
        "case",
        "All of them, with value, range, source, and what the record's law says.",
    ),
    ("What of other years?", "years", "What was in force in each, and what the model expects."),
    ("How far does the quarrel go?", "quarrel", "With and without a council."),
    ("What breaks an alliance?", "wedge", "The price of a wedge, and whom one would press."),
    ("Who has leverage?", "leverage", "What the hub is worth to its allies, and they to it."),
)
"""Questions that lead on, as somebody asks them who knows no name of a page."""


def show(held: Held, address: Address) -> Shown:
    """Return the answer to the question of a case, as far as it is there; errors as the reader of the case."""
    found, words = drawn(held, address)
    band = body_band(found)
    chances = found.drawn(CHANCE("body")).tolist()
    title = f"Every draw's chance of a body in a year: {found.case.title}"
    blocks = section(found).sections[0]
    map_ = pictured(held, found, address)
    years = years_pictured(held, address, "answer", 840.0, 354.0)
    swings = one_at_a_time.known(found)
    given = given_block(found, address)
    mattering = one_at_a_time.lead(swings) if swings is not None else ""
    more = {
        "question": found.case.question,
        "year": found.case.as_of.year,
        "says": (words.verdict(found)[0], f"{who(found)} {either_way(found)}".strip()),
        "quoted": quoted(found, words.verdict(found)[1]),
        "cited_figure": cited_figure(found),
        "ten_years": ten_years(found),
        "draft": write(address.at("draft")) if "draft" in held.pages else "",
        # worked out when the page does not come again by itself: it takes a round
        "by_record": ("", "") if words.under_way else beside_the_record(held, address, swings),
        "changes": chips(
            held.prefix, address.having(given="") if given["problems"] else address, held.own_levers(address)
        ),
        "number": percent(band.default),
        "recorded": _recorded(held, address, band.default),
        "band": between(band),
        "draws_there": found.draws,
        "heap": twice(lambda w: heap(chances, w, title, soon=words.under_way), _HALF, _PHONE)
        if chances or words.under_way
        else (),
        "tenths": in_tenths(chances),
        "heap_words": _in_draws(found) if chances else "",
        "two_kinds": two_kinds(band.default, chances) if chances else "",
        "levels": twice(lambda w: levels(outcomes(found), w, "Chance of each outcome of a year"), _HALF, _PHONE),
        "forms": forms_table(found),
        "drafts": drafts(found),
        "play": write(address.at("play")) if "play" in held.pages else "",
        "why": write(address.at("why", first_to_refuse(found))),
        **map_,
        "years": years[0],
        "years_known": years[2],
        "years_link": write(address.at("years")),
        "years_tables": [
            (words_, f"{held.prefix}{write(address.at('years'))}#t-{at}")
            for words_, at, there in (
                ("What was in force", "spells", True),
                ("The chances of every year", "chances", years[2]),
            )
            if there
        ],
        "today": (likeliest(found), *uncounted(found.case)),
        "who": [seat(address, found, s) for s in blockers(found)],
        "blocks": charted(blocks.charts[0], 1060.0),
        "blocks_words": f"{blocks.charts[0].caption} At the right the chance that it agrees with the values in use.",
        "asked": council_of_all(found.case, unasked_of(found)),
        "gains": blocks.tables[0],
        "gains_csv": write(replace(address.having(map="gains"), form="csv")),
        "state": words,
        "given": given,
        "further": [
            (w, write(address.at(page)), mattering if mattering and page == "case" else says)
            for w, page, says in _FURTHER
            if page in held.pages
        ],
    }
    command = held.command(address, found.draws)
    refresh = 2 if words.under_way or years[1].under_way else 0
    whole = found.draws > 0 and not refresh and (years[2] or not held.case(address.case).series)
    return Shown("answer.html", found.case.title, more, command, made_with(found), refresh, whole)


_IN_ONE: Final = re.compile(r", [^,;]+ in one(?=[.;])")
"""The chance in one year, which stands beside the odds in large."""


def quoted(found: Assessment, odds: str) -> str:
    """Return which figure to report, and that there is none where too few draws are there to say how sure it is.

    Parameters
    ----------
    found : Assessment
    odds : str
        The odds of the headline.
    """
    if not found.draws or not odds:
        return ""
    if found.draws < FEWEST:
        are = "is" if found.draws == 1 else "are"
        return (
            f"Nothing to quote: {counted(found.draws, 'draw')} {are} fewer than the {FEWEST} that tell how sure it is."
        )
    return f"To quote: {_IN_ONE.sub('', odds)}"


def cited_figure(found: Assessment) -> str:
    """Return the figure to quote with its band and what it is, for a footnote; empty where there is none to quote."""
    band = found.band(DECADE())
    if found.draws < FEWEST or math.isnan(band.low):
        return ""
    return (
        f"Chance that a {'further ' if bodies(found.case) else ''}multilateral body forms: {percent(band.default)} in {YEARS} "
        f"years ({between(band)} across {found.draws} draws)"
    )


def _recorded(held: Held, address: Address, now: float) -> str:
    """Return what the chance of a body is as recorded, where something is changed; finer where both would read the same."""
    bare = address.as_it_is()
    if bare == replace(address, versus=""):
        return ""
    was = float(at_once(held, bare)["body"])
    if fine(was) == fine(now):
        return f"{fine(was)} too, the change hardly matters to it"
    return fine(was) if percent(was) == percent(now) else percent(was)


def record(held: Held, address: Address) -> Record:
    """Return the whole record that the command prints, of what the page shows."""
    found = held.answer(address)
    return about_a_case.record(under(found, read_given(found.task, address.given)))


def gains(held: Held, address: Address) -> Table:
    """Return what each state gains or loses by a council of all, with its range, its consent, and by which term most."""
    found = held.answer(address)
    listed = section(found).sections[0].tables[0]

    def most(state: str) -> str:
        sign = -1.0 if found.value(GAIN(EVERYBODY, state)) < 0 else 1.0
        return max(COMPONENTS, key=lambda c: sign * found.value(TERM(EVERYBODY, state, c)))

    largest = [most(str(state)) for state in listed.column("state")]
    column = Column(
        "largest_term", "", "the column by which most is lost where the state loses, or gained where it gains"
    )
    rows = tuple((*row, term) for row, term in zip(listed.rows, largest, strict=True))
    return replace(listed, columns=(*listed.columns, column), rows=rows)


def figure(held: Held, address: Address) -> Figure:
    """Return who blocks by what as a picture that is taken along."""
    found = held.answer(address)
    chart = section(found).sections[0].charts[0]
    title = f"{chart.title}. {found.case.title}"
    return Figure(lambda width: draw(chart, width), title, headline(found), made_with(found))


def either_way(found: Assessment) -> str:
    """Return how many of those who would lose gain in some of the draws; empty without draws, and where all lose in all."""
    gains = [found.band(GAIN(EVERYBODY, s)) for s in blockers(found)]
    losing = [g for g in gains if g.default < 0]
    unsettled = [g for g in losing if g.high > 0]
    if not unsettled:
        return ""
    if len(losing) == 1:
        return "In some draws it gains."
    each = "each" if len(unsettled) > 1 else "it"
    return f"Of these {len(losing)}, {len(unsettled)} may gain as well: in some draws {each} does."


def in_tenths(chances: Sequence[float]) -> list[tuple[str, int]]:
    """Return how many draws have which chance of a body, by tenths of it.

    Examples
    --------
    >>> in_tenths([0.0, 0.05, 1.0])[::9]
    [('0 to 10 %', 2), ('90 to 100 %', 1)]
    """
    counts = [0] * 10
    for p in chances:
        counts[min(9, int(10 * p))] += 1
    return [(f"{10 * k} to {10 * k + 10} %", n) for k, n in enumerate(counts)]


def _in_draws(found: Assessment) -> str:
    drawn_ = found.drawn(CHANCE("body"))
    rare, even = (float((drawn_ < 0.1).mean()), float((drawn_ > 0.5).mean())) if drawn_.size else (0.0, 0.0)
    return (
        f"Each dot is one of {found.draws} draws over every judged number. In {percent(rare)} of them a body has less than "
        f"a one-in-ten chance a year; in {percent(even)} it is more likely than not."
    )


def between(band: Band) -> str:
    """Return the range of the draws in words; empty without draws."""
    return "" if math.isnan(band.low) else f"{percent(band.low)} to {percent(band.high)}"


def outcomes(found: Assessment) -> list[Level]:
    """Return the five outcomes of a year."""
    bands = {f: found.band(CHANCE(f)) for f in Form}
    return [Level(FORM_LABELS[f], b.default, INKS[f], b.low, b.median, b.high) for f, b in bands.items()]


def seat(address: Address, found: Assessment, state: str, body: str = EVERYBODY) -> tuple[str, str, str, bool]:
    """Return a state with its gain, the page that says why, and whether it would lose."""
    gain = found.value(GAIN(body, state))
    own = {} if body == EVERYBODY else {"body": body}
    return country(state), written(gain, "signed"), write(address.at("why", state, **own)), gain < 0


def first_to_refuse(found: Assessment) -> str:
    """Return the state that would lose most by a council of all, or gain least."""
    order = blockers(found)
    return order[0] if order else found.case.hub


def pictured(held: Held, found: Assessment, address: Address) -> dict[str, Any]:
    """Return the map in the view that the address asks for, its title, and the views there are."""
    gains = address.word("map") == "gains"
    chart = map_chart(found.case)
    if gains:
        chart = gains_map(found, chart)
    views = (("Treaties", "", not gains), ("Who refuses", "gains", gains))
    key = ("map", gains, query(address), found.case.sha256, found.task.run_id(0, 1))
    title = "Who would lose by a council of all" if gains else f"In force in {found.case.as_of:%Y}"
    listed = f"{held.prefix}{write(address.at('years'))}#t-map"
    press = "a state for its reasons" + ("" if gains else ", a line for what the treaty is worth")
    return {
        "map": held.shelf.get(key, lambda: mapped(held, found, address, chart)),
        "map_title": title,
        "map_words": f"{chart.caption} Press {press}.",
        "map_table": ("The gains", "#t-gains") if gains else ("What is in force", listed),
        "map_views": [(w, write(address.having(map=v)) + "#yr", on) for w, v, on in views],
    }


def treaties(case: Case) -> tuple[str, str, str]:
    """Return under what the map of a case is held: treaties depend on the case alone."""
    return ("map", case.sha256, "")


def unasked_of(found: Assessment) -> list[str]:
    """Return the states of a case that nobody asks about a council of all."""
    return [s for s in found.case.states if s not in blockers(found)]


def gains_map(found: Assessment, chart: Chart) -> Chart:
    """Return the map with every state's gain by a council of all beside its name."""
    seats = {s: found.value(GAIN(EVERYBODY, s)) for s in blockers(found)}
    beside = {s: written(v, "signed") for s, v in seats.items()}
    unasked = unasked_of(found)
    tints = dict.fromkeys(unasked, "grey") | {s: "vermilion" if v < 0 else "blue" for s, v in seats.items()}
    words = (
        f"What each state would gain (blue) or lose (orange) by a council of all, % of GDP a year. All agree with "
        f"{percent(found.value(ACCEPTANCE(EVERYBODY)))}, with the values in use. {council_of_all(found.case, unasked)}"
        + (" It is grey." if len(unasked) == 1 else " They are grey." if unasked else "")
    )
    bare = replace(chart.table, rows=())
    return replace(
        chart,
        table=bare,
        title="Who would lose by a council of all",
        caption=words,
        options={**chart.options, "beside": beside, "tints": tints},
    )


VIEW = View("answer", "Answer", show, record, figure)
