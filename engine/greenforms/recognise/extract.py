"""The one door to reading: a file in, its data with evidence out.

Reading order: embedded record, tagged controls, structure. An earlier source wins, and wherever a later one says
something else that is a finding, never a silent choice.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from greenforms.errors import InputError
from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.tree import ABSENT, at, misfits, values
from greenforms.place import describe
from greenforms.recognise.calibration import calibration
from greenforms.recognise.confidence import judge
from greenforms.recognise.controls import add_controls, merge_controls
from greenforms.recognise.derived import derived_findings
from greenforms.recognise.extraction import Extraction, FieldReading, MissingField
from greenforms.recognise.identify import Identified, identify
from greenforms.recognise.recorded import hold_against_paper
from greenforms.recognise.structure import StructureReading, problem_findings, read_structure
from greenforms.recognise.values import missing_fields, put
from greenforms.record import DamagedRecord, Record, read_record
from greenforms_extractors.guard import may_be_scanned
from greenforms_extractors.match.result import Match
from greenforms_extractors.model import Document
from greenforms_extractors.progress import Progress, silent
from greenforms_extractors.reading import read

#: How much of a text that nobody asked for is quoted.
_QUOTED = 40


def extract(
    library: Library,
    path: Path,
    form_id: str | None = None,
    progress: Progress = silent,
    edition: str | None = None,
) -> Extraction:
    """Read one file as a form. The form is recognised unless `form_id` names it, among those of `edition` if given.

    Raises UnreadableFile for a file that cannot be read, InputError for one that is no known form.
    """
    words = library.words if may_be_scanned(path) else ()
    return extract_document(library, read(path, progress, words), path.name, form_id, edition)


def extract_document(
    library: Library, document: Document, name: str, form_id: str | None = None, edition: str | None = None
) -> Extraction:
    """Take a document that has been read as a form; `name` is what the file is called."""
    record = read_record(document.attachments)
    wanted = library.form(form_id) if form_id else _recorded_form(library, record, name)
    identified = identify(library, document, name, wanted, edition)
    structure = read_structure(identified.form, identified.match)
    judge(structure.slots, identified.match, calibration())
    if isinstance(record, Record) and record.form == identified.form.id:
        record = _of_shape(record, identified.form)
    findings = _notices(document, name)
    if isinstance(record, DamagedRecord):
        findings.append(_damaged(record, name))
    if isinstance(record, Record) and record.form == identified.form.id:
        add_controls(name, identified.form, document, structure)
        return _from_record(name, identified, record, structure, findings)
    return _from_paper(name, identified, document, structure, findings)


def _recorded_form(library: Library, record: Record | DamagedRecord | None, name: str) -> Form | None:
    if not isinstance(record, Record):
        return None
    if record.form not in (known := library.form_ids):
        raise InputError(
            f"文件“{name}”是按表单“{record.form}”生成的，本机没有这个版本的表单。"
            f"请换用本年度的空表重新填写，或安装含有该版本的程序。现有表单：{'、'.join(known)}。"
        )
    return library.form(record.form)


def _of_shape(record: Record, form: Form) -> Record | DamagedRecord:
    """The record if its data have the shape its form prints, as all have that we embed."""
    if next(misfits(form.root, record.data), None) is None:
        return record
    return DamagedRecord("内嵌数据记录里有表上没有的项或类型不对的内容，不是本程序写出的")


def _from_record(
    name: str, identified: Identified, record: Record, structure: StructureReading, findings: list[Finding]
) -> Extraction:
    held = hold_against_paper(name, identified.form, record.data, structure)
    return Extraction(
        file=name,
        form=identified.form.id,
        form_confidence=1.0,
        data=held.data,
        fields=_in_form_order(identified.form, held.data, tuple(held.fields)),
        missing=_missing(identified.form, held.data),
        findings=(
            *findings,
            *held.findings,
            *derived_findings(name, identified.form.root, held.data, structure),
            *_unread(name, identified.match, structure),
        ),
        pictures=structure.pictures,
    )


def _from_paper(
    name: str, identified: Identified, document: Document, structure: StructureReading, findings: list[Finding]
) -> Extraction:
    form = identified.form
    disagreements = merge_controls(name, form, document, structure)
    data = _data(identified.match, structure)
    fields = tuple(slot.reading for slot in structure.slots.values() if not slot.blank)
    return Extraction(
        file=name,
        form=form.id,
        form_confidence=round(identified.confidence, 3),
        data=data,
        fields=_in_form_order(form, data, fields),
        missing=_missing(form, data, {field.path for field in fields}),
        findings=(
            *findings,
            *disagreements,
            *problem_findings(name, form, structure.slots),
            *derived_findings(name, form.root, data, structure),
            *_unread(name, identified.match, structure),
        ),
        pictures=structure.pictures,
    )


def _data(match: Match, structure: StructureReading) -> dict[str, Any]:
    """The values read. A list whose heading is there is there, too, unless the whole table around it is left blank."""
    data: dict[str, Any] = {}
    for pointer, slot in structure.slots.items():
        if not slot.blank and (slot.reading.value is not None or not slot.problems):
            put(data, pointer, slot.reading.value)
    for array in (each.pointer for each in match.lists):
        around = array.rpartition("/")[0]
        if at(data, array) is ABSENT and (not around or at(data, around) is not ABSENT):
            put(data, array, [])
    return data


def _in_form_order(form: Form, data: Any, fields: tuple[FieldReading, ...]) -> tuple[FieldReading, ...]:
    order = {value.pointer: number for number, value in enumerate(values(form.root, data))}
    return tuple(sorted(fields, key=lambda each: order.get(each.path, len(order))))


def _missing(form: Form, data: Any, written: Collection[str] = ()) -> tuple[MissingField, ...]:
    """What the form asks for and the data lack, but for places where something is `written` that cannot be read."""
    lacking = missing_fields(form.root, data)
    return tuple(MissingField(path, label) for path, label in lacking if path not in written)


def _notices(document: Document, name: str) -> list[Finding]:
    return [
        Finding(f"file/{notice.code}", Severity.WARN, f"{name}：{notice.message}", (Place(name, "", ""),))
        for notice in document.notices
    ]


def _damaged(record: DamagedRecord, name: str) -> Finding:
    message = f"{name}：文件内嵌的数据记录不可信：{record.reason}。已改为按纸面文字读取，请核对读取结果。"
    return Finding("record/damaged", Severity.WARN, message, (Place(name, "", ""),))


def _unread(name: str, match: Match, structure: StructureReading) -> list[Finding]:
    """Texts that are neither label nor value: listed, so that nothing is lost without a word.

    A text that was taken for a value and makes none has its finding as that value.
    """
    findings = []
    doubted = {(slot.origin, slot.reading.raw.strip()) for slot in structure.slots.values() if slot.problems}
    for unread in match.unread:
        if (unread.origin, unread.text.strip()) in doubted:
            continue
        text = " ".join(unread.text.split())
        quoted = text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
        what = f"有一处文字不属于任何栏目，未读取：“{quoted}”"
        if unread.whole_table:
            what = f"有一张表不属于本表单，未读取，以“{quoted}”开头"
        message = f"{name} {describe(unread.origin)}{what}。请核对是否填错位置。"
        findings.append(Finding("read/unread", Severity.ASK, message, (Place(name, "", "", unread.text),)))
    return findings
