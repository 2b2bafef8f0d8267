"""Careful: who is answered, how often, and the headers of every answer; it knows nothing of what is served."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foedus.web.limits import Limits, Rate, TooMuch

POLICY: Final = "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'"
"""What a page may fetch and who may frame it: nothing but its own, and nobody."""

FRAMED: Final = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
"""The same of a figure that is made to stand in other pages."""

HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""Headers of every answer."""

IN_FRAMES: Final[Mapping[str, str]] = {
    **HEADERS,
    "content-security-policy": FRAMED,
    "cross-origin-resource-policy": "cross-origin",
}
"""Headers of what may stand in other pages."""

EMBED: Final = "/embed/"
"""Below it stands what other pages may frame."""

OWN_HOSTS: Final = ("127.0.0.1", "localhost", "[::1]", "testserver")
"""Names under which a workbench on one's own machine answers: a page of somebody else cannot ask it by another."""


class Careful:
    """Wraps an application: checks who is asked for, counts questions, and adds the headers of every answer.

    Parameters
    ----------
    app : callable
    limits : Limits
    hosts : tuple of str
        Names that are answered, without ports; empty for any.
    prefix : str
        What stands before every address.
    """

    def __init__(self, app: ASGIApp, limits: Limits, hosts: tuple[str, ...], prefix: str = "") -> None:
        self._app, self._hosts, self._embed = app, hosts, prefix + EMBED
        self._rate = Rate() if limits.public else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        headers = IN_FRAMES if path.startswith((EMBED, self._embed)) else HEADERS
        own = [(k.encode(), v.encode()) for k, v in headers.items()]

        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *own]}
            await send(message)

        refused = self._refused(scope)
        await (refused or self._app)(scope, receive, careful)

    def _refused(self, scope: Scope) -> Response | None:
        named = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        host = named.rpartition(":")[0] if named.rpartition(":")[2].isdigit() else named
        if self._hosts and host not in self._hosts:
            words = f"This workbench answers as {self._hosts[0]} alone. Start it with --public to serve others.\n"
            return Response(words, 421, media_type="text/plain")
        if self._rate is None or "/static/" in scope["path"]:
            return None
        try:
            self._rate.take(str((scope.get("client") or ("",))[0]))
        except TooMuch as error:
            return Response(f"{error}\n", error.status, {"retry-after": str(error.wait)}, "text/plain")
        return None


def hosts_of(limits: Limits) -> tuple[str, ...]:
    """Return the names that are answered: any where strangers are served, else those of this machine."""
    return () if limits.public else OWN_HOSTS
