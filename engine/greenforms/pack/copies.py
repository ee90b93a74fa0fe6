"""Files that are copies of another: byte for byte, or because they print the same. They contradict nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from greenforms.finding import Finding, Place
from greenforms.pack.folder import Paper
from greenforms.pack.rules import PackRules
from greenforms.pack.versions import differences, imprint


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

    def findings(self, rules: PackRules) -> Iterator[Finding]:
        """A hint at each copy that nobody needs; the same paper in another format is no such thing."""
        for copy, original in self.repeated.items():
            yield _copy(rules, original, copy, "是同一个文件的两份副本")
        for copy, original in self.alike.items():
            if PurePath(copy).suffix.lower() == PurePath(original).suffix.lower():
                yield _copy(rules, original, copy, "内容完全相同")


def _copy(rules: PackRules, original: str, copy: str, what: str) -> Finding:
    act = "只报送一份时，留下一份即可"
    message = f"“{original}”与“{copy}”{what}，按一份材料核对，问题只列一次。{act}。"
    return rules.found("pack/copies", message, (Place(original, "", ""), Place(copy, "", "")), act)


def copies_among(papers: Sequence[Paper], repeated: Mapping[str, str]) -> Copies:
    """The copies among papers; `repeated` are the files that had been read already under another name."""
    first: dict[tuple[str, str], Paper] = {}
    alike: dict[str, str] = {}
    for paper in papers:
        original = first.setdefault((paper.form.id, imprint(paper.form, paper.extraction.data)), paper)
        if original is not paper and not differences(paper.form, original.extraction.data, paper.extraction.data):
            alike[paper.file] = original.file
    return Copies(repeated, alike)
