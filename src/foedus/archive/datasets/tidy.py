"""A folder of tidy Parquet tables in place of published files: the same tables under the same names.

Such a folder is what a replication archive hands over: one file per table, snake-case columns, Correlates of War codes.
Its tables are brought into the form of the store, so panels can be made from either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from foedus.archive.codes import one_state, with_state
from foedus.archive.datasets.conflict import rivalries
from foedus.archive.datasets.published import by_dyad, check_one_row, directed, undirected
from foedus.archive.frames import pl
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.inputs import check_input

_OBLIGATIONS: Final = {
    "defense": "defence",
    "offense": "offence",
    "neutral": "neutrality",
    "nonagg": "nonaggression",
    "consul": "consultation",
}


def _wide(frame: pl.DataFrame) -> pl.DataFrame:
    """Give integers one width; tidy files save space with narrow ones."""
    narrow = [n for n, t in frame.schema.items() if t.is_integer()]
    short = [n for n, t in frame.schema.items() if t == pl.Float32]
    return frame.with_columns(pl.col(narrow).cast(pl.Int64), pl.col(short).cast(pl.Float64))


def _rename(frame: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    return _wide(frame.select(pl.col(old).alias(new) for old, new in names.items()))


def _treaty(frame: pl.DataFrame) -> pl.DataFrame:
    names = {
        "atopid": "atopid",
        "begyr": "begin_year",
        "begmo": "begin_month",
        "begday": "begin_day",
        "endyr": "end_year",
        "endmo": "end_month",
        "endday": "end_day",
        **_OBLIGATIONS,
        "ineffect": "in_force",
        "bilat": "bilateral",
        "wartime": "wartime",
        "asymm": "asymmetric",
        **({"length": "term_months"} if "length" in frame.columns else {}),
    }
    return _rename(frame, names).sort("atopid")


def _member(frame: pl.DataFrame) -> pl.DataFrame:
    names = {
        "atopid": "atopid",
        "member": "ccode",
        "phase": "phase",
        "cowsys": "in_system",
        "yrent": "entry_year",
        "moent": "entry_month",
        "dayent": "entry_day",
        "yrexit": "exit_year",
        "moexit": "exit_month",
        "dayexit": "exit_day",
        "ineffect": "in_force",
        "termmode": "end_mode",
        "termcaus": "end_cause",
        **_OBLIGATIONS,
        "asymm": "asymmetric",
    }
    dated = _rename(frame, names).with_columns(year=pl.col("entry_year"), published_ccode=pl.col("ccode"))
    return with_state(dated, unknown="keep").drop("year").sort("atopid", "phase", "ccode", "entry_year", "entry_month")


def _directed(frame: pl.DataFrame) -> pl.DataFrame:
    obligations = {f"atop_{old}": new for old, new in _OBLIGATIONS.items()}
    named = _rename(frame, {"ccode1": "ccode1", "ccode2": "ccode2", "year": "year", **obligations})
    return directed(named)


def _state_columns(names: Mapping[str, str]) -> Callable[[pl.DataFrame], pl.DataFrame]:
    def take(frame: pl.DataFrame) -> pl.DataFrame:
        """Take some columns of the state-year table; rows that know none of them are no rows of this table."""
        tidy = _rename(frame, {"ccode": "ccode", "year": "year", **names})
        known = tidy.filter(pl.any_horizontal(pl.col(list(names.values())).is_not_null()))
        return one_state(known).sort("ccode", "year")

    return take


def _contiguity(frame: pl.DataFrame) -> pl.DataFrame:
    """Turn spells of contiguity into dyad-years."""
    spells = _wide(frame).filter(pl.col("conttype") > 0)
    years = spells.with_columns(
        year=pl.int_ranges(pl.col("stdate").dt.year(), pl.col("enddate").dt.year() + 1, dtype=pl.Int64)
    ).explode("year")
    return by_dyad(undirected(years), contiguity=pl.col("conttype").min())


def _dyads(names: Callable[[], Mapping[str, pl.Expr]]) -> Callable[[pl.DataFrame], pl.DataFrame]:
    def take(frame: pl.DataFrame) -> pl.DataFrame:
        """Take an undirected dyad-year table; a changed code is one dyad."""
        return by_dyad(undirected(_wide(frame).select("ccode1", "ccode2", "year", **names())))

    return take


def _rivalry(frame: pl.DataFrame) -> pl.DataFrame:
    """Name the columns; codes stay those of the years of the rivalry, some of which are before the state system."""
    return rivalries(_wide(frame).rename({"tssr_id": "rivalry"}))


_CAPABILITIES: Final = {
    "milex": "military_expenditure",
    "milper": "military_personnel",
    "irst": "iron_steel",
    "pec": "energy",
    "tpop": "population",
    "upop": "urban_population",
    "cinc": "cinc",
}

SOURCES: Final[Mapping[str, tuple[str, Callable[[pl.DataFrame], pl.DataFrame]]]] = {
    "atop_treaty": ("treaty.parquet", _treaty),
    "atop_member": ("treaty_member_phase.parquet", _member),
    "atop_directed_dyad_year": ("atop_ddyad_year.parquet", _directed),
    "capabilities": ("state_year.parquet", _state_columns(_CAPABILITIES)),
    "gdp_fariss": ("state_year.parquet", _state_columns({"gdp_mln_2017ppp": "gdp", "gdppc_2011ppp": "gdp_per_head"})),
    "polyarchy": ("state_year.parquet", _state_columns({"v2x_polyarchy": "polyarchy"})),
    "polity": ("state_year.parquet", _state_columns({"polity2": "polity2"})),
    "ideal_point": ("state_year.parquet", _state_columns({"unga_ideal_point": "ideal_point", "unga_nvotes": "votes"})),
    "contiguity": ("contiguity_spells.parquet", _contiguity),
    "rivalry": ("rivalry.parquet", _rivalry),
    "mid_dyad_year": (
        "mid_dyad_year.parquet",
        _dyads(
            lambda: {
                "disputes": pl.col("n_disputes"),
                "onset": pl.col("onset").cast(pl.Int64),
                "hostility": pl.col("hostlev"),
                "fatality": pl.col("fatality"),
            }
        ),
    ),
    "trade": ("trade_dyad_year.parquet", _dyads(lambda: {"trade": pl.col("ln_flow_musd").exp() - 1})),
}
"""Every table that a tidy folder has: its file, and how it takes the form of the store."""


class TidyFolder:
    """A folder of tidy Parquet tables, with the tables of the store.

    Raises
    ------
    FoedusError
        The folder holds none of the tables.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        if not any((self.folder / file).is_file() for file, _ in SOURCES.values()):
            raise fail(str(folder), "the folder holds none of the tidy tables", "It should hold treaty.parquet")

    def has(self, name: str) -> bool:
        """Return whether a table is there."""
        return name in SOURCES and (self.folder / SOURCES[name][0]).is_file()

    def table(self, name: str) -> pl.DataFrame:
        """Return a table in the form of the store.

        Raises
        ------
        FoedusError
            No such table, or its file is missing or damaged.
        """
        if name not in SOURCES:
            raise fail(f"table '{name}'", "a tidy folder has no such table", nearest(name, SOURCES))
        file, form = SOURCES[name]
        try:
            frame = form(pl.read_parquet(check_input(self.folder / file)))
            check_one_row(file, frame)
            return frame
        except (OSError, pl.exceptions.PolarsError) as error:
            what = f"the table cannot be read ({str(error).splitlines()[0]})"
            raise fail(str(self.folder / file), what, "Copy the folder again") from None
