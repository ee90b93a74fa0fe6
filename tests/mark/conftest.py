"""What an applicant sends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from faulty_papers import faulty

from greenforms.render.paper import render
from greenforms.workbook.writing import make_workbook
from shipped import load_form


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Makes what an applicant sends: a fill-in workbook, or the official form in a format."""
    folder = tmp_path_factory.mktemp("sent")

    def make(form: str, kind: str) -> Path:
        path = folder / f"{form.rpartition('/')[2]}-{kind}{'.xlsx' if kind == 'workbook' else f'.{kind}'}"
        if not path.exists():
            made = load_form(form)
            content = (
                make_workbook(made, faulty(form)) if kind == "workbook" else render(made, faulty(form), kind, None)
            )
            path.write_bytes(content)
        return path

    return make
