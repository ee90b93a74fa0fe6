"""The table of contents: a field with its entries in Word, and the pages they stand on in print."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree
from pypdf import PdfReader

from greenforms.bundled import resource_root
from greenforms.form.template.runs import text_of, w
from greenforms.render.contents import has_contents, list_headings, without_contents_field
from greenforms.render.paper import render
from papers import example, pdf_without_record
from shipped import form_ids, load_form, read_paper

FORM = load_form("nm-2022/factory-self-evaluation")
STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:styleId="H">'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>'
)


@cache
def printed(kind: str) -> bytes:
    return render(FORM, example("factory-self-evaluation"), kind)


def body(content: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))


def paragraphs_of(root: etree._Element, style: str) -> list[str]:
    named = [(each.find(f"{w('pPr')}/{w('pStyle')}"), each) for each in root.iter(w("p"))]
    return [text_of(each) for found, each in named if found is not None and found.get(w("val"), "").startswith(style)]


def test_entries_are_the_headings() -> None:
    """this test ensures that the entries are the headings of the filled paper, each bound to its own by a bookmark"""
    root = body(printed("docx"))
    assert paragraphs_of(root, "TOC") == paragraphs_of(root, "Heading")
    names = [mark.get(w("name")) for mark in root.iter(w("bookmarkStart"))]
    asked = re.findall(r"PAGEREF (\S+)", "".join(node.text or "" for node in root.iter(w("instrText"))))
    assert asked == names
    assert len(set(names)) == len(names) == 12


def test_word_works_it_out() -> None:
    """this test ensures that the field is whole and asks Word to be worked out when the paper is opened"""
    marks = list(body(printed("docx")).iter(w("fldChar")))
    assert marks[0].get(w("dirty")) == "true"
    kinds = [mark.get(w("fldCharType")) for mark in marks]
    assert kinds[:3] == ["begin", "separate", "begin"]
    assert [kinds.count(kind) for kind in ("begin", "separate", "end")] == [13, 13, 13]


def test_pages_in_print() -> None:
    """this test ensures that each entry of the PDF names the page on which its heading stands"""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(printed("pdf"))).pages]
    number = next(number for number, text in enumerate(pages) if re.search(r"目\s*录", text))
    entries = re.findall(r"^\s*(\S.*?)\s*\.{6,}\s*(\d+)\s*$", pages[number], re.MULTILINE)
    assert len(entries) == 12
    for heading, page in entries:
        assert re.sub(r"\s", "", heading) in re.sub(r"\s", "", pages[int(page) - 1])


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_entries_are_not_read(kind: str, tmp_path: Path) -> None:
    """this test ensures that a table of contents is neither taken for the chapters nor told as unread"""
    path = tmp_path / f"报告.{kind}"
    path.write_bytes(pdf_without_record(printed("pdf")) if kind == "pdf" else printed("docx"))
    extraction = read_paper(path, edition="nm-2022")
    assert extraction.data == example("factory-self-evaluation")
    assert [each for each in extraction.findings if each.rule == "read/unread"] == []


def field(instruction: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
    return f"<w:p>{mark('begin')}{code}{mark('separate')}<w:r><w:t>更新</w:t></w:r>{mark('end')}</w:p>"


def document(*paragraphs: str) -> Any:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return etree.fromstring(f"<w:body {space}>{''.join(paragraphs)}</w:body>")


def test_levels_and_nothing_to_list() -> None:
    """this test ensures that only headings of the levels asked for are listed, and that none leaves the field alone"""
    heading = '<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>一、概述</w:t></w:r></w:p>'
    listed, deeper = document(field('TOC \\o "1-2"'), heading), document(field('TOC \\o "2-3"'), heading)
    for root in (listed, deeper):
        list_headings(root, etree.fromstring(STYLES))
    assert [text_of(each) for each in listed.iter(w("p"))] == ["一、概述", "", "一、概述"]
    assert [text_of(each) for each in deeper.iter(w("p"))] == ["", "", "一、概述"]


def test_other_fields_stay() -> None:
    """this test ensures that a field which is no table of contents stays, inside one as well"""
    root = document(field("PAGE"), field("TOC"))
    without_contents_field(root)
    assert [node.text for node in root.iter(w("instrText"))] == [" PAGE "]
    assert [text_of(each) for each in root.iter(w("p"))] == ["更新", "更新"]


LAYOUTS = sorted({form.layout for form in map(load_form, form_ids()) if "docx" in form.templates})


@pytest.mark.parametrize("layout", LAYOUTS)
def test_entries_have_leaders(layout: str) -> None:
    """this test ensures that every template with a table of contents has its styles, with pages at the right edge"""
    with zipfile.ZipFile(resource_root() / "templates" / f"{layout}.docx") as package:
        document, styles = (etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "styles"))
    if not has_contents(document):
        return
    found = {each.get(w("styleId")): each.find(f".//{w('tab')}") for each in styles.iter(w("style"))}
    tabs = [found.get(name) for name in ("TOC1", "TOC2")]
    assert [None if tab is None else (tab.get(w("val")), tab.get(w("leader"))) for tab in tabs] == [
        ("right", "dot")
    ] * 2


def test_a_paper_without_one() -> None:
    """this test ensures that a paper without a table of contents gets none"""
    content = render(load_form("nm-2022/factory-indicators"), example("factory-indicators"), "docx")
    assert "TOC" not in "".join(node.text or "" for node in body(content).iter(w("instrText")))
    assert Document(io.BytesIO(content)).paragraphs
