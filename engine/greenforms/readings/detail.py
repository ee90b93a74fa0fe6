"""The sheet 明细: one row a field, with a column for the clerk's corrections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import floor
from typing import Any

from greenforms.codec.choice import Choice
from greenforms.form.library import Library
from greenforms.readings.correcting import NOTHING
from greenforms.readings.lines import Line, lines_of, shown
from greenforms.readings.paper import PaperReading
from greenforms.readings.sheets import SheetWriter
from greenforms.workbook.look import height_of
from greenforms.workbook.values import Stored
from greenforms_extractors.match.flow import Flow

SHEET = "明细"
PAPER, PATH, VALUE, CORRECTION = "文件", "路径", "读到的值", "更正"
COLUMNS = (
    (PAPER, 22),
    ("部分", 22),
    ("栏目", 22),
    (VALUE, 34),
    (CORRECTION, 34),
    ("颜色", 8),
    ("疑问", 26),
    ("原文", 28),
    ("位置", 22),
    ("可信度", 8),
    (PATH, 24),
)
_HEADS = [heading for heading, _ in COLUMNS]
_WIDTHS = dict(COLUMNS)
_LEAD = (
    "对照原件看黄、红和“未找到”的行，把正确的内容填在橙色的“更正”栏；读对的不用填。"
    "数字只写数（单位照栏目），日期如 2026年3月18日。"
    f"读错而原件上没有的，填“{NOTHING}”；原件写明不适用的，填“/”。名单里整条多读了的，把它各栏都填“{NOTHING}”；"
    "漏读了一条的，复制上一条的各行，把“路径”中的序号加一，再填“更正”。读到的值请不要改动，它和更正一起保留。"
    "填好保存为 .xlsx，直接用 validate 校验、render 生成。"
)
_TALLEST = 220
#: A list of choices typed into a cell's rule holds 255 characters.
_CHOICES = 250


def write_detail(library: Library, writer: SheetWriter, papers: Sequence[PaperReading]) -> None:
    """Fill the sheet for all papers."""
    writer.begin("读取结果明细与更正", _LEAD, COLUMNS, frozen=3)
    row = writer.top
    for paper, line in entries(library, papers):
        row += 1
        _write_line(writer, row, paper, line)
    writer.finish(row - writer.top, len(COLUMNS))
    value, correction = _HEADS.index(VALUE), chr(ord("A") + _HEADS.index(CORRECTION))
    first = writer.top + 1
    writer.worksheet.conditional_format(
        first,
        value,
        max(row, first),
        value,
        {
            "type": "formula",
            "criteria": f"=LEN(TRIM(${correction}{first + 1}))>0",
            "format": writer.look.style("replaced"),
        },
    )


def entries(library: Library, papers: Sequence[PaperReading]) -> Iterator[tuple[PaperReading, Line]]:
    """Every field of every paper."""
    for paper in papers:
        form = library.form(paper.extraction.form)
        for line in lines_of(form, paper):
            yield paper, line


def _write_line(writer: SheetWriter, row: int, paper: PaperReading, line: Line) -> None:
    style, sheet, reading = writer.look.style, writer.worksheet, line.reading
    cell = shown(line.leaf, line.value)
    texts = {
        PAPER: paper.name,
        "部分": line.part,
        "栏目": with_unit(line),
        "疑问": line.doubt,
        "原文": reading.raw if reading else "",
        PATH: line.pointer,
    }
    seen = {**texts, VALUE: str(cell.value) if cell else "", "位置": line.place, PATH: ""}
    height = max(height_of(text, _WIDTHS[heading], 20) for heading, text in seen.items())
    sheet.set_row(row, min(height, _TALLEST))
    text_style = style("prose" if height > _TALLEST else "text")
    for heading, text in texts.items():
        sheet.write_string(row, _HEADS.index(heading), text, style("quiet") if heading == PATH else text_style)
    _write_value(writer, row, cell, tall=height > _TALLEST)
    sheet.write_string(row, _HEADS.index("颜色"), line.grade, style("centre", grade=line.grade))
    given = paper.corrections.get(line.pointer)
    _write_correction(writer, row, line, given.text if given else "")
    writer.link(row, _HEADS.index("位置"), paper, line, style("link"), line.place or ("打开原件" if reading else ""))
    sure = Stored(Decimal(floor(reading.confidence * 100)) / 100) if reading else None  # never rounded up to certainty
    writer.value(row, _HEADS.index("可信度"), sure, style("centre", "0%"))


def _write_value(writer: SheetWriter, row: int, cell: Stored | None, *, tall: bool) -> None:
    looks = "number" if cell is not None and not isinstance(cell.value, str) else "prose" if tall else "text"
    writer.value(row, _HEADS.index(VALUE), cell, writer.look.style(looks, cell.number_format if cell else "@"))


def with_unit(line: Line) -> str:
    """The label with the unit, unless the label has it."""
    unit = line.leaf.unit
    return line.label if unit is None or unit in line.label else f"{line.label}（{unit}）"


def _write_correction(writer: SheetWriter, row: int, line: Line, text: str) -> None:
    column = _HEADS.index(CORRECTION)
    closed = line.leaf.codec.flow is Flow.PICTURES
    style = writer.look.style("closed" if closed else "entry")
    if text:
        writer.worksheet.write_string(row, column, text, style)
    else:
        writer.worksheet.write_blank(row, column, None, style)
    if isinstance(line.leaf.codec, Choice) and (rule := _choices(line.leaf.codec)):
        writer.worksheet.data_validation(row, column, row, column, rule)


def _choices(codec: Choice) -> dict[str, Any] | None:
    """A drop-down that lets other texts pass after a warning."""
    options = [*codec.choices, NOTHING]
    if any("," in option for option in options) or len(",".join(options)) > _CHOICES:
        return None
    return {
        "validate": "list",
        "source": options,
        "error_type": "warning",
        "error_title": "不在选项中",
        "error_message": "这一栏只能选表上的选项。",
    }
