"""Adjudication: a room without people is the simulation; people override the law, and it is said who decided."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from councilrooms import stored

from foedus.asking.ask import Ask
from foedus.asking.through_years import Years, planned
from foedus.council.acts import Act, No, Refusal, Viewer, joined
from foedus.council.adjudicate import Adjudicator
from foedus.council.council_year import course_of, lived_years
from foedus.council.exercises import read_exercise
from foedus.council.fold import Room, folded_all, opened
from foedus.council.playing import Play, by_the_model, played_again
from foedus.council.procedures.treaty import LIGHT
from foedus.council.room_form import RoomForm, Rules
from foedus.council.seats import Moves, institution_named, moves_from, moves_of, name_of
from foedus.council.sight import seen_by
from foedus.council.stepping import step
from foedus.council.store.chain import canonical
from foedus.council.year_events import by_term, line
from foedus.model.parameters import Parameters
from foedus.simulation.formation import star
from foedus.simulation.trajectory import YearRecord
from foedus.years.runs import rows_of

STATES = ("USA", "JPN", "KOR", "TWN", "AUS", "NZL", "PHL", "THA", "IND", "VNM", "SGP", "IDN", "MYS")
FORM = RoomForm("indo-pacific-2020@2019", 2019, 2020, STATES, ("CHN", "PRK"), "USA", ("USA", "JPN", "KOR", "CHN"))


def bytes_of(record: YearRecord) -> tuple[Any, ...]:
    worth = record.lived.components.tobytes()
    return (record.year, record.world.digest(), worth, record.blocker, [line(e) for e in record.events])


@pytest.mark.parametrize(("case", "first", "last"), [("indo-pacific-2020", 2018, 2020), ("atlantic-2020", 2014, 2015)])
@pytest.mark.parametrize("runs", [0, 5])
def test_a_room_without_people_is_the_simulation_byte_for_byte(case: str, first: int, last: int, runs: int) -> None:
    asked = Ask(case, seed=3)
    task = planned(asked, Years(first, last, max(runs, 1), fixed=runs == 0))
    for run in range(0, max(runs, 3), 2):
        simulated = task.told(rows_of(task, max(runs, run + 1))[run])
        form = RoomForm(
            f"{case}@{first}", first, last, STATES[:2], ("CHN",), "USA", ("USA",), seed=3, run=run, runs=runs
        )
        mine = lived_years(form, [Moves()] * (last - first + 1))
        assert [bytes_of(x.record) for x in mine] == [bytes_of(r) for r in simulated]


@pytest.fixture(scope="module")
def empty() -> Play:
    return by_the_model(FORM)


def test_a_room_that_nobody_enters_runs_to_its_debrief_and_tells_the_years_of_the_simulation(empty: Play) -> None:
    assert empty.room.phase == "debrief"
    years = lived_years(FORM, [Moves(), Moves()])
    for year, lived in zip((2019, 2020), years, strict=True):
        assert empty.room.years[str(year)].get("happened") == [line(e) for e in lived.record.events]
    assert empty.room.in_force == tuple(name_of(m) for m in years[-1].record.world.in_force)


def test_a_log_played_again_is_the_same_room_and_a_changed_one_is_found_out(empty: Play) -> None:
    room, differs = played_again(FORM, empty.log)
    assert (room, differs) == (empty.room, ())
    other = [
        replace(e, body={**e.body, "set": {**e.body["set"], "happened": []}}) if e.kind == "year.worked out" else e
        for e in empty.log
    ]
    assert len(played_again(FORM, other)[1]) == 2


def at_the_table(*taken: str, form: RoomForm = FORM) -> Play:
    play = Play(form)
    play.leads("room.open")
    for s in taken:
        play.does(Act("seat.take", f"seat:{s}", {"id": s}))
    play.leads("room.begin")
    return play


def done(play: Play, kind: str, by: str, words: str | None = None, **body: Any) -> str:
    found = play.does(
        Act(
            kind,
            f"seat:{by}" if by.isupper() else by,
            {k.rstrip("_"): v for k, v in body.items()},
            words,
            key=str(len(play.log)),
        )
    )
    assert not isinstance(found, Refusal), found
    return str(found[0].body["id"])


def adopted(play: Play, clause: str, members: list[str]) -> str:
    table = done(play, "table.convene", members[0], "Council", members=members, chair=members[0])
    text = done(play, "text.table", members[0], joined(["A text", "One"]), table=table, articles=[clause])
    done(play, "silence.propose", members[0], id=text, seconds=60)
    play.waits(30)
    play.waits(60)
    assert play.room.texts[text].state == "adopted"
    return f"{text}-a1"


def ordered(play: Play, orders: dict[str, dict[str, Any]]) -> None:
    play.leads("room.sit")
    play.leads("room.order")
    year = play.room.year
    for seat, given in orders.items():
        done(play, "orders.put", seat, **given)
        done(play, "orders.confirm", seat, id=f"{seat}:{year}")
    play.leads("room.work")


def test_what_all_sign_is_in_force_and_who_decided_stands_beside_what_the_law_would() -> None:
    play = at_the_table("USA", "JPN", "KOR")
    treaty = adopted(play, "form forum USA,JPN,KOR", ["USA", "JPN", "KOR"])
    ordered(play, {s: {"sign": {treaty: True}} for s in ("USA", "JPN", "KOR")})
    assert play.room.phase == "reading"
    assert play.room.treaties[treaty].state == "in force"
    assert "forum USA,JPN,KOR" in play.room.in_force
    (formed,) = [
        e for e in play.room.years["2019"].get("happened") if e["key"] == "forum USA,JPN,KOR" and e["what"] == "formed"
    ]
    assert formed["by"] == "people"
    assert [(a["state"], a["yes"], a["by"]) for a in formed["answers"]] == [
        (s, True, "people") for s in ("USA", "JPN", "KOR")
    ]
    assert all(0 < a["chance"] < 1 and 0 <= a["draw"] < 1 for a in formed["answers"])


def test_nobody_is_bound_who_did_not_sign() -> None:
    play = at_the_table("USA", "JPN", "KOR")
    treaty = adopted(play, "form body USA,JPN,KOR rule consensus", ["USA", "JPN", "KOR"])
    ordered(play, {s: {"sign": {treaty: True}} for s in ("USA", "JPN")})
    assert play.room.treaties[treaty].state == "refused"
    assert "body consensus USA,JPN,KOR" not in play.room.in_force


def test_a_signature_that_hangs_on_another_falls_with_it() -> None:
    play = at_the_table("USA", "JPN", "KOR")
    one = adopted(play, "form forum USA,JPN,KOR", ["USA", "JPN", "KOR"])
    two = adopted(play, "treaty JPN,KOR depth 0.3", ["JPN", "KOR"])
    given = {"USA": {"sign": {one: True}}, "JPN": {"sign": {one: True, two: True}}, "KOR": {"sign": {one: True}}}
    given["JPN"]["if"] = {one: two}
    ordered(play, given)
    assert (play.room.treaties[one].state, play.room.treaties[two].state) == ("refused", "refused")


def test_people_leave_by_order_and_by_notice_and_stay_otherwise() -> None:
    play = at_the_table("USA", "KOR")
    assert "treaty USA,KOR" in play.room.in_force
    notice = done(play, "withdrawal.notice", "KOR", of="treaty USA,KOR", months=6)
    ordered(play, {})
    assert "treaty USA,KOR" not in play.room.in_force
    assert play.room.all("withdrawal")[notice].state == "left"
    left = [e for e in play.room.years["2019"].get("happened") if e["what"] == "leaves"]
    assert [(e["actor"], e["by"]) for e in left if e["actor"] in ("USA", "KOR")] == [("KOR", "people")]


def test_a_settled_quarrel_has_no_third_rung() -> None:
    play = at_the_table("USA", "JPN", "KOR")
    quarrel = "JPN-KOR"
    done(play, "quarrel.raise", "KOR", "The ruling of the court stands.", id=quarrel)
    done(play, "quarrel.answer", "JPN", "Three licences are withdrawn.", id=quarrel)
    done(play, "quarrel.offices", "USA", id=quarrel)
    (mediation,) = play.room.mediations
    for s in ("JPN", "KOR"):
        done(play, "mediation.accept", s, id=mediation)
    done(play, "mediation.propose", "USA", "Stand still for a year.", id=mediation)
    for s in ("JPN", "KOR"):
        done(play, "mediation.agree", s, id=mediation)
    refused = play.does(Act("quarrel.go", "seat:KOR", {"id": quarrel}, "We end the agreement."))
    assert isinstance(refused, Refusal)
    assert refused.rule == "brokered"
    ordered(play, {"KOR": {"climb": {"JPN": True}}})
    rungs = [
        (e["what"], e["actor"], e["by"])
        for e in play.room.years["2019"].get("happened")
        if {e["actor"], e["other"]} == {"JPN", "KOR"} and e["what"] != "quarrel flares"
    ]
    assert rungs == [
        ("raises the quarrel", "KOR", "people"),
        ("answers in kind", "JPN", "people"),
        ("defused by a broker", "KOR", "people"),
    ]


def test_pressure_that_people_plan_falls_on_whom_it_names_within_what_can_be_inflicted() -> None:
    play = at_the_table("USA", "JPN", "KOR", "CHN")
    treaty = adopted(play, "form body USA,JPN,KOR rule consensus", ["USA", "JPN", "KOR"])
    done(play, "pressure.plan", "CHN", target="KOR", cost=0.9)
    ordered(play, {s: {"sign": {treaty: True}} for s in ("USA", "JPN", "KOR")})
    pressed = [e for e in play.room.years["2019"].get("private").values() if e["what"] == "presses"]
    assert seen_by(FORM, play.log, Viewer("seat", "KOR")).years["2019"].get("private")
    assert not seen_by(FORM, play.log, Viewer("seat", "JPN")).years["2019"].get("private")
    assert [(e["actor"], e["other"], e["by"]) for e in pressed] == [("CHN", "KOR", "people")]
    assert pressed[0]["size"] > 0
    assert play.room.treaties[treaty].state == "in force"


def test_a_treaty_negotiated_in_private_and_refused_is_known_to_its_parties_alone() -> None:
    play = at_the_table("USA", "JPN", "KOR")
    treaty = done(play, "treaty.draft", "JPN", clause="treaty JPN,KOR depth 0.5")
    for s in ("JPN", "KOR"):
        done(play, "treaty.initial", s, id=treaty)
    ordered(play, {"JPN": {"sign": {treaty: True}}})
    assert play.room.treaties[treaty].state == "refused"
    others = seen_by(FORM, play.log, Viewer("seat", "USA"))
    assert "depth 0.5" not in repr(others)
    assert treaty not in repr(others)
    assert "depth 0.5" in repr(seen_by(FORM, play.log, Viewer("seat", "KOR")).years["2019"].get("private"))


def test_a_treaty_of_two_is_drafted_with_a_state_that_is_chosen_light_or_full() -> None:
    play = at_the_table("USA", "JPN", "KOR")
    drafts = [done(play, "treaty.draft", "JPN", **{"with": "KOR", "light": light}) for light in (True, False)]
    assert [play.room.treaties[d].get("makes") for d in drafts] == [f"treaty JPN,KOR depth {LIGHT:g}", "treaty JPN,KOR"]
    assert Parameters()["light_depth"] == LIGHT
    for wrong, words in (
        ({"with": "KOR", "clause": "treaty JPN,KOR"}, "not both"),
        ({"with": "JPN"}, "with another state"),
        ({"with": "CHN"}, "adversary"),
        ({}, "Choose the state"),
    ):
        refused = play.does(Act("treaty.draft", "seat:JPN", wrong))
        assert isinstance(refused, Refusal)
        assert words in refused.sentence


def test_two_years_with_people_are_worked_out_again_from_their_log() -> None:
    play = at_the_table("USA", "JPN", "KOR", "CHN")
    treaty = adopted(play, "form forum USA,JPN,KOR", ["USA", "JPN", "KOR"])
    notice = done(play, "withdrawal.notice", "KOR", of="treaty USA,KOR")
    ordered(play, {s: {"sign": {treaty: True}} for s in ("USA", "JPN")})
    assert play.room.treaties[treaty].state == "refused"
    assert "treaty USA,KOR" in play.room.in_force
    play.leads("room.next")
    assert (play.room.year, play.room.years["2020"].state) == (2020, "opened")
    ordered(play, {s: {"sign": {treaty: True}} for s in ("USA", "JPN", "KOR")})
    assert play.room.treaties[treaty].state == "in force"
    assert play.room.all("withdrawal")[notice].state == "left"
    assert "treaty USA,KOR" not in play.room.in_force
    assert set(play.room.years["2020"].get("seats")["KOR"]) >= {"now", "nothing", "last"}
    room, differs = played_again(FORM, stored(play.log))
    assert differs == ()
    assert room.in_force == play.room.in_force
    assert {t.id: t.state for t in room.treaties.values()} == {t.id: t.state for t in play.room.treaties.values()}


def test_a_seat_that_nobody_plays_signs_by_the_same_draw_as_it_answers_at_the_table() -> None:
    for run in range(12):
        play = at_the_table("USA", "JPN", form=replace(FORM, run=run))
        table = done(play, "table.convene", "USA", "Council", members=["USA", "JPN", "KOR"], chair="USA")
        text = done(
            play,
            "text.table",
            "USA",
            joined(["A", "One"]),
            table=table,
            articles=["form body USA,JPN,KOR rule consensus"],
        )
        done(play, "consensus.call", "USA", id=text)
        play.waits(60)
        answer = play.room.texts[text].get("answers")["KOR"]
        assert (answer["answer"] == "join") == (play.room.texts[text].state == "adopted")
        assert answer["by"] == "law"
        if play.room.texts[text].state == "open":
            (concern,) = play.room.concerns.values()
            assert "South Korea would agree with a chance of" in concern.words["concern"]


def test_a_seat_reads_its_own_terms_alone_until_all_are_told() -> None:
    play = at_the_table("USA", "JPN", "KOR")
    ordered(play, {})
    mine = seen_by(FORM, play.log, Viewer("seat", "KOR")).years["2019"].get("seats")
    assert set(mine) == {"KOR"}
    assert set(mine["KOR"]) == {"before", "now", "nothing"} or set(mine["KOR"]) == {"now", "nothing"}
    play.waits(Rules().own_first_seconds)
    assert set(STATES) <= set(seen_by(FORM, play.log, Viewer("seat", "KOR")).years["2019"].get("seats"))


def test_injected_facts_count_and_what_the_case_has_no_place_for_is_said() -> None:
    facts = lived_years(FORM, [Moves(facts={"KOR.free_force": 0.9, "KOR.colour": 1.0})])[0]
    k = facts.record.world.index("KOR")
    assert facts.record.world.free_force[k] == 0.9
    assert len(facts.unread) == 1
    assert "colour" in facts.unread[0]
    shock = lived_years(FORM, [Moves(shocks=(("JPN", "KOR"),), leaders=("AUS",))])[0]
    assert [(e.happening.value, e.actor) for e in shock.opening.events if e.seated] == [
        ("new leader", "AUS"),
        ("quarrel flares", "JPN"),
    ]


def test_the_worth_of_a_clause_is_that_of_the_appraisal() -> None:
    play = at_the_table("USA", "JPN", "KOR")
    worth = play.model.worth(play.room, "form body USA,JPN,KOR rule consensus", "KOR")
    moment = play.model.moment(play.room)
    before = moment.world.in_force
    without = star(moment.appraiser)
    after = without.having(institution_named("body consensus USA,JPN,KOR"))
    k = moment.world.index("KOR")
    terms = moment.appraiser.appraise(after, before).components - moment.appraiser.appraise(without, before).components
    assert np.allclose(list(worth.terms.values()), terms[:, k], atol=1e-6)
    assert worth.chance is not None
    assert worth.total < 0
    assert play.model.worth(play.room, "form body USA,JPN,KOR rule consensus", "AUS").chance is None
    with pytest.raises(No):
        play.model.worth(play.room, "mediate JPN,KOR by USA", "KOR")


def test_a_case_without_yearly_data_is_played_with_its_facts_held() -> None:
    form = RoomForm("europe-1949", 1949, 1950, ("USA", "GBR"), ("RUS",), "USA", ("USA",))
    assert course_of(form).case(1950).name == "europe-1949"
    years = lived_years(form, [Moves(), Moves()])
    assert [y.record.year for y in years] == [1949, 1950]


def test_moves_are_kept_as_plain_data_and_read_back() -> None:
    play = at_the_table("USA", "JPN", "KOR", "CHN")
    treaty = adopted(play, "form forum USA,JPN,KOR", ["USA", "JPN", "KOR"])
    done(play, "pressure.plan", "CHN", target="KOR", cost=0.5)
    play.leads("room.sit")
    play.leads("room.order")
    done(play, "orders.put", "KOR", sign={treaty: True})
    done(play, "orders.confirm", "KOR", id="KOR:2019")
    moves = moves_of(play.room)
    assert moves_from(moves.to_dict()) == moves
    assert moves.pressure == {"CHN": {"KOR": 0.5}}
    assert moves.decides("KOR", "sign", treaty) is True


def test_what_injects_bring_is_in_the_moves_of_the_year() -> None:
    play = at_the_table("USA", "JPN", "KOR", "CHN")
    done(play, "inject.prepare", "facilitator", "They flare.", what="shock", states=["JPN", "KOR"])
    done(play, "inject.prepare", "facilitator", "A new one.", what="leader", states=["AUS"])
    done(play, "inject.prepare", "facilitator", "Judged.", what="fact", address="KOR.free_force", value=0.9)
    unfired = moves_of(play.room)
    assert (unfired.shocks, unfired.leaders, unfired.facts) == ((), (), {})
    for inject in play.room.all("inject"):
        done(play, "inject.fire", "facilitator", id=inject)
    moves = moves_of(play.room)
    assert (moves.shocks, moves.leaders, moves.facts) == ((("JPN", "KOR"),), ("AUS",), {"KOR.free_force": 0.9})


def test_the_model_answers_nothing_while_nobody_asks() -> None:
    room: Room = Play(FORM).room
    model = Adjudicator(FORM)
    assert (model.answers(room), model.year(room)) == ((), None)
    assert isinstance(step(room, Act("room.work", "facilitator", {"id": "room"}), 0.0), Refusal)


def test_no_clause_lets_anybody_into_what_an_adversary_or_a_stranger_is_in() -> None:
    """Where nothing is in force yet, a clause cannot be held against a list of what is."""
    play = at_the_table("USA", "JPN", form=replace(FORM, blank_slate=True))
    table = done(play, "table.convene", "USA", "Council", members=["USA", "JPN"], chair="USA")
    for clause, sentence in (("USA,JPN,CHN", "CHN is an adversary"), ("USA,JPN,XXX", "XXX")):
        act = Act(
            "text.table",
            "seat:USA",
            {"table": table, "articles": [f"admit KOR to forum {clause}"]},
            joined(["A text", "One"]),
        )
        found = play.does(act)
        assert isinstance(found, Refusal)
        assert sentence in found.sentence


@pytest.mark.parametrize("name", ["japan-korea-2019", "quad-taiwan-2020"])
def test_two_years_of_an_exercise_with_the_model_in_every_seat_are_those_of_the_simulation(name: str) -> None:
    """By the whole way, from the doors to the debrief: what happened, what each seat gained, and what is in force."""
    form = read_exercise(name, "180").room
    room = by_the_model(form).room
    task = planned(Ask(form.case.partition("@")[0], seed=form.seed), Years(form.first, form.last, 1, fixed=True))
    records = task.told(rows_of(task, 1)[0])
    assert [r.year for r in records] == [form.first, form.first + 1] == [int(y) for y in room.years]
    for record, year in zip(records, room.years.values(), strict=True):
        assert year.get("happened") == [line(e) for e in record.events]
        now = {s: by_term(record.lived.components[:, record.world.index(s)]) for s in record.world.states}
        assert canonical({s: t["now"] for s, t in year.get("seats").items()}) == canonical(now)
    assert room.in_force == tuple(name_of(m) for m in records[-1].world.in_force)


def test_what_a_year_leaves_open_is_there_in_the_next_and_quarrels_begin_anew() -> None:
    play = at_the_table("USA", "JPN", "KOR", "CHN")
    table = done(play, "table.convene", "USA", "Council", members=["USA", "JPN", "KOR"], chair="USA")
    text = done(play, "text.table", "USA", joined(["A text", "One"]), table=table, articles=[None])
    concern = done(play, "concern.raise", "KOR", "The list.", table=table)
    done(play, "quarrel.raise", "KOR", "The ruling stands.", id="JPN-KOR")
    done(play, "pressure.plan", "CHN", target="KOR", cost=0.9)
    done(play, "inject.prepare", "facilitator", "Judged", what="fact", address="KOR.free_force", value=0.9)
    (inject,) = play.room.all("inject")
    done(play, "inject.fire", "facilitator", id=inject)
    ordered(play, {})
    play.leads("room.next")
    room = play.room
    assert (room.texts[text].state, room.concerns[concern].state) == ("open", "noted")
    assert room.quarrels["JPN-KOR"].state == "quiet"
    assert {p.state for p in room.pressures.values()} == {"over"}
    done(play, "pressure.plan", "CHN", target="KOR", cost=0.9)
    moment = play.model.moment(play.room)
    assert moment.year == 2020
    assert moment.world.free_force[moment.world.index("KOR")] == 0.9, "what was judged counts from its year on"


def test_a_notice_calls_the_table_of_its_members_and_can_be_suspended_and_taken_up_again() -> None:
    play = at_the_table("USA", "KOR", form=replace(FORM, rules=Rules(exits="people")))
    table = done(play, "table.convene", "USA", "Council", members=["USA", "JPN", "KOR"], chair="USA")
    key = "treaty USA,KOR"
    notice = done(play, "withdrawal.notice", "KOR", of=key, months=6)
    (concern,) = play.room.concerns.values()
    assert (concern.state, concern.get("table"), concern.get("about")) == ("on the agenda", table, ["USA"])
    assert concern.words["concern"] == "Notice to leave the treaty of United States and South Korea."
    done(play, "withdrawal.suspend", "KOR", id=notice)
    refused = play.does(Act("withdrawal.notice", "seat:KOR", {"of": key}))
    assert isinstance(refused, Refusal)
    ordered(play, {})
    assert (play.room.all("withdrawal")[notice].state, key in play.room.in_force) == ("suspended", True)
    play.leads("room.next")
    done(play, "withdrawal.resume", "KOR", id=notice)
    done(play, "seat.hand", "KOR", id="KOR")
    ordered(play, {})
    told = play.room.all("withdrawal")[notice].state
    assert (told, key in play.room.in_force) == ("void", True), (
        "whom the model plays stays where the law's exits are off"
    )


def test_confirmed_orders_bind_though_their_seat_is_away_when_the_year_is_worked_out() -> None:
    play = at_the_table("JPN", "KOR")
    treaty = adopted(play, "treaty JPN,KOR depth 0.4", ["JPN", "KOR"])
    play.leads("room.sit")
    play.leads("room.order")
    for seat in ("JPN", "KOR"):
        done(play, "orders.put", seat, sign={treaty: True})
        done(play, "orders.confirm", seat, id=f"{seat}:2019")
        done(play, "seat.miss", "clock", id=seat)
    play.leads("room.work")
    assert "treaty JPN,KOR depth 0.4" in play.room.in_force
    (signed,) = [
        h
        for h in play.room.years["2019"].get("happened")
        if h["key"] == "treaty JPN,KOR depth 0.4" and h["what"] == "formed"
    ]
    assert {a["by"] for a in signed["answers"]} == {"people"}
    assert played_again(play.form, stored(play.log))[1] == ()
    bare = [
        replace(e, body={k: v for k, v in e.body.items() if k != "set"}) if e.kind == "orders.carried out" else e
        for e in play.log
    ]
    before = folded_all(opened(play.form), bare)
    assert moves_of(before).played == (), "a log from before is read as it was: the law decided for who was away"
