"""What a person sees is what is read: a character changed on one of our own papers is found, in every format."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from shipped import LIBRARY, load_form

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

from edits import is_found, page_of, papers_of, read_back, tried

FORMS = ("nm-2024/renaming-application", "nm-2024/cultivation-roster", "he-2024/recommendation-summary")
#: How many edits of each kind of file: three hundred together, few where reading is slow.
EDITS = {"docx": 144, "xlsx": 144, "pdf": 12}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("edited")


@pytest.mark.parametrize("kind", EDITS)
def test_every_edit_is_found(kind: str, folder: Path) -> None:
    """of three hundred edits of one character each, in Word, Excel and PDF, every one is told."""
    papers = papers_of(LIBRARY, list(map(load_form, FORMS[1:] if kind == "pdf" else FORMS)), [kind], folder)
    found = list(tried(LIBRARY, papers, EDITS[kind], folder))
    assert [f"{paper.form.id}: {edit.what}" for paper, edit, is_told in found if not is_told] == []
    assert len({edit.what for _, edit, _ in found}) > EDITS[kind] / 3


def test_a_paper_that_was_not_edited_is_not_said_to_be(folder: Path) -> None:
    """the judge finds nothing where nothing was changed."""
    (paper,) = papers_of(LIBRARY, [load_form(FORMS[1])], ["docx"], folder)
    again = read_back(LIBRARY, paper.form, "docx", paper.content, folder)
    assert not is_found(paper.clean, again)


def test_the_page_names_what_was_not_found() -> None:
    """the page counts by kind of file and lists each edit that was missed."""
    page = page_of(Counter(docx=3), Counter(docx=2), ["nm-2024/x docx 甲 → 乙"], 1)
    assert "| docx | 3 | 2 |" in page
    assert "没有查出：nm-2024/x docx 甲 → 乙" in page
