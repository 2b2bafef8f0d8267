"""World Bank, product at current prices: one row per country, one column per year."""

from __future__ import annotations

from typing import Final

from foedus.archive.datasets.published import Column, Dataset, Table
from foedus.archive.frames import pl
from foedus.archive.territory import with_iso

INDICATOR: Final = "NY.GDP.MKTP.CD"
_YEARS: Final = tuple(range(1960, 2027))


def _long(frame: pl.DataFrame) -> pl.DataFrame:
    """Turn years into rows; groups of countries are left out. Taiwan is not in the data: it is missing, not zero."""
    here = frame.filter(pl.col("_indicator") == INDICATOR)
    long = here.unpivot([f"y{y}" for y in _YEARS], index="iso", variable_name="year", value_name="gdp_current")
    dated = long.filter(pl.col("gdp_current").is_not_null()).with_columns(
        pl.col("year").str.strip_prefix("y").cast(pl.Int64), gdp_current=pl.col("gdp_current") / 1e6
    )
    return with_iso(dated).select("ccode", "year", "gdp_current").sort("ccode", "year")


# fmt: off
TABLE: Final = Table("gdp_world_bank", "the World Bank file of GDP at current US$", ("api_ny.gdp.mktp.cd*.csv",),
                     (Column("iso", ("Country Code",), "text"), Column("_indicator", ("Indicator Code",), "text"),
                      *(Column(f"y{y}", (str(y),), "float", "current US$", needed=y == 1960) for y in _YEARS)),
                     ("iso",), preamble=4, finish=_long)
DATASETS: Final = (
    Dataset("world-bank", "World Development Indicators, GDP at current US$", INDICATOR,
            f"https://data.worldbank.org/indicator/{INDICATOR}",
            f"https://api.worldbank.org/v2/en/indicator/{INDICATOR}?downloadformat=csv",
            "World Bank. World Development Indicators, NY.GDP.MKTP.CD.", "CC BY 4.0.", (1960, 2024), (TABLE,)),
)
# fmt: on
