"""Several rooms on one server: each answers by its own links alone, and a wall has what is public in all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import rooms
from served_place import ORIGIN
from starlette.testclient import TestClient

from foedus.council.acts import FACILITATOR, Act
from foedus.council.gates import COOKIE
from foedus.council.hall import Hall
from foedus.council.served import _opened
from foedus.council.several import Several
from foedus.vocabulary.errors import FoedusError


def hall_named(folder: Path, name: str) -> Hall:
    folder.mkdir()
    store = rooms.opened(rooms.file(folder))
    return Hall(store, rooms.form(store), name)


def test_rooms_side_by_side_share_a_wall_and_nothing_else(tmp_path: Path) -> None:
    halls = [hall_named(tmp_path / name, name) for name in ("north", "south")]
    keys = [{who: h.links.give(who, *seat)[1] for who, *seat in (("facilitator",), ("seat", "USA"))} for h in halls]
    with TestClient(Several(halls, ())) as client:
        for hall in halls:
            table = rooms.seated(hall.actor)
            rooms.done(hall.actor, rooms.text(table, f"A pact of the {hall.name}"))
            private = {"members": ["USA", "GBR"], "public": False}
            rooms.done(hall.actor, Act("table.convene", FACILITATOR, private, f"SECRET-{hall.name}"))

        def get(room: str, who: str, key: str, path: str = "") -> tuple[int, str]:
            client.cookies.clear()
            client.cookies.set(COOKIE, key)
            found = client.get(f"/r/{room}/{who}{path}", headers=ORIGIN, follow_redirects=False)
            return found.status_code, found.text

        status, page = get("north", "facilitator", keys[0]["facilitator"], "/wall")
        assert status == 200
        assert "A pact of the north" in page
        assert "A pact of the south" in page
        assert "SECRET" not in page, "a wall shows what is public, also to who leads"
        assert "/wall" in get("south", "facilitator", keys[1]["facilitator"], "/console")[1]
        assert get("north", "USA", keys[0]["seat"], "/wall")[0] == 404
        assert get("north", "USA", keys[0]["seat"])[0] == 200
        assert get("south", "USA", keys[0]["seat"])[0] == 403, "a link of one room opens no other"
        assert get("west", "USA", keys[0]["seat"])[0] == 404


def test_two_rooms_of_one_name_are_refused_and_let_go(tmp_path: Path) -> None:
    places = [rooms.file(tmp_path / n) for n in ("a", "b") if (tmp_path / n).mkdir() is None]
    with pytest.raises(FoedusError, match="another room here is called"):
        _opened([str(p) for p in places], "")
    for place in places:
        rooms.opened(place).close()  # neither is held any more
    with pytest.raises(FoedusError, match="this room is named twice"):
        _opened([str(places[0])] * 2, "")
