"""Letters as GB/T 9704-2012 sets them, measured on the printed page in millimetres."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pdfplumber
import pytest

from greenforms.bundled import examples_dir
from greenforms.render.paper import render
from shipped import LIBRARY, load_form

MM = 72 / 25.4
LETTER = "he-2024/recommendation-letter"
#: The text area: its edges from the left and the top of the page.
LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262
#: As high as 三号, and as wide as 四号, in millimetres.
THREE, FOUR = 16 / MM, 14 / MM
EDGES = ("x0", "x1", "top", "bottom")


@pytest.fixture(scope="module")
def pages() -> list[Any]:
    """The pages of a letter with some pages of even text."""
    data = json.loads((examples_dir() / "recommendation-letter.json").read_text("utf-8"), parse_float=Decimal)
    data["review"] = "绿" * 28 * 50
    with pdfplumber.open(io.BytesIO(render(load_form(LETTER), data, "pdf"))) as pdf:
        return [_lines(page) for page in pdf.pages]


def _lines(page: Any) -> list[dict[str, Any]]:
    """The lines of a page with their places in millimetres, from top to bottom; its red rules among them."""
    rows: dict[int, list[Any]] = {}
    for char in page.chars:
        if char["text"].strip():
            rows.setdefault(round(char["bottom"]), []).append(char)
    lines = [_line(sorted(row, key=lambda char: char["x0"])) for row in rows.values()]
    red = {
        tuple(rule[edge] / MM for edge in EDGES)
        for rule in page.lines
        if tuple(rule["stroking_color"]) == (1.0, 0.0, 0.0)
    }
    rules = [{"text": "", **dict(zip(EDGES, places, strict=True))} for places in red]
    return sorted([*lines, *rules], key=lambda line: line["top"])


def _line(chars: list[Any]) -> dict[str, Any]:
    text = "".join(char["text"] for char in chars)
    places = (chars[0]["x0"], chars[-1]["x1"], chars[0]["top"], chars[0]["bottom"])
    return {"text": text, **{edge: place / MM for edge, place in zip(EDGES, places, strict=True)}}


def _full(pages: list[Any]) -> Iterator[list[dict[str, Any]]]:
    """The lines of the pages that hold even text alone, without the page number."""
    for lines in pages:
        if all(set(line["text"]) == {"绿"} for line in lines[:-1]):
            yield lines[:-1]


def test_text_area(pages: list[Any]) -> None:
    """this test ensures that a full page holds 22 lines of 28 characters in an area of 156 × 225 mm"""
    (lines,) = _full(pages)
    assert [len(line["text"]) for line in lines] == [28] * 22
    assert {round(line["x0"]) for line in lines} == {LEFT}
    assert all(RIGHT - 1 < line["x1"] <= RIGHT for line in lines)
    assert TOP <= lines[0]["top"] < TOP + THREE
    assert BOTTOM - THREE < lines[-1]["bottom"] <= BOTTOM
    assert {round(below["top"] - above["top"], 1) for above, below in pairwise(lines)} == {10.2}


def test_page_numbers(pages: list[Any]) -> None:
    """this test ensures that page numbers stand outside, one character in, their dashes 7 mm below the text area"""
    for number, lines in enumerate(pages[:4], 1):
        last = lines[-1]
        assert last["text"] == f"—{number}—"
        if number % 2:
            assert last["x1"] == pytest.approx(RIGHT - FOUR, abs=0.5)
        else:
            assert last["x0"] == pytest.approx(LEFT + FOUR, abs=0.5)
        assert (last["top"] + last["bottom"]) / 2 == pytest.approx(BOTTOM + 7, abs=0.5)


def test_head(pages: list[Any]) -> None:
    """this test ensures that the authority's mark begins 35 mm below the text area's top, and a rule ends it"""
    mark, number, rule, title, second, to = pages[0][:6]
    assert mark["text"] == "石家庄市工业和信息化局文件"
    assert mark["top"] == pytest.approx(TOP + 35, abs=1)
    assert number["text"].endswith("签发人：赵启衡")
    assert (rule["x0"], rule["x1"]) == pytest.approx((LEFT, RIGHT), abs=0.5)
    assert rule["top"] - number["bottom"] == pytest.approx(4, abs=0.5)
    assert (title["text"] + second["text"]).endswith("关于推荐2024年度国家绿色制造名单的报告")
    assert to["text"] == "河北省工业和信息化厅："
    assert to["x0"] == pytest.approx(LEFT, abs=0.5)


def test_sign_off(pages: list[Any]) -> None:
    """this test ensures that the date stands four characters in under the authority's name, the note two"""
    lines = next(lines for lines in pages if any(line["text"].startswith("附件：1.") for line in lines))
    start = next(number for number, line in enumerate(lines) if line["text"].startswith("附件：1."))
    first, second, signer, day, note = lines[start : start + 5]
    assert first["x0"] == pytest.approx(LEFT + 2 * THREE, abs=0.5)
    assert second["x0"] == pytest.approx(first["x0"] + 3 * THREE, abs=0.5)
    assert (signer["text"], day["text"]) == ("石家庄市工业和信息化局", "2024年7月12日")
    assert day["x1"] == pytest.approx(RIGHT - 4 * THREE, abs=0.5)
    assert (signer["x0"] + signer["x1"]) / 2 == pytest.approx((day["x0"] + day["x1"]) / 2, abs=0.5)
    assert note["x0"] == pytest.approx(LEFT + 2 * THREE, abs=1.5)


def test_every_letter_prints_its_numbers_from_its_table() -> None:
    """this test ensures that no letter has a count or a row of names as a field of its own: it would differ one day"""
    letters = {form.layout: form for form in LIBRARY.forms if "letter" in form.root.children}
    assert len(letters) == 7
    for form in letters.values():
        kinds = {leaf.derived.kind for leaf in form.root.derived.values() if leaf.derived}
        assert kinds >= {"count", "copy"}, form.id
