"""Kill the server of a council room and its people at random, and look whether an act was lost.

    python tools/kill_rooms.py --minutes 20             # one act a second, something killed every six seconds
    python tools/kill_rooms.py --minutes 60 --seed 3    # the hour by hand

Five people send an act every five seconds, each in a process of its own that notes what it sends and what was
acknowledged, and sends again under the same key what was not. Servers are killed (kill -9) just after something was
sent, so that some die between commit and acknowledgement. In the end every act has to stand in the log once, and its
chain has to be whole. Exit code 1 where one is lost or doubled.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

from room_served import Room, asked  # noqa: E402

from foedus.council.setting_up import drawn_up  # noqa: E402
from foedus.council.store.chain import genesis, whole  # noqa: E402
from foedus.council.store.sqlite import InAFile  # noqa: E402

SEATS = ("USA", "GBR", "FRA", "BEL", "NOR")
EVERY = 5.0
"""Seconds from one act of a person to their next."""
GRACE = 60.0
"""Seconds after the end in which what was sent may still be acknowledged."""


def person(told: dict[str, Any]) -> None:
    """Send acts until the end, each until it is acknowledged; go on where the journal ends."""
    journal = Path(told["journal"])
    lines = [x.split() for x in journal.read_text().splitlines()] if journal.exists() else []
    n = 1 + max([int(x[1]) for x in lines if x[0] == "done"], default=-1)
    with journal.open("ab", buffering=0) as notes:
        while time.time() < told["until"]:
            key = f"{told['who']}-{n}"
            body = {"kind": "table.say", "body": {"id": told["table"]}, "words": f"Act {key}", "key": key}
            _sent(told, json.dumps(body).encode(), n, notes)
            n += 1
            time.sleep(EVERY)


def _sent(told: dict[str, Any], content: bytes, n: int, notes: Any) -> None:
    path = f"/r/a/{told['who']}/act"
    while time.time() < told["until"] + GRACE:
        notes.write(f"sent {n} {time.time()}\n".encode())
        try:
            answer = asyncio.run(asyncio.wait_for(asked(told["port"], "POST", path, told["headers"], content), 15))
        except (OSError, TimeoutError):
            answer = (0, b"")
        if answer[0] == 200:
            notes.write(f"done {n} {time.time()}\n".encode())
            return
        notes.write(f"no {n} {answer[0]}\n".encode())
        time.sleep(0.25)


class Trial:
    """A room under fire: its server, its people, and what was killed."""

    def __init__(self, minutes: float, seed: int) -> None:
        self.r, self.killed = random.Random(seed), Counter[str]()
        self.room = Room(drawn_up({"case": "europe-1949", "seats": list(SEATS)}), dict.fromkeys(SEATS, 1))
        self.room.start()
        self.table = asyncio.run(self.room.begun())
        self.until = time.time() + 60 * minutes
        self.people: dict[str, subprocess.Popen[bytes]] = {}

    def journal(self, who: str) -> Path:
        """Return where a person notes what it does."""
        return self.room.folder / f"{who}.txt"

    def comes(self, who: str) -> None:
        """Start a person, or start it again."""
        told = {"who": who, "port": self.room.port, "table": self.table, "until": self.until}
        told |= {"headers": self.room.headers(who), "journal": str(self.journal(who))}
        self.people[who] = subprocess.Popen([sys.executable, __file__, "--person", json.dumps(told)])

    def runs(self) -> None:
        """Kill one thing after the other until the time is over, then wait for the people and end the server."""
        for who in SEATS:
            self.comes(who)
            time.sleep(EVERY / len(SEATS))
        while time.time() < self.until - 10:
            time.sleep(self.r.uniform(2, 10))
            if self.r.random() < 0.5:
                self._server_dies()
            else:
                self._person_dies(self.r.choice(SEATS))
        for process in self.people.values():
            process.wait(GRACE + 60)
        self.room.stop()

    def _server_dies(self) -> None:
        had, until = self._noted(), time.time() + 2
        while self._noted() == had and time.time() < until:
            time.sleep(0.001)
        time.sleep(self.r.uniform(0, 0.03))
        self.room.stop(signal.SIGKILL)
        self.killed["server"] += 1
        self.room.start()
        asyncio.run(self.room.act("facilitator", "room.resume"))

    def _person_dies(self, who: str) -> None:
        self.people[who].kill()
        self.people[who].wait()
        self.killed["person"] += 1
        self.comes(who)

    def _noted(self) -> int:
        return sum(self.journal(w).stat().st_size for w in SEATS if self.journal(w).exists())

    def found(self) -> dict[str, float]:
        """Return what came of it, by name; errors where the chain of the log is broken."""
        store = InAFile(self.room.folder / "a.room")
        log = list(whole(store.log(1), genesis(store.form())))
        store.close()
        there = Counter(one.event.words for one in log if one.event.kind == "table.said")
        sent, done, waits = Counter[str](), set[str](), [0.0]
        for who in SEATS:
            first: dict[str, float] = {}
            for what, n, value in (x.split() for x in self.journal(who).read_text().splitlines()):
                name = f"Act {who}-{n}"
                if what == "sent":
                    sent[name] += 1
                    first.setdefault(n, float(value))
                elif what == "done":
                    done.add(name)
                    waits.append(float(value) - first[n])
        return {
            "acts": len(sent),
            "sent more than once": sum(n > 1 for n in sent.values()),
            "acknowledged": len(done),
            "acknowledged and lost": len(done - there.keys()),
            "never acknowledged": len(sent.keys() - done),
            "standing twice": sum(n > 1 for n in there.values()),
            "standing there unsent": len(there.keys() - sent.keys()),
            "events, their chain whole": len(log),
            "kills of the server": self.killed["server"],
            "kills of a person": self.killed["person"],
            "seconds until an acknowledgement, at the most": round(max(waits), 1),
            "load of the machine at the end": round(os.getloadavg()[0], 1),
        }


def main() -> int:
    """Run what the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--person", help=argparse.SUPPRESS)
    asked_for = parser.parse_args()
    if asked_for.person:
        person(json.loads(asked_for.person))
        return 0
    trial = Trial(asked_for.minutes, asked_for.seed)
    try:
        trial.runs()
        found = trial.found()
    finally:
        for process in trial.people.values():
            process.kill()
        trial.room.stop()
    for name, value in found.items():
        print(f"{name:<48}{value:>8}")
    wrong = ("acknowledged and lost", "never acknowledged", "standing twice", "standing there unsent")
    return int(any(found[name] for name in wrong))


if __name__ == "__main__":
    sys.exit(main())
