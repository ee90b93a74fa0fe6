"""Refusals raised on purpose, and errors of the engine, as answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenforms import datafile
from greenforms.errors import GreenformsError, UsageError
from greenforms.fault import fault
from greenforms.station.problem import Problem, Wrong, answer_to, problem_of
from greenforms_extractors.errors import UnreadableFile

_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
#: What pydantic finds wrong with parameters, by its names.
_SAID = {
    "missing": "缺少这一项，必须写",
    "literal_error": "只能是 {expected}",
    "string_pattern_mismatch": "写法不对，应合乎 {pattern}",
    "string_too_long": "太长，最多 {max_length} 个字",
    "string_too_short": "太短，最少 {min_length} 个字",
    "date_from_datetime_parsing": "不是日期，请写成 2026-03-31 的样子",
    "greater_than_equal": "太小，最小 {ge}",
    "less_than_equal": "太大，最大 {le}",
    "date_parsing": "不是日期，请写成 2026-03-31 的样子",
}
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_TITLES = {404: "没有这个地址", 405: "这个地址不能这样用"}


class Refused(HTTPException):
    """A request is refused with a problem; what reads a body lets errors of this kind through."""

    def __init__(self, status: int, title: str, detail: str, errors: Sequence[Wrong] = ()) -> None:
        super().__init__(status, detail)
        self.problem = Problem(status, title, detail, errors)


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How refusals stand in the description of the interface."""
    content = {"application/problem+json": {"schema": _SCHEMA}}
    return {status: {"description": "拒绝的原因（RFC 9457）", "content": content} for status in statuses}


def told_problems(app: FastAPI) -> None:
    """Have every error answered as a problem."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(GreenformsError, _failed)
    app.add_exception_handler(UnreadableFile, _failed)
    app.add_exception_handler(RequestValidationError, _misused)
    app.add_exception_handler(HTTPException, _unknown)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return answer_to(request.scope, error.problem)


async def _failed(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    return answer_to(request.scope, problem or _broken(request.scope, error))


async def _misused(request: Request, error: Exception) -> Response:
    """Parameters that the interface does not know."""
    assert isinstance(error, RequestValidationError)
    faults = [Wrong(_pointer(each["loc"]), _said(each)) for each in error.errors()]
    return answer_to(request.scope, Problem(422, "请求的写法不对", "请按接口说明改正下列各处。", faults))


def _pointer(steps: Sequence[Any]) -> str:
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def _said(wrong: Mapping[str, Any]) -> str:
    """What is wrong, in Chinese where we have the words."""
    told = _SAID.get(wrong["type"])
    return told.format_map(wrong.get("ctx", {})) if told else str(wrong["msg"])


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title = _TITLES.get(error.status_code, "请求不能接受")
    answer = answer_to(request.scope, Problem(error.status_code, title, "请从绿表的首页进入，或查看接口说明。"))
    answer.headers.update(error.headers or {})
    if error.status_code == 405 and (allowed := _allowed(request)):  # a mounted application has told its own
        answer.headers["allow"] = ", ".join(allowed)
    return answer


def _allowed(request: Request) -> list[str]:
    """Every method that the address takes (RFC 9110, section 10.2.1), by whichever of its routes."""
    scopes = [{**request.scope, "method": method} for method in _METHODS]
    routes = request.app.routes
    return [scope["method"] for scope in scopes if any(route.matches(scope)[0] is Match.FULL for route in routes)]


class Faults:
    """A bug of ours costs one answer; where it happened is written into the workplace."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and answer what nobody foresaw."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except ClientDisconnect:  # whoever sent something went away, and nobody listens
            return
        except Exception as error:
            if scope["type"] != "http":
                raise
            problem = problem_of(error) or _broken(scope, error)
            if begun:  # the connection ends, which is all that can still be told
                raise
            await answer_to(scope, problem)(scope, receive, send)


def _broken(scope: Scope, error: Exception) -> Problem:
    found = fault("这一步没有完成", error)
    target = scope["app"].state.workplace.folder / f"出错-{found.number}.txt"
    try:
        datafile.write(str(target), found.trace.encode(errors="backslashreplace"), force=True)
    except UsageError:
        found.whereabouts = ("工作目录里写不进文件，请检查磁盘空间。",)
    else:
        found.whereabouts = (f"出错的位置已写入“{target.name}”，请把这个文件交给程序的维护者。",)
    return Problem(500, "程序出错", "\n".join(found.lines))
