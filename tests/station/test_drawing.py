"""Papers drawn on the screen: the official cells, one input for each field, and what is typed is the data."""

from __future__ import annotations

from decimal import Decimal

import pytest

from greenforms.form.tree import Leaf, leaves, values
from greenforms.station.filing.drawing import drawing_of
from greenforms.station.filing.drawn import (
    DrawnPart,
    DrawnRow,
    Echo,
    PictureEntry,
    Words,
    names_in,
    pieces_in,
    tables_in,
)
from greenforms.station.filing.entry import Content, Entry
from greenforms.station.filing.noticed import noticed
from greenforms.station.filing.typed import typed_in
from papers import example, example_forms
from shipped import load_form, spread
from station.inputs import inputs_of
from telling import EVERY

#: Some of each kind, and those that are drawn in a way of their own; `make forms` tries all.
EXAMPLES = sorted(
    example_forms()
    if EVERY
    else {
        *spread(sorted(example_forms()), 9),
        "cultivation-plan-factory",
        "cultivation-roster",
        "listed-units-2019",
        "typical-experience-factory",
    }
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_field_has_one_input_and_comes_back(name: str) -> None:
    form, data = load_form(example_forms()[name]), example(name)
    drawing = drawing_of(form, Content(data))
    wanted = {value.pointer for value in values(form.root, data)}
    drawn = list(names_in((*drawing.body, *drawing.rest)))
    assert len(drawn) == len(set(drawn))
    assert wanted <= set(drawn)
    typed = typed_in(form, inputs_of(drawing))
    assert typed.data == data
    assert not noticed(form, Content(typed.data, typed.texts, typed.reasons))
    assert not typed.posted


@pytest.mark.parametrize("name", ["factory-evaluation-report", "typical-experience-park", "region-list"])
def test_an_empty_paper_has_every_field_once(name: str) -> None:
    form = load_form(example_forms()[name])
    drawing = drawing_of(form, Content({}))
    drawn = [piece for piece in pieces_in((*drawing.body, *drawing.rest)) if isinstance(piece, Entry | PictureEntry)]
    patterns = {"/".join("*" if step.isdecimal() else step for step in each.pointer.split("/")) for each in drawn}
    assert patterns == {leaf.pattern for leaf in leaves(form.root)}
    assert typed_in(form, inputs_of(drawing)).data == {}


def _texts(row: DrawnRow) -> list[str]:
    return ["".join(p.text for line in cell.lines for p in line.pieces if isinstance(p, Words)) for cell in row.cells]


def test_cells_and_spans_are_those_of_the_form() -> None:
    drawing = drawing_of(load_form("nm-2024/renaming-application"), Content({}))
    first, second = tables_in(drawing.body)
    rows = [row for row in first.rows if isinstance(row, DrawnRow)]
    assert [cell.columns for cell in rows[0].cells] == [1, 3]
    assert _texts(rows[2]) == ["示范类型", "", "级别", ""]
    assert len(second.rows) == 2


def test_a_heading_beside_a_list_covers_all_its_rows() -> None:
    """The cell at the left of an indicator table goes on along every row that is drawn."""
    form = load_form("nm-2024/annual-summary")
    found = 0
    for table in tables_in(drawing_of(form, Content(example("annual-summary"))).body):
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(table.rows):
            cells = row.cells if isinstance(row, DrawnRow) else ()
            column = 0
            for cell in cells:
                while (number, column) in taken:
                    column += 1
                spots = {(number + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
                assert not spots & taken
                taken |= spots
                found += cell.rows > 1
        assert max(line for line, _ in taken) < len(table.rows)


def test_what_is_chosen_bars_a_part_and_it_is_said_who_fills_it_in() -> None:
    form, data = load_form("nm-2024/cultivation-plan"), example("cultivation-plan-factory")
    parts = [node for node in drawing_of(form, Content(data)).body if isinstance(node, DrawnPart)]
    assert [(part.pointer, part.barred) for part in parts] == [("/enterprise", False), ("/park", True)]
    assert "绿色园区" in parts[1].need


def test_what_is_printed_twice_is_typed_once() -> None:
    form = load_form("nm-2024/cultivation-plan")
    drawing = drawing_of(form, Content({"unit": "甲"}, repeats={"/enterprise/name": "/unit"}))
    assert Echo("甲", "/unit") in list(pieces_in(drawing.body))
    assert "/enterprise/name" not in list(names_in(drawing.body))


def test_a_text_that_cannot_be_read_is_kept_and_told() -> None:
    form = load_form("nm-2024/cultivation-plan")
    typed = typed_in(form, {"/enterprise/founded": "不记得了", "/unit": "甲"})
    assert typed.data == {"unit": "甲", "enterprise": {}}
    assert typed.texts == {"/enterprise/founded": "不记得了"}
    (found,) = noticed(form, Content(typed.data, typed.texts))
    assert found.places[0].path == "/enterprise/founded"
    assert "不记得了" in found.message


def test_not_applicable_is_null_with_its_reason_which_is_asked_for() -> None:
    form = load_form("nm-2024/factory-evaluation-report")
    leaf = next(leaf for leaf in leaves(form.root) if leaf.nullable and "*" not in leaf.pattern)
    said = typed_in(form, {leaf.pattern: "", f"null:{leaf.pattern}": "1", f"why:{leaf.pattern}": "没有锅炉"})
    silent = typed_in(form, {leaf.pattern: "/"})
    assert said.data == silent.data != {}
    assert said.reasons == {leaf.pattern: "没有锅炉"}
    asked = noticed(form, Content(silent.data, reasons=silent.reasons))
    assert [each.rule for each in asked] == ["filing/no-reason"]
    assert not noticed(form, Content(said.data, reasons=said.reasons))
    drawn = {
        piece.pointer: piece
        for piece in pieces_in(drawing_of(form, Content(said.data, reasons=said.reasons)).body)
        if isinstance(piece, Entry)
    }
    assert drawn[leaf.pattern].null
    assert drawn[leaf.pattern].reason == "没有锅炉"


def test_a_field_that_is_filled_in_does_apply() -> None:
    form = load_form("nm-2024/factory-evaluation-report")
    leaf = next(leaf for leaf in leaves(form.root) if _is_plain_number(leaf))
    typed = typed_in(form, {leaf.pattern: "12.50", f"null:{leaf.pattern}": "1"})
    (value,) = (value.value for value in values(form.root, typed.data) if value.present)
    assert str(value) == str(Decimal("12.50"))


def _is_plain_number(leaf: Leaf) -> bool:
    return leaf.nullable and leaf.codec.name == "number" and "*" not in leaf.pattern


def test_empty_rows_are_none_and_findings_know_where_the_others_were_typed() -> None:
    typed = typed_in(
        load_form("nm-2024/cultivation-plan"),
        {"/plan/projects/0/name": " ", "/plan/projects/2/name": "光伏", "/plan/projects/7/investment": "很多"},
    )
    assert typed.data == {"plan": {"projects": [{"name": "光伏"}, {}]}}
    assert typed.place("/plan/projects/0/name") == "/plan/projects/2/name"
    assert typed.place("/plan/projects/1/investment") == "/plan/projects/7/investment"
    assert typed.texts == {"/plan/projects/1/investment": "很多"}


def test_as_above_is_the_item_before_and_is_told() -> None:
    form = load_form("nm-2024/cultivation-plan")
    typed = typed_in(form, {"/plan/projects/0/name": "光伏", "/plan/projects/1/name": "同上"})
    assert typed.data == {"plan": {"projects": [{"name": "光伏"}, {"name": "光伏"}]}}
    (found,) = noticed(form, Content(typed.data, typed.texts))
    assert "光伏" in found.message


def test_names_that_no_field_has_change_nothing() -> None:
    typed = typed_in(
        load_form("nm-2024/cultivation-plan"),
        {"/no/such": "x", "/plan/projects/99999999999/name": "x", "/plan/projects/-1/name": "x", "": "x"},
    )
    assert typed.data == {}


def test_lines_end_as_they_end_everywhere() -> None:
    typed = typed_in(load_form("nm-2024/cultivation-plan"), {"/plan/overview": "一\r\n二"})
    assert typed.data == {"plan": {"overview": "一\n二"}}
