"""Readings: queries and tests as somebody reads them who never saw the model, with the conditions they stand under."""

from __future__ import annotations

import math
import re
from typing import Final

from foedus.casebook.case import Case
from foedus.mechanisms import PROCEDURES
from foedus.questions.levers import LEVERS
from foedus.questions.study import EVERYBODY
from foedus.questions.what_a_wedge_costs import BEFORE, BREAK, COST, HOLDS
from foedus.trials.bench import ModelTest, Under
from foedus.trials.queries import PHRASES, Query
from foedus.vocabulary.prose import country, listing
from foedus.vocabulary.tables import Cell, Column, Table, shown, table

_SMALL: Final = 0.01
"""Percent below which a share is not spelt out: no case is known that well."""


def is_share(unit: str) -> bool:
    """Return whether a unit is that of a probability or share, which is read as per cent."""
    return unit.startswith(("probability", "share"))


_SMALL_HERE: Final = re.compile(
    r"^(?:It|Its|The|A|An|There|No|They|This|That|These|Those|Nobody|Nothing|When|Every|Any|One|In|If)\b"
)
"""First words of a sentence that have no capital of their own, as they stand in the middle of one."""


def amount(value: float | None, unit: str, change: bool = False) -> str:
    """Return a value, or a change, with its unit, as readers see it."""
    if value is None:
        return "–"
    if math.isinf(value):
        return "no sum" if unit.startswith("bn") else "without end"
    if is_share(unit):
        yearly = " a year" if unit.endswith(" a year") else ""
        number, unit = f"{100 * value:.3g}", ("points" if change else "%") + yearly
        if 0 < abs(100 * value) < _SMALL:
            number = f"under {_SMALL:g}"
    else:
        number = shown(float(f"{value:.3g}"))
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
    kind = query.kind
    words = {b: kind.readings.get(b, {}).get(v or "", _spelt(b, v)) for b, v in query.blanks.items()}
    text = " ".join(re.sub(r"\b[A-Z]{3,}\b", lambda m: words.get(m.group(), m.group()), kind.reading).split())
    text = text.replace(" ,", ",")
    return f"{text} – {_where(query)}" if query.elsewhere else text


def _spelt(blank: str, word: str | None) -> str:
    """Return what stands in a blank as readers see it."""
    if blank in ("STATE", "OTHER", "MEMBER"):
        return _the(word or "")
    if blank in ("BODY", "PRESSED"):
        return _names(word or "")
    if blank == "DEPTH":
        return f"a pact {word} as deep as an alliance" if word else "a light treaty"
    if blank == "YEARS":
        return f", after {word} years in one forum" if word else ""
    return word or ""


def _where(query: Query) -> str:
    case, _, year = query.place.partition("@")
    return f"in {year}" if year else case.replace("-", " ").capitalize()


def _lower(text: str) -> str:
    return text if re.match(r"[A-Z]{2}|[A-Z]\w+ [A-Z]", text) else text[:1].lower() + text[1:]


def change(under: Under) -> str:
    """Return what a test changes, as a clause."""
    return _lower("; ".join(_set(part) for part in under.words.split("; ") if part))


def _set(words: str) -> str:
    if words.startswith("law "):
        procedure, _, name = words.removeprefix("law ").partition("=")
        return _lower(PROCEDURES[procedure][name].claim.removesuffix("."))
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
    under = f", if: {change(test.under)}" if test.under.words else ""
    if test.than is None:
        return f"“{what}” {test.expect}{least}{under}"
    than = f"“{_lower(reading(test.than))}”" if isinstance(test.than, Query) else amount(float(test.than), unit)
    return f"“{what}” is {test.expect} {than}{least}{under}"


def wrong_if(text: str) -> str:
    """Return what would show a claim to be wrong as a whole sentence, whether it was written as a clause or as one."""
    clause = re.sub(
        r"^(?:(?:it|this|the claim) (?:is|would be) )?(?:wrong,? )?if,? ", "", text.strip(), flags=re.IGNORECASE
    )
    clause = clause.removesuffix(".") if not clause.endswith("..") else clause
    return f"It is wrong if {_SMALL_HERE.sub(lambda w: w.group().lower(), clause)}."


def conditions(test: ModelTest, case: Case) -> tuple[str, ...]:
    """Return why the number of a test can differ from what an assessment of the case shows for nearly the same thing."""
    asked = [q for q in (test.query, test.than) if isinstance(q, Query)]
    command = f"“foedus assess {case.name}”"
    places = dict.fromkeys(q.place for q in asked if q.elsewhere)
    found = [f"Asked of {listing(places)}, while {command} is about {case.as_of}."] if places else []
    known = {EVERYBODY, *(w.name for w in case.watch)}
    bodies = dict.fromkeys(q.blanks["BODY"] for q in asked if not q.elsewhere and q.blanks.get("BODY"))
    found += [
        f"Asked of {_names(body)}; {command} asks of a council of everybody and of the bodies that its case watches."
        for body in bodies
        if body and body not in known
    ]
    if any(q.kind in (HOLDS, BREAK, COST) for q in asked):
        found.append(f"{BEFORE}.")
    return tuple(found)


def vocabulary() -> Table:
    """Return the phrases and levers that claims are written with."""
    rows: list[list[Cell]] = [["quantity", m.written, f"{m.about} ({m.unit})"] for m in PHRASES]
    rows.append(["place", "… in CASE or … in CASE@YEAR", "the same of another case (under also:), or in another year"])
    rows += [["lever", lever.key, lever.label] for lever in LEVERS]
    return table("vocabulary", "What claims can ask", [Column("kind"), Column("written as"), Column("meaning")], rows)
