"""The outcome of a backtest: everything that was found as one plain document, and what is said, shown and listed of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from foedus.backtests.standing import record_of
from foedus.vocabulary.record import Record, Told


def _told(outcome: Backtest) -> Record:
    return record_of(outcome.document)


@dataclass(frozen=True, repr=False)
class Backtest(Told):
    """How well baselines and theory forecast two centuries of alliances; it shows itself in notebooks."""

    noun: ClassVar[str] = "backtest"
    front: ClassVar[str] = "scoreboard"
    document: Mapping[str, Any]
    """Everything that was found, as plain data."""
    tell: Callable[[Backtest], Record] | None = field(default=_told, repr=False, compare=False)
    """Makes the record: who wins, how surely, where, and the famous cases."""

    def __repr__(self) -> str:
        return f"<Backtest over {len(self.windows)} windows, seed {self.document['seed']}>"

    @property
    def windows(self) -> tuple[str, ...]:
        """The names of the windows, in the order in which they were scored."""
        return tuple(str(name) for name in self.document["windows"])
