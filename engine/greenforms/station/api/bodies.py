"""Bodies that are data sets, and answers that hold exact numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from greenforms.datafile import decode
from greenforms.record import parse_json
from greenforms.report import json_text
from greenforms.station.refused import Refused

#: Bytes of a data set: it stands in memory as a whole, and the largest lists are a tenth of this.
MOST_DATA = 20_000_000
#: How a data set stands in the description of the interface: any JSON, for each form says itself what it wants.
DATA_SET: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "一份数据，结构见这种表的 schema。",
        "content": {"application/json": {"schema": {}}},
    }
}


class ExactJSON(Response):
    """JSON whose numbers are written with all digits of their Decimals."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The text as UTF-8."""
        return json_text(content).encode()


class WholeFile(FileResponse):
    """A file that is sent as a whole: a part that is asked for would have refusals of its own."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        headers = [(name, value) for name, value in scope["headers"] if name not in (b"range", b"if-range")]
        await super().__call__({**scope, "headers": headers}, receive, send)


async def data_set(request: Request) -> Any:
    """The body as a data set, numbers being Decimal. Raises InputError where it is no JSON, Refused where too large."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > MOST_DATA:
            raise Refused(413, "数据太大", f"一份数据最多 {MOST_DATA // 1_000_000} MB。请核对是否误传了别的文件。")
    return await run_in_threadpool(lambda: parse_json(decode(bytes(content), "请求的内容")))


async def worked_out(work: Callable[..., Any], *given: Any) -> ExactJSON:
    """What a function gives, written as JSON; both away from the loop that answers others."""
    return await run_in_threadpool(lambda: ExactJSON(work(*given)))
