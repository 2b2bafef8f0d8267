"""Given that a state agrees: what the draws say once it is known who agrees to a council of all, by conditioning on them.

What is conditioned on is the answer of some states to one vote: that on a council of all. Before it is known, every draw of
the judged numbers counts alike. Under the numbers of a draw the law of consent has a chance for every pattern of answers: a
product where each decides on its own, and where their errors have a part in common in that draw the mean of such
products over moods (:func:`foedus.kernels.unanimity.in_mood`). By Bayes a draw then counts as much as it makes likely
what is given. What does not belong to that vote (the forms of a year, judged numbers)
is read off the draws so weighed; the answers of the others to the same vote are conditioned on within each draw as well. So
the chance of an answer under what is given is that of both together over that of what is given, whatever is given first.
The chance that one state agrees is such a mean as well, and differs from its consent as it is told elsewhere by up to 1.6
points (measured on four cases). Nothing in the world is changed: a state that is made to agree is another question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.draws.sampling import apply
from foedus.kernels.choice import logistic
from foedus.kernels.unanimity import NODES, in_mood
from foedus.questions.findings import FEWEST, HIGH, LOW, Assessment
from foedus.questions.study import EVERYBODY
from foedus.questions.task import Task
from foedus.questions.what_forms import BODY, CHANCE, FORM_LABELS
from foedus.questions.who_blocks import ACCEPTANCE, CONSENT
from foedus.simulation.appraisal import switch_off
from foedus.simulation.formation import Form, shared
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.prose import country, listing, opening, the
from foedus.vocabulary.record import Section, cell
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

SAYS: Final = ("agrees", "refuses")
"""What can be given of a state."""

_LEARNED: Final = 6
"""Judged numbers that are listed: those that move most."""

_ROUND: Final = 100
"""Draws that a reader is told to ask for are a multiple of it."""

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Given:
    """What is given of one state: that it agrees to a council of all, or refuses."""

    state: str
    agrees: bool

    def __str__(self) -> str:
        return f"{self.state}={SAYS[0] if self.agrees else SAYS[1]}"


def read_given(task: Task, words: Iterable[str]) -> tuple[Given, ...]:
    """Return what words such as ``JPN=agrees`` give.

    Parameters
    ----------
    task : Task
        Says who is asked about a council of all.
    words : iterable of str
        A state by id or name, and one of :data:`SAYS`; what is said twice counts once.

    Raises
    ------
    FoedusError
        Every word that gives nothing, gives it of a state that is not asked, or contradicts another.
    """
    words = tuple(words)
    asked = task.study().everybody.members if words else ()
    found: list[Given] = []
    problems: list[Problem] = []
    for word in words:
        try:
            one = _read(task, word, asked)
        except FoedusError as error:
            problems.extend(error.problems)
            continue
        if Given(one.state, not one.agrees) in found:
            both = f"{the(country(one.state))} cannot both agree and refuse"
            problems.append(Problem(f"given '{word}'", both, "Say one of them"))
        elif one not in found:
            found.append(one)
    if problems:
        raise FoedusError(problems)
    return tuple(found)


def _read(task: Task, word: str, asked: Sequence[str]) -> Given:
    name, _, said = (part.strip() for part in word.partition("="))
    if not name:
        raise fail(f"given '{word}'", "it does not say of whom", f"Write {(*asked, 'a state')[0]}=agrees, or refuses")
    if said not in SAYS:
        close = nearest(said, SAYS) if said else ""
        near = f" {close}" if close.startswith("Did") else ""
        raise fail(f"given '{word}'", "it does not say what is given", f"Write {name}=agrees or {name}=refuses.{near}")
    state = task.state(name)
    if state not in asked:
        nobody = f"nobody asks {the(country(state))} about a council of all"
        raise fail(f"given '{word}'", nobody, "Known names: " + ", ".join(asked))
    return Given(state, said == SAYS[0])


@dataclass(frozen=True)
class Conditional:
    """The draws of an assessment, weighed by how likely each makes what is given."""

    assessment: Assessment
    given: tuple[Given, ...]

    @cached_property
    def members(self) -> tuple[str, ...]:
        """Who is asked about a council of all, in the order of the case."""
        found = self.assessment
        return tuple(s for s in found.case.states if CONSENT(EVERYBODY, s) in found.default)

    @cached_property
    def _moods(self) -> tuple[Reals, Reals]:
        """Chance of every member to agree in every mood, shape (draws, moods, members), and the weights of moods."""
        task = self.assessment.task
        drawn = (apply(task.varied, row, task.parameters)[0] for row in self.assessment.design)
        common = np.array([shared(switch_off(p, task.without)) for p in drawn])
        p = np.stack([self.assessment.ensemble.column(CONSENT(EVERYBODY, s)) for s in self.members], axis=-1)
        with np.errstate(divide="ignore"):
            plainly = np.log(p) - np.log1p(-p)
        moods, weights = np.polynomial.hermite_e.hermegauss(NODES)
        odds = np.stack([in_mood(x, moods[:, None], c) for x, c in zip(plainly, common, strict=True)])
        return logistic(odds), weights / weights.sum()

    def under(self, *given: Given) -> Conditional:
        """Return the same draws where something else is given, or nothing."""
        other = replace(self, given=given)
        other.__dict__["_moods"] = self._moods  # they depend on the draws alone
        return other

    @cached_property
    def _is_so(self) -> Reals:
        """Chance of what is given in every mood of every draw, shape (draws, moods)."""
        agree = self._moods[0]
        found = np.ones(agree.shape[:2])
        for g in self.given:
            p = agree[..., self.members.index(g.state)]
            found = found * (p if g.agrees else 1.0 - p)
        return found

    def jointly(self, *also: str) -> Reals:
        """Return the chance of what is given, and that some states agree besides, in every draw, shape (draws,)."""
        agree, weights = self._moods
        known = {g.state: g.agrees for g in self.given}
        if any(known.get(s) is False for s in also):
            return np.zeros(self.assessment.draws)
        found = self._is_so
        for s in dict.fromkeys(also):
            if s not in known:
                found = found * agree[..., self.members.index(s)]
        joint: Reals = found @ weights
        return joint

    @cached_property
    def weights(self) -> Reals:
        """The chance of what is given in every draw, shape (draws,)."""
        return self.jointly()

    @property
    def chance(self) -> float:
        """The chance of what is given, over all draws."""
        return float(self.weights.mean())

    @property
    def left(self) -> float:
        """Draws that are left, counted by their weights: the square of their sum over the sum of their squares.

        References
        ----------
        Kish, L. (1965). Survey Sampling, section 11.7. New York: Wiley.
        """
        squares = float((self.weights**2).sum())
        return float(self.weights.sum()) ** 2 / squares if squares > 0 else 0.0

    @property
    def tells(self) -> bool:
        """Whether enough draws are left to say something."""
        return self.assessment.draws > 0 and self.left >= FEWEST

    def mean(self, values: Reals) -> float:
        """Return the mean of something over the draws as they are weighed."""
        return float((self.weights * values).sum() / self.weights.sum())

    def band(self, values: Reals) -> tuple[float, float]:
        """Return the ends between which nine tenths of the weight of the draws lie.

        Every value stands in the middle of its weight and the ends are read off the line between neighbours; where all
        weights are alike these are the ordinary quantiles.

        References
        ----------
        Hyndman, R. J. and Fan, Y. (1996). Sample quantiles in statistical packages. The American Statistician 50: 361-365,
        definition 7, for equal weights.
        """
        order = np.argsort(values, kind="stable")
        order = order[self.weights[order] > 0]
        weight, ranked = self.weights[order], values[order]
        middle = np.cumsum(weight) - weight / 2
        span = middle[-1] - middle[0]
        place = (middle - middle[0]) / span if span > 0 else np.zeros(len(order))
        low, high = np.interp([LOW, HIGH], place, ranked).tolist()
        return low, high

    def consent_of(self, state: str) -> Reals:
        """Return the chance that a state agrees where what is given is so, in every draw, shape (draws,)."""
        return self._within(self.jointly(state))

    def all_agree(self) -> Reals:
        """Return the chance that all agree where what is given is so, in every draw, shape (draws,)."""
        return self._within(self.jointly(*self.members))

    def _within(self, both: Reals) -> Reals:
        return np.divide(both, self.weights, out=np.zeros_like(both), where=self.weights > 0)


def said(given: Sequence[Given]) -> str:
    """Return what is given as it stands in a sentence."""
    yes, no = ([country(g.state) for g in given if g.agrees is w] for w in (True, False))
    agree = f"{listing(yes)} agree{'s' * (len(yes) == 1)} to a council of all" if yes else ""
    refuse = f"{listing(no)} refuse{'s' * (len(no) == 1)} {'it' if yes else 'a council of all'}" if no else ""
    return " and ".join(filter(None, (agree, refuse)))


def told(found: Conditional) -> str:
    """Return in one sentence what comes of what is given, or why nothing can be said."""
    if not found.tells:
        return _too_few(found)
    body = found.assessment.ensemble.column(CHANCE(BODY))
    low, high = found.band(body)
    return (
        f"Given that {said(found.given)}, the chance of a body in a year is {percent(found.mean(body))} on average over "
        f"the draws, {percent(low)} to {percent(high)} across them; without that it is {percent(float(body.mean()))}."
    )


def _too_few(found: Conditional) -> str:
    draws = found.assessment.draws
    if not draws:
        return (
            f"That {said(found.given)} says which draws count, and there are none: ask for draws, as with --draws 200."
        )
    if found.chance <= 0.0:
        return (
            f"In none of the {draws} draws can it be that {said(found.given)}, so nothing is said of what then comes."
        )
    wanted = -(-FEWEST * draws // max(found.left, 1.0) // _ROUND) * _ROUND
    return (
        f"Given that {said(found.given)}, which has a chance of {percent(found.chance)}, the {draws} draws count like "
        f"{found.left:.1f}, and fewer than {FEWEST} say nothing: ask for about {wanted:,.0f} draws, or give less."
    )


def how(found: Conditional) -> str:
    """Return what kind of answer this is, and how many draws are behind it."""
    return (
        f"Nothing is changed: each draw counts as much as it makes likely that {said(found.given)}, which has a chance of "
        f"{percent(found.chance)} over all draws. So weighed, the {found.assessment.draws} draws count like {found.left:.0f}."
    )


def rows(found: Conditional) -> list[tuple[str, Reals, Reals]]:
    """Return what is looked at, in every draw as it is and where what is given is so."""
    column, plainly = found.assessment.ensemble.column, found.under()
    seen = [(FORM_LABELS[f], column(CHANCE(f)), column(CHANCE(f))) for f in (BODY, *Form)]
    seen.append(("All agree to a council of all", column(ACCEPTANCE(EVERYBODY)), found.all_agree()))
    consents = [
        (f"{opening(the(country(s)))} agrees", plainly.consent_of(s), found.consent_of(s)) for s in found.members
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
    return table("given", f"Given that {said(found.given)}", columns, listed)


def learned_table(found: Conditional) -> Table:
    """Return which judged numbers are likelier larger or smaller where what is given is so, those that move most first.

    Listed are those that move further than weights that have nothing to do with them would move any of the numbers in one
    of twenty cases (Bonferroni): the mean of a number then errs by its standard deviation times √(1/left - 1/draws).
    """
    columns = [
        Column("number", head="Judged number"),
        Column("before", "", "mean over all draws", "before", unsaid="see number"),
        Column("given", "", "mean over the draws as what is given weighs them", "given that", unsaid="see number"),
        Column("shift", "standard deviations", "of its draws", "shift", "signed"),
    ]
    listed: list[tuple[str, float, float, float]] = []
    for k, u in enumerate(found.assessment.task.varied):
        values = found.assessment.design[:, k]
        spread, was, now = float(values.std()), float(values.mean()), found.mean(values)
        listed.append((u.label, was, now, (now - was) / spread if spread > 0 else 0.0))
    chance = max(0.0, 1.0 / found.left - 1.0 / found.assessment.draws) ** 0.5
    beyond = NormalDist().inv_cdf(1.0 - 0.025 / max(1, len(listed))) * chance
    moved = [row for row in sorted(listed, key=lambda row: -abs(row[3]))[:_LEARNED] if abs(row[3]) > beyond]
    return table("learned", "What is learned of the judged numbers", columns, [list(row) for row in moved])


def section(found: Conditional) -> Section:
    """Return what a reader is told where something is given."""
    title = f"Given that {said(found.given)}"
    if not found.tells:
        return Section("given", title, (told(found),))
    asked = (
        "The chances that the others agree are of the same vote, in the same mood. The forms of a year are those of the draws: "
        "that a state agrees tells which numbers are likely, and does not bind it in another vote."
    )
    changed = "To make a state agree is another question: set its numbers (--set), or pull a lever."
    learned = learned_table(found)
    tables = (outcomes_table(found), *((learned,) if len(learned) else ()))
    none = () if len(learned) else ("No judged number moves by more than chance has it, so none is listed.",)
    return Section("given", title, (told(found), how(found), asked, *none), tables, notes=(changed,))
