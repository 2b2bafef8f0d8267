"""The sum of games: what is remembered yields what is played anew, and only the games that changed are played."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.kernels.defended import exact_shares, exact_shares_from, nothing_played
from foedus.kernels.exponentials import Exponentials
from foedus.model.architecture import Architecture, Institution, Kind, Rule, bilateral, body
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from worlds import random_world

FIRST = Architecture((body(("S0", "S1", "S2"), Rule.HUB), Institution(Kind.FORUM, ("S3", "S4", "S5"), Rule.CONSENSUS)))
MORE = FIRST.having(bilateral("S0", "S3"))


def game() -> tuple[Exponentials, list[np.ndarray]]:
    """Return a game, and the pledges of three architectures."""
    appraiser = Appraiser(random_world(4, 6), Parameters())
    pledged = [appraiser.appraise(g, Architecture()).quantities["pledged_help"] for g in (FIRST, MORE, FIRST)]
    return appraiser.setting["fading_losses"], pledged


@pytest.mark.parametrize("united", [(), (1, 2), (1, 2, 3)])
def test_what_is_remembered_yields_the_same_bytes(united: tuple[int, ...]) -> None:
    losses, pledges = game()
    union = np.isin(np.arange(6), united)
    played = nothing_played(6)
    for pledged in pledges:
        anew = exact_shares(pledged, union, losses)
        assert exact_shares_from(pledged, union, losses, played).tobytes() == anew.tobytes()
        assert np.abs(anew).max() > 0


@pytest.mark.parametrize("slots", [2, 3, 64])
def test_several_games_of_a_player_are_remembered_and_yield_the_same_bytes(slots: int) -> None:
    losses, pledges = game()
    played, nobody = nothing_played(6, slots), np.zeros(6, dtype=bool)
    asked = [*pledges, *(p * part for p in pledges for part in (0.9, 0.8, 0.7, 0.6))]
    for _ in range(2):
        for pledged in asked:
            anew = exact_shares(pledged, nobody, losses)
            assert exact_shares_from(pledged, nobody, losses, played).tobytes() == anew.tobytes()
    if slots == 64:  # there is room for all of them: none is played again
        played.values[:] = np.nan
        assert np.isnan(exact_shares_from(pledges[1], nobody, losses, played)).any()


def test_games_that_differ_a_little_and_in_one_player_do_not_push_each_other_out() -> None:
    losses, pledges = game()
    nobody, played = np.zeros(6, dtype=bool), nothing_played(6, 256)
    asked = []
    for k in range(150):
        alike = pledges[0].copy()
        alike[:, k % 6] *= 1 + 1e-6 * k  # the last player too
        asked.append(alike)
        exact_shares_from(alike, nobody, losses, played)
    kept = played.pledged.any(axis=1).reshape(256, 6).sum(axis=0)
    different = [len(np.unique([alike[j] for alike in asked], axis=0)) for j in range(6)]
    assert min(different) >= 50
    assert kept.tolist() == different


def test_another_union_is_another_game() -> None:
    losses, (_, pledged, _) = game()
    nobody, some = np.zeros(6, dtype=bool), np.isin(np.arange(6), (1, 2))
    played = nothing_played(6)
    exact_shares_from(pledged, nobody, losses, played)
    found = exact_shares_from(pledged, some, losses, played)
    assert found.tobytes() == exact_shares(pledged, some, losses).tobytes()
    assert found.tobytes() != exact_shares(pledged, nobody, losses).tobytes()


def test_a_change_of_one_treaty_leaves_the_games_of_others_as_they_were() -> None:
    world = random_world(4, 6)
    appraiser = Appraiser(world, Parameters())
    appraiser.appraise(FIRST, Architecture())
    memory = appraiser.played
    for player in (1, 2):
        memory.values[player::6] = np.nan  # the games of S1 and S2, in which the new treaty changes nothing
    seen = appraiser.appraise(MORE, Architecture()).quantities["myerson"]
    assert np.isnan(seen).any()
    fresh = Appraiser(world, Parameters())
    exact = fresh.appraise(MORE, Architecture()).quantities["myerson"]
    step_by_step = Appraiser(world, Parameters())
    for architecture in (FIRST, MORE, FIRST):
        step_by_step.appraise(architecture, Architecture())
    again = step_by_step.appraise(MORE, Architecture()).quantities["myerson"]
    assert np.isfinite(memory.values[[0, 3]]).all()  # those of S0 and S3 were played anew
    assert again.tobytes() == exact.tobytes()
