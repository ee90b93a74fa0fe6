"""What reading a file gives: the form's data with evidence for each field, what is missing and what was noticed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from greenforms.finding import Finding
from greenforms_extractors.origin import Origin

Source = Literal["record", "control", "structure", "ocr"]
#: How far a value may be relied on: green as it stands, amber after a look at the paper, red not at all.
Grade = Literal["green", "amber", "red"]


@dataclass(frozen=True, slots=True)
class FieldReading:
    """One field as read. `value` is what the data hold, `raw` the text as printed, `places` everywhere it stands: a
    text of several paragraphs, or one that goes on on the next page, has more than one, what only a record says none.
    `confidence` of recognised text (source `ocr`) is the chance that the value is right. `doubt` is a Chinese clause on
    why such a field is not green.
    """

    path: str
    label: str
    value: Any
    raw: str
    unit: str | None
    confidence: float
    source: Source
    places: tuple[Origin, ...]
    grade: Grade = "green"
    doubt: str = ""

    @property
    def evidence(self) -> Origin | None:
        """Where it begins."""
        return self.places[0] if self.places else None


@dataclass(frozen=True, slots=True)
class MissingField:
    """A required field the file does not fill, with the places left blank for it where they are known."""

    path: str
    label: str
    places: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """One file read as one form. `pictures` are the contents of the pictures named in the data.

    `form_confidence` is how much of the form's blank was found, 1 for a paper that its record tells, and less under
    another title; `form_doubt` is a Chinese clause on why it may be another form. `sha256` is the hash of the file, in
    hexadecimal; it is empty when what was read was no file. `makers` are who made the file by its properties.
    """

    file: str
    form: str
    form_confidence: float
    data: Any
    fields: tuple[FieldReading, ...]
    missing: tuple[MissingField, ...]
    findings: tuple[Finding, ...]
    pictures: dict[str, bytes] = field(default_factory=dict, repr=False)
    sha256: str = ""
    form_doubt: str = ""
    makers: tuple[str, ...] = ()
