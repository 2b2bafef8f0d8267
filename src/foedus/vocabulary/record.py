"""Records: what was found, as plain data; terminal, page, JSON and files are renderings of one and the same value.

A :class:`Record` is a list of sections. A :class:`Section` says something in sentences, shows it in tables and charts,
and may hold further sections. A :class:`Chart` names columns of a table and a mark that draws them; nothing is drawn here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from typing import Any, ClassVar, Final

from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.tables import Cell, Table

MARKS: Final = ("bars", "stack", "dots", "strip", "lines", "grid", "map", "networks")
"""Kinds of pictures, each drawn by one function of :mod:`foedus.surfaces.svg.draw` and its siblings.

``bars``: one bar per row, from a base line. ``stack``: terms of a sum stacked both ways, net as a mark, range as a
whisker. ``dots``: one row per label, one dot per series, range as a whisker. ``strip``: every draw a dot, default and
quantiles as marks. ``lines``: one line per series over a scale, bands behind. ``grid``: one cell per pair. ``map``:
institutions on outlines of the day. ``networks``: small pictures of who is bound to whom.
"""


@dataclass(frozen=True)
class Chart:
    """One picture: which columns of which table are drawn by which mark."""

    key: str
    """File stem, unlike that of any other chart of the record."""
    mark: str
    """One of :data:`MARKS`."""
    title: str
    """What the picture shows, in a few words; for readers who cannot see it and above exported files."""
    caption: str
    """One or two sentences below it: how to read it, where the data come from."""
    table: Table
    """Its rows are what is drawn; units and words come from its columns."""
    x: str = ""
    y: str = ""
    """Columns along and up; for ``bars``, ``stack``, ``dots`` and ``strip`` `y` holds the labels and `x` the numbers."""
    series: str | tuple[str, ...] = ""
    """Column that tells lines or dots apart, or, for wide tables, the columns that do."""
    low: str = ""
    high: str = ""
    """Columns of the ends of a range, empty for none."""
    colour: str = ""
    """Column whose values choose inks, with `inks`."""
    inks: Mapping[str, str] = field(default_factory=dict)
    """Ink by series or value; ink names are those of :mod:`foedus.surfaces.svg.pen`."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Further words of a mark, each documented where the mark is drawn."""


@dataclass(frozen=True, repr=False)
class Section:
    """One answer: sentences, tables, charts, and what to mind when reading them."""

    key: str
    """Anchor on the page, key in JSON; unique among its siblings."""
    title: str
    """Heading."""
    says: tuple[str, ...] = ()
    """Sentences, the most important first."""
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()
    """Conditions and known misses, said in small type beside the numbers."""
    sections: tuple[Section, ...] = ()
    """Parts of this one."""
    tags: tuple[tuple[str, str], ...] = ()
    """Short words beside the heading, each with the tone in which it is set: ``good``, ``bad``, ``mixed``, ``quiet``."""
    folded: bool = False
    """Whether a page shows it closed, to be opened by those who want to check."""
    seen: tuple[str, ...] = ()
    """Sentences for those who have the page before them: what to open, and how pictures are read."""
    made: Mapping[str, Any] = field(default_factory=dict)
    """What it was made with, where it is an answer by itself; the parts of a record leave that to it."""

    def __repr__(self) -> str:
        """Return heading, sentences and the names of the tables, for those who print it in plain Python."""
        return _in_short(f"<Section '{self.key}': {self.title}>", self.says, self.all_tables())

    def table(self, name: str) -> Table:
        """Return a table by name, also from parts.

        Raises
        ------
        KeyError
            There is none of that name.
        """
        return {t.name: t for t in self.all_tables()}[name]

    def to_dict(self) -> dict[str, Any]:
        """Return the section as plain JSON data; numbers that are none become null."""
        return _section(self)

    def under(self, stem: str) -> Section:
        """Return the section under another key, its charts and tables named after it, to stand beside one of the same kind.

        Parameters
        ----------
        stem : str
            The new key, which goes before the keys of charts and the names of tables.
        """

        def renamed(table: Table) -> Table:
            return replace(table, name=f"{stem.replace('-', '_')}_{table.name}")

        return replace(
            self,
            key=stem,
            tables=tuple(map(renamed, self.tables)),
            charts=tuple(replace(c, key=f"{stem}-{c.key}", table=renamed(c.table)) for c in self.charts),
            sections=tuple(replace(part.under(stem), key=part.key) for part in self.sections),
        )

    def all_tables(self) -> Iterator[Table]:
        """Yield the tables of this section and of its parts."""
        yield from self.tables
        for part in self.sections:
            yield from part.all_tables()

    def all_charts(self) -> Iterator[Chart]:
        """Yield the charts of this section and of its parts."""
        yield from self.charts
        for part in self.sections:
            yield from part.all_charts()


@dataclass(frozen=True)
class Source:
    """A source as it stands at the end of a record: key, citation, address if there is one, and how far it was checked."""

    key: str
    citation: str
    url: str = ""
    trust: str = "checked"


@dataclass(frozen=True, repr=False)
class Record:
    """Everything that was found about one question asked."""

    kind: str
    """What was asked: ``assessment``, ``trial``, ``system`` and so on."""
    title: str
    question: str
    kicker: str
    """A few words above the title: date, size of the ensemble."""
    says: tuple[str, ...]
    """The answer in plain words, at most sixty of them: what a reader on one screen has to take away."""
    sections: tuple[Section, ...]
    sources: tuple[Source, ...] = ()
    made: Mapping[str, Any] = field(default_factory=dict)
    """What it was made with: version, seed, draws, parameters, data versions and hashes."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What names mean that stand in it without their declaration, for those who read it."""

    def __repr__(self) -> str:
        """Return title, answer and the names of the tables, for those who print it in plain Python."""
        return _in_short(f"<Record of {self.kind}: {self.title}>", self.says, self.tables())

    def section(self, key: str) -> Section:
        """Return a section by key.

        Raises
        ------
        KeyError
            There is none of that key.
        """
        return {s.key: s for s in self.sections}[key]

    def table(self, name: str) -> Table:
        """Return a table by name, wherever it stands.

        Raises
        ------
        KeyError
            There is none of that name.
        """
        return {t.name: t for t in self.tables()}[name]

    def tables(self) -> tuple[Table, ...]:
        """Return every table once, in the order of the sections."""
        return tuple({t.name: t for s in self.sections for t in s.all_tables()}.values())

    def charts(self) -> tuple[Chart, ...]:
        """Return every chart, in the order of the sections."""
        return tuple(c for s in self.sections for c in s.all_charts())

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain JSON data; numbers that are none become null."""
        return {
            "kind": self.kind,
            "title": self.title,
            "question": self.question,
            "says": list(self.says),
            "made": plain(self.made),
            "sections": [_section(s) for s in self.sections],
            "sources": [vars(s) for s in self.sources],
        }


_HASHED: Final = {
    "case_hash": "case",
    "parameters_hash": "parameters",
    "code_hash": "code that its draws run",
    "code": "code that its draws run",
    "result_hash": "result",
}
"""What each hash is of; the code is that of the modules which this answer imports, so it differs between commands."""


def footer(made: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what an answer was made with as it stands below it, in a few words each: what is text or a number, hashes last.

    Parameters
    ----------
    made : mapping
        As a record or a section has it.

    Examples
    --------
    >>> from foedus.vocabulary.record import footer
    >>> footer({"foedus": "0.1.0", "case_hash": "ab12", "seed": 1})
    ('foedus 0.1.0', 'seed 1', 'hashes: case ab12')
    """
    known = {k: v for k, v in made.items() if isinstance(v, str | int | float) and str(v)}
    hashes = ", ".join(f"{_HASHED[k]} {v}" for k, v in known.items() if k in _HASHED)
    said = tuple(f"{k.replace('_', ' ')} {v}" for k, v in known.items() if k not in _HASHED)
    return (*said, *((f"hashes: {hashes}",) if hashes else ()))


def _in_short(head: str, says: Iterable[str], tables: Iterable[Table]) -> str:
    named = ", ".join(dict.fromkeys(t.name for t in tables))
    return "\n".join([head, *says, *([f"tables: {named}"] if named else [])])


class Told:
    """What was found, handed out with what tells of it: it shows itself in notebooks and has tables by name."""

    noun: ClassVar[str]
    """What it is called where it lacks something."""
    front: ClassVar[str]
    """The table that a notebook shows below the answer."""
    tell: Callable[[Any], Record] | None
    """Makes the record."""

    @cached_property
    def record(self) -> Record:
        """Everything that is said, shown and listed about it, as plain data."""
        assert self.tell is not None, "what was found is handed out with what tells of it"
        return self.tell(self)

    def table(self, name: str) -> Table:
        """Return a tidy table of the record by name.

        Raises
        ------
        FoedusError
            There is none of that name; the nearest names are given.
        """
        known = {t.name: t for t in self.record.tables()}
        if name not in known:
            raise fail(f"table '{name}'", f"this {self.noun} has no such table", nearest(str(name), known))
        return known[name]

    @property
    def heading(self) -> str:
        """What stands above it in notebooks."""
        return self.record.title

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{escape(words)}</p>" for words in self.record.says)
        return f"<h3>{escape(self.heading)}</h3>{said}{self.record.table(self.front)._repr_html_()}"


def _section(section: Section) -> dict[str, Any]:
    """Return a section as plain data; a chart names its table, which stands there once."""
    return {
        "key": section.key,
        "title": section.title,
        "says": list(section.says),
        "tags": [word for word, _ in section.tags],
        "tables": {t.name: _table(t) for t in section.tables},
        "charts": [
            {"key": c.key, "mark": c.mark, "title": c.title, "caption": c.caption, "table": c.table.name}
            for c in section.charts
        ],
        **({"seen": list(section.seen)} if section.seen else {}),
        "notes": list(section.notes),
        **({"made": plain(section.made)} if section.made else {}),
        "sections": [_section(s) for s in section.sections],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [c.about() for c in table.columns],
        "rows": [[plain(v) for v in row] for row in table.rows],
    }


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: no NaN, no infinity, no tuples, keys as text."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    return value


def cell(value: float) -> Cell:
    """Return a number as a cell: None where there is none."""
    return value if math.isfinite(value) else None
