"""The data-frame library: loaded when the first frame is touched, or a sentence that says how to get it."""

from typing import TYPE_CHECKING

from foedus.vocabulary.libraries import Later

if TYPE_CHECKING:
    import polars as pl
else:
    pl = Later("polars", "data", "historical data")

__all__ = ["pl"]
