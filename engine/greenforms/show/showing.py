"""Writes the marked pages of a paper: one PDF, or a picture of each page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from greenforms import datafile
from greenforms.errors import UsageError
from greenforms.form.labels import called
from greenforms.form.library import Library
from greenforms.form.said import said
from greenforms.form.tree import leaf_at
from greenforms.read.extraction import Extraction, FieldReading
from greenforms.show.face import NO_FACE, chinese
from greenforms.show.marks import marks_of, one_line
from greenforms.show.page import marked
from greenforms.show.sheet import Foot, Head, sheet
from greenforms.show.source import page_count, page_pictures
from greenforms_extractors.guard import NAMES, looked_at
from greenforms_extractors.progress import Progress, silent
from greenforms_extractors.supervised.bounds import within_bounds

#: A4 at 200 dots per inch with sharp writing: about half a megabyte.
_QUALITY = 75
_POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class Showing:
    """What is to be shown where: a paper of so many pages, and the files they go into, all of them or one each."""

    library: Library
    paper: Path
    is_pdf: bool
    pages: int
    targets: tuple[Path, ...]
    force: bool

    @property
    def note(self) -> str:
        """What the pictures lack on this computer; empty when nothing."""
        return "" if chinese() else NO_FACE

    def write(self, extraction: Extraction, progress: Progress = silent) -> None:
        """Draw page by page; every file is written whole, or none is. `progress` is told each page and their number.

        Raises UnreadableFile or InputError for a page that cannot be drawn, UsageError when nothing can be written.
        """
        with ExitStack() as open_drafts:
            drafts = [open_drafts.enter_context(datafile.replacing(str(t), force=self.force)) for t in self.targets]
            for page, (picture, density) in enumerate(self._sheets(extraction), 1):
                progress(page, self.pages)
                if _is_picture(self.targets[0]):
                    picture.save(drafts[page - 1], "PNG", dpi=(density * _POINTS_PER_INCH,) * 2)
                else:
                    append_page(drafts[0], picture, density, first=page == 1, title=one_line(extraction.file))

    def _sheets(self, extraction: Extraction) -> Iterator[tuple[Image.Image, float]]:
        """Each page as it is to be shown, with its pixels per point."""
        extraction = _in_words(self.library, extraction)
        marks = marks_of(extraction)
        seen = {reading.path for reading in extraction.fields}
        missing = [each for each in extraction.missing if each.path not in seen]  # the unreadable are marked
        for page in page_pictures(self.paper, self.pages, is_pdf=self.is_pdf):
            here = marks.by_page.get(page.number, ())
            doubtful = [mark for mark in here if mark.number]
            is_last = page.number == self.pages
            foot = Foot(doubtful, missing, marks.aside) if is_last else Foot(doubtful)
            picture, density = marked(page, here)
            head = Head(one_line(extraction.file), page.number, self.pages, here)
            yield sheet(picture, density, head, foot), density


def _in_words(library: Library, extraction: Extraction) -> Extraction:
    """The reading with each field called and its value said as people do."""
    form = library.form(extraction.form)

    def read(each: FieldReading) -> FieldReading:
        leaf = leaf_at(form.root, each.path)
        value = each.value if leaf is None or each.value is None else said(leaf, each.value)
        return replace(each, label=called(form, each.path) or each.label, value=value)

    missing = (replace(each, label=called(form, each.path) or each.label) for each in extraction.missing)
    return replace(extraction, fields=tuple(map(read, extraction.fields)), missing=tuple(missing))


def showing(library: Library, paper: Path, target: str, *, force: bool = False) -> Showing:
    """Look at a paper and at the name of the file to be written, before anything is read.

    Raises UsageError when the paper has no pages to show, or the target is of another kind or in the way;
    UnreadableFile for a paper that is refused.
    """
    if Path(target).suffix.lower() not in (".pdf", ".png"):
        raise UsageError(f"“{target}”不能用作标注图：只能写成 .pdf 或 .png。请把 --show 后面的文件名改成 .pdf 结尾。")
    kind = within_bounds(looked_at, paper).kind
    if kind not in ("pdf", "image"):
        raise UsageError(
            f"文件“{paper.name}”是{NAMES[kind]}，没有页面图像，不能用 --show 标注。"
            "请先用 Word、Excel 或 WPS 另存为 PDF，再读取那个 PDF；只要读取结果时去掉 --show。"
        )
    is_pdf = kind == "pdf"
    pages = page_count(paper, is_pdf=is_pdf)
    targets = _targets(Path(target), pages)
    for each in targets:
        datafile.refuse_taken(str(each), force=force)
        if each.exists() and each.samefile(paper):
            raise UsageError(f"“{each}”就是要读取的文件本身，不能覆盖。请换一个文件名。")
    return Showing(library, paper, is_pdf, pages, targets, force)


def _is_picture(target: Path) -> bool:
    return target.suffix.lower() == ".png"


def _targets(target: Path, pages: int) -> tuple[Path, ...]:
    """The files to be written; a picture holds one page, so several are numbered."""
    if pages == 1 or not _is_picture(target):
        return (target,)
    return tuple(target.with_name(f"{target.stem}-{page}{target.suffix}") for page in range(1, pages + 1))


def append_page(
    draft: Path, picture: Image.Image, density: float, *, first: bool, title: str, keywords: str = ""
) -> None:
    """Write a picture as the next page of a PDF; `density`: pixels per point."""
    resolution = density * _POINTS_PER_INCH
    options = {"quality": _QUALITY, "subsampling": 0, "resolution": resolution, "append": not first}
    picture.save(draft, "PDF", title=title, keywords=keywords, **options)
