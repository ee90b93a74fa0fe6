"""The stock words of a library settle what is recognised unsurely."""

from __future__ import annotations

from greenforms.form.library import open_library
from greenforms.read.paper import read_paper
from scans.write_sample import SAMPLE


def test_words_reach_the_reader_of_a_picture() -> None:
    """This test ensures that a picture, which is read in a child, is read with the words of the library at hand."""
    library = open_library()
    vars(library)["words"] = ("巴彦淖尔颖轩",)  # printed is 颢; 颖 is the runner-up
    names = [row["name"] for row in read_paper(library, SAMPLE / "roster-photo.jpg").data["rows"]]
    assert any(name.startswith("巴彦淖尔颖轩") for name in names)
