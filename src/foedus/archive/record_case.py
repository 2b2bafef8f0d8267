"""A case from the record: a folder for any region and year, every number from the store or judged and marked as such."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from foedus.archive.datasets.atop import LAST_YEAR
from foedus.archive.datasets.catalogue import owner
from foedus.archive.pledges import Source
from foedus.archive.record_files import Writer
from foedus.archive.record_year import RecordYear, read_year
from foedus.casebook.filled_in import NOTHING, Answers, filled_in
from foedus.casebook.packed import stem_of, write_case
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.whole import refuse_existing

REGIONS: Final[Mapping[str, tuple[int, int]]] = {
    "americas": (2, 199),
    "europe": (200, 399),
    "africa": (400, 599),
    "middle-east": (600, 699),
    "asia": (700, 899),
    "oceania": (900, 999),
    "asia-pacific": (700, 999),
}
"""Ranges of Correlates of War codes, which are given by region."""

MOST: Final = 10
"""States of a case unless they are named; the strongest of the region are taken."""
_ADVERSARIES: Final = 2

_NEEDED: Final = (
    ("atop_member",),
    ("capabilities",),
    ("gdp_fariss", "gdp_maddison"),
    ("ideal_point", "polyarchy"),
    ("rivalry",),
    ("gml_dyad_year", "mid_dyad_year"),
    ("trade",),
)
"""Tables of which one of each group has to be there: without it a quantity would be made up for every state."""


def case_from_record(
    folder: str | Path,
    source: Source,
    region: str,
    year: int,
    *,
    states: Sequence[str] = (),
    adversaries: Sequence[str] = (),
    hub: str = "",
    answers: Answers = NOTHING,
) -> Path:
    """Write a case of a region in a year from historical data.

    Parameters
    ----------
    folder : str or Path
        Must not exist; a name that ends in ``.zip`` becomes an archive with the folder in it.
    source : Source
        Store or tidy folder.
    region : str
        One of ``REGIONS``.
    year : int
        The case is dated its last day.
    states : sequence of str
        Ids; by default the ten strongest of the region, without rivals of the hub and allies of an adversary.
    adversaries : sequence of str
        Ids; by default the two strongest rivals of the hub or of states of the region.
    hub : str
        Id; by default the strongest state that is in the region or has a pact of defence with a state in it.
    answers : Answers, optional
        Numbers, sources and words that take the place of what the data say.

    Raises
    ------
    FoedusError
        The folder exists, region, year or a state is unknown, the source lacks a table that is needed, or an answer names
        no number of the case.
    """
    target = Path(folder)
    refuse_existing(target)
    chosen = (tuple(states), tuple(adversaries), hub)
    return write_case(target, filled_in(files_from_record(stem_of(target), source, region, year, *chosen), answers))


def files_from_record(
    name: str,
    source: Source,
    region: str,
    year: int,
    states: Sequence[str] = (),
    adversaries: Sequence[str] = (),
    hub: str = "",
    read: Callable[[Source, int], RecordYear] = read_year,
) -> dict[str, str]:
    """Return the files of a case of a region in a year by name; arguments and errors as :func:`case_from_record`.

    `read` returns the year as the source has it.
    """
    if region not in REGIONS:
        raise fail(f"region '{region}'", "there is no such region", nearest(region, REGIONS) or ", ".join(REGIONS))
    if not 1826 <= year <= LAST_YEAR:
        raise fail(f"year {year}", "the treaties of this year are not coded", f"Give 1826 to {LAST_YEAR}")
    _refuse_gaps(source, year)
    now = read(source, year)
    for s in (*states, *adversaries, *([hub] if hub else [])):
        if s not in now.states:
            raise fail(f"state '{s}'", f"it was no member of the state system in {year}", nearest(s, now.states))
    centre = hub or _centre(now, region)
    against = list(adversaries) or _rivals(now, centre, region)
    if not against:
        what = f"nobody in {region} or {centre} had a rival in {year}"
        raise fail("adversaries", what, "Name them with --adversaries")
    wanted = dict.fromkeys((centre, *(states or _strongest(now, region, centre, against))))
    inside = [s for s in wanted if s not in against]
    if len(inside) < 2:
        raise fail("states", "fewer than two are left beside the adversaries", "Name them with --states")
    return Writer(now, source, region, inside, against).files(name)


def _refuse_gaps(source: Source, year: int) -> None:
    """Say which tables are missing, before anything is worked out from those that are there."""
    problems = []
    for group in _NEEDED:
        if any(source.has(t) for t in group):
            continue
        first = owner(group[0])
        other = "".join(f", or of {owner(t).title}" for t in group[1:])
        how = f"foedus data pull {first.name}" if first.fetch else f"download it from {first.page} and import it"
        what = f"a case needs this table of {first.title}{other}, which is not there"
        problems.append(Problem(f"table '{group[0]}'", what, f"Run or do: {how}"))
    if not problems:
        years = source.table("capabilities")["year"]
        if not (years == year).any():
            what = f"it has nothing for {year}; it runs from {years.min()!s} to {years.max()!s}"
            problems.append(Problem("table 'capabilities'", what, "Import another release, or name another year"))
    if problems:
        raise FoedusError(problems)


def _in_region(now: RecordYear, region: str) -> list[str]:
    low, high = REGIONS[region]
    return [s for s, row in now.states.items() if low <= row["ccode"] <= high]


def _rivals(now: RecordYear, hub: str, region: str) -> list[str]:
    """Return the strongest states that are rivals of the hub or, if it has none, of states of the region."""
    local = _in_region(now, region)
    for group in ([hub], local):
        found = {
            s
            for s in now.states
            for g in group
            if s != hub and now.pair(s, g).get("rivalry") == 1 and not now.pair(s, hub).get("defence")
        }
        if found:
            return sorted(found, key=lambda s: -now.strength(s))[:_ADVERSARIES]
    return []


def _strongest(now: RecordYear, region: str, hub: str, against: Sequence[str]) -> list[str]:
    """Return the strongest states of the region that are no rivals of the hub, nor bound to an adversary but not to it."""

    def free(state: str) -> bool:
        tied = any(now.pair(state, a).get("defence") for a in against)
        return now.pair(state, hub).get("rivalry") != 1 and bool(now.pair(state, hub).get("defence") or not tied)

    there = [s for s in _in_region(now, region) if s not in against and free(s)]
    return sorted(there, key=lambda s: -now.strength(s))[:MOST]


def _centre(now: RecordYear, region: str) -> str:
    """Return the strongest state that is in the region or has a pact of defence with a state in it."""
    local = _in_region(now, region)
    tied = {s for s in now.states if any(now.pair(s, r).get("defence") for r in local)}
    return max({*local, *tied}, key=now.strength)
