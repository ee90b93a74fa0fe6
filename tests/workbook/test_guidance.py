"""What a workbook says of its fields is what the schema, the rules and the handbook say of them."""

from __future__ import annotations

import copy
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema_rs
import openpyxl
import pytest
from jsonschema import Draft202012Validator
from openpyxl.workbook import Workbook

from greenforms.bundled import examples_dir
from greenforms.codec.choice import Choice
from greenforms.codec.words import count_words
from greenforms.form.form import Form
from greenforms.form.tree import ABSENT, Condition, at, leaves
from greenforms.workbook.branches import WITH_ITS_PART
from greenforms.workbook.parts import Field, Heading
from greenforms.workbook.plan import plan_of
from greenforms.workbook.validation import choices_of
from greenforms.workbook.writing import make_workbook
from greenforms_extractors.office import supervisor
from greenforms_extractors.office.instance import Job
from papers import example_forms
from shipped import form_ids, load_form
from telling import of_telling, telling

HANDBOOK = Path(__file__).resolve().parents[2] / "docs" / "handbook" / "applicants.md"
PLAN, EXPERIENCE = "nm-2024/cultivation-plan", "he-2024/typical-experience"
#: The most characters Excel takes for the formula of a check.
LONGEST_FORMULA = 255


def example(stem: str) -> Any:
    return json.loads((examples_dir() / f"{stem}.json").read_text("utf-8"))


def branches() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each form with a data set for each choice that its branches hang on."""
    few = of_telling(form_ids())
    for stem, form_id in example_forms().items():
        if form_id not in few:
            continue
        data = example(stem)
        held = [
            each
            for each in load_form(form_id).root.conditions
            if all(at(data, way) in said for way, said in each.when.items())
        ]
        for ways in [each.when for each in held] or [{}]:
            for choices in product(*ways.values()):
                yield form_id, stem, dict(zip((way[1:] for way in ways), choices, strict=True))


BRANCHES = list(branches())


@cache
def blank_of(form_id: str) -> Workbook:
    """The empty workbook of a form, which nobody changes."""
    return opened(form_id)


def opened(form_id: str, data: Any | None = None) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(make_workbook(load_form(form_id), data)))


def cell_of(workbook: Workbook, anchor: str) -> Any:
    """The first cell of a name."""
    sheet, reference = next(iter(workbook.defined_names[anchor].destinations))
    return workbook[sheet][reference.replace("$", "").split(":")[0]]


def is_demanded(form: Form, data: Any, pattern: str) -> bool:
    """Whether the schema takes no data in which this place is left out or, where it is a list, empty."""
    changed = copy.deepcopy(data)
    *way, last = pattern.replace("*", "0").split("/")[1:]
    place = changed
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place.get(step, {})
    was = place.pop(last, None)
    refused = not _validator(form.id).is_valid(changed)
    if isinstance(was, list):
        place[last] = []
        return refused and not _validator(form.id).is_valid(changed)
    return refused


@cache
def _validator(form_id: str) -> Any:
    return jsonschema_rs.Draft202012Validator(dict(load_form(form_id).schema))


def says_needed(words: str, choices: Any, *, in_part: bool) -> bool:
    """Whether the words in the column 必填 ask for a field under these choices, and where others of its part stand."""
    found = re.findall("“(.+?)”", words)
    chosen = words.startswith("选“") and any(choice in found for choice in choices.values())
    return words == "必填" or chosen or (words == WITH_ITS_PART.words and in_part)


@pytest.mark.parametrize("form_id", telling())
def test_a_drop_down_offers_what_the_schema_allows(form_id: str) -> None:
    """This test ensures that every list offers the choices of its field, in order, and 不适用 where it may stand."""
    form, workbook = load_form(form_id), blank_of(form_id)
    seen = 0
    for leaf in leaves(form.root):
        if not isinstance(leaf.codec, Choice):
            continue
        cell = cell_of(workbook, "gf" + leaf.pattern.replace("/*", "").replace("/", "."))
        rules = cell.parent.data_validations.dataValidation
        (rule,) = [rule for rule in rules if cell.coordinate in rule.sqref]
        sheet, area = rule.formula1.replace("$", "").split("!")
        offered = [row[0].value for row in workbook[sheet][area]]
        assert offered == [*leaf.codec.choices, *([leaf.empty] * leaf.nullable)]
        seen += 1
    assert seen == sum(bool(choices_of(each)) for each in _all_fields(form))


def _all_fields(form: Form) -> Iterator[Field]:
    plan = plan_of(form)
    yield from plan.fields
    yield from (column.field for sheet in plan.sheets for column in sheet.all_columns)


@pytest.mark.parametrize(("form_id", "stem", "choices"), BRANCHES)
def test_needed_is_what_the_schema_demands(form_id: str, stem: str, choices: dict[str, str]) -> None:
    """This test ensures that 必填, also under a choice, stands just where leaving the field out is an error."""
    form, data = load_form(form_id), {**example(stem), **choices}
    workbook = blank_of(form_id)
    assert _validator(form.id).is_valid(data)
    entries = workbook["填报"] if "填报" in workbook.sheetnames else None
    for row, entry in enumerate(plan_of(form).entries, 3):
        if isinstance(entry, Heading) or entries is None:
            continue
        pattern = entry.leaf.pattern if isinstance(entry, Field) else entry.pattern
        said = entries.cell(row, 4).value
        in_part = at(data, pattern.rpartition("/")[0]) is not ABSENT
        assert says_needed(said, choices, in_part=in_part) == is_demanded(form, data, pattern), pattern


@pytest.mark.parametrize(("form_id", "stem", "choices"), BRANCHES)
def test_a_star_is_what_the_schema_demands(form_id: str, stem: str, choices: dict[str, str]) -> None:
    """This test ensures that the headings of a list bear a star where a row without that field is an error."""
    form, data = load_form(form_id), {**example(stem), **choices}
    workbook = blank_of(form_id)
    for sheet in plan_of(form).sheets:
        for column in sheet.columns:
            if at(data, column.field.leaf.pattern.replace("*", "0").rpartition("/")[0]) is not ABSENT:
                cell = cell_of(workbook, column.field.anchor)
                heading = cell.parent.cell(cell.row - 1, cell.column).value
                assert heading.endswith(" *") == is_demanded(form, data, column.field.leaf.pattern)


@pytest.mark.parametrize(("form_id", "stem", "choices"), [branch for branch in BRANCHES if branch[2]])
def test_the_other_half_is_greyed(form_id: str, stem: str, choices: dict[str, str]) -> None:
    """This test ensures that a part is grey, on every sheet, under just the choices under which it may not stand."""
    form, workbook = load_form(form_id), blank_of(form_id)
    halves = set()
    both: dict[str, Any] = {}
    for each in (each for each, taken_by in example_forms().items() if taken_by == form_id):
        both |= example(each)
    for entry in plan_of(form).entries:
        if isinstance(entry, Heading):
            continue
        cell = cell_of(workbook, entry.anchor)
        top = (entry.leaf.pattern if isinstance(entry, Field) else entry.pattern).split("/")[1]
        errors = Draft202012Validator(form.schema).iter_errors({top: both.get(top), **choices})
        barred = any(error.validator == "not" for error in errors)
        rules = [
            rule.formula[0]
            for area in cell.parent.conditional_formatting
            if cell.coordinate in area
            for rule in area.rules
            if rule.formula[0].startswith("OR(")
        ]
        greyed = any(f'gf.{name}="{choice}"' in rule for rule in rules for name, choice in choices.items())
        assert greyed == barred, top
        halves |= {top} if greyed else set()
    bars = [each for each in form.root.conditions if each.excluded and _holds(each, choices)]
    assert bool(halves) == bool(bars)


def _holds(condition: Condition, choices: dict[str, str]) -> bool:
    return all(choices.get(way[1:]) in said for way, said in condition.when.items())


def test_characters_are_counted() -> None:
    """This test ensures that the count beside a text is the one the check makes, against the limit of the choice."""
    data = example("typical-experience-park")
    data["inspiration"] = "节能 降碳\u3000增效"
    opened(EXPERIENCE, data).save(unreckoned := io.BytesIO())  # without the numbers reckoned when it was made
    saved = supervisor.convert(Job(unreckoned.getvalue(), ".xlsx", "xlsx"))
    reckoned = openpyxl.load_workbook(io.BytesIO(saved), data_only=True)
    given = openpyxl.load_workbook(io.BytesIO(make_workbook(load_form(EXPERIENCE), data)), data_only=True)
    for name, most in (("inspiration", 50), ("introduction", 500)):
        wanted = f"{count_words(data[name])}/{most}字"
        for book in (reckoned, given):
            cell = cell_of(book, f"gf.{name}")
            assert cell.offset(0, 1).value == wanted
            assert cell.value == data[name]


def test_texts_of_limited_length_are_guarded() -> None:
    """This test ensures that a text too short or too long is said in Chinese, within what Excel takes, and is kept."""
    workbook = opened(EXPERIENCE)
    said = {}
    for name in ("inspiration", "introduction", "highlights.heading", "highlights.body"):
        cell = cell_of(workbook, f"gf.{name}")
        (rule,) = [each for each in cell.parent.data_validations.dataValidation if cell.coordinate in each.sqref]
        assert (rule.type, rule.errorStyle) == ("custom", "warning")
        assert cell.coordinate in rule.formula1
        assert len(rule.formula1) <= LONGEST_FORMULA
        said[name] = rule.error
    assert said["highlights.heading"] == "字数要求：5至10字（不计空格）。可以先保留，提交前请改好。"
    assert "绿色工业园区500字以内" in said["introduction"]


@pytest.mark.parametrize("form_id", telling())
def test_no_formula_where_something_is_filled_in(form_id: str) -> None:
    """This test ensures that a cell to fill in holds no formula, so that typing destroys nothing."""
    workbook = blank_of(form_id)
    assert not any(cell_of(workbook, name).data_type == "f" for name in workbook.defined_names if name[:3] == "gf.")


def test_the_handbook_writes_quantities_as_the_workbook_does() -> None:
    """This test ensures that a capacity is asked for with its time, an output without, in the handbook as here."""
    columns = {column.field.label: column.field.note for column in _sheet("products").columns}
    handbook = HANDBOOK.read_text("utf-8")
    for label, written in (("生产能力", "60000吨/年"), ("年生产量", "51200吨")):
        assert columns[label] == f"数字连同单位，如 {written}"
        assert re.search(f"{label}[^；。]*`{written}`", handbook)


def _sheet(name: str) -> Any:
    return next(sheet for sheet in plan_of(load_form(PLAN)).sheets if sheet.pattern.endswith(f"/{name}"))
