"""The door: a paper that is going to be checked, and the marked file it is handed back as."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from greenforms import datafile
from greenforms.errors import UsageError
from greenforms.finding import Finding
from greenforms.mark.document import mark_document
from greenforms.mark.findings import ON_PICTURES, listing_of, notes_of, numbered
from greenforms.mark.note import Listing, Note
from greenforms.mark.workbook import mark_workbook
from greenforms_extractors.guard import NAMES, ReadableKind, looked_at
from greenforms_extractors.progress import Progress, silent
from greenforms_extractors.supervised.bounds import within_bounds

_PACKAGES: dict[str, Callable[[Path, Sequence[Note], Listing], bytes]] = {
    "docx": mark_document,
    "xlsx": mark_workbook,
}
_SUFFIXES: dict[str, str] = {"docx": ".docx", "xlsx": ".xlsx", "pdf": ".pdf", "image": ".pdf"}


@dataclass(frozen=True, slots=True)
class Marking:
    """What is to be marked, and where to."""

    paper: Path
    kind: ReadableKind
    target: Path
    force: bool

    def write(self, findings: Sequence[Finding], progress: Progress = silent) -> None:
        """Write the marked file whole or not at all; the sender's own is never touched.

        Raises UnreadableFile or InputError for a file that cannot be marked, UsageError when nothing can be written.
        """
        found = numbered(findings)
        if (mark := _PACKAGES.get(self.kind)) is not None:
            content = mark(self.paper, notes_of(found), listing_of(found))
            datafile.write(str(self.target), content, force=self.force)
            return
        from greenforms.mark.pages import mark_pages
        from greenforms.show.source import page_count

        is_pdf = self.kind == "pdf"
        pages = page_count(self.paper, is_pdf=is_pdf)
        with datafile.replacing(str(self.target), force=self.force) as draft:
            listing = listing_of(found, ON_PICTURES)
            mark_pages(draft, self.paper, pages, found, listing, progress, is_pdf=is_pdf)


def marking(paper: Path, target: str, *, force: bool = False) -> Marking:
    """Look at a paper and at the name of the file to be written, before anything is read.

    Raises UsageError for a paper that is not marked, or a target of another kind or in the way; UnreadableFile for a
    paper that is refused.
    """
    kind = within_bounds(looked_at, paper).kind
    suffix = _SUFFIXES.get(kind)
    if suffix is None:
        raise UsageError(
            f"文件“{paper.name}”是{NAMES[kind]}，是旧格式，不能在上面标注。"
            "请用 Word、Excel 或 WPS 另存为 .docx 或 .xlsx 后再加 --mark；只要检查结果时去掉 --mark。"
        )
    if Path(target).suffix.lower() != suffix:
        raise UsageError(
            f"“{target}”不能用作标注后的文件：{NAMES[kind]}标注后还是 {suffix} 文件。"
            f"请把 --mark 后面的文件名改成 {suffix} 结尾。"
        )
    place = Path(target)
    if place.exists() and place.samefile(paper):
        raise UsageError(f"“{target}”就是要检查的文件本身，不能覆盖。请换一个文件名。")
    datafile.refuse_taken(target, force=force)
    return Marking(paper, kind, place, force)
