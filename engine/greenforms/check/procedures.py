"""Procedures by id and type, and what is wrong with their files: forms, parameters and documents that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from greenforms.check.eligibility import procedures as judged
from greenforms.errors import UsageError
from greenforms.finding import Citation
from greenforms.form.library import Library
from greenforms.form.procedure import Attachment, DuePaper, NotNeeded, Procedure


def procedure_of(library: Library, procedure_id: str) -> Procedure:
    """One procedure by id. Raises UsageError, naming those there are, when there is none."""
    if procedure_id not in library.procedures:
        raise UsageError(f"没有编号为“{procedure_id}”的程序。现有：{'、'.join(library.procedures)}。")
    return library.procedures[procedure_id]


def type_in(procedure: Procedure, type_: str | None) -> str:
    """The type of applicant that is meant. Raises UsageError when it is not told, or not one of the procedure's."""
    if type_ is None and len(procedure.types) == 1:
        return procedure.types[0]
    listed = "、".join(procedure.types)
    if type_ is None:
        raise UsageError(f"请用 --type 写明申报的类型。“{procedure.id}”有：{listed}。")
    if type_ not in procedure.types:
        raise UsageError(f"程序“{procedure.id}”没有“{type_}”这一类。可选：{listed}。")
    return type_


def lint_procedures(library: Library) -> list[str]:
    """All errors of the procedures."""
    known = judged(library)
    errors: list[str] = []
    for procedure in library.procedures.values():
        if procedure.edition not in library.edition_ids:
            errors.append(f"{procedure.source}：没有编号为“{procedure.edition}”的版本，文件应与版本同名")
            continue
        where = f"{procedure.source}：程序“{procedure.id}”："
        errors += (f"{where}{error}" for error in _errors(library, procedure))
        if procedure.rules != (procedure.id,):
            errors += (f"{where}没有规则属于“{each}”（rules）" for each in procedure.rules if each not in known)
    return errors


def _errors(library: Library, procedure: Procedure) -> Iterator[str]:
    forms = set(library.form_ids)
    yield from (f"没有表单“{paper.form}”" for paper in procedure.papers if paper.form not in forms)
    for deadline in procedure.deadlines:
        parameter = library.parameters.get(deadline.parameter)
        if parameter is None:
            yield f"没有名为“{deadline.parameter}”的参数值（schemas/parameters）"
        elif any(not isinstance(each.value, dict) for each in parameter.values):
            yield f"参数“{deadline.parameter}”不是日期或期限"
        elif any("working_days" in each.value for each in parameter.values) and not deadline.after:
            yield f"期限“{deadline.what}”按工作日计，请用 after 写明从哪一天起算"
    documents = {document.id for document in library.edition(procedure.edition).documents}
    for citation in dict.fromkeys(_citations(procedure)):
        if citation.document not in documents:
            yield f"引用的文件“{citation.document}”不在 {procedure.edition} 的 documents 中"
    strange = dict.fromkeys(type_ for each in _parts(procedure) for type_ in each.types if type_ not in procedure.types)
    yield from (f"类型“{type_}”不在 types 中" for type_ in strange)
    layouts = {entry.layout for edition in library.edition_ids for entry in library.edition(edition).forms}
    named = [*(paper.within for paper in procedure.papers if paper.within)]
    named += [layout for each in procedure.not_needed for layout in each.layouts]
    yield from (f"没有版式“{layout}”" for layout in dict.fromkeys(named) if layout not in layouts)


def _citations(procedure: Procedure) -> Iterator[Citation]:
    yield procedure.citation
    yield from (each.citation for each in _parts(procedure))


def _parts(procedure: Procedure) -> Iterator[DuePaper | Attachment | NotNeeded]:
    yield from procedure.papers
    yield from procedure.attachments
    yield from procedure.not_needed
