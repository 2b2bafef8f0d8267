"""Why: one state's gain by a body, term by term, each term down to its law, its facts and their sources."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median
from types import MappingProxyType
from typing import Any, Final

from foedus.asking import about_a_case
from foedus.casebook.case import Case
from foedus.casebook.quantities import QUANTITIES
from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.model.parameters import BY_NAME
from foedus.model.sizes import SIZES
from foedus.questions import made_of
from foedus.questions.answer import made_with
from foedus.questions.explanation import body_of
from foedus.questions.findings import FEWEST, Assessment, Band
from foedus.questions.study import EVERYBODY
from foedus.questions.what_the_record_holds import consents_table, disagreements
from foedus.questions.who_blocks import CONSENT, GAIN, TERM, blockers, sentence
from foedus.surfaces.reading import clean
from foedus.surfaces.svg.falls import Move, Step, moves, waterfall
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.prose import country, opening, the
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Cell, shown, written
from foedus.web.address import Address, write
from foedus.web.answer_page import seat
from foedus.web.formulas import formula
from foedus.web.held import Held
from foedus.web.shown import WIDE, twice
from foedus.web.state import chips, drawn
from foedus.web.view import Figure, Shown, View

_ASIDE, _PHONE = 470.0, 350.0

_NEAR: Final = 5
"""Facts that are shown at once; the others stand behind a word."""

_ASKED_AS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "normal": ("levers", "command=1"),
        "no quarrels": ("levers", "quarrels=0"),
        "half trade": ("levers", "trade=0.5"),
        "no trade": ("levers", "trade=0"),
        "threat x2": ("levers", "threat=2"),
        "threat x3": ("levers", "threat=3"),
        "one mind": ("levers", "policies=0"),
        "hub x3": ("levers", "hub=3"),
        "hub away": ("levers", "hub=0.1"),
        "no distance": ("changes", "reach_scale=100"),
    }
)
"""Single changes that an address can ask for in one word."""


def show(held: Held, address: Address) -> Shown:
    """Return why a state would agree or refuse.

    Raises
    ------
    FoedusError
        The case has no such state, body or term.
    """
    found, state_of_draws = drawn(held, address)
    item, state, term = _about(found, address)
    bands = {c: found.band(TERM(item, state, c)) for c in COMPONENTS}
    gain = found.band(GAIN(item, state))
    order = sorted(COMPONENTS, key=lambda c: -bands[c].default)
    steps = [_step(held, address, found, c, bands[c], c == term) for c in order]
    band = (gain.low, gain.median, gain.high)
    name, body = the(country(state)), body_of(found.study, "" if item == EVERYBODY else item)
    title = f"What {name} gains by {_lower(body.name)}, term by term, % of GDP a year"
    task = replace(found.task, varied=())
    own = {"body": item} if item != EVERYBODY else {}
    parts = held.shelf.get(
        ("made-of", found.hashes()["result"], task.run_id(0, 1), term, state, item),
        lambda: made_of.section(task, term, state, own.get("body", "")),
    )
    words = {
        "name": name,
        "verdict": verdict(found, item, state),
        "changes": chips(held.prefix, address, held.own_levers(address)),
        "sentence": sentence(found, item, state),
        "band": _between(gain),
        "cited_figure": f"{verdict(found, item, state)[:-1]}: a gain of {written(gain.default, 'signed')} % of GDP a year"
        + (f" ({_between(gain)} across {found.draws} draws)" if found.draws >= FEWEST else ", with the values in use"),
        "who": [(*seat(address, found, s, item), s == state) for s in blockers(found, item)],
        "bodies": bodies(found, address, state, item),
        "body": body.name,
        "fall": twice(lambda w: waterfall(steps, band, w, title), WIDE, _PHONE),
        "terms": [
            (MECHANISMS[c].called(bands[c].default), written(bands[c].default, "signed"), _between(bands[c]))
            for c in order
        ],
        "chosen": _made(held, address, found.case, state, term, bands[term], parts),
        "record": by_record(found, state) if item == EVERYBODY else "",
        "mind": _mind(held, address, found, state, item, gain.default),
        "state": state_of_draws,
        "play": write(address.at("play")) if "play" in held.pages else "",
        "draft": _drafted(held, address, body.members, state),
        "case_link": write(address.at()),
        "case_page": write(address.at("case")),
    }
    command = command_of(held, address, found.draws, state, item)
    heading = f"{country(state)}: {body.name}"
    return Shown("why.html", heading, words, command, made_with(found), 2 if state_of_draws.under_way else 0)


def command_of(held: Held, address: Address, draws: int, state: str, item: str) -> str:
    """Return the command that explains the same."""
    more = [state, *(["--body", item] if item != EVERYBODY else [])]
    return held.command(address, draws, "explain", *more)


def _about(found: Assessment, address: Address) -> tuple[str, str, str]:
    """Return item, state and term of an address, and say what is wrong with them."""
    word = address.word("body")
    known = {name.casefold(): name for name, _ in found.study.bodies()}
    if word and word.casefold() not in known:
        raise fail(f"body '{word}'", "there is no such body", nearest(word, known.values()))
    item = known[word.casefold()] if word else EVERYBODY
    order = blockers(found, item)
    state = found.task.state(address.state) if address.state else (order[0] if order else found.case.hub)
    term = address.word("term")
    if term and term not in COMPONENTS:
        raise fail(f"term '{term}'", "there is no such term", nearest(term, COMPONENTS))
    total = found.value(GAIN(item, state))
    worst = min if total < 0 else max
    return item, state, term or worst(COMPONENTS, key=lambda c: found.value(TERM(item, state, c)))


def verdict(found: Assessment, item: str, state: str) -> str:
    """Return in one sentence whether a state would agree."""
    agrees, name = found.value(CONSENT(item, state)), opening(the(country(state)))
    if math.isnan(agrees):
        return f"{name} is not in this body."
    if agrees < 1 / 3:
        return f"{name} would refuse."
    return f"{name} would agree." if agrees > 2 / 3 else f"{name} might go either way."


def bodies(found: Assessment, address: Address, state: str, item: str) -> list[tuple[str, str, bool]]:
    """Return the bodies that are looked at, each with the page that asks about it."""
    listed = []
    for name, body in found.study.bodies():
        own = {"body": name} if name != EVERYBODY else {}
        listed.append((body.name, write(address.at("why", state, **own)), name == item))
    return listed if len(listed) > 1 else []


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _between(band: Band) -> str:
    return "" if math.isnan(band.low) else f"{written(band.low, 'signed')} to {written(band.high, 'signed')}"


def _step(held: Held, address: Address, found: Assessment, term: str, band: Band, chosen: bool) -> Step:
    link = held.prefix + write(replace(address.having(term=term), form="")) + "#made"
    return Step(MECHANISMS[term].called(band.default), band.default, MECHANISMS[term].ink, link, chosen)


def by_record(found: Assessment, state: str) -> str:
    """Return what the record's law says of a state in a body of all, in a sentence; empty where it says nothing of it."""
    rows = consents_table(found)
    logits = {str(r["state"]): float(str(r["logit"])) for r in rows}
    if state not in logits:
        return ""
    middle, own, (refused, wanted) = median(logits.values()), logits[state], disagreements(rows)
    held_back = own < 0 and middle < 0  # where most are, to be drawn in more is to be held back less
    more = "less" if held_back else "more"
    side = (
        "as much as" if own == middle else f"{more} than" if own > middle else f"{'more' if held_back else 'less'} than"
    )
    parted = ", and there the two disagree" if state in (*refused, *wanted) else ""
    return (
        f"By the record's law, learnt from two centuries of signings, a body of all is {_times(own)} with {the(country(state))} "
        f"among its signatories {'as' if _times(own) == 'as likely' else 'than'} without it, and {_times(middle)} with the state in the middle here: the record {'holds it back' if held_back else 'draws it in'} "
        f"{side} most{parted}."
    )


def _times(logit: float) -> str:
    """Return how much more likely the record has a list of signatories with a state than the same without it, in words."""
    times = math.exp(abs(logit))
    said = f"{times:.1f}" if times < 10 else f"{times:,.0f}"
    return "as likely" if said == "1.0" else f"{said} times {'more' if logit > 0 else 'less'} likely"


_INDEX: Final = re.compile(r"_i\b|_\{i(?=[ajh])|_\{i\\to|\\ni i\b|\(i(?=\\in)")
"""Where a law names the state that it is of."""


def of_state(equation: str, state: str) -> str:
    r"""Return a law with a state in the place of its index.

    Examples
    --------
    >>> print(of_state(r"exp_i = \psi \max_{m \ni i} x_{ia}", "KOR"))
    exp_{\mathrm{KOR}} = \psi \max_{m \ni \mathrm{KOR}} x_{\mathrm{KOR}\,a}
    """
    name = rf"\mathrm{{{state}}}"

    def named(found: re.Match[str]) -> str:
        index = found.group(0)
        if index == "_i":
            return f"_{{{name}}}"
        return (
            index.replace("i", name, 1) + r"\," if index == "_{i" else re.sub(r"i(?!n)(?=$|\\)", lambda _: name, index)
        )

    return _INDEX.sub(named, equation)


def _made(
    held: Held, address: Address, case: Case, state: str, term: str, band: Band, parts: Section
) -> dict[str, Any]:
    """Return what the chosen term is made of, as the page says it."""
    mechanism = MECHANISMS[term]
    facts = [_fact(case, address, row) for row in parts.tables[0]]
    return {
        "title": f"{mechanism.called(band.default).capitalize()}: {written(band.default, 'signed')}",
        "ink": mechanism.ink[: -2 if mechanism.ink[-2:] in ("//", "--", "||", "\\\\") else None],
        "claim": mechanism.claim,
        "equation": formula(of_state(mechanism.equation, state)),
        "numbers": _numbers(mechanism.equation, parts, facts),
        "sum": f"{written(band.default, 'signed')} % of GDP a year",
        "sources": mechanism.sources,
        "method": f"/method/{term}",
        "facts": facts[:_NEAR],
        "more": facts[_NEAR:],
        "parameters": [
            {**_parameter(row), "link": f"/n/{row['parameter']}?case={address.dated}"} for row in parts.tables[1]
        ],
    }


def _fact(case: Case, address: Address, row: Mapping[str, Cell]) -> dict[str, Any]:
    keys = str(row["source"] or "").split()
    gains = [row["gain_low"], row["gain_high"]]
    about = f"/{row['about']}" if row["about"] else ""
    year = f"@{address.year}" if address.year is not None else ""
    return {
        "words": str(row["fact"])[:1].upper() + str(row["fact"])[1:],
        "link": f"/n/{row['quantity']}/{row['state']}{about}?case={address.case}{year}",
        "value": amount(row["value"], str(row["unit"])),
        "range": span(row["low"], row["high"], str(row["unit"])),
        "known": str(row["known"]),
        "sources": [clean(case.sources[k].citation) for k in keys if k in case.sources],
        "gains": "" if gains[0] is None else " to ".join(dict.fromkeys(written(g, "signed") for g in gains)),
    }


_GREEK: Final = dict(
    zip("ζψγφηνξρσχ", ("zeta", "psi", "gamma", "varphi", "eta", "nu", "xi", "rho", "sigma", "chi"), strict=True)
)


def _numbers(equation: str, parts: Section, facts: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str, str]]:
    """Return what stands in a law with its value: letter, index, words, value; parameters by its letters, then the nearest facts."""
    found = []
    for p in map(_parameter, parts.tables[1]):
        symbol = BY_NAME[p["name"]].symbol
        whole = re.search(rf"(?<![A-Za-z]){symbol}(?![A-Za-z])", equation)
        letter, index = (symbol, "") if whole else (symbol[:1], symbol[1:])
        tex = "\\" + _GREEK[letter] if letter in _GREEK else letter
        if whole or re.search(re.escape(tex) + (rf"_\{{?{index}\b" if index else r"(?![A-Za-z_])"), equation):
            found.append((letter, index, p["name"].replace("_", " "), p["value"]))
    for row, fact in zip(parts.tables[0], facts[:_NEAR], strict=False):
        found.append((QUANTITIES[str(row["quantity"])].quantity.symbol, _pair(row), fact["words"], fact["value"]))
    return found


def _pair(row: Mapping[str, Cell]) -> str:
    return ",".join(str(row[k]) for k in ("state", "about") if row[k])


def _parameter(row: Mapping[str, Cell]) -> dict[str, str]:
    return {
        "name": str(row["parameter"]),
        "meaning": str(row["meaning"]),
        "value": shown(row["value"]),
        "range": f"{shown(row['low'])} to {shown(row['high'])}",
        "unit": str(row["unit"]),
    }


def amount(value: Cell, unit: str) -> str:
    """Return a number as people read it, with its unit."""
    if isinstance(value, float) and unit.startswith("share"):
        digits = 0 if value == 0 or value >= 0.1 else 1
        of = unit.removeprefix("share").removeprefix(" of ")
        return f"{100 * value:.{digits}f} %" + (f" of {of}" if of else "")
    if unit in ("yes/no", "0/1") and isinstance(value, float) and value in (0.0, 1.0):
        return "yes" if value else "no"
    times = "× " if unit[:1].isdigit() and len(unit) > 1 else ""  # 1 × 1,000 km, not 1 1,000 km
    return f"{shown(value)} {times}{unit}".strip() if unit not in ("0-1", "1") else shown(value)


def span(low: Cell, high: Cell, unit: str) -> str:
    """Return a range as people read it, with its unit once; empty where there is none."""
    if low is None or high is None:
        return ""
    first = amount(low, unit).split(" of ")[0] if unit.startswith("share") else shown(low)
    return f"{first} to {amount(high, unit)}"


def _mind(held: Held, address: Address, found: Assessment, state: str, item: str, now: float) -> dict[str, Any]:
    task, body = replace(found.task, varied=()), "" if item == EVERYBODY else item
    tried = held.shelf.get(("mind", task.run_id(0, 1), state, item), lambda: made_of.changes_of_mind(task, state, body))
    listed = [Move(lever.label, gain, _tried(held, address, lever.key)) for lever, gain in tried]
    title = f"What {the(country(state))} would gain after one change"
    turned = [m.words for m in listed if (m.value < 0) != (now < 0)]
    many = f"{len(turned)} of them turn the sign." if len(turned) > 1 else "One of them turns the sign."
    return {
        "figure": twice(lambda w: moves(listed, now, w, title), _ASIDE, _PHONE),
        "rows": [(m.words, written(m.value, "signed"), m.link) for m in listed],
        "words": many if turned else "None of them turns the sign by itself.",
    }


def _tried(held: Held, address: Address, key: str) -> str:
    """Return the page that shows a single change, where an address has a word for it."""
    if key not in _ASKED_AS:
        return ""
    kind, word = _ASKED_AS[key]
    page = "play" if "play" in held.pages else "answer"
    at = address.at(page)
    if kind == "levers":
        name = word.partition("=")[0]
        assert name in SIZES, "a lever that is no lever of a size"
        others = tuple(w for w in at.levers if not w.startswith(f"{name}="))
        return held.prefix + write(replace(at, levers=(*others, word)))
    return held.prefix + write(replace(at, changes=(*at.changes, word)))


def _drafted(held: Held, address: Address, members: Sequence[str], state: str) -> str:
    if "draft" not in held.pages:
        return ""
    return write(address.at("draft", members=",".join(s for s in members if s != state)))


def record(held: Held, address: Address) -> Section:
    """Return the section that ``foedus explain`` prints, of as many draws as the address asks for."""
    found = held.answer(address)
    item, state, _ = _about(found, address)
    asked = replace(held.asked(address, found.draws), parameters=None)
    return about_a_case.explain(
        asked, state, body="" if item == EVERYBODY else item, draws=asked.draws, seed=asked.seed
    )


def figure(held: Held, address: Address) -> Figure:
    """Return the waterfall as a picture that is taken along."""
    found = held.answer(address)
    item, state, _ = _about(found, address)
    bands = {c: found.band(TERM(item, state, c)) for c in COMPONENTS}
    gain = found.band(GAIN(item, state))
    steps = [
        Step(MECHANISMS[c].called(bands[c].default), bands[c].default, MECHANISMS[c].ink)
        for c in sorted(COMPONENTS, key=lambda c: -bands[c].default)
    ]
    title = f"What {the(country(state))} gains by the body, term by term, % of GDP a year"
    band = (gain.low, gain.median, gain.high)
    whole = f"{title}. {found.case.title}"
    return Figure(
        lambda width: waterfall(steps, band, width, title), whole, sentence(found, item, state), made_with(found)
    )


VIEW = View("why", "Why", show, record, figure)
