"""Reading a PDF page by page: text where it has text to be believed, else what is seen on the page.

Form fields and embedded files are read from the file as a whole.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from greenforms_extractors.blank import has_text, is_blank, nothing_to_read
from greenforms_extractors.flow import Flow
from greenforms_extractors.makers import each_once
from greenforms_extractors.model import Document, Notice
from greenforms_extractors.pdf.burden import Burden, weighed
from greenforms_extractors.pdf.copy import damaged, written_anew
from greenforms_extractors.pdf.layer import Judge, Judgement
from greenforms_extractors.pdf.page import PageReader
from greenforms_extractors.pdf.parts import Carried
from greenforms_extractors.pdf.sheet import NoSheet, Sheet, Sheets
from greenforms_extractors.pdf.visible import Remark
from greenforms_extractors.pdf.written import Written
from greenforms_extractors.progress import Progress, silent

_NOTICES = {
    "watermark": "第 {} 页有水印文字“{}”，不是填写的内容，未读取",
    "crossed-out": "第 {} 页划掉（加了删除线）的文字按删除处理，未读取：“{}”，请核对",
    "covered-text": "第 {} 页有文字被盖住，看不见，未读取：“{}”，请核对",
    "figure-text": "第 {} 页的图里有文字“{}”，按图看待，不是填写的内容",
    "annotation": "第 {} 页有用批注写在纸面上的文字“{}”，已按看到的读取，请核对；最好在原文件中改好后重新生成",
    "stamp": "第 {} 页有图章、涂画或附注等批注（“{}”），不是印上的文字，未读取，请对照原件核对",
}

# These libraries report oddities of a file in English; what matters to the user becomes a notice or a refusal.
for _library in ("pypdf", "pdfminer", "pdfplumber", "pypdfium2"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


def read_pdf(path: Path, progress: Progress = silent, words: tuple[str, ...] = ()) -> Document:
    """Read a PDF; refuse one that is locked, damaged, a bomb, or says nothing. `words`: see `reading.read`."""
    copy = written_anew(path)
    with closing(Sheets(copy.content)) as sheets:
        carried, burden = _looked_at(path, copy.content, sheets.count)
        pages = _Pages(Written(copy, burden, sheets.count), sheets, words)
        for number in range(1, sheets.count + 1):
            progress(number, sheets.count)
            pages.read(number)
    if pages.unseen == sheets.count:
        raise damaged(path)
    blocks = pages.flow.blocks
    if not has_text(blocks) and not carried.fields and not carried.attachments:
        raise nothing_to_read(path)
    notices = (*carried.notices, *pages.notices())
    return Document(
        "pdf",
        blocks,
        carried.fields,
        carried.attachments,
        notices,
        sheets.count,
        pages.recognised,
        asides=pages.flow.asides,
        makers=each_once((copy.author,)),
    )


def _looked_at(path: Path, content: bytes, pages: int) -> tuple[Carried, Burden]:
    """What the file carries besides its pages, and what these would cost to read."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(content))
    except MemoryError:
        raise
    except Exception as error:
        # The library raises a score of unrelated errors for files that it cannot parse.
        raise damaged(path) from error
    burden = weighed(path, content, reader, pages)
    return Carried(reader), burden


class _Pages:
    """Reads the pages one after the other, keeps nothing of them but their blocks, and remembers how each was read."""

    def __init__(self, written: Written, sheets: Sheets, words: tuple[str, ...]) -> None:
        self._written, self._sheets, self._words, self._judge = written, sheets, words, Judge()
        self._broken = 0
        self._remarks: dict[Remark, list[int]] = {}
        self._not_text: dict[Judgement, list[int]] = {}
        self._recognised: list[int] = []
        self._unseen: list[int] = []
        self.flow = Flow()

    def read(self, number: int) -> None:
        """Read the next page, counted from 1."""
        try:
            sheet = self._sheets.turn_to(number)
        except NoSheet:
            self._unseen.append(number)
            return
        page = self._written.page(sheet)
        judgement = self._judge.judged(page, sheet)
        if judgement == "text":
            self._read_text(page, sheet)
        elif judgement != "blank":
            self._recognise(sheet, judgement)
        self._written.forget(page)

    def _read_text(self, page: Any, sheet: Sheet) -> None:
        keeps_spaces = self._written.keeps_spaces
        reader = PageReader(page, sheet, self._written.keys(page), self._written.drawn(page), keeps_spaces=keeps_spaces)
        self._broken += reader.broken
        for remark in reader.remarks:
            self._remarks.setdefault(remark, []).append(sheet.number)
        self.flow.add_page(reader.blocks(), keeps_spaces=keeps_spaces)

    def _recognise(self, sheet: Sheet, judgement: Judgement) -> None:
        from greenforms_extractors.scan.page import ScannedPage

        says_something = False
        if not is_blank(sheet.image.pixels):
            page = ScannedPage(sheet.image, self._words)
            self.flow.add_page(page.blocks, page.asides, keeps_spaces=False)
            says_something = has_text(block for block, _ in page.blocks)
        if says_something:
            self._recognised.append(sheet.number)
        if says_something or judgement != "scan":
            self._not_text.setdefault(judgement, []).append(sheet.number)

    @property
    def recognised(self) -> tuple[int, ...]:
        """The numbers of the pages whose text was recognised."""
        return tuple(self._recognised)

    @property
    def unseen(self) -> int:
        """How many pages could not be opened."""
        return len(self._unseen)

    def notices(self) -> Iterator[Notice]:
        """What is to be known about the pages."""
        if self._unseen:
            message = f"第 {_listed(self._unseen)} 页打不开或没有可见的部分，其中的内容未读取，请核对原件"
            yield Notice("unseen-pages", message)
        if self._broken:
            message = f"文件中有 {self._broken} 个字符无法还原为文字（字体编码缺失），读到的内容不完整，请核对原件"
            yield Notice("broken-text", message)
        for remark, numbers in self._remarks.items():
            yield Notice(remark.code, _NOTICES[remark.code].format(_listed(numbers), remark.text))
        for judgement, numbers in self._not_text.items():
            yield _notice(judgement, _listed(numbers))


def _notice(judgement: Judgement, pages: str) -> Notice:
    """Why pages were read by recognition."""
    if judgement == "hidden":
        return Notice(
            "text-layer",
            f"第 {pages} 页带有看不见的文字层（扫描时自动加上的，不一定与纸面相符），"
            "已忽略它，改按页面图像识别文字，请按可信度核对",
        )
    if judgement == "garbled":
        return Notice(
            "text-layer", f"第 {pages} 页的文字编码有误，直接读取是乱码，已改按页面图像识别文字，请按可信度核对"
        )
    if judgement == "sideways":
        return Notice("text-layer", f"第 {pages} 页的文字是横躺的，已转正并按页面图像识别文字，请按可信度核对")
    if judgement == "unparsed":
        return Notice(
            "text-layer",
            f"第 {pages} 页的文字无法直接读取（内容有损坏，或过于繁密），已改按页面图像识别文字，请按可信度核对",
        )
    return Notice("scanned", f"第 {pages} 页是扫描图像，已用文字识别读取，请按可信度核对")


def _listed(numbers: Sequence[int]) -> str:
    """Page numbers as people write them: 1、3–5."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return "、".join("–".join(map(str, part)) for part in parts)
