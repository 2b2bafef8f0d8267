"""Rivalry: several theories on the same cases, scored by the same rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from foedus.asking.alone import with_footer
from foedus.asking.ask import Ask, How, cases_of, values_of, words_of
from foedus.casebook.case import Case
from foedus.draws.ensemble import Progress
from foedus.model.parameters import Parameters
from foedus.rivals import ranking
from foedus.rivals.scored import Score, predict, scores, theories_of
from foedus.vocabulary.record import Section


def compare_theories(
    cases: Sequence[str | Path | Case],
    theories: Sequence[str],
    *,
    parameters: Parameters | None = None,
    calibration: str | Path = "",
    draws: int = 20,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[Score, ...]:
    """Return the scores of theories on cases, with what each of them says.

    Parameters
    ----------
    cases : sequence of str, Path or Case
    theories : sequence of str
        Of ``foedus.rivals.scored.THEORIES``.
    parameters : Parameters, optional
        Of foedus and its single causes, instead of the defaults.
    calibration : str or Path
        Name or file of a calibration that parameters are drawn from.
    draws, seed, workers : int
        Of foedus and its single causes; the rivals have no draws.
    progress : callable, optional

    Raises
    ------
    FoedusError
        A case or a theory is unknown, or a case has too many nations for a theory.

    Examples
    --------
    >>> import foedus
    >>> scores = foedus.compare_theories(["asia-1953"], ["persistence", "landscape"])
    >>> [(score.prediction.theory, score.hits, score.states) for score in scores][0]
    ('persistence', 5, 9)
    """
    asked = Ask(calibration=calibration, draws=draws, seed=seed, parameters=parameters)
    return scored(cases, words_of("theories", theories), asked, How(workers, progress=progress))


def told(cases: Sequence[str | Path | Case], found: Sequence[Score], asked: Ask) -> Section:
    """Return what each theory says and how it scores, with what it was made with; errors as :func:`compare_theories`."""
    tasks = [replace(asked, case=case).task() for case in cases_of(cases)]
    return with_footer(ranking.section(found), tasks, asked.draws, asked.seed)


def scored(cases: Sequence[str | Path | Case], theories: Sequence[str], asked: Ask, how: How) -> tuple[Score, ...]:
    """Return the scores of theories on cases; errors as :func:`compare_theories`."""
    names, loaded = theories_of(theories), cases_of(cases)
    values = asked.parameters or values_of(asked.calibration)
    return tuple(
        score
        for case in loaded
        for theory in names
        for score in scores(predict(theory, case, values, asked.draws, asked.seed, how.cores, how.progress), case)
    )
