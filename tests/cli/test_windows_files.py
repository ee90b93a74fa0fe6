"""Files as Windows treats them: open elsewhere, with a name of a device, at the end of a long path."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest
from console import DATA, PLAN, ROSTER, call, listing

from greenforms_extractors.windows import unfit

#: The error of `open` on Windows, which knows no more than this, and those of its own calls.
DENIED, SHARING, LOCKED = 0, 32, 33


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")


def refuses(monkeypatch: pytest.MonkeyPatch, method: str, locked: Path, winerror: int) -> None:
    """Let Windows refuse a call on one file, or the move onto it."""
    real = getattr(Path, method)

    def refusing(self: Path, *words: object, **options: object) -> object:
        if locked in (self, *words):
            error = PermissionError(errno.EACCES, "Permission denied", str(self))
            if winerror:
                error.winerror = winerror  # type: ignore[attr-defined]
            raise error
        return real(self, *words, **options)

    monkeypatch.setattr(Path, method, refusing)


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("winerror", [DENIED, SHARING, LOCKED])
def test_a_target_that_excel_has_open(winerror: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """a file that is open in Excel keeps its content, nothing is left beside it, and the clerk is told to close it."""
    target = tmp_path / "名单.xlsx"
    target.write_text("旧")
    refuses(monkeypatch, "replace", target, winerror)
    call("render", ROSTER, DATA[ROSTER], "-o", target, "--force").refused(2, "名单.xlsx", "正被 WPS", "关闭", "再试")
    assert (listing(tmp_path), target.read_text()) == (["名单.xlsx"], "旧")


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("winerror", [DENIED, SHARING, LOCKED])
def test_a_paper_that_wps_has_open(
    winerror: int, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """a paper, a data set and a workbook that are open elsewhere are refused with the way out."""
    paper, data = tmp_path / "plan.docx", tmp_path / "数据.json"
    paper.write_bytes((papers / "plan.docx").read_bytes())
    data.write_bytes(DATA[PLAN].read_bytes())
    for path in (paper, data):
        refuses(monkeypatch, "open", path, winerror)
    refuses(monkeypatch, "read_bytes", data, winerror)
    call("extract", paper).refused(3, "plan.docx", "正被 WPS", "关闭", "再试")
    call("validate", PLAN, data).refused(3, "数据.json", "正被 WPS", "关闭", "再试")


@pytest.mark.usefixtures("windows")
def test_a_file_marked_read_only_is_not_called_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to replace a file marked read-only in the same words; nobody is sent to close it."""
    target = tmp_path / "名单.xlsx"
    target.write_text("旧")
    refuses(monkeypatch, "replace", target, DENIED)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    said = call("render", ROSTER, DATA[ROSTER], "-o", target, "--force")
    said.refused(2, "没有权限")
    assert "正被 WPS" not in said.err


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("CON", "留给设备"),
        ("nul.docx", "留给设备"),
        ("材料/Aux/a.docx", "留给设备"),
        ("com1.表.docx", "留给设备"),
        ("LPT² .pdf", "留给设备"),
        (r"D:\材料\CONOUT$", "留给设备"),
        ("报告:终稿.docx", "“:”"),
        ("稿:终.docx", "“:”"),
        ("a?.docx", "“?”"),
        ('"甲".docx', '“"”'),
        ("a|b<c>.docx", "“|”"),
        ("a\tb.docx", "U+0009"),
        ("材料./a.docx", "结尾"),
        ("a.docx ", "结尾"),
        ("a.", "结尾"),
    ],
)
def test_names_that_windows_refuses(name: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """a name that Windows takes for a device or writes otherwise is refused there before anything is written."""
    assert reason in unfit(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "platform", "win32")
    call("render", ROSTER, DATA[ROSTER], "--format", "docx", "-o", name).refused(2, reason, "没有写入")
    call("demo", "-o", name).refused(2, reason, "没有写入")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "报告（终稿）.docx",
        r"C:\Users\王\工作方案.docx",
        r"\\server\share\a.docx",
        r"..\.\a.docx",
        ".隐藏.docx",
        "CONTENTS.docx",
        "com10.docx",
        "a.CON",
        "console/nullable.pdf",
        "c:a.docx",
    ],
)
def test_names_that_windows_takes(name: str) -> None:
    """ordinary names, shares and drives are none of these."""
    assert unfit(name) == ""


@pytest.mark.usefixtures("windows")
def test_a_path_too_long(tmp_path: Path) -> None:
    """what Windows does not find because its path is too long is called so, and not missing."""
    folder = tmp_path.joinpath(*["很长的文件夹" * 6] * 7)
    assert len(str(folder)) > 260
    call("extract", folder / "a.docx").refused(3, "a.docx", "路径太长", "文件夹")
    call("validate", PLAN, folder / "a.json").refused(3, "a.json", "路径太长", "文件夹")
    call("render", ROSTER, DATA[ROSTER], "-o", folder / "a.docx").refused(2, "a.docx", "路径太长", "文件夹")
    call("extract", tmp_path / "a.docx").refused(3, "不存在")
