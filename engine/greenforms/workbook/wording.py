"""What a form's workbook itself says, folded: the labels by which cells are found, and all its other texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from greenforms.form.form import Form
from greenforms.workbook.arrays import guidance_of
from greenforms.workbook.entries import REFERENCE, UNIT_OR_LENGTH, heading_line
from greenforms.workbook.guide import guide_texts
from greenforms.workbook.headings import heading_of
from greenforms.workbook.parts import NUMBER, Column, Entry, Field, Heading, Plan, Sheet
from greenforms.workbook.signature import ENTRY_COLUMNS
from greenforms_extractors.folding import fold_label

#: Longer texts are no labels.
_LONGEST = 400
_COUNT = re.compile(r"\d+(/(\d+|-))?字")


def key_of(text: str) -> str:
    """A text folded for comparison with labels, without the star of what must be filled in."""
    return fold_label(text).rstrip("*") if len(text) <= _LONGEST else ""


def keys_of_column(column: Column) -> frozenset[str]:
    """What a column may be headed: label, with or without unit; also the bare label, which others may bear too."""
    field = column.field
    return frozenset(map(key_of, (heading_of(field), field.label, field.leaf.title)))


def keys_of_entry(entry: Entry) -> frozenset[str]:
    """What stands in the column 栏目 for an entry."""
    match entry:
        case Heading():
            return frozenset(map(key_of, (entry.title, heading_line(entry))))
        case Sheet():
            return frozenset({key_of(entry.title)})
        case Field():
            return frozenset({key_of(entry.label)})


def printed_texts(form: Form, plan: Plan) -> frozenset[str]:
    """All that the blank workbook says, folded; none of it was filled in."""
    return frozenset(filter(None, map(key_of, _printed(form, plan))))


def is_count(text: str) -> bool:
    """Whether a text says how many characters another has, as the workbook works it out."""
    return _COUNT.fullmatch(fold_label(text)) is not None


def _printed(form: Form, plan: Plan) -> Iterator[str]:
    yield from (*ENTRY_COLUMNS, UNIT_OR_LENGTH, REFERENCE, form.title)
    yield from guide_texts(form, plan)
    for entry in plan.entries:
        match entry:
            case Heading():
                yield from (entry.title, heading_line(entry))
            case Sheet():
                yield from (entry.title, entry.note, entry.need.words, guidance_of(entry), NUMBER)
                yield from guidance_of(entry).split("\n")
                yield from (text for column in entry.all_columns for text in keys_of_column(column))
            case Field():
                yield from (entry.label, entry.note, entry.need.words, entry.leaf.unit or "")
