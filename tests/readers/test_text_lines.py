"""Lines of a page joined to paragraphs."""

from __future__ import annotations

import pytest

from greenforms_extractors.text_lines import Line, runs_of


@pytest.mark.parametrize(
    ("following", "joined"),
    [("vH ;_悝h举、06", "乏东 不vH ;_悝h举、06"), ("vH 悝h举、06", "乏东 不\nvH 悝h举、06")],
)
def test_signs_that_begin_no_line(following: str, joined: str) -> None:
    """this test ensures that a word goes to the next line with the sign behind it, which may not begin a line, and that
    one that had room was put there by hand
    """
    keys = frozenset({11})
    lines = [
        Line("乏东 不", (173.0, 586.9, 282.1, 597.4), 10.5, keys),
        Line(following, (173.0, 600.6, 248.0, 611.1), 10.5, keys),
    ]
    assert [run.text for run in runs_of(lines, 173.0, 299.0, keeps_spaces=False)] == [joined]
