"""How much a body may hold and how long it may take: neither fills the disk, nor keeps a place for ever."""

from __future__ import annotations

import asyncio
import time

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenforms.station.access.layer import Layer
from greenforms.station.problem import Problem
from greenforms.station.refused import Refused

#: Bytes of one request. A folder of scans of one unit is some hundred megabytes.
MOST_BYTES = 1_000_000_000
#: Figures of a length that are worth working out.
_MOST_DIGITS = 18
#: Seconds between two pieces of a body, and the bytes a second that it must reach after that many seconds.
PATIENCE, SLOWEST = 20.0, 1_000


def _too_large(most: int) -> Refused:
    return Refused(413, "文件太大", f"一次最多收 {most // 1_000_000} MB。请分几次传，或把目录交给 greenforms batch。")


def _too_slow() -> Refused:
    return Refused(408, "文件没有传完", "传送停了太久，没有收下。请再传一次。")


class Bounds(Layer):
    """Refuses bodies that are too large, and who sends one too slowly."""

    def __init__(self, app: ASGIApp, most: int = MOST_BYTES, patience: float = PATIENCE) -> None:
        super().__init__(app)
        self._most, self._patience = most, patience

    def refusal(self, scope: Scope, headers: Headers) -> Problem | None:
        """A body that says that it is too large."""
        told = headers.get("content-length", "0")
        sound = told.isdecimal() and len(told) <= _MOST_DIGITS
        return _too_large(self._most).problem if not sound or int(told) > self._most else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what comes in, and mind the clock."""
        await super().__call__(scope, self._minded(receive) if scope["type"] == "http" else receive, send)

    def _minded(self, receive: Receive) -> Receive:
        started, taken, whole = time.monotonic(), 0, False

        async def minded() -> Message:
            nonlocal taken, whole
            if whole:  # then only the end of the connection can come, whenever it likes
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), self._patience)
            except TimeoutError:
                raise _too_slow() from None
            taken += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            spent = time.monotonic() - started
            if taken > self._most:
                raise _too_large(self._most)
            if not whole and spent > self._patience and taken < spent * SLOWEST:
                raise _too_slow()
            return message

        return minded
