"""What the form-author guide tells a reader to do, step by step: files to write, and commands with what they print.

A block under a line that ends in "`path`:" is that file's content, "Append to `path`:" adds to it. A `template` block
is a Word file or a sheet: a line with ` | ` is a table row, `<` joins a cell to the one on its left, `^` to the one
above, a backslash and n begin a paragraph in a cell.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl import Workbook
from openpyxl.styles import Font
from sessions import ROOT, Command, commands

from greenforms.cli import main
from shipped import open_laid_over

GUIDE = (ROOT / "docs" / "form-author-guide.md").read_text("utf-8")

_BLOCK = re.compile(r"(?P<line>[^\n]*)\n\n```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"(?P<append>Append to )?`(?P<path>[\w./-]+)`(?:[^`]*):$")


@dataclass(frozen=True)
class File:
    """A file that the guide says to write, or to add to."""

    path: str
    language: str
    text: str
    append: bool

    def write(self, root: Path) -> None:
        """Write it below the reader's folder."""
        target = root / self.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix == ".docx":
            _write_word(self.text.splitlines(), target)
        elif target.suffix == ".xlsx":
            _write_sheet(self.text.splitlines(), target)
        else:
            before = target.read_text("utf-8") if self.append else ""
            target.write_text(before + self.text, "utf-8")


@dataclass
class Session:
    """Commands that follow each other without a change to a file between them."""

    commands: list[Command] = field(default_factory=list)


def steps() -> Iterator[File | Session]:
    """Everything the guide tells a reader to do, in order."""
    for block in _BLOCK.finditer(GUIDE):
        if block["language"] == "console":
            yield Session(list(commands(block["text"])))
        elif (path := _PATH.search(block["line"])) is not None:
            yield File(path["path"], block["language"], block["text"], bool(path["append"]))
        else:
            assert block["language"] == "text", f"nobody says where this block goes: {block['line']}"


def run(root: Path, *calls: list[str]) -> Iterator[tuple[int, str, str]]:
    """Exit code, talk and data of each call, with the reader's forms laid over the shipped ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("GREENFORMS_PACKAGES", str(root))
        patch.setattr("greenforms.cli.library.open_library", cache(open_laid_over))  # no file changes between the calls
        for arguments in calls:
            patch.setattr(sys, "argv", ["greenforms", *arguments])
            yield _answer()


def _answer() -> tuple[int, str, str]:
    talk, data = io.StringIO(), io.StringIO()
    with redirect_stderr(talk), redirect_stdout(data), pytest.raises(SystemExit) as exit_:
        main()
    return int(exit_.value.code or 0), talk.getvalue(), data.getvalue()


# -- papers ------------------------------------------------------------------------------------------------------------


def _write_word(lines: list[str], target: Path) -> None:
    """A4, in 仿宋, with a grid of lines around cells."""
    document: Any = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts = defaults.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    fonts.set(qn("w:ascii"), "Times New Roman")
    for block in _tables(lines):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        table.style = "Table Grid"
        for row, texts in enumerate(block):
            for column, text in enumerate(texts):
                if text not in ("<", "^"):
                    bottom, right = _reach(block, row, column)
                    _fill(table.cell(row, column).merge(table.cell(bottom, right)), text)
    document.save(target)


def _fill(cell: Any, text: str) -> None:
    first, *others = text.split("\\n")
    cell.text = first
    for line in others:
        cell.add_paragraph(line)


def _write_sheet(lines: list[str], target: Path) -> None:
    """A4, in 宋体; the lines are rows."""
    workbook: Any = Workbook()
    workbook._fonts[0].name = "宋体"
    sheet: Any = workbook.active
    sheet.page_setup.paperSize = 9
    rows = [_cells(line) for line in lines]
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            if text in ("<", "^"):
                continue
            sheet.cell(row, column, text).font = Font(name="宋体")
            bottom, right = _reach(rows, row - 1, column - 1)
            if (bottom, right) != (row - 1, column - 1):
                sheet.merge_cells(start_row=row, start_column=column, end_row=bottom + 1, end_column=right + 1)
    workbook.save(target)


def _tables(lines: list[str]) -> Iterator[str | list[list[str]]]:
    """Lines, and tables of lines that follow each other with the same number of cells."""
    table: list[list[str]] = []
    for line in lines:
        cells = _cells(line)
        if table and len(cells) != len(table[0]):
            yield table
            table = []
        if len(cells) > 1:
            table.append(cells)
        else:
            yield line
    if table:
        yield table


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _reach(rows: list[list[str]], row: int, column: int) -> tuple[int, int]:
    """The last row and column of the cell that begins at a place."""
    right, bottom = column, row
    while right + 1 < len(rows[row]) and rows[row][right + 1] == "<":
        right += 1
    while bottom + 1 < len(rows) and column < len(rows[bottom + 1]) and rows[bottom + 1][column] == "^":
        bottom += 1
    return bottom, right
