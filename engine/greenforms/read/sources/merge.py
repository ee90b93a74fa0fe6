"""Merges the sources of one paper: embedded record, tagged controls, structure.

An earlier source wins, and wherever a later one says something else that is a finding, never a silent choice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from greenforms.check.pointers import node_at
from greenforms.finding import Finding, Place, Severity
from greenforms.form.edit import put
from greenforms.form.form import Form
from greenforms.form.tree import ABSENT, Group, at, values
from greenforms.place import describe
from greenforms.read.extraction import Extraction, FieldReading, MissingField
from greenforms.read.sources.charts import chart_findings, chart_texts
from greenforms.read.sources.derived import derived_findings
from greenforms.read.sources.record import hold_against_paper
from greenforms.read.sources.remarks import remark_findings, what_is_unread
from greenforms.read.sources.tags import add_controls, merge_controls
from greenforms.read.take.slots import StructureReading, problem_findings
from greenforms.read.take.taking import Taken
from greenforms.read.take.values import missing_fields
from greenforms.record import Record
from greenforms_extractors.match.result import Match, Unread

#: How much of a text that nobody asked for is quoted.
_QUOTED = 40
#: The same of the print of a chart.
_MOST_OF_CHART = 120


def merged(taken: Taken) -> Extraction:
    """One paper with each field from the first source that tells it."""
    return _from_record(taken, taken.record) if taken.record is not None else _from_paper(taken)


def _from_record(taken: Taken, record: Record) -> Extraction:
    add_controls(taken.form, taken.document, taken.structure)
    held = hold_against_paper(taken.file, taken.form, record.data, taken.structure)
    return _extraction(taken, held.data, held.fields, _missing(taken.form, held.data, taken.structure), held.findings)


def _from_paper(taken: Taken) -> Extraction:
    form, structure = taken.form, taken.structure
    disagreements = merge_controls(taken.file, form, taken.document, structure)
    data = _data(form, taken.identified.match, structure)
    fields = [slot.reading for slot in structure.slots.values() if not slot.blank]
    missing = _missing(form, data, structure, {field.path for field in fields})
    findings = [*disagreements, *problem_findings(taken.file, form, structure.slots)]
    return _extraction(taken, data, fields, missing, findings)


def _extraction(
    taken: Taken,
    data: Any,
    fields: Iterable[FieldReading],
    missing: tuple[MissingField, ...],
    findings: Iterable[Finding],
) -> Extraction:
    file, form, structure = taken.file, taken.form, taken.structure
    order = {value.pointer: number for number, value in enumerate(values(form.root, data))}
    return Extraction(
        file=file,
        form=form.id,
        form_confidence=1.0 if taken.record is not None else round(taken.identified.share, 3),
        data=data,
        fields=tuple(sorted(fields, key=lambda each: order.get(each.path, len(order)))),
        missing=missing,
        findings=(
            *taken.findings,
            *findings,
            *derived_findings(file, form.root, data, structure),
            *chart_findings(file, form, taken.document.charts, data),
            *_unread(file, form, data, taken.identified.match, structure),
            *remark_findings(file, form, taken.identified.match),
        ),
        pictures=structure.pictures,
        makers=taken.document.makers,
    )


def _data(form: Form, match: Match, structure: StructureReading) -> dict[str, Any]:
    """The values read. A list whose heading is there is there, too, unless a part around it is left out altogether."""
    data: dict[str, Any] = {}
    for pointer, slot in structure.slots.items():
        if not slot.blank and (slot.reading.value is not None or not slot.problems):
            put(data, pointer, slot.reading.value)
    for array in (each.pointer for each in match.lists):
        around = array.rpartition("/")[0]
        if at(data, array) is ABSENT and (at(data, around) is not ABSENT or _is_asked_for(form, around)):
            put(data, array, [])
    return data


def _is_asked_for(form: Form, pointer: str) -> bool:
    """Whether all parts down to this one must be filled in."""
    steps = pointer.split("/")
    ways = ("/".join(steps[: place + 1]) for place in range(1, len(steps)))
    return all(isinstance(node := node_at(form.root, way), Group) and node.required for way in ways)


def _missing(
    form: Form, data: Any, structure: StructureReading, written: Collection[str] = ()
) -> tuple[MissingField, ...]:
    """What the form asks for and the data lack, but for places where something is `written` that cannot be read."""
    places = {pointer: (slot.origin,) for pointer, slot in structure.slots.items()}
    lacking = missing_fields(form.root, data)
    return tuple(MissingField(path, label, places.get(path, ())) for path, label in lacking if path not in written)


def _print_of_chart(name: str, title: str, texts: Sequence[Unread]) -> Finding:
    printed = " ".join(" ".join(text.text.split()) for text in texts)
    quoted = printed if len(printed) <= _MOST_OF_CHART else printed[:_MOST_OF_CHART] + "…"
    message = f"{name} {describe(texts[0].origin)}图“{title}”上的文字按图看待，不是填写的内容：“{quoted}”。"
    place = Place(name, "", title, printed, texts[0].origin)
    return Finding("read/chart-text", Severity.WARN, message, (place,))


def _unread(name: str, form: Form, data: Any, match: Match, structure: StructureReading) -> list[Finding]:
    """Texts that are neither label nor value: listed, so that nothing is lost without a word.

    A text that was taken for a value and makes none has its finding as that value; the print of a chart has one.
    """
    charts = chart_texts(form, data, match.unread)
    findings = [_print_of_chart(name, title, texts) for title, texts in charts.items()]
    of_charts = {id(text) for texts in charts.values() for text in texts}
    doubted = {(slot.origin, slot.reading.raw.strip()) for slot in structure.slots.values() if slot.problems}
    for unread in match.unread:
        if id(unread) in of_charts or (unread.origin, unread.text.strip()) in doubted:
            continue
        text = " ".join(unread.text.split())
        quoted = text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
        message = f"{name} {describe(unread.origin)}{what_is_unread(form, unread, quoted)}。"
        place = Place(name, "", "", unread.text, unread.origin)
        findings.append(Finding("read/unread", Severity.ASK, message, (place,)))
    return findings
