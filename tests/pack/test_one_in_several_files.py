"""Pages that came as files of their own are one paper again; papers that are only numbered stay apart."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdf
import pytest

from greenforms.pack.folder import Batch, read_papers
from greenforms.pack.listing import Source
from greenforms.pack.pages import counted
from shipped import LIBRARY, read_paper

CASES = Path(__file__).resolve().parents[1] / "variants" / "cases"
PRINTED = CASES / "review-opinion" / "printed" / "paper.pdf"


def split(paper: Path, folder: Path) -> Path:
    """Each page of a PDF as a file, counted as scanners do."""
    folder.mkdir()
    for number, page in enumerate(pypdf.PdfReader(paper).pages, 1):
        writer = pypdf.PdfWriter()
        writer.add_page(page)
        writer.write(folder / f"扫描_{number:03}.pdf")
    return folder


def read(folder: Path) -> Batch:
    return read_papers(LIBRARY, [folder], lambda *_: None)


def test_pages_are_one_paper(tmp_path: Path) -> None:
    """what was one file before it was scanned page by page gives the same data, and it is said."""
    batch = read(split(PRINTED, tmp_path / "收件"))
    (paper,) = batch.papers
    assert (paper.file, batch.unread) == ("扫描_001（等3个文件）.pdf", ())
    assert paper.extraction.data == read_paper(PRINTED).data
    assert "第3个是“扫描_003.pdf”" in paper.extraction.findings[0].message
    assert max(each.evidence.page for each in paper.extraction.fields if each.evidence is not None) == 3  # type: ignore[union-attr]


def test_pages_out_of_order_are_told(tmp_path: Path) -> None:
    """of two pages the wrong way round it is said which belongs before which; the right way nothing is said."""
    paper = CASES / "annual-update-park" / "printed-pdf" / "paper.pdf"
    writer = pypdf.PdfWriter()
    for page in reversed(pypdf.PdfReader(paper).pages):
        writer.add_page(page)
    writer.write(tmp_path / "倒过来.pdf")
    told = [each.message for each in read_paper(tmp_path / "倒过来.pdf").findings if each.rule == "read/page-order"]
    assert len(told) == 1
    assert "第2页的内容在表上排在第1页前面" in told[0]
    assert [each for each in read_paper(paper).findings if each.rule == "read/page-order"] == []


def test_a_lost_page_is_not_bridged(tmp_path: Path) -> None:
    """pages whose numbers do not follow each other are not put together."""
    folder = split(PRINTED, tmp_path / "收件")
    (folder / "扫描_002.pdf").unlink()
    assert all("个文件" not in paper.file for paper in read(folder).papers)


def test_papers_that_are_only_numbered_stay_apart(tmp_path: Path) -> None:
    """whole papers called 1 and 2, and a paper beside something else, are not taken for pages."""
    whole = [CASES / "recommendation-summary" / name / "paper.pdf" for name in ("three-tables-pdf", "ticks-pdf")]
    for number, paper in enumerate(whole, 1):
        shutil.copy(paper, tmp_path / f"汇总表{number}.pdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(500, 500)
    writer.write(tmp_path / "汇总表3.pdf")
    assert [paper.file for paper in read(tmp_path).papers] == ["汇总表1.pdf", "汇总表2.pdf"]


@pytest.mark.parametrize(
    ("names", "runs"),
    [
        (["a1.jpg", "a2.jpg", "a3.jpg"], [["a1.jpg", "a2.jpg", "a3.jpg"]]),
        (["a9.png", "a10.png"], [["a9.png", "a10.png"]]),
        (["a1.jpg", "b2.jpg", "a2.pdf", "a3.jpg"], []),
        (["方案1.docx", "方案2.docx"], []),
        (["第1页 (1).tif", "第1页 (2).tif"], [["第1页 (1).tif", "第1页 (2).tif"]]),
    ],
)
def test_which_files_count_on(names: list[str], runs: list[list[str]]) -> None:
    found = counted([Source(Path("收件", name), name) for name in names])
    assert [[each.name for each in run] for run in found] == runs
