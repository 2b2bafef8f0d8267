"""The reasons of those who say no: in the talk, in the console's log and beside the text, for all who may read it."""

from __future__ import annotations

from councilrooms import Table

from foedus.council.acts import Viewer
from foedus.council.console_sheet import _tail
from foedus.council.room_sheet import on_paper
from foedus.council.sheets import part
from foedus.council.sight import readable, seen_by
from foedus.council.sights import Sight
from foedus.council.store.chain import sealed
from foedus.council.tableside import Reader
from foedus.council.talk import talk


def reader(room: Table, seat: str = "") -> Reader:
    viewer = Viewer("seat", seat) if seat else Viewer("facilitator")
    events = [sealed(e, b"", branch=1, seq=k, now=0.0) for k, e in enumerate(readable(room.log, viewer), 1)]
    return Reader(Sight(viewer, seen_by(room.form, room.log, viewer), events, len(events)), 0.0)


def paper(room: Table, seat: str, text: str) -> str:
    r = reader(room, seat)
    return part("_room.html", "paper", on_paper(r, r.room.texts[text])["paper"])


def broken(**rules: str) -> tuple[Table, str, str]:
    room = Table(silence_seconds=60, proposed_seconds=5, **rules)
    table = room.at_the_table()
    text = room.tables(table)
    room.does("silence.propose", "USA", id=text)
    room.waits(6)
    room.does("silence.break", "KOR", "A word on Seoul", id=text)
    return room, table, text


def test_why_silence_was_broken_stands_in_the_talk_in_the_log_and_beside_the_text() -> None:
    room, table, text = broken()
    line = "South Korea broke silence on “Title”: it is not adopted: “A word on Seoul”"
    for seat in ("USA", "JPN", "KOR"):
        assert line in [x["words"] for x in talk(reader(room, seat), table)]
        assert '<b>South Korea</b> broke silence: <span class="words">“A word on Seoul”</span>' in paper(
            room, seat, text
        )
    assert line in [x["words"] for x in _tail(reader(room))]


def test_a_reason_that_names_nobody_is_the_chairs_where_the_room_keeps_names() -> None:
    room, table, text = broken(silence_names="chair")
    assert "A word on Seoul" not in paper(room, "JPN", text)
    assert "A word on Seoul" not in str(talk(reader(room, "JPN"), table))
    assert "A word on Seoul" in paper(room, "USA", text)
    assert "A word on Seoul" in str(talk(reader(room, "USA"), table))


def test_why_an_amendment_is_objected_to_stands_at_its_bracket_and_in_the_talk() -> None:
    room = Table()
    table = room.at_the_table()
    text = room.tables(table)
    offered = room.does("amendment.offer", "KOR", "Other words", text=text, article="a1")
    room.does("amendment.object", "USA", "It binds us twice", id=offered)
    for seat in ("USA", "JPN", "KOR"):
        assert '<b>The United States</b> objected: <span class="words">“It binds us twice”' in paper(room, seat, text)
        assert [
            x for x in talk(reader(room, seat), table) if x["words"].endswith("square brackets: “It binds us twice”")
        ]
