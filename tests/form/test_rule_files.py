"""A file of rules that is missing or listed nowhere is said, for a rule that does not run finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from form.conftest import ROOT, write
from greenforms.check.packages import lint_packages
from greenforms.errors import FormPackageError
from greenforms.form.library import Library
from shipped import LIBRARY

RULES = "schemas/rules"


def test_every_shipped_file_is_listed() -> None:
    """This test ensures that the rules between papers are among those that no edition owns."""
    assert {path.stem for path in (ROOT / RULES).glob("*.yaml")} == {"index", *LIBRARY.rule_files}
    assert any(rule.scope == "folder" for rule in LIBRARY.shared_rules)


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ("between", "rules/index.yaml：列出的规则文件 between.yaml 不存在"),
        ("nm-2024", "rules/index.yaml：列出的规则文件 nm-2024.yaml 不存在"),
        ("index", "rules/index.yaml：缺少这个文件。请新建，写上：files: [between,"),
    ],
)
def test_a_lost_file_stops_everything(lost: str, said: str, copied: Path) -> None:
    """This test ensures that neither shared rules nor those of an edition, nor the list itself, vanish in silence."""
    (copied / RULES / f"{lost}.yaml").unlink()
    assert any(error.startswith(said) for error in lint_packages(Library(copied)))
    with pytest.raises(FormPackageError, match=r"rules/index\.yaml"):
        Library(copied).form("nm-2024/cultivation-plan")


def test_a_whole_folder_of_rules_lost(copied: Path) -> None:
    """This test ensures that the shipped forms do not do without rules."""
    (copied / RULES).rename(copied / "rules")
    assert any("规则文件都没有读到" in error for error in lint_packages(Library(copied)))


def test_a_file_listed_nowhere(copied: Path) -> None:
    """This test ensures that rules somebody has added and forgotten to list are said not to run."""
    write(copied / RULES / "extra.yaml", {"rules": []})
    assert [error for error in lint_packages(Library(copied)) if "extra" in error] == [
        "rules/extra.yaml：没有列入 rules/index.yaml，其中的规则不会执行。请在 files 中加上“extra”，或删去这个文件"
    ]


def test_a_folder_laid_over_lists_its_own(over: Path) -> None:
    """This test ensures that such a folder needs a list where it has rules, and cannot take a shipped name."""
    assert Library(ROOT, over).rule_files == LIBRARY.rule_files
    write(over / RULES / "xx-2025.yaml", {"rules": []})
    with pytest.raises(FormPackageError, match=r"请新建，写上：files: \[xx-2025\]"):
        _ = Library(ROOT, over).rule_files
    write(over / RULES / "index.yaml", {"files": ["xx-2025"]})
    assert list(Library(ROOT, over).rule_files) == [*LIBRARY.rule_files, "xx-2025"]
    write(over / RULES / "facts.yaml", {"rules": []})
    write(over / RULES / "index.yaml", {"files": ["xx-2025", "facts"]})
    with pytest.raises(FormPackageError, match="重新定义了"):
        _ = Library(ROOT, over).rule_files
