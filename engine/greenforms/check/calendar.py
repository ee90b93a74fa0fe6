"""Working days, by the holidays and make-up working days that the State Council publishes for each year."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache


class HolidaysUnknown(Exception):
    """The holidays of `year` are not published yet, or not in the calendar at hand."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Whether people work on a day. Raises HolidaysUnknown."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError as error:
        raise HolidaysUnknown(day.year) from error


def after_working_days(day: date, count: int) -> date:
    """The day so many working days after another, which itself does not count. Raises HolidaysUnknown."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days(first: date, last: date, enough: int) -> int:
    """How many working days there are from one day to another, both counted, as far as `enough`.

    Raises HolidaysUnknown.
    """
    count, day = 0, first
    while day <= last and count < enough:
        count += is_working_day(day)
        day += timedelta(days=1)
    return count
