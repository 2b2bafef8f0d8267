"""All treaties of a small world through the years: what has to hold in every run, and the same bytes uncompiled."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.kernels.allianceyears import COUNTS, begun, chance_of_end, founded, run, runs_out
from foedus.mechanisms.decisions.term import runs_out as runs_out_in_a_case
from worldwide.small_worlds import globe, made_up, rules, seeds, treaties

YEARS = 12
PLAIN = bool(os.environ.get("NUMBA_DISABLE_JIT"))
AT = {name: k for k, name in enumerate(COUNTS)}


def lived(number, one=None, years=YEARS, there=None, **changes):
    one = one or made_up()
    return run(globe(one, years, there=there), rules(**changes), *treaties(one), seeds(number, years))


@given(st.integers(0, 10_000), st.integers(0, 60))
@settings(max_examples=8 if PLAIN else 60, deadline=None)
def test_what_holds_in_every_run(number, seed):
    counts, members, sizes, born, ended, wide = lived(number, made_up(seed))
    two, more = counts[:, AT["force_two"]], counts[:, AT["force_more"]]
    change = np.diff(two + more, prepend=3)
    new, gone = counts[:, :2].sum(axis=1), counts[:, 2:4].sum(axis=1)
    assert (change == new - gone).all()
    assert ((sizes == 0) == (ended > 0)).all()
    assert (sizes > 0).sum() == two[-1] + more[-1]
    for row, size in zip(members, sizes):
        assert size == 0 or size >= 2
        assert row[:size].tolist() == sorted(set(row[:size].tolist()))
    assert (born[3:] >= 1950).all()
    assert (counts[:, AT["renewed"]] <= gone).all()
    assert wide[3:].sum() == counts[:, AT["new_more"]].sum()
    signed = zip(members, sizes, born, wide)
    bodies = [tuple(r[:s]) for r, s, b, w in signed if s > 0 and b >= 1950 and not w]
    assert len(bodies) == len(set(bodies))  # a new treaty of the same two takes the place of the old one


def test_the_same_seeds_give_the_same_bytes_and_others_do_not():
    one, again, other = lived(1), lived(1), lived(2)
    assert all(a.tobytes() == b.tobytes() for a, b in zip(one, again))
    assert any(a.tobytes() != b.tobytes() for a, b in zip(one, other))


def test_no_decision_moves_the_coins_of_another():
    plain, trusting = lived(4), lived(4, trust=3.0)
    assert (plain[0][:, :2] == trusting[0][:, :2]).all()
    without_ends = lived(4, end=np.array([-40.0, -40.0]), leave=0.0)
    assert (plain[0][:, :2] == without_ends[0][:, :2]).all()
    # in the first year the law of who signs has the same coins and the same world
    first = slice(3, 3 + int(plain[0][0, :2].sum()))
    assert (lived(4, years=1)[1][first] == lived(4, years=1, end=np.array([-40.0, -40.0]))[1][first]).all()


def test_rates_of_nothing_change_nothing():
    still = {"found": np.zeros(2), "end": np.array([-40.0, -40.0]), "leave": 0.0, "join": 0.0}
    counts, members, sizes, _, ended, _ = lived(3, **still)
    assert counts[:, :6].sum() == 0
    assert (counts == counts[0]).all()
    assert members[:, :3].tolist() == [[0, 2, 0], [2, 3, 0], [0, 3, 4]]
    assert sizes.tolist() == [2, 2, 3]
    assert ended.tolist() == [0, 0, 0]
    assert (counts[0, AT["pairs"]], counts[0, AT["alone"]]) == (5, 3)


def test_everything_ends_where_ends_are_sure():
    counts, _, sizes, _, ended, _ = lived(3, found=np.zeros(2), join=0.0, end=np.array([40.0, 40.0]))
    assert counts[0, 2:4].tolist() == [2, 1]
    assert sizes.tolist() == [0, 0, 0]
    assert ended.tolist() == [1950] * 3


def test_who_is_gone_is_struck_from_treaties():
    there = np.ones((4, 7), dtype=np.bool_)
    there[1:, 2] = False  # the state that two treaties of two hang on
    still = {"found": np.zeros(2), "end": np.array([-40.0, -40.0]), "leave": 0.0, "join": 0.0}
    counts, _, sizes, _, ended, _ = lived(3, years=4, there=there, **still)
    assert counts[:, AT["ended_two"]].tolist() == [0, 2, 0, 0]
    assert sizes.tolist() == [0, 0, 3]
    assert ended.tolist() == [1951, 1951, 0]
    there[2:, 4] = False
    assert lived(3, years=4, there=there, **still)[2].tolist() == [0, 0, 2]


def test_means_of_many_runs_are_the_rates():
    new = np.stack([founded(seeds(k, 30)[0], rules()) for k in range(400)])
    assert new[:, :, 0].mean() == pytest.approx(0.8, abs=4 * (0.8 / 12000) ** 0.5)
    assert new[:, :, 1].mean() == pytest.approx(0.4, abs=4 * (0.4 / 12000) ** 0.5)
    runs, still = 300 if PLAIN else 2000, {"found": np.zeros(2), "end": np.array([-40.0, -40.0]), "leave": 0.0}
    joins = np.mean([lived(k, years=1, **still)[0][0, 4] for k in range(runs)])
    assert joins == pytest.approx(0.1 * 1.25, abs=4 * (0.1 * 1.75 / runs) ** 0.5)  # one body; three in four come alone


@given(st.integers(1900, 1990), st.integers(0, 60), st.integers(1, 30))
def test_a_term_runs_out_where_it_does_in_a_case(born, age, term):
    year = born + age
    assert runs_out(born, year, 0.0) is False
    assert runs_out(born, year, float(term)) == (age > 0 and age % term == 0)
    # in a case the day is known: signed in the middle of a year, a whole term runs out within the same years
    assert runs_out(born, year, float(term)) == runs_out_in_a_case(float(term), born + 0.5, year)


def test_the_end_of_a_term_adds_to_the_odds():
    one = made_up()
    members, sizes, born, _ = treaties(one)
    web = begun(members, sizes, born, np.array([10.0, 0.0, 10.0]), 0)
    logit = [np.log(p / (1 - p)) for p in (chance_of_end(web, t, 1950, rules()) for t in range(3))]
    assert logit == pytest.approx([-2.5 + 1.6, -2.5, -3.0 + 1.6])
    assert chance_of_end(web, 0, 1951, rules()) == pytest.approx(1 / (1 + np.exp(2.5)))


TWIN = """
import sys
sys.path.insert(0, {tests!r})
import numba, numpy as np
from kernels.test_allianceyears import lived
assert numba.config.DISABLE_JIT
sys.stdout.write(repr([a.tolist() for k in (1, 2) for a in lived(k, years=6, grown=16)]))
"""


def test_uncompiled_code_lives_the_same_years():
    tests = str(Path(__file__).parents[1])
    plain = subprocess.run(
        [sys.executable, "-c", TWIN.format(tests=tests)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    ).stdout
    assert plain == repr([a.tolist() for k in (1, 2) for a in lived(k, years=6, grown=16)])
