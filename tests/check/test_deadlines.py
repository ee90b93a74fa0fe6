"""Deadlines of procedures: the last day in time, and the days that are left."""

from __future__ import annotations

from datetime import date

import pytest

from greenforms.check.deadlines import Due, due_of
from shipped import LIBRARY


def due(procedure: str, day: str, since: str | None = None) -> Due:
    event = date.fromisoformat(since) if since else None
    return due_of(LIBRARY, LIBRARY.procedures[procedure], date.fromisoformat(day), event)[0]


@pytest.mark.parametrize(
    ("procedure", "day", "last", "days", "working"),
    [
        ("he-2024/application", "2024-07-18", "2024-07-19", 1, 1),
        ("he-2024/application", "2024-07-19", "2024-07-19", 0, 0),
        ("he-2024/application", "2024-07-20", "2024-07-19", -1, None),
        ("cn-2020/application", "2020-05-31", "2020-05-31", 0, 0),  # “6月1日前”不含当日
        ("jx-2024/recommendation", "2026-05-29", "2026-05-31", 2, 0),  # 星期六、星期日
        ("nm-2024/application", "2026-06-01", "2027-05-31", 364, None),  # 2027年的放假安排没有公布
    ],
)
def test_days_left(procedure: str, day: str, last: str, days: int, working: int | None) -> None:
    """This test ensures that the day itself is not counted and the last one is, in calendar and in working days."""
    found = due(procedure, day)
    assert (found.last, found.days, found.working) == (date.fromisoformat(last), days, working)


def test_a_day_of_every_year_that_is_past() -> None:
    """This test ensures that this year's day is told to be past before the next year's is named."""
    assert due("nm-2024/application", "2026-06-01").words == (
        "今年的已过1天，下一次是2027年5月31日前（当日有效），还有364天"
    )


def test_a_term_of_working_days() -> None:
    """This test ensures that a term runs from the event, passes over holidays, and waits for the event."""
    assert due("nm-2024/renaming", "2026-04-01").last is None
    found = due("nm-2024/renaming", "2026-04-01", "2026-03-02")
    assert (found.last, found.working) == (date(2026, 4, 14), 8)  # 4月6日清明节放假
    assert found.words.startswith("办理相关手续之日后30个工作日内，即2026年4月14日前")


def test_holidays_that_are_not_published() -> None:
    """This test ensures that a term which runs into a year without a calendar is not guessed."""
    found = due("nm-2024/renaming", "2026-12-20", "2026-12-18")
    assert found.last is None
    assert "2027年的放假安排还没有公布" in found.words
