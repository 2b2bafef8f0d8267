"""Runs of the whole world: the same bytes on any number of cores, years that make sense, and the record beside them."""

import numpy as np
import pytest

from estimation.records import records
from foedus.kernels.allianceyears import COUNTS
from foedus.vocabulary.errors import FoedusError
from foedus.worldwide.world_runs import CHUNK, plan_world, run_world


@pytest.fixture(scope="module")
def planned():
    return plan_world(records(), 1951, 1958)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))


def test_the_bytes_do_not_depend_on_the_workers(planned):
    runs = 2 * CHUNK + 3
    one, two = (run_world(*planned, runs, "span", workers) for workers in (1, 2))
    assert one.draws.keys == two.draws.keys
    assert one.draws.values.tobytes() == two.draws.values.tobytes()


def test_a_run_does_not_depend_on_how_many_there_are(planned):
    few, many = (run_world(*planned, runs, "span") for runs in (3, CHUNK + 2))
    assert (few.draws.values == many.draws.values[:3]).all() or np.isnan(few.draws.values).any()
    np.testing.assert_array_equal(few.draws.values, many.draws.values[:3])


def test_streams_belong_to_years(planned):
    later, _ = plan_world(records(), 1953, 1958)
    np.testing.assert_array_equal(planned[0].seeds(4)[:, 2:], later.seeds(4))
    assert (planned[0].seeds(4) != planned[0].seeds(5)).any()


def test_what_is_handed_out(planned):
    world = run_world(*planned, 5, "span")
    assert repr(world) == f"<World of {len(world.states)} states, 1951 to 1958, 5 runs>"
    assert world.yearly("force_two").shape == (5, 8)
    assert world.allies().shape == (5, len(world.states))
    assert {"USA", "JPN"} <= set(world.states)
    total = world.allies().sum(axis=1) / 2
    np.testing.assert_array_equal(total, world.ends("pairs"))
    np.testing.assert_array_equal(world.yearly("pairs")[:, -1], world.ends("pairs"))


def test_the_record_starts_where_runs_start(planned):
    task, recorded = planned
    assert (task.start.sizes == 2).sum() == 3
    assert (task.start.sizes == 6).sum() == 1
    assert recorded.counts[0, COUNTS.index("new_two")] == 1
    assert recorded.counts[-1, COUNTS.index("pairs")] == recorded.partners.sum() / 2


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(1960, 1950, "Write --from 1950 --to 1960"), (1800, 1950, "from 1817 to 2018"), (1990, 2020, "year 2020")],
)
def test_years_that_make_no_sense_get_a_sentence(first, last, words):
    with pytest.raises(FoedusError, match=words):
        plan_world(records(), first, last)
