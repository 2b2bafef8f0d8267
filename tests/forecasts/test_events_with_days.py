"""An election, a term or a summit that is given with its day is that day; what a state does is not."""

from __future__ import annotations

import pytest

from foedus.forecasts.query import NotUnderstood
from forecasts.test_wording import ask


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("before the summit in Bukarest opens on 3 May 2022", "2022-05-02"),
        ("before Zelensky leaves office in May 2024", "2024-04-30"),
        ("by the time the allies gather in Vilnius in July 2023", "2023-07-31"),
        ("before the US presidential election in November 2024", "2024-11-04"),
    ],
)
def test_an_event_of_the_calendar_is_its_day(said: str, end: str) -> None:
    query = ask(f"Will Ukraine join NATO {said}?", closes="")
    assert (query.start.isoformat(), query.end.isoformat()) == ("2021-01-10", end)


@pytest.mark.parametrize(
    "said",
    ["before the war ends, by 2030", "before Russia ends its invasion in 2024", "before Turkey ratifies in May 2023"],
)
def test_what_a_state_does_is_no_day(said: str) -> None:
    with pytest.raises(NotUnderstood):
        ask(f"Will Ukraine join NATO {said}?", closes="")
