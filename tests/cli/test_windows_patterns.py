"""Patterns on Windows, whose terminals hand them over as they are."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from console import call

from greenforms.cli.wildcards import expanded


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("乙.docx", "甲.docx", "表1.docx", "表[1].docx", "a.xlsx", "~$甲.docx"):
        (tmp_path / name).touch()
    (tmp_path / "收件 [旧]").mkdir()
    (tmp_path / "收件 [旧]" / "丙.docx").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "given"),
    [
        (["?.docx"], ["乙.docx", "甲.docx"]),
        (["*.docx", "--json"], ["乙.docx", "甲.docx", "表1.docx", "表[1].docx", "--json"]),
        (["表[1].docx"], ["表[1].docx"]),
        (["收件 [旧]/*"], ["收件 [旧]/丙.docx"]),
        (["~$甲.docx", "%PATH%", "$HOME"], ["~$甲.docx", "%PATH%", "$HOME"]),
        (["*.pdf"], ["*.pdf"]),
        (["-o", "*.docx", "a.xls?"], ["-o", "*.docx", "a.xlsx"]),
        (["--json", "a.*", "--output=*.docx"], ["--json", "a.xlsx", "--output=*.docx"]),
    ],
)
@pytest.mark.usefixtures("folder")
def test_patterns(words: list[str], given: list[str]) -> None:
    """a pattern stands for files in the order of their names; brackets, `~`, `$` and an option's value do not."""
    assert list(expanded(words, {"-o", "--output"})) == given


@pytest.mark.parametrize(("platform", "codes"), [("win32", 0), ("linux", 3)])
def test_a_command_takes_patterns(
    platform: str, codes: int, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`extract *.docx -o FOLDER` reads every file on Windows; elsewhere the shell has done it, and it is a name."""
    for name in ("plan.docx", "roster.docx"):
        shutil.copy(papers / name, tmp_path)
    (tmp_path / "结果").mkdir()
    monkeypatch.setattr(sys, "platform", platform)
    assert call("extract", tmp_path / "*.docx", "-o", tmp_path / "结果").code == codes
    assert len(list((tmp_path / "结果").iterdir())) == (2 if codes == 0 else 0)
