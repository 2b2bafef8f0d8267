"""Who blocks: gains against no body, term by term; one refusal is enough; the reasons in one sentence."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import Architecture, bilateral, body, forum
from foedus.questions import who_blocks
from foedus.questions.study import EVERYBODY, Study
from foedus.questions.who_blocks import (
    ACCEPTANCE,
    CONSENT,
    GAIN,
    READINESS,
    TERM,
    about_body,
    blockers,
    exit_from,
    gains_table,
    section,
    sentence,
)
from foedus.vocabulary.tables import written
from questions.asked import COUNCIL, NOISE, PLAIN, answered, case_of, hand_world, sigmoid


def terms(item: str, state: str, **some: float) -> dict[str, float]:
    """Return a gain made up of some terms, the others being nothing."""
    found = {TERM(item, state, c): some.get(c, 0.0) for c in COMPONENTS}
    return {GAIN(item, state): sum(some.values()), **found}


def test_the_council_of_all_as_worked_out_by_hand() -> None:
    found = who_blocks.who_blocks(Study(hand_world(), PLAIN))
    for state, gain in COUNCIL.items():
        assert found[GAIN(EVERYBODY, state)] == pytest.approx(gain, abs=1e-12)
        assert found[CONSENT(EVERYBODY, state)] == pytest.approx(sigmoid(gain / NOISE))
    by_hand = {"autonomy": -0.125, "exposure": -0.25, "platform": 0.1, "fee": -0.003}
    for c in COMPONENTS:
        assert found[TERM(EVERYBODY, "KOR", c)] == pytest.approx(by_hand.get(c, 0.0), abs=1e-12)
    assert found[ACCEPTANCE(EVERYBODY)] == pytest.approx(math.prod(sigmoid(g / NOISE) for g in COUNCIL.values()))
    assert found[READINESS(EVERYBODY)] == pytest.approx(math.exp(-2.0 / 4.0))
    assert found[GAIN(EVERYBODY, "TWN")] == 0.0
    assert CONSENT(EVERYBODY, "TWN") not in found  # it is not asked


def test_every_body_that_is_watched_is_looked_at() -> None:
    watched = body(("USA", "JPN"), name="Two of us")
    found = who_blocks.who_blocks(Study(hand_world(), PLAIN, watch=(watched,)))
    # the line of two is 1.5, so each is half a point away
    assert found[GAIN("Two of us", "USA")] == pytest.approx(-0.5 / 4 * 0.5 + 0.1 - 0.003)
    assert GAIN(EVERYBODY, "USA") in found


def test_an_old_treaty_that_the_body_takes_in_is_not_counted_twice() -> None:
    study = Study(hand_world(in_force=Architecture((bilateral("USA", "JPN"),))), PLAIN)
    found = about_body(study, "", study.everybody)
    # Japan gets rid of the hub's line (0.125) and of the fee of the treaty
    assert found[GAIN("", "JPN")] == pytest.approx(COUNCIL["JPN"] + 0.125 + 0.003)
    assert found[GAIN("", "USA")] == pytest.approx(COUNCIL["USA"] + 0.003)


def test_claims_ask_for_the_same_numbers() -> None:
    study = Study(hand_world(), PLAIN)
    talks = forum(("USA", "KOR"))
    assert who_blocks.gain(study, "KOR", "everybody") == pytest.approx(COUNCIL["KOR"])
    assert who_blocks.term(study, "exposure", "KOR", "everybody") == pytest.approx(-0.25)
    assert who_blocks.consent(study, "JPN", "everybody") == pytest.approx(sigmoid(-0.03))
    assert math.isnan(who_blocks.consent(study, "TWN", "everybody"))
    assert who_blocks.weakest(study, "everybody") == pytest.approx(sigmoid(-2.78))
    assert who_blocks.readiness(study, "everybody") == pytest.approx(math.exp(-0.5))
    assert who_blocks.acceptance(study, talks) == pytest.approx(
        math.prod(who_blocks.consent(study, s, talks) for s in talks.members)
    )
    assert who_blocks.trade(study, "KOR") == pytest.approx(0.05)
    assert math.isnan(who_blocks.leaves(study, "TWN", "everybody"))


def test_trade_with_all_adversaries_counts() -> None:
    two = hand_world(
        adversaries=("CHN", "PRK"),
        adversary_capability_raw=np.ones(2),
        adversary_capability_available=np.ones(2),
        adversary_distance=np.ones((2, 4)),
        adversary_ideal_point=np.array([-4.0, -4.0]),
        rivalry=np.ones((4, 2)),
        perception=np.ones((4, 2)),
        trade=np.array([[0.0, 0.0], [0.02, 0.01], [0.05, 0.0], [0.1, 0.0]]),
    )
    assert who_blocks.trade(Study(two, PLAIN), "JPN") == pytest.approx(0.03)


def test_at_the_threshold_of_trade_a_member_is_indifferent() -> None:
    study = Study(hand_world(), PLAIN)
    trade = np.array(study.world.trade)
    trade[1, 0] = who_blocks.trade_threshold(study, "JPN", "everybody")
    assert trade[1, 0] == pytest.approx(0.097 / 5.0)
    assert who_blocks.gain(Study(hand_world(trade=trade), PLAIN), "JPN", "everybody") == pytest.approx(0, abs=1e-12)
    assert who_blocks.trade_threshold(study, "KOR", "everybody") < 0  # it refuses without any trade
    assert math.isnan(who_blocks.trade_threshold(study, "USA", "everybody"))  # it has no trade to fear for


def test_a_member_leaves_where_it_would_rather_be_outside_by_more_than_habit() -> None:
    study = Study(hand_world(), PLAIN)
    council = study.everybody
    # Korea outside is left with a treaty with the hub, two points from the hub's line; that treaty is new and punished
    inside, outside = -0.125 + 0.1 - 0.003, -0.25 - 0.003 - 0.25
    habit, noise = PLAIN["body_exit_habit"], PLAIN["habit_noise"]
    log_odds = math.log(habit / (1.0 - habit))
    assert exit_from(study, council, "KOR") == pytest.approx(sigmoid(log_odds - (inside - outside) / noise))
    assert who_blocks.leaves(study, "KOR", council) == exit_from(study, council, "KOR")
    # a forum of two ends when one leaves, and leaves nothing behind
    talks, depth = forum(("USA", "KOR")), PLAIN["forum_depth"]
    worth = -0.5 / 4 * depth**2 + 0.1 - 0.003 * depth
    habit = 1.0 - math.sqrt(1.0 - PLAIN["forum_end_habit"])
    log_odds = math.log(habit / (1.0 - habit))
    assert exit_from(study, talks, "KOR") == pytest.approx(sigmoid(log_odds - worth / (noise * depth)))


def test_blockers_are_the_members_the_one_that_loses_most_first() -> None:
    given = {GAIN(EVERYBODY, s): g for s, g in {"USA": 0.2, "JPN": -0.1, "KOR": -0.4, "TWN": -9.0}.items()}
    given |= {CONSENT(EVERYBODY, s): 0.5 for s in ("USA", "JPN", "KOR")}
    assert blockers(answered(given)) == ["KOR", "JPN", "USA"]


def test_the_sentence_of_one_who_loses_says_first_what_speaks_against() -> None:
    given = terms("b", "KOR", exposure=-0.5, dispute=-0.2, autonomy=-0.1, burden=-0.05, security=0.3, platform=0.1)
    given |= {TERM("b", "KOR", "fee"): -0.003, CONSENT("b", "KOR"): 0.02}
    assert sentence(answered(given), "b", "KOR") == (
        "South Korea loses 0.45 % of GDP a year: fear of reprisals -0.50, quarrels among members -0.20 and loss of "
        "autonomy -0.10, against security +0.30 and common platform +0.10. It agrees with a probability of 2 %."
    )


def test_the_sentence_of_one_who_gains_says_first_what_speaks_for_it_two_terms_at_most() -> None:
    given = terms("b", "JPN", exposure=-0.02, security=0.3, platform=0.1, leverage=0.05) | {CONSENT("b", "JPN"): 0.98}
    found = answered(given, {GAIN("b", "JPN"): [-0.1, 0.0, 0.1, 0.2]})
    assert sentence(found, "b", "JPN") == (
        "Japan gains 0.43 % of GDP a year: security +0.30 and common platform +0.10, less fear of reprisals -0.02. It "
        "agrees with a probability of 98 %, and loses in 25 % of draws."
    )


def test_the_sentence_of_one_who_is_indifferent_names_no_term() -> None:
    given = terms("b", "JPN", fee=-0.003, platform=0.003) | {CONSENT("b", "JPN"): 0.5}
    assert sentence(answered(given), "b", "JPN") == (
        "Japan gains less than 0.01 % of GDP a year. It agrees with a probability of 50 %."
    )


def test_a_term_at_the_edge_of_rounding_is_not_named() -> None:
    given = terms("b", "JPN", fee=-0.005, platform=0.005, security=0.0051) | {CONSENT("b", "JPN"): 0.5}
    assert sentence(answered(given), "b", "JPN").startswith("Japan gains 0.01 % of GDP a year: security +0.01. It")


def made_up(draws: int) -> dict[str, list[float]]:
    steps = np.linspace(-1.0, 1.0, draws).tolist()
    return {GAIN(EVERYBODY, "KOR"): steps, ACCEPTANCE(EVERYBODY): [0.5 + 0.1 * x for x in steps]}


def whole_answers() -> dict[str, float]:
    given = terms(EVERYBODY, "KOR", exposure=-0.5, platform=0.1) | terms(EVERYBODY, "JPN", fee=-0.003, platform=0.1)
    given |= terms(EVERYBODY, "USA", leverage=-0.0039, security=0.3)
    given |= {CONSENT(EVERYBODY, s): p for s, p in (("USA", 0.95), ("JPN", 0.7), ("KOR", 0.02))}
    return given | {ACCEPTANCE(EVERYBODY): 0.013, READINESS(EVERYBODY): 0.6}


def test_the_table_has_a_row_for_each_member_with_its_terms_and_how_often_it_loses() -> None:
    found = gains_table(answered(whole_answers(), made_up(21)), (EVERYBODY,))
    rows = {str(row["state"]): row for row in found}
    assert list(rows) == ["KOR", "JPN", "USA"]
    assert rows["KOR"]["name"] == "South Korea"
    assert rows["KOR"]["default"] == pytest.approx(-0.4)
    assert rows["KOR"]["exposure"] == -0.5
    assert rows["KOR"]["consent"] == 0.02
    assert rows["KOR"]["share_losing"] == pytest.approx(10 / 21)
    assert (rows["KOR"]["low"], rows["KOR"]["high"]) == (pytest.approx(-0.9), pytest.approx(0.9))
    assert rows["JPN"]["share_losing"] is None
    order = [c.name for c in sorted(found.columns, key=lambda c: c.drop) if c.name in COMPONENTS]
    assert order[:4] == ["exposure", "security", "platform", "leverage"]  # the largest terms stay longest
    drops = [c.drop for c in found.columns if c.name in COMPONENTS]
    assert len(set(drops)) == len(drops)
    share = next(c for c in found.columns if c.name == "share_losing")
    assert min(drops) > share.drop > 0  # terms go first where there is no room
    assert all(c.form == "signed" for c in found.columns if c.name in COMPONENTS)
    assert written(rows["KOR"]["share_losing"], share.form) == "48 %"
    assert next(c for c in found.columns if c.name == "body").hidden
    assert next(c for c in found.columns if c.name == "state").hidden
    assert not next(c for c in gains_table(answered(whole_answers()), (EVERYBODY,), quiet=True).columns).hidden


def test_the_section_says_of_each_body_whether_all_agree_and_why_losers_do_not() -> None:
    watched = body(("USA", "JPN"), name="The pair!")
    study = Study(hand_world(), PLAIN, watch=(watched,))
    pair = terms("The pair!", "USA", platform=0.1) | terms("The pair!", "JPN", platform=0.1)
    pair |= {CONSENT("The pair!", s): 0.7 for s in ("USA", "JPN")}
    pair |= {ACCEPTANCE("The pair!"): 0.49, READINESS("The pair!"): 1.0}
    found = section(answered(whole_answers() | pair, made_up(21), study=study))
    assert [t.name for t in found.tables] == ["gains"]
    assert found.tables[0].quiet
    assert len(found.tables[0]) == 5
    council, two = found.sections
    assert (council.title, two.title) == ("A council of all recognised states", "The pair!")
    assert council.key == "everybody"
    assert two.key == "the-pair"
    assert council.says[0] == (
        "All agree with a probability of 1 % (5–95 % of draws: 41 % to 59 %); it could act with 60 % of what spokes pledge each other."
    )
    assert council.says[1].startswith("South Korea loses 0.40 % of GDP a year: fear of reprisals -0.50, against common")
    assert len(council.says) == 2  # nobody else loses
    assert council.notes == ("Members: the United States, Japan and South Korea.",)
    assert two.says == (
        "All agree with a probability of 49 %; it could act with 100 % of what spokes pledge each other.",
    )
    chart = council.charts[0]
    assert chart.series == ("security", "exposure", "platform")  # terms that nobody could see are not drawn
    assert {c.name for c in chart.table.columns} >= {chart.x, chart.y, chart.low, chart.high, *chart.series}
    assert chart.options["beside"] in {c.name for c in chart.table.columns}


def test_of_many_losers_four_are_explained() -> None:
    states = ("USA", "JPN", "KOR", "TWN", "CHN")
    given: dict[str, float] = {ACCEPTANCE(EVERYBODY): 0.0, READINESS(EVERYBODY): 0.5}
    for k, s in enumerate(states):
        given |= terms(EVERYBODY, s, exposure=-0.1 * (k + 1)) | {CONSENT(EVERYBODY, s): 0.1}
    case = case_of(states=states)
    found = section(answered(given, case=case, study=Study(hand_world(), PLAIN))).sections[0]
    assert [w.split(" loses")[0] for w in found.says[1:]] == ["China", "Taiwan", "South Korea", "Japan"]
