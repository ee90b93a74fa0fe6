"""What a printed paper says otherwise than its data, found by reading the PDF from which the scan was made."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from greenforms.api import OfficialForm
from greenforms.form.form import Form
from greenforms_scans.truth import score


def lost_in_print(form: Form, data: Any, pdf: bytes) -> frozenset[str]:
    """The fields that the PDF itself says otherwise: LibreOffice now and then drops a mark at the end of a line."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(pdf)
        read = OfficialForm(form).extract(file).data
    return frozenset(detail.pointer for detail in score(form, data, read).details)
