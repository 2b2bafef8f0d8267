"""Feeds: what changes on a page, told as it changes, to each browser from what its viewer may read."""

from __future__ import annotations

import asyncio
import json
import random
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from starlette.concurrency import run_in_threadpool

from foedus.council.acts import Viewer
from foedus.council.hall import Hall
from foedus.council.links import Session

GATHER: Final = 0.05
"""Seconds for which changes are gathered before they are told."""
BEAT: Final = 15.0
"""Seconds after which a stream says that it is there."""
_KEPT: Final = 64
"""Answers that are kept for others who ask the same."""

Parts = Callable[[Viewer, str], Mapping[str, str]]
"""Makes the parts of a page, by name, for a kind of viewer."""


@dataclass(frozen=True)
class State:
    """A page at one moment, as all with the same rights see it."""

    number: int
    branch: int
    parts: Mapping[str, str]
    digests: Mapping[str, str]

    @property
    def id(self) -> str:
        """Place in the viewer's own stream."""
        return f"{self.branch}.{self.number}"

    @property
    def mark(self) -> str:
        """A hash of everything that is shown."""
        return sha256("".join(self.digests.values()).encode()).hexdigest()[:16]


class Feeds:
    """The streams of a room.

    Parameters
    ----------
    hall : Hall
    parts : callable
        See :data:`Parts`.
    """

    def __init__(self, hall: Hall, parts: Parts) -> None:
        self._hall, self._parts = hall, parts
        self._lock = threading.Lock()
        self._states: OrderedDict[tuple[Viewer, str], tuple[int, State]] = OrderedDict()
        self._told: OrderedDict[tuple[Viewer, str, str, str], bytes] = OrderedDict()
        self._waiting: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        hall.listen(self._wake)

    def bound(self, loop: asyncio.AbstractEventLoop) -> None:
        """Say in which loop the streams live."""
        self._loop = loop

    def _wake(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring)

    def _ring(self) -> None:
        for one in self._waiting:
            one.set()

    def state(self, viewer: Viewer, page: str) -> State:
        """Return a page as a kind of viewer sees it now."""
        viewer = self._hall.reading_as(viewer)
        with self._lock:
            version = self._hall.version
            known = self._states.get((viewer, page))
            if known is not None and known[0] == version:
                return known[1]
            number, branch = self._hall.sight(viewer).count, self._hall.actor.branch
            parts = self._parts(viewer, page)
            digests = {k: sha256(v.encode("utf-8", "replace")).hexdigest()[:16] for k, v in parts.items()}
            found = State(number, branch, parts, digests)
            self._states[viewer, page] = (version, found)
            while len(self._states) > _KEPT:
                self._states.popitem(last=False)
            return found

    def told(self, viewer: Viewer, page: str, before: State | None, now: State) -> bytes:
        """Return what a stream says of a change, made once for all who saw the same before."""
        key = (
            self._hall.reading_as(viewer),
            page,
            f"{before.id} {before.mark}" if before else "",
            f"{now.id} {now.mark}",
        )
        with self._lock:
            if key not in self._told:
                had = before.digests if before is not None else {}
                changed = {k: v for k, v in now.parts.items() if had.get(k) != now.digests[k]}
                gone = [k for k in had if k not in now.parts]
                data = json.dumps({"parts": changed, "gone": gone, "mark": now.mark}, ensure_ascii=False)
                self._told[key] = f"id: {now.id}\nevent: parts\ndata: {data}\n\n".encode()
                while len(self._told) > _KEPT:
                    self._told.popitem(last=False)
            return self._told[key]

    async def stream(self, session: Session, page: str, mark: str) -> AsyncIterator[bytes]:
        """Yield what changes on a page, until the browser leaves or the link is taken back.

        Parameters
        ----------
        session : Session
        page : str
        mark : str
            What the browser has: :attr:`State.mark`; nothing is told that it has.
        """
        ring = asyncio.Event()
        self._waiting.add(ring)
        before: State | None = None
        try:
            yield f"retry: {random.randint(1000, 4000)}\n\n".encode()
            yield self._beat()
            while self._welcome(session):
                ring.clear()
                now = await run_in_threadpool(self.state, session.viewer, page)
                if now.mark != (before.mark if before is not None else mark):
                    yield self.told(session.viewer, page, before, now)
                before = now
                try:
                    await asyncio.wait_for(ring.wait(), BEAT)
                    await asyncio.sleep(GATHER)
                except TimeoutError:
                    yield self._beat()
            yield b"event: shut\ndata: {}\n\n"
        finally:
            self._waiting.discard(ring)
            self._hall.gates.close_stream(session)

    def _welcome(self, session: Session) -> bool:
        link = self._hall.links.get(session.link.id)
        return link is not None and not link.revoked

    def _beat(self) -> bytes:
        return f"event: beat\ndata: {self._hall.now():.3f}\n\n".encode()
