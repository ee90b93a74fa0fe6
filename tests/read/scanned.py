"""Papers of ours as if they had been read from pictures: their blocks with places on pages and legibility."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from greenforms.bundled import examples_dir
from greenforms.record import parse_json
from greenforms.render.paper import render
from greenforms_extractors.model import Block, Cell, Document, Legibility, PageOrigin, Paragraph
from greenforms_extractors.reading import read
from shipped import load_form

PLAN = "nm-2024/cultivation-plan"
CLEAR = Legibility(0.99999, 0.0001)
SMUDGED = Legibility(0.3, 0.9)


def example(name: str) -> Any:
    return parse_json((examples_dir() / f"{name}.json").read_text("utf-8"))


def scanned(
    data: Any,
    folder: Path,
    form: str = PLAN,
    changed: Mapping[str, str] | None = None,
    seen: Mapping[str, Legibility] | None = None,
) -> Document:
    """The printed data as a scan. `changed` are texts misread, `seen` how well some texts were seen (as they stand)."""
    path = folder / "paper.docx"
    path.write_bytes(render(load_form(form), data, "docx", examples_dir()))
    scan = _Scan(changed or {}, seen or {})
    return Document("image", tuple(scan.blocks(read(path).blocks)), pages=1)


class _Scan:
    def __init__(self, changed: Mapping[str, str], seen: Mapping[str, Legibility]) -> None:
        self._changed, self._seen = changed, seen
        self._line = itertools.count(1)

    def blocks(self, blocks: Iterable[Block]) -> Iterable[Block]:
        for block in blocks:
            if isinstance(block, Paragraph):
                yield self._paragraph(block)
            else:
                yield replace(block, cells=tuple(map(self._cell, block.cells)), origin=self._place())

    def _paragraph(self, paragraph: Paragraph) -> Paragraph:
        text = paragraph.text
        for right, wrong in self._changed.items():
            text = text.replace(right, wrong)
        seen = next((seen for part, seen in self._seen.items() if part in text), CLEAR)
        return replace(paragraph, text=text, origin=self._place(), confidence=seen.least, legibility=seen)

    def _cell(self, cell: Cell) -> Cell:
        paragraphs = tuple(map(self._paragraph, cell.paragraphs))
        seen = None
        for paragraph in paragraphs:
            assert paragraph.legibility is not None
            seen = paragraph.legibility & seen
        return replace(cell, paragraphs=paragraphs, origin=self._place(), legibility=seen)

    def _place(self) -> PageOrigin:
        """A line of its own for each text, far from the others."""
        top = 40.0 * next(self._line)
        return PageOrigin(1, (70.0, top, 500.0, top + 12))
