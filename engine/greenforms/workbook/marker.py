"""The very hidden sheet that says of a workbook which form it is for."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenforms.errors import InputError
from greenforms_extractors.guard import inspect

if TYPE_CHECKING:
    from greenforms.form.form import Form

SHEET = "_greenforms"
#: Number of the workbook's layout; a reader refuses the layouts of later programs.
VERSION = 1
#: Rows the marker takes at the top of its sheet; the lists of the drop-downs stand below.
ROWS = 3
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
    """Whether a file is a fill-in workbook of ours, by the name of its marker sheet; never raises for a bad file."""
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo("xl/workbook.xml").file_size > _MOST_BYTES:
                return False
            return f'name="{SHEET}"'.encode() in package.read("xl/workbook.xml")
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return False


def is_old_workbook(path: Path) -> bool:
    """Whether a file is a fill-in workbook of ours that was saved as .xls or .et; never raises for a bad file."""
    try:
        with path.open("rb") as stream:
            content = stream.read() if stream.read(len(_OLE)) == _OLE else b""
    except OSError:
        return False
    return any(SHEET.encode(coding) in content for coding in ("latin-1", "utf-16-le"))


def read_marker(path: Path) -> Marker:
    """The marker of a workbook. Raises InputError when there is none or a later program wrote it."""
    import openpyxl

    inspect(path)  # refuses what must not be unpacked
    if not is_workbook(path):
        raise InputError(f"文件“{path.name}”不是本程序生成的填报工作簿。请用 blank --workbook 生成后填写。")
    workbook = openpyxl.load_workbook(path, read_only=True)
    try:
        rows = workbook[SHEET].iter_rows(max_row=ROWS, max_col=2, values_only=True)
        return _marker({str(row[0]): row[1] for row in rows if len(row) > 1}, path)
    finally:
        workbook.close()


def _marker(facts: dict[str, Any], path: Path) -> Marker:
    form_id, edition, version = (str(facts.get(key) or "") for key in ("form", "edition", "workbook"))
    if not (form_id and edition and version.isdecimal()):
        raise InputError(f"文件“{path.name}”中记载表单名称的隐藏工作表不完整。请重新生成工作簿，把内容粘贴过去。")
    if int(version) > VERSION:
        raise InputError(f"文件“{path.name}”由较新版本的程序生成。请升级程序后再读取。")
    return Marker(form_id, edition, int(version))
