"""The argument: a text on trial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from foedus.asking.ask import Ask, How, text_of, words_of
from foedus.draws.ensemble import Progress
from foedus.trials.claims import Trial, read_trial, trial_names
from foedus.trials.evidence import Findings
from foedus.trials.hearing import try_claims
from foedus.trials.told import record_of
from foedus.vocabulary.tables import Cell, Column, Table, table

DRAWS = 50
"""Draws of a trial unless something else is said; each asks every claim in every place."""


def trial(
    name: str | Path,
    *,
    draws: int = DRAWS,
    seed: int = 1,
    without: Sequence[str] = (),
    laws: Sequence[str] = (),
    calibration: str | Path = "",
    workers: int | None = None,
    progress: Progress | None = None,
) -> Findings:
    """Return what was found about every claim of a text on trial.

    Parameters
    ----------
    name : str or Path
        A built-in trial (see :func:`built_in`) or a YAML file.
    draws, seed : int
        Size of the ensemble, and its seed; without draws the model gives no verdict.
    without : sequence of str
        Mechanisms switched off throughout.
    laws : sequence of str
        Procedures replaced by name throughout, such as ``consent=common-mood``.
    calibration : str or Path
        Name or file that parameters are drawn from; empty for judged ranges.
    workers : int, optional
        Processes, by default one per core; the result does not depend on it.
    progress : callable, optional
        Called with (draws done, draws in all).

    Raises
    ------
    FoedusError
        Every problem of the file, each with its line; or a number or name makes no sense.

    Examples
    --------
    >>> import foedus
    >>> found = foedus.trial("a-nato-in-asia", draws=2, workers=1)
    >>> found.record.title
    'A NATO in Asia? Not Going to Happen'
    """
    words = words_of("without", without), words_of("laws", laws)
    asked = Ask(without=words[0], laws=words[1], calibration=calibration, draws=draws, seed=seed)
    return heard(name, asked, How(workers, progress=progress))


def heard(name: str | Path, asked: Ask, how: How) -> Findings:
    """Return what was found about every claim of a text, which names its own case; errors as :func:`trial`."""
    text_of("trial", name)
    return tried(read_trial(name), asked, how)


def tried(found: Trial, asked: Ask, how: How) -> Findings:
    """Return what was found about every claim of a text at hand; errors as :func:`trial`."""
    asked = replace(asked, case=found.case)
    words = (asked.draws, asked.seed, asked.without, how.cores, how.progress, asked.values)
    evidence = try_claims(found, *words, ensemble=how.ensemble)
    return replace(evidence, tell=record_of)


def built_in() -> Table:
    """Return the built-in trials: name, text, author and how many claims it makes, and its thesis."""
    texts = [(name, read_trial(name)) for name in trial_names()]
    rows: list[list[Cell]] = [
        [name, t.text.title, t.text.author, str(t.text.date), len(t.claims), t.text.thesis] for name, t in texts
    ]
    columns = [
        Column("name"),
        Column("title"),
        Column("author", drop=2),
        Column("date", hidden=True),
        Column("claims", form="whole", hidden=True),
        Column("thesis"),
    ]
    return table("trials", "Texts on trial", columns, rows)
