"""A paper comes as a file of the kind that is asked for, such as Word and not PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Gap, Judgement
from greenforms.finding import Place

#: What data sets are kept in: they tell nothing of the file that is handed in.
_DATA = frozenset({"", ".json", ".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class FileKind:
    """Each paper of `papers`, names of forms, is a file with one of the extensions in `kinds` (`docx`, `wps`)."""

    name: ClassVar[str] = "file-kind"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"kind": ("file", "kinds")}

    papers: tuple[str, ...]
    kinds: tuple[str, ...]

    def operands(self) -> tuple[str, ...]:
        """None: files are looked at, not places."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each file."""
        for paper in case.dossier.papers:
            if paper.form.entry.name not in self.papers:
                continue
            extension = PurePath(paper.document).suffix.lower()
            if extension in _DATA:
                yield Gap("no-file", {"file": paper.document or paper.form.title})
            elif extension[1:] in self.kinds:
                yield FINE
            else:
                said = {"file": paper.document, "kinds": "、".join(f".{each}" for each in self.kinds)}
                yield Fault("kind", (Place(paper.document, "", ""),), said)
