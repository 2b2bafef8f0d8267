"""What tasks, engines and sinks hand to each other."""

from __future__ import annotations

import numpy as np
import pytest

from draws.tasks import Sums
from foedus.draws.contract import Chunks, collect, joined
from foedus.draws.stop import Interrupted, Stop


def test_chunks_join_with_gaps_where_a_quantity_is_missing() -> None:
    whole = joined([collect([{"a": 1.0}, {"a": 2.0}]), collect([{"b": 3.0, "a": 4.0}])])
    assert whole.keys == ("a", "b")
    np.testing.assert_array_equal(whole.values, [[1, np.nan], [2, np.nan], [4, 3]])


def test_chunks_end_between_two_draws() -> None:
    stop, done = Stop(), []

    def task(row: object) -> dict[str, float]:
        done.append(row)
        if len(done) == 2:
            stop.ask()
        return {"a": 1.0}

    with stop.heeded(), pytest.raises(Interrupted):
        Chunks(task)(np.zeros((5, 1)))
    assert len(done) == 2


def test_chunks_depend_on_the_code_of_their_task() -> None:
    assert Chunks(Sums()).roots == ("foedus.draws.contract", "draws.tasks")
