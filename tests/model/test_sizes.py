"""Levers of a size: each scales one kind of fact and nothing else, nothing at its neutral value, and says what is wrong."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.model.sizes import SIZES, Size, alone_in, in_words, pulled, read_levers, sizes_of
from foedus.model.world import SHAPES, World
from foedus.vocabulary.errors import FoedusError
from worlds import random_world

MOVED = {
    "trade": {"trade"},
    "threat": {"perception"},
    "policies": {"ideal_point"},
    "quarrels": {"grievance"},
    "hub": {"capability_available"},
    "adversaries": {"adversary_capability_raw", "adversary_capability_available"},
    "command": {"sovereignty", "free_force"},
}


def moved(one: World, two: World) -> set[str]:
    return {n for n in SHAPES if not np.array_equal(getattr(one, n), getattr(two, n))}


@pytest.mark.parametrize("size", list(SIZES.values()), ids=list(SIZES))
def test_a_lever_moves_its_kind_of_fact_alone_and_nothing_where_it_is_neutral(size: Size) -> None:
    world = random_world(3)
    assert pulled(world, ((size.key, size.neutral),)).digest() == world.digest()
    for end in (size.low, size.high):
        if end != size.neutral:
            assert moved(world, pulled(world, ((size.key, end),))) == MOVED[size.key]


def test_every_lever_is_looked_at_here() -> None:
    assert set(MOVED) == set(SIZES)


def test_half_of_the_trade_is_half_of_every_number_of_it() -> None:
    world = random_world(4)
    assert np.array_equal(pulled(world, (("trade", 0.5),)).trade, world.trade / 2)
    hub = pulled(world, (("hub", 3.0),)).capability_available / world.capability_available
    assert hub.round(12).tolist() == [3.0, 1.0, 1.0, 1.0, 1.0]
    same = pulled(world, (("policies", 0.0),)).ideal_point
    assert same.tolist() == [world.ideal_point[0]] * 5


@given(st.sampled_from(sorted(SIZES)), st.floats(0, 1))
def test_no_size_leaves_what_the_quantity_can_be(key: str, share: float) -> None:
    size = SIZES[key]
    world = random_world(5, grievance=0.9 * (1 - np.eye(5)), trade=np.full((5, 2), 2.5))
    found = pulled(world, ((key, size.low + share * (size.high - size.low)),))
    for name in MOVED[key]:
        _, low, high = SHAPES[name]
        assert getattr(found, name).min() >= low
        assert getattr(found, name).max() <= high


def test_a_world_without_quarrels_has_no_lever_of_them() -> None:
    world = random_world(6, grievance=np.zeros((5, 5)), sovereignty=np.ones(5), free_force=np.ones(5))
    assert {"quarrels", "command"} == set(SIZES) - {s.key for s in sizes_of(world)}


def test_words_are_read_in_the_order_of_declaration_and_neutral_ones_fall_away() -> None:
    assert read_levers(["threat=2", "trade = 0.5", "hub=1", "command=0"]) == (("trade", 0.5), ("threat", 2.0))
    assert in_words(read_levers(["command=0.5", "trade=.5"])) == (
        "Trade with the adversaries × 0.5",
        "States command their own forces: 50 % of the way",
    )


def test_a_lever_of_one_adversary_moves_what_is_said_of_it_alone() -> None:
    world = random_world(4)
    one, other = world.adversaries
    for key, names in MOVED.items():
        if not SIZES[key].each:
            continue
        found = pulled(world, read_levers([f"{key}.{one.lower()}=0.5"], world.adversaries))
        assert moved(world, found) == names
        for n in names:
            assert np.array_equal(getattr(found, n)[..., 0], getattr(world, n)[..., 0] / 2)
            assert np.array_equal(getattr(found, n)[..., 1], getattr(world, n)[..., 1])
        both = pulled(world, ((f"{key}.{one}", 0.5), (f"{key}.{other}", 0.5)))
        assert both.digest() == pulled(world, ((key, 0.5),)).digest()
    assert [s.key for s in alone_in(world, "trade")] == [f"trade.{a}" for a in world.adversaries]


def test_levers_of_one_adversary_are_read_after_that_of_all_and_named() -> None:
    found = read_levers(["threat=2", "trade.CHN=.5", "trade=2"], ("CHN", "PRK"))
    assert found == (("trade", 2.0), ("trade.CHN", 0.5), ("threat", 2.0))
    assert in_words(found)[1] == "Trade with China × 0.5"
    for word, says in (("trade.CHM=1", "Did you mean 'CHN'"), ("quarrels.CHN=0", "quarrels is of no adversary")):
        with pytest.raises(FoedusError, match=says):
            read_levers([word], ("CHN", "PRK"))


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("thret=2", "there is no lever 'thret'. Did you mean 'threat'"),
        ("trade", "a lever needs a size. Write for example trade=0.5"),
        ("trade=half", "'half' is not a number"),
        ("trade=1_0", "'1_0' is not a number"),
        ("trade=٢", "is not a number"),
        ("trade=nan", "nan is outside 0 to 2 (none to twice as much)"),
        ("threat=3.01", "3.01 is outside 0 to 3"),
        ("hub=-1", "-1 is outside"),
        ("=1", "there is no lever ''"),
    ],
)
def test_what_is_wrong_is_said(word: str, says: str) -> None:
    with pytest.raises(FoedusError) as caught:
        read_levers([word])
    assert says in str(caught.value)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(FoedusError) as caught:
        read_levers(["trade=9", "nobody=1", "hub=2", "hub=3"])
    assert len(caught.value.problems) == 3
    assert "hub stands twice" in str(caught.value)
