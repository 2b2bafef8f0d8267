"""One round: what can be proposed, who proposes what, and what it ends with."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.model.architecture import Architecture, Institution, Kind, Rule, bilateral, body, forum
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import (
    Form,
    Menu,
    acceptance_of,
    agenda_of,
    candidates,
    consents,
    draft_institution,
    drafts_of,
    gains,
    keys_of_drafts,
    menu_of,
    run_round,
    seats,
    shared,
    star,
)
from worlds import random_world


def appraiser_of(seed: int = 27, states: int = 5, **fixed: object) -> Appraiser:
    return Appraiser(random_world(seed, states, **fixed), Parameters())


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def test_candidates_are_recognised_and_the_hub_comes_first() -> None:
    world = random_world(1, 5, recognised=np.array([1, 0.5, 1, 0, 1]), hub="S2")
    assert candidates(world) == ("S2", "S0", "S4")


def test_the_star_grows_to_recognised_spokes_that_gain_and_keeps_what_is_there() -> None:
    appraiser = appraiser_of(recognised=np.array([1, 1, 1, 1, 0.5]))
    grown = star(appraiser)
    assert len(grown) > 0
    for m in grown:
        assert m.has("S0")
        assert not m.has("S4")
    held = Architecture()
    for at, s in ((1, "S1"), (2, "S2"), (3, "S3")):  # each is asked once, beside those who have signed before
        offered = held.having(bilateral("S0", s))
        gain = appraiser.appraise(offered, Architecture()).utility - appraiser.appraise(held, Architecture()).utility
        assert (bilateral("S0", s) in grown) == (min(gain[0], gain[at]) > 0)
        held = offered if bilateral("S0", s) in grown else held
    assert held == grown
    council = Architecture((body(("S0", "S1", "S2", "S3")),))
    assert star(appraiser_of(in_force=council, recognised=np.array([1, 1, 1, 1, 0.5]))) == council


def test_seats_are_positions_in_the_order_of_members() -> None:
    assert seats(appraiser_of(), forum(("S3", "S0"))).tolist() == [3, 0]


def test_a_gain_is_over_the_fallback_and_nothing_in_force_is_new() -> None:
    held = Architecture((bilateral("S0", "S1"),))
    appraiser = appraiser_of(in_force=held)
    talks = forum(("S0", "S1", "S2"))
    found = gains(appraiser, talks, held)
    one = appraiser.appraise(Architecture((bilateral("S0", "S1"), talks)), held).utility
    np.testing.assert_array_equal(found, one - appraiser.appraise(held, held).utility)
    assert found.any()


def test_consent_of_each_and_of_all() -> None:
    appraiser = appraiser_of()
    talks = forum(("S2", "S0", "S1"))
    noise = Parameters()["decision_noise"] * Parameters()["forum_depth"]
    wanted = [logistic(gains(appraiser, talks, Architecture())[k] / noise) for k in (2, 0, 1)]
    np.testing.assert_allclose(consents(appraiser, talks, Architecture()), wanted)
    assert acceptance_of(appraiser, talks, Architecture()) == pytest.approx(math.prod(wanted))
    assert shared(Parameters()) == 0.0
    moody = Parameters({"common_mood": 0.4}, laws={"consent": "common-mood"})
    assert shared(moody) == 0.4
    together = acceptance_of(Appraiser(appraiser.world, moody), talks, Architecture())
    assert together > math.prod(wanted)


def test_keys_say_what_acceptance_and_gain_say_one_by_one() -> None:
    appraiser = appraiser_of()
    fallback = star(appraiser)
    for kind, rule in ((Kind.FORUM, Rule.CONSENSUS), (Kind.MULTILATERAL, Rule.HUB)):
        keys = keys_of_drafts(appraiser, fallback, kind, rule)
        drafts = [("S0", "S1", "S2"), ("S0", "S3", "S4"), ("S0", "S1", "S2")]
        found = keys(drafts)
        assert found[0] == found[2]
        for members, key in zip(drafts, found, strict=True):
            made = Institution(kind, members, rule)
            passed, gain = acceptance_of(appraiser, made, fallback), gains(appraiser, made, fallback)
            if passed > appraiser.parameters["hopeless_acceptance"]:
                assert key == pytest.approx(passed * gain[0])
            else:
                losses = sum(min(0.0, float(gain[appraiser.world.index(s)])) for s in members)
                assert key == pytest.approx(-1 + 1e-3 * passed + 1e-6 * losses, rel=1e-9)
        assert keys(drafts[::-1]) == found[::-1]


def test_a_draft_takes_three_who_are_recognised_and_something_for_the_hub() -> None:
    two = appraiser_of(recognised=np.array([1, 1, 0, 0, 0.0]))
    assert draft_institution(two, star(two), Kind.FORUM, Rule.CONSENSUS) is None
    three = appraiser_of(recognised=np.array([1, 1, 1, 0, 0.0]))
    keys = keys_of_drafts(three, star(three), Kind.FORUM, Rule.CONSENSUS)
    worth = keys([("S0", "S1", "S2")])[0]
    found = draft_institution(three, star(three), Kind.FORUM, Rule.CONSENSUS)
    assert worth > 0
    assert found == forum(("S0", "S1", "S2"))
    unwilling = appraiser_of(recognised=np.array([1, 1, 1, 0, 0.0]))
    unwilling.parameters = Parameters({"hopeless_acceptance": 0.999999})
    assert draft_institution(unwilling, star(unwilling), Kind.FORUM, Rule.CONSENSUS) is None


def test_the_menu_has_what_is_in_force_the_star_where_it_differs_and_every_draft() -> None:
    appraiser = appraiser_of()
    menu = menu_of(appraiser)
    assert [item[0] for item in menu.items[:2]] == [Form.IN_FORCE, Form.STAR]
    assert menu.refused == 1
    assert [item[2:] for item in menu.items[:2]] == [(None, 1.0), (None, 1.0)]
    assert [(item[0], item[2]) for item in menu.items[2:]] == list(drafts_of(appraiser, star(appraiser)))
    for _, seen, made, passed in menu.items[2:]:
        assert made is not None
        assert seen.architecture == star(appraiser).having(made)
        assert passed == acceptance_of(appraiser, made, star(appraiser))
    grown = appraiser_of(in_force=Architecture(tuple(reversed(star(appraiser).institutions))))
    held = menu_of(grown, [(Form.FORUM, forum(("S0", "S1", "S2")))])
    assert [item[0] for item in held.items] == [Form.IN_FORCE, Form.FORUM]
    assert held.refused == 0
    assert menu_of(grown, []).refused == 0


def test_the_position_of_a_refusal() -> None:
    appraiser = appraiser_of()
    seen = appraiser.appraise(Architecture(), Architecture())
    forms = ([Form.IN_FORCE], [Form.IN_FORCE, Form.STAR], [Form.IN_FORCE, Form.FORUM])
    found = [Menu(Architecture(), seen, tuple((f, seen, None, 1.0) for f in items)).refused for items in forms]
    assert found == [0, 1, 0]


def test_who_proposes_and_what_sum_to_one() -> None:
    appraiser = appraiser_of()
    who, what = agenda_of(appraiser, menu_of(appraiser))
    assert who.sum() == pytest.approx(1)
    assert who[0] == Parameters()["hub_agenda_power"]
    np.testing.assert_allclose(what.sum(axis=1), 1)
    assert what.shape == (5, len(menu_of(appraiser).items))


def test_a_round_ends_with_what_is_proposed_and_passes_or_with_the_star() -> None:
    appraiser = appraiser_of()
    menu = menu_of(appraiser)
    who, what = agenda_of(appraiser, menu)
    found = run_round(appraiser)
    assert found.before == appraiser.world.in_force
    assert found.fallback is menu.fallback
    assert sum(o.probability for o in found.options) == pytest.approx(1)
    refused = 0.0
    for k, option in enumerate(found.options):
        proposed = sum(float(who[i] * what[i, k]) for i in range(5))
        refused += proposed * (1 - option.acceptance)
        if k != 1:
            assert option.probability == pytest.approx(proposed * option.acceptance)
        else:
            assert option.form is Form.STAR
            own = proposed
    assert found.options[1].probability == pytest.approx(own + refused)
    assert refused > 0
    bodies = sum(o.probability for o in found.options if o.form in (Form.COUNCIL, Form.HUB_LED))
    assert found.body == pytest.approx(bodies)
    assert found.probability(Form.STAR, Form.IN_FORCE) == pytest.approx(
        found.options[0].probability + found.options[1].probability
    )
