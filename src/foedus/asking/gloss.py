"""The gloss: what the names of parameters and facts mean, told with every record in which readers meet them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from foedus.casebook.quantities import QUANTITIES
from foedus.model.parameters import PARAMETERS
from foedus.surfaces.reading import read
from foedus.vocabulary.record import Record, Section


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


def glossed(record: Record) -> Record:
    """Return a record with what the names of parameters and facts in it mean; none that it does not use.

    Parameters
    ----------
    record : Record
    """
    met = " ".join((*record.says, *(text for s in record.sections for text in _texts(s)))).replace("_", " ")
    used = {w: m for w, m in glossary().items() if re.search(rf"(?<!\w){re.escape(w)}(?!\w)", met)}
    return replace(record, words=used)
