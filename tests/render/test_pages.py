"""Printed pages, measured: what stands where on the PDF, and what Word and WPS are told to keep together."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook

from greenforms.bundled import examples_dir
from greenforms.form.template.runs import w
from greenforms.render.measure import lines, narrowing, whole, words
from greenforms.render.office import to_pdf
from greenforms.render.paper import render, render_blank
from papers import differences, example, on_paper, pdf_without_record, without_record, without_tags
from shipped import load_form, read_paper

LONG = "内蒙古自治区鄂尔多斯市准格尔旗大路工业园区绿色低碳循环经济新材料科技发展股份有限责任公司薛家湾第二分公司冶炼厂"
PHONES = {
    "legal_phone": "0472-5178201转8001",
    "contact_phone": "0472-5178201、13800138000",
    "fax": "0472-5178201、0472-5178202",
}
SUMS = {
    "total_assets": "123456789012.34",
    "revenue": "98765432109.87",
    "profit": "-12345678901.23",
    "tax": "99999999.99",
}


def plan() -> Any:
    """A plan with a long name, several numbers in one cell, large sums and many rows."""
    data = example("cultivation-plan-factory")
    enterprise = data["enterprise"]
    data["unit"] = enterprise["name"] = LONG
    data["contact"]["phone"] = "0472-5178201、0472-5178202、13800138000"
    enterprise |= PHONES
    enterprise["years"][0] |= {name: Decimal(value) for name, value in SUMS.items()}
    for rows in (enterprise["products"], data["plan"]["projects"]):
        rows[:] = [{**copy.deepcopy(rows[number % len(rows)]), "name": f"产品与项目{number}"} for number in range(30)]
    return data


def summary() -> Any:
    data = example("recommendation-summary")
    for name in ("factories", "parks", "supply_chains"):
        data[name] = [copy.deepcopy(data[name][number % len(data[name])]) for number in range(25)]
    return data


CASES = {"plan": ("nm-2024/cultivation-plan", plan), "summary": ("he-2024/recommendation-summary", summary)}


@pytest.fixture(scope="module", params=CASES)
def hard(request: pytest.FixtureRequest) -> tuple[str, str, Any, dict[str, bytes]]:
    form, make = CASES[request.param]
    data = make()
    return (
        request.param,
        form,
        data,
        {kind: render(load_form(form), data, kind, examples_dir()) for kind in ("docx", "pdf")},
    )


def texts(pdf: bytes) -> list[str]:
    """The text of each page, a line to a line, without spaces."""
    with pdfplumber.open(io.BytesIO(pdf)) as pages:
        return [page.extract_text().replace(" ", "") for page in pages.pages]


def tables(pdf: bytes) -> list[list[list[str]]]:
    """The tables of each page, one after the other, as rows of what stands in their cells."""
    with pdfplumber.open(io.BytesIO(pdf)) as pages:
        found = [table for page in pages.pages for table in page.extract_tables()]
    return [[[(cell or "").replace(" ", "") for cell in row] for row in table] for table in found]


def body(docx: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return etree.fromstring(package.read("word/document.xml"))[0]


def test_hard_papers_read_back(hard: tuple[str, str, Any, dict[str, bytes]], tmp_path: Path) -> None:
    """This test ensures that what is set narrower, broken and cut into several tables is read as it was given."""
    _, form_id, data, papers = hard
    form = load_form(form_id)
    for name, content in (
        ("a.docx", papers["docx"]),
        ("b.docx", without_record(papers["docx"])),
        ("c.docx", without_tags(papers["docx"])),
        ("d.pdf", pdf_without_record(papers["pdf"])),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        extraction = read_paper(path)
        assert differences(extraction.data, data if name == "a.docx" else on_paper(form, data)) == [], name
        assert [finding.message for finding in extraction.findings if finding.rule.startswith("record/")] == [], name


def test_cover_is_one_page(hard: tuple[str, str, Any, dict[str, bytes]]) -> None:
    """This test ensures that under a name of three lines the date stays on the cover, and the table begins page 2."""
    if hard[0] == "plan":
        cover, second, *_ = texts(hard[3]["pdf"])
        assert cover.endswith("内蒙古自治区工业和信息化厅制\n二〇二六年三月十八日")
        assert second.startswith("基本情况表（企业填写）")


HEADINGS = {
    "plan": ("产品名称生产能力", "项目名称建设内容"),
    "summary": ("工厂名称", "园区名称", "企业名称"),
}


def test_headings_come_again(hard: tuple[str, str, Any, dict[str, bytes]]) -> None:
    """This test ensures that a list that goes over several pages has its headings above its first row on each."""
    name, _, _, papers = hard
    pages = texts(papers["pdf"])
    for heading in HEADINGS[name]:
        on = [number for number, page in enumerate(pages) if heading in re.sub(r"\n|国内市场|投资", "", page)]
        assert len(on) >= 2, heading
        assert on == list(range(on[0], on[-1] + 1))


def test_word_is_told(hard: tuple[str, str, Any, dict[str, bytes]]) -> None:
    """This test ensures that headings are marked as such, first of their tables, whole and kept with what follows."""
    found = list(body(hard[3]["docx"]))
    marked = 0
    for one, other in pairwise(found):
        assert not (one.tag == other.tag == w("tbl")), "Word makes one table of two that touch"
    for table in (each for each in found if each.tag == w("tbl")):
        rows = table.findall(w("tr"))
        headings = [row for row in rows if row.find(f"{w('trPr')}/{w('tblHeader')}") is not None]
        assert headings == rows[: len(headings)]
        for row in headings:
            assert row.find(f"{w('trPr')}/{w('cantSplit')}") is not None
            assert all(p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in row.iter(w("p")))
        marked += bool(headings)
    assert marked == 3


def test_numbers_are_whole(hard: tuple[str, str, Any, dict[str, bytes]]) -> None:
    """This test ensures that no telephone number and no sum goes over two lines, in a cell or on the cover."""
    if hard[0] == "plan":
        printed = "\n".join(texts(hard[3]["pdf"]))
        for number in (*PHONES.values(), *SUMS.values(), "0472-5178201、0472-5178202、13800138000"):
            for each in number.split("、"):
                assert each in printed


def test_no_character_alone() -> None:
    """This test ensures that no name of a roster leaves its last character on a line of its own."""
    rows = [
        {"year": 2026, "type": "绿色工厂", "region": "呼和浩特市", "name": LONG[:length], "level": "自治区级"}
        for length in range(8, len(LONG))
    ]
    pdf = render(load_form("nm-2024/cultivation-roster"), {"rows": rows}, "pdf")
    names = [row[4].split("\n") for table in tables(pdf) for row in table if row[0] != "序号"]
    assert ["".join(name) for name in names] == [row["name"] for row in rows]
    assert [name for name in names if len(name) > 1 and len(name[-1]) == 1] == []


def test_no_line_is_empty() -> None:
    """This test ensures that a 。 that hangs in the margin is followed by the next paragraph, not by an empty line."""
    data = example("typical-experience-park")
    data["next_steps"] = "\n".join("扩" * length + "。" for length in range(22, 32))
    pdf = render(load_form("he-2024/typical-experience"), data, "pdf", examples_dir())
    with pdfplumber.open(io.BytesIO(pdf)) as pages:
        found = [[line["bottom"] for line in page.extract_text_lines() if "扩" in line["text"]] for page in pages.pages]
    steps = [below - above for page in found for above, below in pairwise(page)]
    assert len(steps) >= 10
    assert max(steps) < 30  # a line is 28.95 pt high


def test_blank_goes_on() -> None:
    """This test ensures that the blank list shows that it goes on below its numbered rows, as is printed."""
    pdf = render_blank(load_form("he-2024/recommendation-summary"), "pdf")
    firsts = [row[0] for table in tables(pdf) for row in table if row[0] in ("1", "2", "...", "……")]
    assert firsts == ["1", "2", "...", "1", "2", "……", "1", "2", "..."]


def test_dots_left_standing_are_no_row(tmp_path: Path) -> None:
    """This test ensures that the row of dots of a blank filled by hand is not read as an item."""
    document = Document(io.BytesIO(render_blank(load_form("he-2024/recommendation-summary"), "docx")))
    row = document.tables[0].rows[2]
    for cell, text in zip(row.cells[1:], ("河北澄渊制药有限公司", "/", "食品制造业", "是"), strict=True):
        cell.paragraphs[0].add_run(text)
    document.save(str(tmp_path / "手填.docx"))
    data = read_paper(tmp_path / "手填.docx").data
    assert [row["name"] for row in data["factories"]] == ["河北澄渊制药有限公司"]
    assert not data["parks"]
    assert not data["supply_chains"]


@pytest.mark.parametrize(
    ("text", "room", "laid"),
    [
        ("石墨化增碳剂", 6500, ["石墨化增碳剂"]),
        ("河北（石家庄）公司", 3000, ["河北", "（石家", "庄）公", "司"]),
        ("年产60000吨", 4600, ["年产", "60000吨"]),
        ("a-bc def", 2200, ["a-bc ", "def"]),
        ("", 1000, [""]),
    ],
)
def test_lines_break_where_they_do(text: str, room: int, laid: list[str]) -> None:
    """This test ensures that Latin words stay whole, and that no line begins or ends with the wrong sign."""
    assert lines(words(text), room) == laid


@pytest.mark.parametrize(
    ("text", "room", "scale"),
    [
        ("石墨化增碳", 5500, 100),
        ("石墨化增碳剂", 5500, 89),  # one character too many
        ("石墨化增碳剂厂", 5500, 100),  # two may stand alone
        ("123456789.12", 5000, 85),  # a word wider than the column
        ("1" * 60, 5000, 60),  # nothing helps
    ],
)
def test_narrowing(text: str, room: int, scale: int) -> None:
    """This test ensures that text is set narrower only for a word or a last character, and not too much."""
    assert narrowing([words(text)], room) == scale


def test_several_numbers() -> None:
    """This test ensures that telephone numbers part between them only."""
    number = "0472-5178201转8001"
    assert lines(whole(f"{number}、{number}"), 9000) == [f"{number}、", number]


def test_rows_of_a_sheet_are_high_enough() -> None:
    """This test ensures that a sheet prints a long name whole, and that other rows keep the template's height."""
    row = {"year": 2026, "type": "绿色工厂", "region": "包头市", "level": "盟市级"}
    rows = [{**row, "name": LONG * 2}, {**row, "name": "晴川公司"}]
    sheet = render(load_form("nm-2024/cultivation-roster"), {"rows": rows}, "xlsx")
    assert LONG * 2 in [
        "".join(cell.split()) for table in tables(to_pdf(sheet, ".xlsx")) for line in table for cell in line
    ]
    heights = load_workbook(io.BytesIO(sheet)).active.row_dimensions
    assert heights[4].height > 60
    assert heights[5].height == 30
