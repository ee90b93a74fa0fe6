"""The running texts of a pack in Word: written below headings, taken up whatever they look like, clashes told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument

from greenforms.form.edit import take_out
from greenforms.form.tree import at
from greenforms.submission.asking import Asking
from greenforms.submission.folder import NARRATIVE
from greenforms.submission.narrative import Part, narrative_paper, parts_of, taken_up, written_in
from submission.packs import REASSESSMENT, answers, asking


@pytest.fixture(scope="module")
def asked() -> Asking:
    return asking(*REASSESSMENT)


@pytest.fixture
def paper(asked: Asking, tmp_path: Path) -> Path:
    path = tmp_path / NARRATIVE
    path.write_bytes(narrative_paper(asked, {}))
    return path


def changed(path: Path, act: Callable[[WordDocument], Any]) -> None:
    document = docx.Document(str(path))
    act(document)
    document.save(str(path))


def below(document: WordDocument, part: Part, *lines: str, style: str | None = None) -> None:
    """Write paragraphs below the heading of a part."""
    place = next(each for each in document.paragraphs if each.text == part.heading)
    while place._p.getnext() is not None and document.paragraphs:
        following = next(each for each in document.paragraphs if each._p is place._p.getnext())
        if following.text == part.hint:
            place = following
        break
    for line in reversed(lines):
        written = document.add_paragraph(line, style)
        place._p.addnext(written._p)


def test_the_texts_of_the_examples_come_back(asked: Asking, tmp_path: Path) -> None:
    """what stands in the Word file is what would have been filled in, all of it."""
    whole = answers(asked)
    path = tmp_path / NARRATIVE
    path.write_bytes(narrative_paper(asked, whole))
    bare = answers(asked)
    texts = {part.pointer: at(whole, part.pointer) for part in parts_of(asked)}
    for pointer in texts:
        take_out(bare, pointer)
    data, findings = taken_up(asked, bare, written_in(asked, path))
    assert len(texts) >= 5
    assert findings == []
    assert data == whole


def test_an_empty_file_says_nothing(asked: Asking, paper: Path) -> None:
    assert written_in(asked, paper).texts == {}
    assert taken_up(asked, answers(asked), written_in(asked, paper)) == (answers(asked), [])


def test_pasted_text_counts_whatever_it_looks_like(asked: Asking, paper: Path) -> None:
    """paragraphs with the styles of another document, line breaks in them, and blank lines between."""
    part = parts_of(asked)[1]
    changed(paper, lambda document: below(document, part, "第一段。\n第二段。", "", "第三段。", style="List Bullet"))
    assert written_in(asked, paper).texts == {part.pointer: "第一段。\n第二段。\n第三段。"}


def test_two_texts_for_one_field_are_told(asked: Asking, paper: Path) -> None:
    """the workbook's stays, and the pack may not be built until one of them is gone; blanks make no difference."""
    part, given = parts_of(asked)[0], answers(asked)
    said = str(at(given, part.pointer))
    changed(paper, lambda document: below(document, part, *said.split("\n"), "  "))
    assert taken_up(asked, given, written_in(asked, paper))[1] == []
    changed(paper, lambda document: below(document, part, "另一种说法。"))
    data, (finding,) = taken_up(asked, given, written_in(asked, paper))
    assert (data, finding.rule, finding.severity) == (given, "procedure/told-twice", "block")
    assert part.label in finding.message


def test_a_lost_heading_and_lost_texts_are_told(asked: Asking, paper: Path) -> None:
    part = parts_of(asked)[0]

    def act(document: WordDocument) -> None:
        document.add_table(1, 1).cell(0, 0).text = "一张表"
        heading = next(each for each in document.paragraphs if each.text == part.heading)
        heading.insert_paragraph_before("写在标题前面的话。")
        heading._p.getparent().remove(heading._p)

    changed(paper, act)
    told = [(each.rule, each.message) for each in written_in(asked, paper).findings]
    assert [rule for rule, _ in told] == ["procedure/text-lost", "procedure/text-lost", "procedure/heading-lost"]
    assert "写在标题前面的话。" in told[0][1]
    assert "一张表" in told[1][1]
    assert part.heading in told[2][1]
