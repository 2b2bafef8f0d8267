"""Before and after: the answer with the values in use, and after facts, parameters or mechanisms are changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from foedus.draws.contract import Draws
from foedus.draws.ensemble import run_ensemble
from foedus.draws.sampling import coupled, latin_hypercube
from foedus.model.parameters import PARAMETERS
from foedus.questions.findings import Band
from foedus.questions.in_draws import ALONE, InDraws, Size, end_columns
from foedus.questions.study import Answers, Study
from foedus.questions.task import Task
from foedus.questions.what_forms import BODY, CHANCE, FORM_LABELS
from foedus.questions.who_blocks import GAIN
from foedus.simulation.formation import Form
from foedus.vocabulary.prose import counted, country, opening, possessive, the
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Cell, Column, between, percent, points, table

_NOTHING = 5e-4  # changes below it are rounding of utilities, not answers
_HAIR = 5e-3  # changes below it are less than levels in whole per cents can show


def _answers(study: Study) -> Answers:
    """Return the chance of each outcome of a year, and what every state gains by a council of all, % of GDP a year."""
    seen = study.appraiser
    base = seen.appraise(study.fallback, study.world.in_force).utility
    after = seen.appraise(study.fallback.having(study.everybody), study.world.in_force).utility
    gained = zip(study.world.states, (after - base).tolist(), strict=True)
    chances = {CHANCE(f): study.formation.probability(f) for f in Form} | {CHANCE(BODY): study.formation.body}
    return chances | {GAIN("everybody", s): v for s, v in gained}


@dataclass(frozen=True)
class Pair:
    """Works out before and after under one draw, and what lies between; small enough to be sent to a worker.

    What is drawn is drawn once for both: what the change fixes, or lets a law read, differs, and nothing else.
    """

    before: Task
    after: Task

    @property
    def labels(self) -> tuple[str, ...]:
        """What is drawn: all that either of the two varies."""
        return tuple(dict.fromkeys(u.label for t in (self.before, self.after) for u in t.varied))

    def __call__(self, row: NDArray[np.float64] | None = None) -> Answers:
        """Return answers before and after, and their difference; `row` holds shares by :attr:`labels`."""
        found: Answers = {}
        for word, task in (("before", self.before), ("after", self.after)):
            answers = _answers(task.study(None if row is None else self._values(task, row)))
            found |= {f"{word} {k}": v for k, v in answers.items()}
            for k, v in answers.items():
                found[f"change {k}"] = v - found[f"before {k}"]
        return found

    def _values(self, task: Task, row: NDArray[np.float64]) -> NDArray[np.float64]:
        seats = {label: k for k, label in enumerate(self.labels)}
        shares = coupled(task.varied, row[None, [seats[u.label] for u in task.varied]])
        return np.array([float(u.quantile(shares[:, k])[0]) for k, u in enumerate(task.varied)])

    @property
    def roots(self) -> tuple[str, ...]:
        """Modules that a draw of this task needs."""
        return (__name__, *self.before.roots)


def _worked_out(before: Task, after: Task, size: Size) -> InDraws:
    pair = Pair(before, after)
    plan = latin_hypercube(len(pair.labels), size.draws, size.seed)
    ids = [t.run_id(size.draws, size.seed) for t in (before, after)]
    run = sha256(" ".join(("before and after", *ids)).encode()).hexdigest()
    drawn = run_ensemble(pair, plan, run, size.workers, size.progress) if size.draws else Draws((), plan)
    return InDraws(pair(), drawn, size.draws, before.uncertain)


def before_and_after(before: Task, after: Task, size: Size = ALONE) -> Section:
    """Return outcomes and gains before and after changes, and how far the change goes over draws.

    Parameters
    ----------
    before, after : Task
        What they vary is drawn once for both.
    size : Size
    """
    found = _worked_out(replace(before, questions=()), replace(after, questions=()), size)
    chances = [(CHANCE(f), FORM_LABELS[f]) for f in (*Form, BODY)]
    states = [(GAIN("everybody", s), country(s)) for s in before.case.states]
    outcomes = table(
        "outcomes",
        "Chance of each outcome of a year",
        _columns("outcome", "probability", "percent", "points"),
        [_row(found, *c) for c in chances],
    )
    gained = _columns("state", "% of GDP a year", "signed", "signed")
    worth = table(
        "gains", "Gain from a council of all, % of GDP a year", gained, [_row(found, *state) for state in states]
    )
    return Section(
        "whatif",
        "Before and after",
        _sentences(found, before),
        (outcomes, worth),
        notes=(found.told(), *_changed(before, after)),
    )


def _changed(before: Task, after: Task) -> Iterator[str]:
    """Yield what is changed with what it rests on: the source or the judgement of a fact, the range of a parameter."""
    for key, value in after.overrides.items():
        fact = before.case.fact(*key)
        about = f"{country(key[1])} with {country(key[2])}" if key[2] else country(key[1])
        cited = "; ".join(before.case.sources[k].citation for k in fact.source if k in before.case.sources)
        basis = f"judged: {fact.judged}" if fact.judged else cited
        yield f"{key[0].replace('_', ' ').capitalize()} of {about}: {fact.value:g} {fact.unit} in the case ({fact.date}; {basis}), {value:g} here."
    for p in PARAMETERS:
        old, new = before.parameters[p.name], after.parameters[p.name]
        if old != new:
            basis = f"range {p.low:g} to {p.high:g}; {p.source}"
            yield f"{p.name.replace('_', ' ').capitalize()}: {old:g} {p.unit} in use ({basis}), {new:g} here."


def _columns(item: str, unit: str, form: str, difference: str) -> list[Column]:
    return [
        Column("item", head=item),
        Column("before", unit, "with the values in use", form=form),
        Column("after", unit, "with the values in use, changed", form=form),
        Column("change", unit, "with the values in use", form=difference),
        *end_columns("change", unit, difference),
    ]


def _row(found: InDraws, key: str, label: str) -> list[Cell]:
    before, after, change = (found.default[f"{word} {key}"] for word in ("before", "after", "change"))
    return [label, before, after, change, *found.ends(f"change {key}")]


def _sentences(found: InDraws, task: Task) -> tuple[str, ...]:
    key = CHANCE(BODY)
    p, q, apart = (found.default[f"{word} {key}"] for word in ("before", "after", "change"))
    moves = f"goes from {percent(p)} to {percent(q)}" if abs(apart) > _NOTHING else f"stays at {percent(p)}"
    # where a whole per cent is passed by a hair, two levels would say more than the change does
    if abs(apart) > _NOTHING and (percent(p) == percent(q) or abs(apart) < _HAIR):
        moves = f"stays near {percent(p)} ({points(apart)})"
    moved = {s: found.default[f"change {GAIN('everybody', s)}"] for s in task.case.states}
    most = max(moved, key=lambda s: abs(moved[s]))
    text = f"The chance of a body in a year {moves}"
    if abs(moved[most]) <= _NOTHING:
        return (text + "; nobody's gain from a council of all changes.", *_in_draws(found, key))
    gain = f"{opening(possessive(the(country(most))))} gain from a council of all changes most, by {moved[most]:+.2f} % of GDP a year."
    return (f"{text}; {gain}", *_in_draws(found, key))


def _in_draws(found: InDraws, key: str) -> tuple[str, ...]:
    """Return how far the chance of a body is moved over the draws, in one sentence; nothing without enough draws."""
    band, up = found.band(f"change {key}"), found.share(f"change {key}", lambda v: v > _NOTHING)
    down = found.share(f"change {key}", lambda v: v < -_NOTHING)
    if band.low != band.low:
        return ()
    return (
        f"Over {counted(found.draws, 'draw')} of all {found.uncertain} the chance of a body moves by "
        f"{between(band.low, band.high)}: up in {percent(up)} of them, down in {percent(down)}.{_outside(band)}",
    )


def _outside(band: Band) -> str:
    """Return that the change with the values in use is beyond what nine of ten draws give; empty where it is not."""
    beyond = not band.low <= band.default <= band.high
    return " The change with the values in use lies beyond nine of ten of them." * beyond
