"""Folders of forms to break, and folders to lay over the shipped one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from greenforms.check.packages import lint_packages
from greenforms.form.library import Library
from shipped import few_editions

ROOT = Path(__file__).resolve().parents[2]
#: Changes a layout or a vocabulary file and gives what `forms check` then says of the whole folder.
Broken = Callable[[str, Callable[[Any], None]], list[str]]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the shipped folder with few editions."""
    return few_editions(tmp_path / "copy")


@pytest.fixture
def broken(copied: Path) -> Broken:
    def check(file: str, change: Callable[[Any], None]) -> list[str]:
        path = copied / "schemas" / f"{file}.schema.json"
        content = json.loads(path.read_text("utf-8"))
        change(content)
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return lint_packages(Library(copied))

    return check


@pytest.fixture
def over(tmp_path: Path) -> Path:
    """A folder with one edition that prints a shipped layout, and a layout of its own with shipped facts."""
    folder = tmp_path / "over"
    for name in ("facts", "layouts", "editions"):
        (folder / "schemas" / name).mkdir(parents=True)
    (folder / "templates").mkdir()
    shared = {
        "name": "roster",
        "layout": "cultivation-roster",
        "title": "培育名单库表（试行）",
        "annex": "附件1",
        "document": "xx-notice",
        "grade": "A",
        "grade_note": "",
        "outputs": ["docx", "xlsx"],
        "filled_by": "盟市",
        "received_by": "省",
        "titles": ["培育名单库表（试行）"],
    }
    own = {
        **shared,
        "name": "letter",
        "layout": "letter",
        "title": "情况说明",
        "titles": ["情况说明"],
        "outputs": ["docx"],
    }
    edition = {
        "edition": "xx-2025",
        "title": "某省（2025年）",
        "authority": "某省",
        "region": None,
        "in_force": {"from": None, "to": None},
        "documents": [{"id": "xx-notice", "title": "某省的通知"}],
        "forms": [shared, own],
    }
    layout = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://greenforms.invalid/layouts/letter.schema.json",
        "title": "情况说明",
        "type": "object",
        "required": ["unit", "years"],
        "additionalProperties": False,
        "properties": {
            "unit": {"$ref": "../facts/unit.schema.json#/$defs/name/$defs/text"},
            "years": {"$ref": "../facts/finance.schema.json#/$defs/accounts_of_three_years"},
            "contact": {
                "$ref": "../facts/unit.schema.json#/$defs/contact",
                "unevaluatedProperties": False,
                "properties": {
                    "name": {"title": "填表人"},
                    "post": {"title": "职务", "type": "string", "x-codec": "text"},
                },
            },
        },
    }
    (folder / "templates/letter.docx").touch()  # never opened here
    write(folder / "schemas/editions/xx-2025.yaml", edition)
    write(folder / "schemas/layouts/letter.schema.json", layout)
    return folder


def write(path: Path, content: Any) -> None:
    """A data file; JSON is YAML, too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
