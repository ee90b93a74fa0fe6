"""A 补正通知: what must be put right, item by item, as the data of a letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from greenforms.finding import Finding, Severity
from greenforms.form.form import Form
from greenforms.form.letter import letter_of
from greenforms.form.library import Library
from greenforms.form.procedure import Procedure
from greenforms.pack.due import titled
from greenforms.pack.register import Unit
from greenforms.place import describe
from greenforms.render.word import fill_word

_LETTER = "correction-notice"
_GRAVE = (Severity.BLOCK, Severity.FIX)
_BASIS = "依据："


def is_due(findings: Sequence[Finding]) -> bool:
    """Whether there is anything that the sender must put right."""
    return any(finding.severity in _GRAVE for finding in findings)


def notice_data(
    library: Library, procedure: Procedure, units: Sequence[Unit], findings: Sequence[Finding], day: date
) -> dict[str, Any]:
    """The letter's data: one item a finding. Number, issuer and term are left for whoever signs it."""
    cited = titled(library, procedure, procedure.citation)
    return {
        "unit": "、".join(unit.name for unit in units),
        "matter": procedure.title,
        "basis": f"《{cited.document}》{cited.article}",
        "letter": {"attachments": "应补正的事项", "date": day.isoformat()},
        "rows": [_item(library, finding) for finding in findings if finding.severity in _GRAVE],
    }


def print_notice(library: Library, procedure: Procedure, data: dict[str, Any]) -> bytes:
    """The letter as .docx. It is a draft for the authority, not a paper that is read back, and carries no record."""
    return fill_word(notice_form(library, procedure), data, None, None, blank=False)


def notice_form(library: Library, procedure: Procedure) -> Form:
    """The letter as the authority of a procedure writes it."""
    return letter_of(library, procedure.edition, _LETTER)


def _item(library: Library, finding: Finding) -> dict[str, str]:
    """One item: which paper, where, what is wrong, by which clause, what to do."""
    first = finding.places[0] if finding.places else None
    where = "".join(filter(None, (describe(first.evidence) if first and first.evidence else "", _label(finding))))
    said = {
        "paper": (first.document if first else "") or "整套材料",
        "place": where,
        "reason": _reason(finding),
        "clause": _clause(library, finding),
        "remedy": finding.fix or "请核对并改正",
    }
    return {name: text for name, text in said.items() if text}


def _label(finding: Finding) -> str:
    label = finding.places[0].label if finding.places else ""
    return f"“{label}”" if label else ""


def _reason(finding: Finding) -> str:
    """The message without what stands in the other columns."""
    text = finding.message.partition(_BASIS)[0]
    return (text.replace(f"{finding.fix}。", "") if finding.fix else text).strip() or finding.message


def _clause(library: Library, finding: Finding) -> str:
    if finding.citation is None:
        return ""
    own = finding.rule.partition("/")[0]
    documents = library.edition(own).documents if own in library.edition_ids else ()
    titles = {document.id: document.title for document in documents}
    return f"《{titles.get(finding.citation.document, finding.citation.document)}》{finding.citation.article}"
