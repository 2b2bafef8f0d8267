"""A body by hand: the numbers of the question that everybody asks, exchanges as they are worked out one by one, and sentences."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

import foedus
from foedus.asking.bodies import draft
from foedus.draws.sampling import design
from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import body
from foedus.questions.body_by_hand import (
    RULES,
    best_near,
    best_of,
    best_said,
    by_hand,
    fine,
    in_words,
    members_of,
    rule_of,
    said,
    section,
    weighing,
)
from foedus.questions.findings import HIGH, LOW
from foedus.questions.in_draws import Size
from foedus.questions.who_blocks import TERM, about_body, acceptance, consent, gain
from foedus.simulation.formation import candidates
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.prose import country

TASK = foedus.Ask("asia-1953", draws=0).task()
STUDY = TASK.study()
ORDER = candidates(STUDY.world)


def test_it_says_what_the_question_who_blocks_says() -> None:
    found = by_hand(TASK, STUDY, ["KOR", "Japan"])
    same = body(found.members)
    assert found.members == ("USA", "JPN", "KOR")
    assert found.agree == acceptance(STUDY, same)
    assert found.gains == {s: gain(STUDY, s, same) for s in STUDY.world.states}
    assert found.consents == {s: consent(STUDY, s, same) for s in found.members}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_who_would_join_is_the_body_with_him(rule: str) -> None:
    found = by_hand(TASK, STUDY, ["KOR", "JPN"], rule)
    for state, chance in found.joined.items():
        larger = body([s for s in ORDER if s in {*found.members, state}], RULES[rule])
        assert chance == pytest.approx(acceptance(STUDY, larger), rel=1e-9)


def test_no_single_exchange_is_better_than_the_best() -> None:
    found = by_hand(TASK, STUDY, ["KOR", "JPN", "AUS"])
    assert found.best is not None
    bodies = [({*found.members} - {m}) | {s} for m in found.members[1:] for s in found.joined]
    bodies += [{*found.members} | {s} for s in found.joined] + [{*found.members} - {m} for m in found.members[1:]]
    best = max(acceptance(STUDY, body([s for s in ORDER if s in b])) for b in bodies)
    assert found.best.agree == pytest.approx(best, rel=1e-9)
    after = by_hand(TASK, STUDY, ({*found.members} - {found.best.out}) | ({found.best.into} - {""}))
    assert after.agree == pytest.approx(best, rel=1e-9)
    assert fine(best) in in_words(found.best)


def test_where_it_is_best_to_take_one_out_the_best_exchange_is_said_too_and_what_weighs_with_whom() -> None:
    task = foedus.Ask("indo-pacific-2020", draws=0).task()
    study = task.study()
    found = by_hand(task, study, ["USA", "JPN", "AUS", "IND"])
    assert found.best is not None
    assert found.swap is not None
    assert (found.best.into, found.swap.out, found.swap.into) == ("", "AUS", "NZL")
    best = acceptance(study, body(("USA", "JPN", "NZL", "IND")))
    assert found.swap.agree == pytest.approx(best, rel=1e-9)
    assert said(found)[2].startswith(f"With New Zealand in the place of Australia: {fine(best)}.")
    about = about_body(study, "", body(found.members))
    weight = min(about[TERM("", "AUS", c)] for c in COMPONENTS)
    assert found.weighs["AUS"][1] == weight < found.gains["AUS"] < 0
    assert f"with Australia fear of reprisals (−{-weight:.2f} % of GDP a year)" in weighing(found)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_the_likeliest_of_a_size_is_that_of_all_of_them_one_by_one(rule: str) -> None:
    hub, *others = ORDER
    alone = {m: acceptance(STUDY, body((hub, *m), RULES[rule])) for m in itertools.combinations(others, 3)}
    found = best_of(STUDY, 4, rule)
    assert found.drafts == len(alone)
    assert found.members == (hub, *max(alone, key=lambda m: alone[m]))
    assert found.agree == pytest.approx(max(alone.values()), rel=1e-9)
    assert best_of(STUDY, 4, rule, found.drafts - 1).members == ()
    assert [b.size for b in best_near(STUDY, 3, rule)] == [3, 4], "none of two, which is a treaty"
    assert "this is the likeliest" in best_said(found.members[::-1], [found])
    assert fine(found.agree) in best_said(("USA", "JPN", "KOR", "THA"), [found])


def test_the_band_is_that_of_the_same_body_in_every_draw() -> None:
    varied = foedus.Ask("asia-1953", draws=20).task(varied=True)
    found = section(varied, ["GBR", "FRA"], size=Size(20, 1))
    rows = design(varied.varied, 20, 1)
    chances = [acceptance(varied.study(row), body(("USA", "GBR", "FRA"))) for row in rows]
    low, high = (fine(float(v)) for v in np.quantile(chances, [LOW, HIGH]))
    assert f"({low} to {high})" in found.says[0]
    assert all(row["gain_low"] < row["gain"] < row["gain_high"] for row in found.tables[0] if row["member"])


@pytest.mark.parametrize("losing", range(1, 6))
def test_all_who_would_lose_are_named_or_counted(losing: int) -> None:
    found = by_hand(TASK, STUDY, ["KOR", "JPN", "AUS", "NZL"])
    gains = {s: -1.0 if k < losing else 1.0 for k, s in enumerate(found.members)}
    told = said(replace(found, gains={**found.gains, **gains}))[1].partition(" would lose")[0]
    names = [country(s) for s in found.members[:losing]]
    others = [w for w in ("2 others",) if w in told]
    assert len([n for n in names if n in told]) + 2 * len(others) == losing


def test_it_is_told_in_four_sentences_and_a_table() -> None:
    found = section(TASK, ["KOR", "JPN"])
    assert found.title == "A body of 3, decided by consensus"
    assert found.says[:3] == said(by_hand(TASK, STUDY, ["KOR", "JPN"]))
    assert found.says[3] == best_said(("USA", "JPN", "KOR"), best_near(STUDY, 3))
    members = [row for row in found.tables[0] if row["member"]]
    assert [row["state"] for row in members] == sorted(
        ["USA", "JPN", "KOR"], key=lambda s: by_hand(TASK, STUDY, ["KOR", "JPN"]).gains[s]
    )


@pytest.mark.parametrize(
    ("members", "rule", "says"),
    [
        (["JPN", "KRO"], "consensus", "there is no such state in 'asia-1953'"),
        (["JPN"], "consensus", "a body has at least 3 members, and here are 2. Name the hub and at least two others"),
        ([], "consensus", "a body has at least 3 members, and here are 1"),
        (["JPN", "KOR"], "council", "no body decides like that. Known names: consensus, hub"),
    ],
)
def test_what_is_wrong_is_said(members: list[str], rule: str, says: str) -> None:
    with pytest.raises(FoedusError) as caught:
        by_hand(TASK, STUDY, members, rule)
    assert says in str(caught.value)


def test_a_state_that_the_hub_does_not_recognise_is_no_member() -> None:
    task = foedus.Ask("indo-pacific-2020", draws=0).task()
    with pytest.raises(FoedusError) as caught:
        members_of(task, ["Taiwan", "JPN"], candidates(task.study().world))
    assert "United States does not recognise Taiwan" in str(caught.value)


def test_small_chances_have_a_digit_more() -> None:
    assert [fine(p) for p in (0.0, 0.0001, 0.0241, 0.12, 1.0)] == ["0 %", "<0.1 %", "2.4 %", "12 %", "100 %"]
    assert rule_of("hub") is RULES["hub"]


def test_it_is_asked_in_python_as_on_the_command_line() -> None:
    assert draft("asia-1953", ["JPN", "KOR"], draws=0).tables[0].rows == section(TASK, ["KOR", "JPN"]).tables[0].rows
