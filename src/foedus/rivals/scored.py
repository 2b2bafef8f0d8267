"""The contest: every theory on every case, scored against the record with the same rule."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from foedus.casebook.case import Case
from foedus.draws.ensemble import Progress
from foedus.model.parameters import Parameters
from foedus.rivals import bargaining, causes, precedent, two_sides
from foedus.rivals.prediction import ALLIED, ASKED, Prediction, happened
from foedus.vocabulary.errors import FoedusError, Problem, nearest
from foedus.vocabulary.prose import country, listing, the

THEORIES: Final = ("foedus", "landscape", "bargaining", "persistence", "record", *causes.CAUSES)
"""Every theory that can be compared, by name."""

CERTAIN: Final = 0.01
"""A theory that is certain is charged, when it is wrong, as if it had said 1 in 100; the same for all."""


@dataclass(frozen=True)
class Score:
    """How a theory did on one question of one case."""

    prediction: Prediction
    question: str
    states: int
    """How many states were asked about; 0 where the theory is silent."""
    hits: int | None = None
    """On the right side of one half."""
    wrong: tuple[str, ...] = ()
    """The others, with a plus for those it saw inside."""
    brier: float | None = None
    log_score: float | None = None
    """Mean squared error; mean of -ln of what was given to what happened, nats; smaller is better."""


def theories_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return known theories, each once.

    Raises
    ------
    FoedusError
        A name is unknown.
    """
    wanted = [n.strip() for n in names if n.strip()]
    problems = [
        Problem(f"theory '{n}'", "there is no such theory", nearest(n, THEORIES)) for n in wanted if n not in THEORIES
    ]
    if problems or not wanted:
        raise FoedusError(problems or [Problem("theory", "none is named", f"Known names: {', '.join(THEORIES)}")])
    return tuple(dict.fromkeys(wanted))


def predict(
    theory: str,
    case: Case,
    parameters: Parameters,
    draws: int,
    seed: int,
    workers: int,
    progress: Progress | None = None,
) -> Prediction:
    """Return what a theory says about a case; arguments as in :func:`foedus.rivals.causes.predict`."""
    if theory == "landscape":
        return two_sides.predict(case)
    if theory == "bargaining":
        return bargaining.predict(case)
    if theory == "persistence":
        return _persistence(case)
    if theory == "record":
        return precedent.predict(case)
    return causes.predict(theory, case, parameters, draws, seed, workers, progress)


def _persistence(case: Case) -> Prediction:
    """Return that everything stays as it is on the date of the case: what any theory has to beat."""
    today = happened(case, years=0)
    chances = {q: {s: float(yes) for s, yes in states.items()} for q, states in today.items()}
    bound = [s for s, yes in today[ALLIED].items() if yes]
    hub, allies = the(country(case.hub)), listing(the(country(s, case.as_of.year)) for s in bound)
    says = f"all stays as it is: {allies or 'nobody'} bound to {hub}"
    return Prediction("persistence", case.name, chances, says, "any change")


def scores(prediction: Prediction, case: Case) -> tuple[Score, ...]:
    """Return how a prediction did on both questions."""
    record = happened(case)
    return tuple(_score(prediction, question, record[question]) for question in ASKED)


def _score(prediction: Prediction, question: str, record: dict[str, bool]) -> Score:
    chances = prediction.chances.get(question)
    if chances is None:
        return Score(prediction, question, 0)
    n = len(record)
    wrong = tuple(f"{'+' if chances[s] > 0.5 else '-'}{s}" for s in record if (chances[s] > 0.5) != record[s])
    given = {s: min(max(chances[s] if record[s] else 1.0 - chances[s], CERTAIN), 1.0 - CERTAIN) for s in record}
    brier = sum((1.0 - g) ** 2 for g in given.values()) / n
    return Score(prediction, question, n, n - len(wrong), wrong, brier, -sum(map(math.log, given.values())) / n)
