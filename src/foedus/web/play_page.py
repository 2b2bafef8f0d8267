"""The playground: levers, facts, parameters, mechanisms and laws to be changed, and the answer beside what it was."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from foedus.asking import about_a_case
from foedus.asking.conditioned import under
from foedus.casebook.case import Case
from foedus.casebook.overview import council_of_all
from foedus.mechanisms import MECHANISMS, PROCEDURES
from foedus.model.sizes import SIZES, Size, alone_in, size_of, sizes_of
from foedus.model.world import World
from foedus.questions.answer import MANY, OPEN, beyond
from foedus.questions.findings import FEWEST, HIGH, LOW, Assessment, Band
from foedus.questions.given_that import read_given
from foedus.questions.study import EVERYBODY
from foedus.questions.what_forms import BODY, CHANCE, FORM_LABELS
from foedus.questions.who_blocks import GAIN
from foedus.simulation.formation import Form
from foedus.surfaces.svg.heaps import Level, heap, levels
from foedus.surfaces.svg.shifts import Shift, shifts
from foedus.version import __version__
from foedus.vocabulary.prose import country, listing, opening, the
from foedus.vocabulary.record import Record, plain
from foedus.vocabulary.tables import percent, written
from foedus.web.address import Address, parse, query, write
from foedus.web.answer_page import INKS, between
from foedus.web.given_block import given_block
from foedus.web.held import Held
from foedus.web.limits import LARGE
from foedus.web.live import DRAWN
from foedus.web.quick import answer, at_once, command, study_of
from foedus.web.shown import twice
from foedus.web.state import KINDS, chips, switched, two_kinds
from foedus.web.view import Figure, Shown, View

_WIDE, _PHONE, _SIDE = 520.0, 354.0, 430.0
"""Canvases of the pictures."""


def show(held: Held, address: Address) -> Shown:
    """Return the playground of a world; errors as the reader of its address."""
    case = held.case(address.case, address.year)
    now, before = at_once(held, address), at_once(held, other(address))
    titles = [country(s) for s in case.states]
    compared = _compared(address)
    found = held.answer(address) if address.draws else None
    drawn = found if found is not None and found.draws else None
    chances = drawn.drawn(CHANCE(BODY)).tolist() if drawn else []
    outcomes = _outcomes(now, before if compared else None, drawn)
    order = sorted((k for k, gain in enumerate(now["gains"]) if gain is not None), key=lambda k: now["gains"][k])
    was = [math.nan if gain is None or not compared else gain for gain in before["gains"]]
    rows = [Shift(titles[k], now["gains"][k], was[k], _why(held, address, case.states[k])) for k in order]
    world = study_of(held, other(address))[1].world
    drawing = DRAWN if address.draws is None else address.draws
    words = {
        "address": address,
        "chips": chips(held.prefix, address, held.own_levers(address)),
        "undo": held.prefix + write(address.as_it_is()),
        "number": percent(now["body"]),
        "was": f"{_named(address)}: {percent(before['body'])}" if compared else "",
        "band": between(drawn.band(CHANCE(BODY))) if drawn else "",
        "kinds": two_kinds(now["body"], chances),
        "heap": twice(lambda w: heap(chances, w, _HEAP), _WIDE, _PHONE) if chances else (),
        "levels": twice(lambda w: levels(outcomes, w, _LEVELS, 46.0), _WIDE, _PHONE),
        "shifts": twice(lambda w: shifts(rows, w, _SHIFTS), _SIDE, _PHONE),
        "listed": _listed(now, before if compared else None, drawn, titles, case.states),
        "who": blockers_said(now["gains"], titles),
        "asked": council_of_all(case, [s for s, g in zip(case.states, now["gains"], strict=True) if g is None]),
        "circle": f"Open circle: {_named(address)}." if compared else "",
        "action": f"{held.prefix}/c/{quote(address.case)}/ask",
        "hidden": _kept(address),
        "levers": [_lever(s, address, _of_whom(world, s, case.as_of.year)) for s in _shown(case, world, address)],
        "single": [_lever(_named_then(s, case), address) for s in alone_in(world, "trade")],
        "facts": [c.partition("=")[::2] for c in address.changes],
        "switches": [_switch(name) for name in _SWITCHES],
        "mechanisms": [_switch(m.name) for m in MECHANISMS.values() if m.off and m.name not in _SWITCHES],
        "folded": not (set(address.without) - {*_SWITCHES} or address.laws),
        "laws": [(n, list(PROCEDURES[n])) for n in PROCEDURES if MECHANISMS[n].tried],
        "beyond": beyond(held.asked(address, 0).task().parameters),
        "draws": len(chances),
        "given": given_block(found if found is not None else held.plainly(replace(address, draws=None)), address),
        "play": f"{write(address.having(given=''))}#find",
        "hand_in": write(replace(address, draws=None, versus="")) if held.book is not None else "",
        "same": command(held, address),
        "cited": (command(held, replace(address, draws=drawing)), drawing),
        "cited_beside": beside(held, address, drawing),
        "data": _data(held, address, case, before),
    }
    return Shown("play.html", f"Playground: {case.title}", words, made=made(held, address))


def _compared(address: Address) -> bool:
    """Return whether there is another world to compare with: of a world beside itself there is nothing to say."""
    itself = query(replace(address.having(given=""), versus="", draws=None)) == query(other(address))
    return not itself and (address.changed() or bool(address.versus))


def _outcomes(now: dict[str, Any], before: dict[str, Any] | None, drawn: Assessment | None) -> list[Level]:
    """Return the five outcomes of a year, with where each was in the world compared with."""
    bands = {f: drawn.band(CHANCE(f)) for f in Form} if drawn else {}
    was = before["forms"] if before else [math.nan] * len(Form)
    return [
        replace(Level(FORM_LABELS[f], p, INKS[f], *_band(bands.get(f))), was=q)
        for f, p, q in zip(Form, now["forms"], was, strict=True)
    ]


def figure(held: Held, address: Address) -> Figure:
    """Return the chance of each outcome in the world as it was changed, as a picture that is taken along."""
    now, before = at_once(held, address), at_once(held, other(address))
    compared = _compared(address)
    found = held.answer(address) if address.draws else None
    rows = _outcomes(now, before if compared else None, found if found is not None and found.draws else None)
    case = held.case(address.case, address.year)
    changed = "; ".join(words for words, _ in chips("", address, held.own_levers(address)))
    title = f"{_LEVELS}{f' ({changed})' if changed else ''}. {case.title}"
    says = f"Chance of a body in a year, with the values in use: {percent(now['body'])}"
    says += f"; {_named(address)}: {percent(before['body'])}, the mark on each bar." if compared else "."
    return Figure(lambda width: levels(rows, width, _LEVELS, 46.0), title, says, made(held, address))


def made(held: Held, address: Address) -> dict[str, Any]:
    """Return what a page without a record of its own was made with."""
    task = held.asked(address, 0).task()
    hashes = {"case_hash": task.case.sha256[:16], "parameters_hash": task.parameters.digest()[:16]}
    return {"foedus": __version__, "seed": address.seed, **hashes}


_SWITCHES: Final = ("dispute", "exposure", "autonomy")
"""Mechanisms that are switched off most: what an answer mostly rests on. The others lie in the fold below them."""


def _switch(name: str) -> tuple[str, str, str]:
    """Return a mechanism, what its switch calls it, and its claim."""
    return name, switched(name), MECHANISMS[name].claim


_HEAP: Final = "Every draw's chance of a body in a year"
_LEVELS: Final = "Chance of each outcome of a year"
_SHIFTS: Final = "What a council of all would bring to each state"


def other(address: Address) -> Address:
    """Return the world that an address compares with: the second one that it names, or the case as it stands.

    Raises
    ------
    FoedusError
        The second world is no address.
    """
    bare = Address(address.case, "play", year=address.year, seed=address.seed, calibration=address.calibration)
    return parse(f"/c/{quote(address.case, safe='@')}/play", address.versus) if address.versus else bare


def beside(held: Held, address: Address, draws: int) -> str:
    """Return the world that an address compares with, as it is cited; empty where it names none."""
    if not address.versus:
        return ""
    return f", compared with what this gives: {command(held, replace(other(address), draws=draws))}"


_ROWS: Final = ("A body in a year", "Gain, % of GDP a year:")
"""What the table says of a chance and of the gain of a state."""


def _listed(
    now: dict[str, Any],
    before: dict[str, Any] | None,
    drawn: Assessment | None,
    names: Sequence[str],
    states: Sequence[str],
) -> list[tuple[str, str, str, str]]:
    """Return what the pictures show as rows: words, now, 5 to 95 % of draws, and in the world compared with."""

    def row(words: str, form: str, now: float, was: float | None, band: Band | None) -> tuple[str, str, str, str]:
        ends = (
            "" if band is None or math.isnan(band.low) else f"{written(band.low, form)} to {written(band.high, form)}"
        )
        return words, written(now, form), ends or "–", "–" if was is None else written(was, form)

    values = [(_ROWS[0], now["body"], before["body"] if before else None, BODY)]
    values += [(FORM_LABELS[f], now["forms"][k], before["forms"][k] if before else None, f) for k, f in enumerate(Form)]
    found = [row(w, "percent", v, was, drawn.band(CHANCE(of)) if drawn else None) for w, v, was, of in values]
    for k, v in enumerate(now["gains"]):
        if v is not None:
            band = drawn.band(GAIN(EVERYBODY, states[k])) if drawn else None
            found.append(row(f"{_ROWS[1]} {names[k]}", "signed", v, before["gains"][k] if before else None, band))
    return found


def _named(address: Address) -> str:
    return "pinned world" if address.versus else "as recorded"


def _band(band: Band | None) -> tuple[float, float, float]:
    return (math.nan,) * 3 if band is None else (band.low, band.median, band.high)


def _why(held: Held, address: Address, state: str) -> str:
    return held.prefix + write(replace(address, versus="", draws=None).at("why", state))


def blockers_said(gains: Sequence[float | None], names: Sequence[str]) -> str:
    """Return how many of those who are asked would lose, and which one most, in a sentence."""
    asked = [(g, n) for g, n in zip(gains, names, strict=True) if g is not None]
    losing = sorted((g, n) for g, n in asked if g < 0)
    if not losing:
        return "No state would lose. Nobody blocks."
    return f"{len(losing)} of {len(asked)} would lose, {losing[0][1]} most."


def _of_whom(world: World, size: Size, year: int) -> str:
    """Return which adversaries a lever is of, in words; empty where it is of none."""
    ids = [s.of for s in map(size.alone, world.adversaries) if s.moves(world)] if size.each else []
    moved, still = (
        [the(country(a, year)) for a in world.adversaries if (a in ids) == there] for there in (True, False)
    )
    if not moved or not still:
        return opening(listing(moved)) + (" together" if len(moved) > 1 else "")
    return f"{opening(listing(moved))}; with {listing(still)} there is none"


def _named_then(size: Size, case: Case) -> Size:
    """Return a lever of one adversary with the name that it had in the year of the case."""
    return replace(size, label=size.each.format(the(country(size.of, case.as_of.year))))


def _lever(size: Size, address: Address, of: str = "") -> dict[str, Any]:
    given = dict(w.partition("=")[::2] for w in address.levers)
    value = float(given.get(size.key, size.neutral))
    return {
        "key": size.key,
        "label": size.label,
        "of": of,
        "value": f"{value:g}",
        "words": ("× " if size.unit == "times" else "") + f"{value:g}",
        "low": f"{size.low:g}",
        "high": f"{size.high:g}",
        "neutral": f"{size.neutral:g}",
        "least": size.least,
        "most": size.most,
        "step": f"{size.step:g}",
        "changed": value != size.neutral,
    }


def _kept(address: Address) -> list[tuple[str, str]]:
    """Return the words of an address that the form of levers does not have."""
    pairs = [("year", str(address.year))] if address.year is not None else []
    pairs += [("seed", str(address.seed))] if address.seed != 1 else []
    pairs += [("given", address.word("given"))] if address.word("given") else []
    pairs += [(k, v) for k, v in (("calibration", address.calibration), ("vs", address.versus)) if v]
    return pairs


def _data(held: Held, address: Address, case: Case, before: dict[str, Any]) -> str:
    """Return what the script of the page needs and could not read off it."""
    path = f"{held.prefix}/c/{quote(address.case, safe='@')}"
    return json.dumps(
        plain(
            {
                "path": path,
                "command": command(
                    held, replace(address.having(given=""), changes=(), levers=(), without=(), laws=(), draws=None)
                ),
                "states": case.states,
                "names": [country(s) for s in case.states],
                "forms": [{"words": FORM_LABELS[f], "ink": INKS[f]} for f in Form],
                "sizes": {s.key: {"label": s.label, "unit": s.unit, "neutral": s.neutral} for s in _sizes(case)},
                "before": before,
                "draws": address.draws or DRAWN,
                "large": LARGE,
                "band": [LOW, HIGH],
                "fewest": FEWEST,
                "many": MANY,
                "open": OPEN,
                "rows": _ROWS,
                "kinds": KINDS,
                "query": query(replace(address, version="")),
            }
        ),
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _sizes(case: Case) -> list[Size]:
    """Return all levers that an address can have."""
    single = [_named_then(s.alone(a), case) for s in SIZES.values() if s.each for a in case.adversaries]
    return [*SIZES.values(), *single, *(size_of(o.name, case.own_levers) for o in case.own_levers)]


def _shown(case: Case, world: World, address: Address) -> tuple[Size, ...]:
    """Return the levers that the case shows, in its order, and behind them what is pulled beside them."""
    pulled = [w.partition("=")[0] for w in address.levers]
    shown = case.shown_levers or tuple(SIZES)
    beside = [key for key in pulled if key not in shown and key in SIZES]
    return sizes_of(world, case.own_levers, (*shown, *beside))


def ask(held: Held, request: Request) -> Response:
    """Send a form that was filled in without script on to the address that it means, of the playground unless it names a page; errors as the reader of addresses."""
    pairs = []
    for name, value in request.query_params.multi_items():
        word, _, key = name.partition(":")
        said = value.strip()
        if not said or name == "page":
            continue
        size = SIZES.get(key.partition(".")[0])
        # a lever of the case itself is a factor: 1 changes nothing
        if word == "lever" and _same(said, 1.0 if size is None else size.neutral):
            continue
        pairs.append((word, f"{key}:{said}") if key else (word, said))
    path = f"/c/{quote(str(request.path_params['case']), safe='@')}/{request.query_params.get('page') or 'play'}"
    return RedirectResponse(held.prefix + write(parse(path, urlencode(pairs))), 303)


def _same(said: str, value: float) -> bool:
    try:
        return float(said) == value
    except ValueError:
        return False


def record(held: Held, address: Address) -> Record:
    """Return the whole record of the world, of the draws that the address asks for; errors as :meth:`Held.outcome`."""
    found = held.outcome(held.draw(address)) if address.draws else held.plainly(replace(address, draws=None))
    return about_a_case.record(under(found, read_given(found.task, address.given)))


VIEW = View("play", "Playground", show, record, figure, answer)
