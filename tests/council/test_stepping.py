"""Steps: who may do what when, what follows, and what a refusal says."""

from __future__ import annotations

import pytest
from councilrooms import Table

from foedus.council.acts import Act, Refusal, joined
from foedus.council.procedures.roster import MACHINES
from foedus.council.stepping import allowed, due, step


def test_a_text_under_silence_is_adopted_when_nobody_breaks_it() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    room.does("silence.propose", "USA", id=text, seconds=60)
    assert room.waits(30) == ["silence.place"]
    assert room.waits(59.9) == []
    assert room.waits(0.1) == ["silence.time"]
    assert room.room.texts[text].state == "adopted"
    treaty = room.room.treaties[f"{text}-a1"]
    assert (treaty.state, treaty.get("makes")) == ("agreed", "forum USA,JPN,KOR")


def test_broken_silence_says_so_at_once_and_may_be_placed_again() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    room.does("silence.propose", "USA", id=text, seconds=60)
    room.waits(30)
    assert room.refused("silence.break", "KOR", id=text).rule == "words"
    room.does("silence.break", "KOR", "Article 1 is not agreed.", id=text)
    assert room.room.texts[text].state == "open"
    assert room.room.texts[text].get("broken") == {"seat": "KOR", "by": "people"}
    room.does("silence.propose", "USA", id=text, seconds=60)
    room.waits(30)
    assert room.room.texts[text].get("placed") == 2


def test_an_offer_that_waited_for_silence_can_be_objected_to_for_its_whole_time() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    room.does("amendment.add", "KOR", "Each trades freely.", text=text)
    (offer,) = room.room.amendments
    room.does("silence.propose", "USA", id=text, seconds=60)
    room.waits(30)
    room.waits(59)
    room.does("silence.break", "KOR", "Not yet.", id=text)
    assert room.waits(59.9) == [], "it is not carried at once, though its own minute ran out under silence"
    room.does("amendment.object", "JPN", id=offer)
    assert room.room.amendments[offer].state == "bracketed"


def test_who_broke_silence_is_told_to_the_chair_alone_where_the_rule_says_so() -> None:
    room = Table(silence_names="chair")
    text = room.tables(room.at_the_table())
    room.does("silence.propose", "USA", id=text, seconds=60)
    room.waits(30)
    broken, named = room.tries("silence.break", "KOR", "No.", id=text)
    assert (broken.actor, broken.words, broken.body["set"]["broken"]) == ("somebody", None, {})
    assert (named.see, named.body["set"]["broken_by"]["seat"]) == ("seats:KOR,USA", "KOR")


def test_a_break_before_the_hour_counts_whatever_the_clock_is_at() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    room.does("silence.propose", "USA", id=text, seconds=60)
    room.waits(30)
    late = due(room.room, room.now + 60)
    room.does("silence.break", "KOR", "No.", id=text)
    refused = step(room.room, late[0], room.now + 60)
    assert isinstance(refused, Refusal)
    assert room.room.texts[text].state == "open"


def test_an_amendment_that_nobody_objects_to_makes_a_new_version() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    amendment = room.does("amendment.offer", "KOR", "Better", 1, text=text, article="a2")
    assert room.waits(60) == ["amendment.carry"]
    assert room.room.amendments[amendment].state == "carried"
    assert (room.room.texts[text].get("version"), room.room.texts[text].words["a2"]) == (2, "Better")
    stale = room.refused("amendment.offer", "USA", "Best", 1, text=text, article="a2")
    assert stale.rule == "stale"
    assert "version 2" in stale.sentence
    room.does("amendment.offer", "USA", "Another", 1, text=text, article="a1")


def test_who_has_not_answered_may_object_after_a_sponsor_has_accepted() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    amendment = room.does("amendment.offer", "KOR", "Better", 1, text=text, article="a2")
    (sponsor,) = room.room.texts[text].get("sponsors")
    room.does("amendment.accept", sponsor, id=amendment)
    room.does("amendment.object", "USA", id=amendment)
    assert room.room.amendments[amendment].state == "bracketed"
    room.does("amendment.lift", "USA", id=amendment)
    other = room.does("amendment.offer", "KOR", "Best", 2, text=text, article="a2")
    for seat in sorted({*room.room.tables[room.room.texts[text].get("table")].get("members")} - {"KOR"}):
        assert room.room.amendments[other].state == "offered", seat
        room.does("amendment.accept", seat, id=other)
    assert room.room.amendments[other].state == "carried"


def test_brackets_hold_a_text_until_those_who_hold_them_lift_them() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    amendment = room.does("amendment.offer", "KOR", "Better", 1, text=text, article="a2")
    room.does("amendment.object", "JPN", id=amendment)
    for kind in ("consensus.call", "silence.propose", "vote.open"):
        assert room.refused(kind, "USA", id=text).rule == "brackets"
    assert room.refused("amendment.lift", "USA", id=amendment).rule == "who"
    room.does("amendment.lift", "JPN", id=amendment)
    room.does("consensus.call", "USA", id=text)


def test_a_bracket_can_be_decided_by_seats_only_where_the_rule_says_so() -> None:
    held = Table()
    text = held.tables(held.at_the_table())
    amendment = held.does("amendment.offer", "KOR", "Better", 1, text=text, article="a2")
    held.does("amendment.object", "JPN", id=amendment)
    assert held.refused("amendment.decide", "USA", id=amendment).rule == "brackets"
    room = Table(brackets="majority")
    text = room.tables(room.at_the_table())
    amendment = room.does("amendment.offer", "KOR", "Better", 1, text=text, article="a2")
    room.does("amendment.object", "JPN", id=amendment)
    room.does("amendment.side", "USA", id=amendment, yes=True)
    room.does("amendment.decide", "USA", id=amendment)
    assert room.room.amendments[amendment].state == "carried"


def test_an_objection_keeps_consensus_off_and_becomes_a_concern() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    room.does("consensus.call", "USA", id=text)
    room.does("consensus.object", "KOR", "We lose by it.", id=text)
    room.waits(60)
    assert room.room.texts[text].state == "open"
    (concern,) = room.room.concerns.values()
    assert (concern.get("author"), concern.words["concern"]) == ("KOR", "We lose by it.")
    room.does("consensus.call", "USA", id=text)
    for s in ("USA", "JPN", "KOR"):
        room.does("consensus.join", s, id=text)
    room.does("consensus.rule", "USA", id=text)
    assert room.room.texts[text].state == "adopted"


def test_the_model_is_asked_for_whom_nobody_plays_before_a_text_is_adopted() -> None:
    room = Table()
    text = room.tables(room.at_the_table("USA", "JPN"))
    room.does("silence.propose", "USA", id=text, seconds=60)
    room.waits(30)
    room.waits(60)
    assert room.room.texts[text].state == "answering"
    assert room.refused("silence.keep", "model", id=text, for_="JPN").rule == "who"
    room.does("silence.keep", "model", id=text, for_="KOR", chance=0.7, draw=0.2)
    assert room.room.texts[text].state == "adopted"
    assert room.room.texts[text].get("answers")["KOR"] == {"answer": "keep", "by": "law", "chance": 0.7, "draw": 0.2}


def test_a_vote_needs_its_quota_binds_nobody_and_a_tie_fails() -> None:
    room = Table()
    table = room.at_the_table()
    bound = room.tables(table)
    assert room.refused("vote.open", "USA", id=bound).rule == "binds"
    text = room.tables(table, clause=None)
    room.does("vote.open", "USA", id=text, weights={"USA": 2, "JPN": 1, "KOR": 1})
    room.does("vote.yes", "USA", id=text)
    room.does("vote.no", "JPN", id=text)
    room.does("vote.no", "KOR", id=text)
    assert (room.room.texts[text].state, room.room.texts[text].get("passed")) == ("open", False)
    room.does("vote.open", "USA", id=text, vetoes=["JPN"])
    room.does("vote.yes", "USA", id=text)
    room.does("vote.yes", "KOR", id=text)
    room.does("vote.no", "JPN", id=text)
    assert room.room.texts[text].state == "open"


def test_secret_ballots_are_told_as_sums_alone() -> None:
    room = Table()
    text = room.tables(room.at_the_table(), clause=None)
    room.does("vote.open", "USA", id=text, secret=True)
    assert room.tries("vote.yes", "USA", id=text)[0].see == "seats:USA"
    room.does("vote.yes", "JPN", id=text)
    last = room.tries("vote.no", "KOR", id=text)[0]
    assert (last.actor, last.body["set"]["answers"]) == ("somebody", {})
    assert last.body["set"]["sums"] == {"yes": 2.0, "no": 1.0, "abstain": 0.0}


def test_a_refusal_says_what_would_be_possible_and_never_what_is_hidden() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    refused = room.refused("silence.break", "KOR", "No.", id=text)
    assert refused.sentence == "The text is open; 'break' is possible while it is silent."
    assert "silence.propose" in refused.allowed
    hidden, nothing = room.refused("text.sponsor", "CHN", id=text), room.refused("text.sponsor", "CHN", id="zzz")
    assert hidden.rule == nothing.rule == "item"
    assert hidden.sentence.replace(text, "?") == nothing.sentence.replace("zzz", "?")
    assert "Did you mean 'silence.break'" in room.refused("silence.brake", "KOR").sentence


def test_pressure_keeps_to_the_budget_and_is_laid_on_when_the_table_closes() -> None:
    room = Table()
    room.at_the_table()
    plan = room.does("pressure.plan", "CHN", target="KOR", cost=0.7)
    assert room.refused("pressure.plan", "CHN", target="JPN", cost=0.4).rule == "budget"
    room.does("pressure.withdraw", "CHN", id=plan)
    plan = room.does("pressure.plan", "CHN", target="JPN", cost=1.0)
    for verb in ("sit", "order"):
        room.does(f"room.{verb}", "facilitator")
    assert room.room.pressures[plan].state == "laid on"
    laid = next(e for e in room.log if e.kind == "pressure.laid on")
    assert laid.see == "seats:CHN,JPN"


def test_orders_that_are_not_confirmed_are_not_carried_out() -> None:
    room = Table()
    room.at_the_table()
    room.does("orders.put", "KOR", climb={"JPN": True})
    room.does("orders.put", "JPN", climb={"KOR": False})
    assert room.refused("orders.confirm", "KOR", id="KOR:2019").rule == "phase"
    for verb in ("sit", "order"):
        room.does(f"room.{verb}", "facilitator")
    room.does("orders.confirm", "KOR", id="KOR:2019")
    room.does("room.work", "facilitator")
    assert {o.id: o.state for o in room.room.orders.values()} == {
        "KOR:2019": "carried out",
        "JPN:2019": "not confirmed",
    }


def test_a_pause_stops_every_clock_and_holds_up_acts() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    room.does("silence.propose", "USA", id=text, seconds=60)
    room.waits(30)
    room.does("room.pause", "facilitator")
    assert room.waits(1000) == []
    assert room.refused("silence.break", "KOR", "No.", id=text).rule == "pause"
    room.does("room.resume", "facilitator")
    assert room.waits(59.9) == []
    assert room.waits(0.2) == ["silence.time"]


def test_the_facilitator_acts_for_a_seat_only_with_a_reason_and_a_seat_for_itself_alone() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    assert room.refused("text.sponsor", "facilitator", id=text, for_="KOR").rule == "reason"
    room.does("text.sponsor", "facilitator", "Seoul asked by hand.", id=text, for_="KOR")
    assert room.room.texts[text].get("sponsors") == ["JPN", "KOR"]
    assert room.refused("text.sponsor", "USA", id=text, for_="KOR").rule == "who"


def test_what_is_offered_is_possible() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    offers = {(o.kind, o.item) for o in allowed(room.room, "seat:JPN")}
    assert {("text.withdraw", text), ("silence.propose", text)} <= offers
    assert ("consensus.call", text) not in offers
    assert ("consensus.call", text) in {(o.kind, o.item) for o in allowed(room.room, "seat:USA")}


def test_a_seat_that_waits_holds_the_deadline_up() -> None:
    room = Table(away="wait")
    text = room.tables(room.at_the_table())
    room.does("consensus.call", "USA", id=text)
    room.does("seat.miss", "clock", id="KOR")
    assert room.waits(60) == []
    room.does("seat.return", "KOR", id="KOR")
    assert room.waits(0) == ["consensus.time"]


@pytest.mark.parametrize(
    "act",
    [
        Act("", "seat:KOR"),
        Act("text.table", "seat:KOR", {"table": 7, "articles": "x"}),
        Act("text.table", "nobody", {"table": None, "articles": []}, "\ud800"),
        Act("amendment.offer", "seat:", {"text": {}, "article": []}, "x"),
        Act("vote.open", "facilitator", {"id": ["x"]}),
        Act("orders.put", "seat:KOR", {"sign": {"x": True}, "if": {"a": "b"}}),
        Act("inject.prepare", "facilitator", {"what": "fact", "address": "a", "value": float("nan")}),
        Act("table.convene", "seat:KOR", {"members": ["KOR", "KOR"]}, joined(["x"] * 99)),
        Act("channel.open", "seat:KOR", {"kind": "bilateral", "members": ["KOR"]}),
        Act("orders.put", "facilitator", {"for": {}}, "reason"),
        Act("quarrel.offices", "model", {"for": "KOR", "id": "x"}),
    ],
)
def test_nonsense_is_refused_with_a_sentence(act: Act) -> None:
    room = Table()
    room.at_the_table()
    refused = step(room.room, act, 0.0)
    assert isinstance(refused, Refusal)
    assert refused.sentence.endswith((".", "?")) or "Known names" in refused.sentence


def test_every_machine_has_only_its_own_states() -> None:
    for machine in MACHINES.values():
        known = set(machine.states)
        for row in machine.rows:
            assert set(row.start) <= known, (machine.noun, row.verb)
            assert not row.to or row.to in known, (machine.noun, row.verb)
            assert row.says.endswith(".")


def test_silence_can_be_broken_while_the_year_is_read_and_what_the_debrief_finds_undecided_stays_open() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    for verb in ("sit", "order"):
        room.does(f"room.{verb}", "facilitator", id="room")
    room.does("silence.propose", "USA", id=text, seconds=600)
    room.waits(30)
    room.does("room.work", "facilitator", id="room")
    room.does("silence.break", "KOR", "Not while we read.", id=text)
    assert room.room.texts[text].state == "open"
    assert room.refused("silence.propose", "USA", id=text).rule == "phase", "nothing new is begun"

    other = Table()
    text = other.tables(other.at_the_table())
    other.does("silence.propose", "USA", id=text, seconds=600)
    other.waits(30)
    other.does("room.debrief", "facilitator", id="room")
    assert (other.room.texts[text].state, other.room.texts[text].until) == ("open", None)
    assert other.waits(900) == []


@pytest.mark.parametrize("articles", ["x", 3, None, [], [None] * 41, [7], ["x" * 401]])
def test_articles_that_are_none_are_refused(articles: object) -> None:
    room = Table()
    table = room.at_the_table()
    assert (
        room.refused("text.table", "USA", joined(("A pact", "They meet.")), table=table, articles=articles).rule
        == "form"
    )


def test_a_refusal_names_what_is_open_on_the_same_object_first_and_nothing_that_is_unrelated() -> None:
    room = Table()
    table = room.at_the_table()
    text = room.tables(table, "USA")
    amendment = room.does("amendment.offer", "KOR", "Otherwise", text=text, article="a1", saw=1)
    refused = room.refused("silence.break", "JPN", "No", id=text)
    assert refused.rule == "state"
    nouns = [k.partition(".")[0] for k in refused.allowed]
    assert "amendment" in nouns, "what belongs to the text can be answered"
    assert not {"channel", "quarrel", "concern", "orders"} & set(nouns)
    on_it = {o.kind for o in allowed(room.room, "seat:JPN") if o.item == text}
    assert set(refused.allowed[: len(on_it)]) == on_it, "what is open on the text itself stands first"
    room.does("channel.open", "USA", members=["KOR"])
    hidden = next(iter(room.room.channels))
    assert (
        room.refused("channel.say", "JPN", "x", id=hidden).allowed
        == room.refused("channel.say", "JPN", "x", id="no").allowed
    )
    assert room.room.amendments[amendment].state == "offered"


def test_a_withdrawn_text_may_be_taken_over_by_any_member_and_one_that_another_has_amended_is_not_withdrawn() -> None:
    room = Table()
    text = room.tables(room.at_the_table(), by="JPN")
    assert room.refused("text.withdraw", "USA", id=text).rule == "who"
    room.does("text.withdraw", "JPN", id=text)
    assert room.refused("text.take", "AUS", id=text).rule == "item", "who is not at the table knows of no such text"
    room.does("text.take", "USA", id=text)
    assert (room.room.texts[text].state, room.room.texts[text].get("sponsors")) == ("open", ["USA"])
    room.does("amendment.offer", "KOR", "Other words", saw=1, text=text, article="a2")
    room.waits(60.0)
    assert room.refused("text.withdraw", "USA", id=text).sentence.startswith("An amendment of KOR is carried")
