"""What the server holds: cases as they were read, answers as they were worked out, and the long work under way."""

from __future__ import annotations

import os
import shlex
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from foedus.asking.ask import DRAWS, Ask, How
from foedus.asking.kept import answered, kept
from foedus.casebook.case import Case, OwnLever
from foedus.casebook.reader import case_folder, case_names, library_folder, read_case
from foedus.casebook.series import in_year
from foedus.casebook.yaml_file import head_of
from foedus.draws.ensemble import Progress
from foedus.draws.remembered import recalled, remembered
from foedus.model.calibration_file import calibration_names
from foedus.questions.findings import Assessment
from foedus.trials.claims import trial_names, trials_folder
from foedus.version import __version__
from foedus.vocabulary.errors import FoedusError, fail, nearest
from foedus.web.address import Address
from foedus.web.class_book import ClassBook
from foedus.web.etags import FOR_EVER, LOOK
from foedus.web.lane import Lane
from foedus.web.limits import LONG, QUICK, Limits, TooMuch
from foedus.web.streams import Drawings
from foedus.web.underway import Run, Runs
from foedus.web.workers import MEMORY, Workers

_CASES, _ANSWERS = 24, 48
"""Cases, and answers, that are held; the one that was not asked for longest goes first."""

_AT_ONCE = ("play", "draft")
"""Pages whose data are an answer with the values in use, and no draws."""

_STUDIES, _GLANCES = 16, 4_096
"""Worlds that are held as they were built, and the few numbers that were seen of others."""

T = TypeVar("T")


class Shelf:
    """A bounded memory that is safe to use from several threads; one thing is made once at a time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is held under a key, made now if it is not there; errors as `make`'s."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]  # type: ignore[no-any-return]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._found:
                    return self._found[key]  # type: ignore[no-any-return]
            try:
                found = make()
            except BaseException:
                with self._lock:
                    self._making.pop(key, None)
                raise
            with self._lock:
                self._found[key] = found
                self._making.pop(key, None)
                while len(self._found) > self._most:
                    self._found.popitem(last=False)
            return found

    def drop(self, key: Hashable) -> None:
        """Forget what is held under a key."""
        with self._lock:
            self._found.pop(key, None)


class Held:
    """Everything that outlives a question; nothing in it is needed for the next one to be answered the same.

    Parameters
    ----------
    first : str or Path
        The case that the start shows: a built-in name or a folder.
    limits : Limits
    prefix : str
        What stands before every address where a proxy serves it below a path, as ``/foedus``.
    """

    def __init__(self, first: str | Path = "indo-pacific-2020", limits: Limits | None = None, prefix: str = "") -> None:
        self.limits, self.prefix = limits or Limits(), prefix
        memory = MEMORY if self.limits.public else 0
        self.runs = Runs(LONG if self.limits.public else 0.0, memory)
        self.soon = Runs(LONG if self.limits.public else 0.0, memory)
        """Work of seconds, which does not stand in line behind draws."""
        self.shelf = Shelf(_ANSWERS)
        self.studies, self.glances, self.lane = Shelf(_STUDIES), Shelf(_GLANCES), Lane()
        self.workers = Workers(memory=memory)
        self.drawings = Drawings(self.workers, LONG if self.limits.public else float("inf"))
        self._cases = Shelf(_CASES)
        self.folders = {name: case_folder(name) for name in case_names()}
        self._named = frozenset(self.folders)
        stem, _, year = str(first).partition("@")
        folder = case_folder(stem if year else first)
        self.first = folder.name
        self.first_year = int(year) if year.isdigit() else None
        self.folders = {self.first: folder, **self.folders}
        self.awake = threading.Event()
        """Set as soon as a question need not wait for compiling."""
        self.awake.set()
        self.book: ClassBook | None = None
        """The question and the answers of a class, where one is at work."""
        self.greeted = threading.Event()
        """Set as soon as somebody has been answered."""
        self.eager = False
        """Whether the draws of the first case are begun when the first page is asked for."""
        self.keep_first: Callable[[bytes], None] = lambda page: None
        """Takes the first page when it was shown whole, for the next start."""
        self.pages: frozenset[str] = frozenset()
        """Pages about a case that there are, for the bar."""

    def titles(self) -> Mapping[str, str]:
        """Return the titles of all cases by name, the first one first."""
        return self.shelf.get("titles", lambda: {n: _head(f, "title") or n for n, f in self.folders.items()})

    def question(self, name: str) -> str:
        """Return the question of a case without reading the rest of it."""
        return self.shelf.get(("question", name), lambda: _head(self.folders[name], "question"))

    def trial_of(self, case: str) -> str:
        """Return the trial that the bar leads to from a case: the first that asks about it, else the first of all."""
        asked = self.shelf.get("cases of trials", _cases_of_trials)
        return next((trial for trial, cases in asked.items() if case in cases), next(iter(asked)))

    def case(self, name: str, year: int | None = None) -> Case:
        """Return a case as it was read.

        Raises
        ------
        FoedusError
            There is no such case here, it is wrong, or it does not know the year.
        """
        if name not in self.folders:
            raise fail(f"case '{name}'", "there is no such case", nearest(name, self.folders))
        whole: Case = self._cases.get(name, lambda: read_case(self.folders[name]))
        if year is None:
            return whole
        return self._cases.get((name, year), lambda: in_year(whole, year))

    def own_levers(self, address: Address) -> tuple[OwnLever, ...]:
        """Return the levers of the case of an address itself; errors as :meth:`case`."""
        return self.case(address.case, address.year).own_levers

    def built_in(self, name: str) -> bool:
        """Return whether a case is the one that comes with the package under this name."""
        return self.folders.get(name) == library_folder() / name

    def asked(self, address: Address, draws: int = 0) -> Ask:
        """Return the question of an address about the case that is held; errors as :meth:`case` and of its words.

        What is given of states is left out: no draw depends on it.
        """
        self.limits.check_calibration(address.calibration, calibration_names())
        asked = replace(address.ask(self.case(address.case, address.year), draws), given=())
        if asked.draws:
            self.limits.check_draws(asked.draws, self.command(address, asked.draws))
        return asked

    def command(self, address: Address, draws: int | None = 0, verb: str = "assess", *more: str) -> str:
        """Return the command that asks the same on one's own machine.

        Parameters
        ----------
        address : Address
        draws : int, optional
            Draws that the page shows; None where the command has none.
        verb : str
            The command.
        *more : str
            What stands after the case.
        """
        folder = self.folders.get(address.case)
        own = address.case if folder is None or address.case in self._named else str(folder)
        dated = own if address.year is None else f"{own}@{address.year}"
        words = shlex.split(address.ask(dated, DRAWS).command(verb))
        usual = DRAWS if verb == "assess" else None
        size = [] if draws is None or draws == usual else ["--draws", str(draws)]
        return shlex.join([*words[:3], *more, *words[3:], *size])

    def plainly(self, address: Address) -> Assessment:
        """Return the answer with the values in use, without draws; errors as :meth:`asked`."""
        asked = self.asked(address, 0)
        return self.shelf.get(("answer", asked.digest()), lambda: _found(kept(asked)))

    def answer(self, address: Address) -> Assessment:
        """Return the answer with the draws that are there; without any where there are none yet."""
        wanted = DRAWS if address.draws is None else address.draws
        asked = self.asked(address, wanted)
        key = ("answer", asked.digest())
        run = self.runs.find(asked.digest())
        if run is not None and run.finished.is_set() and isinstance(run.result, Assessment):
            return run.result
        try:
            return self.shelf.get(key, lambda: _found(kept(asked)))
        except LookupError:
            return self.plainly(address)

    def draw(self, address: Address) -> Run:
        """Return the run that works out the draws of an address, begun now if nobody has asked for it yet.

        Raises
        ------
        TooMuch
            There is no room in the line, or more is asked for than this server works out.
        """
        asked = self.asked(address, DRAWS if address.draws is None else address.draws)

        def work(progress: Progress) -> Assessment:
            return answered(asked, replace(How(os.cpu_count() or 1), progress=progress))

        return self.runs.begin(asked.digest(), work, asked.draws, self.command(address, asked.draws))

    def begun(self, key: str, work: Callable[[How], Any], total: int, command: str) -> Run:
        """Return a run by its key: the one there is, one whose ensembles are all kept, or one that is begun now.

        Parameters
        ----------
        key : str
            What the result depends on.
        work : callable
            Works it out of ensembles; it is tried with those that are kept first.
        total : int
            Draws in all.
        command : str
            The same on one's own machine.

        Raises
        ------
        FoedusError
            What is asked for is wrong, or there is no room in the line.
        """
        there = self.runs.find(key)
        if there is not None and there.error is None:
            return there
        with suppress(LookupError):
            return self.runs.known(key, work(How(ensemble=recalled)), total)

        def worked(progress: Progress) -> Any:
            return work(How(os.cpu_count() or 1, progress=progress, ensemble=remembered))

        return self.runs.begin(key, worked, total, command)

    def outcome(self, run: Run) -> Any:
        """Return what comes of a run, for programs, which wait for it.

        Raises
        ------
        FoedusError
            What went wrong; or, where strangers ask, that it takes longer than a thread is kept for them.
        """
        line = self.soon if self.soon.find(run.key) is run else self.runs
        if not line.waited_for(run, QUICK if self.limits.public else None):
            far = f"{run.done} of {run.total} are worked out"
            raise TooMuch(f"it takes longer than {QUICK:g} s ({far}); ask again for the rest", run.command, 503, 5)
        if run.error is not None:
            raise run.error
        return run.result

    def kept_as(self, address: Address) -> str:
        """Return how long what is found under an address may be kept, as a header says it.

        For ever where the address says everything that its data depend on: this version, its draws, which are there, and
        nothing outside the package, for a folder of one's own may be another tomorrow. Errors as :meth:`answer`.
        """
        if (
            not self.built_in(address.case)
            or address.calibration not in ("", *calibration_names())
            or address.version != __version__
        ):
            return LOOK
        there = address.page in _AT_ONCE or (address.draws is not None and self.answer(address).draws == address.draws)
        return FOR_EVER if there else LOOK

    def ready(self) -> None:
        """Read and compile what the first answer needs, before somebody asks for it; what is wrong is said then."""
        try:
            with suppress(FoedusError):
                self.plainly(Address(self.first, year=self.first_year))
        finally:
            self.awake.set()

    def close(self) -> None:
        """End what is under way; finished parts are kept."""
        self.runs.close()
        self.soon.close()
        self.workers.close()
        if self.book is not None:
            self.book.close()

    def warm(self) -> None:
        """Begin with the draws of the first case, so that nobody has to ask for them; what is wrong is said elsewhere."""
        with suppress(FoedusError):
            address = Address(self.first, year=self.first_year)
            if self.eager and not self.answer(address).draws:
                self.draw(address)


def _found(assessment: Assessment | None) -> Assessment:
    if assessment is None:
        raise LookupError("its draws are not kept")
    return assessment


def _cases_of_trials() -> dict[str, frozenset[str]]:
    """Return which cases each built-in trial asks about, without reading the rest of it."""
    heads = {n: head_of(trials_folder() / f"{n}.yaml", "case", "also") for n in trial_names()}
    return {n: frozenset((str(d.get("case")), *map(str, d.get("also") or ()))) for n, d in heads.items()}


def _head(folder: Path, word: str) -> str:
    """Return a word of a case without reading the rest of it; nothing where the file is wrong."""
    try:
        return str(head_of(folder / "case.yaml", word).get(word) or "")
    except FoedusError:
        return ""
