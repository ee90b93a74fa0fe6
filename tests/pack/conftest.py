"""Papers that a test puts into a folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from greenforms.bundled import examples_dir
from greenforms.record import parse_json
from greenforms.render.paper import render
from greenforms.report import json_text
from papers import Put, example
from shipped import load_form


@cache
def _rendered(form: str, kind: str, text: str) -> bytes:
    return render(load_form(form), parse_json(text), kind, examples_dir())


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Render data into the folder under a file name."""

    def write(name: str, form: str, data: Any) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_rendered(form, path.suffix[1:], json_text(data)))
        return path

    return write


@pytest.fixture
def plan() -> Any:
    return example("cultivation-plan-factory")


@pytest.fixture
def roster() -> Any:
    return example("cultivation-roster")
