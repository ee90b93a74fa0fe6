"""Who comes in: one browser by the token in the address, once; after that by its session; programs by the key."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from greenforms.station.access.layer import Layer
from greenforms.station.problem import API, Problem

_TOKEN = "token"  # noqa: S105 - the name, not a token
_STRANGER = Problem(
    401,
    "请从程序打开的地址进入",
    "程序窗口里给出的地址只能用一次，用过的、抄来的都进不来。请回到程序窗口，按 Ctrl-C 停止后重新运行 "
    "greenforms serve；做过的都在，会接着原来的。",
)
_KEYLESS = Problem(
    401,
    "没有带上钥匙，或钥匙不对",
    "请在请求头里写 Authorization: Bearer 钥匙。钥匙在工作目录的“程序接口的钥匙.txt”里。",
)


class Visitors(Layer):
    """Lets in who shows the token (for a session, RFC 6265), a session, or the key (RFC 6750).

    The token works once, for it stays in the browser's history; the session's name is always made here, so that
    nobody can have another use one that he knows. Its cookie is called after the key, for a browser sends the cookies
    of this machine to all its ports, and two stations must not put each other's out.
    """

    def __init__(self, app: ASGIApp, token: str, key: str) -> None:
        super().__init__(app)
        self._token: str | None = token
        self._key = key
        self._cookie = f"greenforms-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
        self._sessions: set[str] = set()
        self._turn = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Trade the token for a session; else let pass who is known."""
        if scope["type"] == "http":
            scope.setdefault("state", {})
            shown = parse_qs(scope["query_string"].decode("latin-1")).get(_TOKEN)
            if scope["method"] == "GET" and shown and self._redeems(shown[0]):
                await self._welcome(scope["path"])(scope, receive, send)
                return
        await super().__call__(scope, receive, send)

    def refusal(self, scope: Scope, headers: Headers) -> Problem | None:
        """A stranger."""
        scheme, _, shown = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and hmac.compare_digest(shown.encode(), self._key.encode()):
            scope["state"]["by_key"] = True
            return None
        if self._shown(headers) & self._sessions:
            return None
        return _KEYLESS if scope["path"].startswith(f"{API}/") else _STRANGER

    def _shown(self, headers: Headers) -> set[str]:
        """The sessions that are shown. Cookies of other programs on this machine may be written in any way."""
        pairs = (each.strip().partition("=") for each in headers.get("cookie", "").split(";"))
        return {value for name, _, value in pairs if name == self._cookie}

    def _redeems(self, shown: str) -> bool:
        """Whether it is the token, which is used up by that."""
        with self._turn:
            if self._token is None or not hmac.compare_digest(shown.encode(), self._token.encode()):
                return False
            self._token = None
            return True

    def _welcome(self, path: str) -> RedirectResponse:
        """To the same page without the token, with a session of its own."""
        session = secrets.token_urlsafe(32)
        self._sessions.add(session)
        answer = RedirectResponse("/" + path.lstrip("/"), 303)  # two slashes would begin another machine's address
        answer.set_cookie(self._cookie, session, httponly=True, samesite="strict", path="/")
        return answer
