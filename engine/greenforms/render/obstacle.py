"""What of a Word template the compiler leaves to docxtpl, and whether a template has it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from greenforms.form.form import Form
from greenforms.form.layout import expanded_template
from greenforms.form.template.runs import text_of, w
from greenforms.form.template.tags import TAG, End, If, statement_of
from greenforms.render.sealing import parts_of

_MAIN = "word/document.xml"
#: The parts besides the body that docxtpl fills.
_FILLED = re.compile(r"word/(?:header|footer|footnotes)\w*\.xml|docProps/core\.xml")
_TAGS = re.compile(rb"\{[{%#]")
#: Jinja comments, and what docxtpl turns into braces.
_STRANGE = re.compile(r"\{#|\{_[{%]|[}%]_\}")


def not_compiled(form: Form) -> str:
    """Why a form's Word template is left to docxtpl, as a Chinese clause; "" where it is compiled."""
    return obstacle(parts_of(expanded_template(form, "docx").content))


def obstacle(parts: Mapping[str, bytes]) -> str:
    """What of a template, given by its parts, the compiler does not take; "" for nothing."""
    if any(_FILLED.fullmatch(name) and _TAGS.search(part) for name, part in parts.items()):
        return "页眉、页脚、脚注或文件属性里有标记"
    body = etree.fromstring(parts[_MAIN])
    if (strange := _STRANGE.search(text_of(body))) is not None:
        return f"文字里有“{strange[0]}”"
    if not all(map(_is_sure, body.iter(w("tbl")))):
        # docxtpl looks at every table it has filled, and adds or removes columns until they are as many as its cells.
        return "表格各行的格数与表格的列数不符，或要看数据才知道"
    return ""


def _is_sure(table: etree._Element) -> bool:
    """Whether no row of a table is too wide, and one that is always there is full."""
    grid = table.find(w("tblGrid"))
    columns = -1 if grid is None else len(grid.findall(w("gridCol")))
    cells = [row.findall(w("tc")) for row in table.iter(w("tr"))]
    always = [sum(map(_span, row.findall(w("tc")))) for row in _always_there(table)]
    return max(map(len, cells), default=0) <= columns <= max(always, default=-1)


def _always_there(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table itself under no condition; loops print their rows once at least."""
    conditions = 0
    for row in table.findall(w("tr")):
        tag = TAG.fullmatch(text_of(row).strip())
        match statement_of(tag["statement"]) if tag and tag["statement"] else None:
            case If():
                conditions += 1
            case End("if"):
                conditions -= 1
            case None if not conditions:
                yield row


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return 1 if span is None else int(span.get(w("val"), "1"))
