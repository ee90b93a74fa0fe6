"""The sessions in the documents: what they show is what the program prints."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest
from sessions import DOCUMENTS, ROOT, Command, Session, matches, steps

from shipped import LIBRARY

#: The form-author guide needs a folder of its own: `test_author_guide`.
TOLD = [
    document
    for document in DOCUMENTS
    if document.name != "form-author-guide.md" and any(isinstance(step, Command) for step in steps(document))
]


@pytest.mark.parametrize("document", TOLD, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_session_can_be_followed(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """a reader who types the commands of a document, in order, sees what the document shows."""
    told = list(steps(document))
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("greenforms.cli.library.open_library", lambda: LIBRARY)
    monkeypatch.setattr("greenforms.cli.rate._PAUSE", math.inf)  # a slow machine tells how far it has got
    session = Session(capsys)
    for step in told:
        printed = session.run(step)
        if isinstance(step, Command):
            assert matches(step.output, printed), "\n".join([f"$ {step.line}", *printed])


def test_a_shown_line_that_is_not_printed_is_noticed() -> None:
    """`…` stands for what is left out and for nothing else."""
    assert matches(["a", "…", "z…"], ["a", "b", "c", "zoo"])
    assert matches(["…"], [])
    assert not matches(["a"], ["a", "b"])
    assert not matches(["a", "…", "c"], ["a", "b"])
    assert not matches(["a", "b"], ["a"])
