"""The protocol of the backtest, declared before any result: windows, questions, sizes of samples, and the cases to show.

Nothing here was chosen by looking at a forecast. The two long windows are those on which published baselines for these
data were reported; the origins are round years and the breaks of 1945 and 1990 as they would have met a forecaster.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from foedus.archive.datasets.atop import LAST_YEAR
from foedus.archive.pledges import DECLARATION_BY_UNITED_NATIONS
from foedus.vocabulary.errors import fail, nearest

Question = Literal["who signs", "who is in", "what ends"]

QUESTIONS: Final[dict[Question, str]] = {
    "who signs": "Of the alliance that was signed and others of its size drawn by lot from the states of the year, which one is it?",
    "who is in": "One signatory is struck from the list of a signed alliance; of him and others drawn by lot, who was it?",
    "what ends": "Does a treaty in force at the end of a year end in the next (within ten years, at an origin)?",
}
"""What is asked, and in which words."""

LAST_END: Final = LAST_YEAR - 1
"""Last year whose ends of treaties are coded: what ended in the last year of the data nobody can see."""
HORIZON: Final = 10
"""Years that are forecast from an origin."""
LARGE: Final = 10
"""Members beyond which fewer others are drawn: what a body of many is worth takes a hundred times as long to work out."""


@dataclass(frozen=True)
class Sample:
    """How much is drawn by lot."""

    controls: tuple[int, int] = (50, 10)
    """Alliances that were not signed beside every one that was; the second number for large ones."""
    seats: int = 3
    """Signatories at the most that are struck from the list, one at a time."""
    stand_ins: tuple[int, int] = (20, 5)
    """States beside the true signatory for every seat; the second number for large alliances."""
    largest: int = 30
    """Members beyond which an alliance is not asked about."""
    case_controls: int = 100
    """Others beside a famous case."""
    draws: int = 5
    """Draws of the line-ups of the long windows; the loss of an event is the mean over them."""
    resamples: int = 1000
    """Resamples of events for every band."""


FULL: Final = Sample()
QUICK: Final = Sample(
    controls=(10, 5), seats=1, stand_ins=(10, 5), largest=12, case_controls=20, draws=1, resamples=200
)
"""For a first look in a minute or two; the bands are wider and the numbers are not those of the documentation."""
SEED: Final = 1
WITHOUT: Final = (DECLARATION_BY_UNITED_NATIONS,)
"""Treaties left out of training and test: the wartime declaration of all the allies, which is no alliance of its time."""
ORIGINS: Final = (1930, 1945, 1955, 1970, 1980, 1990, 2000, 2008)


@dataclass(frozen=True)
class Window:
    """A span of years to be forecast from what was known before."""

    name: str
    trained_to: int
    """Last year that is learnt from."""
    first: int
    last: int
    """Years that are forecast."""
    frozen: bool
    """Whether the forecasts look at the world of ``trained_to`` (an origin) or, with what was learnt then, at the world
    of the year before each signing."""
    reason: str
    """Why this window."""

    def __post_init__(self) -> None:
        if not 1816 < self.trained_to < self.first <= self.last:
            what = "it has to be learnt from earlier years than it forecasts"
            raise fail(f"window {self.name}", what, "Give years in the order: learnt to, first, last")
        if self.last > LAST_YEAR:
            what = f"the treaties are coded to {LAST_YEAR}, it asks for {self.last}"
            raise fail(f"window {self.name}", what, f"End it in {LAST_YEAR} or before")


LONG: Final = (
    Window("1945-1970", 1944, 1945, 1970, False, "Nothing learnt after 1944: the Atlantic pact, San Francisco, Warsaw"),
    Window(
        "1991-2018", 1980, 1991, 2018, False, "Learnt in the Cold War at the latest: enlargements, charters, the CIS"
    ),
)
"""The windows on which it is decided whether the theory beats its baselines."""

WINDOWS: Final = (
    *LONG,
    *(
        Window(f"from {t}", t, t + 1, min(t + HORIZON, LAST_YEAR), True, f"Ten years ahead from the end of {t}")
        for t in ORIGINS
    ),
)
"""Every window, in the order of the page."""


def window(name: str) -> Window:
    """Return a declared window by its name.

    Raises
    ------
    FoedusError
        There is none of this name.
    """
    for each in WINDOWS:
        if each.name == name:
            return each
    raise fail(f"window '{name}'", "no such window was declared", nearest(name, [w.name for w in WINDOWS]))


@dataclass(frozen=True)
class Famous:
    """A signing, or one that did not come about, that is shown by itself."""

    key: str
    title: str
    atopid: int
    """ATOP number; 0 for what was never signed."""
    years: tuple[int, ...]
    """Year of the signing, or the first and last year in which it could have come about."""
    states: tuple[str, ...] = ()
    """Ids of the states, for what was never signed."""
    source: str = ""
    """Where to read about it."""


FAMOUS: Final = (
    Famous("nato", "North Atlantic Treaty", 3180, (1949,)),
    Famous("anzus", "Australia, New Zealand, United States", 3215, (1951,)),
    Famous("philippines", "United States and the Philippines", 3210, (1951,)),
    Famous("japan", "United States and Japan (enters the state system in 1952)", 3220, (1952,)),
    Famous("korea", "United States and Korea", 3240, (1953,)),
    Famous("seato", "Manila Pact", 3260, (1954,)),
    Famous("taiwan", "United States and Taipei", 3270, (1954,)),
    Famous("warsaw", "Warsaw Treaty", 3285, (1955,)),
    Famous(
        "pacific",
        "A Pacific pact (never signed)",
        0,
        (1949, 1960),
        ("USA", "JPN", "KOR", "PHL", "TWN", "AUS", "NZL"),
        "FRUS 1949 VII/2, documents 338 and 344; FRUS 1952-54 XII/1, document 10",
    ),
)
"""Shown case by case. The Pacific pact has the states that Manila, Taipei and Seoul called for in 1949 with those of the
American draft of 1951; Japan counts from 1952, when it enters the state system."""
