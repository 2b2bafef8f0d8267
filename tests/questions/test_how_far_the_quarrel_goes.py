"""How far the quarrel goes: rungs of a ladder, the same world changed in one thing at a time."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.draws.sampling import uncertainties
from foedus.model.architecture import Architecture, bilateral, body
from foedus.model.parameters import Parameters
from foedus.questions.how_far_the_quarrel_goes import (
    RUNG,
    RUNGS,
    STAKE,
    STAKES,
    VARIANTS,
    how_far_the_quarrel_goes,
    hub_withdrawn,
    ladder,
    of_pair,
    quarrel_table,
    rung,
    section,
    sentence,
    without_the_hub,
)
from foedus.questions.in_draws import Size
from foedus.questions.study import Study
from foedus.questions.task import Task
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.tables import percent
from questions.asked import PLAIN, answered, case_of, hand_world, sigmoid, small_case

GRIEVANCE = np.zeros((4, 4))
GRIEVANCE[1, 2], GRIEVANCE[2, 1] = 0.8, 0.6
STAR = Architecture((bilateral("USA", "JPN"), bilateral("USA", "KOR")))


def quarrel(**fixed: object) -> Study:
    return Study(hand_world(**{"grievance": GRIEVANCE, "in_force": STAR, **fixed}), PLAIN, ("JPN", "KOR"))


def by_hand(one: float, other: float) -> tuple[float, float]:
    """Return how likely two escalate whose security costs nothing: each answers the other, from nothing on."""
    p = q = 0.0
    for _ in range(2000):
        p, q = sigmoid(one - 1.5 + 2.0 * q), sigmoid(other - 1.5 + 2.0 * p)
    return p, q


def test_the_ladder_where_no_security_is_at_stake_as_worked_out_by_hand() -> None:
    p, q = by_hand(0.8, 0.6)
    hub = 0.15  # both are allies of the hub, which may step in
    found = ladder(quarrel(), "as it is")
    assert found[RUNG("as it is", "p_i")] == pytest.approx(p, abs=1e-6)
    assert found[RUNG("as it is", "p_j")] == pytest.approx(q, abs=1e-6)
    assert found[RUNG("as it is", "both")] == pytest.approx(p * q, abs=1e-6)
    assert found[RUNG("as it is", "brokered")] == pytest.approx(p * q * (1 - hub), abs=1e-6)
    assert found[RUNG("as it is", "third_rung")] == pytest.approx(p * q * p * (1 - hub), abs=1e-6)
    assert found[RUNG("as it is", "brokerage")] == pytest.approx(hub)
    assert found[STAKE("as it is", "stake_i")] == found[STAKE("as it is", "stake_j")] == 0.0


def test_a_council_brokers_as_far_as_it_is_ready_and_a_ready_one_fully() -> None:
    found = how_far_the_quarrel_goes(quarrel())
    ready = math.exp(-2.0 / 4.0)  # two points apart, sovereign and of one mind
    assert found[RUNG("council", "brokerage")] == pytest.approx(1 - (1 - 0.3 * ready) * 0.85)
    assert found[RUNG("ready council", "brokerage")] == pytest.approx(1 - 0.7 * 0.85)
    assert found[RUNG("council, no rescue", "brokerage")] == found[RUNG("council", "brokerage")]
    assert found[RUNG("hub away", "brokerage")] == found[RUNG("pledged, hub away", "brokerage")] == 0.0


def risky() -> Study:
    """Return a quarrel in a world in which help matters, and where neither commands its own forces."""
    share = np.array([1.0, 0.5, 0.5, 1.0])
    force = np.array([100.0, 30.0, 20.0, 1.0])
    fear = np.array([[1.0], [1.0], [0.5], [1.0]])
    world = hand_world(
        grievance=GRIEVANCE,
        in_force=STAR,
        sovereignty=share,
        free_force=share,
        capability_raw=force,
        capability_available=force,
        perception=fear,
    )
    return Study(world, Parameters(), ("JPN", "KOR"))


def test_each_variant_moves_what_it_should() -> None:
    found = how_far_the_quarrel_goes(risky())
    assert set(found) == {RUNG(v, r) for v in VARIANTS for r in RUNGS} | {STAKE(v, s) for v in VARIANTS for s in STAKES}
    stake = {v: found[STAKE(v, "stake_i")] for v in VARIANTS}
    both = {v: found[RUNG(v, "both")] for v in VARIANTS}
    assert stake["as it is"] > 0
    assert stake["no rescue"] > stake["as it is"]  # nobody discounts what it would lose
    assert both["no rescue"] < both["as it is"]
    assert stake["normal"] > stake["no rescue"]  # the other also has twice the force to help with
    assert stake["pledged"] > stake["normal"]
    assert found[STAKE("one view", "stake_j")] > found[STAKE("as it is", "stake_j")]
    assert stake["hub away"] > stake["as it is"]
    assert stake["pledged, hub away"] > stake["hub away"]
    assert stake["ready council"] > stake["council"] > stake["as it is"]
    assert stake["council, no rescue"] > stake["council"]
    # rescue is the part of the price that the hub's command takes over: reliability 0.7, half of the command
    assert stake["as it is"] == pytest.approx((1 - 0.7 * 0.5) * stake["no rescue"])


def test_claims_ask_for_rungs_and_stakes() -> None:
    asked = risky()
    assert rung(asked, "both", "council") == how_far_the_quarrel_goes(asked)[RUNG("council", "both")]
    assert rung(asked, "stake_j", "normal") == how_far_the_quarrel_goes(asked)[STAKE("normal", "stake_j")]


def test_without_a_quarrel_there_is_no_answer() -> None:
    peaceful = Study(hand_world(), PLAIN)
    assert how_far_the_quarrel_goes(peaceful) == {}
    assert ladder(peaceful, "council") == {}
    assert math.isnan(rung(peaceful, "both", "council"))
    assert section(answered({}, case=case_of(quarrel=()))) is None


def test_without_the_hub_its_institutions_are_gone_and_others_stay() -> None:
    pact, council = bilateral("JPN", "KOR"), body(("USA", "JPN", "KOR"))
    assert without_the_hub(Architecture((*STAR, pact, council)), "USA") == Architecture((pact,))
    away = hub_withdrawn(risky())
    assert away.world.capability_available[0] == pytest.approx(0.0, abs=1e-6)
    np.testing.assert_array_equal(away.world.capability_available[1:], risky().world.capability_available[1:])
    assert away.quarrel == ("JPN", "KOR")


def answers(stake: float = 0.01, **both: float) -> dict[str, float]:
    found = {RUNG(v, r): 0.2 for v in VARIANTS for r in RUNGS} | {STAKE(v, s): stake for v in VARIANTS for s in STAKES}
    for words, value in both.items():
        variant = {"base": "as it is", "council": "council", "alone": "no rescue", "pledged": "pledged"}[words]
        found[RUNG(variant, "both")] = value
    return found


def test_the_sentence_says_what_the_quarrel_costs_and_what_moves_it_most() -> None:
    found = answered(answers(0.049, base=0.4, council=0.35, alone=0.25, pledged=0.9))
    assert sentence(found) == (
        "In a year both Japan and South Korea escalate with a probability of 40 %; a council makes it 35 %, no trust in rescue 25 %. The quarrel costs "
        "their security 0.049 % of GDP. What changes most: normal and pledged to defend each "
        "other (90 %)."
    )
    dear = answers(0.01, base=0.4, alone=0.1)
    dear[STAKE("as it is", "stake_j")] = 0.05
    said = sentence(answered({**dear, **{RUNG(v, "both"): 0.4 for v in VARIANTS if v != "no rescue"}}))
    assert said.endswith("security 0.050 % of GDP. What changes most: nobody counts on the hub's rescue (10 %).")


def test_the_tables() -> None:
    found = answered(answers(base=0.4), {RUNG("as it is", "both"): [0.1, 0.2, 0.3]})
    told = section(found)
    assert told is not None
    side, long = told.tables
    assert side.column("label") == tuple(VARIANTS.values())
    first = next(iter(side))
    assert (first["default"], first["median"], first["brokered"], first["third_rung"]) == (0.4, 0.2, 0.2, 0.2)
    assert len(long) == len(VARIANTS) * (len(RUNGS) + len(STAKES))
    assert long.quiet
    drops = {c.name: c.drop for c in side.columns}
    assert drops["brokered"] > drops["third_rung"] > 0
    assert drops["default"] == 0
    assert next(c for c in side.columns if c.name == "default").bar == 1.0
    assert quarrel_table(found).rows[2][:4] == ("as it is", "As it is", "both", 0.4)


def task(**changes: object) -> Task:
    return Task(case_of(**changes), Parameters(), {}, (), ())


def test_of_a_pair_by_default_that_of_the_case() -> None:
    found = of_pair(task())
    assert found.title == "The quarrel of Japan and South Korea"
    asked = how_far_the_quarrel_goes(task().study())
    rows = dict(zip(VARIANTS, found.tables[0].rows, strict=True))
    for v, row in rows.items():
        assert row[0] == VARIANTS[v]
        chances = [asked[RUNG(v, r)] for r in RUNGS]
        assert row[1:] == (*chances[:3], None, None, *chances[3:], *(asked[STAKE(v, s)] for s in STAKES))
    both, council = asked[RUNG("as it is", "both")], asked[RUNG("council", "both")]
    assert found.says[0] == (
        f"The chance that both escalate in a year is {100 * both:.0f} % as it is, and {100 * council:.0f} % where both sit in a council."
    )
    most = max(VARIANTS, key=lambda v: abs(asked[RUNG(v, "both")] - both))
    assert found.says[1].startswith("The quarrel costs their security ")
    assert f"What changes most: {VARIANTS[most][0].lower()}{VARIANTS[most][1:]} (" in found.says[1]
    assert of_pair(task(), ("south korea", "JPN")).title == "The quarrel of South Korea and Japan"
    drops = {c.name: c.drop for c in found.tables[0].columns}
    assert drops["both"] == drops["variant"] == 0
    assert drops["stake_i"] == drops["stake_j"] == max(drops.values())
    order = sorted(RUNGS, key=lambda k: drops[k])
    assert order == ["both", "third_rung", "brokered", "brokerage", "p_j", "p_i"]  # the last goes first
    assert len({drops[k] for k in RUNGS}) == len(RUNGS)


def test_what_is_no_pair_is_refused() -> None:
    with pytest.raises(FoedusError, match=r"it names no quarrel\. Name two states: foedus dispute small JPN KOR"):
        of_pair(task(quarrel=()))
    for pair in (("JPN",), ("JPN", "JPN"), ("JPN", "KOR", "USA")):
        with pytest.raises(FoedusError, match=r"a quarrel needs two different states\. Give for example JPN KOR"):
            of_pair(task(), pair)
    with pytest.raises(FoedusError, match="USA and JPN: neither has a grievance against the other") as error:
        of_pair(task(), ("USA", "JPN"))
    assert "foedus dispute small USA JPN --set USA.grievance.JPN=0.5" in str(error.value)


def test_one_sided_grievance_is_a_quarrel() -> None:
    facts = tuple(f for f in small_case().facts if (f.quantity, f.subject) != ("grievance", "KOR"))
    assert of_pair(task(facts=facts), ("KOR", "JPN")).title == "The quarrel of South Korea and Japan"


def test_where_nobody_quarrels_any_two_are_the_example() -> None:
    facts = tuple(f for f in small_case().facts if f.quantity != "grievance")
    with pytest.raises(FoedusError, match="foedus dispute small JPN USA"):
        of_pair(task(facts=facts, quarrel=()))


def test_a_pair_has_the_band_of_its_draws_whatever_quarrel_the_case_names() -> None:
    case = case_of(quarrel=())
    found = of_pair(Task(case, Parameters(), {}, uncertainties(case, Parameters()), ()), ("JPN", "KOR"), Size(20))
    for row in found.tables[0]:
        assert 0.0 <= float(str(row["both_low"])) < float(str(row["both_high"])) <= 1.0
    first = next(iter(found.tables[0]))
    band = f"({percent(float(str(first['both_low'])))} to {percent(float(str(first['both_high'])))}) as it is"
    assert band in found.says[0]
    assert "20 draws" in found.notes[0]


@pytest.mark.parametrize(
    ("stake", "words"),
    [(0.0, "nothing"), (0.0004, "less than 0.001 % of GDP"), (0.001, "0.001 % of GDP"), (0.25, "0.250 % of GDP")],
)
def test_what_costs_nothing_is_not_written_with_digits(stake: float, words: str) -> None:
    both = {RUNG(v, "both"): 0.4 for v in VARIANTS}
    told = sentence(answered({**both, STAKE("as it is", "stake_i"): stake}))
    assert f"The quarrel costs their security {words}" in told
