"""Reading a workbook (.xlsx) from its XML: each visible sheet as one sparse table, `gf.` names as controls.

The sheets are streamed and only cells that hold something are kept. Numbers never pass through floating point.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from greenforms_extractors.makers import makers_of_package
from greenforms_extractors.marks import begins_aside
from greenforms_extractors.model import Control, Document, Notice, Table
from greenforms_extractors.ooxml import Package, open_package, whole
from greenforms_extractors.refusals import damaged, too_long, too_much, too_wide
from greenforms_extractors.safe_xml import Element
from greenforms_extractors.sheet.cells import S, Values, area, cell_formats, position, reference, shared_strings
from greenforms_extractors.sheet.worksheet import (
    MAX_COLUMNS,
    MAX_MERGED_ROWS,
    MAX_ROWS,
    Entry,
    Sheet,
    as_table,
    covered,
    named_cells,
    target,
)
from greenforms_extractors.word.markup import R

CONTROL_PREFIX = "gf."
#: Excel allows 31 characters in the name of a sheet and 255 in any other; longer ones are nobody's.
_LONGEST_NAME = 255

_NOTICES = {
    "no-cached-value": "单元格 {} 是公式但没有保存计算结果，未读到数值；请用 Excel/WPS 打开并保存后再提交",
    "error-value": "单元格 {} 的公式出错，显示为错误值；请改正后再提交",
    "crossed-out": "单元格 {} 中划掉（加了删除线）的内容按删除处理，未读取，请核对",
    "lost-digits": "单元格 {} 以数字保存了超过 15 位的内容，末尾的数位已丢失；代码、证号请改为文本格式重新填写",
    "hidden-rows": "隐藏行中有内容（{}），已照常读取，请核对",
    "hidden-columns": "隐藏列中有内容（{}），已照常读取，请核对",
    "covered-text": "合并单元格盖住的内容不可见，未读取：{}",
    "hidden-sheet": "隐藏的工作表未读取：{}",
    "unread-shapes": "工作表中的图片、文本框或图形未读取：{}",
    "broken-name": "名称所指的区域已失效：{}；可能删除过行、列或工作表",
}


def read_xlsx(path: Path) -> Document:
    """Read a workbook."""
    with open_package(path) as package:
        if package.main_part is None:
            raise damaged(path)
        return _Workbook(package, package.main_part).read()


def asides(path: Path) -> dict[str, str]:
    """The sheets of a workbook that are ours and no part of it: name and headline. Raises UnreadableFile."""
    with open_package(path) as package:
        if package.main_part is None:
            raise damaged(path)
        return _Workbook(package, package.main_part).asides()


def read_sheet(path: Path, name: str) -> Table | None:
    """One sheet of a workbook, hidden or not; None when it has no sheet of this name. Raises UnreadableFile."""
    with open_package(path) as package:
        if package.main_part is None:
            raise damaged(path)
        return _Workbook(package, package.main_part).table(name)


class _Workbook:
    """The workbook part and what hangs on it."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self._root = package.xml(part)
        properties = self._root.find(S + "workbookPr")
        self._values = Values(
            shared_strings(package, package.related(part, "sharedStrings")),
            cell_formats(package, package.related(part, "styles")),
            base_1904=properties is not None and properties.get("date1904") in {"1", "true"},
        )
        self._seen = self._values.seen

    def read(self) -> Document:
        sheets = [self._sheet(name, part) for name, part in self._visible()]
        sheets = [sheet for sheet in sheets if not _is_aside(sheet)]
        tables = tuple(as_table(sheet) for sheet in sheets)
        controls = tuple(self._controls({sheet.name: sheet for sheet in sheets}))
        notices = tuple(
            Notice(code, text.format(self._seen[code])) for code, text in _NOTICES.items() if code in self._seen
        )
        makers = makers_of_package(self._package)
        return Document("xlsx", tables, controls, self._package.custom_xml, notices, makers=makers)

    def table(self, name: str) -> Table | None:
        found = next((part for node, part in self._sheets() if node.get("name") == name), None)
        return None if found is None else as_table(self._sheet(name, found))

    def asides(self) -> dict[str, str]:
        sheets = [self._sheet(name, part) for name, part in self._visible()]
        return {sheet.name: sheet.entries[0, 0].text for sheet in sheets if _is_aside(sheet)}

    def _visible(self) -> Iterator[tuple[str, str]]:
        for node, part in self._sheets():
            name = node.get("name", "")
            if node.get("state", "visible") != "visible":
                self._seen["hidden-sheet"].append(name)
            else:
                yield name, part

    def _sheets(self) -> Iterator[tuple[Element, str]]:
        """The worksheets with their parts, each of which is read once however often it is named."""
        links = {link.id: link for link in self._package.relationships(self._part)}
        read = set()
        for node in self._root.iterfind(f"{S}sheets/{S}sheet"):
            name = node.get("name", "")
            link = links.get(node.get(R + "id", ""))
            if link is None or not link.type.endswith("/worksheet"):
                continue
            if len(name) > _LONGEST_NAME or link.target in read:
                raise damaged(self._package.path)
            read.add(link.target)
            yield node, link.target

    def _sheet(self, name: str, part: str) -> Sheet:
        sheet = Sheet(name)
        row_number = -1
        for event, element in self._package.stream(part, [S + "row", S + "mergeCell", S + "col", S + "drawing"]):
            if event == "start":
                continue
            if element.tag == S + "row":
                row_number = max(whole(element, "r", row_number + 2), 1) - 1
                self._row(sheet, element, row_number)
                _free(element)
            elif element.tag == S + "mergeCell":
                self._merge(sheet, element.get("ref", ""))
            elif element.tag == S + "col":
                if element.get("hidden") in {"1", "true"}:
                    sheet.hide(whole(element, "min") - 1, whole(element, "max") - 1)
            else:
                self._seen["unread-shapes"].append(name)
        for column in sheet.hidden_columns():
            self._seen["hidden-columns"].append(f"{sheet.name}!{reference(0, column)[:-1]} 列")
        for row, column in covered(sheet):
            del sheet.entries[row, column]
            self._seen["covered-text"].append(f"{name}!{reference(row, column)}")
        return sheet

    def _row(self, sheet: Sheet, row: Element, number: int) -> None:
        column = -1
        filled = False
        for cell in row:
            found = position(cell.get("r", ""))
            column = column + 1 if found is None else found[1]
            if not len(cell):
                continue
            place = f"{sheet.name}!{reference(number, column)}"
            text, numeric = self._values.text(cell, place)
            if not text and cell.find(S + "f") is None:
                continue
            self._check_limits(sheet.name, number, column)
            self._package.extent.add_places()
            self._package.extent.add_text(text)
            sheet.entries[number, column] = Entry(text, numeric)
            sheet.columns = max(sheet.columns, column + 1)
            filled = True
        if filled:
            sheet.rows = max(sheet.rows, number + 1)
            if row.get("hidden") in {"1", "true"}:
                self._seen["hidden-rows"].append(f"{sheet.name}!第 {number + 1} 行")

    def _check_limits(self, name: str, row: int, column: int) -> None:
        path = self._package.path
        if column >= MAX_COLUMNS:
            raise too_wide(path, f"的工作表“{name}”用到了第 {column + 1} 列", f"{MAX_COLUMNS} 列")
        if row >= MAX_ROWS:
            raise too_long(path, f"的工作表“{name}”用到了第 {row + 1} 行", f"{MAX_ROWS} 行")

    def _merge(self, sheet: Sheet, text: str) -> None:
        """Note a merged range; one that runs to the edge of the sheet is cut to what is used."""
        found = area(text)
        if found is None or found[0] > found[2] or found[1] > found[3]:
            return
        top, left, bottom, right = found
        if bottom >= MAX_ROWS:
            bottom = max(top, sheet.rows - 1)
        if right >= MAX_COLUMNS:
            right = max(left, sheet.columns - 1)
        if top >= MAX_ROWS or left >= MAX_COLUMNS:
            return
        self._package.extent.add_places()
        sheet.merges[top, left] = (top, left, bottom, right)
        sheet.merged_rows += bottom - top + 1
        if sheet.merged_rows > MAX_MERGED_ROWS:
            raise too_much(self._package.path, f"的工作表“{sheet.name}”合并的单元格过多、过大")
        sheet.rows = max(sheet.rows, bottom + 1)
        sheet.columns = max(sheet.columns, right + 1)

    def _controls(self, sheets: dict[str, Sheet]) -> Iterator[Control]:
        for node in self._root.iterfind(f"{S}definedNames/{S}definedName"):
            name = node.get("name", "")
            if not name.startswith(CONTROL_PREFIX) or len(name) > _LONGEST_NAME:
                continue
            found = target(node.text or "")
            if found is None:
                self._seen["broken-name"].append(name)
            elif found[0] in sheets:
                for control in named_cells(name, sheets[found[0]], found[1]):
                    self._package.extent.add_places()
                    yield control


def _is_aside(sheet: Sheet) -> bool:
    first = sheet.entries.get((0, 0))
    return first is not None and begins_aside(first.text)


def _free(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and (previous := element.getprevious()) is not None:
        parent.remove(previous)
