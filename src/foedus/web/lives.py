"""Lives: a case run through the years many times, in the background and kept, with its bands beside the record."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qsl

from foedus.asking.ask import Ask, How
from foedus.asking.through_years import Years, lived, planned
from foedus.casebook.series import years_covered
from foedus.vocabulary.errors import fail
from foedus.vocabulary.record import Chart, Record
from foedus.web.address import Address, query, write
from foedus.web.held import Held
from foedus.web.shown import charted
from foedus.web.state import State
from foedus.web.underway import Run
from foedus.years.runs import Simulation

RUNS: Final = 40
"""Runs that the page offers; their bands are wide enough to be honest, and they take a minute or less."""
MORE: Final = 200
"""Runs that are offered after those, as many as the command line has by default."""
_BROAD, _PHONE = 1060.0, 354.0


@dataclass(frozen=True)
class Lived:
    """What an address asks of runs through the years."""

    asked: Ask
    years: Years
    command: str

    @property
    def span(self) -> int:
        """How many years one run has."""
        first, last = years_covered(self.asked.loaded)
        low = first if self.years.first is None else self.years.first
        return (last if self.years.last is None else self.years.last) - low + 1


def asked_of(held: Held, address: Address, runs: int = 0) -> Lived | None:
    """Return what an address asks; None where it asks for no runs, and no number of them is given.

    Raises
    ------
    FoedusError
        A number makes no sense, the case has no such years, or it is more than this server works out.
    """
    number = runs or _whole("runs", address.word("runs"))
    if number is None:
        return None
    ends = _whole("from", address.word("from")), _whole("to", address.word("to"))
    whole = replace(address, year=None, draws=None)
    asked, years = held.asked(whole, 0), Years(*ends, number)
    plain = shlex.split(held.command(whole, None, "simulate"))
    more = [part for k, v in zip(("--from", "--to"), ends, strict=True) if v is not None for part in (k, str(v))]
    found = Lived(asked, years, shlex.join([*plain, *more, "--runs", str(number)]))
    held.limits.check_draws(number, found.command)
    held.limits.check_years(found.span, found.command)
    return found


def _whole(name: str, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise fail(name, f"'{text}' is not a whole number", "Give a whole one")
    return int(text)


def run_of(held: Held, wanted: Lived) -> Run:
    """Return the run that works the simulation out, begun now if nobody has asked for it yet; errors as its reader's."""
    task = planned(wanted.asked, wanted.years)  # what is wrong with the years is said at once, not after the wait

    def work(how: How) -> Simulation:
        return lived(wanted.asked, wanted.years, how)

    number = wanted.years.runs
    return held.begun(f"lives {task.run_id(number)} {number}", work, number, wanted.command)


def found_of(held: Held, address: Address) -> Record | None:
    """Return the record of the runs that an address asks for, worked out now if it is not there; None for no runs.

    Raises
    ------
    FoedusError
        What is asked for is wrong, or the time was over.
    """
    wanted = asked_of(held, address)
    if wanted is None:
        return None
    record: Record = held.outcome(run_of(held, wanted)).record
    return record


def pictures(record: Record) -> list[Chart]:
    """Return the pictures of runs that stand beside the record: institutions with their bands, and what the hub has."""
    named = {c.key: c for c in record.charts()}
    return [named[k] for k in ("institutions", "forms") if k in named]


def told(held: Held, address: Address) -> dict[str, Any]:
    """Return what the page of years says of runs: those it was asked for, how far they are, or an offer of some."""
    wanted = asked_of(held, address)
    offer = [] if held.limits.public and wanted is None and _too_long(held, address) else [RUNS]
    hidden = [(k, v) for k, v in parse_qsl(query(replace(address, year=None, draws=None))) if k != "runs"]
    words: dict[str, Any] = {
        "offer": offer,
        "hidden": hidden,
        "action": held.prefix + write(replace(address, own=(), year=None, draws=None)).partition("?")[0],
        "state": State(),
        "command": "",
        "says": (),
        "charts": [],
        "table": None,
        "made": {},
        "lived": None,
    }
    if wanted is None:
        if address.word("event"):
            raise fail("event", "it is one of runs, and the address asks for none", f"Add runs={RUNS}")
        return words
    run = run_of(held, wanted)
    words["command"] = wanted.command
    if not run.finished.is_set():
        far = held.runs.waits(run, f"runs through {wanted.span} years")
        words["state"] = State(f"{far} This page looks again by itself.", True, done=run.done, total=run.total)
        return {**words, "offer": []}
    if run.error is not None:
        raise run.error
    record: Record = run.result.record
    drawn = [(charted(c, _BROAD, _PHONE), c.caption) for c in pictures(record)]
    front = next((t for s in record.sections if s.key == "timeline" for t in s.tables), None)
    found = {
        "offer": [MORE] if wanted.years.runs < MORE else [],
        "says": record.says,
        "charts": drawn,
        "table": front,
        "made": record.made,
        "lived": (wanted, run.result),
    }
    return {**words, **found}


def _too_long(held: Held, address: Address) -> bool:
    first, last = years_covered(held.case(address.case))
    return last - first + 1 > held.limits.years
