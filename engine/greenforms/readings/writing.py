"""Writes readings as one workbook: 一览, 明细, 提示, and the hidden sheet that keeps them exactly."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from greenforms.dossier.dossier import Unread
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.readings import detail, keeping, remarks
from greenforms.readings.look import Look
from greenforms.readings.overview import write_overview
from greenforms.readings.paper import PaperReading
from greenforms.readings.sheets import SheetWriter
from greenforms.workbook.signature import READINGS

OVERVIEW = "一览"
#: Excel's limit of a sheet's name, and the signs it may not have.
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


def make_readings(library: Library, papers: Sequence[PaperReading], unread: Sequence[Unread] = ()) -> bytes:
    """The workbook of papers read, and of files that could not be (name and reason). The same gives the same bytes."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": "读取结果", "created": datetime(1980, 1, 1)})
        look = Look(workbook)
        for name, form, members in _by_form(library, papers):
            write_overview(SheetWriter(workbook.add_worksheet(name), look), form, members)
        detail.write_detail(library, SheetWriter(workbook.add_worksheet(detail.SHEET), look), papers)
        remarks.write_remarks(SheetWriter(workbook.add_worksheet(remarks.SHEET), look), papers, unread)
        keeping.write_kept(workbook.add_worksheet(READINGS), papers)
    return target.getvalue()


def _by_form(library: Library, papers: Sequence[PaperReading]) -> Iterator[tuple[str, Form, list[PaperReading]]]:
    """The name of each form's sheet, the form and its papers."""
    forms = dict.fromkeys(paper.extraction.form for paper in papers)
    for number, form_id in enumerate(forms, 1):
        form = library.form(form_id)
        title = _NOT_IN_NAMES.sub("", form.title)
        name = OVERVIEW if len(forms) == 1 else f"{OVERVIEW}{number}·{title}"[:_LONGEST_NAME]
        yield name, form, [paper for paper in papers if paper.extraction.form == form_id]
