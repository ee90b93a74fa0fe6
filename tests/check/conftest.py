"""The shipped examples, and the forms they fill."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from greenforms.bundled import examples_dir
from greenforms.form.form import Form
from shipped import load_form

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def read_example():
    """Reads a shipped example by name."""

    def read(name: str) -> tuple[Form, Any]:
        path = examples_dir() / f"{name}.json"
        form = next(form for form in FORMS if name.startswith(form.split("/")[1]))
        return load_form(form), json.loads(path.read_text("utf-8"), parse_float=Decimal)

    return read


FORMS = (
    "nm-2024/cultivation-plan",
    "nm-2024/cultivation-roster",
    "he-2024/recommendation-summary",
    "he-2024/typical-experience",
)
