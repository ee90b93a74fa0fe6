"""Strict Open XML reads as its transitional twin."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.render.paper import render
from greenforms_extractors.model import Document
from greenforms_extractors.reading import read
from shipped import load_form, read_paper

_NAMES = re.compile(
    rb"http://schemas\.openxmlformats\.org/(officeDocument|\w+ml)/2006/(?=main|relationships|math|\w+D)"
)


def strict(content: bytes, *, dates: bool = False) -> bytes:
    """A package with the namespaces and relationship types of ISO/IEC 29500-1; `dates` in its cells in ISO 8601."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            part = _NAMES.sub(rb"http://purl.oclc.org/ooxml/\1/", source.read(name))
            part = re.sub(rb'(<w:gridCol w:w=")(\d+)"', lambda width: width[1] + b'%gpt"' % (int(width[2]) / 20), part)
            if dates:
                part = part.replace(b"<v>44693</v>", b"<v>2022-05-12T00:00:00</v>")
                part = part.replace(b"<v>44693.3541666667</v>", b"<v>2022-05-12T08:30:00</v>")
                part = re.sub(rb't="n"(?=><v>2022)', b't="d"', part)
            target.writestr(name, part)
    return stream.getvalue()


def both(tmp_path: Path, content: bytes, suffix: str, *, dates: bool = False) -> tuple[Document, Document]:
    usual, unusual = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    usual.write_bytes(content)
    unusual.write_bytes(strict(content, dates=dates))
    assert b"purl.oclc.org" in zipfile.ZipFile(unusual).read("_rels/.rels")
    return read(usual), read(unusual)


@pytest.mark.parametrize(
    ("form", "example", "kind"),
    [
        ("nm-2024/cultivation-plan", "cultivation-plan-factory", "docx"),
        ("nm-2024/cultivation-roster", "cultivation-roster", "docx"),
        ("nm-2024/cultivation-roster", "cultivation-roster", "xlsx"),
    ],
)
def test_papers(tmp_path: Path, form: str, example: str, kind: str) -> None:
    """A paper saved as Strict Open XML gives the same document and the same extraction."""
    data = datafile.load(str(examples_dir() / f"{example}.json"))
    usual, unusual = both(tmp_path, render(load_form(form), data.data, kind, data.base), f".{kind}")
    assert replace(unusual, attachments={}) == replace(usual, attachments={})
    one, other = read_paper(tmp_path / f"a.{kind}"), read_paper(tmp_path / f"b.{kind}")
    assert other.data == one.data == data.data
    assert replace(other, file="", sha256="") == replace(one, file="", sha256="")


def test_dates(tmp_path: Path) -> None:
    """A date in ISO 8601 is shown by the format of its cell, as the day number is."""
    workbook = openpyxl.Workbook()
    for value, code in (
        (date(2022, 5, 12), "yyyy-mm-dd"),
        (date(2022, 5, 12), 'yyyy"年"m"月"'),
        (date(2022, 5, 12), "General"),
        (datetime(2022, 5, 12, 8, 30), "yyyy-mm-dd h:mm"),
    ):
        workbook.active.append([value])  # type: ignore[union-attr]
        workbook.active.cell(workbook.active.max_row, 1).number_format = code  # type: ignore[union-attr]
    stream = io.BytesIO()
    workbook.save(stream)
    usual, unusual = both(tmp_path, stream.getvalue(), ".xlsx", dates=True)
    texts = [cell.text for cell in unusual.tables[0].cells]
    assert texts == ["2022-05-12", "2022-05", "2022-05-12", "2022-05-12 08:30"]
    assert [cell.text for cell in usual.tables[0].cells] == [*texts[:2], "44693", texts[3]]
    assert all(cell.numeric for cell in unusual.tables[0].cells)


def test_address_in_a_text_stays(tmp_path: Path) -> None:
    """Only names of elements are put right: a text that holds such an address is kept as it is."""
    workbook = openpyxl.Workbook()
    address = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    workbook.active["A1"] = address  # type: ignore[index]
    workbook.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").tables[0].cells[0].text == address
