"""The page of the minutes has the words of the file, as its reader may read them, with every amendment of a text below it."""

from __future__ import annotations

import rooms
from councilrooms import Table
from served_place import Place

from foedus.council.acts import FACILITATOR, Act, Viewer
from foedus.council.minute_book import minutes
from foedus.council.minutes_page import _inline, in_common


def test_a_page_of_minutes_is_filtered_for_who_reads_and_says_nothing_but_what_was_written(place: Place) -> None:
    actor = place.hall.actor
    private = {"members": ["USA", "GBR", "FRA"], "chair": "USA", "public": False}
    table = rooms.done(actor, Act("table.convene", FACILITATOR, private, "Talks")).events[0].event.body["id"]
    rooms.done(actor, rooms.text(str(table), "A <b>pact</b>", "They *consult*.", key="t"))
    text = next(iter(place.hall.room.texts))
    offered = rooms.by("GBR", "amendment.offer", "They meet.", text=text, article="a1")
    mine = rooms.done(actor, offered).events[0].event.body["id"]
    rooms.done(actor, rooms.by("FRA", "amendment.object", "Too little.", id=mine))
    page = place.get("USA", "/minutes").text
    assert "A &lt;b&gt;pact&lt;/b&gt; (open)" in page
    assert "They *consult*." in page
    assert "The United Kingdom on article 1 (in square brackets; objected: France): “They meet.”" in page
    assert f'<a href="/r/small/USA?text={text}&amp;version=1">version 1</a>' in page
    for who, path in (("RUS", "/minutes"), ("observer", "/minutes"), ("facilitator", "/minutes?as=public")):
        told = place.get(who, path).text
        assert "They meet." not in told
        assert "Who came and went" in told
    assert "They meet." in place.get("facilitator", "/minutes").text
    apart = Act("channel.open", "seat:USA", {"members": ["GBR"], "kind": "bilateral"}, "Apart", person=1)
    talk = rooms.done(actor, apart).events[0].event.body["id"]
    rooms.done(actor, rooms.by("USA", "channel.say", "Between us two", id=talk))
    at_the_table = place.get("facilitator", f"/minutes?as=table:{table}").text
    assert "As all members of “Talks” may read them" in at_the_table
    assert "The United Kingdom on article 1 (in square brackets; objected: France): “They meet.”" in at_the_table
    assert "Between us two" not in at_the_table, "no talk of two of them"
    assert "Between us two" in place.get("facilitator", "/minutes?as=USA").text
    assert f"as=table%3A{table}" in place.get("facilitator", "/minutes").text
    assert place.get("GBR", f"/minutes?as=table:{table}").status_code == 403
    assert place.get("facilitator", f"/minutes?as=table:{place.table}").status_code == 404, "all read that one"
    assert place.get("USA", "/minutes?as=GBR").status_code == 403
    assert place.get("facilitator", "/minutes?as=XXX").status_code == 404


def test_who_may_not_read_amendments_is_told_how_often_an_adopted_text_was_changed() -> None:
    room = Table(amendment_seconds=5, consensus_seconds=20)
    text = room.tables(room.at_the_table(), clause=None)
    room.does("amendment.offer", "KOR", "Better words", text=text, article="a1")
    room.waits(6)
    room.does("room.sit", "facilitator")
    room.does("consensus.call", "USA", id=text)
    while room.room.texts[text].state == "called":
        room.waits(1)
    assert room.room.texts[text].state == "adopted"
    members, public = (minutes(room.form, room.log, v) for v in (Viewer("seat", "USA"), Viewer("observer")))
    assert "   - South Korea on article 1 (carried): “Better words”" in members
    assert "South Korea on" not in public
    assert "   - It was changed once at the table; by whom, and how, is its members’ own." in public


def test_letters_that_stand_for_themselves_and_clauses_are_read() -> None:
    line = r"A \*b\* \<i\> *[founds \[x\]]* & ([version 2](replay.html#text-ab-2))"
    assert str(_inline(line, "/r/x/USA")) == (
        'A *b* &lt;i&gt; <em>[founds [x]]</em> &amp; (<a href="/r/x/USA?text=ab&amp;version=2">version 2</a>)'
    )


def test_what_members_have_in_common_holds_what_who_was_invited_later_was_shown() -> None:
    room = Table()
    table = room.at_the_table()
    text = room.tables(table, clause=None)
    room.does("table.say", "KOR", "Among the three", id=table)
    room.does("table.invite", "USA", id=table, members=["AUS"])
    room.does("table.say", "KOR", "Among the four", id=table)
    found = in_common(room.log, room.room.tables[table].get("members"))
    told = minutes(room.form, found, Viewer("observer"))
    assert "### Title (open)" in told
    assert "1. First" in told
    assert "Among the four" in told
    assert "Among the three" not in told, "what was said before is not for who came later"
    assert {e.body["id"] for e in found if e.kind == "text.shown"} == {text}
