"""Panels of the state system: one row per state and year, or per pair of states and year.

Two rules hold everywhere. What a data set does not know is null; a zero is only written where the data set is coded
and says nothing. And a state is one state whatever its code: the codes of a row are those of the end of the year.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from foedus.archive.codes import canonical, members, with_ids, with_states
from foedus.archive.datasets.atop import LAST_YEAR
from foedus.archive.datasets.catalogue import owner
from foedus.archive.datasets.conflict import RIVALRY_KINDS
from foedus.archive.frames import pl
from foedus.archive.pledges import OBLIGATIONS, Source, pledge_years
from foedus.vocabulary.errors import fail
from foedus.vocabulary.states import EARTH_RADIUS_KM

_KEYS: Final = ["ccode1", "ccode2", "year"]

_STATE_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "capabilities": ("cinc", "military_expenditure", "population"),
    "polyarchy": ("polyarchy",),
    "polity": ("polity2",),
    "ideal_point": ("ideal_point",),
}
CONTIGUOUS_KM: Final = {1: 0.0, 2: 19.0, 3: 39.0, 4: 241.0, 5: 644.0}
"""Largest distance in each class of contiguity: land, and 12, 24, 150, 400 miles of water (Stinnett et al. 2002)."""


def state_years(source: Source, first: int = 1816, last: int = LAST_YEAR) -> pl.DataFrame:
    """Return one row per member of the interstate system and year.

    Parameters
    ----------
    source : Source
        Store or tidy folder; columns of tables that it does not have are null.
    first, last : int
        Years.

    Returns
    -------
    polars.DataFrame
        Columns ``ccode``, ``year``, ``state``, ``gw``, ``latitude`` and ``longitude`` (degrees, of the capital),
        ``enters`` and ``leaves`` (days of membership within the year), ``lineage``, ``member_at_year_end``, ``cinc`` (share of world capabilities), ``military_expenditure`` (thousand current
        £ to 1913, US$ from 1914), ``population`` (thousand), ``gdp`` (million $ at the prices of its source), ``gdp_source``,
        ``polyarchy`` (0-1), ``polity2`` (-10 to 10), ``ideal_point``.

    Raises
    ------
    FoedusError
        The years are in the wrong order or outside the table of states.
    """
    frame = _system(first, last)
    for name, columns in _STATE_COLUMNS.items():
        if source.has(name):
            table = source.table(name).select("ccode", "year", *columns)
            frame = frame.join(table, on=["ccode", "year"], how="left")
        else:
            frame = frame.with_columns(pl.lit(None, dtype=pl.Float64).alias(c) for c in columns)
    return _with_gdp(frame, source).sort("ccode", "year")


def _system(first: int, last: int) -> pl.DataFrame:
    """Return the members of the system in a span of years."""
    frame = members().filter(pl.col("year").is_between(first, last))
    if frame.is_empty():
        raise fail(f"years {first} to {last}", "there is no year of the state system in it", "Give years from 1816 on")
    return frame


def _with_gdp(frame: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Add the product from one source per state-year, never mixed, and say which."""
    frame = frame.with_columns(gdp=pl.lit(None, dtype=pl.Float64), gdp_source=pl.lit(None, dtype=pl.String))
    for name in ("gdp_fariss", "gdp_maddison"):
        if source.has(name):
            table = source.table(name).select("ccode", "year", pl.col("gdp").alias("_gdp"))
            joined = frame.join(table, on=["ccode", "year"], how="left")
            free = pl.col("gdp").is_null() & pl.col("_gdp").is_not_null()
            frame = joined.with_columns(
                gdp_source=pl.when(free).then(pl.lit(name)).otherwise("gdp_source"), gdp=pl.coalesce("gdp", "_gdp")
            ).drop("_gdp")
    return frame


def dyad_years(
    source: Source, first: int = 1816, last: int = LAST_YEAR, directed: bool = False, without: Collection[int] = ()
) -> pl.DataFrame:
    """Return one row per pair of members of the system and year.

    Parameters
    ----------
    source : Source
        Store or tidy folder; the ATOP member file is needed, columns of other tables that are missing are null.
    first, last : int
        Years.
    directed : bool
        Whether (a, b) and (b, a) are two rows; ``pledge12`` is then what ``ccode1`` owes ``ccode2``.
    without : collection of int
        Treaties (ATOP numbers) to leave out, such as 2550, the Declaration by United Nations.

    Returns
    -------
    polars.DataFrame
        Keys ``year``, ``ccode1``, ``ccode2``, ``state1``, ``state2``; obligations in either direction ``defence``,
        ``offence``, ``neutrality``, ``nonaggression``, ``consultation`` (0/1, null when not coded), ``pledge12`` and
        ``pledge21`` (defence by direction), ``defence_mutual``, ``defence_year_end`` (31 December), ``two_member_pacts``
        and ``larger_pacts`` (defence treaties by members in force), ``nonaggression_only``; ``both_before`` and
        ``both_after`` (both were members the year before, the year after), ``onset``, ``entry_with_pact``,
        ``termination``; ``distance`` (km between capitals), ``contiguity`` (0 none, 1 land … 5), ``rivalry``,
        ``disputes``, ``trade`` (million current US$), ``ideal_point_distance``, ``cinc1``, ``cinc2``, ``polyarchy1``,
        ``polyarchy2``.

    Notes
    -----
    ``onset`` is 1 in the first year of a defence pact between two states that were both in the system the year before;
    ``entry_with_pact`` when one of them was not: occupied states (Japan to 1952, West Germany to 1955) enter the system
    with their pact signed, and an at-risk test alone would lose them. ``termination`` marks the last year in force and
    is null in the last coded year, whose ends nobody can see.

    Raises
    ------
    FoedusError
        The member file is missing, or the years are outside the table of states.
    """
    states = state_years(source, first, last)
    frame = _pairs(states)
    frame = _with_pledges(frame, source, without)
    frame = _with_relations(frame, source)
    frame = with_ids(frame, state1="ccode1", state2="ccode2")
    if directed:
        frame = pl.concat([frame, mirrored(frame)])
    front = ["year", "ccode1", "ccode2", "state1", "state2"]
    return frame.select(*front, pl.exclude(front)).sort(front[:3])


def _pairs(states: pl.DataFrame) -> pl.DataFrame:
    """Pair the states of every year, with what is known of both."""
    one = states.select(
        "year",
        pl.col("ccode").alias("ccode1"),
        pl.col("cinc").alias("cinc1"),
        pl.col("polyarchy").alias("polyarchy1"),
        pl.col("ideal_point").alias("_ideal1"),
        pl.col("latitude").radians().alias("_lat1"),
        pl.col("longitude").radians().alias("_lon1"),
        pl.col("enters").alias("_enters1"),
        pl.col("leaves").alias("_leaves1"),
    )
    two = one.rename({c: c.replace("1", "2") for c in one.columns if c != "year"})
    # Two states of one year are no pair when one was gone before the other came (Germany and others in 1945).
    together = (pl.col("_enters1") <= pl.col("_leaves2")) & (pl.col("_enters2") <= pl.col("_leaves1"))
    pairs = one.join(two, on="year").filter((pl.col("ccode1") < pl.col("ccode2")) & together)
    haversine = ((pl.col("_lat2") - pl.col("_lat1")) / 2).sin() ** 2 + pl.col("_lat1").cos() * pl.col("_lat2").cos() * (
        (pl.col("_lon2") - pl.col("_lon1")) / 2
    ).sin() ** 2
    return pairs.with_columns(
        distance=2 * EARTH_RADIUS_KM * haversine.sqrt().clip(0, 1).arcsin(),
        ideal_point_distance=(pl.col("_ideal1") - pl.col("_ideal2")).abs(),
    ).select(*_KEYS, "cinc1", "cinc2", "polyarchy1", "polyarchy2", "distance", "ideal_point_distance")


def pledged_dyads(source: Source, without: Collection[int] = ()) -> pl.DataFrame:
    """Return the undirected dyad-years with any obligation, whether or not the states are in the system.

    Parameters
    ----------
    source : Source
    without : collection of int
        Treaties to leave out.

    Returns
    -------
    polars.DataFrame
        ``ccode1`` < ``ccode2``, ``year``, the obligations in either direction, ``pledge12``, ``pledge21``,
        ``defence_year_end``, ``two_member_pacts``, ``larger_pacts``.

    Raises
    ------
    FoedusError
        The member file is missing.
    """
    rows = pledge_years(source, without)
    forward = pl.col("_from") < pl.col("_to")
    sides = rows.rename({"ccode1": "_from", "ccode2": "_to"}).with_columns(
        ccode1=pl.min_horizontal("_from", "_to"), ccode2=pl.max_horizontal("_from", "_to")
    )
    pact = pl.col("defence") == 1
    return sides.group_by(_KEYS).agg(
        pl.col(*OBLIGATIONS).max(),
        pledge12=pl.col("defence").filter(forward).max().fill_null(0),
        pledge21=pl.col("defence").filter(~forward).max().fill_null(0),
        defence_year_end=(pact & pl.col("year_end")).max().cast(pl.Int64),
        two_member_pacts=pl.col("atopid").filter(pact & pl.col("two_members")).n_unique().cast(pl.Int64),
        larger_pacts=pl.col("atopid").filter(pact & ~pl.col("two_members")).n_unique().cast(pl.Int64),
    )


def _with_pledges(frame: pl.DataFrame, source: Source, without: Collection[int]) -> pl.DataFrame:
    """Add obligations and what became of them."""
    pledged = pledged_dyads(source, without)
    values = [c for c in pledged.columns if c not in _KEYS]
    coded = pl.col("year") <= LAST_YEAR
    joined = frame.join(pledged, on=_KEYS, how="left").with_columns(
        pl.when(coded).then(pl.col(c).fill_null(0)).alias(c) for c in values
    )
    others = pl.max_horizontal("defence", "offence", "neutrality", "consultation")
    marked = joined.with_columns(
        defence_mutual=pl.min_horizontal("pledge12", "pledge21"),
        nonaggression_only=((pl.col("nonaggression") == 1) & (others == 0)).cast(pl.Int64),
    )
    allied = pledged.filter(pl.col("defence") == 1).select(_KEYS)
    for name, step in (("before", 1), ("after", -1)):
        # allied dyads a year later or earlier, with the codes of that year
        moved = canonical(with_states(allied.with_columns(pl.col("year") + step), "keep")).unique()
        shifted = moved.with_columns(pl.lit(1).alias(f"_allied_{name}"))
        both = _both_members(marked, -step).alias(f"both_{name}")
        marked = marked.with_columns(both).join(shifted, on=_KEYS, how="left")
    new = (pl.col("defence") == 1) & pl.col("_allied_before").is_null()
    # A pact older than the membership counts from the year in which both are members.
    enters = (pl.col("defence") == 1) & (pl.col("both_before") == 0)
    first_year = pl.col("year") == 1816
    over = (pl.col("defence") == 1) & pl.col("_allied_after").is_null() & (pl.col("both_after") == 1)
    return marked.with_columns(
        onset=pl.when(coded & ~first_year).then((new & (pl.col("both_before") == 1)).cast(pl.Int64)),
        entry_with_pact=pl.when(coded & ~first_year).then(enters.cast(pl.Int64)),
        termination=pl.when(pl.col("year") < LAST_YEAR).then(over.cast(pl.Int64)),
    ).drop("_allied_before", "_allied_after")


def _both_members(frame: pl.DataFrame, step: int) -> pl.Series:
    """Return whether both states were members of the system some years on, by state and not by code."""
    line = members().select("ccode", "year", "lineage")
    there = members().select("lineage", year=pl.col("year") - step).with_columns(_there=pl.lit(1))
    found = []
    for side in ("ccode1", "ccode2"):
        own = frame.select(side, "year").join(
            line, left_on=[side, "year"], right_on=["ccode", "year"], how="left", maintain_order="left"
        )
        found.append(own.join(there, on=["lineage", "year"], how="left", maintain_order="left")["_there"].fill_null(0))
    return (found[0] * found[1]).cast(pl.Int64)


def _with_relations(frame: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Add contiguity, rivalry, disputes and trade; zero only within the years a data set is coded."""
    disputes = next((t for t in ("gml_dyad_year", "mid_dyad_year") if source.has(t)), "mid_dyad_year")
    for column, name in (("contiguity", "contiguity"), ("rivalry", "rivalry"), ("disputes", disputes)):
        if source.has(name):
            table = rivalry_years(source) if name == "rivalry" else source.table(name)
            frame = _joined(frame, table, column, name)
        else:
            frame = frame.with_columns(pl.lit(None, dtype=pl.Int64).alias(column))
    if source.has("trade"):
        # No row means that nobody reported: trade is missing then, not nil.
        return frame.join(source.table("trade").select(*_KEYS, "trade"), on=_KEYS, how="left")
    return frame.with_columns(trade=pl.lit(None, dtype=pl.Float64))


def _joined(frame: pl.DataFrame, table: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    """Add a column of counts or flags; null outside the years that its data set covers and the table reaches.

    An older release ends before the data set does: years after its last row are not known, and not zero.
    """
    low, high = owner(name).coverage
    reached = table["year"].max()
    high = min(high, int(str(reached))) if reached is not None else low - 1
    joined = frame.join(table.select(*_KEYS, pl.col(column).cast(pl.Int64)), on=_KEYS, how="left")
    covered = pl.col("year").is_between(low, high)
    return joined.with_columns(pl.when(covered).then(pl.col(column).fill_null(0)).alias(column))


def rivalry_years(source: Source) -> pl.DataFrame:
    """Return the dyad-years of strategic rivalry.

    Returns
    -------
    polars.DataFrame
        ``ccode1`` < ``ccode2``, ``year``, ``rivalry`` (1) and the four kinds (0/1).

    Raises
    ------
    FoedusError
        The table is missing.
    """
    spells = source.table("rivalry")
    years = spells.with_columns(year=pl.int_ranges("start", pl.col("end") + 1, dtype=pl.Int64)).explode("year")
    coded = years.filter(pl.col("year") >= 1816)
    ordered = canonical(with_states(coded, "drop"))
    return ordered.group_by(_KEYS).agg(pl.col(RIVALRY_KINDS).max(), rivalry=pl.lit(1, dtype=pl.Int64))


def mirrored(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a dyadic frame seen from the other side: columns that end in 1 and 2 change places.

    Returns
    -------
    polars.DataFrame
        The same columns in the same order.
    """
    swap = {"pledge12": "pledge21", "pledge21": "pledge12"}
    for name in frame.columns:
        if name.endswith("1") and name not in swap and f"{name[:-1]}2" in frame.columns:
            swap |= {name: f"{name[:-1]}2", f"{name[:-1]}2": name}
    return frame.select(pl.col(swap.get(c, c)).alias(c) for c in frame.columns)
