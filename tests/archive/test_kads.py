"""Potential alliances of any size: what was signed, what could have been, and the weights that undo the sampling."""

import itertools
import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.published_files import SHARED, member, needs_shared, write_csv
from foedus.archive.datasets.tidy import TidyFolder
from foedus.archive.kads import _subsets, describe, potential, signings
from foedus.archive.panels import dyad_years
from foedus.archive.store import Store, import_folder
from foedus.vocabulary.errors import FoedusError


@pytest.fixture(scope="module")
def events(store):
    return signings(store)


def made_of(tmp_path, *rows):
    write_csv(tmp_path / "atop5_1m.csv", list(rows))
    import_folder(tmp_path, tmp_path / "store")
    return signings(Store(tmp_path / "store"))


def test_a_state_that_signs_out_of_the_system_counts_when_it_enters(events):
    """Japan signs in 1951 and West Germany in 1954; both pacts are events, in 1952 and 1955."""
    japan = events.filter(pl.col("atopid") == 3220).rows(named=True)
    assert [(e["year"], e["kind"], e["members"]) for e in japan] == [(1952, "entry", [2, 740])]
    atlantic = events.filter(pl.col("atopid") == 3180).rows(named=True)
    assert [(e["year"], e["kind"], e["members"], e["entrants"]) for e in atlantic] == [
        (1949, "founding", [2, 200], [2, 200]),
        (1955, "entry", [2, 200, 260], [260]),
    ]


def test_one_signing_is_one_event_and_a_new_code_is_none(events):
    assert events.filter(pl.col("atopid") == 2550).height == 1
    assert events.filter(pl.col("year") == 1990).is_empty()


def test_promises_not_to_attack_are_no_events(events):
    assert events.filter(pl.col("atopid") == 5000).is_empty()


def test_a_new_phase_is_no_signing(tmp_path):
    found = made_of(
        tmp_path,
        member(1, 2, (1950, 1, 1), (1960, 5, 1), phase=1, defense=1),
        member(1, 20, (1950, 1, 1), (1960, 5, 1), phase=1, defense=1),
        member(1, 2, (1960, 5, 2), phase=2, defense=1),
        member(1, 20, (1960, 5, 2), phase=2, defense=1),
        member(1, 70, (1960, 5, 2), phase=2, defense=1),
    )
    assert found.select("year", "kind", "entrants").rows() == [(1950, "founding", [2, 20]), (1960, "accession", [70])]


def test_return_after_years_is_a_signing(tmp_path):
    found = made_of(
        tmp_path,
        member(1, 651, (1950, 6, 17), (1979, 3, 31), defense=1),
        member(1, 652, (1950, 6, 17), defense=1),
        member(1, 663, (1950, 6, 17), defense=1),
        member(1, 651, (1989, 5, 22), defense=1),
    )
    assert found.select("year", "entrants").rows()[-1] == (1989, [651])


def test_members_outside_the_system_are_counted_apart(tmp_path):
    rows = [member(1, c, (1950, 1, 1), cowsys=int(c < 1000), defense=1) for c in (2, 20, 8152)]
    assert made_of(tmp_path, *rows).select("size", "outside", "members").rows() == [(2, 1, [2, 20])]


def test_unknown_obligation(store):
    with pytest.raises(FoedusError, match="'defence'"):
        signings(store, obligation="defense")


@pytest.mark.parametrize("kwargs", [{"controls": 0}, {"sizes": [1]}, {"years": [1700]}])
def test_senseless_samples_are_refused(events, kwargs):
    with pytest.raises(FoedusError):
        potential(events, **kwargs)


def test_one_row_that_stands_for_all_others_is_enough(events):
    kads = potential(events, sizes=[2], controls=1, years=[1955])
    others = kads.table.filter(~pl.col("formed"))
    assert others["size"].to_list() == [2, 3]


def test_nothing_to_sample(events):
    with pytest.raises(FoedusError, match="no signing"):
        potential(events.clear())


def test_weights_add_up_to_all_possible_alliances(events):
    kads = potential(events, sizes=range(2, 7), controls=30)
    sums = kads.table.group_by("year", "size").agg(pl.col("weight").sum()).rows()
    count = {year: len(set(dyad_members(year))) for year, _, _ in sums}
    for year, size, weight in sums:
        assert weight == pytest.approx(math.comb(count[year], size), rel=1e-12)


def dyad_members(year):
    from_panel = potential(pl.DataFrame(schema=EMPTY), sizes=[2], controls=10**6, years=[year])
    return from_panel.members.ravel().tolist()


EMPTY = {
    "atopid": pl.Int64,
    "year": pl.Int64,
    "kind": pl.String,
    "members": pl.List(pl.Int64),
    "entrants": pl.List(pl.Int64),
    "size": pl.Int64,
    "outside": pl.Int64,
}


def test_small_strata_are_listed_in_full():
    kads = potential(pl.DataFrame(schema=EMPTY), sizes=[2, 3], controls=10**6, years=[1816])
    assert kads.table.group_by("size").len().sort("size")["len"].to_list() == [math.comb(23, 2), math.comb(23, 3)]
    assert set(kads.table["weight"]) == {1.0}


def test_no_alliance_is_drawn_twice_and_none_that_was_signed(events):
    kads = potential(events, sizes=range(2, 5), controls=200)
    rows = [(y, *m) for y, m in zip(kads.table["year"], kads.members.tolist())]
    assert len(set(rows)) == len(rows)
    assert all(list(m) == sorted(set(m)) for m in (r[r != -1].tolist() for r in kads.members))
    assert kads.table["formed"].sum() == events.height


def test_the_draw_is_a_function_of_seed_year_and_size(events):
    whole, part = potential(events, controls=20), potential(events, controls=20, years=[1960])
    own = whole.table.filter(pl.col("year") == 1960)
    width = part.members.shape[1]
    assert (whole.members[own["kad"].to_numpy(), :width] == part.members).all()
    assert (potential(events, controls=20, seed=2).members != whole.members).any()


def test_the_weighted_sample_estimates_totals_without_bias():
    """Horvitz-Thompson: over many draws the weighted mean meets the mean over all 1,771 triples of 1816."""
    everything = potential(pl.DataFrame(schema=EMPTY), sizes=[3], controls=10**6, years=[1816])
    truth = float(everything.members.sum())
    guesses = []
    for seed in range(200):
        drawn = potential(pl.DataFrame(schema=EMPTY), sizes=[3], controls=50, seed=seed, years=[1816])
        guesses.append(float((drawn.members.sum(axis=1) * drawn.table["weight"].to_numpy()).sum()))
    error = np.std(guesses) / math.sqrt(len(guesses))
    assert abs(np.mean(guesses) - truth) < 4 * error


@settings(max_examples=30)
@given(st.integers(3, 30), st.integers(0, 10**6))
def test_subsets_are_subsets(n, seed):
    k = 1 + seed % n
    drawn = _subsets(n, k, 20, np.random.default_rng(seed))
    assert drawn.shape == (20, k)
    assert (np.diff(drawn, axis=1) > 0).all()
    assert drawn.min() >= 0
    assert drawn.max() < n


def plain_twin(kads, dyads, column, how, lag):
    """Describe k-ads pair by pair."""
    known = {(y, a, b): v for y, a, b, v in dyads.select("year", "ccode1", "ccode2", column).rows()}
    out = []
    for year, row in zip(kads.table["year"], kads.members.tolist()):
        pairs = itertools.combinations([c for c in row if c != -1], 2)
        values = [v for p in pairs if (v := known.get((year - lag, *p))) is not None]
        tools = {"mean": lambda v: sum(v) / len(v), "any": lambda v: float(any(v)), "min": min, "max": max, "sum": sum}
        out.append(tools[how](values) if values else None)
    return out


@pytest.mark.parametrize("how", ["mean", "min", "max", "sum", "any"])
@pytest.mark.parametrize("column", ["distance", "rivalry", "trade"])
def test_descriptions_agree_with_the_plain_twin(store, events, column, how):
    dyads = dyad_years(store, 1958, 1961)
    kads = potential(events, sizes=[2, 3, 4], controls=25, years=[1959, 1960, 1961, 1962])
    fast = describe(kads, dyads, {column: [how]})[f"{column}_{how}"].to_list()
    slow = plain_twin(kads, dyads, column, how, 1)
    assert [v is None for v in fast] == [v is None for v in slow]
    assert [v for v in fast if v is not None] == pytest.approx([v for v in slow if v is not None], rel=1e-5)


def test_the_lag_keeps_the_signing_from_explaining_itself(store, events):
    dyads = dyad_years(store, 1953, 1955)
    kads = potential(events, sizes=[2], controls=5, years=[1955])
    now, before = (describe(kads, dyads, {"defence": ["max"]}, lag=n).filter(pl.col("atopid") == 3285) for n in (0, 1))
    assert now["defence_max"].to_list() == [1.0]
    assert before["defence_max"].to_list() == [0.0]


@pytest.mark.parametrize(("columns", "words"), [({"distanc": ["mean"]}, "'distance'"), ({"distance": ["avg"]}, "mean")])
def test_unknown_columns_and_aggregates(store, events, columns, words):
    with pytest.raises(FoedusError, match=words):
        describe(potential(events, controls=2, years=[1955]), dyad_years(store, 1955, 1955), columns)


@needs_shared
def test_the_record_of_atop():
    found = signings(TidyFolder(SHARED))
    atlantic = found.filter(pl.col("atopid") == 3180)
    assert atlantic.select("year", "size").rows() == [
        (1949, 12),
        (1951, 14),
        (1955, 15),
        (1981, 16),
        (1997, 19),
        (2003, 26),
        (2008, 28),
        (2016, 29),
    ]
    assert found.filter(pl.col("kind") == "founding").height == 259


@needs_shared
def test_choice_sets_of_the_panel_agree_with_a_pandas_twin():
    pd = pytest.importorskip("pandas")
    columns = {"ln_capdist": ("mean",), "rival": ("sum",), "common_rivals": ("max",)}
    dyads = pl.read_parquet(SHARED / "panel_core.parquet", columns=["year", "ccode1", "ccode2", *columns])
    kads = potential(signings(TidyFolder(SHARED), 1946), controls=100)
    frame = dyads.select(pl.col("year", "ccode1", "ccode2").cast(pl.Int64), pl.col(list(columns)).cast(pl.Float64))
    plain = pd.DataFrame(frame.to_dict(as_series=False))
    fast = describe(kads, dyads, columns)
    rows = [
        (k, year - 1, a, b)
        for k, year, codes in zip(kads.table["kad"], kads.table["year"], kads.members.tolist())
        for a, b in itertools.combinations([c for c in codes if c != -1], 2)
    ]
    pairs = pd.DataFrame(rows, columns=["kad", "year", "ccode1", "ccode2"])
    merged = pairs.merge(plain, on=["year", "ccode1", "ccode2"], how="left").groupby("kad")
    slow = merged.agg({"ln_capdist": "mean", "rival": "sum", "common_rivals": "max"})
    for name, column in [("ln_capdist_mean", "ln_capdist"), ("common_rivals_max", "common_rivals")]:
        twin = slow[column].reindex(range(len(kads))).fillna(-1).to_numpy()
        assert np.allclose(fast[name].fill_null(-1).to_numpy(), twin, rtol=1e-4)
