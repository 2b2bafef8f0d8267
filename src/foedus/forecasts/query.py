"""Queries: what a question asks of the model, and the reason where it asks nothing that the model could answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

LONGEST_WINDOW: Final = 10.0
"""Years for which one hazard is claimed to hold; the panels of treaties are scored over ten years as well."""

OLDEST_CASE: Final = 5.0
"""Years after its date for which the facts of a case still stand for the present."""


class NotUnderstood(Exception):
    """Why a question cannot be answered, as a clause.

    Parameters
    ----------
    reason : str
    lost : int
        Words or states that are unknown; of several cases the one that loses least gives the reason.
    """

    def __init__(self, reason: str, lost: int = 0) -> None:
        super().__init__(reason)
        self.lost = lost


@dataclass(frozen=True)
class Query:
    """What a question asks of the model.

    Attributes
    ----------
    kind : str
        One of ``foedus.forecasts.words.KINDS``.
    case : str
        Name of the case.
    all_of : tuple of str
        States that all have to take part; for exits, those that have to leave.
    at_least : tuple of (int, tuple of str)
        Number, and states of which so many have to take part.
    treaties : tuple of str
        Ids of the institutions it is about.
    multilateral : bool
        Whether a treaty of two does not count.
    start, end : datetime.date
        First and last day on which it can come true.
    repeats : int
        Years in every one of which it has to come true; 0 for once in the window.
    """

    kind: str
    case: str
    all_of: tuple[str, ...]
    at_least: tuple[tuple[int, tuple[str, ...]], ...]
    treaties: tuple[str, ...]
    multilateral: bool
    start: dt.date
    end: dt.date
    repeats: int = 0

    @property
    def years(self) -> float:
        """Length of the window in years."""
        return ((self.end - self.start).days + 1) / 365.25

    def says(self) -> str:
        """Return the query as a clause."""
        who = [", ".join(self.all_of)] if self.all_of else []
        who += [f"at least {n} of {', '.join(names)}" for n, names in self.at_least]
        about = [f"({'; '.join(self.treaties)})"] if self.treaties else []
        what = f"{self.kind}{', multilateral' if self.multilateral else ''}"
        when = f"in every year of {self.repeats}" if self.repeats else f"{self.start} to {self.end}"
        return " ".join([f"{what}:", " and ".join(who), *about, f"[{when}]"]).replace(":  ", ": ")
