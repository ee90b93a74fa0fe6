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
from papers import example_forms
from shipped import load_form

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def read_example():
    """Reads a shipped example by name."""

    def read(name: str) -> tuple[Form, Any]:
        path = examples_dir() / f"{name}.json"
        return load_form(example_forms()[name]), json.loads(path.read_text("utf-8"), parse_float=Decimal)

    return read
