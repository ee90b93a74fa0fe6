"""Reads the tagged places of a paper of ours: content controls in Word, defined names in Excel.

A tag says exactly which field a text is. But people copy rows together with their tags and delete rows, so the
controls of an array are believed only when no tag stands twice and their rows are numbered without a gap; else the
layout, in which the same texts stand, says which row is which. A text of several paragraphs has a control in each;
people press Enter in them and leave paragraphs untagged, so there the layout speaks first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from greenforms.finding import Finding, Place, Severity
from greenforms.form.control_tag import ControlTags
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.layout import template_program
from greenforms.form.template.wording import cell_wordings
from greenforms.form.tree import Leaf, leaves, pattern_of
from greenforms.place import describe
from greenforms.read.take.slots import SlotReading, StructureReading, slot_reading
from greenforms.read.take.values import read_text
from greenforms_extractors.folding import without_space
from greenforms_extractors.match.flow import Flow
from greenforms_extractors.match.layout import EACH, Slot
from greenforms_extractors.match.result import Found
from greenforms_extractors.model import Control, Document

_NAME = re.compile(r"gf\.(?P<path>[\w.]+)(?:\[(?P<index>[0-9]+)\])?$")
_INDEX = re.compile(r"/([0-9]+)(?=/|$)")


def merge_controls(file: str, form: Form, document: Document, structure: StructureReading) -> list[Finding]:
    """Let the controls speak first where they can be believed; say where the layout reads something else.

    Text beside a control that is left empty is not in dispute: somebody typed past the control.
    """
    findings: list[Finding] = []
    by_pattern = {leaf.pattern: leaf for leaf in leaves(form.root)}
    controls = _own_texts(form, document)
    for pointer, control in _believable(controls, by_pattern).items():
        leaf = by_pattern[pattern_of(pointer)]
        seen = structure.slots.get(pointer)
        if leaf.codec.flow is Flow.PICTURES or (leaf.codec.flow is Flow.PARAGRAPHS and seen is not None):
            continue
        slot = _read(leaf, pointer, control)
        if seen is not None and not slot.blank and not seen.blank and _differ(seen, control):
            findings.append(_disagreement(file, pointer, called(form, pointer), slot, seen))
            slot = replace(slot, reading=replace(slot.reading, grade="amber"))
        if not slot.blank or seen is None:
            structure.slots[pointer] = slot
    return findings


def add_controls(form: Form, document: Document, structure: StructureReading) -> None:
    """Take from the controls what the layout has no place for, and nothing else."""
    by_pattern = {leaf.pattern: leaf for leaf in leaves(form.root)}
    for pointer, control in _believable(_own_texts(form, document), by_pattern).items():
        if pointer not in structure.slots:
            leaf = by_pattern[pattern_of(pointer)]
            if leaf.codec.flow is not Flow.PICTURES:
                structure.slots[pointer] = _read(leaf, pointer, control)


def _read(leaf: Leaf, pointer: str, control: Control) -> SlotReading:
    """A field as its control tells it."""
    places = (control.origin, *control.rest)
    found = Found(Slot(pointer, leaf.title), (), control.text, leaf.title, places, 1.0)
    return slot_reading(leaf, found, read_text(leaf, control.text, leaf.title), "control")


def _own_texts(form: Form, document: Document) -> tuple[tuple[str, Control], ...]:
    """The controls by pointer, each with its field's own text.

    A name marks a whole cell, which may hold fixed words as well; one whose words were changed says nothing.
    """
    by_pattern = {leaf.pattern: leaf for leaf in leaves(form.root)}
    wordings = cell_wordings(template_program(form, document.kind)) if document.kind in form.templates else {}
    tags = _Tags(by_pattern)
    found: list[tuple[str, Control]] = []
    for control in document.controls:
        pointer = tags.pointer(control.tag)
        if pointer is None:
            continue
        wording = wordings.get(pattern_of(pointer)) if control.tag.startswith("gf.") else None
        if wording is None:
            found.append((pointer, control))
        elif (text := wording.own_text(control.text)) is not None:
            found.append((pointer, Control(control.tag, text, control.origin, control.rest)))
    return tuple(found)


def _differ(seen: SlotReading, control: Control) -> bool:
    return without_space(seen.reading.raw) != without_space(control.text)


def _believable(controls: Iterable[tuple[str, Control]], by_pattern: dict[str, Leaf]) -> dict[str, Control]:
    """Controls by pointer, without those of arrays in which a tag stands twice or a row is missing."""
    tagged = _joined(controls, by_pattern)
    counts = Counter(pointer for pointer, _ in tagged)
    doubtful = {_array(pointer) for pointer, count in counts.items() if count > 1} | _with_gaps(counts)
    return {pointer: control for pointer, control in tagged if _array(pointer) not in doubtful}


def _with_gaps(pointers: Iterable[str]) -> set[str]:
    """The outermost arrays of which, or inside of which, rows are not numbered 0, 1, 2 and so on."""
    indices: dict[str, set[str]] = defaultdict(set)
    for pointer in pointers:
        for index in _INDEX.finditer(pointer):
            indices[pointer[: index.start()]].add(index[1])
    return {_array(f"{array}/0/") for array, found in indices.items() if found != set(map(str, range(len(found))))}


def _joined(tagged: Iterable[tuple[str, Control]], by_pattern: dict[str, Leaf]) -> list[tuple[str, Control]]:
    """Controls that follow each other with the tag of a text of several paragraphs are its paragraphs."""
    joined: list[tuple[str, Control]] = []
    for pointer, control in tagged:
        several = by_pattern[pattern_of(pointer)].codec.flow is Flow.PARAGRAPHS
        if several and joined and joined[-1][0] == pointer:
            first = joined[-1][1]
            rest = (*first.rest, control.origin)
            joined[-1] = (pointer, replace(first, text=f"{first.text}\n{control.text}", rest=rest))
        else:
            joined.append((pointer, control))
    return joined


class _Tags:
    """Finds the pointer a tag names; names of cells are looked up by their steps without the numbers."""

    def __init__(self, by_pattern: Mapping[str, Leaf]) -> None:
        self._tags = ControlTags(by_pattern)
        self._by_steps: dict[tuple[str, ...], list[str]] = {}
        for pattern in by_pattern:
            self._by_steps.setdefault(tuple(step for step in pattern.split("/")[1:] if step != "*"), []).append(pattern)

    def pointer(self, tag: str) -> str | None:
        if (name := _NAME.match(tag)) is None:
            return self._tags.pointer(tag)
        steps = name["path"].split(".")
        alike = self._by_steps.get(tuple(step for step in steps if not step.isdecimal()), ())
        return next((found for pattern in alike if (found := _fitted(pattern, steps, name["index"] or "0"))), None)


def _fitted(pattern: str, steps: list[str], index: str) -> str | None:
    """The pointer of a cell named by `steps` if a pattern fits them; a column's name leaves its last number out."""
    given = list(steps)
    pointer = []
    for step in pattern.split("/")[1:]:
        if step == EACH and not (given and given[0].isdecimal()):
            pointer.append(index)
        elif given and (step == given[0] or (step == EACH and given[0].isdecimal())):
            pointer.append(given.pop(0))
        else:
            return None
    return "/" + "/".join(pointer) if not given else None


def _array(pointer: str) -> str:
    """The array a pointer lies in; a field outside arrays stands for itself."""
    head = _INDEX.search(pointer)
    return pointer[: head.start()] if head else pointer


def _disagreement(file: str, pointer: str, label: str, control: SlotReading, seen: SlotReading) -> Finding:
    message = (
        f"{file}“{label}”：{describe(control.origin)}的控件里是“{control.reading.raw.strip()}”，"
        f"按版面读到的是“{seen.reading.raw.strip()}”（{describe(seen.origin)}）。已取控件里的内容，请核对。"
    )
    places = (
        Place(file, pointer, label, control.reading.raw, control.reading.evidence),
        Place(file, pointer, label, seen.reading.raw, seen.reading.evidence),
    )
    return Finding("read/control-differs", Severity.WARN, message, places, fix="打开文件核对该栏内容")
