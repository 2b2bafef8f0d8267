"""A room of two years that was played once, read at four of its moments by everybody who may: every page, and what is taken away."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from starlette.testclient import TestClient

from foedus.council.acts import Event
from foedus.council.council_app import create_app
from foedus.council.gates import COOKIE
from foedus.council.hall import Hall
from foedus.council.room_form import form_of
from foedus.council.store.chain import Logged, genesis, sealed
from foedus.council.store.sqlite import InAFile, made
from golden.camera import in_short, page_as_read

LOG = Path(__file__).parent / "room.jsonl"
"""The form of a room, and a line for each of its events; made up by lot, as in tests/council/test_rooms_at_random.py."""

MOMENTS = (131, 270, 328)
"""Events behind which it is read: over orders, in the second year, in the debrief."""

READERS = ("JPN", "CHN")
PAGES = ("", "brief", "orders", "year", "debrief", "replay", "minutes", "notes", "console", "wall")
DATA = ("room", "orders", "year", "debrief", "texts", "messages", "decisions", "architecture")
_BEGUN = 1_600_000_000.0
_TAG = re.compile(r"<[a-z][^>]*>")
_CHANCE = re.compile(r'(name="key" value|name="token" value|data-token|data-key|data-mark|data-now)="[^"]*"')


def read() -> str:
    """Return what everybody reads at each moment, in short."""
    about, *lines = LOG.read_text(encoding="utf-8").splitlines()
    form = form_of(json.loads(about))
    events = [Event(*json.loads(line)) for line in lines]
    parts, known = [], set[str]()
    with tempfile.TemporaryDirectory() as folder:
        for count in MOMENTS:
            path = Path(folder) / f"{count}.db"
            made(path, json.dumps(form.to_dict()).encode(), _BEGUN)
            store = InAFile(path)
            store.append(tuple(sealed_at(events[:count], genesis(store.form()))))
            hall = Hall(store, form, "small", wall=lambda now=_BEGUN + 60.0 * count: now)
            done: dict[Any, Any] = {}
            for name, does in (("later", partial(_at_once, done)), ("came", lambda session: None)):
                setattr(hall, name, does)  # nobody sits down by looking
            parts += [f"=== behind event {count}, {what}\n{text}" for what, text in _seen(hall, known)]
            store.close()
    return "\n".join(parts)


def _at_once(done: dict[Any, Any], key: Any, work: Callable[[], Any]) -> Any:
    if key not in done:
        done[key] = work()
    return done[key]


def sealed_at(events: list[Event], prev: bytes) -> Iterator[Logged]:
    """Yield events as they are kept, one a minute."""
    for k, event in enumerate(events, 1):
        one = sealed(event, prev, branch=1, seq=k, now=_BEGUN + 60.0 * k, nonce=b"", person=None)
        prev = one.hash
        yield one


def _seen(hall: Hall, known: set[str]) -> Iterator[tuple[str, str]]:
    """Yield every page of some, and every page as rows: what it is, and what stands on it for the first time."""
    secrets = {s: hall.links.give("seat", s)[1] for s in READERS}
    secrets |= {r: hall.links.give(r)[1] for r in ("facilitator", "observer")}
    with mock.patch("secrets.token_urlsafe", return_value="chance"):
        client = TestClient(create_app(hall))
        for who, secret in secrets.items():
            client.cookies.clear()
            client.cookies.set(COOKIE, secret)
            for name in (*PAGES, *(f"{d}.csv" for d in DATA)):
                if name.startswith("debrief") and who not in ("observer", READERS[0]):
                    continue  # it costs seconds for each who reads it
                got = client.get(f"/r/small/{who}/{name}".rstrip("/"), follow_redirects=False)
                if got.status_code == 200:
                    yield f"{who}/{name}", _told(got, known)


def _told(got: Any, known: set[str]) -> str:
    """Return the lines of an answer that were not told yet, and a hash of all lines and marks."""
    paged = "html" in got.headers["content-type"]
    text = _CHANCE.sub("", got.text) if paged else got.text
    text = text.partition("</header>")[2] or text
    read = in_short(page_as_read(text) if paged else text)
    new = [line for line in read.splitlines() if line not in known]
    known.update(new)
    whole = "\n".join([read, *_TAG.findall(text)]) if paged else text
    return "\n".join([*new, f"--- in all {hashlib.sha256(whole.encode()).hexdigest()[:8]}\n"])
