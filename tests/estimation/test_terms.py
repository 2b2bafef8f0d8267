"""What alliances would be worth: the theory's own numbers, from what was known before the year, and nothing else."""

import itertools
import pickle

import numpy as np
import polars as pl
import pytest

from archive.published_files import SHARED, needs_shared
from estimation.records import Records, records
from foedus.archive.datasets.tidy import TidyFolder
from foedus.archive.kads import KAds, potential, signings
from foedus.estimation.annals import Annals, _carry, _filled
from foedus.estimation.terms import Theatre, _by_year, _year, terms
from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import Kind, body
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import gains
from foedus.vocabulary.errors import FoedusError


@pytest.fixture(scope="module")
def source():
    return records()


@pytest.fixture(scope="module")
def kads(source):
    return potential(signings(source, 1948, 1963), sizes=(2, 3), controls=4, years=[1949, 1955, 1960])


def future_shuffled(source, year):
    """Return the same record with everything from a year on in another order, and other treaties."""
    rng = np.random.default_rng(0)
    changed = {}
    for name, table in source.tables.items():
        if name == "atop_member":
            later = table["entry_year"] >= year
            ends = np.where(table["exit_year"] >= year, year + 5, table["exit_year"])
            changed[name] = table.filter(~later).with_columns(exit_year=pl.Series(ends).filter(~later))
        elif name == "rivalry":
            ends = np.where(table["end"] >= year, year + 9, table["end"])
            changed[name] = table.filter(pl.col("start") < year).with_columns(
                end=pl.Series(ends).filter(table["start"] < year)
            )
        else:
            past, later = table.filter(pl.col("year") < year), table.filter(pl.col("year") >= year)
            values = [c for c in table.columns if c not in ("ccode", "ccode1", "ccode2", "year")]
            changed[name] = pl.concat(
                [past, later.with_columns(pl.Series(c, rng.permutation(later[c].to_numpy())) for c in values)]
            )
    return Records(changed)


@pytest.mark.parametrize("year", [1949, 1955, 1960])
def test_a_shuffled_future_changes_no_term(source, kads, year):
    now = type(kads)(*_of_year(kads, year))
    before = terms(now, source)
    after = terms(now, future_shuffled(source, year))
    assert before.table.equals(after.table)
    assert before.members.equals(after.members)


def test_a_shuffled_past_does_change_them(source, kads):
    now = type(kads)(*_of_year(kads, 1960))
    assert not terms(now, source).table.equals(terms(now, future_shuffled(source, 1955)).table)


def _of_year(kads, year):
    chosen = (kads.table["year"] == year).to_numpy()
    return kads.table.filter(pl.col("year") == year), kads.members[chosen].copy()


def test_terms_are_what_the_theory_says_of_the_world_of_the_kad(source):
    now = Annals(source).before(1955)
    theatre = Theatre(now, Parameters())
    seats = [now.seat[c] for c in (380, 385, 390)]
    world = theatre.world(seats)
    gained = theatre.appraise(seats)[2].sum(axis=0)
    institution = next(m for m in world.in_force.having(_council(world)) if m not in world.in_force)
    assert gained == pytest.approx(gains(Appraiser(world, Parameters()), institution, world.in_force)[:3])
    assert world.hub in ("380", "385", "390")
    assert world.capability_raw[world.hub_index] == world.capability_raw[:3].max()


def _council(world):
    rest = [s for s in world.states[:3] if s != world.hub]
    return body((world.hub, *rest))


def test_who_has_a_pact_is_an_ally_and_no_adversary_unless_a_rival(source):
    now = Annals(source).before(1955)
    theatre = Theatre(now, Parameters())
    allies, against = theatre.sides([now.seat[900]])
    codes = theatre.codes
    assert 2 in codes[allies[1:]]
    assert 2 not in codes[against]
    # Moscow and Peking have a pact, but Peking is no rival of Moscow here, so it stands with it.
    allies, against = theatre.sides([now.seat[365]])
    assert 710 in codes[allies]
    assert 2 in codes[against]


def test_an_alliance_that_is_in_force_already_brings_nothing(source):
    pairs = [[2, 20], [2, 385]]
    table = pl.DataFrame({"kad": [0, 1], "year": [1952, 1952], "size": [2, 2], "formed": [False, False]})
    found = terms(KAds(table, np.array(pairs)), source)
    gained = found.members.with_columns(pl.sum_horizontal(pl.col(COMPONENTS).abs()).alias("all"))["all"].to_numpy()
    assert gained[:2].max() < 1e-9
    assert gained[2:].max() > 0.01


def test_treaties_of_two_and_more_are_of_their_kind(source):
    now = Annals(source).before(1955)
    theatre = Theatre(now, Parameters())
    world = theatre.world([now.seat[c] for c in (2, 20, 200)])
    kinds = {m.kind: set(m.members) for m in world.in_force}
    assert {"2", "20", "200"} <= kinds[Kind.MULTILATERAL]
    assert kinds[Kind.BILATERAL] in ({"2", "20"}, {"2", "900"}, {"200", "220"})


def test_a_year_is_the_same_work_in_another_process(source, kads):
    """What is sent to a worker is enough: nothing of the parent is needed."""
    jobs = [(now, bodies, Parameters()) for now, bodies in _by_year(kads, Annals(source))]
    here = [_year(j) for j in jobs]
    there = [_year(pickle.loads(pickle.dumps(j))) for j in jobs]
    for one, two in zip(itertools.chain(*here), itertools.chain(*there), strict=True):
        assert one[:2] == two[:2]
        assert one[2].tobytes() == two[2].tobytes()


def test_members_rows_add_up_to_the_table(source, kads):
    found = terms(kads, source)
    summed = found.members.group_by("kad").agg(pl.col(COMPONENTS).sum()).sort("kad")
    table = found.table.sort("kad")
    for c in COMPONENTS:
        assert summed[c].to_numpy() == pytest.approx(table[f"{c}_sum"].to_numpy(), abs=1e-12)
    assert (table["security_min"] <= table["security_mean"] + 1e-12).all()


def test_terms_are_proportional_to_their_weights(source, kads):
    plain = terms(kads, source)
    twice = terms(kads, source, Parameters({"autonomy_cost": 1.0, "coercion_pain": 10.0}))
    for c in ("autonomy", "exposure"):
        assert twice.members[c].to_numpy() == pytest.approx(2 * plain.members[c].to_numpy())
    assert twice.members["security"].equals(plain.members["security"])


def test_missing_years_are_carried_so_far_and_no_further():
    table = np.array([[1.0], [np.nan], [np.nan], [np.nan], [4.0]])
    assert _carry(table.copy(), 2)[:, 0].tolist()[:3] == [1, 1, 1]
    assert np.isnan(_carry(table.copy(), 2)[3, 0])
    assert _filled(np.array([1.0, 2.0, 3.0, np.nan])).tolist() == [1, 2, 3, 1.5]


def test_trade_that_nobody_reported_is_unknown_and_not_nil(source):
    silent = Records({k: v for k, v in source.tables.items() if k != "trade"})
    now = Annals(silent).before(1955)
    assert np.isnan(now.trade).all()
    assert Annals(source).before(1955).trade[0, 1] > 0


def test_years_outside_the_record_are_refused(source):
    with pytest.raises(FoedusError, match="1816"):
        Annals(source).before(1816)


@needs_shared
def test_the_north_atlantic_treaty_of_1949():
    """Twelve founders led by the United States against Moscow, although pacts of 1942 and 1944 still bound it to two."""
    source = TidyFolder(SHARED)
    events = signings(source, 1949, 1949).filter(pl.col("atopid") == 3180)
    kads = potential(events, sizes=(2,), controls=1, years=[1949])
    found = terms(kads, source)
    founded = found.table.filter(pl.col("size") == 12).row(0, named=True)
    assert founded["hub"] == 2
    assert founded["adversaries"][0] == 365
    assert founded["security_mean"] > 0.1
    assert founded["guessed"] == 0
