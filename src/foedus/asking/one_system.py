"""Systems: one architecture of the essay at a time, worked out and held against the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from foedus.asking.ask import Ask, How, text_of, words_of
from foedus.asking.files import write_page
from foedus.draws.ensemble import Progress
from foedus.systems.finding import SEED, Finding, Setting
from foedus.systems.known import system_named
from foedus.systems.robustness import over_draws
from foedus.systems.told_of_systems import record_of
from foedus.vocabulary.errors import fail


def system(
    name: str,
    *,
    without: Sequence[str] = (),
    draws: int = 0,
    seed: int = SEED,
    workers: int | None = None,
    every_year: bool = False,
    progress: Progress | None = None,
) -> Finding:
    """Return what is found about a system with default parameters, and how it fares over draws of them.

    Parameters
    ----------
    name : str
        A name of :data:`foedus.systems.known.SYSTEMS`.
    without : sequence of str
        Mechanisms that are switched off.
    draws : int
        Draws of all parameters in which every statement is looked at again; 0 for none.
    seed : int
        Of the draws.
    workers : int, optional
        Processes; the result is the same for any number.
    every_year : bool
        Look at every year of the alliance where NATO is looked at in some.
    progress : callable, optional
        Called with (draws done, draws in all).

    Raises
    ------
    FoedusError
        There is no such system or mechanism.

    Examples
    --------
    >>> import foedus
    >>> foedus.system("quad").record.title
    'The Quad'
    """
    asked = Ask(without=words_of("without", without), draws=draws, seed=seed)
    return looked_at(name, asked, How(workers, progress=progress), every_year)


def looked_at(name: str, asked: Ask, how: How, every_year: bool = False) -> Finding:
    """Return what is found about a system, which has cases of its own; errors as :func:`system`."""
    if every_year and name != "nato":
        raise fail("--every-year", f"'{name}' has no shorter choice of years", "Leave it out, or take nato")
    text_of("system", name)
    setting = Setting(asked.without, every_year=every_year, progress=how.progress)
    found = system_named(name).look_at(setting)
    found = replace(found, seed=asked.seed, without=asked.without, tell=record_of)
    return over_draws(found, asked.draws, how.cores, how.progress) if asked.draws else found


def system_report(finding: Finding, path: str | Path) -> Path:
    """Write one self-contained page about a system; errors as :func:`report`."""
    return write_page(finding.record, path)[0]
