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
    for trained_to, first, last in ((1950, 1950, 1960), (1816, 1817, 1820), (1950, 1952, 1951)):
        with pytest.raises(FoedusError, match="learnt from earlier years"):
            Window("x", trained_to, first, last, True, "")
    assert Window("x", 1817, 1818, 1818, True, "").last == 1818, "a window may be one year"
    with pytest.raises(FoedusError, match=f"coded to {LAST_YEAR}"):
        Window("x", 1950, 1951, LAST_YEAR + 1, True, "")
