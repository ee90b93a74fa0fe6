"""The statements of papers, and their file for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from greenforms.dossier.about import About
from greenforms.dossier.paper import Paper as Said
from greenforms.export.line import Stated, csv_text, json_lines, stated
from greenforms.fact.statement import Fact
from greenforms.form.library import Library
from greenforms.read.extraction import Extraction

#: The formats, by the endings of their files.
KINDS = ("xbrl.json", "jsonl", "csv", "parquet")


class Stating(Protocol):
    """A paper as read, with what it states."""

    @property
    def extraction(self) -> Extraction:
        """What was read."""
        ...

    @property
    def said(self) -> Said:
        """What it is checked by."""
        ...

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What it states."""
        ...


def statements_of(library: Library, papers: Sequence[Stating]) -> list[Stated]:
    """What papers state, whom it is about told by all of them together."""
    about = About([paper.said for paper in papers], library.vocabulary)
    titles = {id_: kind.title for id_, kind in library.vocabulary.facts.items()}
    names = {fact.subject: about.subject_in(fact) for paper in papers for fact in paper.facts}
    return [one for paper in papers for one in stated(paper.extraction, paper.facts, names, titles)]


def written(library: Library, statements: Sequence[Stated], kind: str) -> bytes:
    """The contents of a file of one of `KINDS`. Raises UsageError for Parquet where its library is not installed."""
    if kind == "parquet":
        from greenforms.export.parquet import parquet_bytes

        return parquet_bytes(statements)
    if kind == "xbrl.json":
        from greenforms.export.xbrl import xbrl_json
        from greenforms.report import json_text

        return f"{json_text(xbrl_json(statements, library.vocabulary))}\n".encode()
    return (json_lines(statements) if kind == "jsonl" else csv_text(statements)).encode()
