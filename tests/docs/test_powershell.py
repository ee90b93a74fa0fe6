"""What people on Windows type: where a block is spelt otherwise in PowerShell, it stands there in PowerShell, too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sessions import DOCUMENTS, ROOT, fenced

#: What PowerShell takes otherwise than a POSIX shell, and what stands for it there.
OTHERWISE = {
    r"\$\?": r"\$LASTEXITCODE",
    r"\\$": r"`$",
    r"^make demo\b": r"greenforms demo$",
    r"^make (?!demo|test)": r"^\.venv",
    r"^(?:source|\.) ": r"Activate\.ps1$",
    r"\.venv/bin/greenforms": r"\.venv\\Scripts\\greenforms",
    r"^export |^\w+=\S* \w": r"^\$env:",
    r" && ": r"\n",
    r"<\(|<<": r"\$\(|@",
    r"~/": r"\$HOME",
}
#: Commands that PowerShell knows by the same name, or that are programs.
SAME = frozenset({"greenforms", "cp", "mkdir", "echo", "make", "source", ".venv/bin/greenforms"})
USERS = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs" / "handbook").glob("*.md"))]


def commands(block: str, language: str) -> str:
    """The commands of a block without prompts, outputs and remarks."""
    lines = block.splitlines()
    if language == "console":
        lines = [line[2:] for line in lines if line.startswith("$ ")]
    return "\n".join(re.sub(r"\s+# .*", "", line) for line in lines)


def untold(document: str) -> list[str]:
    """What the blocks of a document say that is spelt otherwise in PowerShell and is not followed by its spelling."""
    blocks = fenced(document)
    missing = []
    for block, follower in zip(blocks, [*blocks, None][1:], strict=True):
        if block.language not in ("sh", "console"):
            continue
        told = follower.text if follower is not None and follower.language == "powershell" else ""
        typed = commands(block.text, block.language)
        for here, there in OTHERWISE.items():
            if re.search(here, typed, re.MULTILINE) and not re.search(there, told, re.MULTILINE):
                missing.append(here)
    return missing


@pytest.mark.parametrize("document", USERS, ids=lambda path: path.name)
def test_every_block_that_differs_is_told_for_powershell(document: Path) -> None:
    """a block with a word or sign that PowerShell takes otherwise is followed by one in PowerShell that replaces it."""
    assert untold(document.read_text("utf-8")) == []


@pytest.mark.parametrize("document", USERS, ids=lambda path: path.name)
def test_no_block_calls_what_windows_lacks(document: Path) -> None:
    """the commands of the documents are programs of ours or known to PowerShell by the same name."""
    for block in fenced(document.read_text("utf-8")):
        if block.language in ("sh", "console"):
            assert {line.split()[0] for line in commands(block.text, block.language).splitlines()} <= SAME


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_powershell_blocks_are_powershell(document: Path) -> None:
    """nothing of a POSIX shell has slipped into a block for PowerShell."""
    for block in fenced(document.read_text("utf-8")):
        if block.language == "powershell":
            assert [here for here in OTHERWISE if re.search(here, block.text, re.MULTILINE)] == []


def test_a_missing_spelling_is_noticed() -> None:
    """the first test can fail: without its sibling a block that differs is named."""
    block = "```console\n$ greenforms forms\n$ echo $?\n0\n```\n"
    assert untold(block) == [r"\$\?"]
    assert untold(f"{block}\n```powershell\necho $LASTEXITCODE\n```\n") == []
    assert untold("```sh\nmake demo\n```\n```powershell\npy --version\n```\n") == [r"^make demo\b"]
    assert untold("```sh\nA=1 greenforms forms\n```\n") == [r"^export |^\w+=\S* \w"]
