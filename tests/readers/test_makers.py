"""Who made a file, by its properties: nobody is asked, and nothing is lost where they are broken."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest

from greenforms_extractors.reading import read
from shipped import ROOT

_CORE = "docProps/core.xml"


def _word(path: Path, author: str, editor: str = "") -> Path:
    document = docx.Document()
    document.add_paragraph("自评价报告")
    document.core_properties.author = author
    document.core_properties.last_modified_by = editor
    document.save(str(path))
    return path


def _with_part(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for each, held in {**parts, name: content}.items():
            archive.writestr(each, held)
    return path


def test_author_and_editor_of_a_word_file(tmp_path: Path) -> None:
    """This test ensures that author and last editor are read, each once, without the spaces around them."""
    assert read(_word(tmp_path / "a.docx", " 杜清扬 ", "康映雪")).makers == ("杜清扬", "康映雪")
    assert read(_word(tmp_path / "b.docx", "杜清扬", "杜清扬")).makers == ("杜清扬",)
    assert read(_word(tmp_path / "c.docx", "")).makers == ()


def test_company_of_a_workbook(tmp_path: Path) -> None:
    """This test ensures that a workbook tells its author and the company of whoever saved it."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "自评价"
    book.properties.creator = "杜清扬"
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        app = archive.read("docProps/app.xml")
    company = "<Company>北京清沛绿色技术研究院有限公司</Company></Properties>".encode()
    _with_part(path, "docProps/app.xml", app.replace(b"</Properties>", company))
    assert read(path).makers == ("杜清扬", "北京清沛绿色技术研究院有限公司")


def test_author_of_a_pdf(tmp_path: Path) -> None:
    """This test ensures that a PDF tells its author."""
    writer = pypdf.PdfWriter(clone_from=ROOT / "tests/variants/cases/change-note/letter-pdf/paper.pdf")
    writer.add_metadata({"/Author": "杜清扬"})
    writer.write(tmp_path / "a.pdf")
    assert read(tmp_path / "a.pdf").makers == ("杜清扬",)


@pytest.mark.parametrize("content", [b"<broken", b"", b"<!DOCTYPE x><x/>", b"<x>\xd6\xd0</x>"])
def test_broken_properties(tmp_path: Path, content: bytes) -> None:
    """This test ensures that a paper is read whose properties are broken."""
    document = read(_with_part(_word(tmp_path / "a.docx", "杜清扬"), _CORE, content))
    assert (document.makers, document.paragraphs[0].text) == ((), "自评价报告")
