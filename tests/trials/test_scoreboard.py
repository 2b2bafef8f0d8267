"""Tables: ranges are called by what they are, and every draw is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.surfaces.reading import read
from foedus.trials import scoreboard
from foedus.trials.claims import read_trial
from foedus.trials.hearing import try_claims
from trials.trialfiles import write_trial


@pytest.mark.parametrize(("draws", "head"), [(19, "range"), (20, "5–95 %")])
def test_few_draws_have_a_range_but_no_five_per_cent(tmp_path: Path, draws: int, head: str) -> None:
    found = try_claims(read_trial(write_trial(tmp_path)), draws, 1)
    measured = scoreboard.measured(found)
    assert head in [c.head for c in read(measured)]
    value = next(row for row in measured if (row["claim"], row["part"]) == (1, "value"))
    drawn = sorted(m.value for m in found.claims[0].drawn)
    assert (value["low"] == drawn[0]) == (draws < 20)
    assert len(scoreboard.draws(found)) == 3 * draws


def test_counts_and_rows_agree(tmp_path: Path) -> None:
    found = try_claims(read_trial(write_trial(tmp_path)), 4, 1)
    assert sum(scoreboard.counts(found).values()) == len(scoreboard.scoreboard(found)) == 4
    assert [row["turned"] for row in scoreboard.swings(found) if row["what"] == "exposure"] == [True]
    assert [e.id for e in scoreboard.told_events(found)] == ["PACT", "ROW", "ARMS1999", "ARMS2000"]
    (slip,) = scoreboard.slips(found)
    assert (slip["date"], slip["source"]) == ("1999-06-01", "book")
