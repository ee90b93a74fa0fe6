"""The very hidden sheets by which workbooks of ours are known; that of a fill-in workbook says which form it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from greenforms.errors import InputError
from greenforms.workbook.signature import SHEET
from greenforms_extractors.guard import inspect
from greenforms_extractors.progress import Progress
from greenforms_extractors.supervised.bounds import within_bounds

if TYPE_CHECKING:
    from greenforms.form.form import Form

#: Number of the workbook's layout; a reader refuses the layouts of later programs.
VERSION = 1
#: Rows the marker takes at the top of its sheet; the lists of the drop-downs stand below.
ROWS = 3
_FORM = re.compile("[a-z0-9-]{1,40}/[a-z0-9-]{1,40}")
_VERSION = re.compile("[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands on the marker sheet."""

    form_id: str
    edition: str
    version: int

    @classmethod
    def of(cls, form: Form) -> Marker:
        """The marker of a form's workbook."""
        return cls(form.id, form.edition.id, VERSION)

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Label and text of each row."""
        return (("form", self.form_id), ("edition", self.edition), ("workbook", str(self.version)))


def read_marker(path: Path, name: str) -> Marker | None:
    """The marker of an .xlsx that is called `name`; None where its sheet is gone.

    Raises InputError when it is not whole or a later program wrote it.
    """
    facts = within_bounds(_facts, path)
    return None if facts is None else _marker(facts, name)


def _facts(path: Path, progress: Progress) -> dict[str, str] | None:
    """What stands on the marker sheet."""
    from greenforms_extractors.sheet.workbook import read_sheet

    if inspect(path).kind != "xlsx":  # refuses what must not be unpacked
        return None
    sheet = read_sheet(path, SHEET)
    if sheet is None:
        return None
    cells = {(cell.row, cell.column): cell.text for cell in sheet.cells}
    return {cells.get((row, 0), ""): cells.get((row, 1), "") for row in range(ROWS)}


def _marker(facts: dict[str, str], name: str) -> Marker:
    form_id, edition, version = (facts.get(key, "") for key in ("form", "edition", "workbook"))
    if not (_FORM.fullmatch(form_id) and edition and _VERSION.fullmatch(version)):
        raise InputError(f"文件“{name}”中记载表单名称的隐藏工作表不完整。请重新生成工作簿，把内容粘贴过去。")
    if int(version) > VERSION:
        raise InputError(f"文件“{name}”由较新版本的程序生成。请升级程序后再读取。")
    return Marker(form_id, edition, int(version))
