from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import places
import pytest

from foedus.council.store.chain import Logged, genesis, moment, sealed, seconds_of, whole
from foedus.vocabulary.errors import FoedusError

START = genesis(b"{}")


def log(count: int = 4) -> list[Logged]:
    found: list[Logged] = []
    for k in range(count):
        prev = found[-1].hash if found else START
        found.append(sealed(places.said(f"no. {k}", n=k), prev, branch=1, seq=k + 1, now=k, person=1, key=f"k{k}"))
    return found


def test_a_log_as_it_was_written_is_whole() -> None:
    assert [one.seq for one in whole(log(), START)] == [1, 2, 3, 4]


CHANGES: dict[str, Callable[[Logged], Logged]] = {
    "words": lambda x: replace(x, event=replace(x.event, words="other")),
    "words and their hash": lambda x: replace(x, event=replace(x.event, words="other"), words_hash=b"\x00" * 32),
    "body": lambda x: replace(x, event=replace(x.event, body={**x.event.body, "n": 9})),
    "audience": lambda x: replace(x, event=replace(x.event, see="F")),
    "actor": lambda x: replace(x, event=replace(x.event, actor="seat:JPN")),
    "kind": lambda x: replace(x, event=replace(x.event, kind="text.tabled")),
    "year": lambda x: replace(x, event=replace(x.event, year=1950)),
    "phase": lambda x: replace(x, event=replace(x.event, phase="orders")),
    "moment": lambda x: replace(x, at=moment(99.0)),
    "person": lambda x: replace(x, person=2),
    "key": lambda x: replace(x, key="other"),
    "version": lambda x: replace(x, v=2),
    "nonce": lambda x: replace(x, nonce=b"\x00" * 16),
    "branch": lambda x: replace(x, branch=2),
    "hash": lambda x: replace(x, hash=b"\x00" * 32),
    "what came before": lambda x: replace(x, prev=b"\x00" * 32),
    "number": lambda x: replace(x, seq=9),
}


@pytest.mark.parametrize("what", CHANGES)
def test_no_part_of_an_event_is_changed_unseen(what: str) -> None:
    found = log()
    found[1] = CHANGES[what](found[1])
    with pytest.raises(FoedusError, match=r"event (2|9)"):
        list(whole(found, START))


@pytest.mark.parametrize("order", [(0, 2, 3), (1, 2, 3), (0, 2, 1, 3), (0, 0, 1, 2, 3)])
def test_no_event_is_left_out_doubled_or_moved_unseen(order: tuple[int, ...]) -> None:
    found = log()
    with pytest.raises(FoedusError):
        list(whole([found[k] for k in order], START))


@pytest.mark.parametrize(
    "word", ["table", "", 'a "word"', "back\\slash", "two\nlines", "\x7f", "日本", "e\u0301", "\u2028", "\ud800"]
)
def test_an_event_is_sealed_to_its_parts_as_json_behind_their_lengths(word: str) -> None:
    event = replace(places.said("so", n=1), phase=word or "x", actor=word, see=word)
    try:
        one = sealed(event, START, branch=1, seq=3, now=5.0, person=None, key=word, nonce=b"n" * 16)
    except UnicodeEncodeError:  # half a character: no store could keep it
        assert word == "\ud800"
        return
    e = one.event
    header = [1, 3, one.at, e.year, e.phase, e.actor, None, e.kind, one.v, e.see, word]
    parts = [
        START,
        json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode(),
        one.nonce,
        json.dumps(dict(e.body), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode(),
        one.words_hash or b"",
    ]
    assert one.hash == sha256(b"".join(len(p).to_bytes(8, "big") + p for p in parts)).digest()


def test_another_form_is_another_chain() -> None:
    with pytest.raises(FoedusError, match="event 1"):
        list(whole(log(), genesis(b'{"seed": 2}')))


def test_short_words_cannot_be_guessed_from_their_hash() -> None:
    one, other = (sealed(places.said("yes"), START, branch=1, seq=1, now=0.0) for _ in range(2))
    assert one.words_hash != other.words_hash
    assert one.hash != other.hash


def test_a_moment_survives_being_written() -> None:
    assert moment(1_234_567.891) == "1970-01-15T06:56:07.891Z"
    assert seconds_of(moment(1_234_567.891)) == pytest.approx(1_234_567.891)
