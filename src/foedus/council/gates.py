"""Gates: what stands before every request: whose it is, where it comes from, how often, and what is in it."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from foedus.council.links import Links, Session
from foedus.vocabulary.errors import FoedusError, Problem
from foedus.web.limits import Rate, TooMuch

COOKIE: Final = "foedus_seat"
LARGEST: Final = 400_000
"""Bytes of a request: forty articles of 8 KB, written as a form, with room to spare."""
_ACTS: Final = (1.0, 5.0)
"""Acts of a link: a second for long, and at once."""
LATER: Final = 1.05
"""Seconds for which an act that comes too fast is held: a little more than one is done in."""
_WRONG: Final = (20.0 / 3600.0, 20.0)
"""Wrong links from an address: a second for long, and at once."""
BROWSER: Final = "foedus_browser"
"""Cookie that tells one browser of a shared link from another; it opens nothing."""
STREAMS: Final = 4
"""Streams of a browser at once."""
SHARED: Final[Mapping[str, int]] = {"seat": 24, "facilitator": 24, "observer": 300}
"""Streams of a link at once, by its role: six people of a seat with four windows each; a class that looks on by one link."""
OBSERVING: Final = 400
"""Streams of all observers at once, so that they leave room for those who play (judged: 250 take a tenth of a second)."""
_UNSAID: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""Control characters that no text needs; line breaks, tabs and the mark between parts stay."""


class Shut(FoedusError):
    """A request is turned away.

    Parameters
    ----------
    status : int
    what, remedy : str
    """

    def __init__(self, status: int, what: str, remedy: str = "") -> None:
        super().__init__(Problem("", what, remedy))
        self.status = status


@dataclass(frozen=True)
class Sent:
    """What a form or a program sent.

    Attributes
    ----------
    pairs : sequence of (str, str)
        Fields of a form in order, cleaned.
    data : mapping
        The same from a program: JSON.
    """

    pairs: Sequence[tuple[str, str]]
    data: Mapping[str, Any]

    def get(self, name: str, default: str = "") -> str:
        """Return a field as text."""
        found = self.data.get(name) if self.data else next((v for k, v in self.pairs if k == name), default)
        return found if isinstance(found, str) else default

    def all(self, name: str) -> list[str]:
        """Return every value of a field of a form."""
        return [v for k, v in self.pairs if k == name]


def cleaned(text: str) -> str:
    """Return text as it is kept: line breaks of one kind, no control characters, nothing that is no character."""
    plain = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return _UNSAID.sub("", plain)


def _clean(value: Any, depth: int = 0) -> Any:
    if isinstance(value, str):
        return cleaned(value)
    if depth > 6:
        return None
    if isinstance(value, dict):
        return {cleaned(str(k)): _clean(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        return [_clean(v, depth + 1) for v in value]
    return value


def read(content: bytes, kind: str) -> Sent:
    """Return what a request carries.

    Parameters
    ----------
    content : bytes
    kind : str
        Content type.

    Raises
    ------
    Shut
        It is too large, or neither a form nor JSON.
    """
    if len(content) > LARGEST:
        raise Shut(413, f"that is larger than {LARGEST // 1000} KB", "Send it in two parts")
    kind = kind.partition(";")[0].strip().lower()
    try:
        if kind == "application/json":
            data = json.loads(content.decode("utf-8"), parse_constant=_no_number)
            if not isinstance(data, dict):
                raise Shut(400, "this is no act", "Send an object with a kind")
            return Sent((), _clean(data))
        if kind == "application/x-www-form-urlencoded":
            pairs = parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=500)
            return Sent([(cleaned(k), cleaned(v)) for k, v in pairs], {})
    except (ValueError, RecursionError):
        raise Shut(400, "this can not be read", "Send a form or JSON in UTF-8") from None
    raise Shut(415, "this is neither a form nor JSON", "Send a form or JSON in UTF-8")


def _no_number(word: str) -> float:
    raise ValueError(word)


class Gates:
    """The gates of a room.

    Parameters
    ----------
    links : Links
    clock : callable
        Returns seconds.
    """

    def __init__(self, links: Links, clock: Callable[[], float] = time.monotonic) -> None:
        self._links = links
        self._acts = Rate(*_ACTS, clock=clock)
        self._wrong = Rate(*_WRONG, clock=clock)
        self._open = Counter[tuple[object, ...]]()
        self._held: set[int] = set()
        self._lock = threading.Lock()

    def enter(self, secret: str, address: str) -> Session:
        """Return who comes by a secret.

        Raises
        ------
        Shut
            Nobody does; after too many wrong ones from an address it waits.
        """
        found = self._links.session(secret)
        if found is not None:
            return found
        try:
            self._wrong.take(address)
        except TooMuch:
            what = "too many links from this address were wrong"
            raise Shut(429, what, "Wait some minutes, or use the link on your card") from None
        raise Shut(403, "this link opens no seat of this room", "Copy it whole, or ask the facilitator for another")

    def session(self, request: Request) -> Session:
        """Return whose a request is, by its cookie and the place that it asks for.

        Raises
        ------
        Shut
            Nobody's, or somebody else's.
        """
        found = self._links.session(request.cookies.get(COOKIE, ""))
        if found is None or found.place != request.path_params.get("who"):
            raise Shut(
                403,
                "you do not sit here",
                "Open your link once more; where it was taken back, ask the facilitator for another",
            )
        return found

    def may_write(self, request: Request, session: Session, token: str) -> None:
        """Check that a page of this room sent a request, by somebody who was given it.

        Raises
        ------
        Shut
            It comes from elsewhere.
        """
        if not own_origin(request):
            raise Shut(403, "this was not sent from a page of this room", "Open your link once more")
        if not token or token != session.token:
            raise Shut(
                403, "this was sent without the token of your page", "Load the page anew; what you typed is kept"
            )

    def count_act(self, session: Session, *, waits: bool = False) -> None:
        """Count an act.

        Parameters
        ----------
        session : Session
        waits : bool
            Whether one that comes too fast is held until it may be done, one of a link at a time: a page with a script
            sends it again by itself, a form cannot.

        Raises
        ------
        Shut
            They come too fast.
        """
        one = session.link.id
        for last in (False, True):
            try:
                return self._acts.take(str(one))
            except TooMuch:
                with self._lock:
                    held = waits and not last and one not in self._held
                    self._held |= {one} if held else set()
                if not held:
                    break
                time.sleep(LATER)
                with self._lock:
                    self._held.discard(one)
        what = "acts come faster than one a second"
        raise Shut(429, what, "What you typed is kept; send it again in a moment")

    def open_stream(self, session: Session, browser: str = "") -> Callable[[], None]:
        """Count a stream that begins, and return what counts its end.

        Parameters
        ----------
        session : Session
        browser : str
            Which of those that share the link; those that do not say so count as one.

        Raises
        ------
        Shut
            This browser, this link, or all observers together have enough of them.
        """
        one, role = session.link.id, session.link.role
        places = [((one, browser), STREAMS), ((one,), SHARED[role])]
        places += [((role,), OBSERVING)] if role == "observer" else []
        with self._lock:
            full = next((most for place, most in places if self._open[place] >= most), None)
            if full is not None:
                what = f"{full} windows are open by this link already, and what changes is told to no more of them"
                raise Shut(429, what, "Close one of them; this page asks by itself meanwhile")
            self._open.update(place for place, _ in places)

        def close() -> None:
            with self._lock:
                self._open.subtract(place for place, _ in places)
                self._open += Counter()  # what is nought is forgotten

        return close


def own_origin(request: Request) -> bool:
    """Return whether a request says that a page of this server sent it; one that does not say so is none of ours."""
    origin, host = request.headers.get("origin", ""), request.headers.get("host", "")
    return bool(host) and origin in (f"http://{host}", f"https://{host}")
