"""Days in parameters: such as papers can be of."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from greenforms.station.place import Placed

#: No authority has set terms for a day before or after these; terms beyond the calendar cannot be worked out.
EARLIEST, LATEST = date(1949, 10, 1), date(2999, 12, 31)
_TOLD = "按哪一天判断期限和年度，如 2026-03-31；默认今天。"
_SINCE = "办理相关手续的那一天，按工作日计的期限从它起算。"

Told = Annotated[date | None, Query(alias="as_of", ge=EARLIEST, le=LATEST, description=_TOLD)]
Since = Annotated[date | None, Query(ge=EARLIEST, le=LATEST, description=_SINCE)]


async def _day(placed: Placed, as_of: Told = None) -> date:
    return as_of or placed.as_of


Day = Annotated[date, Depends(_day)]


def day_of(text: str) -> date:
    """The day of a text such as 2026-03-31. Raises ValueError for another text or time."""
    day = date.fromisoformat(text)
    if not EARLIEST <= day <= LATEST:
        raise ValueError(text)
    return day
