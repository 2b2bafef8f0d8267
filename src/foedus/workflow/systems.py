"""Systems: one architecture of the essay at a time, worked out and held against the record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.experiments.systems.catalogue import system_named
from foedus.experiments.systems.finding import Finding, Setting
from foedus.reports.systempage import system_html
from foedus.simulation.ensemble import Progress
from foedus.vocabulary.errors import FoedusError, Problem, nearest
from foedus.vocabulary.tables import Table
from foedus.workflow.files import refuse_existing, write_whole


def system(name: str, *, without: Sequence[str] = (), progress: Progress | None = None) -> Finding:
    """Return what is found about a system, with default parameters.

    Parameters
    ----------
    name : str
        A name of :data:`foedus.experiments.systems.catalogue.SYSTEMS`.
    without : sequence of str
        Mechanisms that are switched off.
    progress : callable, optional
        Called with (steps done, steps in all).

    Raises
    ------
    FoedusError
        There is no such system or mechanism.
    """
    chosen, setting = system_named(name), Setting(tuple(without))
    _ = setting.parameters  # says what is wrong before the work starts
    if progress:
        progress(0, 1)
    found = chosen.look_at(setting)
    if progress:
        progress(1, 1)
    return found


def table_of(finding: Finding, name: str) -> Table:
    """Return a table of a finding by its name.

    Raises
    ------
    FoedusError
        There is none of that name; the nearest names are given.
    """
    names = [t.name for t in finding.tables]
    if name not in names:
        raise FoedusError(Problem(f"table '{name}'", f"'{finding.name}' has no such table", nearest(name, names)))
    return finding.table(name)


def system_report(finding: Finding, path: str | Path, *, without: Sequence[str] = ()) -> Path:
    """Write one self-contained page about a system; errors as :func:`report`."""
    target = Path(path)
    refuse_existing(str(target))
    write_whole(target, system_html(finding, without))
    return target
