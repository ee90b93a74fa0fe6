"""The JSON shape of a procedure: what is to be handed in, by whom, to whom, and how many days are left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from greenforms.check.deadlines import Due
from greenforms.finding import Citation
from greenforms.form.library import Library
from greenforms.form.procedure import DuePaper, Procedure


def procedure_json(library: Library, procedure: Procedure, due: Sequence[Due], day: date) -> dict[str, Any]:
    """One procedure; `due` are its deadlines as they stand on `day`."""

    def cited(citation: Citation | None) -> dict[str, str] | None:
        if citation is None:
            return None
        title = library.edition(procedure.edition).document_title(citation.document)
        return {"document": title, "article": citation.article}

    return {
        "procedure": procedure.id,
        "title": procedure.title,
        "types": list(procedure.types),
        "submits": procedure.submits,
        "receives": procedure.receives,
        "through": procedure.through,
        "note": procedure.note,
        "citation": cited(procedure.citation),
        "as_of": day.isoformat(),
        "deadlines": [_due_json(each) for each in due],
        "papers": [{**_paper_json(library, each), "citation": cited(each.citation)} for each in procedure.papers],
        "attachments": [
            {
                "title": each.title,
                "types": list(each.types),
                "optional": each.optional,
                "citation": cited(each.citation),
            }
            for each in procedure.attachments
        ],
        "not_needed": [
            {"what": each.what, "types": list(each.types), "why": each.why, "citation": cited(each.citation)}
            for each in procedure.not_needed
        ],
    }


def _paper_json(library: Library, paper: DuePaper) -> dict[str, Any]:
    form = library.form(paper.form)
    return {
        "form": paper.form,
        "title": form.title,
        "types": list(paper.types),
        "optional": paper.optional,
        "within": paper.within,
        "copies": {"paper": paper.copies.paper, "electronic": paper.copies.electronic},
        "kinds": list(paper.kinds),
        "filled_by": paper.filled_by or form.entry.filled_by,
        "received_by": paper.received_by or form.entry.received_by,
    }


def _due_json(due: Due) -> dict[str, Any]:
    return {
        "what": due.deadline.what,
        "words": due.words,
        "after": due.deadline.after,
        "last": due.last.isoformat() if due.last else None,
        "days_left": due.days,
        "working_days_left": due.working,
        "citation": {"document": due.citation.document, "article": due.citation.article} if due.citation else None,
    }
