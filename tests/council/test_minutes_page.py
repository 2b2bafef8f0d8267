"""The page of the minutes has the words of the file, as its reader may read them, with every amendment of a text below it."""

from __future__ import annotations

import rooms
from councilrooms import Table
from served_place import Place

from foedus.council.acts import FACILITATOR, Act, Viewer
from foedus.council.minute_book import minutes
from foedus.council.minutes_page import _inline


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
