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
            assert not darker[place[1] : place[3], place[0] : place[2]].any()
            taken.append(place)


@given(boxes(), boxes(), st.tuples(st.integers(2, 80), st.integers(2, 20)))
def test_a_place_near_a_box_covers_nothing(box: Rect, ink: Rect, size: tuple[int, int]) -> None:
    """This test ensures that a tag that must be drawn covers no print, and is drawn wherever a page has room for it."""
    place = Room(page(ink), [box], 2, 5).take_near(box, size)
    if place is None:
        left, top = max(ink[0], WIDTH - ink[2]), max(ink[1], HEIGHT - ink[3])
        assert left < size[0] + 8
        assert top < size[1] + 8
    else:
        assert (place[2] - place[0], place[3] - place[1]) == size
        assert inside(place)
        assert not (page(ink)[place[1] : place[3], place[0] : place[2]] == 0).any()


def test_the_nearest_place_is_taken() -> None:
    """This test ensures that a tag stands as near to its box as print and other tags leave room."""
    box = (100, 80, 140, 96)
    room = Room(page((60, 40, 180, 130)), [box], 2, 5)
    first, second = room.take_near(box, (20, 10)), room.take_near(box, (20, 10))
    assert first is not None
    assert second is not None
    assert first[1] == 132
    assert not overlap(first, second)


def test_the_point_of_a_number_is_no_dust() -> None:
    """This test ensures that a speck may be covered at 200 dots per inch, and a decimal point may not."""
    cell, size, density = (100, 80, 220, 110), (60, 14), 200 / 72
    speck, point = page((216, 104, 217, 105)), page((215, 103, 217, 105))
    assert Room(speck, [cell], 2, 5, density).take_within(cell, size) == (158, 94, 218, 108)
    assert Room(point, [cell], 2, 5, density).take_within(cell, size) == (158, 82, 218, 96)


def test_a_picture_is_print() -> None:
    """This test ensures that the even grounds of a photograph are not taken for paper."""
    pixels = page()
    pixels[60:140, 60:240] = 150
    assert Room(pixels, [(100, 80, 200, 120)], 2, 5).take_within((100, 80, 200, 120), (40, 10)) is None


def test_a_box_reaches_as_far_as_its_ink() -> None:
    """This test ensures that glyphs that hang over the edge of their type are boxed, and far ink is not drawn in."""
    assert Room(page((98, 82, 150, 99)), [(100, 80, 140, 96)], 2, 5).with_ink((100, 80, 140, 96)) == (98, 80, 145, 99)


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
