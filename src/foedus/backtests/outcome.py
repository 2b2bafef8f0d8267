"""The outcome of a backtest: everything that was found as one plain document, and what is said, shown and listed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from foedus.backtests.standing import record_of
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.record import Record
from foedus.vocabulary.tables import Table


@dataclass(frozen=True, repr=False)
class Backtest:
    """How well baselines and theory forecast two centuries of alliances; it shows itself in notebooks."""

    document: Mapping[str, Any]
    """Everything that was found, as plain data."""

    def __repr__(self) -> str:
        return f"<Backtest over {len(self.windows)} windows, seed {self.document['seed']}>"

    @property
    def windows(self) -> tuple[str, ...]:
        """The names of the windows, in the order in which they were scored."""
        return tuple(str(name) for name in self.document["windows"])

    @cached_property
    def record(self) -> Record:
        """Who wins, how surely, where, and the famous cases, as plain data."""
        return record_of(self.document)

    def table(self, name: str) -> Table:
        """Return a tidy table by name: ``verdicts``, ``scoreboard``, ``groups``, ``events`` and so on.

        Raises
        ------
        FoedusError
            There is none of that name; the nearest names are given.
        """
        known = {t.name: t for t in self.record.tables()}
        if name not in known:
            raise fail(f"table '{name}'", "this backtest has no such table", nearest(str(name), known))
        return known[name]

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{escape(words)}</p>" for words in self.record.says)
        return f"<h3>{escape(self.record.title)}</h3>{said}"
