"""extract --show: the marked pages, the files they become, and what is refused before anything is read."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from console import PLAN, ROOT, call, listing, spawn
from PIL import Image
from pypdf import PdfReader

SCANS = ROOT / "tests" / "scans" / "sample"
GREEN = (25, 135, 84)


def looks_marked(picture: Image.Image) -> bool:
    """Whether a page carries the green outline of a field."""
    return any(count > 500 for count, colour in picture.convert("RGB").getcolors(1 << 24) or () if _near(colour))


def _near(colour: object) -> bool:
    return all(abs(one - other) < 24 for one, other in zip(tuple(colour), GREEN, strict=True))  # type: ignore[arg-type]


def test_a_digital_pdf(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a PDF is shown page by page, and that its reading is delivered as without --show."""
    said = call("extract", papers / "plan.pdf", "--json", "--show", tmp_path / "标注.pdf")
    assert said.code == 0
    assert said.json == call("extract", papers / "plan.pdf", "--json").json
    pages = len(PdfReader(papers / "plan.pdf").pages)
    assert f"标注.pdf”（{pages} 页）" in said.err
    shown = PdfReader(tmp_path / "标注.pdf")
    assert len(shown.pages) == pages
    assert looks_marked(shown.pages[1].images[0].image)
    assert listing(tmp_path) == ["标注.pdf"]


def test_a_scan(tmp_path: Path) -> None:
    """This test ensures that a page that lay upside down is shown upright, each box around what it says."""
    said = call("extract", SCANS / "roster-upside-down.png", "--json", "--show", tmp_path / "a.png")
    assert (said.code, listing(tmp_path)) == (0, ["a.png"])
    with Image.open(tmp_path / "a.png") as shown, Image.open(SCANS / "roster-upside-down.png") as lying:
        upright = lying.convert("L").rotate(180)
        assert shown.width == upright.width
        top = round(26 * 200 / 72)
        place = next(field["evidence"] for field in said.json["fields"] if field["path"] == "/rows/3/name")
        assert place["turned"] == 180
        left, upper, right, lower = (round(edge * 200 / 72) for edge in place["box"])
        assert upright.crop((left + 20, upper + 10, right - 20, lower - 10)).getextrema()[0] < 100
        assert looks_marked(shown.crop((left - 8, upper + top - 8, right + 8, lower + top + 8)))


def test_several_pages_become_numbered_pictures(papers: Path, tmp_path: Path) -> None:
    """This test ensures that pictures of several pages are numbered, and that one in the way stops them all."""
    pages = len(PdfReader(papers / "plan.pdf").pages)
    (tmp_path / "标注-2.png").write_bytes(b"mine")
    call("extract", papers / "plan.pdf", "--show", tmp_path / "标注.png").refused(2, "标注-2.png", "已经存在")
    assert listing(tmp_path) == ["标注-2.png"]
    said = call("extract", papers / "plan.pdf", "--show", tmp_path / "标注.png", "--force")
    assert said.code == 0
    assert f"标注-1.png”至“{tmp_path / f'标注-{pages}.png'}”（{pages} 页）" in said.err
    assert listing(tmp_path) == [f"标注-{page}.png" for page in range(1, pages + 1)]
    with Image.open(tmp_path / "标注-2.png") as picture:
        assert looks_marked(picture)


@pytest.mark.parametrize(("name", "kind"), [("plan.docx", "Word 文档"), ("roster.xlsx", "Excel 工作簿")])
def test_a_paper_without_pages(name: str, kind: str, papers: Path, tmp_path: Path) -> None:
    """This test ensures that a file that is no page picture is refused, with the way out."""
    said = call("extract", papers / name, "--show", tmp_path / "a.pdf")
    said.refused(2, f"“{name}”是{kind}", "没有页面图像", "另存为 PDF")
    assert listing(tmp_path) == []


def test_a_workbook_of_ours(tmp_path: Path) -> None:
    """This test ensures that a fill-in workbook is refused as any workbook is."""
    call("blank", PLAN, "--workbook", "-o", tmp_path / "填报表.xlsx")
    call("extract", tmp_path / "填报表.xlsx", "--show", tmp_path / "a.pdf").refused(2, "没有页面图像")
    assert listing(tmp_path) == ["填报表.xlsx"]


@pytest.mark.parametrize("target", ["a.docx", "a", "a.jpg", "-"])
def test_a_target_of_another_kind(target: str, papers: Path, tmp_path: Path) -> None:
    """This test ensures that only .pdf and .png are written."""
    call("extract", papers / "plan.pdf", "--show", tmp_path / target).refused(2, "只能写成 .pdf 或 .png")
    assert listing(tmp_path) == []


def test_several_files(papers: Path, tmp_path: Path) -> None:
    """This test ensures that --show takes one file."""
    said = call("extract", papers / "plan.pdf", papers / "plan.docx", "--show", tmp_path / "a.pdf")
    said.refused(2, "一次只能标注一个文件")


def test_a_target_in_the_way(papers: Path, tmp_path: Path) -> None:
    """This test ensures that nothing is overwritten without --force, a folder must be there, and the paper stays."""
    (tmp_path / "a.pdf").write_bytes(b"mine")
    call("extract", papers / "plan.pdf", "--show", tmp_path / "a.pdf").refused(2, "已经存在")
    assert (tmp_path / "a.pdf").read_bytes() == b"mine"
    call("extract", papers / "plan.pdf", "--show", tmp_path / "无" / "a.pdf").refused(2, "不存在", "请先建好目录")
    shutil.copy(papers / "plan.pdf", tmp_path / "plan.pdf")
    said = call("extract", tmp_path / "plan.pdf", "--show", tmp_path / "plan.pdf", "--force")
    said.refused(2, "要读取的文件本身")
    assert (tmp_path / "plan.pdf").read_bytes() == (papers / "plan.pdf").read_bytes()


def test_a_result_in_the_way_is_seen_first(papers: Path, tmp_path: Path) -> None:
    """This test ensures that an -o that is refused costs no reading and leaves no marked pages behind."""
    (tmp_path / "a.json").write_text("mine")
    said = call("extract", papers / "plan.pdf", "-o", tmp_path / "a.json", "--show", tmp_path / "a.pdf")
    said.refused(2, "a.json", "已经存在")
    assert listing(tmp_path) == ["a.json"]


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnothing", b"\x89PNG\r\n\x1a\nnothing"])
def test_a_damaged_paper(content: bytes, tmp_path: Path) -> None:
    """This test ensures that a damaged file is refused by its reader's words."""
    (tmp_path / "坏.pdf").write_bytes(content)
    call("extract", tmp_path / "坏.pdf", "--show", tmp_path / "a.png").refused(3, "坏.pdf", "已损坏")
    assert listing(tmp_path) == ["坏.pdf"]


def test_a_paper_that_is_no_form(tmp_path: Path) -> None:
    """This test ensures that a picture on which no form is found is not drawn."""
    page = io.BytesIO()
    Image.new("RGB", (400, 600), "white").save(page, "PNG")
    (tmp_path / "白.png").write_bytes(page.getvalue())
    call("extract", tmp_path / "白.png", "--show", tmp_path / "a.png").refused(3, "白.png")
    assert listing(tmp_path) == ["白.png"]


def test_without_a_chinese_face(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a computer without a Chinese face says so, and that the reading is the same."""
    said = spawn("extract", papers / "plan.pdf", "--json", "--show", tmp_path / "a.pdf", PATH=str(tmp_path))
    assert said.code == 0
    assert "本机没有中文字体" in said.err
    assert said.json == call("extract", papers / "plan.pdf", "--json").json
