"""Levers: single changes of a world, and what each does to the chance of a body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.draws.remembered import remembered
from foedus.model.architecture import Architecture
from foedus.model.sizes import SIZES
from foedus.model.world import World
from foedus.questions.study import Study
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import run_round
from foedus.vocabulary.record import Chart, Section
from foedus.vocabulary.tables import Cell, Column, Table, table


@dataclass(frozen=True)
class Lever:
    """One change."""

    key: str
    label: str
    """As shown to readers."""
    world: Callable[[World], World]
    """Returns the changed world."""
    parameters: tuple[tuple[str, float], ...] = ()
    """Parameters set to a value."""


def _same(world: World) -> World:
    return world


def _pulled(key: str, value: float) -> Callable[[World], World]:
    """Return a lever of a size at one value, so that the same change is the same number wherever it is asked for."""
    return lambda world: SIZES[key].pulled(world, value)


# fmt: off
LEVERS: tuple[Lever, ...] = (
    Lever("normal", "Every state commands its own forces", _pulled("command", 1.0)),
    Lever("recognised", "Everybody recognises everybody", lambda w: w.replace(recognised=np.ones(len(w.states)))),
    Lever("no quarrels", "No grievances among the states", _pulled("quarrels", 0.0)),
    Lever("half trade", "Trade with the adversaries halves", _pulled("trade", 0.5)),
    Lever("no trade", "No trade with the adversaries", _pulled("trade", 0.0)),
    Lever("threat x2", "Threats are felt twice as much", _pulled("threat", 2.0)),
    Lever("threat x3", "Threats are felt three times as much", _pulled("threat", 3.0)),
    Lever("one mind", "All share the hub's foreign policy", _pulled("policies", 0.0)),
    Lever("no distance", "Distance does not matter", _same, (("reach_scale", 100.0),)),
    Lever("hub x3", "The hub brings three times the force", _pulled("hub", 3.0)),
    Lever("hub away", "The hub brings a tenth of its force", _pulled("hub", 0.1)),
    Lever("blank slate", "No treaties were there before", lambda w: w.replace(in_force=Architecture())),
    Lever("perfect council", "A council as quick as the hub, no quarrels left", _same,
          (("coordination_loss", 0.0), ("council_brokerage", 1.0))),
)
# fmt: on
"""The single changes an assessment tries, each alone."""


@dataclass(frozen=True)
class Effect:
    """What one change does."""

    lever: Lever
    body: float
    forum: float
    star: float
    """Probabilities after the change: a body; star and forum; star or what is in force."""
    change: float
    """Change of the probability of a body."""


def pull(study: Study, lever: Lever) -> Effect:
    """Return what one change does to the outcome of a round, all else equal."""
    parameters = study.parameters.replace(dict(lever.parameters))
    formation = run_round(Appraiser(lever.world(study.world), parameters))
    forum = sum(o.probability for o in formation.options if o.form == "star + forum")
    body = formation.body
    return Effect(lever, body, forum, 1.0 - body - forum, body - study.formation.body)


@dataclass(frozen=True)
class PullTask:
    """Works out one lever; small enough to be sent to a worker."""

    study: Callable[[], Study]
    """Returns the study that is changed."""

    def __call__(self, row: NDArray[np.float64]) -> dict[str, float]:
        """Return the effect of the lever whose position is given."""
        study = self.study()
        effect = pull(study, LEVERS[int(row[0])])
        return {"body": effect.body, "forum": effect.forum, "star": effect.star, "change": effect.change}


def single_changes(study: Callable[[], Study], run_id: str, workers: int = 1) -> tuple[Effect, ...]:
    """Return the effect of every lever, largest first.

    Parameters
    ----------
    study : callable
        Returns the study that is changed.
    run_id : str
        Hash of what the result depends on.
    workers : int
    """
    places = np.arange(len(LEVERS), dtype=np.float64)[:, None]
    found = remembered(PullTask(study), places, run_id, workers, chunk=1)
    rows = (dict(zip(found.keys, row, strict=True)) for row in found.values.tolist())
    return tuple(
        sorted((Effect(lever, **row) for lever, row in zip(LEVERS, rows, strict=True)), key=lambda e: -abs(e.change))
    )


@dataclass(frozen=True)
class Today:
    """How a year ends as things are: chances of a body, of star and forum, and of bilateral treaties alone."""

    body: float
    forum: float

    @property
    def bilateral(self) -> float:
        """Star or what is in force."""
        return 1.0 - self.body - self.forum


def levers_table(effects: Sequence[Effect], today: Today) -> Table:
    """Return what every single change does, beside how a year ends as things are."""
    columns = [
        Column("lever", hidden=True),
        Column("label", head="One change, all else equal"),
        Column("body", "probability", "that the year then ends with a body", "a body", "percent", bar=1.0),
        Column("forum", "probability", "that it ends with star and forum", "a forum", "percent", 3),
        Column("bilateral", "probability", "that it ends with bilateral treaties alone", "bilateral", "percent", 4),
        Column("change", "probability", "change of the chance of a body", "change", "points", 2),
    ]
    rows: list[list[Cell]] = [["", "As it is", today.body, today.forum, today.bilateral, 0.0]]
    rows += [[e.lever.key, e.lever.label, e.body, e.forum, e.star, e.change] for e in effects]
    return table("levers", "What would change the answer", columns, rows)


def section(effects: Sequence[Effect], today: Today) -> Section:
    """Return what a reader is told of single changes."""
    whole = levers_table(effects, today)
    shown = Table(whole.name, whole.title, whole.columns, whole.rows[:14])
    chart = Chart(
        "levers",
        "bars",
        "What would change the answer",
        "Chance of a body in a year after one change, all else equal; the line is the answer as it is.",
        shown,
        x="body",
        y="label",
        options={"base": today.body},
    )
    return Section("change", "What would change it", (), (whole,), (chart,))
