"""Who knows what: raw schemas are read where forms are loaded, value types are told apart by what they say they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from form.conftest import ROOT

ENGINE = ROOT / "engine" / "greenforms"
#: Those who hand the whole schema to a validator or to the user, and look at none of its keywords.
WHOLE_SCHEMA = {"api.py", "check/explain.py", "check/structure.py", "cli/schema.py", "station/api/forms.py"}
#: Those who build the name of a rule from that of a codec.
RULE_NAMES = {
    "check/values.py",
    "readings/correcting.py",
    "read/take/slots.py",
    "workbook/taking.py",
    "station/filing/noticed.py",
}


def users(pattern: str) -> Iterator[str]:
    for path in sorted(ENGINE.rglob("*.py")):
        inside = path.relative_to(ENGINE)
        if inside.parts[0] not in {"form", "codec"} and re.search(pattern, path.read_text("utf-8")):
            yield inside.as_posix()


def test_nobody_walks_raw_schema() -> None:
    """This test ensures that outside `form/` schemas are passed on whole: the field tree says what they say."""
    assert set(users(r"(?<!pyarrow)\.schema\b(?!_|\.json)")) == WHOLE_SCHEMA
    assert list(users(r"[\"'](\$ref|minItems|maxItems|\$defs|x-[a-z-]+)[\"']\]|get\([\"'](\$ref|minItems|x-)")) == []


def test_nobody_compares_names_of_codecs() -> None:
    """This test ensures that what a value type is stands in its class, not in lists of names elsewhere."""
    assert set(users(r"codec\.name")) == RULE_NAMES
    assert list(users(r"codec\.name\s*(==|!=|in\b|not\b)|[\w.]+\.get\([\w.]*codec\.name|\[[\w.]*codec\.name\]")) == []


def test_nobody_remembers_a_library() -> None:
    """This test ensures that only the doors, the command line and the interface, ask for the folders in use."""
    assert set(users(r"open_library\(|form_folders\(")) == {"api.py", "bundled.py", "cli/library.py"}
