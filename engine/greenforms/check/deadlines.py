"""By when something of a procedure is due, and how many days are left on a given day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from greenforms.check.calendar import HolidaysUnknown, after_working_days, working_days
from greenforms.check.days import last_day, shown_day
from greenforms.finding import Citation
from greenforms.form.library import Library
from greenforms.form.procedure import Deadline, Procedure

_TERM = "working_days"


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline on a day. `last` is the last day in time, None where an event is not told or nothing is in force.

    `days` and `working` are the calendar and working days left, the last one counted and the day itself not; negative
    `days` are past. `working` is None where the holidays of a year are not published yet.
    """

    deadline: Deadline
    words: str
    citation: Citation | None = None
    last: date | None = None
    days: int | None = None
    working: int | None = None


def due_of(library: Library, procedure: Procedure, day: date, since: date | None = None) -> tuple[Due, ...]:
    """The deadlines of a procedure; `since` is the day of the event from which terms are counted."""
    return tuple(_due(library, deadline, day, since) for deadline in procedure.deadlines)


def _due(library: Library, deadline: Deadline, day: date, since: date | None) -> Due:
    dated = library.parameters[deadline.parameter].on(day)
    if dated is None:
        return Due(deadline, f"{shown_day(day)}没有规定期限")
    if _TERM not in dated.value:
        last, before = _next(dated.value, day)
        return _left(deadline, last, day, dated.citation, before)
    term = int(dated.value[_TERM])
    words = f"{deadline.after}后{term}个工作日内"
    if since is None:
        return Due(deadline, words, dated.citation)
    try:
        return _left(deadline, after_working_days(since, term), day, dated.citation, f"{words}，即")
    except HolidaysUnknown as error:
        return Due(deadline, f"{words}；{error.year}年的放假安排还没有公布，算不出是哪一天", dated.citation)


def _next(said: Mapping[str, Any], day: date) -> tuple[date, str]:
    """The last day in time, and what is to be said before it: of a day that comes every year, that it is past."""
    last = last_day(said, day.year)
    if "every_year" not in said or last >= day:
        return last, ""
    return last_day(said, day.year + 1), f"今年的已过{(day - last).days}天，下一次是"


def _left(deadline: Deadline, last: date, day: date, citation: Citation, before: str = "") -> Due:
    days = (last - day).days
    try:
        working = working_days(day, last, days + 1) - working_days(day, day, 1) if days >= 0 else None
    except HolidaysUnknown:
        working = None
    return Due(
        deadline, f"{before}{shown_day(last)}前（当日有效）{_said(days, working)}", citation, last, days, working
    )


def _said(days: int, working: int | None) -> str:
    if days < 0:
        return f"，已过{-days}天"
    return f"，还有{days}天" + (f"（{working}个工作日）" if working is not None else "")
