"""The answer: the first screen in plain words, honest where draws disagree, and every number behind it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from foedus.casebook.case import MapView
from foedus.draws.contract import Draws
from foedus.draws.sampling import Uncertainty
from foedus.mechanisms import COMPONENTS
from foedus.model.parameters import Parameters
from foedus.questions import answer
from foedus.questions.answer import (
    MANY,
    certainty,
    changed_words,
    headline,
    likeliest,
    made_with,
    record_of,
    settled,
    who,
)
from foedus.questions.assessment import assessed
from foedus.questions.findings import Assessment
from foedus.questions.listing import ASSESSED
from foedus.questions.study import EVERYBODY
from foedus.questions.task import Task
from foedus.questions.what_forms import BODY, CHANCE, DECADE, comes_about
from foedus.questions.who_blocks import CONSENT, GAIN, TERM
from foedus.simulation.formation import Form
from foedus.vocabulary.record import Section
from questions.asked import PLAIN, answered, case_of, small_case


def chance(default: float, *drawn: float) -> Assessment:
    return answered({CHANCE(BODY): default}, {CHANCE(BODY): list(drawn)} if drawn else None)


def odds(year: float, decade: float, *drawn: float) -> Assessment:
    """Return an assessment with the odds of a body in one and in ten years; over 21 draws of the latter, as given, half as much in one."""
    drawn = drawn if len(drawn) < 2 else tuple(np.quantile(drawn, np.linspace(0.0, 1.0, 21)).tolist())
    drawn_too = {CHANCE(BODY): [v / 2 for v in drawn], DECADE(): list(drawn)} if drawn else None
    return answered({CHANCE(BODY): year, DECADE(): decade}, drawn_too)


def test_without_draws_the_headline_has_the_odds_of_one_year_and_of_ten() -> None:
    assert headline(odds(0.3, 0.4)) == (
        "A multilateral body is about as likely as not to form with the values in use: 40 % in 10 years, 30 % in one."
    )
    assert headline(odds(0.0, 0.0)).startswith(
        "A multilateral body almost certainly does not form with the values in use: 0 %"
    )


def test_the_headline_says_whether_the_judged_numbers_settle_it() -> None:
    settled = headline(odds(0.3, 0.4, 0.34, 0.4, 0.46))
    assert settled.endswith("40 % in 10 years (35 % to 45 % across draws), 30 % in one.")
    assert headline(odds(0.3, 0.4, 0.01, 0.4, 0.96)) == (
        "The judged numbers do not settle whether a multilateral body forms: 40 % in 10 years "
        "(5 % to 90 % across draws), 30 % in one."
    )
    four = {CHANCE(BODY): [0.1, 0.2, 0.3, 0.4], DECADE(): [0.1, 0.2, 0.5, 0.9]}
    assert headline(answered({CHANCE(BODY): 0.3, DECADE(): 0.4}, four)).endswith(
        "40 % in 10 years, 30 % in one; 4 draws are too few to say how sure that is."
    )
    # one draw has no band, and words of the default do not stand alone where the draws go two words beyond them
    assert headline(odds(0.3, 0.4, 0.9)).endswith("30 % in one; one draw is too few to say how sure that is.")
    assert headline(odds(0.001, 0.005, 0.0, 0.005, 0.3)) == (
        "A multilateral body is very unlikely to form with the values in use: <1 % in 10 years "
        "(<1 % to 27 % across draws), <1 % in one."
    )
    # one end beyond its mark is not enough
    assert "do not settle" not in headline(odds(0.3, 0.4, 0.2, 0.4, 0.96))
    assert "do not settle" not in headline(odds(0.01, 0.1, 0.01, 0.1, 0.3))


def test_odds_of_ten_years_are_those_of_a_body_that_waits_on_the_table() -> None:
    known = Parameters()
    by_hand = 1.0
    for waited in range(10):
        by_hand *= 1.0 - 0.6 * known["table_memory"] / (known["table_memory"] + waited)
    assert comes_about(0.6, 10, known) == pytest.approx(1.0 - by_hand)
    anew = known.under({"agenda": "every-year"})
    assert comes_about(0.6, 10, anew) == pytest.approx(1.0 - 0.4**10)


def blocked(**gains: float) -> Assessment:
    given: dict[str, float] = {}
    for s, g in gains.items():
        given |= {TERM(EVERYBODY, s, c): 0.0 for c in COMPONENTS}
        given |= {GAIN(EVERYBODY, s): g, CONSENT(EVERYBODY, s): 0.5, TERM(EVERYBODY, s, "exposure"): g}
    return answered(given, case=case_of(states=("USA", "JPN", "KOR", "TWN", "CHN")))


def test_who_would_lose_and_most_through_what() -> None:
    assert who(blocked(USA=0.1, JPN=0.0)) == "Nobody would lose by a council of all."
    assert who(blocked(USA=0.1, JPN=-0.1)) == "Japan would lose by a council of all, most through fear of reprisals."
    assert who(blocked(USA=-0.1, JPN=-0.2, KOR=-0.3)) == (
        "South Korea, Japan and the United States would lose by a council of all, most through fear of reprisals."
    )
    assert who(blocked(USA=-0.1, JPN=-0.2, KOR=-0.3, TWN=-0.4, CHN=-0.5)) == (
        "China, Taiwan and 3 more would lose by a council of all: China and Taiwan most through fear of reprisals."
    )


def test_everybody_who_is_named_loses_by_a_term_of_its_own() -> None:
    found = blocked(USA=-0.1, JPN=-0.2)
    default = {**found.default, TERM(EVERYBODY, "USA", "dispute"): -0.35}
    assert who(replace(found, default=default)) == (
        "Japan and the United States would lose by a council of all: Japan most through fear of reprisals, the United "
        "States through quarrels among members."
    )
    both = {**default, TERM(EVERYBODY, "JPN", "dispute"): -0.25}
    assert who(replace(found, default=both)).endswith("a council of all, most through quarrels among members.")


def test_certainty_is_counted_in_draws() -> None:
    assert certainty(chance(0.1)) == "No ensemble was run, so nothing is said about certainty."
    twenty = [0.05] * 5 + [0.1] * 5 + [0.5] * 6 + [0.6] * 4
    assert certainty(chance(0.1, *twenty)) == ("Of 20 draws, 25 % have it below one in ten a year, 20 % above even.")
    assert certainty(chance(0.1, *twenty[1:])).endswith("above even. So few draws tell little.")


def test_the_likeliest_outcome_of_a_year() -> None:
    chances = {CHANCE(f): 0.1 for f in Form} | {CHANCE(Form.FORUM): 0.6}
    assert likeliest(answered(chances)) == "The likeliest outcome of a year: a forum is added (60 %)."


def test_what_it_was_made_with_and_changed_by_hand() -> None:
    found = chance(0.1, 0.1)
    made = made_with(found)
    assert {k: made[k] for k in ("seed", "draws", "case")} == {"seed": 1, "draws": 1, "case": "small"}
    assert made["case_hash"] == small_case().sha256[:16]
    assert not {"without", "calibration"} & set(made)
    assert "loss_at_stake=0" in made["changes"]  # parameters are changes as facts are
    plain = replace(found, task=replace(found.task, parameters=Parameters()))
    assert changed_words(plain) == ()
    assert "loss at stake = 0 (range 1 to 15)" in changed_words(found)[1]  # all terms are off in this world
    found = plain
    overrides = {("trade", "JPN", "CHN"): 0.02, ("gdp", "JPN", None): 5000.0}
    other = replace(found, task=replace(found.task, without=("fee", "autonomy"), overrides=overrides))
    assert made_with(other)["changes"] == "trade.JPN.CHN=0.02 gdp.JPN=5000"
    assert changed_words(other) == ("Changed by hand: without fee, autonomy; trade.JPN.CHN=0.02 gdp.JPN=5000.",)
    alone = replace(found, task=replace(found.task, without=("fee",)))
    assert changed_words(alone) == ("Changed by hand: without fee.",)


def test_the_map_shows_the_view_of_the_case_or_its_states() -> None:
    plain = answer.map_chart(small_case())
    assert (plain.options["centre"], plain.options["span"]) == (None, None)
    view = answer.map_chart(case_of(map_view=MapView((120.0, 20.0), 90.0)))
    assert (view.options["centre"], view.options["span"]) == ((120.0, 20.0), 90.0)
    assert view.options["states"] == ["USA", "JPN", "KOR", "TWN"]
    assert view.options["as_of"] == "2000-06-01"


def test_every_number_of_a_case_with_its_source_or_judgement() -> None:
    case = small_case()
    rows = list(answer.inputs_table(case))
    assert len(rows) == len(case.facts)
    judged = next(r for r in rows if r["quantity"] == "sovereignty" and r["state"] == "JPN")
    assert (judged["value"], judged["low"], judged["high"]) == (0.5, 0.3, 0.8)
    assert judged["judged"] == "An alliance runs part of its command"
    institutions = list(answer.institutions_table(case))
    assert [(r["id"], r["members"], r["source"]) for r in institutions] == [
        ("USJPN", "USA JPN", "book"),
        ("TRA", "USA TWN", "book"),
    ]
    assert all(t.quiet for t in (answer.inputs_table(case), answer.institutions_table(case), answer.events_table(case)))


def test_columns_of_long_texts_go_before_what_a_row_is_about() -> None:
    for found in (answer.inputs_table(small_case()), answer.institutions_table(small_case())):
        drops = {c.name: c.drop for c in found.columns}
        assert all(drops.get(k, 0) == 0 for k in ("quantity", "state", "value", "name", "kind", "members"))
        assert drops["note"] > drops["source"] > 0 or drops["outside"] == max(drops.values())
        optional = [d for d in drops.values() if d]
        assert len(optional) >= 6


def test_every_draw_is_a_row_with_what_was_drawn_and_what_came_out() -> None:
    base = answered({})
    keys = (CHANCE(Form.STAR), "forms|star||acceptance", CHANCE(BODY), "other|x||probability")
    values = np.array([[0.1, 9.0, 0.2, 9.0], [0.3, 9.0, 0.4, 9.0]])
    task = replace(base.task, varied=(Uncertainty("treaty_fee", "treaty_fee", 0, 1, 2),))
    found = answer.draws_table(Assessment(task, 1, np.array([[7.0], [8.0]]), {}, Draws(keys, values), record_of))
    assert [c.name for c in found.columns] == ["draw", "treaty_fee", CHANCE(Form.STAR), CHANCE(BODY)]
    assert found.rows == ((0, 7.0, 0.1, 0.2), (1, 8.0, 0.3, 0.4))


def test_notes_of_the_case_stand_with_the_limits_paragraph_by_paragraph() -> None:
    found = answer.limits(case_of(notes="One.\n\nTwo.\n\n"), {})
    assert found.folded
    assert found.sections[0].says == ("One.", "Two.")
    assert found.sections[0].folded
    assert answer.limits(case_of(notes=""), {}).sections == ()
    assert found.says == answer.assumptions({})
    assert found.says[: len(answer.ASSUMPTIONS)] == answer.ASSUMPTIONS
    anew = answer.assumptions({"holding": "inertia"})
    assert any("decided anew" in words for words in anew)
    assert not any("decided anew" in words for words in found.says)


def test_an_assessment_is_one_record_in_the_order_of_its_questions() -> None:
    task = Task(small_case(), PLAIN, {}, (), (), ASSESSED)
    found = assessed(task, 0, 3)
    more = Section("more", "More")
    told = record_of(found, [more])
    keys = [s.key for s in told.sections]
    assert keys[0] == "today"
    assert keys[1:3] == ["forms", "blocks"]
    assert keys[-4:] == ["change", "more", "limits", "inputs"]
    assert told.says == (headline(found), who(found), certainty(found))
    assert told.kicker == "as of 2000-06-01 · 0 draws"
    assert [s.key for s in told.sources] == ["book"]
    assert told.sources[0].url.startswith("https://")
    assert found.seed == 3
    assert told.section("inputs").folded
    change = told.section("change").tables[0]
    assert change.rows[0][2] == found.value(CHANCE(BODY))
    assert len(told.section("inputs").tables) == 5


def test_a_band_that_more_draws_would_settle_is_said_to_be_open() -> None:
    spread = np.linspace(0.0, 1.0, 100).tolist()
    assert settled(chance(0.05, *spread)) == (
        "More draws would settle the upper end of the band of a body's chance, which lies between 92 % and 100 % a year.",
    )
    assert settled(chance(0.05, *([0.2] * 100))) == ()
    assert settled(chance(0.05, *spread[: MANY - 1])) == ()
