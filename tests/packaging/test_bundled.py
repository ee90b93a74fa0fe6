"""Where the forms are found in a checkout; `test_wheel` looks at the installed case."""

from __future__ import annotations

from pathlib import Path

from greenforms.bundled import examples_dir, form_folders

ROOT = Path(__file__).resolve().parents[2]


def test_a_checkout_uses_its_own_folders() -> None:
    """an editable installation reads the folders of the repository, so that a changed form counts at once."""
    assert (form_folders(), examples_dir()) == ((ROOT,), ROOT / "examples")
    assert (ROOT / "schemas/layouts").is_dir()
