"""draft on the command line: the report, its data beside it, what is told, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from console import DATA, PLAN, call, listing

from applicant import REPORT, papers_of
from greenforms.read.extraction import Extraction
from greenforms.report import extraction_json, json_text

WORDS = ("draft", REPORT)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder with the applicant's papers as they were read."""
    folder = tmp_path / "材料"
    folder.mkdir()
    for form, data in papers_of().items():
        name = form.rpartition("/")[2]
        read = Extraction(f"{name}.docx", form, 1.0, data, (), (), ())
        (folder / f"{name}.json").write_text(json_text(extraction_json(read)), "utf-8")
    return folder


def test_report_and_data(sources: Path, tmp_path: Path) -> None:
    """This test ensures that report and data are written; a file that cannot be read is told and costs no other."""
    out = tmp_path / "评价报告.docx"
    (sources / "坏.docx").write_bytes(b"PK\x03\x04")
    said = call(*WORDS, sources, "-o", out, "--as-of", "2026-05-20")
    assert (said.code, said.out) == (3, b"")
    assert "坏.docx" in said.err
    assert "从 3 份材料填了 396 处" in said.err
    assert "待填的 27 处：" in said.err
    assert "  （四）工厂基本情况：要由编制人写。" in said.err
    assert (out.stat().st_size > 10_000, (tmp_path / "评价报告.json").exists()) == (True, True)


def test_final(sources: Path, tmp_path: Path) -> None:
    """This test ensures that a final report with a prompt in it is not made."""
    said = call(*WORDS, sources, "-o", tmp_path / "定稿.docx", "--as-of", "2026-05-20", "--final")
    assert said.code == 1
    assert "还有 27 处待填。" in said.err
    assert "没有生成定稿" in said.err
    assert not [name for name in listing(tmp_path) if name.startswith("定稿")]


def test_what_is_refused(sources: Path, tmp_path: Path) -> None:
    """This test ensures that what cannot be done is refused before anything is read or written."""
    call(*WORDS, sources, "-o", "-").refused(2, "要写成文件")
    call(*WORDS, sources, "-o", tmp_path / "报告.pdf").refused(2, "不输出 pdf")
    (tmp_path / "报告.json").write_text("{}")
    call(*WORDS, sources, "-o", tmp_path / "报告.docx").refused(2, "报告.json”已经存在", "--force")
    (sources / "数据.json").write_bytes(DATA[PLAN].read_bytes())
    call(*WORDS, sources / "数据.json", "-o", tmp_path / "新.docx").refused(2, "没有写明是哪一种表", "--of")
    (sources / "数据.json").unlink()
    call(*WORDS, sources, "-o", tmp_path / "新.docx", "--unit", "别的单位").refused(2, "没有单位“别的单位”")
    assert not (tmp_path / "新.docx").exists()
