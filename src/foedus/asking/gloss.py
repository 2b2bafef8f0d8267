"""The gloss: what the names of parameters and facts mean, told with every record in which readers meet them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from foedus.asking.ask import Ask
from foedus.casebook.case import Fact
from foedus.casebook.quantities import QUANTITIES
from foedus.model.parameters import PARAMETERS
from foedus.questions.answer import inputs_table
from foedus.questions.theory_tables import parameters_table
from foedus.surfaces.reading import read
from foedus.vocabulary.errors import fail
from foedus.vocabulary.record import Record, Section
from foedus.vocabulary.tables import Table


@cache
def glossary() -> Mapping[str, str]:
    """Return what every name that readers meet without its declaration means: parameters, and facts of two words or rare ones.

    Names of facts that are plain words, such as trade, say what they are.
    """
    plain = {n for n in QUANTITIES if "_" not in n} - {"cinc", "recklessness", "perception"}
    found = {n: e.quantity.meaning for n, e in QUANTITIES.items() if n not in plain}
    found |= {p.name: p.meaning for p in PARAMETERS}
    return MappingProxyType({n.replace("_", " "): found[n] for n in sorted(found)})


def _texts(section: Section) -> Iterator[str]:
    """Yield what readers meet of a section: not what is folded, nor tables for files, nor those that say meanings themselves."""
    if section.folded:
        return
    yield from (section.title, *section.says, *section.notes)
    for t in section.tables:
        columns = () if t.quiet or any(c.name == "meaning" for c in t.columns) else read(t)
        yield from (text for c in columns for text in (c.head, *c.cells))
    for chart in section.charts:
        yield from (str(v) for row in chart.table.rows for v in row if isinstance(v, str))
    for part in section.sections:
        yield from _texts(part)


def numbers_in_use(case: str | None, settings: Iterable[str] = (), calibration: str | Path = "") -> tuple[Table, ...]:
    """Return the parameters with the values in use and, of a case, every number with the value in use.

    Parameters
    ----------
    case : str or None
        None for the parameters alone.
    settings : iterable of str
        Set by hand, such as ``treaty_reliability=0.5``; facts only where there is a case.
    calibration : str or Path
        Name or file whose medians are in use.

    Raises
    ------
    FoedusError
        The case, the calibration or a setting is wrong, or a fact is set without a case.
    """
    asked = Ask(case or Ask().case, tuple(settings), (), calibration, 0)
    facts = asked.changed.facts
    if case is None:
        if facts:
            where = ".".join(filter(None, next(iter(facts))))
            raise fail(f"fact '{where}'", "a fact belongs to a case", "Give --case CASE, or set parameters alone")
        return (parameters_table(asked.values),)

    def used(fact: Fact) -> Fact:
        value = facts.get((fact.quantity, fact.subject, fact.against))
        if value is None:
            return fact
        return replace(fact, value=value, source=(), judged="set by hand", low=None, high=None)

    changed = replace(asked.loaded, facts=tuple(map(used, asked.loaded.facts)))
    return parameters_table(asked.values), inputs_table(changed)


def glossed(record: Record) -> Record:
    """Return a record with what the names of parameters and facts in it mean; none that it does not use.

    Parameters
    ----------
    record : Record
    """
    met = " ".join((*record.says, *(text for s in record.sections for text in _texts(s)))).replace("_", " ")
    used = {w: m for w, m in glossary().items() if re.search(rf"(?<!\w){re.escape(w)}(?!\w)", met)}
    return replace(record, words=used)
