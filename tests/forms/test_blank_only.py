"""What the empty form alone prints, and the number of a row that only keeps the place of an empty list."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from folder import Folder, form_entry

from greenforms.form.form import Form
from greenforms.read.paper import read_paper
from greenforms.render.paper import render, render_blank
from greenforms_extractors.model import Document
from greenforms_extractors.reading import read

TEXT = {"type": "string", "x-codec": "text"}
ITEM = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {"name": {**TEXT, "title": "产品名称"}, "note": {**TEXT, "title": "说明"}},
}
LAYOUT = {
    "unit": {**TEXT, "title": "单位名称"},
    "summary": {**TEXT, "title": "一、概况", "x-codec": "paragraphs"},
    "rows": {"title": "产品", "type": "array", "items": ITEM, "x-blank-rows": 3},
}
LINES = ["{{ form.title }}", "{%p if blank %}", "（样表）", "{%p endif %}"]
TABLE = [
    ["序号", "产品名称", "说明"],
    ["{%tr for row in rows %}", "", ""],
    ["{{ loop.index }}", "{{ row.name }}", "{{ row.note }}"],
    ["{%tr endfor %}", "", ""],
]
PAPER = [
    *LINES,
    [["单位名称", "{{ unit }}"]],
    "一、概况",
    "{{ summary }}",
    "{%p if blank %}",
    "（可另附页）",
    "{%p endif %}",
    TABLE,
]


@pytest.fixture
def form(tmp_path: Path) -> Form:
    folder = Folder(tmp_path / "forms")
    folder.layout("brief", LAYOUT, PAPER)
    folder.sheet("brief", [["{{ form.title }}"], ["单位名称", "{{ unit }}"], ["概况", "{{ summary }}"], *TABLE])
    folder.edition("xx-2025", form_entry("brief", outputs=("docx", "xlsx")))
    return folder.library().form("xx-2025/brief")


def _numbers(content: bytes, kind: str, folder: Path) -> list[str]:
    """The first column of the last table."""
    path = folder / f"paper.{kind}"
    path.write_bytes(content)
    document: Document = read(path)
    rows = list(document.tables[-1].row_cells())
    start = next(place for place, cells in enumerate(rows) if cells and cells[0].text == "序号")
    return [cells[0].text if cells and cells[0].column == 0 else "" for cells in rows[start + 1 :]]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_empty_list_has_no_first_row(kind: str, form: Form, tmp_path: Path) -> None:
    """This test ensures that a filled paper numbers the rows there are, and the blank those it prints."""
    data = {"unit": "甲公司", "summary": "好", "rows": []}
    assert "1" not in _numbers(render(form, data, kind), kind, tmp_path)
    assert read_paper(form.library, tmp_path / f"paper.{kind}").data == data
    rows = [{"name": "甲", "note": "一"}, {"name": "乙", "note": "二"}]
    assert _numbers(render(form, {**data, "rows": rows}, kind), kind, tmp_path) == ["1", "2"]
    assert read_paper(form.library, tmp_path / f"paper.{kind}").data == {**data, "rows": rows}
    assert _numbers(render_blank(form, kind), kind, tmp_path) == ["1", "2", "3"]


def test_what_the_blank_alone_prints_is_known(form: Form, tmp_path: Path) -> None:
    """This test ensures that a blank filled in by hand has nothing unread, nor the blank's words in its values."""
    document = docx.Document(io.BytesIO(render_blank(form, "docx")))
    document.tables[0].cell(0, 1).text = "甲公司"
    texts = [each.text for each in document.paragraphs]
    document.paragraphs[texts.index("一、概况") + 1].text = "企业成立于 2001 年。"
    document.tables[1].cell(1, 1).text = "甲"
    path = tmp_path / "returned.docx"
    document.save(str(path))
    assert {"（样表）", "（可另附页）"} <= set(texts)
    extraction = read_paper(form.library, path)
    assert [each.message for each in extraction.findings if each.rule == "read/unread"] == []
    assert extraction.data == {"unit": "甲公司", "summary": "企业成立于 2001 年。", "rows": [{"name": "甲"}]}


def test_other_words_beside_are_still_told(form: Form, tmp_path: Path) -> None:
    """This test ensures that only the blank's own words are known."""
    document = docx.Document(io.BytesIO(render_blank(form, "docx")))
    next(each for each in document.paragraphs if each.text == "（样表）").text = "（样表二）"
    path = tmp_path / "returned.docx"
    document.save(str(path))
    (told,) = [each.message for each in read_paper(form.library, path).findings if each.rule == "read/unread"]
    assert "（样表二）" in told
