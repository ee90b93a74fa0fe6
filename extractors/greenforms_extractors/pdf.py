"""Reading a PDF that has text: ruled tables, paragraphs, pictures, form fields and embedded files, page by page."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.model import Block, Control, Document, Notice, Paragraph
from greenforms_extractors.pdf_lines import Run, joined
from greenforms_extractors.pdf_page import PageReader
from greenforms_extractors.pdf_parts import attachments, fields, refuse_bomb
from greenforms_extractors.pdf_tags import paragraph_keys
from greenforms_extractors.refusals import password

if TYPE_CHECKING:
    from pypdf import PdfReader

# Both libraries report oddities of a file in English; what matters to the user becomes a notice or a refusal.
for _library in ("pypdf", "pdfminer"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

MAX_PAGES = 2000
#: Programs that write the space at the end of a wrapped line into the file, so that none is to be guessed.
_KEEP_SPACES = ("LibreOffice", "OpenOffice", "Microsoft")


def read_pdf(path: Path) -> Document:
    """Read a PDF; refuse one that is encrypted, damaged, or has no text."""
    try:
        return _read(path)
    except UnreadableFile:
        raise
    except Exception as error:
        # The two libraries raise a score of unrelated errors for files that they cannot parse.
        raise _damaged(path) from error


def _read(path: Path) -> Document:
    import pdfplumber
    from pypdf import PdfReader

    with path.open("rb") as stream:
        reader = PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            raise password(path)
        _check_size(path, reader)
        controls, embedded = tuple(fields(reader)), attachments(reader)
        stream.seek(0)
        with pdfplumber.open(stream) as pdf:
            return _document(path, pdf, controls, embedded)


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


def _document(path: Path, pdf: Any, controls: tuple[Control, ...], embedded: dict[str, bytes]) -> Document:
    keys = _usable_keys(pdf)
    keeps_spaces = any(name in str(pdf.metadata.get("Producer", "")) for name in _KEEP_SPACES)
    blocks: list[Block] = []
    last: Run | None = None
    broken, textless = 0, []
    for page in pdf.pages:
        reader = PageReader(page, keys, keeps_spaces=keeps_spaces)
        broken += reader.broken
        if not any(not glyph.text.isspace() for glyph in reader.glyphs):
            textless.append(page.page_number)
        for number, (block, run) in enumerate(reader.blocks()):
            previous = blocks[-1] if blocks else None
            if number == 0 and last and run and last.goes_on_in(run) and isinstance(previous, Paragraph):
                text = joined(previous.text, run.text, keeps_spaces=keeps_spaces)
                blocks[-1] = replace(previous, text=text)
            else:
                blocks.append(block)
            last = run
        page.close()
    if len(textless) == len(pdf.pages) and not controls and not embedded:
        raise _no_text(path)
    notices = tuple(_notices(broken, textless, len(pdf.pages)))
    return Document("pdf", tuple(blocks), controls, embedded, notices, len(pdf.pages))


def _usable_keys(pdf: Any) -> Mapping[tuple[int, int], int]:
    """The paragraph keys of the tags, empty if the file is not tagged or its first page's text is not in the tags.

    Tags only help: a file whose tags are broken is read by what stands on the page.
    """
    try:
        keys = paragraph_keys(pdf.structure_tree)
    except (AssertionError, AttributeError, KeyError, TypeError, ValueError):  # what pdfplumber raises on broken tags
        return {}
    page = pdf.pages[0]
    own = [char for char in page.chars if char.get("tag") != "Artifact" and not char["text"].isspace()]
    tagged = sum((page.page_number, char.get("mcid")) in keys for char in own)
    return keys if own and tagged >= 0.9 * len(own) else {}


def _notices(broken: int, textless: list[int], pages: int) -> Iterator[Notice]:
    if broken:
        yield Notice(
            "broken-text", f"文件中有 {broken} 个字符无法还原为文字（字体编码缺失），读到的内容不完整，请核对原件"
        )
    if textless and len(textless) < pages:
        listed = "、".join(str(number) for number in textless[:10])
        yield Notice("page-without-text", f"第 {listed} 页没有文字层（可能是扫描页或空白页），未读取")


def _damaged(path: Path) -> UnreadableFile:
    return UnreadableFile(
        "damaged",
        path,
        what="已损坏，无法打开",
        why="PDF 结构不完整，常见于传输中断、下载未完成",
        remedy="请重新下载或由原软件重新导出 PDF 后再试",
    )


def _no_text(path: Path) -> UnreadableFile:
    return UnreadableFile(
        "no-text",
        path,
        what="没有文字层",
        why="它是扫描件或图片转成的 PDF，没有可直接读取的文字",
        remedy="请提供可编辑的 .docx/.xlsx 文件，或由软件直接导出的 PDF",
    )
