from __future__ import annotations

import places
import pytest

from foedus.council.store.chain import genesis, sealed
from foedus.council.store.postgres import OnAServer, founded, rooms, shown
from foedus.vocabulary.errors import FoedusError


def test_an_address_is_shown_without_its_password() -> None:
    assert shown("postgresql://me:secret@host:5/db") == "postgresql://me@host:5/db"
    assert shown("postgresql:///db") == "postgresql:///db"


def test_no_server_no_room_and_a_second_of_the_same_name_are_said_in_sentences(server: str) -> None:
    with pytest.raises(FoedusError, match="nobody answers there"):
        OnAServer("postgresql://me:secret@127.0.0.1:1/db", "a")
    with pytest.raises(FoedusError, match="room 'a': there is none"):
        OnAServer(server, "a")
    founded(server, "a", b"{}", 0.0)
    with pytest.raises(FoedusError, match="there is one at"):
        founded(server, "a", b"{}", 0.0)
    assert "a" in rooms(server)


def test_rooms_on_one_server_know_nothing_of_each_other_and_go_alone(server: str) -> None:
    for name in ("b", "c"):
        founded(server, name, name.encode(), 0.0)
    one, other = OnAServer(server, "b"), OnAServer(server, "c")
    one.append([sealed(places.said(), genesis(b"b"), branch=1, seq=1, now=0.0, key="k")])
    other.append([sealed(places.said(), genesis(b"c"), branch=1, seq=1, now=0.0, key="k")])
    one.remove()
    assert "b" not in rooms(server)
    assert len(list(other.log(1))) == 1
    one.close()
    other.close()


def test_a_connection_that_broke_is_made_anew(server: str) -> None:
    founded(server, "d", b"d", 0.0)
    store = OnAServer(server, "d")
    with pytest.raises(FoedusError, match="the server does not take it"):
        store._write("select pg_terminate_backend(pg_backend_pid()), %s::text")
    store.append([sealed(places.said(), genesis(b"d"), branch=1, seq=1, now=0.0)])
    assert len(list(store.log(1))) == 1
    store.close()
