"""Who joins a channel later reads from then on; what was said before only when all have agreed who were there, and never more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from councilrooms import Table
from served_place import Place

from foedus.council.acts import Viewer
from foedus.council.council_app import parts_of
from foedus.council.sight import readable, seen_by
from foedus.council.sights import Sight
from foedus.council.store.chain import sealed
from foedus.council.tableside import Reader
from foedus.council.talk import channels, talk


def joined_late(**rules: Any) -> tuple[Table, str]:
    """Return a room with a channel of two, in which a third joined after something was said."""
    room = Table(**rules)
    room.at_the_table("USA", "JPN", "KOR", "CHN")
    channel = room.does("channel.open", "KOR", "Between us", members=["JPN"])
    room.does("channel.say", "KOR", "KOR-ALONE", id=channel)
    room.does("channel.accept", "JPN", id=channel)
    room.does("channel.say", "KOR", "KOR-BEFORE", id=channel)
    room.does("channel.say", "JPN", "JPN-BEFORE", id=channel)
    room.does("channel.invite", "KOR", id=channel, members=["USA"])
    room.does("channel.accept", "USA", id=channel)
    room.does("channel.say", "JPN", "JPN-AFTER", id=channel)
    return room, channel


def told(room: Table, seat: str) -> str:
    viewer = Viewer("seat", seat)
    return repr(seen_by(room.form, room.log, viewer)) + repr(readable(room.log, viewer))


def test_history_is_shown_only_when_all_who_were_there_agree() -> None:
    room, channel = joined_late()
    assert "JPN-AFTER" in told(room, "USA")
    assert "BEFORE" not in told(room, "USA")
    assert "spoken" not in told(room, "USA")  # nor how much it was
    room.does("channel.agree", "KOR", id=channel, seat="USA")
    assert "BEFORE" not in told(room, "USA")  # one of two
    room.refused("channel.agree", "KOR", id=channel, seat="USA")  # once
    room.refused("channel.agree", "USA", id=channel, seat="USA")  # not for themselves
    room.refused("channel.agree", "CHN", id=channel, seat="USA")  # no member
    room.does("channel.agree", "JPN", id=channel, seat="USA")
    for marker in ("KOR-ALONE", "KOR-BEFORE", "JPN-BEFORE"):
        assert marker in told(room, "USA")
        assert marker not in told(room, "CHN")
    assert "KOR-ALONE" not in told(room, "JPN")  # they were not there either, and only the United States was spoken of
    again = [e.words for e in room.log if e.kind == "channel.recalled"]
    assert "JPN-AFTER" not in again
    assert seen_by(room.form, room.log, Viewer("facilitator")) == room.room


def test_what_a_seat_wrote_that_has_left_is_not_shown() -> None:
    room, channel = joined_late()
    room.does("channel.leave", "JPN", id=channel)
    room.does("channel.agree", "KOR", id=channel, seat="USA")
    assert "KOR-BEFORE" in told(room, "USA")
    assert "JPN-BEFORE" not in told(room, "USA")


def test_who_comes_back_is_late_anew() -> None:
    room, channel = joined_late()
    room.does("channel.leave", "USA", id=channel)
    room.does("channel.say", "KOR", "MEANWHILE", id=channel)
    room.does("channel.invite", "KOR", id=channel, members=["USA"])
    room.does("channel.accept", "USA", id=channel)
    assert "MEANWHILE" not in told(room, "USA")
    for seat in ("KOR", "JPN"):
        room.does("channel.agree", seat, id=channel, seat="USA")
    assert "MEANWHILE" in told(room, "USA")


def test_who_writes_is_told_that_who_joins_later_does_not_read_it() -> None:
    room, channel = joined_late()

    def page(seat: str) -> tuple[str, dict[str, str]]:
        known, viewer = readable(room.log, Viewer("seat", seat)), Viewer("seat", seat)
        logged = [sealed(e, b"", branch=1, seq=k, now=0.0) for k, e in enumerate(known, 1)]
        r = Reader(Sight(viewer, seen_by(room.form, room.log, viewer), logged, len(logged)), room.now)
        readers = next(c["who"] for c in channels(r, channel) if c["id"] == channel)
        return readers, {str(m["words"]): str(m.get("apart", "")) for m in talk(r, channel)}

    readers, marks = page("KOR")
    assert "Japan reads what was written since it joined. The United States reads" in readers
    usa = "before the United States joined: it does not read this"
    assert marks["KOR-ALONE"] == f"before Japan joined: it does not read this; {usa}"
    assert marks["KOR-BEFORE"] == usa
    assert marks["JPN-AFTER"] == ""
    assert "since it joined" not in page("USA")[0], "who came last knows of nothing that was before"
    for seat in ("KOR", "JPN"):
        room.does("channel.agree", seat, id=channel, seat="USA")
    readers, marks = page("KOR")
    assert marks["KOR-BEFORE"] == "", "it was shown to it"
    assert marks["KOR-ALONE"] == "before Japan joined: it does not read this"
    assert "United States reads" not in readers
    channel = room.does("channel.open", "KOR", "Waiting", members=["JPN"])
    assert page("KOR")[0].endswith("Japan may join, and will not read what you write before it joins.")


@pytest.fixture
def late(place: Place) -> tuple[Place, str]:
    """Serve a room in which France joined a channel of two late."""
    place.post("USA", {"kind": "channel.open", "members": "GBR", "words": "Two", "key": "a"})
    name = next(iter(place.hall.room.channels))
    place.post("GBR", {"kind": "channel.accept", "id": name, "key": "b"})
    place.post("USA", {"kind": "channel.say", "id": name, "words": "USA-SECRET", "key": "c"})
    place.post("GBR", {"kind": "channel.say", "id": name, "words": "GBR-SECRET", "key": "d"})
    place.post("USA", {"kind": "channel.invite", "id": name, "members": "FRA", "key": "e"})
    assert place.post("FRA", {"kind": "channel.accept", "id": name, "key": "f"}).status_code == 200
    return place, name


def read_by(place: Place, who: str, channel: str) -> str:
    session = place.hall.links.session(place.secrets[who])
    assert session is not None
    paths = ("", f"?channel={channel}", "/replay", "/events.json", "/replay.html")
    said = [place.get(who, path).text for path in paths]
    return "".join([*said, str(dict(parts_of(place.hall, session.viewer, "room")))])


def test_pages_streams_and_data_keep_it_until_then_and_erasing_reaches_what_was_shown(
    late: tuple[Place, str], tmp_path: Path
) -> None:
    place, channel = late
    assert "SECRET" not in read_by(place, "FRA", channel)
    assert "Show what was said before" in place.get("USA", f"?channel={channel}").text
    assert "Show what was said before" not in place.get("FRA", f"?channel={channel}").text
    for who in ("USA", "GBR"):
        sent = {"kind": "channel.agree", "id": channel, "seat": "FRA", "key": f"g{who}"}
        assert place.post(who, sent).status_code == 200
    assert "before you came" in place.get("FRA", f"?channel={channel}").text
    for marker in ("USA-SECRET", "GBR-SECRET"):
        assert marker in read_by(place, "FRA", channel)
        assert marker not in read_by(place, "RUS", channel)
    writer = place.hall.links.session(place.secrets["USA"])
    assert writer is not None
    place.hall.erase(writer.link.id)
    assert "USA-SECRET" not in read_by(place, "FRA", channel)
    assert "GBR-SECRET" in read_by(place, "FRA", channel)
