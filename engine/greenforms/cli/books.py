"""One workbook, or one CSV file, of all papers read: written at the end, or when reading ends early."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from greenforms import datafile
from greenforms.cli.screen import say
from greenforms.dossier.dossier import Unread
from greenforms.errors import UsageError
from greenforms.form.library import Library
from greenforms.pack.listing import Source
from greenforms.read.extraction import Extraction
from greenforms.readings import csvfile
from greenforms.readings.keeping import pictures_beside
from greenforms.readings.lines import lines_of
from greenforms.readings.paper import PaperReading
from greenforms.workbook.signs import is_readings

#: As many lines as the reader of workbooks takes.
_MOST_LINES = 200_000


class Workbook:
    """A workbook of readings. With `resume` the papers in it stay, with what was written beside them."""

    def __init__(self, library: Library, target: Path, *, force: bool, resume: bool) -> None:
        self._library, self._target, self._force = library, target, force
        self._papers: dict[str, PaperReading] = {}
        self._lines = 0
        self._taken = resume and target.exists()
        if self._taken:
            self._papers = _papers_of(library, target)
        else:
            for place in (target, pictures_beside(target)):
                datafile.refuse_taken(str(place), force=force)
        _refuse_locked(target)

    def has(self, source: Source) -> bool:
        """Whether the workbook has the paper, read from this very file."""
        found = self._papers.get(source.name)
        return found is not None and _is_same(source, found.extraction.sha256, force=self._force, target=self._target)

    def add(self, source: Source, extraction: Extraction) -> None:
        """Take a paper; its pictures are written at once."""
        self._lines += len(lines_of(self._library.form(extraction.form), PaperReading(extraction)))
        if self._lines > _MOST_LINES:
            raise UsageError(f"“{self._target}”已满（{_MOST_LINES} 行）。请把其余的文件读取到另一个工作簿。")
        if extraction.pictures:
            self._write_pictures(source, extraction)
        self._papers[source.name] = PaperReading(extraction, _link(source.path, self._target))

    def finish(self, unread: Sequence[Unread]) -> None:
        """Write the workbook."""
        if not self._papers and not unread:
            return
        from greenforms.readings.writing import make_readings

        content = make_readings(self._library, tuple(self._papers.values()), unread)
        datafile.write(str(self._target), content, force=self._force or self._taken)
        say(f"已写入“{self._target}”：{len(self._papers)} 份。{_counts(self._library, self._papers)}", err=True)

    def rescue(self, unread: Sequence[Unread]) -> bool:
        """Write what has been taken."""
        self.finish(unread)
        return True

    def _write_pictures(self, source: Source, extraction: Extraction) -> None:
        folder = pictures_beside(self._target) / source.name
        for name, content in extraction.pictures.items():
            place = folder / name
            datafile.make_folder(place.parent)
            if not place.is_file() or place.read_bytes() != content:
                datafile.write(str(place), content, force=True)  # the folder belongs to the workbook


class CsvFile:
    """One CSV file. With `resume` the lines in it stay."""

    def __init__(self, library: Library, target: Path, *, force: bool, resume: bool) -> None:
        self._library, self._target, self._force = library, target, force
        self._taken = resume and target.exists()
        self._rows: dict[str, list[csvfile.Row]] = {}
        if not self._taken:
            datafile.refuse_taken(str(target), force=force)
        _refuse_locked(target)
        for row in csvfile.read_csv(target) if self._taken else ():
            self._rows.setdefault(csvfile.name_and_hash(row)[0], []).append(row)

    def has(self, source: Source) -> bool:
        """Whether the lines of the paper were read from this very file."""
        rows = self._rows.get(source.name)
        return rows is not None and _is_same(
            source, csvfile.name_and_hash(rows[0])[1], force=self._force, target=self._target
        )

    def add(self, source: Source, extraction: Extraction) -> None:
        """Take a paper's lines."""
        self._rows[source.name] = csvfile.rows_of(self._library, PaperReading(extraction))

    def finish(self, unread: Sequence[Unread]) -> None:
        """Write the file."""
        if not self._rows and not unread:
            return
        content = csvfile.make_csv([row for rows in self._rows.values() for row in rows])
        datafile.write(str(self._target), content, force=self._force or self._taken)
        say(f"已写入“{self._target}”：{len(self._rows)} 份。", err=True)

    def rescue(self, unread: Sequence[Unread]) -> bool:
        """Write what has been taken."""
        self.finish(unread)
        return True


def _papers_of(library: Library, target: Path) -> dict[str, PaperReading]:
    """The papers of the workbook that is to be continued; what could not be kept is refused."""
    from greenforms.readings.reading import read_readings

    if not is_readings(target):
        raise UsageError(f"“{target}”不是本程序写的读取结果，不能接着写。请换一个文件名。")
    book = read_readings(library, target)
    for findings in book.problems.values():
        raise UsageError(f"“{target}”里有没法采用的内容，接着写会丢掉它。请先改好：{findings[0].message}")
    return {paper.name: paper for paper in book.papers}


def _refuse_locked(target: Path) -> None:
    """Find out before the long reading that another program holds the file."""
    try:
        if target.exists():
            target.open("r+b").close()
    except OSError as error:
        raise datafile.unwritable(str(target), error) from error


def _is_same(source: Source, sha256: str, *, force: bool, target: Path) -> bool:
    from greenforms.read.paper import digest_of

    if sha256 and sha256 == digest_of(source.path):
        return True
    if not force:
        raise UsageError(
            f"“{source.name}”在“{target}”里的结果不是从这份文件读的（文件后来改过）。"
            "确要重新读取、连同它的更正一起覆盖时，加 --force。"
        )
    return False


def _link(file: Path, target: Path) -> str:
    """The way from the workbook to a paper; none where it cannot be written down."""
    try:
        link = os.path.relpath(file, target.parent)
    except ValueError:  # another drive
        link = str(file.absolute())
    return link.replace(os.sep, "/") if link.isprintable() else ""


def _counts(library: Library, papers: dict[str, PaperReading]) -> str:
    flagged = sum(
        line.needs_look and line.pointer not in paper.corrections
        for paper in papers.values()
        for line in lines_of(library.form(paper.extraction.form), paper)
    )
    if not flagged:
        return "各栏都可信或已更正。"
    return f"有 {flagged} 栏要对照原件看一看，更正填在“明细”的“更正”栏。"
