"""What was carried as JSON: the shape of a reading, to be checked and printed, each value with where it is from."""

from __future__ import annotations

from typing import Any

from greenforms.carry.choosing import Carried
from greenforms.carry.filling import Prefilled
from greenforms.carry.material import Statement
from greenforms.form.labels import called, container
from greenforms.form.tree import leaf_at
from greenforms.place import describe
from greenforms.read.take.values import missing_fields
from greenforms.report import evidence_json


def label_of(result: Prefilled, pointer: str) -> str:
    """What the new form calls a place; "" for none."""
    return called(result.form, pointer) or container(result.form.root, pointer) or "" if pointer else ""


def year_of(statement: Statement) -> str:
    """The year that a statement is of, else that of its paper; "" where neither is told."""
    return statement.fact.period or statement.fact.as_of or statement.paper.year


def source_text(statement: Statement) -> str:
    """Where a value is from, in words: file, form, place, year."""
    fact = statement.fact
    place = f" {describe(fact.evidence)}" if fact.evidence is not None else ""
    year = f"{year_of(statement)}年" if year_of(statement) else "未写年份"
    return f"“{fact.document}”（《{statement.paper.form.title}》，{year}）{place}“{fact.label}”"


def result_json(result: Prefilled, name: str) -> dict[str, Any]:
    """The data with the source of every value, and what was left open; `name` is the file it is written to."""
    return {
        "file": name,
        "form": result.form.id,
        "form_confidence": 1.0,
        "unit": result.unit,
        "data": result.data,
        "fields": [_field(result, each) for each in result.carried],
        "missing": [{"path": path, "label": label} for path, label in missing_fields(result.form.root, result.data)],
        "findings": [],
        "left": [
            {
                "path": each.pointer,
                "label": label_of(result, each.pointer),
                "reason": each.reason,
                "sources": [_source(statement) for statement in each.statements],
            }
            for each in result.left
        ],
    }


def _field(result: Prefilled, each: Carried) -> dict[str, Any]:
    leaf = leaf_at(result.form.root, each.pointer)
    return {
        "path": each.pointer,
        "label": label_of(result, each.pointer),
        "value": each.value,
        "raw": each.statement.fact.printed,
        "unit": leaf.unit if leaf is not None else None,
        "confidence": 1.0,
        "grade": "green",
        "source": "carried",
        "evidence": None,
        "places": [],
        "carried": _source(each.statement),
    }


def _source(statement: Statement) -> dict[str, Any]:
    fact = statement.fact
    return {
        "document": fact.document,
        "form": statement.paper.form.id,
        "path": fact.path,
        "label": fact.label,
        "printed": fact.shown,
        "year": year_of(statement),
        "evidence": evidence_json(fact.evidence),
    }
