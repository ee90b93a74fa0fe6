"""One data set onto its official form: checked, printed, and a PDF read back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from greenforms import datafile
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.tree import misfits
from greenforms.readings.inputs import Input
from greenforms.report import findings_json

#: What is to be done where nothing could be printed.
STOPPED = "以上有表上没有的项或类型不对的内容，印不到表上，请改正后再试"


@dataclass(frozen=True, slots=True)
class Made:
    """A paper made: its file, None where there is none; the pages where its format has them."""

    form: Form
    file: str | None
    pages: int | None = None

    @classmethod
    def of(cls, form: Form, file: str, kind: str, content: bytes) -> Made:
        """What was made, its pages counted."""
        return cls(form, file, _pages(content) if kind == "pdf" else None)

    def to_json(self, findings: Sequence[Finding]) -> dict[str, Any]:
        """The result as the command line writes it."""
        return {"file": self.file, "form": self.form.id, "pages": self.pages, **findings_json(findings)}


def print_form(
    form: Form, given: Input, output: str, kind: str, as_of: date, *, force: bool
) -> tuple[Made, tuple[Finding, ...]]:
    """Write the paper, and what is to be said of it; nothing is written of data that cannot be printed."""
    from greenforms.pack.crosscheck import check_data
    from greenforms.render.legible import print_findings
    from greenforms.render.paper import render

    findings = check_data(form, given.data, given.name, as_of, given.findings)
    if next(misfits(form.root, given.data), None) is not None:
        return Made(form, None), findings
    content = render(form, given.data, kind, given.base)
    datafile.write(output, content, force=force)
    if kind == "pdf":
        findings = (*findings, *print_findings(form, given.data, output))
    if kind == "pdf" and output != datafile.STANDARD_STREAM:
        findings = (*findings, *_lost_in_print(form, Path(output)))
    return Made.of(form, output, kind, content), findings


def _lost_in_print(form: Form, path: Path) -> tuple[Finding, ...]:
    """Where the PDF does not say what was filled in: LibreOffice can lose a letter beside a character no font has."""
    from greenforms.read.paper import read_paper

    return read_paper(form.library, path).findings


def _pages(content: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(content)).pages)
