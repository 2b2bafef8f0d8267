"""Lines: events, links and drafts as rows of tables, the same in every store."""

from __future__ import annotations

import json
from typing import Any

from foedus.council.acts import Event
from foedus.council.store.chain import Logged, canonical
from foedus.council.store.keeping import Branch, Draft, Link

EVENT = "branch, seq, at, year, phase, actor, person, kind, v, see, body, words, words_hash, nonce, key, prev, hash"
"""Columns of an event, in the order of :func:`event_row`."""
LINK = "id, seat, role, secret_hash, label, revoked"
DRAFT = "person, place, base, text, at"
BRANCH = "id, parent, fork_seq, opened, why"


_parsed = json.JSONDecoder().raw_decode


def _read(body: str) -> Any:
    """Return a body that was read; one that was spoilt is empty here, and its seal, which is looked at with the text, says that it was."""
    try:
        return _parsed(body)[0]
    except ValueError:
        return {}


def event_row(one: Logged) -> tuple[Any, ...]:
    """Return an event as a row."""
    e = one.event
    return (
        *(one.branch, one.seq, one.at, e.year, e.phase, e.actor, one.person, e.kind, one.v, e.see),
        *(canonical(e.body).decode(), e.words, one.words_hash, one.nonce, one.key, one.prev, one.hash),
    )


def event_of(row: Any) -> Logged:
    """Return a row as an event."""
    branch, seq, at, year, phase, actor, person, kind, v, see, body, words, words_hash, nonce, key, prev, hash_ = row
    event = Event(kind, actor, see, _read(body), words, year, phase)
    kept = None if words_hash is None else bytes(words_hash)
    return Logged(branch, seq, at, event, person, key, v, bytes(nonce), kept, bytes(prev), bytes(hash_), body)


def link_row(one: Link) -> tuple[Any, ...]:
    """Return a link as a row."""
    return (one.id, one.seat, one.role, one.secret_hash, one.label, one.revoked)


def link_of(row: Any) -> Link:
    """Return a row as a link."""
    id_, seat, role, secret, label, revoked = row
    return Link(id_, seat, role, bytes(secret), label, revoked)


def draft_row(one: Draft) -> tuple[Any, ...]:
    """Return a draft as a row."""
    return (one.person, one.place, one.base, one.text, one.at)


def draft_of(row: Any) -> Draft:
    """Return a row as a draft."""
    return Draft(*row)


def branch_row(one: Branch) -> tuple[Any, ...]:
    """Return a branch as a row."""
    return (one.id, one.parent, one.fork_seq, one.opened, one.why)


def branch_of(row: Any) -> Branch:
    """Return a row as a branch."""
    return Branch(*row)


# -- lines of a file ----------------------------------------------------------------------------------------------


def sealed_line(one: Logged) -> str:
    """Return an event with its seal as a line of JSON, which :func:`sealed_of` reads back to the same bytes."""
    e = one.event
    return json.dumps(
        {
            "branch": one.branch,
            "seq": one.seq,
            "at": one.at,
            "year": e.year,
            "phase": e.phase,
            "actor": e.actor,
            "person": one.person,
            "kind": e.kind,
            "v": one.v,
            "see": e.see,
            "body": json.loads(canonical(e.body)),
            "words": e.words,
            "words_hash": None if one.words_hash is None else one.words_hash.hex(),
            "nonce": one.nonce.hex(),
            "key": one.key,
            "prev": one.prev.hex(),
            "hash": one.hash.hex(),
        },
        ensure_ascii=False,
    )


def sealed_of(line: str) -> Logged:
    """Return the event of a line.

    Raises
    ------
    ValueError
        It is no such line; TypeError and KeyError where a part is missing or of another kind.
    """
    d = json.loads(line, parse_constant=_no_number)
    if not isinstance(d, dict) or not isinstance(d["body"], dict):
        raise ValueError("this is no event")
    words = ("at", "phase", "actor", "kind", "see")
    numbers = ("branch", "seq", "year", "v")
    if not all(isinstance(d[k], str) for k in words) or not all(type(d[k]) is int for k in numbers):
        raise ValueError("a part of the event is of another kind")
    if not all(d[k] is None or isinstance(d[k], str) for k in ("words", "key")) or not isinstance(
        d["person"], int | None
    ):
        raise ValueError("a part of the event is of another kind")
    json.dumps(d, ensure_ascii=False, allow_nan=False).encode()  # half a character raises: no store could keep it
    event = Event(d["kind"], d["actor"], d["see"], d["body"], d["words"], d["year"], d["phase"])
    kept = None if d["words_hash"] is None else bytes.fromhex(d["words_hash"])
    nonce, prev, hash_ = (bytes.fromhex(d[k]) for k in ("nonce", "prev", "hash"))
    return Logged(d["branch"], d["seq"], d["at"], event, d["person"], d["key"], d["v"], nonce, kept, prev, hash_)


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")
