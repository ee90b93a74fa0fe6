"""What stands on a Word paper, by a library that knows nothing of forms."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.oxml.ns import qn


def text_of(paper: Path) -> str:
    """Its paragraphs, those of tables and content controls too, one a line."""
    body = docx.Document(str(paper)).element.body
    lines = ("".join(run.text or "" for run in line.iter(qn("w:t"))) for line in body.iter(qn("w:p")))
    return "\n".join(lines)
