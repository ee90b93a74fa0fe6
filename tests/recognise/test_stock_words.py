"""The stock words of a library settle what is recognised unsurely, and cost papers that are no pictures nothing."""

from __future__ import annotations

from pathlib import Path

from greenforms.form.library import open_library
from greenforms.recognise.extract import extract
from greenforms.render.paper import render_blank
from scans.write_sample import SAMPLE


def test_words_reach_the_reader_of_a_picture() -> None:
    """This test ensures that a picture, which is read in a child, is read with the words of the library at hand."""
    library = open_library()
    vars(library)["words"] = ("巴彦淖尔颖轩",)  # printed is 颢; 颖 is the runner-up
    names = [row["name"] for row in extract(library, SAMPLE / "roster-photo.jpg").data["rows"]]
    assert any(name.startswith("巴彦淖尔颖轩") for name in names)


def test_office_papers_ask_for_no_words(tmp_path: Path) -> None:
    """This test ensures that the words are not gathered for a docx, whose pages are no pictures."""
    library = open_library()
    paper = tmp_path / "表.docx"
    paper.write_bytes(render_blank(library.form("nm-2024/cultivation-roster"), "docx"))
    extract(library, paper)
    assert "words" not in vars(library)
