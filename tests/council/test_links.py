from __future__ import annotations

from pathlib import Path

import pytest

from foedus.council.links import Links, hashed, pasted, place_of, token_of
from foedus.council.store.sqlite import InAFile, made
from foedus.vocabulary.errors import FoedusError


@pytest.fixture
def store(tmp_path: Path) -> InAFile:
    made(tmp_path / "room.db", b"{}", 0.0)
    return InAFile(tmp_path / "room.db")


def test_a_secret_opens_its_seat_and_is_kept_nowhere(store: InAFile, tmp_path: Path) -> None:
    links = Links(store)
    one, secret = links.give("seat", "KOR", "Minju")
    assert len(secret) == 32
    assert links.give("seat", "KOR")[1] != secret
    session = Links(store).session(secret)
    assert session is not None
    assert (session.viewer.role, session.viewer.seat, session.actor, session.place) == (
        "seat",
        "KOR",
        "seat:KOR",
        "KOR",
    )
    assert one.secret_hash == hashed(secret)
    store.close()
    assert all(secret.encode() not in p.read_bytes() for p in tmp_path.iterdir())


def test_nobody_comes_in_by_what_is_no_secret(store: InAFile) -> None:
    links = Links(store)
    one, secret = links.give("seat", "KOR")
    for wrong in ("", " ", secret[:-1], secret + "A", secret.swapcase(), one.secret_hash.hex(), "\x00", "x" * 10_000):
        assert links.session(wrong) is None, wrong


def test_a_link_that_is_taken_back_opens_nothing_and_somebody_always_runs_the_room(store: InAFile) -> None:
    links = Links(store)
    key, _ = links.give("facilitator")
    one, secret = links.give("seat", "KOR")
    links.take_back(one.id, 0.0)
    assert links.session(secret) is None
    assert Links(store).session(secret) is None
    with pytest.raises(FoedusError, match="nobody could run the room"):
        links.take_back(key.id, 0.0)
    with pytest.raises(FoedusError, match="no such link"):
        links.take_back(99, 0.0)
    links.give("facilitator")
    links.take_back(key.id, 0.0)
    assert place_of(key) == "facilitator"


def test_a_whole_link_or_its_end_can_be_pasted() -> None:
    assert pasted(" http://127.0.0.1:8000/r/a/enter#AbC-_ \n") == "AbC-_"
    assert pasted("AbC-_") == "AbC-_"
    assert len(pasted("x" * 10_000)) <= 200


def test_the_token_of_a_session_does_not_tell_the_secret(store: InAFile) -> None:
    _, secret = Links(store).give("observer")
    assert token_of(secret) not in (secret, hashed(secret).hex()[:32])
