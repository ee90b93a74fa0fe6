"""The very hidden sheets by which workbooks of ours are known; that of a fill-in workbook says which form it is for."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from greenforms.errors import InputError
from greenforms_extractors.guard import MAX_LEGACY, inspect
from greenforms_extractors.progress import Progress
from greenforms_extractors.supervised.bounds import within_bounds

if TYPE_CHECKING:
    from greenforms.form.form import Form

SHEET = "_greenforms"
#: The sheet that keeps readings.
READINGS = "_greenforms_readings"
#: Number of the workbook's layout; a reader refuses the layouts of later programs.
VERSION = 1
#: Rows the marker takes at the top of its sheet; the lists of the drop-downs stand below.
ROWS = 3
_FORM = re.compile("[a-z0-9-]{1,40}/[a-z0-9-]{1,40}")
_VERSION = re.compile("[0-9]{1,9}")
#: The list of sheets of a large workbook is a few kilobytes.
_MOST_BYTES = 8 * 1024 * 1024
#: The beginning of an old Office file (MS-CFB 2.2).
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


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


def is_workbook(path: Path) -> bool:
    """Whether a file is a fill-in workbook of ours; never raises for a bad file."""
    return _has_sheet(path, SHEET)


def is_readings(path: Path) -> bool:
    """Whether a file is a workbook of readings; never raises for a bad file."""
    return _has_sheet(path, READINGS)


def _has_sheet(path: Path, name: str) -> bool:
    if not path.is_file():  # a pipe would keep us waiting
        return False
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo("xl/workbook.xml").file_size > _MOST_BYTES:
                return False
            return f'name="{name}"'.encode() in package.read("xl/workbook.xml")
    except (OSError, EOFError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return False


def is_old_workbook(path: Path) -> bool:
    """Whether a file is a fill-in workbook of ours that was saved as .xls or .et; never raises for a bad file."""
    if not path.is_file():
        return False
    try:
        if path.stat().st_size > MAX_LEGACY:
            return False
        with path.open("rb") as stream:
            content = stream.read() if stream.read(len(_OLE)) == _OLE else b""
    except OSError:
        return False
    return any(SHEET.encode(coding) in content for coding in ("latin-1", "utf-16-le"))


def read_marker(path: Path) -> Marker:
    """The marker of a workbook. Raises InputError when there is none or a later program wrote it."""
    return _marker(within_bounds(_facts, path), path)


def _facts(path: Path, progress: Progress) -> dict[str, str]:
    """What stands on the marker sheet."""
    from greenforms_extractors.sheet.workbook import read_sheet

    inspect(path)  # refuses what must not be unpacked
    if not is_workbook(path):
        raise InputError(f"文件“{path.name}”不是本程序生成的填报工作簿。请用 blank --workbook 生成后填写。")
    sheet = read_sheet(path, SHEET)
    cells = {(cell.row, cell.column): cell.text for cell in sheet.cells} if sheet else {}
    return {cells.get((row, 0), ""): cells.get((row, 1), "") for row in range(ROWS)}


def _marker(facts: dict[str, str], path: Path) -> Marker:
    form_id, edition, version = (facts.get(key, "") for key in ("form", "edition", "workbook"))
    if not (_FORM.fullmatch(form_id) and edition and _VERSION.fullmatch(version)):
        raise InputError(f"文件“{path.name}”中记载表单名称的隐藏工作表不完整。请重新生成工作簿，把内容粘贴过去。")
    if int(version) > VERSION:
        raise InputError(f"文件“{path.name}”由较新版本的程序生成。请升级程序后再读取。")
    return Marker(form_id, edition, int(version))
