"""Whoever prints a PDF is told of faces that others stand in for, and of characters that come out as boxes."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfWriter

from cli.console import PLAN, call
from greenforms.finding import Severity
from greenforms.render import fonts
from greenforms.render.legible import print_findings
from shipped import LIBRARY

pytestmark = pytest.mark.skipif(
    not shutil.which("fc-match"), reason="without fontconfig the fonts are the system's business"
)
FACES = ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312")


@pytest.fixture
def western(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A machine with one Western face, and the name of it."""
    asked = ["fc-match", "-f", "%{file}|%{family}", "serif:lang=en"]
    file, _, family = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.partition("|")
    (tmp_path / "faces").mkdir()
    shutil.copy(file, tmp_path / "faces")
    yield from _machine(f"<dir>{tmp_path}/faces</dir>", family.partition(",")[0], tmp_path, monkeypatch)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A machine without any face."""
    yield from _machine("", "", tmp_path, monkeypatch)


def _machine(faces: str, family: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    font_map = folder / "fonts.conf"
    font_map.write_text(f"<fontconfig>{faces}<cachedir>{folder}/cache</cachedir></fontconfig>")
    monkeypatch.setattr(fonts, "FONT_MAP", font_map)
    fonts._covered.cache_clear()
    yield family
    fonts._covered.cache_clear()


def test_faces_shown_otherwise_are_named_once(western: str) -> None:
    """This test ensures that one sentence names the faces that the paper is printed in, and no other."""
    found = [
        each for each in print_findings(LIBRARY.form(PLAN), None, "a.pdf") if each.rule == "print/substituted-faces"
    ]
    assert [each.severity for each in found] == [Severity.WARN]
    named = "、".join(f"{face}（以 {western} 代替）" for face in FACES)
    assert found[0].message == (
        f"本机没有公文字体{named}，PDF 的字形与正式格式有差别，docx 不受影响。"
        "请在装有这些字体的电脑上打开生成的 docx 另存为 PDF，或在本机装好字体后重新生成。"
    )


@pytest.mark.usefixtures("bare")
def test_a_machine_without_faces() -> None:
    """This test ensures that no face at all is said as such, and no character is called missing from nothing."""
    (found,) = print_findings(LIBRARY.form(PLAN), {"unit": "甲"}, "a.pdf")
    assert "黑体（无可用字体）" in found.message


def test_the_real_face_under_another_name_stands_in_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that 仿宋 of Windows is 仿宋_GB2312, and a face of another design is not."""
    monkeypatch.setattr(fonts, "_ask", lambda *_: "FangSong,仿宋")
    assert fonts.substitutes(["仿宋_GB2312", "黑体"]) == {"黑体": "FangSong"}
    monkeypatch.undo()
    monkeypatch.setattr("sys.platform", "win32")
    assert fonts.substitutes(["仿宋_GB2312"]) == {}  # whatever fontconfig says there, LibreOffice does not ask it
    fonts._covered.cache_clear()
    assert fonts.without_glyph("\ue000") == ()
    fonts._covered.cache_clear()


@pytest.mark.usefixtures("western")
def test_characters_no_face_has() -> None:
    """This test ensures that each is named with its number, wherever it stands, and spaces are none."""
    data = {"unit": "A\u3000\n\ue000 公司", "rows": [{"name": "B𠮷"}, None, 1]}
    (found,) = (each for each in print_findings(LIBRARY.form(PLAN), data, "a.pdf") if each.rule == "print/no-glyph")
    assert found.severity == Severity.FIX
    assert "“\ue000”（U+E000）" in found.message
    assert "“𠮷”（U+20BB7）" in found.message
    assert "“A”" not in found.message
    assert "U+3000" not in found.message


@pytest.mark.usefixtures("western")
def test_the_commands_say_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a blank printed as PDF says it to people and, by the rule's name, to programs."""
    output = io.BytesIO()
    page = PdfWriter()
    page.add_blank_page(100, 100)
    page.write(output)
    monkeypatch.setattr("greenforms.render.paper.render_blank", lambda *_: output.getvalue())
    said = call("blank", PLAN, "-o", tmp_path / "a.pdf")
    assert said.err.count("本机没有公文字体") == 1
    assert "等 " in said.err  # no face here has any of its characters
    said = call("blank", PLAN, "-o", tmp_path / "b.pdf", "--json")
    assert said.code == 1
    assert "print/substituted-faces" in [each["rule"] for each in json.loads(said.text)["findings"]]
