"""Every program of this repository is type-checked, those without an ending, too."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_scripts_without_an_ending_are_listed() -> None:
    """This test ensures that `mypy` is told of each Python program that it would not find by its name."""
    files = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]["files"]
    programs = [path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix]
    python = {f"scripts/{path.name}" for path in programs if "python" in path.read_text("utf-8").partition("\n")[0]}
    assert python == {name for name in files if name.startswith("scripts/") and "*" not in name}
    assert {"benchmarks", "scripts/*.py"} <= set(files)
