"""Etags: the same address gives the same bytes, so a browser that has them is told so, and keeps for ever what cannot change."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

FOR_EVER: Final = "public, max-age=31536000, immutable"
"""What has a hash, or everything that it depends on, in its address."""

LOOK: Final = "no-cache"
"""Kept, and asked for again every time, which is answered without content as long as it is the same."""


def compared(request: Request, response: Response) -> Response:
    """Return an answer with the hash of its bytes; without content where the browser has the same already.

    Parameters
    ----------
    request : Request
    response : Response
        Whole; what may not be kept (``no-store``) and what went wrong are returned as they are.
    """
    known = response.headers.get("cache-control", "")
    if response.status_code != 200 or "no-store" in known or request.method not in ("GET", "HEAD"):
        return response
    if not known:
        response.headers["cache-control"] = LOOK
    # weak, for a proxy or the server itself may pack it on the way
    tag = f'W/"{sha256(bytes(response.body)).hexdigest()[:32]}"'
    response.headers["etag"] = tag
    if tag not in _tags(request.headers.get("if-none-match", "")):
        return response
    return Response(None, 304, {"etag": tag, "cache-control": response.headers["cache-control"]})


def _tags(header: str) -> set[str]:
    """Return the hashes that a browser has, as if all were weak: nobody asks for a part of a page."""
    return {t if t.startswith("W/") else f"W/{t}" for t in map(str.strip, header.split(",")) if t}
