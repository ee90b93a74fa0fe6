"""One statement as other programs take it, in the shape of docs/schemas/facts-1.schema.json."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenforms.fact.statement import Fact
from greenforms.read.extraction import Extraction
from greenforms.readings.csvfile import no_formula
from greenforms.record import canonical_json
from greenforms.report import evidence_json

#: The version of the shape: it changes whenever a column changes its meaning, goes, or comes.
VERSION = "greenforms-facts-1"
COLUMNS = (
    "version",
    "entity",
    "entity_kind",
    "item",
    "application",
    "fact",
    "title",
    "period",
    "boundary",
    "value",
    "unit",
    "decimals",
    "printed",
    "listed",
    "document",
    "form",
    "path",
    "label",
    "place",
    "confidence",
    "hash",
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement with whom it is about as the first paper writes it, and the paper it stands on."""

    fact: Fact
    entity: str
    title: str
    form: str
    confidence: float
    hash: str


def stated(
    extraction: Extraction, facts: Iterable[Fact], entity: Mapping[str, str], titles: Mapping[str, str]
) -> Iterator[Stated]:
    """The statements of one paper. `entity` has the names of subjects by key, `titles` those of facts by id."""
    sure = {field.path: field.confidence for field in extraction.fields}
    digest = extraction.sha256 or hashlib.sha256(canonical_json(extraction.data).encode()).hexdigest()
    for fact in facts:
        confidence = sure.get(fact.path, extraction.form_confidence)
        name = entity.get(fact.subject, fact.subject)
        yield Stated(fact, name, titles[fact.fact], extraction.form, confidence, digest)


def line_of(one: Stated) -> dict[str, Any]:
    """The line of one statement, its columns in order; what does not apply is null."""
    fact = one.fact
    return {
        "version": VERSION,
        "entity": one.entity,
        "entity_kind": fact.entity,
        "item": fact.item or None,
        "application": fact.application or None,
        "fact": fact.fact,
        "title": one.title,
        "period": fact.period or None,
        "boundary": fact.boundary or None,
        "value": fact.value,
        "unit": fact.unit,
        "decimals": fact.decimals,
        "printed": fact.printed,
        "listed": fact.listed,
        "document": fact.document,
        "form": one.form,
        "path": fact.path,
        "label": fact.label,
        "place": evidence_json(fact.evidence),
        "confidence": round(one.confidence, 4),
        "hash": one.hash,
    }


def json_lines(statements: Sequence[Stated]) -> str:
    """One JSON object a line, figures with all their digits."""
    import simplejson

    written = (
        simplejson.dumps(line_of(one), ensure_ascii=False, use_decimal=True, allow_nan=False) for one in statements
    )
    return "".join(f"{line}\n" for line in written)


def csv_text(statements: Sequence[Stated]) -> str:
    """The same lines under their headings; a place is JSON in its cell. It begins with a byte-order mark, for Excel."""
    import simplejson

    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    for line in map(line_of, statements):
        place = "" if line["place"] is None else simplejson.dumps(line["place"], ensure_ascii=False, use_decimal=True)
        texts = {key: "" if each is None else no_formula(str(each)) for key, each in line.items()}
        table.writerow({**texts, "listed": "true" if line["listed"] else "false", "place": place})
    return f"\ufeff{written.getvalue()}"
