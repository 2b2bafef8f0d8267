"""The bench: studies of every place and change that the claims of a trial ask about, each made once per draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case
from foedus.draws.sampling import Uncertainty, coupled, uncertainties
from foedus.model.parameters import Parameters
from foedus.questions.changes import Changes
from foedus.questions.levers import LEVERS, Lever
from foedus.questions.study import Study
from foedus.questions.task import Task
from foedus.trials.queries import Query


@dataclass(frozen=True)
class Under:
    """What a test changes before it looks."""

    changes: Changes = field(default_factory=Changes)
    """Facts, which hold in the place of the quantity alone, and parameters."""
    without: tuple[str, ...] = ()
    """Mechanisms switched off."""
    lever: str = ""
    """Key of a lever; empty for none."""
    words: str = ""
    """The change as readers see it; empty for no change."""
    laws: tuple[tuple[str, str], ...] = ()
    """Procedures replaced, each with the name of the variant."""

    def fixed(self) -> dict[str, float]:
        """Return the parameters that are set."""
        return {**self.changes.parameters, **dict(self.pulled.parameters if self.pulled else ())}

    @property
    def pulled(self) -> Lever | None:
        """The lever by name."""
        return next((x for x in LEVERS if x.key == self.lever), None)


@dataclass(frozen=True)
class ModelTest:
    """A query on the model with what is expected of it, bound to its places."""

    id: str
    query: Query
    than: Query | float | None
    """What it is compared with; None where it is compared with itself before the change."""
    under: Under
    expect: str
    """``rises``, ``falls``, ``above`` or ``below``."""
    at_least: float
    """Smallest change that counts."""


@dataclass(frozen=True)
class Share:
    """A column of the design: a share of the draws, from which each place takes its own value."""

    label: str

    def quantile(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the share itself."""
        return share


@dataclass(frozen=True)
class Place:
    """A case that claims ask about, with what varies in it."""

    case: Case
    varied: tuple[Uncertainty, ...]
    columns: tuple[int, ...]
    """The column of the design from which each takes its value. The same fact in two years shares one."""

    def values(self, row: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the value of everything that varies in one draw."""
        shares = coupled(self.varied, row[None, list(self.columns)])[0]
        return np.array([u.quantile(shares[k : k + 1])[0] for k, u in enumerate(self.varied)])

    def value_at(self, column: int, share: float) -> float:
        """Return the value that a share of a column means here; NaN if nothing here takes from it."""
        for u, c in zip(self.varied, self.columns, strict=True):
            if c == column:
                return float(u.quantile(np.array([share]))[0])
        return float("nan")


def lay_out(
    cases: Mapping[str, Case], parameters: Parameters, fixed: Iterable[str] = ()
) -> tuple[dict[str, Place], tuple[Share, ...]]:
    """Return every place with its columns, and the columns.

    Parameters
    ----------
    cases : mapping of str to Case
        By the name claims use, with a year after @ where there is one.
    parameters : Parameters
        Values in use; they vary alike in every place.
    fixed : iterable of str
        Names of parameters that do not vary.
    """
    columns: dict[str, int] = {}
    places: dict[str, Place] = {}
    several = len({name.partition("@")[0] for name in cases}) > 1
    for name, case in cases.items():
        varied = uncertainties(case, parameters, tuple(fixed))
        stem = f" ({name.partition('@')[0]})" if several else ""
        labels = [u.label if isinstance(u.target, str) else u.label + stem for u in varied]
        places[name] = Place(case, varied, tuple(columns.setdefault(label, len(columns)) for label in labels))
    return places, tuple(Share(label) for label in columns)


@dataclass(frozen=True)
class Measured:
    """What a test found in one draw."""

    value: float
    """The quantity, after the change if there is one."""
    against: float
    """What it is compared with."""
    effect: float
    """How far the expectation is met beyond the smallest change that counts: above 0 it is. NaN if the quantity is not
    there."""


class Bench:
    """Everything that is asked about in one draw.

    Parameters
    ----------
    places : mapping of str to Place
    parameters : Parameters
    row : ndarray, shape (columns,), optional
        One draw as shares; None takes the values in use.
    without : sequence of str
        Mechanisms switched off throughout.
    """

    def __init__(
        self,
        places: Mapping[str, Place],
        parameters: Parameters,
        row: NDArray[np.float64] | None = None,
        without: Sequence[str] = (),
    ) -> None:
        self._places, self._parameters, self._row, self._without = places, parameters, row, tuple(without)
        self._studies: dict[object, Study] = {}
        self._values: dict[int, NDArray[np.float64]] = {}

    def study(self, place: str, under: Under, facts: bool = True) -> Study:
        """Return the study of a place after a change; facts say whether the change of facts holds there."""
        changed = under.changes.facts if facts else {}
        key = (place, tuple(changed.items()), tuple(under.fixed().items()), under.without, under.lever, under.laws)
        if key not in self._studies:
            self._studies[key] = self._make(self._places[place], under, dict(changed))
        return self._studies[key]

    def _make(self, place: Place, under: Under, facts: dict[tuple[str, str, str | None], float]) -> Study:
        row = None if self._row is None else self._drawn(place, self._row)
        values = self._parameters.under(dict(under.laws))
        task = Task(place.case, values, facts, place.varied, (*self._without, *under.without))
        study = task.study(row)
        fixed = under.fixed()
        if fixed:
            study = replace(study, parameters=study.parameters.replace(fixed))
        return replace(study, world=under.pulled.world(study.world)) if under.pulled else study

    def _drawn(self, place: Place, row: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what varies in a place in this draw, worked out once for all that is changed there."""
        found = self._values.get(id(place))
        if found is None:
            found = self._values[id(place)] = place.values(row)
        return found

    def measure(self, test: ModelTest) -> Measured:
        """Return what a test finds."""
        query, than, under = test.query, test.than, test.under
        value = query.ask(self.study(query.place, under))
        if than is None:
            against = query.ask(self.study(query.place, Under()))
        elif isinstance(than, Query):
            against = than.ask(self.study(than.place, under, than.place == query.place))
        else:
            against = than
        sign = 1.0 if test.expect in ("rises", "above") else -1.0
        return Measured(value, against, sign * (value - against) - test.at_least)
