"""Alliances among agents, beside the example of a library for agents; the same coins make both equal to the last bit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import numpy as np
from measure import Figure, Skipped, absent, installed

from foedus.games.alliance_formation import Alliances, coins_of, form_alliances

STEPS = 3


class Coins(Random):
    """Chooses between two agents by the next coin, the earlier first: the peer lists them by memory address."""

    coins: Iterator[Any]

    def choice(self, seq: Any) -> Any:
        """Return one of two agents."""
        earlier, later = sorted(seq, key=lambda agent: agent.unique_id)
        return earlier if next(self.coins) else later


def example(agents: int, seed: int) -> Callable[[], Any]:
    """Return the run of the example from its own draws of power and position."""
    from mesa.examples.advanced.alliance_formation.model import MultiLevelAllianceModel

    def once() -> Any:
        model = MultiLevelAllianceModel(n=agents, seed=seed)
        model.random = Coins()
        model.random.coins = iter(coins_of(agents, STEPS, seed).tolist())
        for _ in range(STEPS):
            model.step()
        return model

    return once


def as_ours(model: Any, agents: int) -> Alliances:
    """Return what the example ended in, in our arrays."""
    everyone = sorted(model.agents, key=lambda agent: agent.unique_id)
    into = [agent.meta_agent.unique_id - 1 if hasattr(agent, "meta_agent") else -1 for agent in everyone]
    columns = [np.array([getattr(agent, name) for agent in everyone]) for name in ("level", "power", "position")]
    return Alliances(agents, *columns, np.array(into))


def same(ours: Alliances, model: Any) -> bool:
    """Return whether levels, powers, positions and members are equal to the last bit."""
    theirs = as_ours(model, ours.agents)
    return all(
        np.array_equal(getattr(ours, name), getattr(theirs, name))
        for name in ("level", "power", "position", "alliance")
    )


def pair(agents: int, seed: int) -> tuple[Callable[[], Alliances], Callable[[], Any]]:
    """Return our run and the example's, on the powers and positions that the example draws."""
    rng = np.random.default_rng(seed)
    power, position = (np.clip(rng.normal(0.5, 0.1, agents), 0, 1) for _ in range(2))
    return lambda: form_alliances(power, position, STEPS, seed), example(agents, seed)


def figures(quick: bool) -> Iterator[Figure | Skipped]:
    """Yield the figures."""
    agents = 40 if quick else 100
    name = f"alliances among {agents} agents, {STEPS} steps / Mesa"
    peer = installed("mesa")
    if not peer:
        yield absent(name, "mesa")
        return
    runs = [pair(agents, seed) for seed in range(3)]  # the first is timed, all are compared
    yield Figure(
        name,
        *runs[0],
        lambda ours, model: same(ours, model) and all(same(a(), b()) for a, b in runs[1:]),
        peer,
        goal=200,
    )
