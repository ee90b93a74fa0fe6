"""Where the forms are found in a checkout; `test_wheel` looks at the installed case."""

from __future__ import annotations

from pathlib import Path

from greenforms.bundled import examples_dir, schemas_dir, templates_dir

ROOT = Path(__file__).resolve().parents[2]


def test_a_checkout_uses_its_own_folders() -> None:
    """an editable installation reads the folders of the repository, so that a changed form counts at once."""
    assert (schemas_dir(), templates_dir(), examples_dir()) == (ROOT / "schemas", ROOT / "templates", ROOT / "examples")
    assert schemas_dir().is_dir()
