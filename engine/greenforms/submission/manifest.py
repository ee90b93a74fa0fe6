"""The manifest of a pack: which files it holds, with their SHA-256, form ids and the facts they state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from greenforms.dossier.paper import Paper
from greenforms.report import json_text
from greenforms.submission.asking import Asking
from greenforms.submission.papers import Plan

#: Number of the manifest's layout.
VERSION = 1


def manifest_json(asking: Asking, plan: Plan, digests: Mapping[str, str], *, draft: bool) -> bytes:
    """The manifest; `digests` are the SHA-256 of the files by name. It does not list itself."""
    forms = {paper.file: paper for paper in plan.papers}
    said = {
        "manifest": VERSION,
        "procedure": asking.procedure.id,
        "type": asking.type,
        "draft": draft,
        "files": [
            {
                "file": name,
                "sha256": digest,
                "form": forms[name].form.id if name in forms else None,
                "title": forms[name].form.title if name in forms else None,
                "edition": forms[name].form.edition.id if name in forms else None,
            }
            for name, digest in digests.items()
        ],
        "facts": [fact for paper in plan.papers for fact in _facts(Paper(paper.form, paper.data, paper.file))],
    }
    return f"{json_text(said)}\n".encode()


def _facts(paper: Paper) -> list[dict[str, Any]]:
    return [
        {
            "file": paper.document,
            "path": fact.path,
            "fact": fact.fact,
            "subject": fact.subject,
            "item": fact.item or None,
            "period": fact.period or None,
            "boundary": fact.boundary or None,
            "value": fact.value,
            "unit": fact.unit,
        }
        for fact in paper.facts
    ]
