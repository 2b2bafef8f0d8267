"""What has become of an adopted text: signed, waiting for somebody, left again; and nothing that its reader may not read."""

from __future__ import annotations

from test_adjudicate import FORM, adopted, at_the_table, done, ordered

from foedus.council.acts import Viewer
from foedus.council.plain_words import called_in, headline
from foedus.council.sight import seen_by
from foedus.council.sights import Sight
from foedus.council.tableside import Reader, head_of
from foedus.council.telling import event_told
from foedus.council.text_fates import SIGNED_LATER, fate
from foedus.council.told_of_rooms import lines_of

THREE = ("USA", "JPN", "KOR")


def test_an_adopted_text_says_by_whom_it_was_signed_or_whom_it_waits_for() -> None:
    play = at_the_table(*THREE)
    forum = adopted(play, "form forum USA,JPN,KOR", [*THREE])
    body = adopted(play, "form body USA,JPN,KOR rule consensus", [*THREE])
    texts = {name: play.room.texts[name.removesuffix("-a1")] for name in (forum, body)}
    assert {fate(play.room, t) for t in texts.values()} == {SIGNED_LATER}
    sign = {s: {"sign": {forum: True, body: s != "KOR"}} for s in THREE}
    ordered(play, sign)
    for viewer in (Viewer("facilitator"), Viewer("seat", "KOR"), Viewer("seat", "CHN")):
        room = seen_by(FORM, play.log, viewer)
        said = {k: fate(room, room.texts[t.id]) for k, t in texts.items()}
        assert said[forum] == "Signed in 2019 by the United States, Japan and South Korea; in force since."
        assert said[body] == "Not in force: South Korea did not sign in 2019; it still can, in the orders."
    head = head_of(Reader(Sight(Viewer("facilitator"), play.room, (), 0), 0.0), texts[forum])
    assert head["soft"].startswith("By silence. Signed in 2019 by")
    play.leads("room.next")
    ordered(play, {"JPN": {"leave": {"forum USA,JPN,KOR": True}}})
    assert fate(play.room, texts[forum]).endswith("in force no more, since 2020.")
    play.leads("room.debrief")
    assert "lapsed with the room" in fate(play.room, texts[body])


def test_a_text_of_two_clauses_says_what_became_of_each_and_words_alone_bind_nobody() -> None:
    play = at_the_table(*THREE)
    table = done(play, "table.convene", "USA", "Council", members=[*THREE], chair="USA")
    clauses = ["treaty JPN,KOR", "form forum USA,JPN,KOR"]
    text = done(play, "text.table", "USA", "Both\fOne\fTwo", table=table, articles=clauses)
    for _ in range(2):
        done(play, "silence.propose", "USA", id=text, seconds=60)
        play.waits(30)
        done(play, "silence.break", "KOR", "Not yet.", id=text)
    done(play, "silence.propose", "USA", id=text, seconds=60)
    reader = Reader(Sight(Viewer("facilitator"), play.room, (), 0), 0.0)
    assert head_of(reader, play.room.texts[text])["soft"].endswith("It has been under silence two times before.")
    play.waits(30)
    play.waits(60)
    no = {s: {f"{text}-a1": False} for s in ("JPN", "KOR")}
    ordered(play, {s: {"sign": {f"{text}-a2": True, **no.get(s, {})}} for s in THREE})
    said = fate(play.room, play.room.texts[text])
    assert said.startswith("First clause: not in force: Japan and South Korea did not sign in 2019")
    assert "Second clause: signed in 2019 by" in said


def test_a_treaty_that_a_body_of_the_same_year_absorbs_has_ended_and_its_text_says_what_stands_in_its_place() -> None:
    play = at_the_table(*THREE)
    treaty = adopted(play, "treaty JPN,KOR depth 0.4", ["JPN", "KOR"])
    body = adopted(play, "form body USA,JPN,KOR rule consensus", [*THREE])
    ordered(play, {s: {"sign": {body: True, **({treaty: True} if s != "USA" else {})}} for s in THREE})
    assert "body consensus USA,JPN,KOR" in play.room.in_force
    assert not [k for k in play.room.in_force if k.startswith("treaty JPN,KOR")]
    assert play.room.treaties[treaty].state == "ended"
    said = fate(play.room, play.room.texts[treaty.removesuffix("-a1")])
    assert said.startswith("Signed in 2019 by Japan and South Korea; the council of the United States, Japan")
    assert said.endswith("stands in its place.")
    last = next(one for one in reversed(play.log) if one.kind == "treaty.ended")
    assert event_told(last, play.room).startswith(
        "Taken up by the council of the United States, Japan and South Korea: "
    )
    year = list(play.room.years.values())[-1]
    head = headline(lines_of(year), called_in(play.room))
    assert "Japan and South Korea sign a light treaty, which the council of the United States, Japan" in head
