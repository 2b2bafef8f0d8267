"""Flip: the smallest sets of bounded changes that turn the answer."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.draws.contract import Draws
from foedus.draws.ensemble import LONG, Progress, in_words, run_ensemble
from foedus.model.world import World
from foedus.questions.in_draws import InDraws, Size, end_columns, in_draws
from foedus.questions.study import Answers, Study
from foedus.questions.task import Task
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import Form, Formation, run_round
from foedus.vocabulary.errors import FoedusError, Problem, nearest
from foedus.vocabulary.prose import counted
from foedus.vocabulary.record import Section, cell
from foedus.vocabulary.tables import Cell, Column, percent, table


@dataclass(frozen=True)
class Direction:
    """A way in which the world could change, in steps of equal effort.

    Attributes
    ----------
    label : str
    steps : tuple of str
        What each step means; step 0 is the world as it is and has no words.
    world : callable
        Returns the world after a number of steps.
    """

    label: str
    steps: tuple[str, ...]
    world: Callable[[World, int], World]


def _trade(world: World, step: int) -> World:
    return world.replace(trade=world.trade * (1 - step / 3))


def _threat(world: World, step: int) -> World:
    return world.replace(perception=world.perception * (1 + step / 2))


def _preferences(world: World, step: int) -> World:
    hub = world.ideal_point[world.hub_index]
    return world.replace(ideal_point=world.ideal_point + (hub - world.ideal_point) * step / 3)


def _quarrels(world: World, step: int) -> World:
    return world.replace(grievance=world.grievance * (1 - step / 2))


def _normality(world: World, step: int) -> World:
    return world.replace(
        sovereignty=world.sovereignty + (1 - world.sovereignty) * step / 2,
        free_force=world.free_force + (1 - world.free_force) * step / 2,
    )


def _recognition(world: World, step: int) -> World:
    return world.replace(recognised=np.ones(len(world.states)) if step else world.recognised)


def _presence(world: World, step: int) -> World:
    available = np.array(world.capability_available)
    available[world.hub_index] *= (1.0, 0.6, 0.3, 0.1)[step]
    return world.replace(capability_available=available)


DIRECTIONS: Final[tuple[Direction, ...]] = (
    Direction("trade", ("trade with the adversaries falls by a third", "… by two thirds", "… to nothing"), _trade),
    Direction("threat", ("threats are felt 1.5 times as much", "… twice as much", "… 2.5 times as much"), _threat),
    Direction(
        "preferences",
        ("preferences move a third of the way to the hub's", "… two thirds", "… all the way"),
        _preferences,
    ),
    Direction("quarrels", ("grievances halve", "no grievances"), _quarrels),
    Direction("normality", ("half the gap to full control of forces closes", "full control of forces"), _normality),
    Direction("recognition", ("everybody is recognised",), _recognition),
    Direction("presence", ("the hub brings 60 % of its force", "… 30 %", "… 10 %"), _presence),
)
"""The declared, bounded changes; a step in any of them counts as one unit of effort (judged: a step is what a decade
could bring)."""

GOALS: Final[Mapping[str, Callable[[Formation], float]]] = MappingProxyType(
    {
        "body forms": lambda f: f.body,
        "council forms": lambda f: f.probability(Form.COUNCIL),
        "forum forms": lambda f: f.probability(Form.FORUM),
        "nothing changes": lambda f: f.probability(Form.IN_FORCE),
    }
)
"""What can be aimed at: each has to become likelier than not within a year."""


def words(steps: tuple[int, ...]) -> tuple[str, ...]:
    """Return what a set of steps means."""
    return tuple(_whole(d, n) for d, n in zip(DIRECTIONS, steps, strict=True) if n)


def _whole(direction: Direction, step: int) -> str:
    text = direction.steps[step - 1]
    if not text.startswith("…"):
        return text
    first = direction.steps[0]
    stem = {
        "trade": "trade with the adversaries falls",
        "threat": "threats are felt",
        "preferences": "preferences move",
        "presence": "the hub brings",
    }[direction.label]
    assert first.startswith(stem)
    return f"{stem}{text[1:]}"


def by_effort(most: int) -> Iterator[tuple[int, ...]]:
    """Yield every set of steps, least effort first, in a fixed order."""
    ranges = [range(len(d.steps) + 1) for d in DIRECTIONS]
    every = [s for s in itertools.product(*ranges) if 0 < sum(s) <= most]
    yield from sorted(every, key=lambda s: (sum(s), sum(n > 0 for n in s), s))


NEAREST: Final = 3
"""Sets of changes that are kept although they miss the goal, so that a search without an answer says something."""


@dataclass(frozen=True)
class StepTask:
    """Plays a round after some steps; small enough to be sent to a worker."""

    study: Callable[[], Study]
    goal: str

    def __call__(self, row: NDArray[np.float64]) -> dict[str, float]:
        """Return the probability of the goal after the steps of a row."""
        study = self.study()
        world = study.world
        for d, n in zip(DIRECTIONS, row.astype(int).tolist(), strict=True):
            world = d.world(world, n)
        return {"probability": GOALS[self.goal](run_round(Appraiser(world, study.parameters)))}


@dataclass(frozen=True)
class AfterSteps:
    """Plays a round after each of some sets of steps, in one study."""

    sets: tuple[tuple[int, ...], ...]
    goal: str

    def __call__(self, study: Study) -> Answers:
        """Return the probability of the goal after every set, by its number."""
        found: Answers = {}
        for k, steps in enumerate(self.sets):
            world = study.world
            for d, n in zip(DIRECTIONS, steps, strict=True):
                world = d.world(world, n)
            found[str(k)] = GOALS[self.goal](run_round(Appraiser(world, study.parameters)))
        return found


@dataclass(frozen=True)
class Flip:
    """One smallest set of changes that turns the answer.

    Attributes
    ----------
    steps : tuple of int
        Steps in each direction.
    effort : int
    probability : float
        Probability of the goal after them.
    """

    steps: tuple[int, ...]
    effort: int
    probability: float


@dataclass(frozen=True)
class Search:
    """What a search for the smallest changes found.

    Attributes
    ----------
    answers : tuple of Flip
        Cheapest first, none of which contains another; empty if no change within bounds does it.
    nearest : tuple of Flip
        What came closest without reaching the goal, likeliest first.
    now : float
        Probability of the goal as things are.
    """

    answers: tuple[Flip, ...]
    nearest: tuple[Flip, ...]
    now: float


def _covers(larger: tuple[int, ...], smaller: tuple[int, ...]) -> bool:
    return all(a >= b for a, b in zip(larger, smaller, strict=True))


def smallest_changes(
    study: Callable[[], Study],
    goal: str,
    run_id: str,
    *,
    most_effort: int = 5,
    most_answers: int = 5,
    workers: int = 1,
    progress: Progress | None = None,
) -> Search:
    """Return the cheapest sets of changes after which the goal is likelier than not, and what came closest.

    Parameters
    ----------
    study : callable
        Returns the study that is changed.
    goal : str
        One of :data:`GOALS`.
    run_id : str
        Hash of what the result depends on.
    most_effort, most_answers, workers : int
        How much change is allowed, how many distinct answers are wanted; processes.

    Returns
    -------
    Search

    Raises
    ------
    FoedusError
        The goal is unknown, or is reached already.
    """
    if goal not in GOALS:
        raise FoedusError(Problem(f"goal '{goal}'", "there is no such goal", nearest(goal, GOALS)))
    # this round loads what is compiled, so that the first sets tell how long the rest takes
    now = GOALS[goal](study().formation)
    if now >= 0.5:
        what = f"it is likelier than not already ({100 * now:.0f} %)"
        raise FoedusError(Problem(f"goal '{goal}'", what, "Ask for another goal, or about another case"))
    _warn(StepTask(study, goal), most_effort, workers)
    found: list[Flip] = []
    missed: list[Flip] = []
    for effort in range(1, most_effort + 1):
        wanted = [s for s in by_effort(effort) if sum(s) == effort and not any(_covers(s, f.steps) for f in found)]
        rows = np.array(wanted, dtype=np.float64).reshape(len(wanted), len(DIRECTIONS))
        result = run_ensemble(
            StepTask(study, goal), rows, f"{run_id}-{goal.replace(' ', '-')}-{effort}", workers, progress
        )
        chances = result.column("probability").tolist() if wanted else []
        tried = [Flip(s, effort, p) for s, p in zip(wanted, chances, strict=True)]
        found += sorted((f for f in tried if f.probability >= 0.5), key=lambda f: -f.probability)
        missed += [f for f in tried if now < f.probability < 0.5]
        if len(found) >= most_answers:
            break
    closest = sorted(missed, key=lambda f: (-f.probability, f.effort))[:NEAREST]
    return Search(tuple(found[:most_answers]), tuple(closest), now)


def _warn(play: StepTask, most: int, workers: int) -> None:
    """Say before a long search how long it may take: as long as it takes to try every set once, at the pace of the first."""
    sets = sum(1 for _ in by_effort(most))
    begun = perf_counter()
    for steps in itertools.islice(by_effort(1), 3):
        play(np.array(steps, dtype=np.float64))
    seconds = (perf_counter() - begun) / 3 * sets / max(1, workers)
    if seconds > LONG / 2:
        what = "Up to %s sets of changes will be tried, which takes %s at most; a smaller --effort takes less."
        logging.getLogger("foedus").info(what, f"{sets:,}", in_words(seconds))


def over_draws(task: Task, goal: str, found: Search, size: Size) -> InDraws:
    """Return the chance of the goal after every set that is shown, with the values in use and in draws.

    Parameters
    ----------
    task : Task
    goal : str
    found : Search
    size : Size
    """
    sets = tuple(f.steps for f in found.answers or found.nearest)
    return in_draws(task, AfterSteps(sets, goal), size if sets else replace(size, draws=0))


def section(goal: str, effort: int, found: Search, drawn: InDraws | None = None) -> Section:
    """Return sets of changes that turn the answer, or what came closest where none does.

    Parameters
    ----------
    goal : str
    effort : int
    found : Search
    drawn : InDraws, optional
        The chance of the goal after every set in draws, by its number, as :func:`over_draws` returns it.
    """
    shown = found.answers or found.nearest
    drawn = drawn or InDraws({}, Draws((), np.zeros((0, 0))), 0)

    def beside(k: int) -> list[Cell]:
        return [*drawn.ends(str(k)), cell(drawn.share(str(k), lambda p: p >= 0.5))]

    rows: list[list[Cell]] = [
        [k + 1, f.effort, change, f.probability, *beside(k), f.probability >= 0.5]
        for k, f in enumerate(shown)
        for change in words(f.steps)
    ]
    title = f"Smallest changes after which “{goal}” is likelier than not; as things are {percent(found.now)}"
    if not found.answers:
        title = f"No change within bounds (effort up to {effort}) makes “{goal}” likelier than not; what came closest"
    columns = [
        Column("answer", unsaid="count"),
        Column("effort", "steps", drop=2),
        Column("change"),
        Column("chance", "probability", "of the goal, with the values in use", form="percent"),
        *end_columns("chance", "probability", "percent"),
        Column(
            "in_draws", "share of draws", "in which the goal is likelier than not", "reached in draws", "percent", 3
        ),
        Column("reached", drop=1),
    ]
    told = (drawn.told(),) if rows else ()
    return Section("flip", title, _says(found, drawn), (table("flip", title, columns, rows),), notes=told)


def _says(found: Search, drawn: InDraws) -> tuple[str, ...]:
    """Return how sure the best answer is, in one sentence; nothing without draws or without an answer."""
    shares = [drawn.share(str(k), lambda p: p >= 0.5) for k in range(len(found.answers))]
    if not shares or shares[0] != shares[0]:
        return ()
    best = max(range(len(shares)), key=lambda k: shares[k])
    which = "the first does it" if best == 0 else f"answer {best + 1} does it most often,"
    return (
        f"With everything judged drawn anew, {which} in {percent(shares[best])} of {counted(drawn.draws, 'draw')}.",
    )
