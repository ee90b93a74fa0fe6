"""The sheet 一览: one row a paper, or one row an entry where the form is a list; colours say what to look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenforms.check.pointers import phrase
from greenforms.form.form import Form
from greenforms.form.tree import Leaf, Rows, leaves
from greenforms.readings.lines import GRADES, MISSING, UNFILLED, Line, lines_of, shown
from greenforms.readings.paper import PaperReading
from greenforms.readings.sheets import SheetWriter
from greenforms.workbook.look import height_of, width_of
from greenforms.workbook.values import Stored
from greenforms_extractors.match.flow import Flow

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LEAD = (
    "颜色：绿＝可信，黄＝有疑问，红＝多半有误或没有找到。鼠标停在格子上可看疑问、原文和位置，点黄、红的格子打开原件。"
    "这一页只供查看，更正请填在“明细”里。"
)
#: How wide the columns of running text and of pictures are, and those of figures; the others are as wide as their type.
_WIDTHS = {Flow.PARAGRAPHS: 36, Flow.PICTURES: 24}
_NARROWEST, _WIDEST_HEADING = 11, 20
_TALLEST = 75
_COMMENT = 400
#: The gravest first.
_GRADE_ORDER = (GRADES["red"], MISSING, GRADES["amber"], GRADES["green"], UNFILLED)


@dataclass(frozen=True, slots=True)
class _Column:
    """One field of the form, or the same field of several lists side by side."""

    heading: str
    patterns: frozenset[str]
    width: float


def write_overview(writer: SheetWriter, form: Form, papers: Sequence[PaperReading]) -> None:
    """Fill the sheet for the papers of one form."""
    lists = _lists(form)
    columns = list(_columns(form, lists))
    heads = [("文件", 26.0), ("待核对", 8.0), *([("名单", 16.0)] if len(lists) > 1 else [])]
    every = [*heads, *((column.heading, column.width) for column in columns)]
    writer.begin(f"{form.title}　读取结果一览", _LEAD, every, frozen=1)
    row = writer.top
    for paper in papers:
        for part, cells in _rows(lines_of(form, paper), lists):
            row += 1
            flagged = sum(
                line.needs_look and line.pointer not in paper.corrections for lines in cells.values() for line in lines
            )
            writer.link(row, 0, paper, None, writer.look.style("link"), paper.name)
            writer.worksheet.write_number(row, 1, flagged, writer.look.style("centre", grade="黄" if flagged else ""))
            if len(lists) > 1:
                writer.worksheet.write_string(row, 2, part, writer.look.style("text"))
            _write_cells(writer, row, paper, columns, cells, first=len(heads))
    writer.finish(row - writer.top, len(every))


def _lists(form: Form) -> tuple[Rows, ...]:
    """The lists of a form that is a list: most of its fields stand in them."""
    rows = tuple(child for child in form.root.children.values() if isinstance(child, Rows))
    inside = sum(len(list(leaves(each))) for each in rows)
    return rows if inside * 2 > len(list(leaves(form.root))) else ()


def _columns(form: Form, lists: Sequence[Rows]) -> Iterator[_Column]:
    """The fields in form order; fields of one name in several lists share a column."""
    together: dict[str, list[Leaf]] = defaultdict(list)
    listed = {each.pattern for each in lists}
    for leaf in leaves(form.root):
        array, _, name = leaf.pattern.partition("/*/")
        together[name if array in listed else leaf.pattern].append(leaf)
    titles = Counter(leaf.title for group in together.values() for leaf in group[:1])
    for group in together.values():
        shared = len(group) == 1 and titles[group[0].title] > 1
        names = [phrase(form.root, leaf.pattern) if shared else leaf.title for leaf in group]
        heading = "／".join(dict.fromkeys(names))
        width = max(map(_width, group))
        wide = max(width, min(_WIDEST_HEADING, width_of(heading) + 4))
        yield _Column(heading, frozenset(leaf.pattern for leaf in group), wide)


def _width(leaf: Leaf) -> int:
    codec = leaf.codec
    return _WIDTHS.get(codec.flow, _NARROWEST if codec.figure else codec.width)


def _rows(lines: Sequence[Line], lists: Sequence[Rows]) -> Iterator[tuple[str, Mapping[str, list[Line]]]]:
    """The rows of one paper: the list's title, and the lines of each field by its pattern."""
    titles = {each.pattern: each.title for each in lists}
    single: dict[str, list[Line]] = defaultdict(list)
    entries: dict[tuple[str, str], dict[str, list[Line]]] = {}
    for line in lines:
        steps = line.pointer.split("/")
        array = f"/{steps[1]}"
        if array in titles:
            entries.setdefault((array, steps[2]), defaultdict(list))[line.leaf.pattern].append(line)
        else:
            single[line.leaf.pattern].append(line)
    if not entries:
        yield "", single
    for (array, _), cells in entries.items():
        yield titles[array], {**single, **cells}


def _write_cells(
    writer: SheetWriter,
    row: int,
    paper: PaperReading,
    columns: Sequence[_Column],
    cells: Mapping[str, list[Line]],
    first: int,
) -> None:
    tallest = 20.0
    for number, column in enumerate(columns, first):
        lines = [line for pattern in column.patterns for line in cells.get(pattern, ())]
        cell = _cell(lines)
        if cell is not None and isinstance(cell.value, str):
            tallest = max(tallest, height_of(cell.value, column.width, 20))
        _write_cell(writer, row, number, paper, lines, cell)
    writer.worksheet.set_row(row, min(tallest, _TALLEST))


def _write_cell(
    writer: SheetWriter, row: int, column: int, paper: PaperReading, lines: Sequence[Line], cell: Stored | None
) -> None:
    worst = min(lines, key=lambda line: _GRADE_ORDER.index(line.grade)) if lines else None
    grade = worst.grade if worst is not None else ""
    number = cell is not None and not isinstance(cell.value, str)
    look = "number" if number else "text"
    style = writer.look.style(look, cell.number_format if cell else "@", grade)
    linked = worst is not None and worst.needs_look and worst.reading is not None
    if worst is not None and worst.reading is not None and linked:
        writer.link(row, column, paper, worst, style, str(cell.value) if cell else worst.reading.raw)
    if number or not linked:
        writer.value(row, column, cell, style)  # a number stays one under its link
    _comment(writer.worksheet, row, column, [line for line in lines if _remarkable(line)])


def _cell(lines: Sequence[Line]) -> Stored | None:
    """The values of a field: one as it is, several one below the other."""
    cells = [cell for line in lines if (cell := shown(line.leaf, line.value)) is not None]
    if len(cells) <= 1:
        return cells[0] if cells else None
    return Stored("\n".join(str(cell.value) for cell in cells))


def _remarkable(line: Line) -> bool:
    """Whether there is more to say than the cell shows."""
    if line.reading is None:
        return line.grade == MISSING
    cell = shown(line.leaf, line.value)
    return line.needs_look or cell is None or "".join(line.reading.raw.split()) != "".join(str(cell.value).split())


def _comment(worksheet: Worksheet, row: int, column: int, lines: Sequence[Line]) -> None:
    if not lines:
        return
    text = "\n".join(map(_remark, lines))
    text = text if len(text) <= _COMMENT else f"{text[:_COMMENT]}……详见“明细”"
    height = min(240, max(60, height_of(text, 36, 20) + 14))
    options = {"x_scale": 2.2, "height": height, "font_size": 9, "author": ""}
    worksheet.write_comment(row, column, text, options)


def _remark(line: Line) -> str:
    if line.reading is None:
        return f"{line.grade}：{line.part}“{line.label}”必填而没有读到"
    doubt = f"：{line.doubt}" if line.doubt else ""
    return "\n".join(filter(None, (f"{line.grade}{doubt}", f"原文：{line.reading.raw}", f"位置：{line.place}")))
