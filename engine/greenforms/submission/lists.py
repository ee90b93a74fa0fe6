"""The workbook of lists: the attachments by number, and what is printed in how many copies and sealed where."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from greenforms.form.form import Form
from greenforms.form.layout import template_program
from greenforms.form.template.program import Line, RowNode, walk
from greenforms.submission.asking import Asking
from greenforms.submission.bundle import Bound
from greenforms.submission.papers import Plan
from greenforms.workbook.look import height_of

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

#: What the forms print where a seal or a signature belongs.
_SEAL = re.compile(r"[^\n。；]*(?:盖章|公章|签字|签名|签章|签发)[^\n。；]*")
_UNSAID = "文件没有规定"
_LONGEST = 40
_DRAFT = "草稿，不得报送"


def lists_workbook(asking: Asking, plan: Plan, attached: Sequence[Bound], *, draft: bool) -> bytes:
    """The two lists as .xlsx, ready to print; the same pack gives the same bytes."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": asking.form.title, "created": datetime(1980, 1, 1)})
        head = f"{asking.form.title}　附件目录"
        columns: tuple[str, ...] = ("序号", "附件", "文件", "页数", "起始页")
        rows = [_attached(each) for each in attached]
        _sheet(workbook, "附件目录", head, columns, (8, 56, 56, 14, 10), rows, draft=draft)
        head = f"{asking.form.title}　打印清单"
        columns = ("序号", "材料", "文件", "纸质份数", "电子版份数", "盖章、签字的地方", "依据")
        widths = (6, 34, 40, 12, 12, 48, 24)
        _sheet(workbook, "打印清单", head, columns, widths, list(_printed(plan)), draft=draft)
    return target.getvalue()


def _attached(each: Bound) -> tuple[str, ...]:
    evidence = each.evidence
    return str(evidence.number), f"附件{evidence.number}　{evidence.title}", evidence.file, *each.words


def _printed(plan: Plan) -> Iterator[tuple[str, ...]]:
    for number, paper in enumerate(plan.papers, 1):
        copies = paper.due.copies
        paper_copies, files = (_UNSAID if each is None else str(each) for each in (copies.paper, copies.electronic))
        seals = "\n".join(seals_of(paper.form, paper.kind)) or "表上没有印"
        yield str(number), f"《{paper.form.title}》", paper.file, paper_copies, files, seals, paper.due.citation.article


def seals_of(form: Form, kind: str) -> tuple[str, ...]:
    """What a form prints where it is sealed or signed, in its order."""
    template = "xlsx" if kind == "xlsx" else "docx"
    nodes = walk(template_program(form, template).body)
    texts: list[str] = []
    for node in nodes:
        if isinstance(node, Line):
            texts.append(node.static)
        elif isinstance(node, RowNode):
            texts += (box.static for box in node.boxes)
    found = (match[0].strip(" 　：:") for text in texts for match in _SEAL.finditer(text))
    return tuple(dict.fromkeys(each for each in found if len(each) <= _LONGEST))


def _sheet(
    workbook: Workbook,
    name: str,
    head: str,
    columns: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Sequence[str]],
    *,
    draft: bool,
) -> None:
    sheet = workbook.add_worksheet(name)
    title = workbook.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"})
    heading = workbook.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter"})
    cell = workbook.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, len(columns) - 1, head, title)
    for column, (word, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, word, heading)
    for row, texts in enumerate(rows, 2):
        sheet.set_row(row, max(height_of(text, width) for text, width in zip(texts, widths, strict=True)))
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, cell)
    sheet.repeat_rows(0, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if draft:
        sheet.set_header(f"&C{_DRAFT}")
