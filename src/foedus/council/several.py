"""Several rooms on one server: parallel groups of a course, each with its links, and a wall on which all stand side by side."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from foedus.council.council_app import Careful, create_app
from foedus.council.hall import Hall


class Several:
    """The application of several rooms: each answers below its own name, the first one everything else.

    Parameters
    ----------
    halls : sequence of Hall
        Their names differ; each knows the others, for the wall.
    hosts : tuple of str
        Names under which they answer.
    """

    def __init__(self, halls: Sequence[Hall], hosts: tuple[str, ...]) -> None:
        for hall in halls:
            hall.beside = tuple(halls)
        self._apps: Mapping[str, Careful] = {hall.name: create_app(hall, hosts) for hall in halls}
        self._first = next(iter(self._apps.values()))
        self._lives = Starlette(lifespan=self._lifespan)

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for one in self._apps.values():
                await stack.enter_async_context(one.lives())
            yield

    def end(self) -> None:
        """End every stream of every room."""
        for one in self._apps.values():
            one.end()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._lives(scope, receive, send)
            return
        parts = str(scope.get("path", "")).split("/")
        name = parts[2] if parts[1:2] == ["r"] and len(parts) > 2 else ""
        await self._apps.get(name, self._first)(scope, receive, send)
