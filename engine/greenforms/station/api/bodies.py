"""Bodies that are data sets, and answers that hold exact numbers."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from greenforms.datafile import decode
from greenforms.record import parse_json
from greenforms.report import json_text

#: How a data set stands in the description of the interface: any JSON, for each form says itself what it wants.
DATA_SET: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "一份数据，结构见这种表的 schema。",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


class ExactJSON(Response):
    """JSON whose numbers are written with all digits of their Decimals."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The text as UTF-8."""
        return json_text(content).encode()


async def data_set(request: Request) -> Any:
    """The body as a data set, numbers being Decimal. Raises InputError where it is no JSON."""
    content = await request.body()
    return await run_in_threadpool(lambda: parse_json(decode(content, "请求的内容")))
