"""extract on long files: how far it has got, and Ctrl-C in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from console import ROOT, call, listing
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

SOURCES = os.pathsep.join(map(str, (ROOT / "engine", ROOT / "extractors")))


@pytest.fixture
def long_pdf(papers: Path, tmp_path: Path) -> Path:
    """A digital PDF of 21 pages: the plan, and pages that have nothing to do with it."""
    writer = PdfWriter()
    pages = PdfReader(papers / "plan.pdf").pages
    for number in range(21):
        writer.add_page(pages[min(number, len(pages) - 1)])
    writer.write(tmp_path / "长.pdf")
    return tmp_path / "长.pdf"


def many_pages(path: Path, count: int) -> Path:
    """A TIFF of small pages, each with a line of writing."""
    pages = []
    for number in range(count):
        page = Image.new("L", (620, 877), 255)
        ImageDraw.Draw(page).text((60, 60), f"Page {number} of many", fill=0, font_size=24)
        pages.append(page)
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(75, 75))
    return path


def started(*words: object, stderr: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", "from greenforms.cli import main; main()", "extract", *map(str, words)],
        env={**os.environ, "PYTHONPATH": SOURCES},
        stdout=subprocess.PIPE,
        stderr=stderr,
    )


def progress_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if " 页] " in line]


def test_a_line_for_every_ten_pages(long_pdf: Path, tmp_path: Path) -> None:
    """This test ensures that a log gets few lines, that drawing tells its pages, too, and data stay apart."""
    said = call("extract", long_pdf, "--json", "--show", tmp_path / "标注.pdf")
    reading = ["[10/21 页] 读取", "[20/21 页] 读取"]
    assert progress_lines(said.err) == [*reading, "[10/21 页] 绘制标注图", "[20/21 页] 绘制标注图"]
    assert "页]" not in said.text
    assert said.json["file"] == "长.pdf"


def test_a_short_file_says_nothing(papers: Path) -> None:
    """This test ensures that a file of a few pages is read without a word."""
    assert call("extract", papers / "plan.pdf").err == ""


def test_one_line_on_a_screen(long_pdf: Path, tmp_path: Path) -> None:
    """This test ensures that a terminal shows each page in one line, which is wiped in the end."""
    screen, end = os.openpty()
    process = started(long_pdf, "-o", tmp_path / "结果.json", stderr=end)
    os.close(end)
    seen = b""
    try:
        while chunk := _chunk(screen):
            seen += chunk
        process.communicate(timeout=60)
    finally:
        os.close(screen)
    text = seen.decode("utf-8")
    assert [part.strip() for part in text.split("\r") if part.strip()] == [f"[{n}/21 页] 读取" for n in range(1, 22)]
    assert "\n" not in text
    assert text.endswith(" \r")


def _chunk(screen: int) -> bytes:
    """What a terminal shows next; nothing more when the program has closed its end."""
    try:
        return os.read(screen, 4096)
    except OSError:
        return b""


def test_interrupted_while_reading(tmp_path: Path) -> None:
    """This test ensures that Ctrl-C ends a long reading at once, with one message, 130 and no file begun."""
    paper = many_pages(tmp_path / "长.tif", 200)
    result, shown = tmp_path / "结果.json", tmp_path / "标注.pdf"
    result.write_text("旧")
    process = started(paper, "-o", result, "--show", shown, "--force", stderr=subprocess.PIPE)
    assert process.stderr is not None
    for line in process.stderr:
        if line.decode("utf-8").startswith("[10/"):
            break
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert "[200/" not in err.decode("utf-8")
    assert process.returncode == 130
    said = [line for line in err.decode("utf-8").splitlines() if line and " 页] " not in line]
    assert said == ["已中断，没有写入未完成的文件。"]
    assert out == b""
    assert listing(tmp_path) == ["结果.json", "长.tif"]
    assert result.read_text() == "旧"


def test_interrupted_while_drawing(long_pdf: Path, tmp_path: Path) -> None:
    """This test ensures that Ctrl-C between two drawn pages leaves neither the drawing nor the result."""
    process = started(long_pdf, "-o", tmp_path / "结果.json", "--show", tmp_path / "标注.png", stderr=subprocess.PIPE)
    assert process.stderr is not None
    for line in process.stderr:
        if "绘制" in line.decode("utf-8"):
            break
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode("utf-8").splitlines()[-1] == "已中断，没有写入未完成的文件。"
    assert listing(tmp_path) == ["长.pdf"]
