"""The record of treaties as runs of the world have them: who was bound when, and the same counts year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.archive.codes import members
from foedus.archive.datasets.atop import LAST_YEAR
from foedus.archive.frames import pl
from foedus.archive.kads import signings
from foedus.archive.pledges import Source
from foedus.archive.treaty_years import in_force, terms_agreed
from foedus.estimation.protocol import LAST_END, WITHOUT
from foedus.kernels.allianceyears import COUNTS
from foedus.kernels.webshape import bonds_of, partners, shape

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class TreatyYear:
    """One treaty of defence that was in force when a year began."""

    treaty: int
    year: int
    members: tuple[int, ...]
    """Last codes of the members that are states in the year, ascending."""
    born: int
    """Year of the first signature."""
    ends: bool
    """Whether fewer than two are bound at the end of the year."""
    replaced: bool
    """Whether it ends and another treaty of the very same states is in force at the end of the year."""


@dataclass(frozen=True)
class Web:
    """Treaties as arrays among S states, T in all."""

    members: Whole
    sizes: Whole
    """Shape (T, S), members ascending, and (T,), how many; 0 for treaties that have ended."""
    born: Whole
    ended: Whole
    """Shape (T,); years, 0 for no end."""
    wide: NDArray[np.bool_]
    """Shape (T,); whether more than two signed it."""
    term: Floats
    """Shape (T,); years after which it runs out, 0 for never."""


class Treaties:
    """The record of treaties of defence from 1816 on, without the wartime declaration of 1942.

    Parameters
    ----------
    source : Source
        Store or tidy folder with the ATOP member file.

    Raises
    ------
    FoedusError
        The table is missing.
    """

    def __init__(self, source: Source) -> None:
        self.events = signings(source, without=WITHOUT).with_columns(came=pl.col("entrants").list.len())
        """Foundings, accessions and entries, see :func:`foedus.archive.kads.signings`."""
        self.terms = terms_agreed(source)
        """Years after which treaties run out; empty where the data do not say."""
        self._source = source

    @cached_property
    def years(self) -> Mapping[int, tuple[TreatyYear, ...]]:
        """The treaties in force when a year began, by year; those of the year after the last show what was in force at its end."""
        kads = in_force(self._source, WITHOUT, 1817, LAST_YEAR + 1)
        lines = {(int(c), int(y)): int(s) for c, y, s in members().select("ccode", "year", "lineage").rows()}
        rows = kads.table.select("atopid", "year", "age", "formed").rows()
        bodies = [
            tuple(sorted({lines[c, row[1]] for c in codes if c >= 0}))
            for row, codes in zip(rows, kads.members.tolist(), strict=True)
        ]
        there = {(year, body) for (_, year, _, _), body in zip(rows, bodies, strict=True)}
        found: dict[int, list[TreatyYear]] = {}
        for (treaty, year, age, ends), body in zip(rows, bodies, strict=True):
            again = bool(ends) and (year + 1, body) in there
            found.setdefault(year, []).append(TreatyYear(treaty, year, body, year - age, bool(ends), again))
        return {y: tuple(found[y]) for y in sorted(found)}

    def web(self, year: int, lines: Sequence[int]) -> Web:
        """Return the treaties in force when a year began, among some states."""
        return _web(
            [(t.members, t.born, 0, len(t.members) > 2, t.treaty) for t in self.years.get(year, ())], lines, self.terms
        )

    def lived(self, first: int, last: int, lines: Sequence[int]) -> Web:
        """Return all treaties that were in force in some years or signed in them, as they were at the end of the last."""
        born: dict[int, tuple[int, bool]] = {}
        ended: dict[int, int] = {}
        for year in range(first, last + 1):
            for t in self.years.get(year, ()):
                born.setdefault(t.treaty, (t.born, len(t.members) > 2))
                if t.ends and year <= LAST_END:
                    ended[t.treaty] = year
        now = {t.treaty: t for t in self.years.get(last + 1, ())}
        signed = self.events.filter((pl.col("kind") == "founding") & pl.col("year").is_between(first, last))
        for treaty, year, size in signed.select("atopid", "year", "size").rows():
            born[treaty] = (year, size > 2)
            if treaty not in now and treaty not in ended:
                ended[treaty] = year
        born |= {k: (t.born, len(t.members) > 2) for k, t in now.items() if k not in born}
        rows = [
            (now[k].members if k in now else (), *born[k][:1], ended.get(k, 0) if k not in now else 0, born[k][1], k)
            for k in sorted(born)
        ]
        return _web(rows, lines, self.terms)

    def counts(self, first: int, last: int, lines: Sequence[int], there: NDArray[np.bool_]) -> Whole:
        """Return what is counted of every year, shape (Y, 10), as :data:`foedus.kernels.allianceyears.COUNTS`.

        Parameters
        ----------
        first, last : int
        lines : sequence of int
            The last codes of S states.
        there : ndarray of bool, shape (Y, S)
        """
        found = np.zeros((last - first + 1, len(COUNTS)), dtype=np.int64)
        events = self.events.filter(pl.col("year").is_between(first, last))
        for year, kind, size, came in events.select("year", "kind", "size", "came").rows():
            found[year - first, (int(size > 2)) if kind == "founding" else 4] += 1 if kind == "founding" else came
        for k, year in enumerate(range(first, last + 1)):
            for t in self.years.get(year, ()):
                found[k, 2 + (len(t.members) > 2)] += t.ends and year <= LAST_END
                found[k, 5] += t.replaced and year <= LAST_END
            web = self.web(year + 1, lines)
            found[k, 6], found[k, 7] = (web.sizes == 2).sum(), (web.sizes > 2).sum()
            ties = partners(bonds(web), np.flatnonzero(there[k]))
            found[k, 8], found[k, 9] = ties.sum() // 2, (ties == 0).sum()
        return found

    def shape(self, first: int, last: int, lines: Sequence[int], there: NDArray[np.bool_]) -> Floats:
        """Return the shape of the web at the end of the last year, as :data:`foedus.kernels.webshape.SHAPE`."""
        web = self.lived(first, last, lines)
        return shape(web.members, web.sizes, web.born, web.ended, web.wide, np.flatnonzero(there), first, last)


def bonds(web: Web) -> Whole:
    """Return how many treaties bind each pair of states, shape (S, S)."""
    return bonds_of(web.members, web.sizes)


def _web(
    rows: Sequence[tuple[tuple[int, ...], int, int, bool, int]], lines: Sequence[int], terms: Mapping[int, float]
) -> Web:
    place = {line: k for k, line in enumerate(lines)}
    body, sizes = np.zeros((len(rows), len(lines)), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    for t, (inside, *_) in enumerate(rows):
        at = sorted(place[m] for m in inside if m in place)
        body[t, : len(at)], sizes[t] = at, len(at) if len(at) > 1 else 0
    born, ended = (np.array([row[k] for row in rows], dtype=np.int64) for k in (1, 2))
    wide = np.array([row[3] for row in rows], dtype=np.bool_)
    return Web(body, sizes, born, ended, wide, np.array([terms.get(row[4], 0.0) for row in rows]))
