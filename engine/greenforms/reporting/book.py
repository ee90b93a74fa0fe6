"""The report as an Excel workbook: a line for each finding."""

from __future__ import annotations

from greenforms.pack.examined import Examined
from greenforms.readings.line_book import Column, LineSheet, line_book
from greenforms.reporting.lines import Told, told

_COLUMNS = (
    Column("序号", 6, "centre"),
    Column("程度", 8, "centre"),
    Column("材料", 28),
    Column("栏目", 26),
    Column("写的内容", 26),
    Column("位置", 18, "quiet"),
    Column("问题", 60),
    Column("怎么办", 36),
    Column("规则", 24, "quiet"),
)


def book_of(found: Examined, lead: str) -> bytes:
    """The workbook as .xlsx; `lead` stands below its title. The same findings give the same bytes."""
    return line_book(LineSheet("核对报告", lead, _COLUMNS, map(_cells, told(found)), frozen=2))


def _cells(each: Told) -> tuple[str, ...]:
    files = "、".join(dict.fromkeys(spot.document for spot in each.spots if spot.document))
    columns = (
        "\n".join(dict.fromkeys(filter(None, texts)))
        for texts in (
            (spot.label for spot in each.spots),
            (spot.value for spot in each.spots),
            (spot.where for spot in each.spots),
        )
    )
    return str(each.number), each.word, files, *columns, each.message, each.fix, each.rule
