"""Line-ups: a signed alliance among others that could have been, and a signatory among others who could have been it.

A new body stands among bodies of its size, an enlargement among the same body enlarged by others. All draws come from
streams named by the event, so that another span of years, or another event, moves none of them.

References
----------
McFadden, D. (1978). Modelling the choice of residential location. In Karlqvist et al. (eds.), Spatial Interaction Theory
and Planning Models: 75-96. (A choice model may be estimated on a uniform sample of the alternatives.)
Besag, J. (1975). Statistical analysis of non-lattice data. The Statistician 24: 179-195. (One member given all others.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.archive.codes import members
from foedus.archive.frames import pl
from foedus.archive.kads import KAds, potential
from foedus.estimation.protocol import FULL, LARGE
from foedus.vocabulary.errors import fail

_SIGNS, _SEAT = 1, 2
"""Names of the streams of the two questions."""


def _schema() -> dict[str, type[pl.DataType]]:
    return {
        "year": pl.Int64,
        "signed": pl.Int64,
        "event": pl.Int64,
        "set": pl.Int64,
        "size": pl.Int64,
        "formed": pl.Boolean,
        "atopid": pl.Int64,
        "kind": pl.String,
        "weight": pl.Float64,
    }


def as_known(events: pl.DataFrame, year: int) -> tuple[pl.DataFrame, int]:
    """Return signings as they could have been foreseen at the end of a year.

    Parameters
    ----------
    events : polars.DataFrame
        From :func:`foedus.archive.kads.signings`, all after the year.
    year : int

    Returns
    -------
    tuple of (polars.DataFrame, int)
        The signings among states that were there at the end of the year, as if they came in the next: ``year`` is
        the next year, ``signed`` the true one, codes are those of the next year; and the number of signings left out
        because a signatory was not there yet.
    """
    lineage = {(c, y): line for c, y, line in members().select("ccode", "year", "lineage").rows()}
    there = members().filter((pl.col("year") == year) & pl.col("member_at_year_end"))["lineage"].to_list()
    after = members().filter((pl.col("year") == year + 1) & pl.col("lineage").is_in(there))
    code = dict(after.select("lineage", "ccode").rows())
    rows = []
    for e in events.rows(named=True):
        old = {c: code.get(lineage.get((c, e["year"]), c)) for c in e["members"]}
        now = {c: k for c, k in old.items() if k is not None}
        if len(now) == len(old):
            told = {n: sorted(now[c] for c in e[n]) for n in ("members", "entrants")}
            rows.append({**e, **told, "signed": e["year"], "year": year + 1})
    schema = pl.Schema({**events.schema, "signed": pl.Int64()})
    return pl.DataFrame(rows, schema=schema, orient="row"), events.height - len(rows)


def askable(events: pl.DataFrame) -> pl.DataFrame:
    """Return the signings all of whose members were in the state system the year before.

    Of the others nothing was known then, and the very lack would give them away: Japan in 1952, West Germany in 1955.
    """
    there = {y: set(roster(y).tolist()) for y in events["year"].unique()}
    return events.filter(
        pl.Series([set(e["members"]) <= there[e["year"]] for e in events.rows(named=True)], dtype=pl.Boolean)
    )


def line_ups(events: pl.DataFrame, seed: int, controls: tuple[int, int] = FULL.controls) -> KAds:
    """Return every signed alliance among others drawn by lot.

    Parameters
    ----------
    events : polars.DataFrame
        Signings; ``year`` is that of the roster of states, ``signed`` (if there) the true year.
    seed : int
    controls : tuple of int
        Alliances drawn per signing, of small and of large bodies; fewer where fewer are possible.

    Returns
    -------
    KAds
        Columns ``year``, ``signed``, ``event``, ``set``, ``size``, ``formed``, ``atopid``, ``kind``, ``weight`` (one
        per set). Bodies of which everybody is new stand among bodies drawn from all states; the others among the same
        body with as many other newcomers.

    Raises
    ------
    FoedusError
        No signing, or fewer than one control.

    Notes
    -----
    States that enter the system in the very year are in no line-up but that of their own signing: nobody could have
    thought of them the year before.
    """
    if events.is_empty():
        raise fail("line-ups", "there is no signing in the span of years", "Widen the span")
    own = _numbered(events)
    fresh = own.filter(pl.col("size") == pl.col("entrants").list.len())
    strata = _strata(fresh, seed, controls)
    sets = _Sets()
    for e in own.rows(named=True):
        if e["size"] == len(e["entrants"]):
            found = strata.get((e["year"], e["size"]), np.empty((0, e["size"]), np.int64))
        else:
            found = _enlarged(e, _some(controls, e), np.random.default_rng([seed, _SIGNS, e["atopid"], e["signed"]]))
        sets.add(e, np.array(e["members"], dtype=np.int64), found, 1.0)
    return sets.made()


def _some(numbers: tuple[int, int], event: dict[str, Any]) -> int:
    """Return how many others stand beside an event."""
    return numbers[event["size"] > LARGE]


def _strata(fresh: pl.DataFrame, seed: int, controls: tuple[int, int]) -> dict[tuple[int, int], NDArray[np.int64]]:
    """Draw bodies that were not signed for every year and size with a new body."""
    found: dict[tuple[int, int], NDArray[np.int64]] = {}
    for own, wanted in zip(
        (fresh.filter(pl.col("size") <= LARGE), fresh.filter(pl.col("size") > LARGE)), controls, strict=True
    ):
        if own.is_empty():
            continue
        # More than wanted: bodies with a state that enters in the very year are passed over.
        drawn = potential(own, (), 4 * wanted, seed, sorted(set(own["year"])))
        for (year, size), rows in drawn.table.filter(~pl.col("formed")).group_by("year", "size"):
            y, k = int(str(year)), int(str(size))
            bodies = drawn.members[np.sort(rows["kad"].to_numpy()), :k]
            found[y, k] = bodies[np.isin(bodies, roster(y)).all(axis=1)][:wanted]
    return found


def empty_chairs(
    events: pl.DataFrame, seed: int, seats: int = FULL.seats, stand_ins: tuple[int, int] = FULL.stand_ins
) -> KAds:
    """Return every signed alliance with one signatory replaced by others, seat by seat.

    Parameters
    ----------
    events : polars.DataFrame
        As for :func:`line_ups`.
    seed : int
    seats : int
        Seats per signing at the most, drawn by lot from those who came (all members of a new body, the newcomers of
        another).
    stand_ins : tuple of int
        Other states per seat, for small and large bodies, drawn by lot from those outside; all where there are fewer.

    Returns
    -------
    KAds
        As :func:`line_ups`; one set per seat, and the weights of the seats of an event add up to one.

    Raises
    ------
    FoedusError
        No signing.
    """
    if events.is_empty():
        raise fail("empty chairs", "there is no signing in the span of years", "Widen the span")
    sets = _Sets()
    for e in _numbered(events).rows(named=True):
        stream = np.random.default_rng([seed, _SEAT, e["atopid"], e["signed"]])
        body = np.array(e["members"], dtype=np.int64)
        outside = np.setdiff1d(roster(e["year"]), body)
        chosen = np.sort(stream.choice(e["entrants"], min(seats, len(e["entrants"])), replace=False))
        for state in chosen:
            who = np.sort(stream.choice(outside, min(_some(stand_ins, e), len(outside)), replace=False))
            rest = np.broadcast_to(body[body != state], (len(who), len(body) - 1))
            sets.add(e, body, np.sort(np.column_stack([rest, who]), axis=1), 1 / len(chosen))
    return sets.made()


def roster(year: int) -> NDArray[np.int64]:
    """Return the codes in a year of the states that were there in the year before too, ascending, shape (S,)."""
    before = members().filter((pl.col("year") == year - 1) & pl.col("member_at_year_end"))["lineage"].to_list()
    now = members().filter((pl.col("year") == year) & pl.col("lineage").is_in(before))
    found: NDArray[np.int64] = now["ccode"].sort().to_numpy().astype(np.int64)
    return found


def _numbered(events: pl.DataFrame) -> pl.DataFrame:
    """Give signings their true year and a number that is the same in every selection."""
    own = events if "signed" in events.columns else events.with_columns(signed=pl.col("year"))
    return own.with_columns(event=pl.col("atopid") * 10_000 + pl.col("signed")).sort("signed", "atopid")


def _enlarged(event: dict[str, Any], controls: int, stream: np.random.Generator) -> NDArray[np.int64]:
    """Draw bodies that took in as many others, each at most once, shape (controls, size)."""
    came = sorted(event["entrants"])
    before = np.setdiff1d(event["members"], came)
    free = np.setdiff1d(roster(event["year"]), before)
    kept: dict[tuple[int, ...], None] = {}
    # Draws are few beside what is possible, except with one newcomer, of whom all may be listed.
    if len(came) == 1:
        for state in stream.permutation(free):
            kept.setdefault((int(state),))
    else:
        for _ in range(20 * controls):
            kept.setdefault(tuple(sorted(int(s) for s in stream.choice(free, len(came), replace=False))))
    kept.pop(tuple(came), None)
    chosen = list(kept)[:controls]
    bodies = [np.sort(np.concatenate([before, np.array(new)])) for new in chosen]
    return np.array(bodies, dtype=np.int64).reshape(len(chosen), event["size"])


class _Sets:
    """Choice sets under construction."""

    def __init__(self) -> None:
        self.rows: list[tuple[Any, ...]] = []
        self.blocks: list[NDArray[np.int64]] = []
        self.sets = 0

    def add(
        self, event: dict[str, Any], signed: NDArray[np.int64], others: Sequence[Any] | NDArray[np.int64], weight: float
    ) -> None:
        """Add what was signed and the others; a set of one says nothing and is left out."""
        if not len(others):
            return
        block = np.vstack([signed[None, :], np.asarray(others)])
        told = (event["year"], event["signed"], event["event"], self.sets, event["size"])
        self.rows += [(*told, k == 0, event["atopid"], event["kind"], weight) for k in range(len(block))]
        self.blocks.append(block)
        self.sets += 1

    def made(self) -> KAds:
        """Return the sets as potential alliances."""
        return KAds.of(self.rows, _schema(), self.blocks)
