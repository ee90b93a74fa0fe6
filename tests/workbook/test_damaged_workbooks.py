"""Fill-in workbooks that were damaged on their way: each ends in a sentence, none in a guess."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from greenforms.errors import ExitCode, InputError
from greenforms.workbook.signs import is_workbook
from greenforms.workbook.writing import make_workbook
from greenforms_extractors.errors import UnreadableFile
from shipped import load_form, read_paper, read_workbook

FORM = "nm-2024/cultivation-roster"
Rewrite = Callable[[str, bytes], bytes | None]


def damaged(tmp_path: Path, change: Rewrite) -> Path:
    path = tmp_path / "填报.xlsx"
    with (
        zipfile.ZipFile(io.BytesIO(make_workbook(load_form(FORM), None))) as source,
        zipfile.ZipFile(path, "w") as target,
    ):
        for name in source.namelist():
            if (content := change(name, source.read(name))) is not None:
                target.writestr(name, content)
    assert is_workbook(path)
    return path


def replaced(old: str, new: str, part: str = "") -> Rewrite:
    """Replaces what fits a pattern, in all parts or in one."""

    def change(name: str, content: bytes) -> bytes:
        return re.sub(old.encode(), new.encode(), content) if part in name else content

    return change


@pytest.mark.parametrize("form", ["xx-2099/unknown", "../../etc/passwd", "nm-2024/none", "x", "换行&#10;文件"])
def test_unknown_form(tmp_path: Path, form: str) -> None:
    """A marker that names no form of ours is the file's fault, not the caller's: exit code 3, in one line."""
    path = damaged(tmp_path, replaced(re.escape(FORM), form))
    with pytest.raises(InputError, match="重新生成") as caught:
        read_paper(path)
    assert caught.value.exit_code == ExitCode.UNREADABLE
    assert "\n" not in str(caught.value)


def test_broken_ids_are_no_matter(tmp_path: Path) -> None:
    """A workbook is found by its names; what else is wrong in its list of sheets does not count."""
    path = damaged(tmp_path, replaced(r'sheetId="\d+"', 'sheetId="one"', "xl/workbook.xml"))
    assert read_workbook(path).form_id == FORM


@pytest.mark.parametrize("missing", ["sheet1.xml", "sheet2.xml", "sharedStrings.xml", "workbook.xml.rels"])
def test_missing_part(tmp_path: Path, missing: str) -> None:
    """A workbook without one of its parts is refused or read as one without marker, never half read."""
    path = damaged(tmp_path, lambda name, content: None if name.endswith(missing) else content)
    with pytest.raises((UnreadableFile, InputError)):
        read_workbook(path)


@pytest.mark.parametrize("version", ["", "一", "-1", "9" * 5000])
def test_marker_without_version(tmp_path: Path, version: str) -> None:
    """A marker whose version is no number is incomplete."""
    path = damaged(tmp_path, replaced("<t>1</t>", f"<t>{version}</t>", "sharedStrings"))
    with pytest.raises(InputError, match="不完整"):
        read_workbook(path)


def test_names_of_deleted_cells(tmp_path: Path) -> None:
    """Where no name means a cell any more the headings say where the columns are; a blank list has nothing to tell."""
    path = damaged(tmp_path, replaced(r"(<definedName name=\"gf\.[^>]*>)[^<]*", r"\1#REF!", "xl/workbook.xml"))
    found = read_workbook(path)
    assert found.data == {}
    assert found.problems == ()
