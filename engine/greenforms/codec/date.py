"""Dates as forms print them, with the precision they are given in.

General date parsers turn the blank ``20  年  月  日`` into some day of 2006 and 2022年13月1日 into January, so one
anchored pattern reads the spellings met, and the calendar has the last word.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms.codec.look_alikes import read_as_figures
from greenforms.codec.numerals import read_tens, write_digits, write_tens
from greenforms_extractors.folding import fold_code, fold_dashes, without_space

Precision = Literal["day", "month", "year"]

_PARTS: dict[Precision, int] = {"year": 1, "month": 2, "day": 3}
_WANTED: dict[Precision, str] = {"day": "年月日", "month": "年月", "year": "年份"}
_REACHED = ("", "年", "年月", "年月日")
_VALUE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_TEXT = re.compile(
    r"([0-9]{4})(?:年|年?度)?"
    r"|([0-9]{4})[年\-./]([0-9]{1,2})月?份?"
    r"|([0-9]{4})[年\-./]([0-9]{1,2})[月\-./]([0-9]{1,2})[日号]?"
    r"|([0-9]{4})([0-9]{2})([0-9]{2})"
)
#: What blanks print before 年: nothing, a century, a decade.
CENTURY = r"(?:[12]|19[0-9]?|20[0-9]?)?"
_BLANK = re.compile(CENTURY + r"年(?:月[日号]?)?")
_EMPTY_PARTS = re.compile(r"(?<=年)月[日号]?$|(?<=月)[日号]$")
_MIDNIGHT = re.compile(r"T?00:00(?::00(?:\.0+)?)?$")
_LOST_ZERO = re.compile(r"[0-9]{4}\.1")
_SERIAL = re.compile(r"([0-9]{5})(?:\.0+)?")
#: 1900 date system of Excel; day 60 (29 February 1900, which never was) and before cannot occur in our papers.
_SERIAL_EPOCH = datetime.date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 10000, 73415

_HINTS: dict[Precision, str] = {
    "day": "写全年月日，如 2026年3月18日",
    "month": "写到月，如 2026年3月",
    "year": "写年份，如 2026年",
}


@dataclass(frozen=True, slots=True)
class Date(Codec):
    """A date, in data ``YYYY-MM-DD``; with `precision` month or year also ``YYYY-MM`` and ``YYYY``.

    `style` is arabic (2022年5月12日, no leading zeros: GB/T 9704-2012 §7.3.5.4) or chinese (二〇二二年五月十二日).
    """

    name: ClassVar[str] = "date"
    json_types: ClassVar[frozenset[str]] = frozenset({"string"})

    precision: Precision = "day"
    style: Literal["arabic", "chinese"] = "arabic"

    def format(self, value: Any) -> str:
        """Print the date; text that is no date is printed as it is."""
        found = _VALUE.fullmatch(value)
        if found is None:
            return str(value)
        year, *rest = (int(part) for part in found.groups() if part)
        if self.style == "chinese":
            return "".join(
                part + sign for part, sign in zip([write_digits(year), *map(write_tens, rest)], "年月日", strict=False)
            )
        return "".join(f"{part}{sign}" for part, sign in zip([f"{year:04}", *rest], "年月日", strict=False))

    def parse(self, text: str) -> Reading:
        """Read a date; a blank pattern such as ``20  年  月  日`` is blank, a shorter date is kept and reported."""
        folded = _fold(text)
        if is_blank(folded) or _BLANK.fullmatch(folded):
            return Reading(None)
        found = _TEXT.fullmatch(_EMPTY_PARTS.sub("", folded))
        if found is None or _LOST_ZERO.fullmatch(folded):
            return Reading(None, (_unreadable(text, folded),))
        year, *rest = (part for part in found.groups() if part)
        value = "-".join([year, *(part.zfill(2) for part in rest)])
        if _calendar_date(value) is None:
            return Reading(None, (_no_such_day(text),))
        return Reading(value, self.check(value))

    def entry(self, value: Any) -> str:
        """The date in Arabic digits, in whatever style it is printed."""
        return replace(self, style="arabic").format(value)

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How precise it must be."""
        return _HINTS[self.precision]

    def likely(self, text: str) -> Any:
        """What the text says when letters that look like digits are read as such."""
        return read_as_figures(self, text)

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report what is no date, no day of the calendar, or less precise than the form asks."""
        found = _VALUE.fullmatch(value)
        if found is None:
            offered = self.parse(value).value
            return (Problem(f"日期“{value}”的写法不对", "请写成2022-05-12的样式", offered),)
        if _calendar_date(value) is None:
            return (_no_such_day(value),)
        parts = sum(part is not None for part in found.groups())
        if parts < _PARTS[self.precision]:
            return (Problem(f"“{value}”只写到{_REACHED[parts]}", f"请写全{_WANTED[self.precision]}"),)
        return ()


def date_from_serial(text: str) -> str | None:
    """The date of a worksheet cell whose number is a day count (44693 is 2022-05-12), else None."""
    found = _SERIAL.fullmatch(text.strip())
    if found is None or not _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        return None
    return (_SERIAL_EPOCH + datetime.timedelta(days=int(found[1]))).isoformat()


def _fold(text: str) -> str:
    return _MIDNIGHT.sub("", read_tens(without_space(fold_dashes(fold_code(text))).replace("_", "")))


def _calendar_date(value: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError:
        return None


def _no_such_day(text: str) -> Problem:
    return Problem(f"日期不存在：“{text.strip()}”", "请核对年、月、日")


def _unreadable(text: str, folded: str) -> Problem:
    shown = " ".join(text.split())
    if _LOST_ZERO.fullmatch(folded):
        return Problem(f"“{shown}”可能是1月，也可能是表格软件丢了末位0的10月", "请写成2022年10月的样式")
    serial = date_from_serial(folded)
    if serial is not None:
        return Problem(f"“{shown}”像是表格软件的日期序号", "请写成2022年5月12日的样式", serial)
    if re.match(r"[0-9]{2}[年\-./][0-9]", folded):
        return Problem(f"“{shown}”的年份不是四位", "请写四位年份，如2022年5月12日")
    if re.fullmatch(r"[0-9]{6}", folded):
        return Problem(f"“{shown}”看不出年、月、日的分界", "请写成2022年5月12日的样式")
    return Problem(f"“{shown}”不是一个确定的日期", "请写成2022年5月12日的样式")
