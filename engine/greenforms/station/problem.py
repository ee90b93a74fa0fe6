"""What went wrong, as programs and people want it: RFC 9457 for the interface, a page for browsers."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from greenforms.errors import FormPackageError, GreenformsError, InputError, OfficeError, UnknownForm, UsageError
from greenforms.report import json_text
from greenforms_extractors.errors import UnreadableFile

#: Where the interface for programs begins; everything else is for browsers.
API = "/api/v1"
_STATUS: tuple[tuple[type[Exception], int, str], ...] = (
    (UnknownForm, 422, "认不出这是哪一种表"),
    (OfficeError, 503, "现在生成不了 PDF"),
    (InputError, 422, "读不了这份数据或文件"),
    (UnreadableFile, 422, "读不了这个文件"),
    (FormPackageError, 500, "表单包有错"),
    (UsageError, 422, "这样做不了"),
)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One place of a request that is wrong: a JSON Pointer (RFC 6901) as `pointer`, and what is wrong there."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """`title` is what is wrong, `detail` what to do; `errors` are single places of the body."""

    status: int
    title: str
    detail: str
    errors: Sequence[Wrong] = ()

    def to_json(self) -> dict[str, Any]:
        """Problem details (RFC 9457); the type says no more than the status."""
        shape: dict[str, Any] = {"type": "about:blank", "title": self.title, "status": self.status}
        shape["detail"] = self.detail
        return shape | ({"errors": [asdict(error) for error in self.errors]} if self.errors else {})


#: Nothing was half saved: files are written whole, and a transaction that does not fit is none.
_FULL = Problem(507, "磁盘满了", "工作目录所在的磁盘没有空间，这一次没有保存；以前保存的都在。请腾出空间，再做一次。")


def problem_of(error: Exception) -> Problem | None:
    """What an error of the user's, a package's or the disk's says; None for a bug of ours."""
    if _is_full(error):
        return _FULL
    for kind, status, title in _STATUS:
        if isinstance(error, kind):
            lines = error.lines if isinstance(error, GreenformsError) else (str(error),)
            return Problem(status, title, "\n".join(lines))
    return None


def _is_full(error: BaseException | None) -> bool:
    """Whether something could not be written for want of room, whatever was made of that on the way."""
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return True
    if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return True
    return error is not None and _is_full(error.__cause__)


def answer_to(scope: Scope, problem: Problem) -> Response:
    """The answer: JSON to programs, a page to people."""
    extra = {"www-authenticate": "Bearer"} if problem.status == 401 else {}
    if scope["path"].startswith(f"{API}/"):
        body = json_text(problem.to_json())
        return Response(body, problem.status, extra, media_type="application/problem+json")
    from greenforms.station.pages.page import page

    return page(Request(scope), "problem.html", status=problem.status, headers=extra, problem=problem)
