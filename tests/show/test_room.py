"""Tags find room where they cover nothing."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from greenforms.show.room import Rect, Room

WIDTH, HEIGHT = 300, 200
_ROOMY = (60, 14)


def page(ink: Rect | None = None) -> np.ndarray:
    pixels = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    if ink:
        pixels[ink[1] : ink[3], ink[0] : ink[2]] = 0
    return pixels


@st.composite
def boxes(draw: st.DrawFn) -> Rect:
    left, top = draw(st.integers(0, WIDTH - 6)), draw(st.integers(0, HEIGHT - 6))
    right, bottom = draw(st.integers(left + 2, WIDTH - 1)), draw(st.integers(top + 2, HEIGHT - 1))
    return left, top, right, bottom


def overlap(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def inside(place: Rect, box: Rect = (0, 0, WIDTH, HEIGHT)) -> bool:
    return box[0] <= place[0] and box[1] <= place[1] and place[2] <= box[2] and place[3] <= box[3]


@given(st.lists(boxes(), max_size=8), boxes(), st.tuples(st.integers(2, 80), st.integers(2, 20)))
def test_a_place_covers_nothing(fields: list[Rect], ink: Rect, size: tuple[int, int]) -> None:
    """This test ensures that a place that is found holds no ink, no box but its own and no other tag."""
    room = Room(page(ink), fields, 2, 5)
    darker = page(ink)[:, :, 0] == 0
    taken: list[Rect] = []
    for field in fields:
        for place in (room.take_within(field, size), room.take_beside(field, size)):
            if place is None:
                continue
            assert (place[2] - place[0], place[3] - place[1]) == size
            assert inside(place)
            assert not any(overlap(place, other) for other in taken)
            hidden = [other for other in fields if overlap(place, other) and not overlap(other, field)]
            assert hidden == []
            assert darker[place[1] : place[3], place[0] : place[2]].mean() < 0.005
            taken.append(place)


@given(boxes(), st.tuples(st.integers(2, WIDTH), st.integers(2, HEIGHT)))
def test_the_least_place_is_on_the_page(box: Rect, size: tuple[int, int]) -> None:
    """This test ensures that a tag that must be drawn is drawn on the page, however little room there is."""
    assert inside(Room(page(), [box], 2, 5).take_least(box, size))


def test_the_corner_before_the_side() -> None:
    """This test ensures that a tag stands in its cell where the text leaves a corner free, else at its side."""
    cell = (100, 80, 220, 110)
    text = (104, 90, 170, 108)
    place = Room(page(text), [cell], 2, 5).take_within(cell, (40, 10))
    assert place == (178, 98, 218, 108)
    assert Room(page((104, 84, 216, 106)), [cell], 2, 5).take_within(cell, (40, 10)) is None
    beside = Room(page(), [cell], 2, 5).take_beside(cell, (40, 10))
    assert beside == (225, 90, 265, 100)


def test_a_crowded_cell_gets_no_second_tag() -> None:
    """This test ensures that a place is given away once."""
    cell = (100, 80, 164, 98)
    room = Room(page(), [cell], 2, 5)
    assert room.take_within(cell, _ROOMY) is not None
    assert room.take_within(cell, _ROOMY) is None


def test_a_ruled_cell_is_known_from_a_text() -> None:
    """This test ensures that rules around a box are seen, and that ink inside it is not taken for them."""
    box = (100, 80, 220, 110)
    pixels = page((110, 90, 200, 100))
    assert not Room(pixels, [box], 2, 5).is_ruled(box)
    for edge in (80, 110):
        pixels[edge, 100:221] = 0
    assert not Room(pixels, [box], 2, 5).is_ruled(box)
    pixels[80:111, 100] = 0
    assert Room(pixels, [box], 2, 5).is_ruled(box)
