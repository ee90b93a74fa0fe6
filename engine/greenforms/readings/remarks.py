"""The sheet 提示: what was noticed while reading, paper by paper, and the files that could not be read."""

from __future__ import annotations

from collections.abc import Sequence

from greenforms.dossier.dossier import UNREAD_WORDS, Unread
from greenforms.finding import SEVERITY_WORDS
from greenforms.readings.paper import PaperReading
from greenforms.readings.sheets import SheetWriter
from greenforms.workbook.look import height_of

SHEET = "提示"
_COLUMNS = (("文件", 30.0), ("类别", 11.0), ("内容", 100.0), ("编号", 26.0))
_LEAD = "读取时发现、需要人看一眼的事，以及没有读成、暂不能识别的文件。"


def write_remarks(writer: SheetWriter, papers: Sequence[PaperReading], unread: Sequence[Unread]) -> None:
    """Fill the sheet; `unread` are the files that gave no paper."""
    rows = [(each.file, UNREAD_WORDS[each.kind], each.message, "") for each in unread]
    rows += [
        (paper.name, SEVERITY_WORDS[finding.severity], finding.message, finding.rule)
        for paper in papers
        for finding in paper.extraction.findings
    ]
    writer.begin("读取时的提示", _LEAD, _COLUMNS, frozen=1)
    for row, texts in enumerate(rows, writer.top + 1):
        for column, text in enumerate(texts):
            looks = "centre" if column == 1 else "quiet" if column == len(texts) - 1 else "text"
            writer.worksheet.write_string(row, column, text, writer.look.style(looks))
        writer.worksheet.set_row(row, height_of(texts[2], _COLUMNS[2][1], 20))
    writer.finish(len(rows), len(_COLUMNS))
