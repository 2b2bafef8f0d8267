"""A progress bar on stderr, silent where nobody looks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from foedus.cli.spoken import speaking
from foedus.draws.ensemble import in_words


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function to be called with (done, all); how long the rest takes is said as soon as something is done."""
    console = Console(stderr=True)
    columns = (TextColumn(label), BarColumn(), TextColumn("{task.fields[said]}"))
    # drawn when something is done, not by a thread of its own: workers can then start as copies of this process
    with Progress(
        *columns, console=console, transient=True, auto_refresh=False, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(label, total=None, said="")
        since, first = 0.0, -1

        def update(done: int, total: int) -> None:
            nonlocal since, first
            if first < 0 or done < first:  # the first of a run, which may go on from draws that are kept
                since, first = time.monotonic(), done
            rest = (time.monotonic() - since) / (done - first) * (total - done) if done > first else 0.0
            said = f"{done}/{total}" + (f" · about {in_words(rest)}" if rest >= 1.0 else "")
            bar.update(task, completed=done, total=total, said=said, refresh=True)

        with speaking(lambda line: console.print(line, markup=False, highlight=False, soft_wrap=True)):
            yield update
