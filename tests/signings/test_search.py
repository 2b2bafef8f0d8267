"""The likeliest lists: all of them where they are few, and the same ones found by a search."""

from itertools import combinations

import pytest

from foedus.signings import search
from foedus.signings.search import likeliest
from foedus.signings.weights import Weights
from signings.worlds_of_states import setting


def test_few_lists_are_all_gone_through():
    one, weights = setting(), Weights()
    found, exact = likeliest(one, range(7), 3, (), weights, 100)
    assert exact
    assert len(found) == 35
    known = dict(zip(combinations(range(7), 3), one.values(list(combinations(range(7), 3)), weights), strict=True))
    assert dict(found) == pytest.approx(known)
    assert [v for _, v in found] == sorted(known.values(), reverse=True)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_search_finds_the_likeliest_too(seed, monkeypatch):
    one, weights = setting(seed), Weights()
    best = likeliest(one, range(7), 4, (1,), weights, 1)[0][0]
    monkeypatch.setattr(search, "ALL", 0)
    found, exact = likeliest(one, range(7), 4, (1,), weights, 3)
    assert not exact
    assert found[0][0] == best[0]
    assert found[0][1] == pytest.approx(best[1])
    assert all(1 in body for body, _ in found)


def test_who_has_to_be_inside_is():
    found, _ = likeliest(setting(), (2, 3, 4), 3, (6,), Weights(), 10)
    assert [6 in body for body, _ in found] == [True] * 3
