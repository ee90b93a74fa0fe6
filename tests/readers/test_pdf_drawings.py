"""Text of drawings in a tagged PDF: told from running text, and never a text box with its frame."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from greenforms_extractors.pdf.figures import drawn_contents, figures_of

TREE = [
    {
        "type": "Document",
        "page_number": 1,
        "children": [
            {"type": "P", "mcids": [1]},
            {
                "type": "Figure",
                "attributes": {"BBox": [100, 500, 300, 700]},
                "mcids": [2],
                "children": [{"type": "P", "mcids": [3]}, {"type": "P", "mcids": [4]}],
            },
            {"type": "Figure", "mcids": [5]},
            {"type": "Figure", "page_number": 2, "attributes": {"BBox": [0, 0, 9, 9]}, "mcids": [6]},
        ],
    }
]


def page(*strokes: tuple[float, float, float, float]) -> Any:
    """A page 800 points high with strokes, each as left, top, right, bottom."""
    lines = [dict(zip(("x0", "top", "x1", "bottom"), stroke, strict=True)) for stroke in strokes]
    return SimpleNamespace(height=800, lines=lines, curves=[])


def test_text_of_a_drawing() -> None:
    """This test ensures that all marked contents in the box of a drawing are its text, page by page."""
    figures = figures_of(TREE)
    assert [sorted(each.contents) for each in figures[1]] == [[2, 3, 4]]
    assert [sorted(each.contents) for each in figures[2]] == [[6]]
    inside = [(110.0, 110.0 + n, 290.0, 110.0 + n) for n in range(6)]
    assert drawn_contents(page(*inside), figures[1]) == {2, 3, 4}


def test_a_text_box_is_no_drawing() -> None:
    """This test ensures that a figure with a frame alone, or with strokes elsewhere, keeps its text on the page."""
    figures = figures_of(TREE)[1]
    frame = [(100.0, 100.0, 300.0, 100.0)] * 4
    assert drawn_contents(page(*frame), figures) == frozenset()
    assert drawn_contents(page(*[(110.0, 400.0, 290.0, 400.0)] * 9), figures) == frozenset()
    assert figures_of([]) == {}
