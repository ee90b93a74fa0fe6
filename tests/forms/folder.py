"""A form folder written down as strings: layouts, an edition, catalogues, and templates as lines and table rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl import Workbook
from openpyxl.styles import Font

from greenforms.form.library import Library
from shipped import few_forms

#: A line of text, or a table as rows of cell texts; `<` in a cell says that it goes on with the one to its left.
Paper = Sequence[str | list[list[str]]]


def layout_schema(name: str, properties: Mapping[str, Any], **others: Any) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://greenforms.invalid/layouts/{name}.schema.json",
        "title": name,
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": dict(properties),
        **others,
    }


def form_entry(name: str, *, outputs: Sequence[str] = ("docx",), **others: Any) -> dict[str, Any]:
    entry = {
        "name": name,
        "layout": name,
        "title": f"{name}表",
        "annex": "附件1",
        "document": "notice",
        "grade": "A",
        "grade_note": "",
        "outputs": list(outputs),
        "filled_by": "企业",
        "received_by": "厅",
        "titles": [f"{name}表"],
    }
    return {**entry, **others}


class Folder:
    """A folder laid over the shipped one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for kind in ("layouts", "editions", "indicators"):
            (path / "schemas" / kind).mkdir(parents=True)
        (path / "templates").mkdir()

    def layout(self, name: str, properties: Mapping[str, Any], paper: Paper, **others: Any) -> None:
        schema = layout_schema(name, properties, **others)
        (self.path / f"schemas/layouts/{name}.schema.json").write_text(json.dumps(schema, ensure_ascii=False), "utf-8")
        write_docx(self.path / f"templates/{name}.docx", paper)

    def sheet(self, name: str, rows: list[list[str]]) -> None:
        write_xlsx(self.path / f"templates/{name}.xlsx", rows)

    def catalogue(self, name: str, content: Mapping[str, Any]) -> None:
        (self.path / f"schemas/indicators/{name}.yaml").write_text(json.dumps(content, ensure_ascii=False), "utf-8")

    def edition(self, id_: str, *forms: Mapping[str, Any], **others: Any) -> None:
        content = {
            "edition": id_,
            "title": f"版本{id_}",
            "authority": "某厅",
            "in_force": {"from": None, "to": None},
            "documents": [{"id": "notice", "title": f"通知{id_}"}],
            "forms": list(forms),
            **others,
        }
        (self.path / f"schemas/editions/{id_}.yaml").write_text(json.dumps(content, ensure_ascii=False), "utf-8")

    def library(self) -> Library:
        return Library(few_forms(), self.path)


def write_docx(path: Path, paper: Paper) -> None:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    style = document.styles["Normal"]
    style.font.name = "仿宋"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    for block in paper:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), max(map(len, block)))
        table.style = "Table Grid"
        for cells, texts in zip(table.rows, block, strict=True):
            _fill(cells.cells, texts)
    document.save(str(path))


def _fill(cells: Any, texts: list[str]) -> None:
    start = 0
    for place, text in enumerate(texts):
        if text != "<":
            start = place
            cells[place].text = text
        else:
            cells[start].merge(cells[place])


def write_xlsx(path: Path, rows: list[list[str]]) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.page_setup.paperSize = 9
    for row in rows:
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.font = Font(name="宋体")
    workbook.save(str(path))
