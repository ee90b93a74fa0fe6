"""A paragraph of a Word document while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from greenforms_extractors.model import Origin, Paragraph, Picture
from greenforms_extractors.safe_xml import Element


@dataclass(slots=True)
class Line:
    """A paragraph while it is read. `boxes` are the contents of text boxes anchored in it, `struck` is crossed out."""

    origin: Origin
    number: str = ""
    parts: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    source: Element | None = None

    @property
    def text(self) -> str:
        """The text without the automatic number."""
        return "".join(self.parts)

    def mark(self) -> tuple[int, int, int]:
        """How far the line has been read, for `cut`."""
        return len(self.parts), len(self.pictures), len(self.boxes)

    def cut(self, mark: tuple[int, int, int]) -> None:
        """Drop what was read since."""
        del self.parts[mark[0] :]
        del self.pictures[mark[1] :]
        del self.boxes[mark[2] :]

    def paragraph(self) -> Paragraph:
        """The finished paragraph, its automatic number in front."""
        return Paragraph(self.number + self.text, self.origin, tuple(self.pictures))
