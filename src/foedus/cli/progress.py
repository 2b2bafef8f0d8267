"""A progress bar on stderr, silent where nobody looks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from foedus.cli.spoken import speaking
from foedus.draws.ensemble import Pace, in_words
from foedus.surfaces.reading import clean


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function to be called with (done, all); how long the rest takes is said as soon as something is done."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.fields[said]}"))
    # drawn when something is done, not by a thread of its own: workers can then start as copies of this process
    with Progress(
        *columns, console=console, transient=True, auto_refresh=False, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(clean(label), total=None, said="")
        before, pace = 0, Pace(os.cpu_count() or 1)

        def update(done: int, total: int) -> None:
            nonlocal before, pace
            if done <= before:  # the first of a run, which may go on from draws that are kept
                pace = Pace(os.cpu_count() or 1)
            else:
                pace.add(done - before)
            before = done
            rest = pace.rest(total - done) or 0.0
            said = f"{done}/{total}" + (f" · about {in_words(rest)}" if rest >= 1.0 else "")
            bar.update(task, completed=done, total=total, said=said, refresh=True)

        with speaking(lambda line: console.print(clean(line), markup=False, highlight=False, soft_wrap=True)):
            yield update
