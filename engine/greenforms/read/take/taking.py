"""Takes one document: its record, the form it is, what stands in the slots, and what its reader noticed."""

from __future__ import annotations

from dataclasses import dataclass, field

from greenforms.errors import InputError
from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.naming import ALL_FORMS
from greenforms.form.tree import misfits
from greenforms.read.take.ditto import resolve_dittos
from greenforms.read.take.fractions import doubt_fractions
from greenforms.read.take.identify import Identified, identify
from greenforms.read.take.page_order import page_order_findings
from greenforms.read.take.slots import StructureReading, read_structure
from greenforms.record import DamagedRecord, Record, read_record
from greenforms_extractors.layout_table import without_layout_tables
from greenforms_extractors.model import Document
from greenforms_extractors.side_by_side import without_halves


@dataclass(slots=True)
class Taken:
    """A document laid out as a form. `record` is the embedded one, where it is of this form and can be believed."""

    file: str
    document: Document
    identified: Identified
    structure: StructureReading
    record: Record | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def form(self) -> Form:
        """The form it was taken for."""
        return self.identified.form


def take_document(
    library: Library, document: Document, name: str, form_id: str | None = None, edition: str | None = None
) -> Taken:
    """Take a document as `form_id`, or as whichever form it is, one of `edition` if given; `name` is its file's.

    Raises InputError for a document that is no known form, or not the one it is said to be.
    """
    document = without_halves(without_layout_tables(document))
    record = read_record(document.attachments)
    wanted = library.form(form_id) if form_id else _recorded_form(library, record, name)
    identified = identify(library, document, name, wanted, edition)
    structure = read_structure(identified.form, identified.match)
    resolve_dittos(structure.slots)
    doubt_fractions(structure.slots)
    taken = Taken(name, document, identified, structure)
    taken.findings += _notices(document, name, taken.form)
    taken.findings += page_order_findings(name, taken.form, document)
    if isinstance(record, Record) and record.form == identified.form.id:
        record = _of_shape(record, identified.form)
        taken.record = record if isinstance(record, Record) else None
    if isinstance(record, DamagedRecord):
        taken.findings.append(_damaged(record, name))
    return taken


def _recorded_form(library: Library, record: Record | DamagedRecord | None, name: str) -> Form | None:
    if not isinstance(record, Record):
        return None
    if record.form not in library.form_ids:
        raise InputError(
            f"文件“{name}”是按表单“{record.form}”生成的，本机没有这个版本的表单。"
            f"请换用本年度的空表重新填写，或安装含有该版本的程序。{ALL_FORMS}"
        )
    return library.form(record.form)


def _of_shape(record: Record, form: Form) -> Record | DamagedRecord:
    """The record if its data have the shape its form prints, as all have that we embed."""
    if next(misfits(form.root, record.data), None) is None:
        return record
    return DamagedRecord("内嵌数据记录里有表上没有的项或类型不对的内容，不是本程序写出的")


def _notices(document: Document, name: str, form: Form) -> list[Finding]:
    """What the reader wants known, but for the text in drawings that are charts of the form."""
    titles = [chart.title for chart in form.library.charts.get(form.layout, ())]
    return [
        Finding(f"file/{notice.code}", Severity.WARN, f"{name}：{notice.message}", (Place(name, "", ""),))
        for notice in document.notices
        if notice.code != "figure-text" or not any(title in notice.message for title in titles)
    ]


def _damaged(record: DamagedRecord, name: str) -> Finding:
    message = f"{name}：文件内嵌的数据记录不可信：{record.reason}。已改为按纸面文字读取，请核对读取结果。"
    return Finding("record/damaged", Severity.WARN, message, (Place(name, "", ""),))
