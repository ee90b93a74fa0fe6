"""A page from elsewhere cannot act in the user's name (cross-site request forgery)."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import Scope

from greenforms.station.access.layer import Layer
from greenforms.station.problem import Problem

#: What only looks (RFC 9110, section 9.2.1).
_SAFE = {"GET", "HEAD", "OPTIONS"}
_FOREIGN = Problem(
    403,
    "这个请求不是从绿表自己的页面发出的",
    "别的网页不能替您操作，没有执行。请回到绿表的页面，再做一次。",
)


class Origins(Layer):
    """Refuses requests that change something unless one of our own pages sent them.

    A browser says where a form or a script comes from (`Origin`; Fetch Standard, section 3.2). Programs that show
    the key are no browsers and need not.
    """

    def refusal(self, scope: Scope, headers: Headers) -> Problem | None:
        """A request that changes something, of another page's making."""
        if scope["method"] in _SAFE or scope["state"].get("by_key"):
            return None
        return None if headers.get("origin") == f"http://{headers.get('host')}" else _FOREIGN
