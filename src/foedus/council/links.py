"""Links: who has one of a seat sits in it; the secret is told once and kept nowhere."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from foedus.council.acts import Viewer
from foedus.council.store.chain import moment
from foedus.council.store.keeping import Link, Store
from foedus.vocabulary.errors import fail

BYTES: Final = 24
"""Of a secret: 192 bits."""
LONGEST: Final = 200
"""Characters of what is pasted as a link, at the most."""


@dataclass(frozen=True)
class Session:
    """Somebody who came in by a link.

    Attributes
    ----------
    link : Link
    token : str
        What every act of this browser carries beside its cookie.
    """

    link: Link
    token: str

    @property
    def viewer(self) -> Viewer:
        """Who looks."""
        return Viewer(self.link.role, self.link.seat)

    @property
    def actor(self) -> str:
        """Who acts."""
        return f"seat:{self.link.seat}" if self.link.role == "seat" else self.link.role

    @property
    def place(self) -> str:
        """The word of the address below which this link is good."""
        return place_of(self.link)


def place_of(link: Link) -> str:
    """Return the word of the address below which a link is good."""
    return link.seat if link.role == "seat" and link.seat else link.role


def hashed(secret: str) -> bytes:
    """Return what is kept of a secret."""
    return sha256(secret.encode("utf-8", "replace")).digest()


def token_of(secret: str) -> str:
    """Return what the pages of a link carry in each form: nothing else on the web can know it."""
    return sha256(b"act\0" + secret.encode("utf-8", "replace")).hexdigest()[:32]


def pasted(text: str) -> str:
    """Return the secret in what somebody pasted: a whole link, or the part behind the mark."""
    return text.strip()[:LONGEST].rpartition("#")[2].strip()


class Links:
    """The links of a room.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, threading.Lock()
        self._by_id: dict[int, Link] = {}
        self._by_hash: dict[bytes, Link] = {}
        self.load()

    def load(self) -> None:
        """Read the links anew: another process gave some, or took some back."""
        with self._lock:
            self._by_id = {one.id: one for one in self._store.links()}
            self._by_hash = {one.secret_hash: one for one in self._by_id.values()}

    def all(self) -> tuple[Link, ...]:
        """Return all links, also those that were taken back."""
        with self._lock:
            return tuple(self._by_id.values())

    def get(self, person: int) -> Link | None:
        """Return a link by its number."""
        return self._by_id.get(person)

    def give(self, role: str, seat: str | None = None, label: str = "") -> tuple[Link, str]:
        """Return a new link and its secret, which is not to be had again."""
        secret = secrets.token_urlsafe(BYTES)
        with self._lock:
            one = Link(max(self._by_id, default=0) + 1, seat, role, hashed(secret), label)
            self._keep(one)
        return one, secret

    def take_back(self, person: int, now: float) -> Link:
        """Take a link back; whoever has it is shut out with the next thing they ask.

        Raises
        ------
        FoedusError
            There is no such link, or it is the last one of a facilitator.
        """
        with self._lock:
            one = self._by_id.get(person)
            if one is None:
                raise fail(f"link {person}", "there is no such link", f"There are 1 to {len(self._by_id)}")
            left = [x for x in self._by_id.values() if x.role == "facilitator" and not x.revoked and x.id != person]
            if one.role == "facilitator" and not left:
                raise fail(f"link {person}", "nobody could run the room without it", "Give another one first")
            gone = replace(one, revoked=moment(now))
            self._keep(gone)
            return gone

    def name(self, person: int, label: str) -> None:
        """Change what a person is called; an unknown number changes nothing."""
        with self._lock:
            if (one := self._by_id.get(person)) is not None:
                self._keep(replace(one, label=label))

    def session(self, secret: str) -> Session | None:
        """Return who comes by a secret; nobody where it is unknown or was taken back."""
        one = self._by_hash.get(hashed(secret)) if secret else None
        return None if one is None or one.revoked else Session(one, token_of(secret))

    def _keep(self, one: Link) -> None:
        self._store.keep_link(one)
        self._by_id[one.id] = self._by_hash[one.secret_hash] = one
