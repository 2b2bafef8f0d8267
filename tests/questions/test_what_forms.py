"""What forms: chances of all outcomes of a year sum to one, a body is either kind, and drafts are told by member."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from foedus.model.architecture import Architecture, bilateral, body, forum
from foedus.questions.study import Study
from foedus.questions.what_forms import (
    ACCEPTED,
    BODY,
    CHANCE,
    DRAFTED,
    FORM_LABELS,
    OUTCOMES,
    body_band,
    chance_of,
    drafts,
    forms_table,
    members_of_draft,
    menu_table,
    section,
    what_forms,
)
from foedus.simulation.formation import Form, Formation, Option
from questions.asked import PLAIN, answered, hand_world

OLD = Architecture((bilateral("USA", "JPN", name="An old pact"),))


def round_of(study: Study, *ends: tuple[Form, Architecture, float, float]) -> Study:
    """Return a study whose round ends as it is said: form, architecture, acceptance, probability."""
    before = study.world.in_force
    options = []
    for form, architecture, accepted, chance in ends:
        new = (
            next((m for m in architecture if m not in before), None) if form not in (Form.IN_FORCE, Form.STAR) else None
        )
        options.append(Option(form, study.appraiser.appraise(architecture, before), new, accepted, chance))
    study.__dict__["formation"] = Formation(before, study.appraiser.appraise(before, before), tuple(options))
    return study


def made() -> Study:
    council, talks = body(("USA", "KOR", "JPN")), forum(("USA", "KOR"))
    return round_of(
        Study(hand_world(in_force=OLD), PLAIN),
        (Form.IN_FORCE, OLD, 1.0, 0.5),
        (Form.FORUM, OLD.having(talks), 0.4, 0.2),
        (Form.COUNCIL, OLD.having(council), 0.25, 0.3),
    )


def test_every_outcome_has_its_chance_and_a_body_is_of_either_rule() -> None:
    found = what_forms(made())
    assert {f: found[CHANCE(f)] for f in Form} == {
        Form.IN_FORCE: 0.5,
        Form.STAR: 0.0,
        Form.FORUM: 0.2,
        Form.COUNCIL: 0.3,
        Form.HUB_LED: 0.0,
    }
    assert found[CHANCE(BODY)] == 0.3
    assert found[ACCEPTED(Form.COUNCIL)] == 0.25
    assert ACCEPTED(Form.IN_FORCE) not in found  # what needs no consent
    assert [found[DRAFTED(Form.FORUM, s)] for s in ("USA", "JPN", "KOR", "TWN")] == [1.0, 0.0, 1.0, 0.0]


def test_of_a_real_round_the_chances_sum_to_one() -> None:
    found = what_forms(Study(hand_world(recognised=np.ones(4)), PLAIN))
    assert sum(found[CHANCE(f)] for f in Form) == pytest.approx(1.0)
    assert found[CHANCE(BODY)] == pytest.approx(found[CHANCE(Form.COUNCIL)] + found[CHANCE(Form.HUB_LED)])


def test_claims_ask_in_their_words() -> None:
    study = made()
    assert chance_of(study, "a body") == 0.3
    assert chance_of(study, "a forum") == 0.2
    assert chance_of(study, "what is in force") == 0.5
    assert chance_of(study, "new bilateral treaties") == 0.0
    assert set(OUTCOMES.values()) == set(FORM_LABELS)


def answers() -> dict[str, float]:
    return what_forms(made())


def test_who_is_in_a_draft_in_the_order_of_the_case() -> None:
    found = answered(answers())
    assert members_of_draft(found, Form.COUNCIL) == ["USA", "JPN", "KOR"]
    assert members_of_draft(found, Form.FORUM) == ["USA", "KOR"]
    assert members_of_draft(found, Form.HUB_LED) == []


def test_the_table_has_every_outcome_and_that_any_body_forms_last() -> None:
    found = forms_table(answered(answers(), {CHANCE(BODY): [0.1, 0.2, 0.3]}))
    assert found.column("form") == (*Form, BODY)
    assert found.column("label")[-1] == "A multilateral body"
    assert found.column("default") == (0.5, 0.0, 0.2, 0.3, 0.0, 0.3)
    assert found.column("median") == (None,) * 5 + (pytest.approx(0.2),)
    assert body_band(answered(answers(), {CHANCE(BODY): [0.1, 0.2, 0.3]})).median == pytest.approx(0.2)


def test_the_menu_has_a_row_for_every_institution_of_every_architecture() -> None:
    found = list(menu_table(answered(answers(), study=made())))
    assert [(r["form"], r["kind"], r["members"], r["name"]) for r in found] == [
        ("in force", "BT", "USA JPN", "An old pact"),
        ("star + forum", "BT", "USA JPN", "An old pact"),
        ("star + forum", "FO", "USA KOR", ""),
        ("body, council", "MT", "USA KOR JPN", ""),  # the body takes the treaty in
    ]
    assert [(r["probability"], r["acceptance"], r["depth"]) for r in found[1:]] == [
        (0.2, 0.4, 1.0),
        (0.2, 0.4, PLAIN["forum_depth"]),
        (0.3, 0.25, 1.0),
    ]


def test_drafts_in_words_are_new_bodies_and_forums_not_those_on_record() -> None:
    assert drafts(answered(answers(), study=made())) == (
        "A forum is added: the United States and South Korea (all agree with 40 %).",
        "A body with a council: the United States, South Korea and Japan (all agree with 25 %).",
    )
    old = Architecture((body(("USA", "JPN"), name="On record"), forum(("USA", "KOR"), name="Talks")))
    quiet = round_of(Study(hand_world(in_force=old), PLAIN), (Form.IN_FORCE, old, 1.0, 1.0))
    assert drafts(answered(what_forms(quiet), study=quiet)) == ("Nothing beyond the star is worth drafting.",)


def test_the_section_shows_what_can_happen_and_keeps_every_number() -> None:
    drawn = {CHANCE(f): [0.0, 0.0] for f in (*Form, BODY)} | {CHANCE(Form.STAR): [0.0, 0.1], CHANCE(BODY): [0.3, 0.2]}
    found = section(answered(answers(), drawn, study=made()))
    strip, networks = found.charts
    # new treaties form in some draws, a hub-led body in none
    assert strip.table.column("form") == ("in force", "star", "star + forum", "body, council", "body")
    assert strip.options["draws"]["New bilateral treaties"] == [0.0, 0.1]
    assert len(found.table("forms")) == 6
    assert networks.options == {"hub": "USA", "states": ["USA", "JPN", "KOR", "TWN"]}
    assert networks.table is found.table("menu")
    assert found.notes == drafts(answered(answers(), study=made()))
    names = {c.name for c in strip.table.columns}
    assert {strip.x, strip.y, strip.low, strip.high, strip.colour, strip.options["median"]} <= names


def test_without_draws_only_what_can_form_with_the_values_in_use_is_shown() -> None:
    found = section(answered(answers(), study=made()))
    assert found.charts[0].table.column("form") == ("in force", "star + forum", "body, council", "body")
    assert dataclasses.replace(found).key == "forms"
