"""Made of: the facts and parameters that a term of a state's gain rests on, and what single changes make of the gain.

The names of a law's arguments are its wiring, so what a term rests on is read from the laws themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from foedus.casebook.case import Case, Fact
from foedus.casebook.quantities import QUANTITIES
from foedus.mechanisms import LAWS, MECHANISMS
from foedus.model.architecture import Institution
from foedus.model.builder import FactKey
from foedus.model.parameters import BY_NAME
from foedus.questions.explanation import body_of
from foedus.questions.levers import LEVERS, Lever
from foedus.questions.study import Study
from foedus.questions.task import Task
from foedus.questions.who_blocks import GAIN, about_body
from foedus.vocabulary.prose import country, the
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Cell, Column, Table, table

MOST: Final = 8
"""Facts that are tried at the ends of their ranges; those nearest to the term come first."""

_STANDS_FOR: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "capability_raw": ("military_spending", "cinc"),
        "capability_available": ("military_spending", "cinc", "available_share"),
        "adversary_capability_raw": ("military_spending", "cinc"),
        "adversary_capability_available": ("military_spending", "cinc", "available_share"),
        "adversary_distance": ("distance",),
        "adversary_ideal_point": ("ideal_point",),
    }
)
"""Quantities of cases that stand behind arrays of a world under another name."""

_CALLED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gdp": "product",
        "cinc": "share of world capabilities",
        "available_share": "part of the force usable here",
        "ideal_point": "foreign-policy position",
        "sovereignty": "own command of the own forces",
        "free_force": "share of the force free for others",
        "recognised": "recognition",
        "perception": "threat as the leader sees it,",
    }
)
"""What quantities of cases are called in sentences, where their field word is not enough."""

_GDP = "% of GDP a year"


def ingredients(component: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the quantities of cases, and the parameters, that a term is worked out from, the nearest first.

    Parameters
    ----------
    component : str
        A term of utility, such as ``exposure``.
    """
    seen, level = [component], [component]
    while level:
        level = [n for law in level if law in LAWS for n in LAWS[law].needs if n not in seen]
        level = list(dict.fromkeys(level))
        seen += level
    quantities = [q for n in seen for q in _STANDS_FOR.get(n, (n,)) if q in QUANTITIES]
    return tuple(dict.fromkeys(quantities)), tuple(n for n in seen if n in BY_NAME)


def facts_of(case: Case, component: str, state: str) -> tuple[Fact, ...]:
    """Return the facts about a state that a term is worked out from, the nearest first.

    Of a quantity between two states both directions count; facts that the case leaves to their default are not listed.
    """
    quantities, _ = ingredients(component)
    mine = [f for f in case.facts if state in (f.subject, f.against) and f.quantity in quantities]
    return tuple(sorted(mine, key=lambda f: quantities.index(f.quantity)))


def fact_words(fact: Fact, year: int | None = None) -> str:
    """Return what a fact is about in words: ``trade of South Korea with China``; with the names of a year where one is given."""
    name = _CALLED.get(fact.quantity, fact.quantity.replace("_", " "))
    if fact.against is None:
        return f"{name} of {the(country(fact.subject, year))}"
    joined = {"trade": "with", "distance": "to"}.get(fact.quantity, "towards")
    return f"{name} of {the(country(fact.subject, year))} {joined} {the(country(fact.against, year))}"


def gain_of(study: Study, institution: Institution, state: str) -> float:
    """Return what a state gains by a body, % of GDP a year."""
    return about_body(study, "", institution)[GAIN("", state)]


def at_value(task: Task, fact: Fact, value: float) -> Study:
    """Return the study in which one fact has another value, all else as in use."""
    key: FactKey = (fact.quantity, fact.subject, fact.against)
    return replace(task, overrides={**task.overrides, key: value}).study()


def facts_table(task: Task, component: str, state: str, body: str = "") -> Table:
    """Return the facts of a term with value, range, source, and the gain when each stands at the ends of its range."""
    rows: list[list[Cell]] = []
    for n, f in enumerate(facts_of(task.case, component, state)):
        key: FactKey = (f.quantity, f.subject, f.against)
        value = task.overrides.get(key, f.value)
        ends: tuple[Cell, Cell] = (None, None)
        if n < MOST and f.low is not None and f.high is not None and f.high > f.low and key not in task.overrides:
            studies = [at_value(task, f, v) for v in (f.low, f.high)]
            gains = [gain_of(s, body_of(s, body), state) for s in studies]
            ends = (min(gains), max(gains))
        known = f"judged: {f.judged}" if f.judged else "measured"
        rows.append(
            [
                f.quantity,
                f.subject,
                f.against,
                fact_words(f),
                value,
                f.low,
                f.high,
                f.unit,
                *ends,
                known,
                " ".join(f.source),
            ]
        )
    columns = [
        Column("quantity", hidden=True),
        Column("state", hidden=True),
        Column("about", hidden=True),
        Column("fact"),
        Column("value", "see unit"),
        Column("low", "see unit", "least it may be"),
        Column("high", "see unit", "most it may be"),
        Column("unit"),
        Column("gain_low", _GDP, "least gain when this fact alone stands at an end of its range", form="signed"),
        Column("gain_high", _GDP, "most gain when this fact alone stands at an end of its range", form="signed"),
        Column("known", "", "measured, or judged and why"),
        Column("source", drop=1),
    ]
    return table("facts", f"Facts behind the term {MECHANISMS[component].label}", columns, rows)


def parameters_of(task: Task, component: str) -> Table:
    """Return the parameters of a term with value in use and range."""
    rows: list[list[Cell]] = []
    for name in ingredients(component)[1]:
        p = BY_NAME[name]
        rows.append([name, p.meaning, task.parameters[name], p.low, p.high, p.unit, p.source])
    columns = [
        Column("parameter"),
        Column("meaning"),
        Column("value", "see unit", "in use"),
        Column("low", "see unit", "least it may be"),
        Column("high", "see unit", "most it may be"),
        Column("unit"),
        Column("source", drop=1),
    ]
    return table("parameters", f"Parameters behind the term {MECHANISMS[component].label}", columns, rows)


def section(task: Task, component: str, state: str, body: str = "") -> Section:
    """Return what a term of a state's gain is made of: the law in a sentence, its facts and its parameters.

    Raises
    ------
    FoedusError
        The case has no such body.
    """
    found = (facts_table(task, component, state, body), parameters_of(task, component))
    mechanism = MECHANISMS[component]
    return Section("made-of", f"What the term {mechanism.label} is made of", (mechanism.claim,), found)


def changes_of_mind(task: Task, state: str, body: str = "") -> tuple[tuple[Lever, float], ...]:
    """Return what a state would gain by a body after each single change, the most welcome first.

    Changes that move the gain by less than a hundredth are left out.

    Raises
    ------
    FoedusError
        The case has no such body.
    """
    study = task.study()
    now = gain_of(study, body_of(study, body), state)
    found = []
    for lever in LEVERS:
        parameters = study.parameters.replace(dict(lever.parameters))
        other = replace(study, world=lever.world(study.world), parameters=parameters)
        found.append((lever, gain_of(other, body_of(other, body), state)))
    return tuple(sorted((f for f in found if abs(f[1] - now) >= 0.01), key=lambda f: -f[1]))
