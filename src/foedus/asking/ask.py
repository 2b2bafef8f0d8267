"""Asking: what is asked, as one value, apart from how it is worked out. The same ask gives the same answer anywhere.

Every door of the package says what it wants in words (``changes=``, ``draws=``, …), makes an :class:`Ask` and a
:class:`How` of them with :func:`asked_by`, and hands both to a function that takes nothing else; the command line makes
them of its options. Where a door takes a case, it takes an ``Ask`` in its place.
"""

from __future__ import annotations

import logging
import os
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from numbers import Integral
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, quote, urlencode

from foedus.casebook.case import Case
from foedus.casebook.reader import read_case
from foedus.casebook.unusual import unusual
from foedus.draws.ensemble import Draws, Progress, run_ensemble
from foedus.draws.sampling import uncertainties
from foedus.mechanisms import read_laws
from foedus.model.calibration_file import read_calibration
from foedus.model.parameters import Parameters
from foedus.model.sizes import Pulled, read_levers, scales
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
    levers : tuple of str
        Kinds of facts scaled for all states at once, such as ``trade=0.5``.
    given : tuple of str
        Who is known to agree to a council of all, or to refuse, such as ``JPN=agrees``: draws are weighed by it.

    Examples
    --------
    >>> import foedus
    >>> asked = foedus.Ask("asia-1953", without=("dispute",), draws=0)
    >>> asked.to_url()
    '/asia-1953?without=dispute&draws=0'
    >>> foedus.assess(foedus.Ask.from_url(asked.to_url())).record.title
    'East Asia and the Pacific, autumn 1953'
    """

    case: str | Path | Case = "indo-pacific-2020"
    changes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    calibration: str | Path = ""
    draws: int = DRAWS
    seed: int = 1
    parameters: Parameters | None = field(default=None, compare=False)
    laws: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Say in sentences what is wrong with the size or the seed.

        Raises
        ------
        FoedusError
            A number makes no sense.
        """
        for name in ("changes", "without", "laws", "levers"):  # one word is a list of one
            if isinstance(getattr(self, name), str):
                object.__setattr__(self, name, (getattr(self, name),))
        whole("draws", self.draws, 0, MOST_DRAWS, "a number of draws")
        whole("seed", self.seed, 0)

    @cached_property
    def loaded(self) -> Case:
        """The case; errors as :func:`foedus.read_case`."""
        return load(self.case)

    @cached_property
    def changed(self) -> Changes:
        """The facts and parameters set by hand; errors as :func:`foedus.questions.changes.read_changes`."""
        return read_changes(self.loaded, self.changes)

    @cached_property
    def pulled(self) -> Pulled:
        """The levers of a size; errors as :func:`foedus.model.sizes.read_levers`."""
        return read_levers(self.levers, self.loaded.adversaries, self.loaded.own_levers) if self.levers else ()

    @cached_property
    def values(self) -> Parameters:
        """The parameters in use; errors as :func:`values_of`."""
        known = self.parameters or values_of(self.calibration)
        return known.replace(self.changed.parameters).under(read_laws(self.laws))

    def task(self, questions: Sequence[Callable[[Study], Answers]] = (), varied: bool = False) -> Task:
        """Return what one draw works out, with the values in use, or with everything that an ensemble varies."""
        facts = self.changed.facts
        free = tuple(u for u in uncertainties(self.loaded, self.values) if u.target not in facts) if varied else ()
        return Task(self.loaded, self.values, dict(facts), free, self.without, tuple(questions), self.pulled)

    @property
    def name(self) -> str:
        """The case as it is named in addresses and commands."""
        return self.case.name if isinstance(self.case, Case) else str(self.case)

    def _words(self) -> list[tuple[str, str]]:
        pairs = [("set", c) for c in self.changes] + [("lever", w) for w in self.levers]
        pairs += [("without", w) for w in self.without]
        pairs += [("law", w) for w in self.laws] + [("given", w) for w in self.given]
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
        known = ("set", "lever", "without", "law", "given", "calibration", "draws", "seed")
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
            levers=tuple(v for k, v in pairs if k == "lever"),
            given=tuple(v for k, v in pairs if k == "given"),
        )

    def command(self, verb: str = "assess") -> str:
        """Return the command line that asks the same."""
        words = [part for k, v in self._words() for part in (f"--{k}", v)]
        return shlex.join(["foedus", verb, self.name, *words])

    def digest(self) -> str:
        """Return a SHA-256 of the answer's question: the case as it is, the parameters, the changes, the draws."""
        facts = sorted((list(map(str, k)), v) for k, v in self.changed.facts.items())
        made_of = (self.loaded.sha256, self.values.digest(), facts, self.pulled, sorted(self.without))
        own = scales(self.pulled, self.loaded.own_levers)
        parts = (*made_of, self.draws, self.seed, *((own,) if own else ()))
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
    ensemble : callable
        What works out ensembles: as :func:`foedus.draws.ensemble.run_ensemble`, or what keeps or recalls whole ones.
    """

    workers: int | None = None
    engine: str = ""
    progress: Progress | None = None
    ensemble: Callable[..., Draws] = run_ensemble

    def __post_init__(self) -> None:
        """Say in a sentence what is wrong with the processes.

        Raises
        ------
        FoedusError
            The number makes no sense.
        """
        if self.workers is not None:
            whole("workers", self.workers, 1, MOST_WORKERS, "a number of processes")

    @property
    def cores(self) -> int:
        """Processes to be used."""
        return self.workers or os.cpu_count() or 1


Subject: TypeAlias = str | Path | Case | Ask
"""What a question is about: a case by name, by folder or at hand, or a whole ask."""


def whole(where: str, given: object, low: int, high: int | None = None, what: str = "a whole number") -> None:
    """Say in a sentence what is wrong with a number that has to be whole and within bounds.

    Raises
    ------
    FoedusError
        It is no number, not whole, or out of bounds.
    """
    bounds = f"Give {low} or more" if high is None else f"Give {low} to {high:,}"
    if isinstance(given, bool) or not isinstance(given, Integral):
        raise fail(where, f"{given!r} is not a whole number", bounds)
    number = int(given)
    if number < low or (high is not None and number > high):
        raise fail(where, f"{given} is negative" if high is None and low == 0 else f"{given} is not {what}", bounds)


def text_of(where: str, given: object) -> None:
    """Say in a sentence that a name or a path was wanted.

    Raises
    ------
    FoedusError
        Something else was handed in.
    """
    if not isinstance(given, str | Path):
        raise fail(where, f"{given!r} is neither a name nor a path", "Give it as text")


def words_of(where: str, given: object) -> tuple[str, ...]:
    """Return words as they are handed in, one by itself or several, as a tuple.

    Raises
    ------
    FoedusError
        Something else than words was handed in.
    """
    found = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, Iterable) else (None,)
    words = tuple(w for w in found if isinstance(w, str))
    if len(words) < len(found):
        raise fail(where, f"{given!r} is neither a word nor a list of words", "Give words, as in ['dispute', 'burden']")
    return words


def asked_by(
    case: Subject,
    *,
    changes: Iterable[str] = (),
    without: Iterable[str] = (),
    laws: Iterable[str] = (),
    levers: Iterable[str] = (),
    given: Iterable[str] = (),
    calibration: str | Path = "",
    draws: int = 0,
    seed: int = 1,
    parameters: Parameters | None = None,
    usual: int = 0,
) -> Ask:
    """Return what a door is asked in words; an ask in the place of the case says everything itself.

    Parameters
    ----------
    case : str, Path, Case or Ask
    changes, without, laws, levers, given, calibration, draws, seed, parameters
        As in :class:`Ask`.
    usual : int
        Draws of the door unless something else is said.

    Raises
    ------
    FoedusError
        A number makes no sense, something is no list of words, or it is said twice: in the ask and beside it.
    """
    listed = {"changes": changes, "without": without, "laws": laws, "levers": levers, "given": given}
    words = {n: words_of(n, w) for n, w in listed.items()}
    if not isinstance(case, Ask):
        return Ask(case, calibration=calibration, draws=draws, seed=seed, parameters=parameters, **words)
    beside: dict[str, object] = {**words, "calibration": calibration, "parameters": parameters}
    twice = [n for n, value in beside.items() if value is not None and value not in ((), "", getattr(case, n))]
    twice += [
        n for n, value, left in (("draws", draws, usual), ("seed", seed, 1)) if value not in (left, getattr(case, n))
    ]
    if twice:
        raise fail(
            twice[0], "the ask says what is asked, and this stands beside it", f"Put it in: Ask(…, {twice[0]}=…)"
        )
    return case


def cases_of(cases: Sequence[str | Path | Case] | str | Path | Case) -> tuple[Case, ...]:
    """Return several cases, one by itself being a list of one.

    Raises
    ------
    FoedusError
        There are none, or one is wrong.
    """
    given: Any = cases
    found = [given] if isinstance(given, str | Path | Case) or not isinstance(given, Iterable) else list(given)
    if not found:
        raise fail("cases", "there is no case in the list", "Give one or more, by name or folder")
    return tuple(load(case) for case in found)


def load(case: str | Path | Case) -> Case:
    """Return a case by name or folder; a case is returned as it is.

    Raises
    ------
    FoedusError
        There is no such case, it is wrong, or something else was handed in.
    """
    given: object = case
    if not isinstance(given, str | Path | Case):
        raise fail("case", f"{given!r} is neither a name, a folder nor a case", "Give a name of foedus.case_names()")
    if isinstance(given, Case):
        return given
    found = read_case(given)
    for problem in unusual(found):
        logging.getLogger("foedus").warning("%s", problem)
    return found


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
