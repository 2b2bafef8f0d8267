"""Feeds: what changes on a page, made once for all who may read the same, and told to each of their browsers."""

from __future__ import annotations

import asyncio
import json
import logging
import random
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from starlette.concurrency import run_in_threadpool

from foedus.council.acts import Viewer
from foedus.council.hall import Hall
from foedus.council.links import Session
from foedus.council.room_parts import LOG

GATHER: Final = 0.03
"""Seconds for which changes are gathered before they are told."""
BEAT: Final = 15.0
"""Seconds after which a stream says that it is there."""
PAGES: Final = ("room", "console", "orders")
"""Pages that change while they are read."""

Parts = Callable[[Viewer, str], Mapping[str, str]]
"""Makes the parts of a page, by name, for a kind of viewer."""


@dataclass(frozen=True)
class State:
    """A page at one moment, as all with the same rights see it."""

    number: int
    branch: int
    parts: Mapping[str, str]
    digests: Mapping[str, str]
    mark: str
    """A hash of everything that is shown."""

    @property
    def id(self) -> str:
        """Place in the viewer's own stream."""
        return f"{self.branch}.{self.number}"


@dataclass
class _Crowd:
    """All who look at one page by the same right: one state is made for them, and each change is written once."""

    viewer: Viewer
    page: str
    state: State | None = None
    version: int = -1
    told: dict[str, bytes] = field(default_factory=dict)
    ears: dict[asyncio.Event, Session] = field(default_factory=dict)


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
        self._crowds: dict[tuple[Viewer, str], _Crowd] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._beats = 0
        self._ended = False
        hall.listen(self._wake)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Tell what changes as long as this lasts, in the loop in which the streams live."""
        self._loop = asyncio.get_running_loop()
        telling = asyncio.create_task(self._telling())
        try:
            yield
        finally:
            self._loop = None
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling

    def _wake(self) -> None:
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # it was closed this moment
                loop.call_soon_threadsafe(self._news.set)

    def end(self) -> None:
        """End every stream: the server ends, and waits for them."""
        self._ended, loop = True, self._loop
        if loop is not None:
            with suppress(RuntimeError):  # it was closed this moment
                loop.call_soon_threadsafe(self._ring, tuple(self._crowds.values()))

    async def _telling(self) -> None:
        """Make the states anew whenever there is news, all in one go, and ring where they changed; beat in between."""
        beat = time.monotonic() + BEAT
        while True:
            try:
                async with asyncio.timeout(max(beat - time.monotonic(), 0)):
                    await self._news.wait()
            except TimeoutError:
                beat, self._beats = time.monotonic() + BEAT, self._beats + 1
                self._ring(tuple(self._crowds.values()))
                continue
            await asyncio.sleep(GATHER)
            self._news.clear()
            try:
                await self._told_all(tuple(c for c in self._crowds.values() if c.ears))
            except Exception as error:  # one page that cannot be made must not silence all others for good
                logging.getLogger("foedus").exception("what is new could not be told: %s", error)

    async def _told_all(self, crowds: tuple[_Crowd, ...]) -> None:
        self._ring(await run_in_threadpool(self._changed, crowds))
        for crowd in crowds:
            for ear, session in crowd.ears.items():
                if not self._welcome(session):
                    ear.set()

    def _ring(self, crowds: tuple[_Crowd, ...]) -> None:
        for crowd in crowds:
            for ear in crowd.ears:
                ear.set()

    def _changed(self, crowds: tuple[_Crowd, ...]) -> tuple[_Crowd, ...]:
        """Return those of some crowds whose page is another now, the largest first."""
        before = [(c, c.state) for c in sorted(crowds, key=lambda c: -len(c.ears))]
        return tuple(c for c, old in before if self._made(c) is not old)

    def _crowd(self, viewer: Viewer, page: str) -> _Crowd:
        key = (self._hall.reading_as(viewer), page if page in PAGES else "")
        with self._lock:
            return self._crowds.setdefault(key, _Crowd(*key))

    def state(self, viewer: Viewer, page: str) -> State:
        """Return a page as a kind of viewer sees it now."""
        return self._made(self._crowd(viewer, page))

    def _made(self, crowd: _Crowd) -> State:
        """Return the state of a page now: the same object where nothing on it changed."""
        with self._lock:
            version = self._hall.version
            if crowd.state is not None and crowd.version == version:
                return crowd.state
            number, branch = self._hall.sight(crowd.viewer).count, self._hall.actor.branch
            parts, old = self._parts(crowd.viewer, crowd.page), crowd.state
            had = old.parts if old is not None else {}
            digests = {
                k: old.digests[k] if old is not None and had.get(k) is v else _digest(v) for k, v in parts.items()
            }
            mark = _digest("".join(f"{k} {v}\n" for k, v in digests.items()))
            crowd.version = version
            if old is None or old.mark != mark:
                crowd.state, crowd.told = State(number, branch, parts, digests, mark), {}
                return crowd.state
            return old

    def told(self, viewer: Viewer, page: str, mark: str) -> tuple[str, str]:
        """Return what a browser is told that has a page as it was at a mark, and the mark of now; nothing where it has that."""
        now = self.state(viewer, page)
        return ("" if now.mark == mark else _data(None, now)), now.mark

    async def stream(self, session: Session, page: str, mark: str) -> AsyncIterator[bytes]:
        """Yield what changes on a page, until the browser leaves or the link is taken back.

        Parameters
        ----------
        session : Session
        page : str
        mark : str
            What the browser has: :attr:`State.mark`; nothing is told that it has.
        """
        crowd, ear = self._crowd(session.viewer, page), asyncio.Event()
        crowd.ears[ear] = session
        before: State | None = None
        try:
            yield f"retry: {random.randint(1000, 4000)}\n\n".encode() + self._beat()
            beats = self._beats
            now = await run_in_threadpool(self._made, crowd)
            while not self._ended and self._welcome(session):
                ear.clear()
                now = crowd.state or now
                if now.mark != mark:
                    yield self._telling_of(crowd, before, now)
                elif beats != self._beats:
                    yield self._beat()
                before, mark, beats = now, now.mark, self._beats
                await ear.wait()
            if not self._ended:
                yield b"event: shut\ndata: {}\n\n"
        finally:
            crowd.ears.pop(ear, None)

    def _telling_of(self, crowd: _Crowd, before: State | None, now: State) -> bytes:
        """Return what a stream says of a change, written once for all who saw the same before."""
        key = before.mark if before is not None else ""
        if now is not crowd.state:
            return _event(before, now)
        if key not in crowd.told:
            crowd.told[key] = _event(before, now)
        return crowd.told[key]

    def _welcome(self, session: Session) -> bool:
        link = self._hall.links.get(session.link.id)
        return link is not None and not link.revoked

    def _beat(self) -> bytes:
        return f"event: beat\ndata: {self._hall.now():.3f}\n\n".encode()


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _event(before: State | None, now: State) -> bytes:
    return f"id: {now.id}\nevent: parts\ndata: {_data(before, now)}\n\n".encode()


def _data(before: State | None, now: State) -> str:
    """Return what changed as JSON: the parts that are others, of a log the lines that are new, and the mark before."""
    had = before.digests if before is not None else {}
    changed = {k: v for k, v in now.parts.items() if had.get(k) != now.digests[k]}
    if before is not None:
        changed = {k: _new(before.parts[k], v) if k.startswith(LOG) and k in had else v for k, v in changed.items()}
    said = {"parts": changed, "gone": [k for k in had if k not in now.parts], "mark": now.mark}
    return json.dumps(said | {"from": before.mark if before is not None else ""}, ensure_ascii=False)


def _new(before: str, now: str) -> str:
    """Return the lines of a log that were not in it before; a browser adds them at the end."""
    known = set(before.removesuffix("</ol>").split("<li "))
    lines = [x for x in now.removesuffix("</ol>").split("<li ")[1:] if x not in known]
    return "".join(["<ol>", *(f"<li {x}" for x in lines), "</ol>"])
