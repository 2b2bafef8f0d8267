"""Windows that are forecast: declared beforehand, and found by name."""

from __future__ import annotations

import pytest

from foedus.estimation.protocol import LAST_YEAR, LONG, WINDOWS, Window, window
from foedus.vocabulary.errors import FoedusError


def test_windows_are_found_by_name() -> None:
    assert [window(w.name) for w in WINDOWS] == list(WINDOWS)
    assert window("1945-1970") is LONG[0]
    with pytest.raises(FoedusError, match="Did you mean '1945-1970'"):
        window("1945-197")


def test_nothing_is_forecast_from_later_years() -> None:
    for w in WINDOWS:
        assert 1816 < w.trained_to < w.first <= w.last <= LAST_YEAR
    with pytest.raises(FoedusError, match="learnt from earlier years"):
        Window("x", 1950, 1950, 1960, True, "")
    with pytest.raises(FoedusError, match=f"coded to {LAST_YEAR}"):
        Window("x", 1950, 1951, LAST_YEAR + 1, True, "")
