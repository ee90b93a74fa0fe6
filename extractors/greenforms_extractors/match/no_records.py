"""Tells rows that stand in a list and are none of its records: totals, numbers of columns, examples, closing lines.

Such a row is listed as what it is, and is never an item. A row that the form itself prints is for others to know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from greenforms_extractors.folding import fold_label, fold_words
from greenforms_extractors.match.layout import Row
from greenforms_extractors.match.result import NoRecord
from greenforms_extractors.match.tables import TableRow
from greenforms_extractors.match.units import Unit

_TOTAL = re.compile(
    r"(?:本页|本表|本类|以上|全部|总|共|[^\d:]{0,6}(?<=[省市县区盟旗类]))?(?:合计|总计|小计|共计|累计)"
    r"(?:数|额|金额)?(?:\([^()]*\))?(?::?共?[\d.,]+\D{0,4})?"
)
_EXAMPLE = re.compile(
    r"\(?(?:填写|填报|填表)?(?:示例|样例|范例|举例|例如|例)(?:[\d一二三]{0,2}\)?:.*|[\d一二三]{0,2}\)?|\).*)"
)
_NOTE = re.compile(
    r"\(?(?:注|备注|说明|附注|填[表报写](?:说明|要求|须知)|注意事项?)[\d一二三]?\)?[:.、].*|填[表报写](?:说明|要求|须知)"
)
#: A longer text that begins so is somebody's own.
_LONGEST_EXAMPLE = 40
#: What a cell says that tells how it is to be filled.
_HOW = re.compile(r"\(.*\)|(?:如|例如|请|填写|填报|按照?|须|应)[^:]*[:\"“].*|(?:请|填写|填报)\S+")
_CLOSING_WORDS = (
    r"(?:填[表报]|制表|经办|审[核批]|复核|校对|统计|单位|主管|分管|企业|部门|法定代表)*"
    r"(?:人|负责人|领导|单位|日期|时间|签[字章名]|盖章|公章|联系人|联系电话|联系方式|电话|手机)|制表|审核|复核|校对|报[送出]日期"
)
_CLOSING = re.compile(rf"(?:{_CLOSING_WORDS})(?:\([^()]*\))?")
_CLOSING_LINE = re.compile(rf"(?:{_CLOSING_WORDS})(?:\([^()]*\))?:.*", re.DOTALL)
#: What stands at the head of a row that numbers the columns.
_NUMBERS_HEAD = frozenset({"栏次", "列次", "栏号", "列号", "行次", "序号", "编号", "甲"})
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?(?:=.*)?")
#: So many cells that count up number the columns; two do under a head that says so.
_COUNTED, _COUNTED_UNDER_HEAD = 3, 2
_NOTHING = frozenset({"", "/", "-", "无", "—"})

#: A table of fewer columns has none to spare for closing lines.
_WIDE = 3

Test = Callable[[Sequence[Unit], TableRow], bool]


class NoRecords:
    """Knows the rows of one list that are none of its items; `patterns` are the rows that the form prints for those."""

    def __init__(self, patterns: Sequence[Row]) -> None:
        self._patterns = [row for row in patterns if not row.labelled]
        #: What the form itself prints in the places of a row that nobody filled.
        self._blanks = {fold_label(slot.blank) for row in self._patterns for slot in row.slots if slot.blank}
        self._tests: tuple[tuple[NoRecord, Test], ...] = (
            (NoRecord.TOTAL, _is_total),
            (NoRecord.COLUMN_NUMBERS, _numbers_columns),
            (NoRecord.EXAMPLE, _is_example),
            (NoRecord.CLOSING, self._closes),
            (NoRecord.NOTE, self._is_note),
            (NoRecord.HEADLINE, self._is_headline),
        )

    def kind(self, row: TableRow) -> NoRecord | None:
        """What a row is, if it is no record."""
        filled = [unit for unit in row.own if unit.text.strip() and unit.index not in row.ordinals]
        if not filled:
            return None
        return next((kind for kind, holds in self._tests if holds(filled, row)), None)

    def _closes(self, filled: Sequence[Unit], row: TableRow) -> bool:
        """填表人：… in one cell or several; a numbered row is a record whatever it says."""
        if row.ordinals:
            return False
        return _closes([unit.text for unit in filled], self._narrowest)

    def _is_note(self, filled: Sequence[Unit], row: TableRow) -> bool:
        if len(filled) == 1:
            return self._narrowest > 1 and _NOTE.fullmatch(fold_words(filled[0].text)) is not None
        if row.ordinals or not self._blanks.isdisjoint(unit.key for unit in filled):
            return False
        return all(_HOW.fullmatch(fold_words(unit.text)) for unit in filled)

    def _is_headline(self, filled: Sequence[Unit], row: TableRow) -> bool:
        """One text across all the columns."""
        if len(filled) > 1 or row.ordinals or self._narrowest < 2 or filled[0].key in _NOTHING:
            return False
        return all(
            row.covering(cell.first, cell.last) is filled[0] for pattern in self._patterns for cell in pattern.cells
        )

    @property
    def _narrowest(self) -> int:
        """The number of cells of the row with fewest."""
        return min((len(pattern.cells) for pattern in self._patterns), default=0)


def kind_of_line(texts: Sequence[str], columns: int) -> NoRecord | None:
    """What a row of a plain list of so many columns is, told by the texts in it alone; None for a record."""
    if any(_TOTAL.fullmatch(fold_label(text)) for text in texts[:2]):
        return NoRecord.TOTAL
    if texts and _closes(texts, columns):
        return NoRecord.CLOSING
    alone = len(texts) == 1 and columns > 1
    return NoRecord.NOTE if alone and _NOTE.fullmatch(fold_words(texts[0])) else None


def _closes(texts: Sequence[str], columns: int) -> bool:
    if _CLOSING_LINE.fullmatch(fold_words(texts[0])):
        return True
    words = sum(_CLOSING.fullmatch(fold_label(text)) is not None for text in texts)
    few = len(texts) <= 2 and columns > _WIDE
    return _CLOSING.fullmatch(fold_label(texts[0])) is not None and (words > 1 or few)


def _is_total(filled: Sequence[Unit], row: TableRow) -> bool:
    return any(_TOTAL.fullmatch(unit.key) for unit in filled[:2])


def _is_example(filled: Sequence[Unit], row: TableRow) -> bool:
    return any(_EXAMPLE.fullmatch(fold_words(unit.text)) for unit in row.own if len(unit.text) <= _LONGEST_EXAMPLE)


def _numbers_columns(filled: Sequence[Unit], row: TableRow) -> bool:
    """甲 乙 1 2 3, or 栏次 1 2 3: the cells count up."""
    keys = [unit.key for unit in row.own if unit.text.strip()]
    headed = keys[0] in _NUMBERS_HEAD
    rest = [key for key in keys[headed:] if key not in _STEMS]
    numbers = [found[1] for key in rest if (found := _COLUMN_NUMBER.fullmatch(fold_label(key)))]
    counted = [int(number) for number in numbers] == list(range(1, len(rest) + 1))
    enough = len(keys) - headed >= (_COUNTED_UNDER_HEAD if headed else _COUNTED)
    return counted and enough and (headed or row.first)
