"""The chain: every event is sealed to the one before it, so that nothing is changed or left out unseen."""

from __future__ import annotations

import json
import secrets
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256

from foedus.council.acts import Event
from foedus.vocabulary.errors import fail
from foedus.vocabulary.record import plain

VERSION = 1
"""Version of the bodies that are written now."""
UPGRADES: dict[int, Callable[[Event], Event]] = {}
"""By version, what makes of an event of that version one of the next; the bytes that are kept never change."""


@dataclass(frozen=True)
class Logged:
    """An event as it stands in the log.

    Attributes
    ----------
    branch, seq : int
        Place: the numbers of a branch go on from those of the branch it left.
    at : str
        Moment, ISO 8601 in universal time with milliseconds.
    event : Event
        What happened; its words are gone where they were erased.
    person : int or None
        Link by which it came; none for the clock and the model.
    key : str or None
        Key that the client made; on the first event of an act alone.
    v : int
        Version of the body.
    nonce : bytes
        Keeps short bodies from being guessed.
    words_hash : bytes or None
        Of the words, which may be erased; none where there were none.
    prev, hash : bytes
        Of the event before, and of this.
    written : str or None
        The body as it stands where it is kept, so that its seal is looked at without writing it anew; None for what was not read there.
    """

    branch: int
    seq: int
    at: str
    event: Event
    person: int | None
    key: str | None
    v: int
    nonce: bytes
    words_hash: bytes | None
    prev: bytes
    hash: bytes
    written: str | None = field(default=None, compare=False, repr=False)

    @property
    def erased(self) -> bool:
        """Whether there were words that are gone."""
        return self.words_hash is not None and self.event.words is None


def moment(seconds: float) -> str:
    """Return a moment, in seconds since 1970, as the log writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def seconds_of(at: str) -> float:
    """Return a moment of the log in seconds since 1970."""
    return datetime.fromisoformat(at).timestamp()


def genesis(form: bytes) -> bytes:
    """Return what the first event of a room is sealed to: the hash of its form."""
    return sha256(b"foedus council\0" + form).digest()


def canonical(body: object) -> bytes:
    """Return a body as the bytes that are hashed and stored."""
    return _written(plain(body))


_SIZES = struct.Struct(">5Q").pack
_WRITER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _written(data: object) -> bytes:
    """Return data that is JSON's already, such as what was read from a log."""
    return _WRITER.encode(data).encode()


def sealed(
    event: Event,
    prev: bytes,
    *,
    branch: int,
    seq: int,
    now: float,
    person: int | None = None,
    key: str | None = None,
    nonce: bytes | None = None,
) -> Logged:
    """Return an event with its place, sealed to the one before.

    Parameters
    ----------
    event : Event
    prev : bytes
        Hash of the event before; :func:`genesis` for the first.
    branch, seq : int
    now : float
        Seconds since 1970.
    person : int, optional
    key : str, optional
    nonce : bytes, optional
        Sixteen random bytes unless given.
    """
    nonce = secrets.token_bytes(16) if nonce is None else nonce
    words_hash = None if event.words is None else sha256(nonce + event.words.encode("utf-8", "surrogatepass")).digest()
    open_ = Logged(branch, seq, moment(now), event, person, key, VERSION, nonce, words_hash, prev, b"")
    return replace(open_, hash=_hash(open_))


def _hash(one: Logged, written: Callable[[object], bytes] = canonical) -> bytes:
    """Return the hash of everything but the words themselves; every part stands behind its length."""
    return _hash_of(one, written(one.event.body))


def _hash_of(one: Logged, body: bytes) -> bytes:
    """Return the hash of an event with a body as it is written."""
    e = one.event
    person = "null" if one.person is None else f"{one.person:d}"
    key = "null" if one.key is None else _quoted(one.key)
    words = (_quoted(one.at), _quoted(e.phase), _quoted(e.actor), _quoted(e.kind), _quoted(e.see))
    at, phase, actor, kind, see = words
    header = (
        f"[{one.branch:d},{one.seq:d},{at},{e.year:d},{phase},{actor},{person},{kind},{one.v:d},{see},{key}]".encode()
    )
    said = one.words_hash or b""
    sizes = _SIZES(len(one.prev), len(header), len(one.nonce), len(body), len(said))
    parts = (sizes[:8], one.prev, sizes[8:16], header, sizes[16:24], one.nonce, sizes[24:32], body, sizes[32:], said)
    return sha256(b"".join(parts)).digest()


def _quoted(word: str) -> str:
    """Return a word as JSON has it; most need no look at each letter, and an encoder made anew for each would take longer than the hash."""
    plain_word = word.isprintable() and '"' not in word and "\\" not in word
    return f'"{word}"' if plain_word else _WRITER.encode(word)


def resealed(one: Logged, prev: bytes, branch: int) -> Logged:
    """Return an event as it stands in the log of another room: on one of its branches, sealed to what stands before it there."""
    open_ = replace(one, branch=branch, prev=prev, hash=b"", written=None)
    return replace(open_, hash=_hash(open_))


def _is_whole(one: Logged) -> bool:
    """Return whether an event is what was sealed: with its body as it stands where it is kept, or written anew where it came by another way."""
    if one.written is not None:
        return one.hash == _hash_of(one, one.written.encode("utf-8", "surrogatepass"))
    try:
        return one.hash == _hash(one, _written) or one.hash == _hash(one)
    except (TypeError, ValueError):
        return one.hash == _hash(one)


def writer_of(event: Event, actor: int | None, *logs: Iterable[Logged]) -> int | None:
    """Return who wrote the words of an event: who acted, or for one that repeats what was said in a channel, who said it.

    Parameters
    ----------
    event : Event
        Says by its place which words it repeats, among those that still stand.
    actor : int or None
        Person of the act.
    *logs : iterable of Logged
        What happened before.
    """
    if "repeats" not in event.body:
        return actor
    of = (one for log in logs for one in log if one.event.kind == "channel.said")
    spoken = [one.person for one in of if one.event.body.get("id") == event.body["id"] and one.event.words]
    return spoken[int(event.body["repeats"])]


def as_now(one: Logged) -> Logged:
    """Return an event as it would be written now; its seal is still that of the bytes that were written.

    Raises
    ------
    FoedusError
        A newer foedus wrote it.
    """
    if one.v > VERSION:
        what = f"a newer foedus wrote it (events of version {one.v}, known here: {VERSION})"
        raise fail(f"event {one.seq}", what, "Upgrade foedus, or open it where it was made")
    event = one.event
    for version in range(one.v, VERSION):
        event = UPGRADES[version](event)
    return one if event is one.event else replace(one, event=event, v=VERSION, written=None)


def whole(log: Iterable[Logged], prev: bytes, *, where: str = "the log", after: int = 0) -> Iterator[Logged]:
    """Yield the events of a log, each checked against the one before, as they would be written now.

    Parameters
    ----------
    log : iterable of Logged
        In order, from the first on.
    prev : bytes
        What the first is sealed to.
    where : str
        What is read, for the sentence.
    after : int
        Number of the event that stands before the first.

    Raises
    ------
    FoedusError
        An event was changed, or one is missing, doubled or out of order.
    """
    seq = after
    for one in log:
        place = f"{where}, event {one.seq}"
        if one.seq != seq + 1:
            raise fail(place, f"it stands where event {seq + 1} should", "Take an earlier copy of the room")
        if one.prev != prev or not _is_whole(one):
            raise fail(place, "it is not what was written there: the chain breaks", "Take an earlier copy of the room")
        words = one.event.words
        if words is not None and one.words_hash != sha256(one.nonce + words.encode("utf-8", "surrogatepass")).digest():
            raise fail(place, "its words are not those that were written", "Take an earlier copy of the room")
        seq, prev = one.seq, one.hash
        yield as_now(one)
