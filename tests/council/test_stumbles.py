"""What a first exercise stumbled over: presses that lead nowhere, sentences that say too much, words cut in the middle."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from councilrooms import Table
from served_place import Place

from foedus.council.act_forms import act_form
from foedus.council.acts import Viewer
from foedus.council.council_app import parts_of
from foedus.council.debrief_sheet import silence_said
from foedus.council.feeds import Feeds
from foedus.council.fold import folded_all, opened
from foedus.council.links import Session
from foedus.council.orders_sheet import decided
from foedus.council.plain_words import in_short
from foedus.council.room_form import form_of
from foedus.council.sensible import sensible
from foedus.council.setting_up import asked_for, drawn_up
from foedus.council.sights import Sight
from foedus.council.stepping import allowed
from foedus.council.tableside import Reader, articles
from foedus.council.voices import Silences


def offered(room: Table, who: str) -> set[str]:
    seat = None if who == "facilitator" else who
    return {o.kind for o in sensible(room.room, seat, allowed(room.room, f"seat:{seat}" if seat else who))}


def test_the_facilitator_is_not_offered_a_seat_that_only_its_people_can_answer_for() -> None:
    room = Table()
    room.at_the_table("USA", "JPN")
    assert "seat.take" not in offered(room, "facilitator")
    empty = [o.item for o in sensible(room.room, None, allowed(room.room, "facilitator")) if o.kind == "seat.hand"]
    assert empty == ["USA", "JPN"], "the model plays for the others already"


def test_nothing_is_adopted_before_the_table_is_open_but_in_rooms_whose_form_does_not_say_so() -> None:
    new, old = Table(adoption="table"), Table()
    for room in (new, old):
        text = room.tables(room.at_the_table())
        assert ("silence.propose" in offered(room, "USA")) is (room is old)
        if room is new:
            for kind in ("silence.propose", "consensus.call"):
                assert "once the table is open; the room is in opening" in room.refused(kind, "USA", id=text).sentence
            room.does("room.sit", "facilitator")
        room.does("silence.propose", "USA", id=text)
    kept = form_of(json.loads(json.dumps(old.form.to_dict())))
    assert "adoption" not in old.form.to_dict()["rules"], "it is kept in the same bytes as before"
    assert folded_all(opened(kept), old.log).texts[text].state == "proposed"
    assert {drawn_up({"case": "europe-1949"}).rules.adoption, asked_for("washington-1949").rules.adoption} == {"table"}


def test_a_seat_at_no_table_is_offered_nothing_of_it_and_told_of_no_silence() -> None:
    room = Table()
    table = room.at_the_table()
    room.does("room.sit", "facilitator")
    room.tables(table)
    assert not {"text.table", "amendment.offer", "concern.raise"} & offered(room, "CHN")
    assert "amendment.offer" in offered(room, "KOR")
    none = Silences(0, 0, 0)
    assert silence_said(none, every=False) == "Nothing that you may read was placed under silence."
    watched = silence_said(none, every=False, sits=False, public=["“A pact”"])
    assert watched.startswith("Silence adopted “A pact”. What else ")
    assert "Nothing" not in silence_said(
        none, every=False, sits=False
    )  # who watches reads of no table: it is not said that nothing was


def test_words_are_cut_behind_a_word_and_say_so() -> None:
    assert in_short("Bases in  the\nnorth", 40) == "Bases in the north"
    assert in_short("Bases in the northern sea", 15) == "Bases in the…"
    assert in_short("Unpronounceable", 8) == "Unprono…"


def test_who_may_join_a_channel_still_is_told_without_loading_the_page_anew(place: Place) -> None:
    place.post("USA", {"kind": "channel.open", "members": "GBR", "words": "Two", "key": "a"})
    name = next(iter(place.hall.room.channels))
    session = place.hall.links.session(place.secrets["USA"])
    assert session is not None

    def told() -> str:
        return parts_of(place.hall, session.viewer, "room")[f"readers-{name}"]

    assert f'data-part="readers-{name}"' in place.get("USA", f"?channel={name}").text
    assert "may join" in told()
    place.post("GBR", {"kind": "channel.accept", "id": name, "key": "b"})
    assert "may join" not in told()


def test_a_refusal_names_nothing_that_is_unrelated_and_a_text_is_withdrawn_after_one_question() -> None:
    room = Table()
    text = room.tables(room.at_the_table(), "USA")
    refused = room.refused("consensus.join", "USA", id=text)
    assert refused.allowed[0] == "consensus.call"
    assert {k.partition(".")[0] for k in refused.allowed} == {"text", "amendment", "silence", "consensus"}
    assert set(refused.allowed[-2:]) == {"text.table", "text.withdraw"}, "what takes something away stands last"
    assert room.refused("pressure.plan", "KOR", target="AUS", cost=1.0).allowed == ()
    offer = next(o for o in allowed(room.room, "seat:USA") if o.kind == "text.withdraw")
    assert act_form(offer, room.room).twice


def test_an_added_article_is_one_of_its_own_and_nothing_is_left_of_it_where_it_falls() -> None:
    room = Table()
    text = room.tables(room.at_the_table(), "USA")

    def shown() -> list[dict[str, Any]]:
        return articles(Reader(Sight(Viewer("seat", "USA"), room.room, (), 0), room.now), room.room.texts[text])

    one = room.does("amendment.add", "KOR", "They meet yearly.", text=text)
    assert [a["number"] for a in shown()] == [1, 2, 3]
    assert [o["words"] for o in shown()[2]["offered"]] == ["They meet yearly."]
    offers = {o.kind: act_form(o, room.room).label for o in allowed(room.room, "seat:JPN") if o.item == one}
    assert offers["amendment.accept"] == "Accept what South Korea offers for article 3"
    room.waits(61)
    assert [a["id"] for a in room.room.texts[text].get("articles")] == ["a1", "a2", "a3"]
    assert (room.room.texts[text].words["a3"], room.room.texts[text].get("version")) == ("They meet yearly.", 2)
    two = room.does("amendment.add", "KOR", "In Seoul.", text=text, clause="treaty JPN,KOR depth 0.4")
    room.does("amendment.object", "JPN", "Not there.", id=two)
    assert (shown()[3]["against"], shown()[3]["pieces"]) == ("Japan", [("", "No such article.")])
    assert room.refused("silence.propose", "USA", id=text).rule == "brackets"
    room.does("amendment.offer", "USA", "In Honolulu.", text=text, article="a4")
    room.does("amendment.withdraw", "KOR", id=two)
    assert [a["id"] for a in room.room.texts[text].get("articles")] == ["a1", "a2", "a3"]
    assert room.waits(120) == [], "what was offered to it fell with it"
    three = room.does("amendment.add", "KOR", "In Geneva.", text=text)
    room.does("amendment.object", "JPN", "Dear.", id=three)
    room.does("amendment.lift", "JPN", id=three)
    assert [p for a in room.room.texts[text].get("articles") for p in [room.room.texts[text].words[a["id"]]]][
        -1
    ] == "In Geneva."
    assert not any(a["brackets"] for a in room.room.texts[text].get("articles"))


def test_closed_orders_show_what_was_decided_and_not_what_was_left_out() -> None:
    room = Table()
    room.at_the_table()
    room.does("orders.put", "JPN", climb={"KOR": True}, leave={})
    room.does("room.sit", "facilitator")
    room.does("room.order", "facilitator")
    room.does("orders.confirm", "JPN", id="JPN:2019")
    room.does("room.work", "facilitator")
    item = room.room.orders["JPN:2019"]
    reader = Reader(Sight(Viewer("seat", "JPN"), room.room, (), 0), 0.0)
    assert decided(reader, item.data) == [{"words": "Climb a rung against South Korea", "said": "yes"}]


def test_who_joins_a_channel_is_led_to_its_talk(place: Place) -> None:
    place.post("USA", {"kind": "channel.open", "members": "GBR", "words": "Two", "key": "a"})
    name = next(iter(place.hall.room.channels))
    kind = {"kind": "channel.accept", "id": name, "key": "b"}
    answer = place.post("GBR", kind, json=True)
    assert answer.json()["back"].endswith(f"/GBR?channel={name}#channels")


def test_who_opens_a_channel_is_led_into_it_with_and_without_script(place: Place) -> None:
    opens = {"kind": ["channel.open", ""], "members": ["GBR"], "words": "Two"}
    answer = place.post("USA", {**opens, "key": "a"}).json()
    name = next(iter(place.hall.room.channels))
    assert answer["back"] == f"/r/small/USA?channel={name}#channels"
    assert place.post("USA", {**opens, "key": "a"}).json()["back"] == answer["back"], "a repeated post goes there too"
    there = place.post("USA", {**opens, "key": "b"}, json=False).headers["location"]
    assert there.startswith("/r/small/USA?channel=")
    assert name not in there
    desk = {"kind": ["channel.open", ""], "members": ["GBR", "FRA"], "words": "Desk", "key": "c"}
    assert "back" not in place.post("facilitator", desk).json(), "who leads stays at the console"


def test_the_console_calls_people_by_their_name_or_by_whose_they_are(place: Place) -> None:
    links = place.hall.links
    links.give("seat", "GBR", "Ana")
    links.give("seat", "GBR")
    said = place.get("facilitator", "/console").text
    assert "person 1" not in said
    assert "somebody of the United Kingdom (1), Ana, somebody of the United Kingdom (2)" in said
    assert "Take back the link of somebody of France" in said
    assert "an observer" in said
    assert "(observer)" not in said


def test_streams_end_by_themselves_with_the_server_and_take_no_link_back(place: Place) -> None:
    link = next(x for x in place.hall.links.all() if x.seat == "GBR")

    async def told() -> list[bytes]:
        feeds = Feeds(place.hall, lambda viewer, page: {})
        found = []
        async with feeds.running(), asyncio.timeout(20):
            async for one in feeds.stream(Session(link, ""), "room", ""):
                found.append(one)
                if b"event: parts" in one:
                    feeds.end()
        return found

    assert b"shut" not in b"".join(asyncio.run(told()))
