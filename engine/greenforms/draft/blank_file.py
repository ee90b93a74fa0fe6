"""An authority's blank, opened: what it says, and the Word file or sheet that becomes the template."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from greenforms.draft.rebuild import rebuilt
from greenforms.errors import UsageError
from greenforms_extractors.model import Document
from greenforms_extractors.reading import opened, read

_REBUILT = "空表是 PDF，模板是按其中的文字和表格线重新排的 Word 文件，不是原件的版面：请对照原件调整字体、字号、列宽"


@dataclass(frozen=True, slots=True)
class BlankFile:
    """A blank as read, with the bytes of its template of a kind (`docx`, `xlsx`) and what is to be known of it."""

    document: Document
    content: bytes
    kind: str
    notices: tuple[str, ...]


def open_blank(path: Path) -> BlankFile:
    """Open a blank. Raises UnreadableFile where it cannot be read, UsageError for a picture."""
    with opened(path) as (document, modern):
        notices = tuple(notice.message for notice in document.notices)
        if document.kind == "image":
            raise UsageError(f"“{path.name}”是图片，不能起草表单。请向印发单位要 Word、Excel 或能选中文字的 PDF 原件。")
        if document.kind == "pdf":
            content = rebuilt(document)
            return BlankFile(_read_again(content), content, "docx", (*notices, _REBUILT))
        return BlankFile(document, modern.read_bytes(), document.kind, notices)


def _read_again(content: bytes) -> Document:
    with tempfile.TemporaryDirectory(prefix="greenforms-") as folder:
        path = Path(folder, "blank.docx")
        path.write_bytes(content)
        return read(path)
