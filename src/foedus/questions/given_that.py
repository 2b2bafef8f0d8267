"""Given that a state agrees: what the draws say once it is known who agrees to a council of all, by conditioning on them.

Nothing in the world is changed. Every draw counts as much as it makes likely what is given (Bayes), so that the judged
numbers under which a state agrees weigh more; what follows is read off the draws so weighed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.draws.sampling import apply
from foedus.kernels.unanimity import chance_of_all
from foedus.questions.findings import HIGH, LOW, Assessment
from foedus.questions.study import EVERYBODY
from foedus.questions.what_forms import BODY, CHANCE, FORM_LABELS
from foedus.questions.who_blocks import ACCEPTANCE, CONSENT
from foedus.simulation.appraisal import switch_off
from foedus.simulation.formation import Form, shared
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.prose import country, listing
from foedus.vocabulary.record import Section, cell
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

SAYS: Final = ("agrees", "refuses")
"""What can be given of a state."""

FEWEST: Final = 20
"""Draws that have to be left, counted by their weights: below, a band hangs on single draws, as in trials."""

MOST: Final = 4
"""States of which something can be given at once: with more, hardly any draw is left."""

_LEARNED: Final = 6
"""Judged numbers that are listed: those that move most."""

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Given:
    """What is given of one state: that it agrees to a council of all, or refuses."""

    state: str
    agrees: bool

    def __str__(self) -> str:
        return f"{self.state}={SAYS[0] if self.agrees else SAYS[1]}"

    @property
    def words(self) -> str:
        """The condition as it stands in a sentence."""
        return f"{country(self.state)} {SAYS[0] if self.agrees else SAYS[1]}"


def read_given(assessment: Assessment, words: Iterable[str]) -> tuple[Given, ...]:
    """Return what words such as ``JPN=agrees`` give.

    Parameters
    ----------
    assessment : Assessment
    words : iterable of str
        A state by id or name, and one of :data:`SAYS`.

    Raises
    ------
    FoedusError
        Every word that gives nothing, or gives it of a state that is not asked.
    """
    found: list[Given] = []
    problems: list[Problem] = []
    for word in words:
        name, _, said = (part.strip() for part in word.partition("="))
        try:
            if said not in SAYS:
                raise fail(
                    f"given '{word}'",
                    "it does not say what is given",
                    f"Write STATE=agrees or STATE=refuses{_near(said)}",
                )
            state = assessment.task.state(name)
            if CONSENT(EVERYBODY, state) not in assessment.default:
                members = [s for s in assessment.case.states if CONSENT(EVERYBODY, s) in assessment.default]
                raise fail(
                    f"given '{word}'",
                    f"nobody asks {country(state)}",
                    f"Members of a council of all: {', '.join(members)}",
                )
            if state in [g.state for g in found]:
                raise fail(f"given '{word}'", f"something is given of {country(state)} already", "Say it once")
            found.append(Given(state, said == SAYS[0]))
        except FoedusError as error:
            problems.extend(error.problems)
    if len(found) > MOST:
        problems.append(Problem("given", f"{len(found)} states are too many at once", f"Give {MOST} or fewer"))
    if problems:
        raise FoedusError(problems)
    return tuple(found)


def _near(said: str) -> str:
    close = nearest(said, SAYS) if said else ""
    return f". {close}" if close.startswith("Did") else ""


@dataclass(frozen=True)
class Conditional:
    """The draws of an assessment, weighed by how likely each makes what is given."""

    assessment: Assessment
    given: tuple[Given, ...]

    @cached_property
    def common(self) -> tuple[float, ...]:
        """Which part of the errors of members is common to all who are asked, in every draw."""
        task = self.assessment.task
        rows = (apply(task.varied, row, task.parameters)[0] for row in self.assessment.design)
        return tuple(shared(switch_off(p, task.without)) for p in rows)

    @cached_property
    def _odds(self) -> Mapping[str, Reals]:
        """Log-odds of every member's consent in every draw."""
        found = {}
        for state in members(self.assessment):
            p = self.assessment.ensemble.column(CONSENT(EVERYBODY, state))
            with np.errstate(divide="ignore"):
                found[state] = np.log(p) - np.log1p(-p)
        return found

    def _all_of(self, states: Sequence[str]) -> Reals:
        """Return the chance that all of some states agree, in every draw, shape (draws,)."""
        if not states:
            return np.ones(self.assessment.draws)
        odds = np.stack([self._odds[s] for s in states], axis=-1)
        return np.array([float(chance_of_all(x, c)) for x, c in zip(odds, self.common, strict=True)])

    def jointly(self, *also: str) -> Reals:
        """Return the chance of what is given, and that some states agree besides, in every draw, shape (draws,)."""
        yes = [*(g.state for g in self.given if g.agrees), *also]
        no = [g.state for g in self.given if not g.agrees]
        total = np.zeros(self.assessment.draws)
        for size in range(len(no) + 1):  # inclusion and exclusion over those who refuse
            for some in itertools.combinations(no, size):
                total += (-1) ** size * self._all_of(tuple(dict.fromkeys((*yes, *some))))
        return np.clip(total, 0.0, 1.0)

    @cached_property
    def weights(self) -> Reals:
        """The chance of what is given in every draw, shape (draws,)."""
        return self.jointly()

    @property
    def chance(self) -> float:
        """The chance of what is given, over all draws."""
        return float(self.weights.mean())

    @property
    def likelier(self) -> int:
        """Draws in which what is given is likelier than not."""
        return int((self.weights > 0.5).sum())

    @property
    def left(self) -> float:
        """Draws that are left, counted by their weights: the square of their sum over the sum of their squares.

        References
        ----------
        Kish 1965, Survey Sampling, section 11.7.
        """
        squares = float((self.weights**2).sum())
        return float(self.weights.sum()) ** 2 / squares if squares > 0 else 0.0

    def mean(self, values: Reals) -> float:
        """Return the mean of something over the draws as they are weighed."""
        return float((self.weights * values).sum() / self.weights.sum())

    def band(self, values: Reals) -> tuple[float, float]:
        """Return the ends between which nine tenths of the weight of the draws lie."""
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(self.weights[order]) / self.weights.sum()
        low, high = (values[order][min(int(np.searchsorted(reached, q)), len(order) - 1)] for q in (LOW, HIGH))
        return float(low), float(high)

    def consent_of(self, state: str) -> Reals:
        """Return the chance that a state agrees where what is given is so, in every draw, shape (draws,)."""
        known = next((g for g in self.given if g.state == state), None)
        if known is not None:
            return np.full(self.assessment.draws, float(known.agrees))
        return self._within(self.jointly(state))

    def all_agree(self) -> Reals:
        """Return the chance that all agree where what is given is so, in every draw: who agrees is asked no more."""
        if any(not g.agrees for g in self.given):
            return np.zeros(self.assessment.draws)
        return self._within(self.assessment.ensemble.column(ACCEPTANCE(EVERYBODY)))

    def _within(self, both: Reals) -> Reals:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.clip(np.where(self.weights > 0, both / self.weights, 0.0), 0.0, 1.0)


def members(assessment: Assessment) -> list[str]:
    """Return who is asked about a council of all, in the order of the case."""
    return [s for s in assessment.case.states if CONSENT(EVERYBODY, s) in assessment.ensemble.keys]


def conditional(assessment: Assessment, given: Iterable[str]) -> Conditional:
    """Return the draws of an assessment under what is given.

    Raises
    ------
    FoedusError
        Words give nothing, there are no draws, or too few of them are left.
    """
    known = read_given(assessment, given)
    if not assessment.draws:
        what = "a condition says which draws count, and there are none"
        raise fail("given", what, "Ask for draws, as with --draws 200")
    found = Conditional(assessment, known)
    if found.left < FEWEST:
        left = (
            f"{found.left:.0f} of {assessment.draws} draws"
            if assessment.draws >= FEWEST
            else f"{assessment.draws} draws"
        )
        what = f"so weighed there are {left} to go by, and fewer than {FEWEST} say nothing"
        raise fail(f"given {' '.join(map(str, known))}", what, "Ask for more draws, or give less")
    return found


def told(found: Conditional) -> str:
    """Return in one sentence what comes of what is given."""
    body = found.assessment.ensemble.column(CHANCE(BODY))
    low, high = found.band(body)
    return (
        f"Given that {_said(found)} to a council of all, a body forms in a year with {percent(found.mean(body))} on average over "
        f"the draws ({percent(float(body.mean()))} without that), 5–95 %: {percent(low)} to {percent(high)}."
    )


def _said(found: Conditional) -> str:
    return listing(g.words for g in found.given)


def how(found: Conditional) -> str:
    """Return what kind of answer this is, and how many draws are behind it."""
    draws = found.assessment.draws
    return (
        f"Nothing is changed: each draw counts as much as it makes likely that {_said(found)}, which it is with "
        f"{percent(found.chance)} over all draws and likelier than not in {found.likelier} of {draws}; so weighed, the {draws} draws "
        f"count like {found.left:.0f}."
    )


def rows(found: Conditional) -> list[tuple[str, Reals, Reals]]:
    """Return what is looked at, in every draw as it is and where what is given is so."""
    column = found.assessment.ensemble.column
    seen = [(FORM_LABELS[f], column(CHANCE(f)), column(CHANCE(f))) for f in (BODY, *Form)]
    seen.append(("All agree to a council of all", column(ACCEPTANCE(EVERYBODY)), found.all_agree()))
    consents = [
        (f"{country(s)} agrees", column(CONSENT(EVERYBODY, s)), found.consent_of(s)) for s in members(found.assessment)
    ]
    return [*seen, *consents]


def outcomes_table(found: Conditional) -> Table:
    """Return every chance before and under what is given, with its band."""
    columns = [
        Column("what", head="Chance that"),
        Column("before", "probability", "mean over all draws", "before", "percent"),
        Column(
            "given", "probability", "mean over the draws as what is given weighs them", "given that", "percent", bar=1.0
        ),
        Column("low", "probability", "5 % of the weight of the draws", form="percent", drop=4),
        Column("high", "probability", "95 % of the weight of the draws", form="percent", drop=4),
        Column("change", "probability", "of the mean", "change", "points", 3),
    ]
    listed: list[list[Cell]] = []
    for words, before, after in rows(found):
        mean, was = found.mean(after), float(before.mean())
        listed.append([words, was, mean, *map(cell, found.band(after)), mean - was])
    return table("given", f"Given that {_said(found)} to a council of all", columns, listed)


def learned_table(found: Conditional) -> Table:
    """Return which judged numbers are likelier larger or smaller where what is given is so, those that move most first."""
    columns = [
        Column("number", head="Judged number"),
        Column("before", "", "mean over all draws", "before"),
        Column("given", "", "mean over the draws as what is given weighs them", "given that"),
        Column("shift", "standard deviations", "of its draws", "shift", "signed"),
    ]
    listed: list[list[Cell]] = []
    for k, u in enumerate(found.assessment.task.varied):
        values = found.assessment.design[:, k]
        spread, was, now = float(values.std()), float(values.mean()), found.mean(values)
        listed.append([u.label, was, now, (now - was) / spread if spread > 0 else 0.0])
    moved = sorted(listed, key=lambda r: -abs(float(r[3] or 0.0)))[:_LEARNED]
    return table("learned", "What is learned of the judged numbers", columns, moved)


def section(assessment: Assessment, given: Iterable[str]) -> Section:
    """Return what a reader is told where something is given; errors as :func:`conditional`."""
    found = conditional(assessment, given)
    asked = (
        "In the chance that all agree, who is given to agree is asked no more. The year is played as in every draw: that a "
        "state agrees tells which numbers are likely, and does not bind it in another vote."
    )
    says = (told(found), how(found), asked)
    changed = "A state that is changed so that it agrees is another question: set its numbers (--set), or pull a lever."
    return Section(
        "given", f"Given that {_said(found)}", says, (outcomes_table(found), learned_table(found)), notes=(changed,)
    )
