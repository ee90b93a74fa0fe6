"""Only this machine is called by its own names: a page elsewhere cannot have its name mean us (DNS rebinding)."""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.types import Scope

from greenforms.station.access.layer import Layer
from greenforms.station.problem import Problem

#: Names of the own machine (RFC 6761, section 6.3; RFC 8252, section 7.3), with a port or without.
_OWN = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?")


class Hosts(Layer):
    """Refuses requests that call this machine by another name."""

    def refusal(self, scope: Scope, headers: Headers) -> Problem | None:
        """A request for another host."""
        if _OWN.fullmatch(headers.get("host", "")):
            return None
        return Problem(421, "这里只接受本机的访问", "请用程序窗口里给出的地址打开，地址以 http://127.0.0.1 开头。")
