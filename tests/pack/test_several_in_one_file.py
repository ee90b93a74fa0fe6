"""Several papers in one file are told apart, whatever they are; a paper inside another one stays there."""

from __future__ import annotations

import copy
import io
from pathlib import Path

import docx
import pypdf
import pytest

from cli.console import call
from greenforms.bundled import examples_dir
from greenforms.pack.folder import read_papers
from greenforms.pack.paper import Paper
from greenforms.render.paper import render
from papers import example
from shipped import LIBRARY, load_form

CASES = Path(__file__).resolve().parents[1] / "variants" / "cases"
PLAN, ROSTER = (
    ("nm-2024/cultivation-plan", "cultivation-plan-factory"),
    ("nm-2024/cultivation-roster", "cultivation-roster"),
)
UPDATE, REVIEW = ("cn-2024/annual-update-factory", "annual-update-factory"), ("nm-2024/review-report", "review-report")
SUMMARY, PROMISE = (
    ("he-2024/recommendation-summary", "recommendation-summary"),
    ("he-2024/green-commitment", "green-commitment"),
)
EXPERIENCE = ("he-2024/typical-experience", "typical-experience-factory")


def pasted(*papers: tuple[str, str]) -> bytes:
    """Papers of ours pasted one behind the other into the first."""
    first, *others = (docx.Document(io.BytesIO(printed(*paper))) for paper in papers)
    end = first.element.body.sectPr
    for other in others:
        for element in list(other.element.body)[:-1]:
            end.addprevious(copy.deepcopy(element))
    written = io.BytesIO()
    first.save(written)
    return written.getvalue()


def printed(form: str, name: str) -> bytes:
    return render(load_form(form), example(name), "docx", examples_dir())


def merged(*cases: str) -> bytes:
    """PDFs of other programs in one."""
    writer = pypdf.PdfWriter()
    for case in cases:
        writer.append(CASES / case / "paper.pdf")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def read(folder: Path, name: str, content: bytes) -> list[Paper]:
    (folder / name).write_bytes(content)
    return list(read_papers(LIBRARY, [folder / name], lambda *_: None).papers)


@pytest.mark.parametrize(
    "papers", [(PLAN, ROSTER), (UPDATE, UPDATE), (SUMMARY, PROMISE, EXPERIENCE)], ids=["two", "alike", "three"]
)
def test_papers_pasted_into_one_file_are_read_each(papers: tuple[tuple[str, str], ...], tmp_path: Path) -> None:
    found = read(tmp_path, "整套.docx", pasted(*papers))
    assert [paper.form.id for paper in found] == [form for form, _ in papers]
    assert [paper.file for paper in found] == [f"整套（第{number}份）.docx" for number in range(1, len(papers) + 1)]
    named = (example(name) for _, name in papers)
    unpictured = [
        (paper.extraction.data, data) for paper, data in zip(found, named, strict=True) if "highlights" not in data
    ]
    assert all(read == said for read, said in unpictured)


def test_a_sentence_that_ends_like_a_title_begins_no_paper(tmp_path: Path) -> None:
    """the first plan's schedule ends with 编制绿色园区评价报告, which is the title of a report, too."""
    plans = (PLAN[0], "cultivation-plan-park"), PLAN
    found = read(tmp_path, "两家.docx", pasted(*plans))
    assert [paper.extraction.data for paper in found] == [example(name) for _, name in plans]


def test_it_is_said_where_a_file_was_cut(tmp_path: Path) -> None:
    first, *_ = read(
        tmp_path, "整套.pdf", merged("park-commitment/plain-pdf", "recommendation-summary/three-tables-pdf")
    )
    message = first.extraction.findings[0].message
    assert "整套.pdf：一个文件里有 2 份材料，已分开读取" in message
    assert "第2份《XX市2024年度国家绿色制造名单推荐汇总表》（第2页起）" in message


def test_a_paper_inside_a_paper_is_not_cut_out(tmp_path: Path) -> None:
    """a review report holds the tables of three years, which are papers of their own elsewhere."""
    (found,) = read(tmp_path, "复核.docx", printed(*REVIEW))
    assert found.file == "复核.docx"
    assert found.extraction.data == example("review-report")


def test_a_file_whose_rest_is_no_paper_stays_whole(tmp_path: Path) -> None:
    """a title that stands alone, as in a list of annexes, begins no paper."""
    paper = docx.Document(io.BytesIO(printed(*SUMMARY)))
    paper.add_paragraph("绿色发展承诺书")
    written = io.BytesIO()
    paper.save(written)
    (found,) = read(tmp_path, "汇总表.docx", written.getvalue())
    assert found.file == "汇总表.docx"


def test_the_report_shows_the_pages_of_both_papers(tmp_path: Path) -> None:
    """findings on the second paper of a file are boxed on its pages."""
    (tmp_path / "收件").mkdir()
    (tmp_path / "收件" / "整套.pdf").write_bytes(
        merged("park-commitment/plain-pdf", "recommendation-summary/ticks-pdf")
    )
    call("check", tmp_path / "收件", "--report", tmp_path / "报告.html", "--as-of", "2024-12-01")
    report = (tmp_path / "报告.html").read_text("utf-8")
    assert "整套（第2份）.pdf" in report
    assert "data:image/" in report
