"""Games as moves, chance and outcomes: trees as they are told, or tables of payoffs, brought into one form."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.vocabulary.errors import fail


@dataclass(frozen=True)
class Move:
    """A point where a player decides."""

    player: str
    """Who decides."""
    knows: str
    """Name of the information set: nodes with the same name cannot be told apart by the player."""
    choices: Mapping[str, Node]
    """What follows each choice; a tuple is an outcome with one payoff per player."""


@dataclass(frozen=True)
class Chance:
    """A point where nature decides."""

    branches: Sequence[tuple[float, Node]]
    """Probabilities, which sum to 1, and what follows."""


Node = Move | Chance | tuple[float, ...]


@dataclass(frozen=True)
class Form:
    """A game of any kind as arrays."""

    players: tuple[str, ...]
    """P names."""
    choices: tuple[tuple[str, str, str], ...]
    """Player, information set and choice, for each of the A choices; those of one set are neighbours."""
    leaf_path: NDArray[np.int64]
    leaf_chance: NDArray[np.float64]
    leaf_payoff: NDArray[np.float64]
    """Shapes (L, D), (L,) and (L, P): choices on the way to each outcome (-1 beyond its end), chance on the way, payoffs
    there."""
    node_path: NDArray[np.int64]
    node_chance: NDArray[np.float64]
    node_set: NDArray[np.int64]
    """Shapes (X, D), (X,) and (X,): the same for each decision node, and its information set."""
    set_first: NDArray[np.int64]
    set_player: NDArray[np.int64]
    """Shapes (H + 1,) and (H,): first choice of each information set; who decides there."""

    @cached_property
    def spread(self) -> float:
        """The largest difference between payoffs of one player; 1 where there is none."""
        return float(np.ptp(self.leaf_payoff, axis=0).max()) or 1.0

    @cached_property
    def scaled_payoff(self) -> NDArray[np.float64]:
        """Payoffs in units of the spread, each player's about zero, shape (L, P): responses mind differences only."""
        scaled: NDArray[np.float64] = (self.leaf_payoff - self.leaf_payoff.mean(axis=0)) / self.spread
        return scaled


@dataclass
class _Walk:
    """What a walk through a tree collects; the only thing here that changes, and only while the tree is read."""

    players: tuple[str, ...]
    sets: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    nodes: list[tuple[tuple[tuple[str, str, str], ...], float, tuple[str, str]]] = field(default_factory=list)
    leaves: list[tuple[tuple[tuple[str, str, str], ...], float, tuple[float, ...]]] = field(default_factory=list)

    def visit(self, node: Node, path: tuple[tuple[str, str, str], ...], chance: float) -> None:
        """Collect a node and all that follows."""
        if isinstance(node, Move):
            self._move(node, path, chance)
        elif isinstance(node, Chance):
            total = sum(p for p, _ in node.branches)
            if any(p < 0.0 for p, _ in node.branches) or not math.isclose(total, 1.0, abs_tol=1e-9):
                raise fail("Chance", f"the probabilities of a chance move sum to {total:g}", "Make them sum to 1")
            for p, follows in node.branches:
                if p > 0.0:
                    self.visit(follows, path, chance * p)
        else:
            payoffs = tuple(float(x) for x in node)
            if len(payoffs) != len(self.players) or not all(math.isfinite(x) for x in payoffs):
                raise fail("outcome", f"{payoffs} is not one finite payoff for each of {', '.join(self.players)}")
            self.leaves.append((path, chance, payoffs))

    def _move(self, node: Move, path: tuple[tuple[str, str, str], ...], chance: float) -> None:
        """Collect a decision."""
        if node.player not in self.players:
            raise fail("Move", f"'{node.player}' decides but is no player", f"Players: {', '.join(self.players)}")
        name = (node.player, node.knows)
        names = tuple(node.choices)
        if len(names) < 2:
            raise fail("Move", f"{node.player} has {len(names)} choices at '{node.knows}'", "Leave the move out")
        if self.sets.setdefault(name, names) != names:
            what = f"'{node.knows}' of {node.player} has different choices in different places"
            raise fail("Move", what, "Nodes that cannot be told apart offer the same choices in the same order")
        if any(step[:2] == name for step in path):
            what = f"{node.player} passes '{node.knows}' twice on one way"
            raise fail("Move", what, "Give the second node a new name")
        self.nodes.append((path, chance, name))
        for choice, follows in node.choices.items():
            self.visit(follows, (*path, (*name, choice)), chance)


def extensive(root: Node, players: Sequence[str]) -> Form:
    """Return a game told as a tree.

    Parameters
    ----------
    root : Move, Chance
        The first node.
    players : sequence of str
        Names, in the order of the payoffs.

    Returns
    -------
    Form

    Raises
    ------
    FoedusError
        When the tree contradicts itself: unknown players, payoffs missing, probabilities that do not sum to 1,
        an information set with different choices or passed twice.

    Examples
    --------
    One who may trust, and one who may honour it.

    >>> honour = Move("two", "asked", {"keep": (1, 1), "break": (-1, 2)})
    >>> form = extensive(Move("one", "first", {"trust": honour, "stay": (0, 0)}), ("one", "two"))
    >>> [choice for _, _, choice in form.choices]
    ['trust', 'stay', 'keep', 'break']
    """
    walk = _Walk(tuple(players))
    walk.visit(root, (), 1.0)
    if not walk.nodes:
        raise fail("root", "nobody decides anything in this game")
    order = sorted(walk.sets, key=lambda s: walk.players.index(s[0]))  # stable: as met, player by player
    choices = tuple((*name, choice) for name in order for choice in walk.sets[name])
    at = {choice: k for k, choice in enumerate(choices)}
    number = {name: k for k, name in enumerate(order)}
    depth = max(len(path) for path, _, _ in walk.leaves)

    def paths(ways: list[tuple[tuple[str, str, str], ...]]) -> NDArray[np.int64]:
        return np.array([[at[s] for s in way] + [-1] * (depth - len(way)) for way in ways], dtype=np.int64)

    return Form(
        players=walk.players,
        choices=choices,
        leaf_path=paths([path for path, _, _ in walk.leaves]),
        leaf_chance=np.array([chance for _, chance, _ in walk.leaves]),
        leaf_payoff=np.array([payoffs for _, _, payoffs in walk.leaves]),
        node_path=paths([path for path, _, _ in walk.nodes]),
        node_chance=np.array([chance for _, chance, _ in walk.nodes]),
        node_set=np.array([number[name] for _, _, name in walk.nodes], dtype=np.int64),
        set_first=np.cumsum([0] + [len(walk.sets[name]) for name in order], dtype=np.int64),
        set_player=np.array([walk.players.index(name[0]) for name in order], dtype=np.int64),
    )


def strategic(*payoffs: ArrayLike) -> Form:
    """Return a game of simultaneous choices.

    Parameters
    ----------
    *payoffs : array_like, shape (S_1, …, S_P)
        One table per player; axis k is the choice of player k.

    Returns
    -------
    Form
        Players are called "1", "2", …, their choices too.

    Raises
    ------
    FoedusError
        When the tables do not have one axis of two or more choices for each player, or hold no finite numbers.

    Examples
    --------
    The prisoners' dilemma.

    >>> form = strategic([[2, 0], [3, 1]], [[2, 3], [0, 1]])
    >>> form.players, len(form.choices), form.leaf_payoff.tolist()
    (('1', '2'), 4, [[2.0, 2.0], [0.0, 3.0], [3.0, 0.0], [1.0, 1.0]])
    """
    tables = [np.asarray(table, dtype=np.float64) for table in payoffs]
    shape = tables[0].shape if tables else ()
    if len(tables) < 2 or any(t.shape != shape for t in tables) or len(shape) != len(tables) or min(shape) < 2:
        shapes = ", ".join(str(t.shape) for t in tables) or "none"
        how = "Give two players or more one table each, with one axis of two or more choices per player"
        raise fail("payoffs", f"tables of shapes {shapes} make no game", how)
    if not all(np.isfinite(t).all() for t in tables):
        raise fail("payoffs", "a payoff is not a finite number")
    first = np.cumsum([0, *shape], dtype=np.int64)
    profiles = np.array(list(itertools.product(*(range(s) for s in shape))), dtype=np.int64)
    players = tuple(str(k + 1) for k in range(len(shape)))
    return Form(
        players=players,
        choices=tuple((player, "", str(c + 1)) for player, s in zip(players, shape, strict=True) for c in range(s)),
        leaf_path=profiles + first[:-1],
        leaf_chance=np.ones(len(profiles)),
        leaf_payoff=np.stack([t.ravel() for t in tables], axis=1),
        node_path=np.full((len(shape), len(shape)), -1, dtype=np.int64),
        node_chance=np.ones(len(shape)),
        node_set=np.arange(len(shape), dtype=np.int64),
        set_first=first,
        set_player=np.arange(len(shape), dtype=np.int64),
    )
