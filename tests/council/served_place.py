"""A small room that is served, with a link for each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rooms
from starlette.testclient import TestClient

from foedus.council.council_app import create_app
from foedus.council.gates import COOKIE
from foedus.council.hall import Hall
from foedus.council.links import token_of
from foedus.council.room_form import RoomForm

ORIGIN = {"origin": "http://testserver"}


@dataclass
class Place:
    """A room that is served, with a link for each."""

    hall: Hall
    client: TestClient
    secrets: dict[str, str]
    table: str

    def of(self, who: str) -> dict[str, Any]:
        return {"cookies": {COOKIE: self.secrets[who]}}

    def get(self, who: str, path: str = "", of: str = "") -> Any:
        self.client.cookies.clear()
        self.client.cookies.set(COOKIE, self.secrets[who])
        return self.client.get(f"/r/small/{of or who}{path}", follow_redirects=False)

    def post(self, who: str, data: dict[str, Any], path: str = "/act", json: bool = True, **headers: str) -> Any:
        self.client.cookies.clear()
        self.client.cookies.set(COOKIE, self.secrets[who])
        more = {"accept": "application/json"} if json else {}
        sent = {"token": token_of(self.secrets[who]), **data}
        return self.client.post(
            f"/r/small/{who}{path}", data=sent, headers={**ORIGIN, **more, **headers}, follow_redirects=False
        )


@contextmanager
def served(folder: Path, form: RoomForm = rooms.FORM) -> Iterator[Place]:
    """Serve a small room of a folder, everybody seated at its table."""
    hall = rooms.hall(rooms.file(folder, form))
    secrets = {s: hall.links.give("seat", s)[1] for s in hall.form.seats}
    secrets |= {r: hall.links.give(r)[1] for r in ("facilitator", "observer")}
    with TestClient(create_app(hall)) as client:
        yield Place(hall, client, secrets, rooms.seated(hall.actor))
