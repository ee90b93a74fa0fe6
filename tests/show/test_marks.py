"""What is marked where."""

from __future__ import annotations

from dataclasses import replace

from marked_readings import DOUBTFUL, LIKELY, SURE, extraction, reading

from greenforms.show.marks import marks_of, name_of, value_of
from greenforms_extractors.model import PageOrigin


def test_marks_are_sorted_by_page_and_counted() -> None:
    """This test ensures that the fields that want a look are numbered in the order a reader meets them."""
    marks = marks_of(
        extraction(
            reading("/c", DOUBTFUL, page=2), reading("/a", SURE), reading("/b", LIKELY), reading("/d", LIKELY, page=3)
        )
    )
    assert {page: [(mark.reading.path, mark.number) for mark in found] for page, found in marks.by_page.items()} == {
        1: [("/a", 0), ("/b", 1)],
        2: [("/c", 2)],
        3: [("/d", 3)],
    }
    assert [mark.grade for found in marks.by_page.values() for mark in found] == ["green", "amber", "red", "amber"]


def test_a_field_without_a_place_is_set_aside() -> None:
    """This test ensures that what only the record says is kept, but marked nowhere and not numbered."""
    marks = marks_of(extraction(reading("/a", DOUBTFUL, page=None), reading("/b", DOUBTFUL)))
    assert [each.path for each in marks.aside] == ["/a"]
    assert [mark.number for mark in marks.by_page[1]] == [1]


def test_a_field_is_boxed_wholly() -> None:
    """This test ensures that paragraphs below each other share a box, and what goes on elsewhere is boxed there too."""
    long = reading("/a", LIKELY)
    places = [(1, (50, 50, 90, 62)), (1, (50, 70, 120, 130)), (1, (50, 300, 90, 312)), (2, (50, 20, 90, 32))]
    long = replace(long, places=tuple(PageOrigin(page, box) for page, box in places))
    marks = marks_of(extraction(long, reading("/b", DOUBTFUL, page=2)))
    assert [(mark.boxes, mark.number, mark.goes_on) for mark in marks.by_page[1]] == [
        (((50, 50, 120, 130), (50, 300, 90, 312)), 1, False)
    ]
    assert [(mark.boxes, mark.number, mark.goes_on) for mark in marks.by_page[2]] == [
        (((50, 20, 90, 32),), 1, True),
        (((50, 50, 90, 62),), 2, False),
    ]


def test_a_box_holds_one_field() -> None:
    """This test ensures that the paragraphs of a field are boxed one by one where another field lies between them."""
    around = replace(reading("/a"), places=tuple(PageOrigin(1, (50, top, 90, top + 12)) for top in (50, 78)))
    marks = marks_of(extraction(around, reading("/b", box=(60, 64, 80, 76)))).by_page[1]
    assert [mark.boxes for mark in marks] == [((50, 50, 90, 62), (50, 78, 90, 90)), ((60, 64, 80, 76),)]


def test_names_and_values_fit_one_line() -> None:
    """This test ensures that stretched labels are closed up, rows are named and long values are cut visibly."""
    assert name_of("/enterprise/name", "企 业 名 称") == "企业名称"
    assert name_of("/rows/11/name", "培育示范\n单位名称") == "第12行 培育示范单位名称"
    assert name_of("/people/1/phone", "名册第2行·联系电话") == "名册第2行·联系电话"
    assert value_of(reading("/a"), 3) == "晴川…"
    assert value_of(reading("/a"), 30) == "晴川新材料"
