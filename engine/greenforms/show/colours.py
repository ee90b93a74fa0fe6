"""The colours of the grades."""

from __future__ import annotations

from dataclasses import dataclass

from greenforms.read.extraction import Grade

Colour = tuple[int, int, int]

INK, GREY, PALE, PAPER = (33, 37, 41), (108, 117, 125), (222, 226, 230), (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Paint:
    """How a grade looks: the line of its boxes; the ground and the writing of its tags, and the number in front.

    `word`, `meaning` and `action` are what the handbook says of it.
    """

    line: Colour
    ground: Colour
    writing: Colour
    number: Colour
    word: str
    meaning: str
    action: str

    @property
    def fill(self) -> tuple[int, int, int, int]:
        """The colour laid over a box, through which the paper can be read."""
        return (*self.line, 30)


PAINTS: dict[Grade, Paint] = {
    "green": Paint((25, 135, 84), (226, 243, 233), (12, 92, 55), (25, 135, 84), "绿", "可信", "不用看"),
    "amber": Paint((230, 145, 0), (255, 193, 7), (51, 38, 0), (133, 77, 0), "黄", "有疑问", "对照原件看一眼"),
    "red": Paint((204, 36, 48), (204, 36, 48), (255, 255, 255), (176, 16, 32), "红", "多半有误", "照原件重新录入"),
}
