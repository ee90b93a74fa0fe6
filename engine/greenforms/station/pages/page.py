"""One page of HTML, every value escaped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from greenforms.station.pages.navigation import ROOMS


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("greenforms.station"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["local"] = _local
    return environment


def _local(moment: str) -> str:
    """A moment in ISO 8601 as the clock on the wall shows it."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"


def page(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> HTMLResponse:
    """A template filled. `rooms` and `here` are the navigation's."""
    shown = _environment().get_template(template).render(rooms=ROOMS, here=request.scope["path"], **context)
    return HTMLResponse(shown, status, headers)
