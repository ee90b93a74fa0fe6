"""Reads the tagged places of a paper of ours: content controls in Word, defined names in Excel.

A tag says exactly which field a text is. But people copy rows together with their tags, so the controls of an array
are believed only when no tag stands twice. A text of several paragraphs has a control in each; people press Enter in
them and leave paragraphs untagged, so there the layout speaks first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from greenforms.finding import Finding, Place, Severity
from greenforms.form.layout import template_program
from greenforms.form.package import Form
from greenforms.form.template.wording import cell_wordings
from greenforms.form.tree import Leaf, leaves, pattern_of
from greenforms.place import describe
from greenforms.recognise.structure import SlotReading, StructureReading, slot_reading
from greenforms.recognise.values import read_text
from greenforms_extractors.folding import without_space
from greenforms_extractors.match.layout import Slot
from greenforms_extractors.match.result import Found
from greenforms_extractors.model import Control, Document

_NAME = re.compile(r"gf\.(?P<path>[\w.]+)(?:\[(?P<index>\d+)\])?$")


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
        if leaf.codec.name == "pictures" or (leaf.codec.name == "paragraphs" and seen is not None):
            continue
        found = Found(Slot(pointer, leaf.title), (), control.text, leaf.title, control.origin, 1.0)
        slot = slot_reading(leaf, found, read_text(leaf, control.text, leaf.title), "control")
        if seen is not None and not slot.blank and not seen.blank and _differ(seen, control):
            findings.append(_disagreement(file, pointer, slot, seen))
            slot = replace(slot, reading=replace(slot.reading, grade="amber"))
        if not slot.blank or seen is None:
            structure.slots[pointer] = slot
    return findings


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
            found.append((pointer, replace(control, text=text)))
    return tuple(found)


def _differ(seen: SlotReading, control: Control) -> bool:
    return without_space(seen.reading.raw) != without_space(control.text)


def _believable(controls: Iterable[tuple[str, Control]], by_pattern: dict[str, Leaf]) -> dict[str, Control]:
    """Controls by pointer, without those of arrays in which a tag stands twice."""
    tagged = _joined(controls, by_pattern)
    counts = Counter(pointer for pointer, _ in tagged)
    copied = {_array(pointer) for pointer, count in counts.items() if count > 1}
    return {pointer: control for pointer, control in tagged if _array(pointer) not in copied}


def _joined(tagged: Iterable[tuple[str, Control]], by_pattern: dict[str, Leaf]) -> list[tuple[str, Control]]:
    """Controls that follow each other with the tag of a text of several paragraphs are its paragraphs."""
    joined: list[tuple[str, Control]] = []
    for pointer, control in tagged:
        several = by_pattern[pattern_of(pointer)].codec.name == "paragraphs"
        if several and joined and joined[-1][0] == pointer:
            first = joined[-1][1]
            joined[-1] = (pointer, replace(first, text=f"{first.text}\n{control.text}"))
        else:
            joined.append((pointer, control))
    return joined


class _Tags:
    """Finds the pointer a tag names; names of cells are looked up by their steps without the numbers."""

    def __init__(self, by_pattern: Mapping[str, Leaf]) -> None:
        self._patterns = by_pattern
        self._by_steps: dict[tuple[str, ...], list[str]] = {}
        for pattern in by_pattern:
            self._by_steps.setdefault(tuple(step for step in pattern.split("/")[1:] if step != "*"), []).append(pattern)

    def pointer(self, tag: str) -> str | None:
        if tag.startswith("/"):
            return tag if pattern_of(tag) in self._patterns else None
        if (name := _NAME.match(tag)) is None:
            return None
        steps = name["path"].split(".")
        alike = self._by_steps.get(tuple(step for step in steps if not step.isdigit()), ())
        return next((found for pattern in alike if (found := _fitted(pattern, steps, name["index"] or "0"))), None)


def _fitted(pattern: str, steps: list[str], index: str) -> str | None:
    """The pointer of a cell named by `steps` if a pattern fits them; a column's name leaves its last number out."""
    wanted = pattern.split("/")[1:]
    given = list(steps)
    pointer = []
    for step in wanted:
        if step == "*" and not (given and given[0].isdigit()):
            pointer.append(index)
        elif given and (step == given[0] or (step == "*" and given[0].isdigit())):
            pointer.append(given.pop(0))
        else:
            return None
    return "/" + "/".join(pointer) if not given else None


def _array(pointer: str) -> str:
    """The array a pointer lies in; a field outside arrays stands for itself."""
    head = re.match(r"(.*?)/\d+/", pointer)
    return head[1] if head else pointer


def _disagreement(file: str, pointer: str, control: SlotReading, seen: SlotReading) -> Finding:
    label = control.leaf.title
    message = (
        f"{file}“{label}”：{describe(control.origin)}的控件里是“{control.reading.raw.strip()}”，"
        f"按版面读到的是“{seen.reading.raw.strip()}”（{describe(seen.origin)}）。已取控件里的内容，请核对。"
    )
    places = (
        Place(file, pointer, label, control.reading.raw, control.reading.evidence),
        Place(file, pointer, label, seen.reading.raw, seen.reading.evidence),
    )
    return Finding("read/control-differs", Severity.WARN, message, places, fix="打开文件核对该栏内容")
