"""How a field is typed: in one line, in several, or chosen; with its unit, its length, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from greenforms.codec.words import count_words
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.tree import ABSENT, Leaf, at, leaves, pattern_of
from greenforms.workbook.limits import limits_of
from greenforms.workbook.look import width_of
from greenforms.workbook.parts import Field
from greenforms.workbook.plan import plan_of
from greenforms.workbook.values import typed
from greenforms_extractors.match.flow import Flow

#: How many digits, letters or half characters an input for figures is wide at least, any other at most.
_NARROWEST, _WIDEST = 5, 40
#: The lines that a text is given room for, paragraphs more; a line that may be long grows with its text.
_PARAGRAPHS, _MOST_LINES, _LINE = 6, 5, 24


@dataclass(frozen=True, slots=True)
class Entry:
    """One input. `text` is what stands in it; `null` tells that the field is declared not to apply, and `reason` why.

    `kind` is line, text (a line that may be long), lines, or choice.
    """

    pointer: str
    label: str
    kind: Literal["line", "text", "lines", "choice"]
    text: str
    choices: tuple[str, ...]
    unit: str
    hint: str
    figure: bool
    nullable: bool
    null: bool
    reason: str
    required: bool
    need: str
    limit: str
    count: int
    most: int | None
    width: int
    rows: int
    source: str
    also: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a paper holds while it is filled in. All pointers are the paper's own.

    `texts` stand in inputs in place of values: what nobody could read, or read with doubt. `spare` are the rows that
    lists show although nothing stands in them, `sources` where values were taken from, `also` which other papers print
    a field (by pattern), `repeats` the places that take their answer from another place of the same paper.
    """

    data: Any
    texts: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    spare: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    repeats: Mapping[str, str] = field(default_factory=dict)

    def text(self, leaf: Leaf, pointer: str) -> str:
        """What stands in the input of a field."""
        if pointer in self.texts:
            return self.texts[pointer]
        value = at(self.data, pointer)
        return "" if value is ABSENT or value is None else typed(leaf, value)

    def source_of(self, pointer: str) -> str:
        """The place of this paper that a place takes its answer from, "" for none."""
        place, rest = pointer, ""
        while place:
            if place in self.repeats:
                return self.repeats[place] + rest
            place, _, step = place.rpartition("/")
            rest = f"/{step}{rest}"
        return ""


class Entries:
    """Makes the inputs of one form; what the fill-in workbook says beside a field is said here as well."""

    def __init__(self, form: Form) -> None:
        self._form = form
        plan = plan_of(form)
        columns = (column.field for sheet in plan.sheets for column in sheet.all_columns)
        self._fields: dict[str, Field] = {each.leaf.pattern: each for each in (*columns, *plan.fields)}
        self._limits = limits_of(form, {leaf.pattern: leaf.pattern for leaf in leaves(form.root)})

    def entry(self, leaf: Leaf, pointer: str, content: Content) -> Entry:
        """The input of a field."""
        text = content.text(leaf, pointer)
        asked = self._fields[leaf.pattern]
        limit = self._limits.get(leaf.pattern)
        most = None if limit is None else limit.most
        if limit is not None and limit.by:
            most = limit.most_by.get(str(at(content.data, limit.by)))
        return Entry(
            pointer=pointer,
            label=_label(self._form, leaf, pointer),
            kind=_kind(leaf, text),
            text=text,
            choices=_choices(leaf, text),
            unit=leaf.unit or "",
            hint=asked.note,
            figure=leaf.codec.figure,
            nullable=leaf.nullable,
            null=at(content.data, pointer) is None and not text,
            reason=content.reasons.get(pointer, ""),
            required=leaf.required,
            need=asked.need.words if asked.need.words not in ("必填", "选填") else "",
            limit="" if limit is None else limit.words,
            count=count_words(text),
            most=most,
            width=max(_NARROWEST, len(text)) if leaf.codec.figure else min(_WIDEST, leaf.codec.width),
            rows=_rows(leaf, text),
            source=content.sources.get(pointer, ""),
            also=content.also.get(pattern_of(pointer), ""),
        )


def _label(form: Form, leaf: Leaf, pointer: str) -> str:
    """What the field is called; in a list with the number of its row."""
    row = next((int(step) + 1 for step in reversed(pointer.split("/")) if step.isdecimal()), 0)
    name = called(form, pointer) or leaf.title
    return f"{name}（第{row}行）" if row and "行" not in name else name


def _kind(leaf: Leaf, text: str) -> Literal["line", "text", "lines", "choice"]:
    if leaf.codec.flow is Flow.PARAGRAPHS:
        return "lines"
    if leaf.codec.offered():
        return "choice"
    return "text" if leaf.codec.free_text or "\n" in text else "line"


def _rows(leaf: Leaf, text: str) -> int:
    needed = sum(1 + width_of(line) // _LINE for line in text.split("\n"))
    return max(_PARAGRAPHS, needed // 2) if leaf.codec.flow is Flow.PARAGRAPHS else min(_MOST_LINES, needed)


def _choices(leaf: Leaf, text: str) -> tuple[str, ...]:
    """What can be chosen; what stands there and is none of it stays choosable, or it would be lost."""
    offered = tuple(leaf.codec.offered())
    return (*offered, text) if offered and text and text not in offered else offered
