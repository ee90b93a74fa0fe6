"""Drafts say so on every page."""

from __future__ import annotations

import io
import re
import zipfile

from greenforms import datafile
from greenforms.render.paper import render
from greenforms.submission.draft_mark import DRAFT, marked_as_draft
from shipped import ROOT, load_form


def _parts(form_id: str, kind: str) -> tuple[bytes, dict[str, str]]:
    form = load_form(form_id)
    data = datafile.load(str(ROOT / "examples" / str(form.entry.example))).data
    content = marked_as_draft(render(form, data, kind), f"材料.{kind}")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return content, {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def test_every_section_of_a_document() -> None:
    """This test ensures that first, even and other pages of each section have a header with the words."""
    content, parts = _parts("nm-2024/removal-report", "docx")
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>", parts["word/document.xml"], re.DOTALL)
    assert sections
    targets = dict(re.findall(r'Target="(header[0-9]+\.xml)"[^>]*Id="(\w+)"', parts["word/_rels/document.xml.rels"]))
    targets |= {
        target: id_
        for id_, target in re.findall(
            r'Id="(\w+)"[^>]*Target="(header[0-9]+\.xml)"', parts["word/_rels/document.xml.rels"]
        )
    }
    said = {id_ for target, id_ in targets.items() if DRAFT in parts[f"word/{target}"]}
    for section in sections:
        heads = dict(re.findall(r'<w:headerReference w:type="(\w+)" r:id="(\w+)"', section))
        assert heads.keys() == {"default", "even", "first"}
        assert {*heads.values()} <= said
    assert content == _parts("nm-2024/removal-report", "docx")[0]


def test_every_sheet_of_a_workbook() -> None:
    """This test ensures that each sheet is printed with the words on top."""
    _, parts = _parts("nm-2024/cultivation-roster", "xlsx")
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert all(re.search(f"<oddHeader>[^<]*{DRAFT}", sheet) for sheet in sheets)
