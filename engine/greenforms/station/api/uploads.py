"""Files that are sent to be worked on: taken in whole or not at all, with what is asked about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from greenforms.errors import UsageError
from greenforms.form.library import Library
from greenforms.station.api.days import day_of
from greenforms.station.place import Placed
from greenforms.station.problem import Wrong
from greenforms.station.refused import Refused
from greenforms.station.work.intake import Stored, store
from greenforms.station.workplace import Workplace

#: Files of one request; a unit's folder has some dozens.
MOST_FILES = 2_000
_FILES, _TEXTS = "files", ("form", "edition", "as_of")
_UNREAD = (
    400,
    "上传的内容读不懂",
    f"请用 multipart/form-data 上传：每个文件一段，名为 files，一次最多 {MOST_FILES} 个。文件多时请先压缩成 zip。",
)
_MISUSED = (422, "请求的写法不对", "请按接口说明改正下列各处。")

#: How uploads stand in the description of the interface.
UPLOADS: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [_FILES],
                    "additionalProperties": False,
                    "properties": {
                        _FILES: {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": MOST_FILES,
                            "description": "Word、Excel、PDF、扫描件、照片，或装着它们的 zip；文件名可以带目录。",
                            "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                        },
                        "form": {"type": "string", "description": "指明是哪一种表，如 nm-2024/cultivation-plan。"},
                        "edition": {"type": "string", "description": "纸面上看不出版本时，按这个版本读，如 nm-2024。"},
                        "as_of": {"type": "string", "format": "date", "description": "按哪一天判断，默认今天。"},
                    },
                }
            }
        },
    }
}


@dataclass(frozen=True, slots=True)
class Upload:
    """What one request hands in: the files, and how they are to be read, by full ids."""

    files: Sequence[Stored]
    form: str | None = None
    edition: str | None = None
    day: date | None = None

    def fingerprint(self, kind: str) -> str:
        """The same for requests that ask for the same of the same bytes under the same names."""
        day = self.day.isoformat() if self.day else None
        told = [kind, self.form, self.edition, day, [[file.name, file.sha256] for file in self.files]]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


async def uploaded(request: Request, placed: Placed) -> Upload:
    """The files of a request and what is asked about them, all of it judged before a file is kept."""
    async with _parts(request) as form:
        strange = [name for name, value in form.multi_items() if not _fits(name, value)]
        if strange:
            raise Refused(*_MISUSED, [Wrong(f"/body/{name}", "没有这一项，或它不该是文件") for name in strange])
        return await run_in_threadpool(_taken, placed, form)


Uploaded = Annotated[Upload, Depends(uploaded)]


@asynccontextmanager
async def _parts(request: Request) -> AsyncIterator[FormData]:
    """The parts of the body, and no trace of them afterwards."""
    try:
        form = await request.form(max_files=MOST_FILES, max_fields=len(_TEXTS))
    except HTTPException as error:
        raise (error if isinstance(error, Refused) else Refused(*_UNREAD)) from error
    try:
        yield form
    finally:
        await form.close()


def _fits(name: str, value: Any) -> bool:
    return name == _FILES if isinstance(value, UploadFile) else name in _TEXTS


def _taken(workplace: Workplace, form: FormData) -> Upload:
    asked = _asked(workplace.library, {name: str(form[name]) for name in _TEXTS if form.get(name)})
    files = [each for each in form.getlist(_FILES) if isinstance(each, UploadFile)]
    return Upload([store(workplace, each.filename or "", each.file) for each in files], **asked)


def _asked(library: Library, told: dict[str, str]) -> dict[str, Any]:
    """What is asked, by full ids. Raises Refused, naming each place that is wrong."""
    readers = {
        "form": lambda text: library.form(text).id,
        "edition": lambda text: library.edition(text).id,
        "as_of": day_of,
    }
    asked: dict[str, Any] = {}
    wrong: list[Wrong] = []
    for name, text in told.items():
        try:
            asked["day" if name == "as_of" else name] = readers[name](text)
        except UsageError as error:
            wrong.append(Wrong(f"/body/{name}", str(error)))
        except ValueError:
            wrong.append(Wrong(f"/body/{name}", "不是材料会有的日期，请写成 2026-03-31 的样子"))
    if wrong:
        raise Refused(*_MISUSED, wrong)
    return asked
