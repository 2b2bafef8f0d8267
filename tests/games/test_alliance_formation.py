"""Alliances among agents against the rule written out with dictionaries, and by hand."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.games.alliance_formation import Alliances, coins_of, form_alliances
from foedus.vocabulary.errors import FoedusError


def plain_offers(agents: list[dict[str, Any]], members: list[int]) -> dict[tuple[int, int], tuple[float, float]]:
    """Return what stands after every pair has made its offer: pair to joint power and position."""
    held: dict[int, tuple[tuple[int, int], float, float]] = {}
    for i, j in combinations(members, 2):
        p, q = agents[i]["power"], agents[j]["power"]
        at = 1 - abs(agents[i]["position"] - agents[j]["position"])
        joint = (p + q) * 1.2 * at
        gains = (p + joint - q) / 2 > p and (q + joint - p) / 2 > q
        if gains and all(joint > held[x][1] for x in (i, j) if x in held):
            left = ([held[i][0][1]] if i in held else []) + ([held[j][0][0]] if j in held else [])
            for x in left:
                held.pop(x, None)
            held[i] = held[j] = ((i, j), joint, at)
    return {pair: (joint, at) for pair, joint, at in held.values()}


def plain(power: list[float], position: list[float], steps: int, seed: int) -> list[dict[str, Any]]:
    """Return the agents and their alliances."""
    coins = iter(coins_of(len(power), steps, seed))
    agents = [{"level": 0, "power": p, "position": x, "alliance": -1} for p, x in zip(power, position)]
    for _ in range(steps):
        for level in range(max(a["level"] for a in agents) + 1):
            members = [k for k, a in enumerate(agents) if a["level"] == level]
            for pair, (joint, at) in plain_offers(agents, members).items():
                bound = [agents[x]["alliance"] for x in pair if agents[x]["alliance"] >= 0]
                into = len(agents) if not bound else bound[0] if len(bound) == 1 or next(coins) else bound[1]
                if not bound:
                    agents.append({"level": level + 1, "alliance": -1})
                for x in pair:
                    agents[x]["alliance"] = into if agents[x]["alliance"] < 0 else agents[x]["alliance"]
                agents[into] |= {"power": joint, "position": at}
    return agents


@given(st.integers(0, 10_000), st.integers(1, 24), st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_the_compiled_rule_is_the_plain_one(seed: int, n: int, steps: int) -> None:
    rng = np.random.default_rng(seed)
    power, position = rng.random(n), rng.random(n)
    found, expected = (
        form_alliances(power, position, steps, seed),
        plain(power.tolist(), position.tolist(), steps, seed),
    )
    for name in ("level", "alliance"):
        assert getattr(found, name).tolist() == [a[name] for a in expected]
    for name in ("power", "position"):
        np.testing.assert_allclose(getattr(found, name), [a[name] for a in expected], rtol=1e-12)


def test_two_agents_that_want_the_same_pool_their_power() -> None:
    found = form_alliances([0.5, 0.25], [0.4, 0.4], steps=1)
    assert found.level.tolist() == [0, 0, 1]
    assert found.power[2] == pytest.approx(0.9)
    assert found.position[2] == 1.0
    assert found.alliance.tolist() == [2, 2, -1]
    assert found.sizes.tolist() == [2]


def test_agents_far_apart_stay_alone() -> None:
    """They gain only when nearer than 1 - 1 / 1.2, however strong they are."""
    apart = 1 - 1 / 1.2
    assert len(form_alliances([0.5, 0.5], [0.0, apart + 0.01]).level) == 2
    assert len(form_alliances([0.5, 0.5], [0.0, apart - 0.01]).level) == 3


@given(st.integers(0, 10_000), st.integers(1, 60))
@settings(max_examples=30, deadline=None)
def test_an_alliance_has_members_of_the_level_below(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    found = form_alliances(rng.random(n), rng.random(n), 3, seed)
    bound = np.flatnonzero(found.alliance >= 0)
    assert np.array_equal(found.level[found.alliance[bound]], found.level[bound] + 1)
    assert np.all(found.sizes >= 2)
    assert found.sizes.sum() == len(bound)


def test_the_seed_decides_by_its_coins_alone() -> None:
    rng = np.random.default_rng(0)
    power, position = rng.normal(0.5, 0.1, (2, 100)).clip(0, 1)
    again = [form_alliances(power, position, 3, 1).power for _ in range(2)]
    assert np.array_equal(*again)
    assert len({tuple(form_alliances(power, position, 3, seed).power) for seed in range(8)}) > 1


class Coins:
    """Stands for the example's source of chance: the earlier of two agents first, then the next coin."""

    def __init__(self, coins: list[bool]) -> None:
        self.coins = iter(coins)

    def choice(self, agents: list[Any]) -> Any:
        earlier, later = sorted(agents, key=lambda agent: agent.unique_id)
        return earlier if next(self.coins) else later


@pytest.mark.parametrize("seed", range(3))
def test_the_example_of_mesa_gives_the_same_to_the_last_bit(seed: int) -> None:
    example = pytest.importorskip(
        "mesa.examples.advanced.alliance_formation.model", reason="mesa is not installed (uv sync --group peers)"
    )
    model = example.MultiLevelAllianceModel(n=40, seed=seed)
    model.random = Coins(coins_of(40, 3, seed).tolist())
    drawn = sorted(model.agents, key=lambda agent: agent.unique_id)
    found = form_alliances([float(a.power) for a in drawn], [float(a.position) for a in drawn], 3, seed)
    for _ in range(3):
        model.step()
    everyone = sorted(model.agents, key=lambda agent: agent.unique_id)
    into = [agent.meta_agent.unique_id - 1 if hasattr(agent, "meta_agent") else -1 for agent in everyone]
    columns = [np.array([getattr(agent, name) for agent in everyone]) for name in ("level", "power", "position")]
    theirs = Alliances(40, *columns, np.array(into))
    for name in ("level", "power", "position", "alliance"):
        assert np.array_equal(getattr(found, name), getattr(theirs, name))


@pytest.mark.parametrize(
    ("power", "position", "steps", "seed", "said"),
    [
        ([], [], 1, 1, "shape"),
        ([0.5], [0.5, 0.5], 1, 1, "shape"),
        ([[0.5]], [[0.5]], 1, 1, "shape"),
        ([1.5], [0.5], 1, 1, r"outside 0\.\.1"),
        ([0.5], [float("nan")], 1, 1, r"outside 0\.\.1"),
        (["strong"], [0.5], 1, 1, "numbers"),
        ([0.5], [0.5], -1, 1, "-1 steps"),
        ([0.5], [0.5], 1, -1, "seed -1"),
    ],
)
def test_wrong_agents_are_refused(power: Any, position: Any, steps: int, seed: int, said: str) -> None:
    with pytest.raises(FoedusError, match=said):
        form_alliances(power, position, steps, seed)
