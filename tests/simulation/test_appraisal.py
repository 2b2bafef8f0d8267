"""Appraisals: institutions as arrays, what is remembered, and mechanisms switched off."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.draws.stop import Interrupted, Stop
from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.model.architecture import Architecture, Institution, Kind, Rule, bilateral, body, de_facto, forum
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser, switch_off
from foedus.simulation.formation import star
from foedus.vocabulary.errors import FoedusError
from worlds import random_world


def appraiser_of(**parameters: float) -> Appraiser:
    return Appraiser(random_world(1, 4), Parameters(parameters))


def test_depth_is_ones_own_or_that_of_ones_kind() -> None:
    appraiser = appraiser_of(forum_depth=0.125, de_facto_depth=0.375)
    assert appraiser.depth(bilateral("S0", "S1", 0.25)) == 0.25
    assert appraiser.depth(Institution(Kind.FORUM, ("S0", "S1"), Rule.CONSENSUS, 0.5)) == 0.5
    assert appraiser.depth(bilateral("S0", "S1")) == appraiser.depth(body(("S0", "S1", "S2"))) == 1.0
    assert appraiser.depth(forum(("S0", "S1"))) == 0.125
    assert appraiser.depth(de_facto("S0", "S1")) == 0.375


def test_a_roster_has_a_row_for_every_institution() -> None:
    appraiser = appraiser_of(forum_depth=0.125, de_facto_depth=0.375)
    pact, talks = bilateral("S0", "S1"), forum(("S0", "S2", "S3"))
    council, promise = body(("S1", "S2", "S3"), Rule.CONSENSUS), de_facto("S0", "S3")
    before = Architecture((pact, body(("S0", "S2", "S3"))))
    found = appraiser.appraise(Architecture((pact, talks, council, promise)), before).roster
    assert found.member.astype(int).tolist() == [[1, 1, 0, 0], [1, 0, 1, 1], [0, 1, 1, 1], [1, 0, 0, 1]]
    assert found.depth.tolist() == [1.0, 0.125, 1.0, 0.375]
    assert found.treaty.tolist() == [True, False, True, False]
    assert found.multilateral.tolist() == [False, False, True, False]
    assert found.forum.tolist() == [False, True, False, False]
    assert found.de_facto.tolist() == [False, False, False, True]
    assert found.consensus.tolist() == [False, True, True, False]
    assert found.new.tolist() == [False, True, True, True]  # a body of the same members would not be the forum


def test_an_appraisal_is_worked_out_once_and_is_the_sum_of_its_terms() -> None:
    appraiser = appraiser_of()
    pact = Architecture((bilateral("S0", "S1"),))
    seen = appraiser.appraise(pact, Architecture())
    assert appraiser.appraise(pact, Architecture()) is seen
    assert appraiser.appraise(pact, pact) is not seen
    assert seen.utility.shape == (4,)
    np.testing.assert_allclose(seen.utility, seen.components.sum(axis=0), atol=1e-14)
    assert seen.quantities["member"].shape == (1, 4)
    assert seen.quantities["gdp"] is seen.setting["gdp"]
    np.testing.assert_array_equal(seen.quantities["security"], seen.components[0])


def test_nothing_in_force_is_worth_nothing() -> None:
    nothing = appraiser_of().appraise(Architecture(), Architecture())
    np.testing.assert_allclose(nothing.components[[0, 3, 4, 7]], 0, atol=1e-14)  # security, autonomy, reprisals, upkeep


def test_drafts_are_remembered_by_what_they_are_added_to() -> None:
    appraiser = appraiser_of()
    drafts = [body(("S0", "S1", "S2")), body(("S0", "S2", "S3"))]
    for start in (Architecture(), Architecture((bilateral("S0", "S3"),)), Architecture()):
        for before in (Architecture(), start):
            found = appraiser.utilities(start, drafts, before)
            for row, draft in zip(found, drafts, strict=True):
                np.testing.assert_array_equal(row, appraiser.appraise(start.having(draft), before).utility)


def test_a_draft_that_is_in_force_is_not_new() -> None:
    appraiser = appraiser_of()
    council = body(("S0", "S1", "S2"))
    held = Architecture((council,))
    again = appraiser.utilities(Architecture(), [council], held)[0]
    np.testing.assert_array_equal(again, appraiser.appraise(held, held).utility)
    assert not np.array_equal(again, appraiser.utilities(Architecture(), [council], Architecture())[0])


def test_work_ends_between_two_appraisals() -> None:
    appraiser = appraiser_of()
    appraiser.appraise(Architecture(), Architecture())
    token = Stop()
    token.ask()
    with token.heeded():
        appraiser.appraise(Architecture(), Architecture())  # what is remembered is no work
        with pytest.raises(Interrupted):
            appraiser.appraise(Architecture((bilateral("S0", "S1"),)), Architecture())
        with pytest.raises(Interrupted):
            appraiser.utilities(Architecture(), [body(("S0", "S1", "S2"))], Architecture())


def test_what_is_off_has_no_effect_and_several_can_be() -> None:
    off = switch_off(Parameters(), ["exposure", "dispute"])
    assert off["coercion_pain"] == off["commitment_cost"] == off["escalation_cost"] == 0.0
    assert off["autonomy_cost"] == Parameters()["autonomy_cost"]
    assert switch_off(Parameters(), [])["coercion_pain"] == Parameters()["coercion_pain"]
    procedure = next(n for n, m in MECHANISMS.items() if not m.off)
    with pytest.raises(FoedusError, match=f"'{procedure}'.*procedure and cannot be switched off"):
        switch_off(Parameters(), [procedure])


@pytest.mark.parametrize("change", ["in_force", "grievance", "divergence_left", "perception"])
def test_what_is_handed_on_when_a_world_moves_changes_no_number(change: str) -> None:
    before = random_world(1, 5)
    council, more = body(before.states[:4]), bilateral(before.states[0], before.states[4])
    architectures = [Architecture((council,)), Architecture((council, more)), Architecture((more,))]
    old = Appraiser(before, Parameters())
    for architecture in architectures:
        old.appraise(architecture, before.in_force)
    value = Architecture((council,)) if change == "in_force" else np.minimum(getattr(before, change) * 0.5 + 0.1, 1.0)
    world = before.replace(**{change: value})
    moved, fresh = old.moved(world), Appraiser(world, Parameters())
    assert moved.world is world
    assert (moved._memory is old._memory) is (change == "in_force")
    for architecture in (*architectures, Architecture()):
        one, other = (a.appraise(architecture, world.in_force) for a in (moved, fresh))
        np.testing.assert_array_equal(one.components, other.components)
        for name, found in other.found._asdict().items():
            np.testing.assert_array_equal(one.found._asdict()[name], found)


def test_terms_after_changes_are_those_of_each() -> None:
    world = random_world(2, 5)
    council, table = body(world.states[:4]), forum(world.states[:3])
    pact, other = bilateral(world.states[0], world.states[4]), bilateral(world.states[0], world.states[3])
    standing, before = Architecture((pact, council, table)), Architecture((table,))
    smaller = council.of(world.states[:3])
    changes = [(pact, ()), (council, (smaller, other, pact, smaller)), (table, (table.of(world.states[1:3]),))]
    after = [
        Architecture((council, table)),
        Architecture((pact, table, smaller, other)),
        Architecture((pact, council, forum(world.states[1:3]))),
    ]
    appraiser = Appraiser(world, Parameters())
    assert appraiser.terms_after(standing, (), before).shape == (0, len(COMPONENTS), 5)
    found = appraiser.terms_after(standing, changes, before)
    for architecture, terms in zip(after, found, strict=True):
        one = Appraiser(world, Parameters()).appraise(architecture, before)
        np.testing.assert_array_equal(terms, one.components)


def test_terms_with_drafts_are_those_of_each() -> None:
    world = random_world(2, 5)
    standing = Architecture((body(world.states[:3]), bilateral(world.states[0], world.states[4])))
    drafts = [body(world.states[:4]), body((*world.states[:3], world.states[4]))]
    appraiser = Appraiser(world, Parameters())
    found = appraiser.terms_with(standing, drafts, standing)
    np.testing.assert_array_equal(found.sum(axis=1), appraiser.utilities(standing, drafts, standing))
    for draft, terms in zip(drafts, found, strict=True):
        one = Appraiser(world, Parameters()).appraise(standing.having(draft), standing)
        np.testing.assert_array_equal(terms, one.components)


def test_a_star_is_grown_once_and_anew_when_the_world_moves() -> None:
    appraiser = appraiser_of()
    grown = star(appraiser)
    assert star(appraiser) is grown
    moved = appraiser.moved(appraiser.world.replace(in_force=grown))
    assert moved.grown is None
    assert star(moved).same_set(grown)
