"""The commands and outputs that the documents show, and what running them gives.

A block marked ```console holds commands behind `$ ` and what they print. A line that ends in `…` stands for any line
that begins so, a line `…` for any number of lines. A comment `<!-- 数据.json: 旧 => 新 -->` edits a file between
blocks, `<!-- 填报表.xlsx: form => data.json -->` fills a workbook in, `<!-- 读取结果.xlsx: 表.docx /date => 2026年 -->`
writes a correction beside a reading, `<!-- 包/填报表.xlsx: 程序 => 类型 -->` fills in that of a pack,
`<!-- 新的.docx: 一行 => 另一行 -->` types a paper that is not there,
`<!-- 扫描件.png: folder => file.png -->` puts a scan of this repository there.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from docx import Document

from greenforms.cli import main
from greenforms.datafile import load
from greenforms.workbook.signs import is_readings
from greenforms.workbook.writing import make_workbook
from readings.sheet import write
from shipped import LIBRARY, load_form
from submission.packs import answers, asking, fill

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if path.name != "CHANGELOG.md" and "reference" not in path.parts
)

_BLOCK = re.compile(
    r"^```console\n(?P<console>.*?)^```$|^<!-- (?P<file>\S+): (?P<old>.+?) => (?P<new>.+?) -->$",
    re.MULTILINE | re.DOTALL,
)


@dataclass
class Command:
    """One command as a document shows it."""

    line: str
    output: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The command's words."""
        return shlex.split(self.line)


@dataclass(frozen=True)
class Edit:
    """A change to a file between two commands."""

    file: str
    old: str
    new: str


def steps(document: Path) -> Iterator[Command | Edit]:
    """Everything a document does, in order."""
    for block in _BLOCK.finditer(document.read_text("utf-8")):
        if block["console"] is None:
            yield Edit(block["file"], block["old"], block["new"])
            continue
        yield from commands(block["console"])


def commands(text: str) -> Iterator[Command]:
    """The commands of a console block, each with what it prints."""
    command: Command | None = None
    for line in text.splitlines():
        if line.startswith("$ "):
            if command is not None:
                yield command
            command = Command(line[2:])
        elif command is not None:
            command.output.append(line)
    if command is not None:
        yield command


@dataclass(frozen=True)
class Block:
    """A fenced block: what its fence calls it, and its lines."""

    language: str
    text: str


def fenced(text: str) -> list[Block]:
    """The fenced blocks of a document, in order."""
    return [Block(*found) for found in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)]


def edit(step: Edit) -> None:
    """Do to a file what the reader is told to do; a workbook is filled from a data set, a scan comes from a folder."""
    file = Path(step.file)
    if file.suffix in (".png", ".jpg", ".tif"):
        shutil.copy(ROOT / step.old / step.new, file)
        return
    if file.suffix == ".xlsx" and is_readings(file):
        name, _, path = step.old.rpartition(" ")
        write(file, {(name, path): step.new})
        return
    if file.suffix == ".xlsx" and step.old in LIBRARY.procedures:  # a pack's workbook, for an applicant of a type
        asked = asking(step.old, step.new)
        fill(file.parent, asked, answers(asked))
        return
    if file.suffix == ".xlsx":
        file.write_bytes(make_workbook(load_form(step.old), load(step.new).data))
        return
    if file.suffix == ".docx" and not file.exists():
        paper = Document()
        for line in (step.old, step.new):
            paper.add_paragraph(line)
        paper.save(str(file))
        return
    if file.suffix != ".docx":
        file.write_bytes(_replaced(file.read_bytes(), step))
        return
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = _replaced(parts["word/document.xml"], step)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def _replaced(content: bytes, step: Edit) -> bytes:
    assert step.old.encode() in content, step
    return content.replace(step.old.encode(), step.new.encode())


class Session:
    """Runs a document's steps in the folder it stands in."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture
        self._code = 0

    def run(self, step: Command | Edit) -> list[str]:
        """What one step prints: talk first, then data."""
        if isinstance(step, Edit):
            edit(step)
            return []
        match step.words:
            case ["greenforms", *arguments]:
                return self._greenforms(arguments)
            case ["echo", "$?"]:
                return [str(self._code)]
            case ["cp", source, target]:
                shutil.copy(source, target)
            case ["mkdir", folder]:
                Path(folder).mkdir()
            case _:
                raise AssertionError(f"a reader cannot follow: {step.line}")
        return []

    def _greenforms(self, arguments: list[str]) -> list[str]:
        self._capture.readouterr()
        before, sys.argv = sys.argv, ["greenforms", *arguments]
        try:
            main()
        except SystemExit as exit_:
            self._code = int(exit_.code or 0)
        finally:
            sys.argv = before
        printed = self._capture.readouterr()
        return (printed.err + printed.out).splitlines()


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether output is what a document shows, minding `…`."""
    if not shown:
        return not printed
    first, rest = shown[0], shown[1:]
    if first == "…":
        return any(matches(rest, printed[start:]) for start in range(len(printed) + 1))
    if not printed:
        return False
    same = printed[0].startswith(first[:-1]) if first.endswith("…") else printed[0] == first
    return same and matches(rest, printed[1:])
