"""Where a field stands: every place its text is printed at, the first of them being the evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from greenforms.bundled import examples_dir
from greenforms.form.layout import layout_for
from greenforms.read.take.slots import read_structure
from greenforms.record import parse_json
from greenforms.render.paper import render
from greenforms.report import field_json
from greenforms_extractors.flow import Flow
from greenforms_extractors.match.take import match
from greenforms_extractors.model import Document, Origin, PageOrigin, Paragraph, ParagraphOrigin
from greenforms_extractors.text_lines import Run
from papers import without_record
from shipped import load_form, read_paper

CASES = Path(__file__).resolve().parents[1] / "variants" / "cases"
EXPERIENCE = "he-2024/typical-experience"
#: How many fields of each paper stand in several places.
PAPERS = {
    "cultivation-plan/factory-pdf": 5,
    "typical-experience/untagged-pdf": 8,
    "typical-experience/plain-word-pdf": 8,
}


def printed_in(pages: Sequence[Any], places: tuple[Origin, ...]) -> Counter[str]:
    """The characters printed in boxes; `pages` are the characters of each page."""
    found: Counter[str] = Counter()
    for place in places:
        assert isinstance(place, PageOrigin)
        left, top, right, bottom = place.box
        for char in pages[place.page - 1]:
            across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
            if left <= across <= right and top <= down <= bottom:
                found.update(char["text"])
    return found


@pytest.mark.parametrize("case", PAPERS)
def test_all_of_a_field_is_placed(case: str) -> None:
    """This test ensures that the boxes of a field hold all its text, over paragraphs and pages, and nothing is lost."""
    paper = CASES / case / "paper.pdf"
    read = read_paper(paper)
    with pdfplumber.open(paper) as pdf:
        pages = [page.dedupe_chars().chars for page in pdf.pages]
    for field in read.fields:
        assert not Counter(re.sub(r"\s", "", field.raw)) - printed_in(pages, field.places)
        assert field.evidence == field.places[0]
    assert sum(len(field.places) > 1 for field in read.fields) == PAPERS[case]


def test_a_paragraph_that_goes_on_on_the_next_page() -> None:
    """This test ensures that a paragraph parted by a page break is placed on both pages."""
    label, first, rest = (40.0, 80.0, 200.0, 95.0), (40.0, 700.0, 500.0, 780.0), (40.0, 60.0, 300.0, 75.0)
    flow = Flow()
    pages = ((1, label, "四、下一步发展措施"), (1, first, "继续节能，"), (2, rest, "不断改进。"))
    for page in (1, 2):
        here = [(box, text) for number, box, text in pages if number == page]
        blocks = [
            (Paragraph(text, PageOrigin(page, box)), Run(text, box, frozenset(), flush=True, full=box == first))
            for box, text in here
        ]
        flow.add_page(blocks, keeps_spaces=False)
    form = load_form(EXPERIENCE)
    reading = read_structure(form, match(layout_for(form, "pdf"), Document("pdf", flow.blocks))).slots["/next_steps"]
    assert reading.reading.raw == "继续节能，不断改进。"
    assert reading.reading.places == (PageOrigin(1, first), PageOrigin(2, rest))


def test_paragraphs_of_a_word_file(tmp_path: Path) -> None:
    """This test ensures that a text of several paragraphs names each of them, and the JSON lists them."""
    data = parse_json((examples_dir() / "typical-experience-factory.json").read_text("utf-8"))
    content = render(
        load_form(EXPERIENCE), {**data, "practice": "第一段。\n第二段。\n第三段。"}, "docx", examples_dir()
    )
    (tmp_path / "a.docx").write_bytes(without_record(content))
    field = next(each for each in read_paper(tmp_path / "a.docx").fields if each.path == "/practice")
    assert isinstance(field.evidence, ParagraphOrigin)
    first = field.evidence.index
    assert field_json(field)["evidence"] == {"paragraph": first}
    assert field_json(field)["places"] == [{"paragraph": first + number} for number in range(3)]


def test_a_value_printed_in_two_places() -> None:
    """This test ensures that a field that stands twice on a paper keeps both places."""
    form = load_form(EXPERIENCE)
    lines = ("四、下一步发展措施", "继续节能。")
    paragraphs = tuple(Paragraph(text, ParagraphOrigin(number)) for number, text in enumerate(lines, 1))
    once = match(layout_for(form, "docx"), Document("docx", paragraphs))
    (found,) = once.found
    again = replace(found, places=(ParagraphOrigin(9),))
    reading = read_structure(form, replace(once, found=(found, again))).slots["/next_steps"].reading
    assert reading.places == (ParagraphOrigin(2), ParagraphOrigin(9))
