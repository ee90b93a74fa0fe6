"""How the run on hostile files judges what it sees (benchmarks/robust.py)."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

import robust

import hostile
from greenforms_extractors.refusals import password, too_slow

PAPER = Path("收到的 paper of ours.pdf")


def outcome(code: int, said: str, silence: float = 1.0, memory: int = 1 << 28) -> robust.Outcome:
    return robust.Outcome("a.pdf", code, said, 2.0, silence, memory)


@pytest.mark.parametrize(
    ("seen", "faults"),
    [
        (outcome(0, ""), []),
        (outcome(3, str(password(PAPER))), []),
        (outcome(3, "Traceback (most recent call last)"), ["a traceback", "English"]),
        (outcome(3, "文件打不开：cannot identify image file"), ["English"]),
        (outcome(5, "程序自身出错"), ["exit code 5"]),
        (outcome(-9, ""), ["exit code -9"]),
        (outcome(0, "", silence=90), ["too long without progress"]),
        (outcome(0, "", memory=3 << 30), ["too much memory"]),
    ],
)
def test_what_is_a_fault(seen: robust.Outcome, faults: list[str]) -> None:
    """This test ensures that nothing but a reading or a message of ours, within the bounds, passes."""
    assert seen.faults() == faults


def test_messages_have_their_codes() -> None:
    """This test ensures that a refusal is told by its code in the table."""
    assert outcome(3, str(password(PAPER))).message == "password"
    assert outcome(3, str(too_slow(PAPER, 60))).message == "too-slow"
    assert outcome(3, "没有表单").message == "*"
    assert outcome(1, "").message == "–"


def test_kept_and_made_files_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that the files beside and those that modules make are all tried, each under its own name."""
    makers = [import_module(f"hostile.{module.name}") for module in iter_modules(hostile.__path__)]
    makers = [module for module in makers if hasattr(module, "files")]
    for module in makers:  # what they make is read elsewhere
        monkeypatch.setattr(module, "files", lambda: iter([("made.bin", b"x")]))
    names = [name for name, _ in hostile.files()]
    assert "files/1x1.png" in names
    assert {f"{module.__name__.partition('.')[2]}/made.bin" for module in makers} < set(names)
    assert len(makers) > 3
    assert len(set(names)) == len(names)
