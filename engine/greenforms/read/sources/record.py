"""Holds a paper of ours against its own embedded record: what is printed must still be what was filled in.

The record gives the exact value of what is printed, and nothing else: where the two differ, the paper is believed, for
it is what was signed, and a finding holds both.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from greenforms.finding import Finding, Place, Severity
from greenforms.form.edit import put, take_out
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.tree import Value, values
from greenforms.place import describe
from greenforms.read.extraction import FieldReading, Grade
from greenforms.read.take.slots import SlotReading, StructureReading
from greenforms_extractors.folding import fold_prose
from greenforms_extractors.match.flow import Flow

#: What is left of a field's confidence when paper and record disagree.
_DISPUTED = 0.5
#: The paper cannot confirm a field that the form does not print.
_UNPRINTED = 0.9
_SPACE = re.compile(r"\s+")

RULE = "record/printed-differs"


@dataclass(slots=True)
class Held:
    """A record held against its paper: the data to believe, the fields with their places, and the differences."""

    data: Any
    fields: list[FieldReading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def hold_against_paper(file: str, form: Form, recorded: Any, structure: StructureReading) -> Held:
    """Compare a record of the form's shape with what is printed; a finding for each place that says otherwise."""
    held = Held(deepcopy(recorded))
    known: set[str] = set()
    for value in values(form.root, recorded):
        known.add(value.pointer)
        slot = structure.slots.get(value.pointer)
        if (slot is not None and not _agrees(value, slot)) or _vanished(value, slot):
            _believe_paper(held, value.pointer, slot)
            held.findings.append(_difference(file, form, value, slot))
        elif value.present:
            held.fields.append(_confirmed(value, slot))
    for pointer, slot in structure.slots.items():
        if pointer not in known and not slot.blank:
            _believe_paper(held, pointer, slot)
            held.findings.append(_addition(file, form, pointer, slot))
    return held


def _believe_paper(held: Held, pointer: str, slot: SlotReading | None) -> None:
    """Put what is printed in the place of what was recorded; what is printed nowhere goes."""
    if slot is None or slot.blank:
        take_out(held.data, pointer)
        return
    reading = slot.reading
    if reading.value is None and slot.problems:
        take_out(held.data, pointer)
    else:
        put(held.data, pointer, reading.value)
    grade: Grade = "red" if reading.grade == "red" else "amber"
    held.fields.append(replace(reading, confidence=reading.confidence * _DISPUTED, grade=grade))


def _printed(value: Value) -> str:
    if not value.present:
        return value.leaf.blank_at(value.pointer)
    return value.leaf.empty if value.value is None else value.leaf.codec.format(value.value)


def _agrees(value: Value, slot: SlotReading) -> bool:
    if value.leaf.codec.flow is Flow.PICTURES:
        captions = [picture["caption"] for picture in value.value or ()]
        return captions == [picture["caption"] for picture in slot.reading.value or ()]
    if slot.blank and not slot.problems:
        return not value.present or not _printed(value).strip()
    return _bare(_printed(value)) == _bare(slot.reading.raw)


def _bare(text: str) -> str:
    return _SPACE.sub("", fold_prose(text))


def _vanished(value: Value, slot: SlotReading | None) -> bool:
    return slot is None and value.present and value.leaf.printed and bool(_printed(value).strip())


def _confirmed(value: Value, slot: SlotReading | None) -> FieldReading:
    """A recorded field that the paper bears out, or that the form does not print."""
    if slot is not None:
        seen = slot.reading
        doubt = seen.doubt if not slot.blank else slot.problems[0].reason if slot.problems else ""
        grade: Grade = "amber" if slot.blank and doubt else "green"
        return FieldReading(
            seen.path, seen.label, value.value, seen.raw, seen.unit, 1.0, "record", seen.places, grade, doubt
        )
    leaf = value.leaf
    plain = FieldReading(value.pointer, leaf.title, value.value, "", leaf.unit, 1.0, "record", ())
    if leaf.printed:
        return plain
    return replace(
        plain, confidence=_UNPRINTED, grade="amber", doubt="表上不印这一项，取自文件内嵌的记录，纸面无法核对"
    )


def _difference(file: str, form: Form, value: Value, slot: SlotReading | None) -> Finding:
    label = called(form, value.pointer)
    recorded = _printed(value) if value.present else "（空）"
    if slot is None:
        where, printed, proof = file, "（没有找到）", None
    else:
        where, printed = f"{file} {describe(slot.origin)}", slot.reading.raw.strip() or "（空）"
        proof = slot.reading.evidence
    message = (
        f"{where}“{label}”纸面上是“{printed}”，生成时填的是“{recorded}”，两者不一致："
        "文件生成后被改动过。已按纸面读取，请确认哪一个正确，改好数据后重新生成。"
    )
    places = (Place(file, value.pointer, label, printed, proof),)
    return Finding(RULE, Severity.FIX, message, places, fix="核对后用正确的数据重新生成文件", suggestion=recorded)


def _addition(file: str, form: Form, pointer: str, slot: SlotReading) -> Finding:
    """What the paper has and the record has not: a row somebody typed in later."""
    label = called(form, pointer)
    message = (
        f"{file} {describe(slot.origin)}“{label}”写着“{slot.reading.raw.strip()}”，"
        "生成时没有这一项：文件生成后被添加过内容。已按纸面读取，请确认后重新生成。"
    )
    places = (Place(file, pointer, label, slot.reading.raw, slot.reading.evidence),)
    return Finding(RULE, Severity.FIX, message, places, fix="核对添加的内容后重新生成")
