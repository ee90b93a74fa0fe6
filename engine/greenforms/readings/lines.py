"""The fields of one paper as a clerk goes through them: what was read, what was not, in the order of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from greenforms.check.pointers import form_order, node_at, parent, phrase
from greenforms.errors import InputError
from greenforms.form.form import Form
from greenforms.form.labels import container
from greenforms.form.tree import ABSENT, Leaf, Rows, at, leaves, rows_of, values
from greenforms.place import describe
from greenforms.read.extraction import Extraction, FieldReading
from greenforms.readings.paper import PaperReading
from greenforms.workbook.values import Stored, stored
from greenforms_extractors.match.flow import Flow

GRADES = {"green": "绿", "amber": "黄", "red": "红"}
MISSING, UNFILLED = "未找到", "未填"
#: As much of a text as is shown where no cell holds it whole.
_SHOWN = 30_000


@dataclass(frozen=True, slots=True)
class Line:
    """One field: where it stands on the form, and its reading; a field that was not read has none."""

    pointer: str
    leaf: Leaf
    #: The part of the form and its row, such as 企业近三年经营情况第3行; the label.
    part: str
    label: str
    value: Any
    reading: FieldReading | None
    required: bool
    #: Why somebody should look: what recognition doubted, else what was found wrong with the text.
    doubt: str = ""

    @property
    def grade(self) -> str:
        """The colour, or why there is none."""
        if self.reading is not None:
            return GRADES[self.reading.grade]
        return MISSING if self.required else UNFILLED

    @property
    def needs_look(self) -> bool:
        """Whether somebody should look at the paper."""
        return self.grade not in (GRADES["green"], UNFILLED)

    @property
    def place(self) -> str:
        """Where the field stands in its file, in words."""
        return describe(self.reading.evidence) if self.reading and self.reading.evidence else ""


def lines_of(form: Form, paper: PaperReading) -> list[Line]:
    """Every field read, and every one that was not but could be: a clerk fills it in where the paper has it."""
    extraction = paper.extraction
    readings = {field.path: field for field in extraction.fields}
    lacking = {field.path for field in extraction.missing}
    pointers = dict.fromkeys((*_pointers(form, extraction, lacking), *readings, *paper.corrections))
    doubts = {finding.places[0].path: finding.message for finding in extraction.findings if len(finding.places) == 1}
    doubts |= {field.path: field.doubt for field in extraction.fields if field.doubt or field.grade == "green"}
    found = (_line(form, extraction, pointer, readings.get(pointer), lacking, doubts) for pointer in pointers)
    return sorted((line for line in found if line is not None), key=lambda line: form_order(form.root, line.pointer))


def shown(leaf: Leaf, value: Any) -> Stored | None:
    """A value as a cell shows it; None for an absent one."""
    if leaf.codec.flow is Flow.PICTURES and isinstance(value, list):
        return Stored("\n".join(map(_picture, value)))
    try:
        return stored(leaf, value)
    except InputError:
        return Stored(f"{str(value)[:_SHOWN]}……（共 {len(str(value))} 字，单元格放不下，全文见原件）")


def _picture(picture: Any) -> str:
    if not isinstance(picture, Mapping):
        return str(picture)
    return "　".join(str(picture[key]) for key in ("file", "caption") if picture.get(key))


def _line(
    form: Form,
    extraction: Extraction,
    pointer: str,
    reading: FieldReading | None,
    lacking: set[str],
    doubts: Mapping[str, str],
) -> Line | None:
    leaf = node_at(form.root, pointer)
    if not isinstance(leaf, Leaf):
        return None
    part = container(form.root, parent(pointer))
    label = phrase(form.root, pointer).removeprefix(part)
    if label == f"“{leaf.title}”":
        label = leaf.title
    required = pointer in lacking or any(pointer.startswith(f"{each}/") for each in lacking)
    value, doubt = at(extraction.data, pointer), doubts.get(pointer, "")
    return Line(pointer, leaf, part, label, value, reading, required and leaf.required, doubt)


def _pointers(form: Form, extraction: Extraction, lacking: set[str]) -> Iterator[str]:
    """The places of the data, the empty ones of parts that are there, and the first row of lists without one."""
    data = extraction.data
    for each in values(form.root, data):
        if each.present or each.pointer in lacking or at(data, parent(each.pointer)) is not ABSENT:
            yield each.pointer
    for rows in rows_of(form.root):
        if "*" not in rows.pattern and not _filled(data, rows) and _wanted(data, rows, lacking):
            yield from (leaf.pattern.replace("*", "0", 1) for leaf in leaves(rows.item))


def _filled(data: Any, rows: Rows) -> bool:
    found = at(data, rows.pattern)
    return isinstance(found, list) and bool(found)


def _wanted(data: Any, rows: Rows, lacking: set[str]) -> bool:
    return rows.pattern in lacking or at(data, parent(rows.pattern)) is not ABSENT
