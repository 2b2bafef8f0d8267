"""Asking: what is asked, as one value, apart from how it is worked out. The same ask gives the same answer anywhere."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

from foedus.casebook.case import Case
from foedus.casebook.reader import read_case
from foedus.draws.ensemble import Progress
from foedus.draws.sampling import uncertainties
from foedus.mechanisms import read_laws
from foedus.model.calibration_file import read_calibration
from foedus.model.parameters import Parameters
from foedus.questions.changes import Changes, read_changes
from foedus.questions.study import Answers, Study
from foedus.questions.task import Task
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest

DRAWS = 200
"""Draws of an ensemble unless something else is said."""

MOST_DRAWS = 10_000_000
"""Draws of one ensemble."""

MOST_WORKERS = 1024
"""Processes on one machine; a slip of the key beyond that would stop it for everybody."""


@dataclass(frozen=True)
class Ask:
    """What is asked: everything that an answer depends on.

    Attributes
    ----------
    case : str, Path or Case
        Built-in name, ``@YEAR`` allowed, folder, or a case at hand.
    changes : tuple of str
        Facts or parameters set by hand, such as ``japan.trade.china=0.02``.
    without : tuple of str
        Mechanisms switched off.
    laws : tuple of str
        Procedures replaced by name, such as ``holding=habit``.
    calibration : str or Path
        Name or file that parameters are drawn from; empty for judged ranges.
    draws, seed : int
        Size of the ensemble, and its seed.
    parameters : Parameters, optional
        Instead of the defaults or a calibration; an ask with them has no address.
    """

    case: str | Path | Case = "indo-pacific-2020"
    changes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    calibration: str | Path = ""
    draws: int = DRAWS
    seed: int = 1
    parameters: Parameters | None = field(default=None, compare=False)
    laws: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Say in sentences what is wrong with the size or the seed.

        Raises
        ------
        FoedusError
            A number makes no sense.
        """
        if not 0 <= self.draws <= MOST_DRAWS:
            raise fail("draws", f"{self.draws} is not a number of draws", f"Give 0 to {MOST_DRAWS:,}")
        if self.seed < 0:
            raise fail("seed", f"{self.seed} is negative", "Give 0 or more")

    @cached_property
    def loaded(self) -> Case:
        """The case; errors as :func:`foedus.read_case`."""
        return load(self.case)

    @cached_property
    def changed(self) -> Changes:
        """The facts and parameters set by hand; errors as :func:`foedus.questions.changes.read_changes`."""
        return read_changes(self.loaded, self.changes)

    @cached_property
    def values(self) -> Parameters:
        """The parameters in use; errors as :func:`values_of`."""
        known = self.parameters or values_of(self.calibration)
        return known.replace(self.changed.parameters).under(read_laws(self.laws))

    def task(self, questions: Sequence[Callable[[Study], Answers]] = (), varied: bool = False) -> Task:
        """Return what one draw works out, with the values in use, or with everything that an ensemble varies."""
        facts = self.changed.facts
        free = tuple(u for u in uncertainties(self.loaded, self.values) if u.target not in facts) if varied else ()
        return Task(self.loaded, self.values, dict(facts), free, self.without, tuple(questions))

    @property
    def name(self) -> str:
        """The case as it is named in addresses and commands."""
        return self.case.name if isinstance(self.case, Case) else str(self.case)

    def _words(self) -> list[tuple[str, str]]:
        pairs = [("set", c) for c in self.changes] + [("without", w) for w in self.without]
        pairs += [("law", w) for w in self.laws]
        pairs += [("calibration", str(self.calibration))] if str(self.calibration) else []
        pairs += [("draws", str(self.draws))] if self.draws != DRAWS else []
        return pairs + ([("seed", str(self.seed))] if self.seed != 1 else [])

    def to_url(self) -> str:
        """Return the address of the ask, below that of a workbench: the case, and what differs from the defaults."""
        words = urlencode(self._words())
        return f"/{quote(self.name, safe='@')}" + (f"?{words}" if words else "")

    @classmethod
    def from_url(cls, url: str) -> Ask:
        """Return the ask of an address.

        Raises
        ------
        FoedusError
            A word of the address is unknown, or a number is none.
        """
        path, _, query = url.partition("?")
        known = ("set", "without", "law", "calibration", "draws", "seed")
        pairs = parse_qsl(query, keep_blank_values=True)
        wrong = [
            Problem(f"'{k}'", "an address has no such word", nearest(k, known)) for k, _ in pairs if k not in known
        ]
        numbers = {k: v for k, v in pairs if k in ("draws", "seed")}
        wrong += [
            Problem(k, f"'{v}' is not a number", "Give a whole one") for k, v in numbers.items() if not v.isdigit()
        ]
        if wrong:
            raise FoedusError(wrong)
        return cls(
            path.strip("/") or "indo-pacific-2020",
            tuple(v for k, v in pairs if k == "set"),
            tuple(v for k, v in pairs if k == "without"),
            next((v for k, v in pairs if k == "calibration"), ""),
            int(numbers.get("draws", DRAWS)),
            int(numbers.get("seed", 1)),
            laws=tuple(v for k, v in pairs if k == "law"),
        )

    def command(self, verb: str = "assess") -> str:
        """Return the command line that asks the same."""
        words = [part for k, v in self._words() for part in (f"--{k}", v)]
        return shlex.join(["foedus", verb, self.name, *words])

    def digest(self) -> str:
        """Return a SHA-256 of the answer's question: the case as it is, the parameters, the changes, the draws."""
        facts = sorted((list(map(str, k)), v) for k, v in self.changed.facts.items())
        parts = (self.loaded.sha256, self.values.digest(), facts, sorted(self.without), self.draws, self.seed)
        return sha256(repr(parts).encode()).hexdigest()


@dataclass(frozen=True)
class How:
    """How something is worked out; no answer depends on it.

    Attributes
    ----------
    workers : int, optional
        Processes of this machine, by default one per core.
    engine : str
        ``processes``, ``serial`` or ``dask://HOST:PORT``; empty for what fits.
    progress : callable, optional
        Called with (draws done, draws in all).
    """

    workers: int | None = None
    engine: str = ""
    progress: Progress | None = None

    def __post_init__(self) -> None:
        """Say in a sentence what is wrong with the processes.

        Raises
        ------
        FoedusError
            The number makes no sense.
        """
        if self.workers is not None and not 1 <= self.workers <= MOST_WORKERS:
            raise fail("workers", f"{self.workers} is not a number of processes", f"Give 1 to {MOST_WORKERS:,}")

    @property
    def cores(self) -> int:
        """Processes to be used."""
        return self.workers or os.cpu_count() or 1


def load(case: str | Path | Case) -> Case:
    """Return a case by name or folder; a case is returned as it is."""
    return case if isinstance(case, Case) else read_case(case)


def values_of(calibration: str | Path = "", changes: Mapping[str, float] | None = None) -> Parameters:
    """Return the parameters in use: the defaults or those of a calibration, changed by hand.

    Parameters
    ----------
    calibration : str or Path
        Name or file; empty for the defaults and judged ranges.
    changes : mapping of str to float, optional

    Raises
    ------
    FoedusError
        The calibration or a change is wrong.
    """
    known = read_calibration(calibration) if str(calibration) else None
    return Parameters({}, known).replace(changes or {})


def ask_of(
    case: str | Path | Case, changes: Iterable[str] = (), without: Sequence[str] = (), laws: Iterable[str] = ()
) -> Ask:
    """Return what is asked of a case with the values in use, without any ensemble."""
    return Ask(case, tuple(changes), tuple(without), draws=0, laws=tuple(laws))
