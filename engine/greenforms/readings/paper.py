"""One paper as it was read, and what somebody wrote beside the readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from greenforms.errors import InputError
from greenforms.finding import Citation, Finding, Place, Severity
from greenforms.place import origin_from
from greenforms.read.extraction import Extraction, FieldReading, MissingField
from greenforms_extractors.origin import Origin

#: What tells the JSON of a reading from a data set: no form has these fields.
_MARKS = frozenset({"file", "form", "data", "fields", "missing", "findings"})


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody wrote for a field: the text as typed and where it stands."""

    text: str
    evidence: Origin


@dataclass(frozen=True, slots=True)
class PaperReading:
    """One paper as read. `link` leads to the file from the folder of the workbook; corrections are by pointer."""

    extraction: Extraction
    link: str = ""
    corrections: Mapping[str, Correction] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the paper is called among the others."""
        return self.extraction.file


def is_reading(shape: Any) -> bool:
    """Whether a JSON value is what `extract` writes for one file."""
    return isinstance(shape, dict) and shape.keys() >= _MARKS


def papers_in(content: Any, name: str) -> tuple[PaperReading, ...] | None:
    """The papers of what `extract` wrote, one file's or a list; None when the content is something else."""
    shapes = content if isinstance(content, list) else [content]
    if not shapes or not all(map(is_reading, shapes)):
        return None
    return tuple(PaperReading(extraction_of(shape, name)) for shape in shapes)


def extraction_of(shape: Any, name: str) -> Extraction:
    """The reading behind its JSON (`greenforms.report.extraction_json`), all but the contents of pictures.

    Raises InputError when somebody changed its structure; `name` is the file it stands in.
    """
    try:
        return Extraction(
            file=_text(shape["file"]),
            form=_text(shape["form"]),
            form_confidence=float(shape.get("form_confidence", 1)),
            data=shape["data"],
            fields=tuple(map(_field, shape["fields"])),
            missing=tuple(MissingField(_text(each["path"]), _text(each["label"])) for each in shape["missing"]),
            findings=tuple(map(_finding, shape["findings"])),
            sha256=_text(shape.get("sha256", "")),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"“{name}”是读取结果，但其中的结构被改动过，无法读取。请只改 data 里的内容，或重新运行 extract。"
        ) from error


def _field(shape: Any) -> FieldReading:
    return FieldReading(
        path=_text(shape["path"]),
        label=_text(shape["label"]),
        value=shape["value"],
        raw=_text(shape["raw"]),
        unit=shape["unit"],
        confidence=float(shape["confidence"]),
        source=shape["source"],
        places=tuple(map(origin_from, shape["places"])),
        grade=shape["grade"],
        doubt=shape.get("doubt", ""),
    )


def _finding(shape: Any) -> Finding:
    return Finding(
        rule=_text(shape["rule"]),
        severity=Severity(shape["severity"]),
        message=_text(shape["message"]),
        places=tuple(map(_place, shape["places"])),
        citation=Citation(**shape["citation"]) if shape["citation"] else None,
        fix=shape["fix"],
        suggestion=shape.get("suggestion"),
    )


def _place(shape: Any) -> Place:
    return Place(**{**shape, "evidence": origin_from(shape["evidence"]) if shape["evidence"] is not None else None})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value
