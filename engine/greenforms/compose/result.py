"""What was drafted as JSON, in the shape of a reading: to be checked and printed, each value with where it is from."""

from __future__ import annotations

from typing import Any

from greenforms.check.pointers import label
from greenforms.compose.draft import Draft, Filled
from greenforms.form.tree import leaf_at
from greenforms.read.take.values import missing_fields
from greenforms.report import evidence_json


def result_json(draft: Draft, name: str) -> dict[str, Any]:
    """The data with the source of every value and what is still to be filled in; `name` is the file of the paper."""
    form = draft.form
    return {
        "file": name,
        "form": form.id,
        "form_confidence": 1.0,
        "unit": draft.unit,
        "data": draft.data,
        "fields": [_field(draft, each) for each in draft.filled.values()],
        "missing": [{"path": path, "label": title} for path, title in missing_fields(form.root, draft.data)],
        "findings": [],
        "prompts": [
            {
                "path": each.pointer,
                "label": label(form, each.pointer),
                "reason": each.reason,
                "figures": list(each.figures),
            }
            for each in draft.prompts
        ],
    }


def _field(draft: Draft, each: Filled) -> dict[str, Any]:
    leaf = leaf_at(draft.form.root, each.pointer)
    fact = each.statement.fact if each.statement is not None else None
    return {
        "path": each.pointer,
        "label": label(draft.form, each.pointer),
        "value": each.value,
        "raw": fact.printed if fact is not None else "",
        "unit": leaf.unit if leaf is not None else None,
        "confidence": 1.0,
        "grade": "green",
        "source": "drafted",
        "evidence": None,
        "places": [],
        "drafted": each.source,
        **({"from": {"document": fact.document, "path": fact.path, "fact": fact.fact, "period": fact.period,
                     "evidence": evidence_json(fact.evidence)}} if fact is not None else {}),
    }  # fmt: skip
