"""The data-frame library, or a sentence that says how to get it."""

from foedus.vocabulary.errors import fail

try:
    import polars as pl
except ModuleNotFoundError as missing:
    raise fail(
        "historical data sets",
        f"reading them needs the package '{missing.name}', which is not installed",
        "Run: pip install 'foedus[data]'",
    ) from None

__all__ = ["pl"]
