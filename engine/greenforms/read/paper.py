"""The one door to reading: a paper in, its data with evidence and trust out.

A file is an official form that came back, or a fill-in workbook of ours. A document is taken as a form, what it says in
several ways is merged, and each field is weighed: by its picture before the sources are merged, by all else after.
"""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from greenforms.errors import InputError, UnknownForm
from greenforms.finding import Finding
from greenforms.form.library import Library
from greenforms.read.extraction import Extraction
from greenforms.read.sources.merge import merged
from greenforms.read.sources.workbook import from_workbook
from greenforms.read.take.parting import another_begins, cut, titled_again
from greenforms.read.take.taking import Taken, take_document
from greenforms.read.trust.calibration import calibration
from greenforms.read.trust.confidence import judge
from greenforms.read.trust.form import with_form
from greenforms.read.trust.weighing import recognised
from greenforms.workbook.signs import is_readings, is_workbook
from greenforms_extractors.guard import may_be_scanned
from greenforms_extractors.joining import joined
from greenforms_extractors.marks import MARKED_PAGES
from greenforms_extractors.model import Document
from greenforms_extractors.progress import Progress, silent
from greenforms_extractors.reading import read

_PDF = b"%PDF"


def read_paper(
    library: Library,
    path: Path,
    form_id: str | None = None,
    progress: Progress = silent,
    edition: str | None = None,
) -> Extraction:
    """Read a file as `form_id`, or as whichever form it is; `edition` settles whose form where the paper does not.

    Raises UnreadableFile for a file that cannot be read, InputError for one that is no known form or another one.
    """
    sha256 = digest_of(path)
    if is_workbook(path):
        return replace(from_workbook(library, path, form_id, edition), sha256=sha256)
    _refuse_results(path)
    words = library.words if may_be_scanned(path) else ()
    document = read(path, progress, words)
    return replace(read_document(library, document, path.name, form_id, edition), sha256=sha256)


def read_document(
    library: Library, document: Document, name: str, form_id: str | None = None, edition: str | None = None
) -> Extraction:
    """The same for a document that has been read from a file called `name`."""
    return _weighed(take_document(library, document, name, form_id, edition))


def read_all(
    library: Library, path: Path, progress: Progress = silent, edition: str | None = None
) -> tuple[Extraction, ...]:
    """Every paper of a file, of whatever forms: a file that holds several is cut where another one begins.

    Raises as `read_paper` does for a file that holds none.
    """
    if is_workbook(path):
        return (read_paper(library, path, edition=edition),)
    sha256 = digest_of(path)
    _refuse_results(path)
    document = read(path, progress, library.words if may_be_scanned(path) else ())
    return tuple(replace(each, sha256=sha256) for each in _papers_in(library, document, path.name, edition))


def read_pages(
    library: Library, paths: Sequence[Path], name: str, progress: Progress = silent, edition: str | None = None
) -> Extraction:
    """One paper whose pages are files of their own, in their order; places count its pages through.

    Raises as `read_paper` does.
    """
    words = library.words if any(map(may_be_scanned, paths)) else ()
    document = joined([read(path, progress, words) for path in paths])
    digest = hashlib.sha256("".join(map(digest_of, paths)).encode()).hexdigest()
    return replace(read_document(library, document, name, edition=edition), sha256=digest)


def _papers_in(library: Library, document: Document, name: str, edition: str | None) -> tuple[Extraction, ...]:
    def parted(begins: int | None) -> tuple[Extraction, ...]:
        if begins is not None:
            with suppress(UnknownForm):  # what is no paper by itself is part of the one it stands in
                parts = cut(document, begins)
                return tuple(each for part in parts for each in _papers_in(library, part, name, edition))
        return ()

    try:
        taken = take_document(library, document, name, edition=edition)
    except UnknownForm:
        if found := parted(titled_again(library, document)):
            return found
        raise
    return parted(another_begins(library, document, taken.identified)) or (_weighed(taken),)


def _weighed(taken: Taken) -> Extraction:
    judge(taken.structure.slots, taken.identified.match, calibration())
    weighed = merged(taken)
    if recognised(weighed):  # else the rules need not be loaded
        from greenforms.read.trust.assess import assess

        weighed = assess(taken.form, weighed)
    return weighed if taken.record is not None else with_form(weighed, taken.identified)


def _refuse_results(path: Path) -> None:
    if is_readings(path):
        raise InputError(
            f"文件“{path.name}”是读取结果，不是收回的表。它可以直接校验（validate）或生成（render），不用再读取。"
        )
    if _is_marked_pages(path):
        raise InputError(
            f"文件“{path.name}”是标注后的图（validate --mark 写的），不是收回的表。"
            "请读取原件，或对方改正后重新交来的文件。"
        )


def _is_marked_pages(path: Path) -> bool:
    """Whether a PDF says of itself that it is a picture of a paper with our marks on it."""
    if not path.is_file():  # a pipe would keep us waiting
        return False
    sign = MARKED_PAGES.encode("utf-16-be")
    try:
        with path.open("rb") as stream:
            if stream.read(len(_PDF)) != _PDF:
                return False
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
                return content.find(sign) >= 0
    except OSError:
        return False


def digest_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal; empty for what is no file or cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def named(extraction: Extraction, name: str) -> Extraction:
    """Call the file by its place among the others: two folders may hold files of one name."""
    if name == extraction.file:
        return extraction
    findings = tuple(_renamed(finding, extraction.file, name) for finding in extraction.findings)
    return replace(extraction, file=name, findings=findings)


def _renamed(finding: Finding, old: str, new: str) -> Finding:
    places = tuple(replace(place, document=new) for place in finding.places)
    return replace(finding, places=places, message=finding.message.replace(old, new, 1))
