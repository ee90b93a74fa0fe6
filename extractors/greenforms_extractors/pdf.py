"""Reading a PDF page by page: text where it has text to be believed, else what is seen on the page.

Form fields and embedded files are read from the file as a whole.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenforms_extractors.blank import has_text, is_blank, nothing_to_read
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.flow import Flow
from greenforms_extractors.model import Control, Document, Notice
from greenforms_extractors.pdf_layer import Judge, Judgement
from greenforms_extractors.pdf_page import PageReader
from greenforms_extractors.pdf_parts import attachments, fields, forget_pictures, refuse_bomb
from greenforms_extractors.pdf_sheet import Sheet, Sheets
from greenforms_extractors.pdf_tags import paragraph_keys
from greenforms_extractors.progress import Progress, silent
from greenforms_extractors.refusals import password

if TYPE_CHECKING:
    from pypdf import PdfReader

# These libraries report oddities of a file in English; what matters to the user becomes a notice or a refusal.
for _library in ("pypdf", "pdfminer", "pdfplumber", "pypdfium2"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

MAX_PAGES = 2000
#: The pages among which the first one with text is looked for: covers are scanned more often than what they cover.
_FRONT_PAGES = 3
#: Programs that write the space at the end of a wrapped line into the file, so that none is to be guessed.
_KEEP_SPACES = ("LibreOffice", "OpenOffice", "Microsoft")


def read_pdf(path: Path, progress: Progress = silent, words: tuple[str, ...] = ()) -> Document:
    """Read a PDF; refuse one that is encrypted, damaged, or says nothing. `words`: see `reading.read`."""
    try:
        return _read(path, progress, words)
    except UnreadableFile:
        raise
    except Exception as error:
        # The libraries raise a score of unrelated errors for files that they cannot parse.
        raise _damaged(path) from error


def _read(path: Path, progress: Progress, words: tuple[str, ...]) -> Document:
    import pdfplumber

    controls, embedded = _carried(path)
    with pdfplumber.open(path) as pdf, closing(Sheets(path)) as sheets:
        pages = _Pages(pdf, sheets, words)
        for number in range(1, pages.count + 1):
            progress(number, pages.count)
            pages.read(number)
    blocks = pages.flow.blocks
    if not has_text(blocks) and not controls and not embedded:
        raise nothing_to_read(path)
    notices = tuple(pages.notices())
    return Document("pdf", blocks, controls, embedded, notices, pages.count, pages.recognised, asides=pages.flow.asides)


def _carried(path: Path) -> tuple[tuple[Control, ...], dict[str, bytes]]:
    """The form fields and the embedded files."""
    from pypdf import PdfReader

    with path.open("rb") as stream:
        reader = PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            raise password(path)
        _check_size(path, reader)
        return tuple(fields(reader)), attachments(reader)


def _check_size(path: Path, reader: PdfReader) -> None:
    pages = len(reader.pages)
    if not pages:
        raise _damaged(path)
    if pages > MAX_PAGES:
        raise UnreadableFile(
            "too-long",
            path,
            what=f"有 {pages} 页，超过 {MAX_PAGES} 页的上限",
            why="申报文件不会这样长，读取会占用过多时间",
            remedy="请拆分文件，只提交需要的部分",
        )
    refuse_bomb(path, reader)


class _Pages:
    """Reads the pages one after the other, keeps nothing of them but their blocks, and remembers how each was read."""

    def __init__(self, pdf: Any, sheets: Sheets, words: tuple[str, ...]) -> None:
        self._pdf, self._sheets, self._words, self._judge = pdf, sheets, words, Judge()
        self._keys = _usable_keys(pdf)
        self._keeps_spaces = any(name in str(pdf.metadata.get("Producer", "")) for name in _KEEP_SPACES)
        self._broken = 0
        self._not_text: dict[Judgement, list[int]] = {}
        self._recognised: list[int] = []
        self.count = len(pdf.pages)
        self.flow = Flow()

    def read(self, number: int) -> None:
        """Read the next page, counted from 1."""
        page, sheet = self._pdf.pages[number - 1], self._sheets.turn_to(number)
        judgement = self._judge.judged(page, sheet)
        if judgement == "text":
            self._read_text(page, sheet)
        elif judgement != "blank":
            self._recognise(sheet, judgement)
        page.close()
        forget_pictures(self._pdf)

    def _read_text(self, page: Any, sheet: Sheet) -> None:
        reader = PageReader(page, sheet, self._keys, keeps_spaces=self._keeps_spaces)
        self._broken += reader.broken
        self.flow.add_page(reader.blocks(), keeps_spaces=self._keeps_spaces)

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

    def notices(self) -> Iterator[Notice]:
        """What is to be known about the pages."""
        if self._broken:
            message = f"文件中有 {self._broken} 个字符无法还原为文字（字体编码缺失），读到的内容不完整，请核对原件"
            yield Notice("broken-text", message)
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


def _usable_keys(pdf: Any) -> Mapping[tuple[int, int], int]:
    """The paragraph keys of the tags, empty if the file is not tagged or the text of its first page is not in them.

    Tags only help: a file whose tags are broken is read by what stands on the page.
    """
    try:
        keys = paragraph_keys(pdf.structure_tree)
    except (AssertionError, AttributeError, KeyError, TypeError, ValueError):  # what pdfplumber raises on broken tags
        return {}
    written = next((page for page in pdf.pages[:_FRONT_PAGES] if page.chars), pdf.pages[0])
    own = [char for char in written.chars if char.get("tag") != "Artifact" and not char["text"].isspace()]
    tagged = sum((written.page_number, char.get("mcid")) in keys for char in own)
    return keys if own and tagged >= 0.9 * len(own) else {}


def _damaged(path: Path) -> UnreadableFile:
    return UnreadableFile(
        "damaged",
        path,
        what="已损坏，无法打开",
        why="PDF 结构不完整，常见于传输中断、下载未完成",
        remedy="请重新下载或由原软件重新导出 PDF 后再试",
    )
