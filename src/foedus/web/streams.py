"""Streams: the draws of a world one by one as they are worked out, kept as they come, shared by all who look at it.

Draws are kept in the cache under the name that a run has everywhere, each by itself and, as soon as a chunk is whole, as
the command line keeps it; a server that is killed loses what its workers have in hand, and the command goes on from there.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from hashlib import sha256
from typing import Any, Final

import anyio

from foedus.asking.ask import Ask
from foedus.asking.kept import keep, kept
from foedus.draws.contract import collect
from foedus.draws.ensemble import CHUNK, run_name
from foedus.draws.parts import Parts, cache_folder
from foedus.draws.sampling import design
from foedus.questions.assessment import assembled
from foedus.questions.listing import ASSESSED
from foedus.questions.study import Answers
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.record import plain
from foedus.web.glances import seen
from foedus.web.limits import LONG, QUEUE, TooMuch, short_of_memory
from foedus.web.workers import Workers, draw, packed

_HELD: Final = 48
"""Worlds whose draws are held in memory; what was kept on disk is there all the same."""
_BEAT: Final = 0.03
"""Seconds after which a stream looks for further draws."""
_DEATHS: Final = 3
"""How often in a row processes may die before it is given up."""


class Drawing:
    """The draws of one world: those that are there, and those that are worked out while somebody looks.

    Parameters
    ----------
    asked : Ask
    workers : Workers
    command : str
        The same on one's own machine.
    """

    def __init__(self, asked: Ask, workers: Workers, command: str) -> None:
        self.asked, self.command = asked, command
        self.task = asked.task(ASSESSED, varied=True)
        self.plan = design(self.task.varied, asked.draws, asked.seed)
        self.rows: list[Answers | None] = [None] * asked.draws
        self.lines: list[str] = []
        """What the playground sees of the draws from the first on, as far as there is no gap."""
        self.error: FoedusError | None = None
        self.listeners = 0
        self.more: Mapping[str, Any] = {}
        """What is told of it besides, before the first draw."""
        self._workers = workers
        run = run_name(self.task.run_id(asked.draws, asked.seed), self.task)
        self._parts = Parts(cache_folder() / "runs" / run, run)
        self.over = False
        """Whether they are all there and kept, so that a page that is asked for now has them."""
        self._known = self._new = False

    @property
    def same(self) -> str:
        """A hash of what is drawn: worlds that share it have common draws, row by row."""
        return sha256(repr([[u.label, u.low, u.value, u.high] for u in self.task.varied]).encode()).hexdigest()[:16]

    @property
    def whole(self) -> bool:
        """Whether all draws are there."""
        return len(self.lines) == len(self.rows)

    def recall(self) -> None:
        """Take up what is kept: a whole run, chunks, single draws."""
        if self._known:
            return
        self._known = True
        found = kept(self.asked)
        if found is not None and found.draws:
            keys = found.ensemble.keys
            self.rows = [_row(keys, values) for values in found.ensemble.values.tolist()]
        else:
            for k in range(-(-len(self.rows) // CHUNK)):
                self._recall_chunk(k)
            self._new = None not in self.rows  # a server was killed before it had put them together
        self._advance()

    def _recall_chunk(self, k: int) -> None:
        content = self._parts.take(f"{k:05d}.part", self._made_of(k))
        places = range(k * CHUNK, min((k + 1) * CHUNK, len(self.rows)))
        if content is not None:
            chunk = json.loads(content)
            for place, values in zip(places, chunk["values"], strict=True):
                self.rows[place] = _row(chunk["keys"], values)
            return
        for place in places:
            alone = self._parts.take(f"draw-{place:06d}.part", self._made_of(k))
            if alone is not None:
                self.rows[place] = json.loads(alone)

    def _made_of(self, chunk: int) -> str:
        return sha256(self.plan[chunk * CHUNK : (chunk + 1) * CHUNK].tobytes()).hexdigest()

    def _advance(self) -> None:
        while len(self.lines) < len(self.rows) and (row := self.rows[len(self.lines)]) is not None:
            text = json.dumps(plain(self._seen(row)), allow_nan=False, separators=(",", ":"))
            self.lines.append(text)

    def _seen(self, row: Answers) -> dict[str, Any]:
        """Return what a page sees of a draw."""
        return seen(row, self.task)

    def _take(self, place: int, row: Answers) -> None:
        self.rows[place], self._new = row, True
        k = place // CHUNK
        chunk = self.rows[k * CHUNK : (k + 1) * CHUNK]
        there = [r for r in chunk if r is not None]
        if len(there) == len(chunk):
            block = collect(there)
            text = json.dumps({"keys": block.keys, "values": block.values.tolist()})
            self._parts.keep(f"{k:05d}.part", text.encode(), self._made_of(k))
        else:
            self._parts.keep(f"draw-{place:06d}.part", json.dumps(row).encode(), self._made_of(k))
        self._advance()

    def work(self, until: float) -> None:
        """Work out what is missing, as long as somebody looks and there is time; errors are kept for those who look."""
        try:
            self.recall()
            sent = packed(self.task)
            left = iter([k for k, row in enumerate(self.rows) if row is None])
            waiting: dict[Future[Answers], int] = {}
            again: list[int] = []
            deaths = 0
            while True:
                while self._wanted(until) and len(waiting) < self._workers.hands:
                    place = again.pop() if again else next(left, None)
                    if place is None:
                        break
                    waiting[self._workers.submit(draw, sent, self.plan[place])] = place
                if not waiting:
                    break
                for future in wait(waiting, timeout=1.0, return_when=FIRST_COMPLETED).done:
                    place = waiting.pop(future)
                    try:
                        self._take(place, future.result())
                        deaths = 0
                    except BrokenExecutor:
                        deaths += 1
                        again.append(place)
                        if deaths > _DEATHS * self._workers.hands:
                            raise
            if self.whole:
                if self._new:
                    self._finish()
                self.over = True
            elif time.monotonic() > until:
                what = f"{len(self.lines)} of {len(self.rows)} draws were worked out in {LONG:.0f} s, which is all the time here"
                self.error = TooMuch(what, self.command, 503)
        except FoedusError as error:
            self.error = error
        except MemoryError:
            self.error = short_of_memory(self._workers.memory, self.command)
        except Exception as error:
            logging.getLogger("foedus").exception("draws stopped: %s", type(error).__name__)
            self.error = TooMuch(f"the draws could not be worked out ({type(error).__name__})", self.command, 500)

    def _wanted(self, until: float) -> bool:
        return self.listeners > 0 and time.monotonic() < until

    def _finish(self) -> None:
        rows = [r for r in self.rows if r is not None]
        keep(self.asked, assembled(self.task, self.asked.seed, self.plan, collect(rows)))
        self._parts.forget()


def _row(keys: Any, values: Any) -> Answers:
    return {k: float("nan") if v is None else v for k, v in zip(keys, values, strict=True)}


class Drawings:
    """All worlds that are looked at, one worked on at a time, the others in line.

    Parameters
    ----------
    workers : Workers
    seconds : float
        Most seconds of one of them; infinite on one's own machine.
    """

    def __init__(self, workers: Workers, seconds: float = float("inf")) -> None:
        self._workers, self._seconds = workers, seconds
        self._known: OrderedDict[str, Drawing] = OrderedDict()
        self._line: list[Drawing] = []
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def join(self, asked: Ask, command: str, make: Callable[[], Drawing] | None = None, about: str = "") -> Drawing:
        """Return the draws of a world, which are worked out as long as somebody has joined; say so with :meth:`leave`.

        Parameters
        ----------
        asked : Ask
        command : str
        make : callable, optional
            Makes draws of something else than the whole answer.
        about : str
            What these are about.

        Raises
        ------
        TooMuch
            Too many wait already.
        """
        key = asked.digest() + about
        with self._lock:
            found = self._known.get(key)
            if found is None or found.error is not None:
                if len(self._line) > QUEUE:
                    raise TooMuch(f"{QUEUE} questions wait already, and there is no room for more", command, 503, 30)
                found = make() if make is not None else Drawing(asked, self._workers, command)
                self._known[key] = found
            self._known.move_to_end(key)
            found.listeners += 1
            idle = [k for k, d in self._known.items() if not d.listeners]
            for old in idle[: max(0, len(self._known) - _HELD)]:
                del self._known[old]
            if not found.whole and found not in self._line:
                self._line.append(found)
            if self._line and (self._thread is None or not self._thread.is_alive()):
                self._thread = threading.Thread(target=self._serve, name="foedus-draws", daemon=True)
                self._thread.start()
            return found

    def leave(self, drawing: Drawing) -> None:
        """Say that nobody looks any more on this side; where nobody does at all, work ends after the draw in hand."""
        with self._lock:
            drawing.listeners -= 1
            if not drawing.listeners and drawing in self._line[1:]:
                self._line.remove(drawing)

    def place(self, drawing: Drawing) -> int:
        """Return how many are before a world: 0 for the one that is worked on."""
        with self._lock:
            return self._line.index(drawing) if drawing in self._line else 0

    def _serve(self) -> None:
        while True:
            with self._lock:
                if not self._line:
                    self._thread = None
                    return
                now = self._line[0]
            now.work(time.monotonic() + self._seconds)
            with self._lock:
                self._line.remove(now)
                if now.listeners and not now.whole and now.error is None:
                    self._line.append(now)


def event(data: Any, name: str = "", number: int = 0) -> str:
    """Return one event as a stream writes it."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    head = (f"id: {number}\n" if number else "") + (f"event: {name}\n" if name else "")
    return f"{head}data: {text}\n\n"


async def told(drawings: Drawings, drawing: Drawing, after: int, until: float = float("inf")) -> AsyncIterator[str]:
    """Yield every draw as an event, numbered from 1, then how it ended; leaving early lets the work end.

    Parameters
    ----------
    drawings : Drawings
    drawing : Drawing
        Joined already; it is left at the end.
    after : int
        Draws that the reader has.
    until : float
        When it is left off, on the clock that only goes on, for a reader who asks again for the rest.
    """
    try:
        yield "retry: 1000\n\n"
        yield event(
            {"draws": len(drawing.rows), "same": drawing.same, "command": drawing.command, **drawing.more}, "about"
        )
        sent, place, quiet = min(max(after, 0), len(drawing.rows)), 0, 0
        while True:
            lines = drawing.lines[sent:]
            if lines:
                yield "".join(event(line, number=sent + n + 1) for n, line in enumerate(lines))
                sent, quiet = sent + len(lines), 0
            if drawing.over and sent >= len(drawing.rows):
                yield event({"draws": len(drawing.rows)}, "done")
                return
            if drawing.error is not None:
                yield event({"says": str(drawing.error)}, "problem")
                return
            if time.monotonic() >= until:
                return
            if not lines:
                before = drawings.place(drawing)
                if before != place:
                    place = before
                    yield event({"before": before}, "place")
                quiet += 1
                if quiet % 500 == 0:  # a line now and then, so that nobody between takes the silence for an end
                    yield ": here\n\n"
                await anyio.sleep(_BEAT)
    finally:
        drawings.leave(drawing)
