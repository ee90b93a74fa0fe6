"""The lines of the tables of a batch: of each file, of each reading, and of each finding."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from greenforms.batch.ledger import Outcome
from greenforms.batch.places import kept_of
from greenforms.finding import SEVERITY_WORDS, Severity
from greenforms.form.library import Library
from greenforms.place import describe, origin_from
from greenforms.readings import csvfile
from greenforms.readings.paper import PaperReading, extraction_of, is_reading
from greenforms.record import parse_json

FILES = (
    "文件", "结果", "表单", "表单名称", "识别可信度", "栏目", "绿", "黄", "红", "未找到",
    "必须改", "应改", "提示", "请确认", "说明",
)  # fmt: skip
READINGS = csvfile.COLUMNS
FINDINGS = ("文件", "程度", "问题", "怎么办", "栏目", "路径", "读到的值", "位置", "依据", "编号")

Row = tuple[str, ...]

_STATES = {"waiting": "还没有做", "leased": "还没有做", "done": "做成", "failed": "没有做成"}
_COUNTS = ("fields", "green", "amber", "red", "missing", *(severity.value for severity in Severity))


def file_row(outcome: Outcome) -> Row:
    """What became of one file."""
    note: dict[str, Any] = json.loads(outcome.note or "{}")
    aside = outcome.state == "done" and "act" in note
    state = "暂不能识别" if aside else _STATES[outcome.state]
    confidence = f"{note['confidence']:.4f}" if "confidence" in note else ""
    counts = (str(note[name]) if name in note else "" for name in _COUNTS)
    said = "\n".join((note.get("message", ""), *note.get("more", ())))
    texts = (outcome.name, state, note.get("form") or "", note.get("title", ""), confidence, *counts, said)
    return tuple(map(csvfile.no_formula, texts))


def shape_of(output: Path, outcome: Outcome) -> Any:
    """The JSON of a file that is done; None where it was taken away meanwhile."""
    place = kept_of(output, outcome.name)
    return None if place is None else parse_json(place.read_text("utf-8"))


def reading_rows(library: Library, shape: Any, name: str) -> Sequence[Row]:
    """The lines of one paper that was read."""
    return csvfile.rows_of(library, PaperReading(extraction_of(shape, name))) if is_reading(shape) else ()


def finding_rows(shape: Any, name: str) -> Iterator[Row]:
    """The lines of what was found on one file, or on one unit's papers."""
    for finding in shape.get("findings", ()):
        places = finding["places"] or [{}]
        citation = finding["citation"] or {}
        texts = (
            name,
            SEVERITY_WORDS[Severity(finding["severity"])],
            finding["message"],
            finding["fix"] or "",
            "；".join(str(place.get("label") or "") for place in places),
            "；".join(str(place.get("path") or "") for place in places),
            "；".join(_value(place.get("value")) for place in places),
            "；".join(_where(place.get("evidence")) for place in places),
            " ".join(filter(None, (citation.get("document"), citation.get("article")))),
            finding["rule"],
        )
        yield tuple(map(csvfile.no_formula, texts))


def _value(value: Any) -> str:
    return "" if value is None else str(value) if isinstance(value, str | int) else json.dumps(value, default=str)


def _where(evidence: Any) -> str:
    return "" if evidence is None else describe(origin_from(evidence))
