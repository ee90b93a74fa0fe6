"""Reads a workbook of readings: the papers it keeps, with what somebody wrote into 更正."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from greenforms.check.pointers import node_at
from greenforms.codec.blank import is_blank
from greenforms.errors import InputError
from greenforms.finding import Finding, Place, Severity
from greenforms.form.library import Library
from greenforms.form.tree import Leaf
from greenforms.place import describe
from greenforms.readings.detail import CORRECTION, PAPER, PATH, SHEET, VALUE
from greenforms.readings.keeping import read_kept
from greenforms.readings.lines import Line, lines_of, shown
from greenforms.readings.paper import Correction, PaperReading
from greenforms.workbook.grid import Grid, Spot, origin_of
from greenforms_extractors.reading import read

_NEEDED = (PAPER, VALUE, CORRECTION, PATH)
_QUOTED = 40


@dataclass(frozen=True, slots=True)
class ReadingsBook:
    """The papers of a workbook with their corrections, and what is wrong with the sheet, by the paper's name."""

    papers: tuple[PaperReading, ...]
    problems: Mapping[str, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of 明细 as it stands: the texts by column, and the cells of value and correction."""

    texts: Mapping[str, str]
    spots: Mapping[str, Spot]


def read_readings(library: Library, path: Path) -> ReadingsBook:
    """Read a workbook of readings.

    Raises InputError when its sheets are not as they were written, UnreadableFile when it cannot be opened.
    """
    papers = {paper.name: paper for paper in read_kept(path)}
    sheet = _Sheet(library, path.name, papers)
    for row in _rows(Grid.of(read(path)), path.name):
        sheet.take(row)
    return ReadingsBook(
        tuple(replace(paper, corrections=sheet.corrections[name]) for name, paper in papers.items()),
        {name: tuple(found) for name, found in sheet.problems.items()},
    )


def _rows(grid: Grid, file: str) -> Iterator[_Row]:
    """The rows below the headings; columns may have been moved or others put between."""
    ours = {spot: text for spot, text in grid.cells.items() if spot[0] == SHEET}
    lines: dict[int, dict[int, str]] = defaultdict(dict)
    for (_, row, column), text in ours.items():
        lines[row][column] = text
    top = next((row for row in sorted(lines) if set(_NEEDED) <= set(lines[row].values())), None)
    if top is None:
        raise InputError(
            f"文件“{file}”的工作表“{SHEET}”不在了，或少了“{'”“'.join(_NEEDED)}”中的列，无法读取更正。"
            "请不要删除这张工作表和这些列；可从备份取回。"
        )
    columns = {text: column for column, text in lines[top].items() if text in _NEEDED}
    for row in sorted(lines):
        if row > top:
            texts = {name: lines[row].get(column, "") for name, column in columns.items()}
            yield _Row(texts, {name: (SHEET, row, column) for name, column in columns.items()})


class _Sheet:
    """The sheet 明细 while it is gone through."""

    def __init__(self, library: Library, file: str, papers: Mapping[str, PaperReading]) -> None:
        self._library = library
        self._file = file
        self._papers = papers
        self._lines = {name: _lines(library, paper) for name, paper in papers.items()}
        self.corrections: dict[str, dict[str, Correction]] = defaultdict(dict)
        self.problems: dict[str, list[Finding]] = defaultdict(list)
        #: Fields for which two rows say different things.
        self._disputed: set[tuple[str, str]] = set()

    def take(self, row: _Row) -> None:
        """One row: its correction, and whether the value read was changed."""
        paper = self._papers.get(row.texts[PAPER])
        if paper is None:
            if not is_blank(row.texts[CORRECTION]):
                self._lost(row)
            return
        if self._is_changed(paper, row):
            self._note(row, VALUE, "readings/changed-value", "读到的值被改动过，没有采用", "请把正确的内容填在“更正”栏")
        if not is_blank(row.texts[CORRECTION]):
            self._correct(row)

    def _is_changed(self, paper: PaperReading, row: _Row) -> bool:
        """Whether the value read is no longer what was written there; a row somebody added has none."""
        line = self._lines[paper.name].get(row.texts[PATH])
        cell = shown(line.leaf, line.value) if line else None
        return line is not None and _folded(cell.value if cell else "") != _folded(row.texts[VALUE])

    def _correct(self, row: _Row) -> None:
        name, pointer = row.texts[PAPER], row.texts[PATH]
        given = Correction(row.texts[CORRECTION], origin_of(row.spots[CORRECTION]))
        if not isinstance(node_at(self._library.form(self._papers[name].extraction.form).root, pointer), Leaf):
            why = "表上没有这一栏，更正没有采用"
            self._note(row, CORRECTION, "readings/lost-correction", why, "请不要改动“路径”一列")
            return
        before = self.corrections[name].get(pointer)
        if (before is not None and before.text != given.text) or (name, pointer) in self._disputed:
            self._disputed.add((name, pointer))
            self.corrections[name].pop(pointer, None)
            self._note(
                row, CORRECTION, "readings/two-corrections", "同一栏有两处不同的更正，都没有采用", "请只保留一处"
            )
        else:
            self.corrections[name][pointer] = given

    def _lost(self, row: _Row) -> None:
        """A correction for a paper that is not here concerns whoever uses the workbook."""
        for name in self._papers:
            self._note(
                row, CORRECTION, "readings/lost-correction", "这一行的文件名不在读取结果里，更正没有采用",
                "请不要改动“文件”一列", name=name,
            )  # fmt: skip

    def _note(self, row: _Row, column: str, rule: str, why: str, remedy: str, name: str = "") -> None:
        origin = origin_of(row.spots[column])
        text = " ".join(row.texts[column].split())
        quoted = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
        message = f"{self._file} {describe(origin)}“{column}”写的是“{quoted}”：{why}。{remedy}。"
        place = Place(self._file, row.texts[PATH], column, text, origin)
        found = Finding(rule, Severity.FIX, message, (place,), fix=remedy)
        self.problems[name or row.texts[PAPER]].append(found)


def _lines(library: Library, paper: PaperReading) -> dict[str, Line]:
    return {line.pointer: line for line in lines_of(library.form(paper.extraction.form), paper)}


def _folded(value: Any) -> Any:
    """Texts but for white space, numbers but for the way they are written."""
    text = "".join(str(value).split())
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
