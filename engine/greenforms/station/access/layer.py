"""What the layers have in common: they see HTTP requests alone, and refuse in plain Chinese."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from greenforms.station.problem import Problem, answer_to


class Layer:
    """A layer around an application. A subclass answers `refusal`; what it refuses goes no further."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it with a refusal."""
        if scope["type"] == "http":
            problem = self.refusal(scope, Headers(scope=scope))
            if problem is not None:
                await answer_to(scope, problem)(scope, receive, send)
                return
        elif scope["type"] == "websocket":  # there are none, and what is not known is not let in
            return
        await self.app(scope, receive, send)

    def refusal(self, scope: Scope, headers: Headers) -> Problem | None:
        """Why a request is not let in; None lets it pass."""
        raise NotImplementedError
