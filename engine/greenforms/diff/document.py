"""The differences as a Word document: what is gone struck out, what is new underlined, which shows in grey print."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from greenforms.codec.printable import show_controls
from greenforms.diff.lines import NOTHING, Line, lines_of
from greenforms.diff.result import Difference
from greenforms.render.package import deflated, packed

_TITLE = "变更清单"
_FACE, _HEADING_FACE, _LATIN = "宋体", "黑体", "Times New Roman"
#: Millimetres: A4 on its side, its margins, and the columns.
_WIDE, _HIGH, _MARGIN = 297, 210, 15
Columns = tuple[tuple[str, int], ...]
_COLUMNS: Columns = (("序号", 11), ("情况", 11), ("栏目", 52), ("原来", 77), ("现在", 77), ("位置和说明", 39))
_GONE, _NEW = "9C0006", "1F4E79"
#: Longer texts are set as they are: marking single characters in them takes long and helps nobody.
_LONGEST = 2000
#: Figures and words of letters are marked whole, Chinese characters one by one.
_TOKENS = re.compile(r"[0-9A-Za-z.,%/-]+|.", re.DOTALL)


def document_of(found: Difference) -> bytes:
    """The document: a line for each difference. The same differences give the same bytes."""
    target = landscape()
    target.add_heading(_TITLE, level=1)
    add_changes(target, found)
    return closed(target)


def landscape() -> Any:
    """An empty document of python-docx on A4 lying on its side, in our faces."""
    import docx

    target: Any = docx.Document()
    _set_page(target)
    return target


def add_changes(target: Any, found: Difference) -> None:
    """What differs, counted and in a table."""
    target.add_paragraph(show_controls(found.counted))
    table = headed_table(target, _COLUMNS)
    for line in lines_of(found):
        _fill(table.add_row().cells, line)
    set_widths(table, _COLUMNS)


def headed_table(target: Any, columns: Columns) -> Any:
    """A ruled table with its headings, which are printed again on each page."""
    table = target.add_table(1, len(columns), style="Table Grid")
    table.autofit = False
    for cell, (heading, _) in zip(table.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
    _repeat(table.rows[0])
    return table


def _fill(cells: Any, line: Line) -> None:
    for cell, text in zip(cells, (str(line.number), line.kind, line.label), strict=False):
        cell.text = show_controls(text, keep="\n")
    for cell, old in ((cells[3], True), (cells[4], False)):
        paragraph = cell.paragraphs[0]
        for text, differs in _pieces(line, of_old=old):
            _run(paragraph, show_controls(text, keep="\n"), differs=differs, old=old)
    cells[5].text = show_controls("\n".join(_places(line)), keep="\n")


def _places(line: Line) -> Iterator[str]:
    if line.old_place == line.new_place:
        yield line.new_place
    else:
        yield from (f"{word}：{place}" for word, place in (("原", line.old_place), ("现", line.new_place)) if place)
    if line.remark:
        yield line.remark


def _pieces(line: Line, *, of_old: bool) -> Iterator[tuple[str, bool]]:
    """The text of one side in pieces, each with whether the other side has it not."""
    text = line.old if of_old else line.new
    if text == NOTHING:
        yield text, False
    elif NOTHING in (line.old, line.new) or max(len(line.old), len(line.new)) > _LONGEST:
        yield text, True
    else:
        old, new = _TOKENS.findall(line.old), _TOKENS.findall(line.new)
        for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            piece = "".join(old[i1:i2] if of_old else new[j1:j2])
            if piece:
                yield piece, kind != "equal"


def _run(paragraph: Any, text: str, *, differs: bool, old: bool) -> None:
    from docx.shared import RGBColor

    run = paragraph.add_run(text)
    if differs:
        run.font.strike, run.font.underline = old, not old
        run.font.color.rgb = RGBColor.from_string(_GONE if old else _NEW)


def _set_page(target: Any) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = target.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_WIDE), Mm(_HIGH)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    for name, face, size in (
        ("Normal", _FACE, 10.5),
        ("Heading 1", _HEADING_FACE, 16),
        ("Heading 2", _HEADING_FACE, 12),
    ):
        style = target.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for theme in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[theme]
        fonts.set(qn("w:eastAsia"), face)


def _repeat(row: Any) -> None:
    """Print the headings again on each page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def set_widths(table: Any, columns: Columns) -> None:
    """Set every cell as wide as its column."""
    from docx.shared import Mm

    for column, (_, width) in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, (_, width) in zip(row.cells, columns, strict=True):
            cell.width = Mm(width)


def closed(target: Any) -> bytes:
    """The document's package without the time at which it was made."""
    stream = io.BytesIO()
    target.save(stream)
    with zipfile.ZipFile(stream) as made:
        return packed({name: deflated([made.read(name)]) for name in made.namelist()})
