"""Holds a paper of ours against its own embedded record: what is printed must still be what was filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.tree import Value, values
from greenforms.place import describe
from greenforms.recognise.extraction import FieldReading, Grade
from greenforms.recognise.structure import SlotReading, StructureReading
from greenforms_extractors.folding import fold_prose
from greenforms_extractors.match.layout import Flow

#: What is left of a recorded field's confidence when the paper says something else.
_DISPUTED = 0.5
_SPACE = re.compile(r"\s+")

RULE = "record/printed-differs"


def compare_with_record(
    file: str, form: Form, data: Any, structure: StructureReading
) -> tuple[tuple[FieldReading, ...], list[Finding]]:
    """The recorded fields with their places on the paper, and a finding for each that is printed otherwise."""
    fields: list[FieldReading] = []
    findings: list[Finding] = []
    known: set[str] = set()
    for value in values(form.root, data):
        known.add(value.pointer)
        slot = structure.slots.get(value.pointer)
        differs = (slot is not None and not _agrees(value, slot)) or _vanished(value, slot)
        if value.present:
            fields.append(_field(value, slot, differs=differs))
        if differs:
            findings.append(_difference(file, form, value, slot))
    findings += _additions(file, form, structure, known)
    return tuple(fields), findings


def _printed(value: Value) -> str:
    if not value.present:
        return value.leaf.blank_at(value.pointer)
    return value.leaf.empty if value.value is None else value.leaf.codec.format(value.value)


def _agrees(value: Value, slot: SlotReading) -> bool:
    if value.leaf.codec.flow is Flow.PICTURES:
        captions = [picture["caption"] for picture in value.value or ()]
        return captions == [picture["caption"] for picture in slot.reading.value or ()]
    if slot.blank:
        return not value.present or not _printed(value).strip()
    return _bare(_printed(value)) == _bare(slot.reading.raw)


def _bare(text: str) -> str:
    return _SPACE.sub("", fold_prose(text))


def _vanished(value: Value, slot: SlotReading | None) -> bool:
    return slot is None and value.present and value.leaf.printed and bool(_printed(value).strip())


def _field(value: Value, slot: SlotReading | None, *, differs: bool) -> FieldReading:
    confidence = _DISPUTED if differs else 1.0
    grade: Grade = "amber" if differs else "green"
    if slot is None:
        leaf = value.leaf
        return FieldReading(value.pointer, leaf.title, value.value, "", leaf.unit, confidence, "record", (), grade)
    return replace(slot.reading, value=value.value, confidence=confidence, source="record", grade=grade)


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
        "文件生成后被改动过。请确认哪一个正确，改好数据后重新生成。"
    )
    places = (Place(file, value.pointer, label, printed, proof),)
    return Finding(RULE, Severity.FIX, message, places, fix="核对后用正确的数据重新生成文件", suggestion=recorded)


def _additions(file: str, form: Form, structure: StructureReading, known: set[str]) -> Iterator[Finding]:
    """What the paper has and the record has not: a row somebody typed in later."""
    for pointer, slot in structure.slots.items():
        if pointer in known or slot.blank:
            continue
        label = called(form, pointer)
        message = (
            f"{file} {describe(slot.origin)}“{label}”写着“{slot.reading.raw.strip()}”，"
            "生成时没有这一项：文件生成后被添加过内容。请确认后把它补进数据，重新生成。"
        )
        places = (Place(file, pointer, label, slot.reading.raw, slot.reading.evidence),)
        yield Finding(RULE, Severity.FIX, message, places, fix="把添加的内容补进数据后重新生成")
