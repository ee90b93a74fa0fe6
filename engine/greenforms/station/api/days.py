"""The day that verdicts are for."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from greenforms.station.place import Placed

Told = Annotated[date | None, Query(alias="as_of", description="按哪一天判断期限和年度，如 2026-03-31；默认今天。")]


def _day(placed: Placed, as_of: Told = None) -> date:
    return as_of or placed.as_of


Day = Annotated[date, Depends(_day)]
