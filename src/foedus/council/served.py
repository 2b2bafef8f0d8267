"""Served: a room on this machine, for one's own network where that is asked for, and where it is."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from foedus.council.acts import Act, Event
from foedus.council.adjudicate import Adjudicator
from foedus.council.council_app import create_app
from foedus.council.days import check_days, last_act
from foedus.council.fold import Room
from foedus.council.hall import Hall
from foedus.council.inject_effects import Effect
from foedus.council.qr import qr_lines
from foedus.council.room_form import RoomForm
from foedus.council.setting_up import room_opened, slug, unpacked
from foedus.council.several import Several
from foedus.council.worth import Worth
from foedus.vocabulary.errors import FoedusError, fail
from foedus.web.careful import OWN_HOSTS
from foedus.web.doorway import Ended, listening_socket, opened_when_served


class Late:
    """The model, made when it is first asked, so that the doors open at once; errors as :class:`Adjudicator`'s.

    Parameters
    ----------
    form : RoomForm
    """

    def __init__(self, form: RoomForm) -> None:
        self._form = form
        self._made: Adjudicator | None = None

    def _model(self) -> Adjudicator:
        if self._made is None:
            self._made = Adjudicator(self._form)
        return self._made

    def answers(self, room: Room) -> Sequence[Act]:
        """Return what the seats that nobody plays do now where they are asked."""
        return self._model().answers(room)

    def year(self, room: Room) -> Sequence[Event] | None:
        """Return the year, opened or worked out; none while it is not asked for."""
        return self._model().year(room)

    def worths(self, room: Room) -> Mapping[str, Mapping[str, Worth]]:
        """Return what the clauses on the tables would be worth, by their words and by state; nothing where that is hidden."""
        return self._model().worths(room)

    def bands(self, room: Room) -> Mapping[str, Mapping[str, tuple[float, float]]]:
        """Return between which sums they lie in most draws; slow."""
        return self._model().bands(room)

    def effects(self, room: Room) -> Mapping[str, Effect]:
        """Return what every inject that is prepared would do, by its id; for the facilitator alone."""
        return self._model().effects(room)


def serve_room(
    place: str,
    others: Sequence[str] = (),
    *,
    address: str = "",
    port: int | None = None,
    lan: bool = False,
    cert: Path | None = None,
    key: Path | None = None,
    bound: socket.socket | None = None,
    secret: str = "",
    browser: bool = False,
) -> None:
    """Serve a room until it is stopped.

    Parameters
    ----------
    place : str
        Its file, or its name on a server.
    others : sequence of str
        Rooms that are served beside it, below their own names.
    address : str
        Of a PostgreSQL server; empty for a file.
    port : int, optional
        0 for any that is free; that of the links that were printed by default.
    lan : bool
        Whether others of the network come in too.
    cert, key : Path, optional
        Files of a certificate and its key, for TLS.
    bound : socket, optional
        What listens already, as :func:`listening` opened it; instead of a port.
    secret : str
        Of a link that is told with the address; empty for none.
    browser : bool
        Whether that link is opened.

    Raises
    ------
    FoedusError
        There is no such room, it is kept no longer, or nobody can listen there.
    """
    if (cert is None) != (key is None):
        raise fail("--cert and --key", "one is nothing without the other", "Give both, or neither")
    if cert is not None:
        _check_certificate(cert, key)
    halls = _opened((place, *others), address)
    hall, name = halls[0], halls[0].name
    printed = urlsplit(hall.upkeep.printed)
    try:
        bound = bound or listening(printed.port or 8000 if port is None else port, lan, hall.upkeep.printed)
    except FoedusError:
        for one in halls:
            one.store.close()
        raise
    here = addresses(bound.getsockname()[1], lan=lan, tls=cert is not None)
    sys.stderr.write(_said(here, name, hall.upkeep.printed, place, lan=lan, secret=secret))
    for other in halls[1:]:
        sys.stderr.write(f"beside it: {here[0]}/r/{other.name}\n")
    sys.stderr.flush()
    named = [one.partition("://")[2].rpartition(":")[0] for one in here]
    hosts = (*OWN_HOSTS, *named, socket.gethostname(), *([printed.hostname] if printed.hostname else []))
    names = tuple(dict.fromkeys(hosts))
    app = create_app(hall, names) if len(halls) == 1 else Several(halls, names)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=2,
        ssl_certfile=cert,
        ssl_keyfile=key,
    )
    server = Ended(config, app.end)
    if browser:
        link = f"{here[0]}/r/{name}/enter#{secret}"
        threading.Thread(target=opened_when_served, args=(server, link), daemon=True).start()
    server.run(sockets=[bound])


def _opened(places: Sequence[str], address: str) -> list[Hall]:
    """Open rooms that are served together, all or none; errors as of :func:`serve_room`."""
    twice = next((place for k, place in enumerate(places) if place in places[:k]), None)
    if twice is not None:
        raise fail(twice, "this room is named twice", "Name each room once")
    halls: list[Hall] = []
    try:
        for place in places:
            store, name = room_opened(place, address), slug(Path(place).stem)
            try:
                form = unpacked(store.form())
                check_days(store.upkeep(), last_act(store), place, time.time())
                if name in {h.name for h in halls}:
                    raise fail(place, f"another room here is called '{name}' too", "Give one of the files another name")
                halls.append(Hall(store, form, name, Late(form)))
            except FoedusError:
                store.close()
                raise
    except FoedusError:
        for hall in halls:
            hall.store.close()
        raise
    return halls


def _check_certificate(cert: Path, key: Path | None) -> None:
    """Say that a certificate is none, or that the key is not its own.

    Raises
    ------
    FoedusError
        It is so.
    """
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key)
    except (ssl.SSLError, OSError) as error:
        what = f"this is no certificate with its key ({error.strerror or error})"
        raise fail(f"--cert {cert} --key {key}", what, "Give two files in PEM, as openssl writes them") from None


def listening(port: int, lan: bool = False, printed: str = "") -> socket.socket:
    """Return what listens at the port, and at no other: the links that were printed lead there.

    Parameters
    ----------
    port : int
        0 for any that is free.
    lan : bool
    printed : str
        The address of the room's links; empty where none were printed.

    Raises
    ------
    FoedusError
        Another program listens there.
    """
    try:
        return listening_socket("0.0.0.0" if lan else "127.0.0.1", port, public=True)
    except FoedusError as error:
        what, remedy = error.problems[0].what, "Stop what listens there, or give another --port"
        if printed:
            what = f"{what}; the links of this room are for {printed}"
            remedy = f"{remedy}, and print links for it with: foedus council links"
        raise fail(f"port {port}", what, remedy) from None


def _said(here: Sequence[str], name: str, printed: str, place: str, *, lan: bool, secret: str) -> str:
    """Return what is said of where a room is, to whoever serves it."""
    link = f"/r/{name}/enter#{secret}" if secret else f"/r/{name}"
    lines = [f"the room is at {one}{link} (stop it with Ctrl-C)" for one in here]
    if lan:
        lines.append("everybody in this network can reach its door; who has no link reads nothing")
        lines += [qr_lines(f"{here[-1]}/r/{name}").rstrip()] if sys.stderr.isatty() else []
    if printed and printed.rstrip("/") not in here:
        lines.append(
            f"its links were printed for {printed}, which is another address: they open it only if that leads here."
        )
        lines.append(f"print them anew: foedus council links {place} --base {here[-1]}")
    return "".join(f"{line}\n" for line in lines)


def addresses(port: int, *, lan: bool, tls: bool = False) -> tuple[str, ...]:
    """Return where a server is reached: on this machine, and in its network."""
    scheme = "https" if tls else "http"
    found = [f"{scheme}://127.0.0.1:{port}"]
    if lan and (own := _own_address()) is not None:
        found.append(f"{scheme}://{own}:{port}")
    return tuple(found)


def _own_address() -> str | None:
    """Return the address of this machine in its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation: routing is looked up, no packet leaves
            return str(probe.getsockname()[0])
        except OSError:
            return None
