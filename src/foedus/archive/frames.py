"""The data-frame library, or a sentence that says how to get it."""

from foedus.vocabulary.errors import fail

try:
    import polars as pl
except ModuleNotFoundError as missing:
    raise fail(
        "data frames",
        f"historical data sets and large ensembles need the package '{missing.name}', which is not installed",
        "Run: pip install 'foedus[data]'",
    ) from None

__all__ = ["pl"]
