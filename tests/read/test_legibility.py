"""What the picture tells of a recognised line: drawn ink against the characters that were read."""

from __future__ import annotations

import numpy as np
import pytest

from greenforms_extractors.model import Legibility
from greenforms_extractors.scan.legibility import Seen, legibility, probability
from greenforms_extractors.scan.line_crops import Ink
from greenforms_extractors.scan.ocr import Char, Recognised

USUAL = 20
CELL = (100.0, 100.0, 400.0, 200.0)


def page(*boxes: tuple[int, int, int, int]) -> Ink:
    """A page with ink all over some boxes (left, top, right, bottom)."""
    ink = np.zeros((300, 500), bool)
    for left, top, right, bottom in boxes:
        ink[top:bottom, left:right] = True
    return ink


def line(text: str, left: int, top: int, high: int = USUAL, sure: float = 0.99, longer: int = 0) -> Seen:
    """A line of square characters, with `longer` pixels of ink behind the last one."""
    width = len(text) * high + longer
    chars = [Char(sign, sure, (place + 0.5) * high / width, "", 0.0) for place, sign in enumerate(text)]
    return Seen((left, top, left + width, top + high), Recognised(tuple(chars)), 0)


def seen(*lines: Seen, stain: tuple[int, int, int, int] | None = None) -> Legibility:
    ink = page(*(each.rect for each in lines), *([stain] if stain else []))
    found = legibility(lines, ink, USUAL, CELL)
    assert found is not None
    return found


def test_clear_text() -> None:
    """this test ensures that a well-set text shows no sign of trouble, and that chances add up over its characters"""
    found = seen(line("绿色工厂", 120, 120))
    assert (found.least, found.slips) == (0.99, pytest.approx(0.04))
    assert (found.room, found.stray, found.unexplained, found.lowest, found.gap) == (1.0, 0.0, 0.0, 1.0, 0.0)


def test_text_at_the_rule() -> None:
    """this test ensures that the distance of ink from the sides of its cell is measured on either side"""
    assert seen(line("绿色", 104, 120)).room == pytest.approx(0.2)
    assert seen(line("绿色", 400 - 2 * USUAL - 3, 120)).room == pytest.approx(0.15)


def test_ink_without_a_character() -> None:
    """this test ensures that a dash which the recogniser passed over is noticed, within a line and beside it"""
    assert seen(line("2026", 120, 120, longer=20)).unexplained == pytest.approx(0.75, abs=0.2)
    assert seen(line("2026", 120, 120), stain=(300, 150, 320, 160)).stray == pytest.approx(0.5)


def test_two_rows_in_one_cell() -> None:
    """this test ensures that a wide gap between lines and a line much smaller than usual are measured"""
    found = seen(line("上", 120, 110), line("下", 120, 160), line("1", 200, 110, high=8))
    assert found.gap == pytest.approx(1.5)
    assert found.lowest == pytest.approx(0.4)


def test_nothing_read() -> None:
    """this test ensures that a cell without lines has no legibility, so that its emptiness is not called a reading"""
    assert legibility([], page(), USUAL, CELL) is None


@pytest.mark.parametrize(
    ("text", "other", "together"),
    [("（", "(", True), ("〇", "○", True), ("-", "—", True), ("日", "目", False), ("2", "²", False)],
)
def test_twins(text: str, other: str, together: bool) -> None:
    """this test ensures that doubt between two signs read as the same is no doubt, and between others is"""
    found = probability(Char(text, 0.6, 0.5, other, 0.3))
    assert found == pytest.approx(0.9 if together else 0.6)


def test_parts_of_one_text() -> None:
    """this test ensures that two parts together are as doubtful as the worse of them, and slips add up"""
    one, other = Legibility(0.9, 0.2, room=0.5, gap=0.1), Legibility(0.8, 0.3, stray=1.0, lowest=0.5)
    both = one & other
    assert both == other & one
    assert (both.least, both.room, both.stray, both.lowest, both.gap) == (0.8, 0.5, 1.0, 0.5, 0.1)
    assert both.slips == pytest.approx(0.5)
    assert one & None is one
