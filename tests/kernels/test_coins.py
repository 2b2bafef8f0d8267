"""Coins in compiled loops: the published generator, even, unlike from stream to stream, and counts as Poisson has them."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from foedus.kernels.coins import begin, happenings, place, toss


def kiss(z, w, jsr, jcong):
    """Yield the words of KISS as Marsaglia wrote it down, with the corrected shifts."""
    word = 0xFFFFFFFF
    while True:
        z = (36969 * (z & 65535) + (z >> 16)) & word
        w = (18000 * (w & 65535) + (w >> 16)) & word
        jsr ^= (jsr << 13) & word
        jsr ^= jsr >> 17
        jsr ^= (jsr << 5) & word
        jcong = (69069 * jcong + 1234567) & word
        yield ((((z << 16) + w) ^ jcong) + jsr) & word


def coins_of(seeds, number=0, count=1):
    coins = np.empty(4, dtype=np.int64)
    begin(np.array(seeds, dtype=np.int64), number, coins)
    return np.array([toss(coins) for _ in range(count)])


@given(st.tuples(*[st.integers(1, 2**32 - 1)] * 4))
def test_coins_are_those_of_the_published_generator(start):
    coins, words = np.array(start, dtype=np.int64), kiss(*start)
    for _ in range(20):
        assert toss(coins) == (next(words) + 0.5) / 2**32


@given(st.tuples(*[st.integers(0, 2**32 - 1)] * 4), st.integers(0, 5000))
def test_every_seed_begins_a_stream_that_moves(seeds, number):
    found = coins_of(seeds, number, 8)
    assert len(set(found.tolist())) == 8
    assert ((found > 0) & (found < 1)).all()


def test_coins_are_even_and_streams_have_nothing_in_common():
    one, two = (coins_of((1, 2, 3, 4), number, 20_000) for number in (0, 1))
    for found in (one, two):
        tenths = np.bincount((found * 10).astype(int), minlength=10)
        assert ((tenths - 2000) ** 2 / 2000).sum() < 27.9  # one in a thousand for nine degrees of freedom
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.03
    first = np.array([coins_of((1, 2, 3, 4), number)[0] for number in range(4000)])
    assert abs(np.corrcoef(first[1:], first[:-1])[0, 1]) < 0.06


@given(st.floats(0.01, 20), st.floats(0.0001, 0.9999))
def test_counts_are_the_quantiles_of_the_poisson_distribution(mean, coin):
    count = happenings(mean, coin)
    terms = [math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(count + 1)]
    assert sum(terms[:-1]) <= coin + 1e-9
    assert sum(terms) >= coin - 1e-9


def test_nothing_happens_at_a_rate_of_nothing():
    assert happenings(0.0, 0.999) == 0


@given(st.lists(st.floats(0.01, 5), min_size=1, max_size=20), st.floats(0, 0.9999))
def test_a_place_is_the_first_above_the_mark(steps, share):
    rising = np.cumsum(steps)
    mark = share * rising[-1]
    assert place(rising, len(rising), mark) == min(np.searchsorted(rising, mark, side="right"), len(rising) - 1)
