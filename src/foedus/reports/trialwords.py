"""Words of a trial: queries and tests as somebody reads them who never saw the model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from foedus.questions.how_far_the_quarrel_goes import VARIANTS
from foedus.reports.writing import country
from foedus.trials.bench import ModelTest, Under
from foedus.trials.queries import Query
from foedus.vocabulary.tables import shown

_READINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "chance of OUTCOME": "Chance that a year ends with {form}",
        "gain of STATE from BODY": "What {s} gains from {body}",
        "TERM of STATE from BODY": "{term} as a part of what {s} gains from {body}",
        "consent of STATE to BODY": "Chance that {s} agrees to {body}",
        "exit of STATE from BODY": "Chance that {s} leaves {body} within a year",
        "acceptance of BODY": "Chance that every member agrees to {body}",
        "weakest consent to BODY": "Chance that the most reluctant member agrees to {body}",
        "readiness of BODY": "Share of its force that {body} could bring into action",
        "trade threshold of STATE for BODY": "Trade with the adversaries at which {s} would just refuse {body}",
        "trade of STATE": "Trade of {s} with the adversaries",
        "hub's MEASURE in ARCHITECTURE": "The hub’s {measure} {arch}",
        "effort of STATE in ARCHITECTURE": "Arms {s} would want, as a share of those it would want alone, {arch}",
        "quarrel RUNG when VARIANT": "{rung}: {variant}",
        "quarrel STAKE when VARIANT": "{rung}: {variant}",
        "loss of STATE when SITUATION": "Expected loss of {s}, {how}",
        "acceptance with STATE": "Chance that every member agrees to the body with {s} in it",
        "acceptance without STATE": "Chance that every member agrees to the same body without {s}",
        "hold of ARCHITECTURE at BUDGET": "Chance that {arch} holds when the adversary spends {budget} bn a year",
        "cost of breaking ARCHITECTURE": "What it costs the adversary to break {arch}",
        "cost of turning STATE in ARCHITECTURE": "What it costs the adversary to turn {s} in {arch}",
        "worth of the treaty of STATE": "What the treaty of {s} with the hub is worth{hub}",
        "number of treaties": "Bilateral treaties with the hub that both sides want",
        "chance of a pact of STATE and STATE": "Chance that {a} and {b} sign a {depth}{years}",
    }
)
"""How each kind of quantity is read."""

_RUNGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "both": "Chance that both sides escalate",
        "brokered": "Chance that both escalate and nobody defuses it",
        "third_rung": "Chance that the quarrel reaches its third rung",
        "brokerage": "Chance that somebody defuses it",
        "stake_i": "Security the first side stands to lose",
        "stake_j": "Security the second side stands to lose",
    }
)

_SITUATIONS: Final[Mapping[str, str]] = MappingProxyType(
    {"today": "as things are", "left out": "left out of the body", "taken in": "taken into the body"}
)

_ARCHITECTURES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "star": "under bilateral treaties",
        "divided": "facing a council, member by member",
        "bloc": "facing a council as a bloc",
        "hub-led": "in a body it leads",
        "today": "under what is in force",
    }
)

_SMALL: Final = 0.01
"""Percent below which a share is not spelt out: no case is known that well."""

_POINTS: Final = ("probability", "share", "share of GDP")


def amount(value: float | None, unit: str, change: bool = False) -> str:
    """Return a value, or a change, with its unit, as readers see it."""
    if value is None:
        return "–"
    if unit in _POINTS:
        number, unit = f"{100 * value:.3g}", "points" if change else "%"
        if 0 < abs(100 * value) < _SMALL:
            number = f"under {_SMALL:g}"
    else:
        number = shown(float(value))
    one = unit.removesuffix("s") if number == "1" and unit in ("points", "treaties") else unit
    return f"{number} {'treaty' if one == 'treatie' else one}".replace("-", "−")


def _the(state: str) -> str:
    """Return the name of a state as it stands in a sentence."""
    named = country(state)
    return f"the {named}" if named.startswith(("United ", "Philippines", "Netherlands")) else named


def _names(body: str) -> str:
    """Return a body with the names of its members in place of their ids."""
    if body == "star":
        return "the star of bilateral treaties"
    if body == "everybody":
        return "a council of everybody"
    if body == "the allies":
        return "a council of the allies"
    named = re.sub(r"\b[A-Z]{3}\b", lambda m: _the(m.group()), body)
    return named[0].lower() + named[1:] if named.startswith(("The ", "A ")) else named


def reading(query: Query) -> str:
    """Return a query as a noun phrase, with its place or year where that is another."""
    said = {k: v or "" for k, v in query.blanks.items()}
    words = {k: _the(v) if k in ("s", "a", "b") else _names(v) if k == "body" else v for k, v in said.items()}
    if "arch" in said:
        of_hub = query.kind.form.startswith(("hub's", "effort"))
        words["arch"] = _ARCHITECTURES[said["arch"]] if of_hub else _names(said["arch"])
    if "term" in said:
        words["term"] = said["term"].capitalize()
    if "rung" in said:
        words |= {"rung": _RUNGS[said["rung"]], "variant": _lower(VARIANTS[said["variant"]])}
    if "how" in said:
        words["how"] = _SITUATIONS[said["how"]]
    if "hub" in said:
        words["hub"] = said["hub"] or " to it"
    if "depth" in said:
        words["depth"] = f"pact {said['depth']} as deep as an alliance" if said["depth"] else "light treaty"
    if "years" in said:
        words["years"] = f", after {said['years']} years in one forum" if said["years"] else ""
    text = _READINGS[query.kind.form].format(**words)
    return f"{text} – {_where(query)}" if query.elsewhere else text


def _where(query: Query) -> str:
    case, _, year = query.place.partition("@")
    return f"in {year}" if year else case.replace("-", " ").capitalize()


def _lower(text: str) -> str:
    return text if re.match(r"[A-Z]{2}|[A-Z]\w+ [A-Z]", text) else text[:1].lower() + text[1:]


def change(under: Under) -> str:
    """Return what a test changes, as a clause."""
    return "; ".join(_set(part) for part in under.words.split("; ") if part)


def _set(words: str) -> str:
    found = re.fullmatch(r"(?P<one>\w+)(?:\.(?P<what>\w+)(?:\.(?P<other>\w+))?)?=(?P<value>.+)", words)
    if not found:
        return words
    what = (found["what"] or found["one"]).replace("_", " ")
    of = f" of {_state(found['one'])}" if found["what"] else ""
    towards = f" towards {_state(found['other'])}" if found["other"] else ""
    return f"{what}{of}{towards} is {found['value']}"


def _state(word: str) -> str:
    return _the(word.upper()) if len(word) == 3 else word.replace("_", " ").title()


def assumption(label: str, here: str) -> str:
    """Return the label of an uncertainty in words: a parameter, or a fact with its states and, elsewhere, its case."""
    found = re.fullmatch(r"(?P<what>\w+) (?P<one>\w+)(?: (?P<other>\w+))?(?: \((?P<case>[^)]+)\))?", label)
    if not found:
        return label.replace("_", " ")
    towards = f" towards {_the(found['other'])}" if found["other"] else ""
    place = f" ({found['case']})" if found["case"] and found["case"] != here else ""
    return f"{found['what'].replace('_', ' ')} of {_the(found['one'])}{towards}{place}"


def in_words(test: ModelTest) -> str:
    """Return a test on the model as a sentence without the final stop."""
    unit = test.query.unit
    what = reading(test.query)
    least = f" by {amount(test.at_least, unit, True)} or more" if test.at_least else ""
    under = f", if: {_lower(change(test.under))}" if test.under.words else ""
    if test.than is None:
        return f"“{what}” {test.expect}{least}{under}"
    than = f"“{_lower(reading(test.than))}”" if isinstance(test.than, Query) else amount(float(test.than), unit)
    return f"“{what}” is {test.expect} {than}{least}{under}"
