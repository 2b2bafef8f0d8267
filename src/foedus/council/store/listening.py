"""Listening: what other processes that serve the same room on a server tell, as they tell it."""

from __future__ import annotations

import json
import logging
import select
import threading
from collections.abc import Callable
from typing import Any, Final

from foedus.vocabulary.errors import FoedusError

CHANNEL: Final = "council"
"""Of the server's notifications."""
PRESENCE: Final = 14
"""First number of the locks that say of a room that a process serves it."""
_PATIENCE: Final = 1.0
"""Seconds after which it is looked whether the server is still there."""


def packed(room: str, of: str, what: str, said: str) -> str:
    """Return what is told of a room, and by whom, as a notification carries it."""
    return json.dumps([room, of, what, said])


class Listener:
    """A connection that does nothing but listen, on a thread of its own; one that broke is made anew.

    As long as it stands it holds a lock in common with other processes that serve the room.

    Parameters
    ----------
    connect : callable
        Opens a connection.
    room, of : str
        Room, and whose own words are not heard.
    told : callable
        Called with what was told, and its words; with ``("events", "")`` after every gap.
    """

    def __init__(self, connect: Callable[[], Any], room: str, of: str, told: Callable[[str, str], None]) -> None:
        self._connect, self._room, self._of, self._told = connect, room, of, told
        self._ended = threading.Event()
        self._listens = threading.Event()
        self._thread = threading.Thread(target=self._run, name="foedus-council-listens", daemon=True)

    def start(self) -> None:
        """Begin, and come back when nothing is missed any more."""
        self._thread.start()
        self._listens.wait(10.0)

    def stop(self) -> None:
        """End."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                with self._connect() as db:
                    self._listened(db)
            except Exception as error:  # the server went away: what was missed is read when it is back
                logging.getLogger("foedus").warning("room '%s' does not hear other processes: %s", self._room, error)
                self._ended.wait(_PATIENCE)

    def _listened(self, db: Any) -> None:
        heard: list[str] = []
        db.add_notify_handler(lambda n: heard.append(n.payload))
        db.execute("select pg_advisory_lock_shared(%s, hashtext(%s))", (PRESENCE, self._room))
        db.execute(f"listen {CHANNEL}")
        self._tell("events", "")
        self._listens.set()
        while not self._ended.is_set():
            select.select([db.fileno()], [], [], _PATIENCE)
            db.execute("select 1")  # takes in what came
            while heard:
                room, of, what, said = json.loads(heard.pop(0))
                if room == self._room and of != self._of:
                    self._tell(what, said)

    def _tell(self, what: str, said: str) -> None:
        try:
            self._told(what, said)
        except (FoedusError, ValueError) as error:
            logging.getLogger("foedus").exception("what another process told could not be taken in: %s", error)
