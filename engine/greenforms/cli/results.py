"""Where the papers read go: the screen, a JSON file each, or one workbook or CSV of all. Checked before reading."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import click

from greenforms import datafile
from greenforms.cli.output import extraction_text
from greenforms.dossier.dossier import Unread
from greenforms.errors import InputError
from greenforms.form.library import Library
from greenforms.pack.listing import Source
from greenforms.read.extraction import Extraction
from greenforms.report import extraction_json, json_text


class Results(Protocol):
    """Takes one paper after the other. What it has taken is not lost when reading ends early."""

    def has(self, source: Source) -> bool:
        """Whether an earlier run has read this very file. Raises UsageError when its result is of another."""
        ...

    def add(self, source: Source, extraction: Extraction) -> None:
        """Take a paper. Raises InputError when this one cannot be kept, UsageError when none can."""
        ...

    def finish(self, unread: Sequence[Unread]) -> None:
        """Write what is written at the end."""
        ...

    def rescue(self, unread: Sequence[Unread]) -> bool:
        """Reading ends early: write what is still to be written. Whether the papers taken are kept."""
        ...


class Screen:
    """Standard output: text as the papers come, or the JSON of all."""

    def __init__(self, library: Library, *, as_json: bool, single: bool) -> None:
        self._library, self._as_json, self._single = library, as_json, single
        self._read: list[Extraction] = []

    def has(self, source: Source) -> bool:
        """Nothing is kept on a screen."""
        return False

    def add(self, source: Source, extraction: Extraction) -> None:
        """Show a paper, or keep it for the list."""
        if self._as_json:
            self._read.append(extraction)
        else:
            click.echo(extraction_text(self._library, extraction))

    def finish(self, unread: Sequence[Unread]) -> None:
        """Write the JSON: an object for one file, a list for several."""
        shapes = [extraction_json(extraction) for extraction in self._read]
        if self._as_json and (shapes or not self._single):
            click.echo(json_text(shapes[0] if self._single else shapes))

    def rescue(self, unread: Sequence[Unread]) -> bool:
        """Half a list is no result."""
        return False


class JsonFiles:
    """A JSON file for each paper with its pictures beside it, written as soon as it is read."""

    def __init__(self, targets: dict[Source, Path], *, force: bool, resume: bool) -> None:
        self._targets, self._force = targets, force
        #: What this run has written, by its hash: another paper's picture may be the same, but not take its place.
        self._written: dict[Path, str] = {}
        self._kept = {source for source in targets if resume and self._is_kept(source)}
        for source, target in targets.items():
            if source not in self._kept and target.parent.is_dir():
                datafile.refuse_taken(str(target), force=force)

    def has(self, source: Source) -> bool:
        """Whether the result beside bears the file's hash."""
        return source in self._kept

    def add(self, source: Source, extraction: Extraction) -> None:
        """Write a paper and its pictures; all is weighed before anything is written."""
        target = self._targets[source]
        contents = {target.parent / name: content for name, content in extraction.pictures.items()}
        contents[target] = (json_text(extraction_json(extraction)) + "\n").encode()
        new = [place for place, content in contents.items() if self._is_new(place, content)]
        for place in new:
            datafile.make_folder(place.parent)
            datafile.write(str(place), contents[place], force=self._force)
            self._written[place] = _digest(contents[place])

    def finish(self, unread: Sequence[Unread]) -> None:
        """All is written."""

    def rescue(self, unread: Sequence[Unread]) -> bool:
        """All is written."""
        return True

    def _is_kept(self, source: Source) -> bool:
        from greenforms.read.paper import digest_of
        from greenforms.readings.paper import papers_in

        target = self._targets[source]
        if not target.is_file():
            return False
        try:
            papers = papers_in(datafile.load(str(target)).data, target.name)
        except InputError:
            return False
        return papers is not None and papers[0].extraction.sha256 == digest_of(source.path) != ""

    def _is_new(self, place: Path, content: bytes) -> bool:
        """Whether a file is still to be written; what is there already need not be written again."""
        if self._written.get(place) == _digest(content) or (place.is_file() and place.read_bytes() == content):
            return False
        if place in self._written or (place.exists() and not self._force):
            raise InputError(
                f"“{place}”已经存在而内容不同（多半是另一份材料的同名图片），这一份没有写入。请把它单独读取到另一个目录。"
            )
        return True


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
