"""The roster in the two old binary formats, for tests that change or only read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from old_files import aged

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.render.paper import render
from shipped import load_form


@pytest.fixture(scope="session")
def old_rosters() -> dict[str, bytes]:
    """The shipped roster as .doc and as .xls."""
    form, data = load_form("nm-2024/cultivation-roster"), datafile.load(str(examples_dir() / "cultivation-roster.json"))
    return {
        old: aged(render(form, data.data, kind, data.base), f".{kind}", old)
        for kind, old in (("docx", ".doc"), ("xlsx", ".xls"))
    }


@pytest.fixture
def roster(old_rosters: dict[str, bytes], tmp_path: Path) -> Path:
    """The roster as .doc."""
    path = tmp_path / "名单.doc"
    path.write_bytes(old_rosters[".doc"])
    return path


@pytest.fixture
def sheet(old_rosters: dict[str, bytes], tmp_path: Path) -> Path:
    """The roster as .xls."""
    path = tmp_path / "名单.xls"
    path.write_bytes(old_rosters[".xls"])
    return path
