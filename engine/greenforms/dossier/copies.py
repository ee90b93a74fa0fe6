"""Files that are copies of another: byte for byte, or because they print the same. They contradict nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from greenforms.dossier.paper import Paper
from greenforms.dossier.versions import differences, imprint


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies among the files: for each the file it is a copy of, the first of its kind.

    `repeated` are the same bytes; `alike` are papers of their own that print the same, as a docx and its pdf do.
    """

    repeated: Mapping[str, str] = field(default_factory=dict)
    alike: Mapping[str, str] = field(default_factory=dict)

    def original(self, file: str) -> str:
        """The file that one is a copy of; "" for one that is none."""
        return self.repeated.get(file) or self.alike.get(file) or ""

    def of(self, file: str) -> tuple[str, ...]:
        """The copies of a file."""
        return tuple(copy for copy, original in {**self.alike, **self.repeated}.items() if original == file)

    def needless(self) -> Iterator[tuple[str, str]]:
        """Each copy of equal content that nobody needs, behind its original; another format is no such thing."""
        for copy, original in self.alike.items():
            if PurePath(copy).suffix.lower() == PurePath(original).suffix.lower():
                yield original, copy


def copies_among(papers: Sequence[Paper], repeated: Mapping[str, str]) -> Copies:
    """The copies among papers; `repeated` are the files that had been read already under another name."""
    first: dict[tuple[str, str], Paper] = {}
    alike: dict[str, str] = {}
    for paper in papers if len(papers) > 1 else ():
        original = first.setdefault((paper.form.id, imprint(paper.form, paper.data)), paper)
        if original is not paper and not differences(paper.form, original.data, paper.data):
            alike[paper.document] = original.document
    return Copies(repeated, alike)
