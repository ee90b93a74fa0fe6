"""Versions of what several windows can change: who changes says which he saw (RFC 9110, sections 8.8.3 and 13.1.1)."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated

from fastapi import Header

from greenforms.station.refused import Refused

#: What the request says that it saw. A page without script sends the same text as a field of its form.
Seen = Annotated[str | None, Header(alias="If-Match")]

_UNSAID = (428, "没有说明改的是哪一版", "请先取得最新的内容，把回答里的 ETag 原样写在 If-Match 里，再改。")
_STALE = (412, "别处已经改过", "您看到的不是最新的内容，这次没有保存，也没有覆盖别处改的。请刷新后对照着再改一次。")


def tag_of(*version: object) -> str:
    """The strong tag of a version, such as a row's id and number; equal versions have equal tags, quotes and all."""
    told = json.dumps([str(part) for part in version], ensure_ascii=False)
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def refuse_stale(seen: str | None, current: str) -> None:
    """Raise Refused unless the version that was seen is the current one: 428 where none is told, 412 where another is.

    Call it in the transaction that changes, else another change comes between.
    """
    if seen is None:
        raise Refused(*_UNSAID)
    told = [each.strip() for each in seen.split(",")]
    if current not in told and told != ["*"]:
        raise Refused(*_STALE)
