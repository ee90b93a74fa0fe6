"""What a paper of evidence says of itself: its kind, and values found by their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from greenforms.codec.date import Date
from greenforms.form.evidence import EvidenceKind, EvidenceRules
from greenforms_extractors.folding import fold_dashes, fold_label, fold_prose, without_space
from greenforms_extractors.model import Document, Table

#: A row of cells; a paragraph is a row of one.
Row = tuple[str, ...]
#: A longer line is running text, which may name a paper of another kind.
_TITLE = 40
#: What a value ends before: the label of the next one, or a wide gap.
_NEXT = re.compile(r"\s{2,}|\t|\s+[^\s:：]{2,12}[:：]")
#: What parts the last day from the first, and what stands around both.
_SPAN = re.compile(r"至|到|~|～|起")
_AROUND = "自从止（）()"


def rows_of(document: Document) -> Iterator[Row]:
    """The text of a document in reading order, its tables row by row."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (tuple(cell.text for cell in cells) for cells in block.row_cells())
        else:
            yield (block.text,)


def kind_of(rows: Sequence[Row], rules: EvidenceRules) -> EvidenceKind | None:
    """The kind whose name stands first, the longest of one line; None where no short line names one."""
    named = [(fold_label(name), kind) for kind in rules.kinds for name in kind.names]
    for line in (fold_label(line) for row in rows for cell in row for line in cell.split("\n")):
        fitting = [(len(name), kind) for name, kind in named if name in line] if len(line) <= _TITLE else []
        if fitting:
            return max(fitting, key=lambda each: each[0])[1]
    return None


def value_of(rows: Sequence[Row], labels: Sequence[str]) -> str:
    """The value behind the first of some labels that has one, in its line or in the cell to the right; else empty."""
    return next((found for label in labels for row in rows if (found := _in_row(row, label))), "")


def last_day(text: str, unlimited: Sequence[str]) -> date | None:
    """The last day that a term of validity names, None where it says that there is none.

    Raises ValueError where it says neither.
    """
    end = _SPAN.split(fold_dashes(without_space(fold_prose(text))))[-1].strip(_AROUND)
    if end in unlimited:
        return None
    reading = Date().parse(end)
    if reading.value is None or reading.problems:
        raise ValueError(text)
    return date.fromisoformat(reading.value)


def _in_row(row: Row, label: str) -> str:
    for place, cell in enumerate(row):
        if fold_label(cell) == label and place + 1 < len(row):
            return _plain(row[place + 1])
        for line in cell.split("\n"):
            if found := _pattern(label).search(fold_prose(line)):
                return _plain(_NEXT.split(found[1] or found[2])[0])
    return ""


@lru_cache(maxsize=256)
def _pattern(label: str) -> re.Pattern[str]:
    """A label whose letters may stand apart: with a colon anywhere in a line, or a gap at the beginning of one."""
    spaced = r"\s*".join(map(re.escape, label))
    return re.compile(rf"(?:^|\s){spaced}\s*[:：]\s*(\S.*)$|^\s*{spaced}\s+(\S+)\s*$")


def _plain(text: str) -> str:
    return " ".join(text.split())
