"""Days as data hold them and as messages write them (GB/T 9704-2012 §7.3.5.4: no leading zeros)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_of(value: Any) -> date | None:
    """The day a value states in full, None for any other value."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def first_day(value: Any) -> date | None:
    """The first day of what a value states: a day, a month or a year."""
    parts = value.split("-") if isinstance(value, str) else []
    return day_of("-".join((*parts, *("01",) * (3 - len(parts)))))


def shown_date(value: str) -> str:
    """A day, month or year in words."""
    return "".join(f"{int(part)}{unit}" for part, unit in zip(value.split("-"), "年月日", strict=False))


def shown_day(day: date) -> str:
    """A day in words."""
    return f"{day.year}年{day.month}月{day.day}日"


def last_day(said: Mapping[str, str], year: int) -> date:
    """The last day in time: `day`, the same day of every year (`every_year`), or the one before `before`.

    Raises ValueError for any other measure.
    """
    if set(said) == {"day"}:
        return date.fromisoformat(said["day"])
    if set(said) == {"before"}:
        return date.fromisoformat(said["before"]) - timedelta(days=1)
    if set(said) == {"every_year"}:
        return date.fromisoformat(f"{year}-{said['every_year']}")
    raise ValueError("日期应为 day、before 或 every_year 之一")


def years_before(day: date, years: int) -> date:
    """The same day so many years before; of 29 February the day before 1 March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
