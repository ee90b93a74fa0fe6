"""What was carried as a fill-in workbook: each value with a comment on where it is from, and a sheet of all sources."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from greenforms.carry.filling import Prefilled
from greenforms.carry.result import label_of, source_text, year_of
from greenforms.form.said import said
from greenforms.form.tree import leaf_at
from greenforms.mark.note import Line, Listing, Note, Tint
from greenforms.mark.workbook import mark_workbook
from greenforms.workbook.reading import read_workbook
from greenforms.workbook.writing import make_workbook
from greenforms_extractors.marks import SOURCE
from greenforms_extractors.origin import SheetOrigin

_SHEET = "来源"
_HEADINGS = ("序号", "情况", "位置（点击前往）", "栏目", "带入的内容，或没有带入的原因", "年份", "来源")
_WIDTHS = (6, 8, 20, 26, 48, 8, 56)
#: How many sources are named of what was not carried.
_MOST = 4
_LEAD = "浅绿的格子是从旧材料带入的，批注里写着出处，请逐格核对后再交；没有带入的列在后面，请自行填写。"


def carried_workbook(result: Prefilled) -> bytes:
    """The workbook of the form with what was carried."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(make_workbook(result.form, result.data))
        places = read_workbook(result.form.library, path, result.form).places
        notes = [
            Note(places[each.pointer], f"{SOURCE}{source_text(each.statement)}", Tint.CARRIED)
            for each in result.carried
            if each.pointer in places
        ]
        return mark_workbook(path, notes, Listing(_SHEET, SOURCE, _LEAD, _HEADINGS, _WIDTHS, 2, _lines(result, places)))


def _lines(result: Prefilled, places: Mapping[str, SheetOrigin]) -> list[Line]:
    lines: list[Line] = []
    for each in result.carried:
        leaf = leaf_at(result.form.root, each.pointer)
        value = said(leaf, each.value) if leaf is not None and each.value is not None else str(each.value or "不适用")
        texts = (label_of(result, each.pointer), value, year_of(each.statement), source_text(each.statement))
        lines.append(_line(len(lines) + 1, "已带入", places.get(each.pointer), texts, Tint.CARRIED))
    for left in result.left:
        sources = "\n".join(source_text(statement) for statement in left.statements[:_MOST])
        texts = (label_of(result, left.pointer), left.reason, "", sources)
        lines.append(_line(len(lines) + 1, "没有带入", places.get(left.pointer), texts, Tint.DOUBT))
    return lines


def _line(number: int, state: str, place: SheetOrigin | None, texts: tuple[str, ...], tint: Tint) -> Line:
    where = f"{place.sheet} {place.cell}" if place is not None else ""
    return Line((str(number), state, where, *texts), tint, place)
