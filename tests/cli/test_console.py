"""The console: what it cannot print, where output is data, and Ctrl-C before a command has begun."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from console import PLAN, ROOT, listing

#: The console of a Chinese Windows as Python sees it with its UTF-8 mode off.
CP936 = {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
SOURCES = os.pathsep.join(map(str, (ROOT / "engine", ROOT / "extractors")))
#: Signs that cp936 lacks: a subscript, a radical, a rare surname, an emoji, half a character.
RARE = "CO₂⺠𬭎😀"
#: Runs the program with the words after the first; Ctrl-C comes when the module named first begins to load.
INTERRUPTED = """
import runpy, signal, sys

class Hand:
    def find_spec(self, name, path=None, target=None):
        if name == moment:
            signal.raise_signal(signal.SIGINT)

moment = sys.argv.pop(1)
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Hand())
runpy.run_module("greenforms", run_name="__main__", alter_sys=True)
"""


def run(*words: object, folder: Path, program: str = "", **variables: str) -> subprocess.CompletedProcess[bytes]:
    start = ["-c", program] if program else ["-m", "greenforms"]
    return subprocess.run(
        [sys.executable, *start, *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": SOURCES, **variables},
        capture_output=True,
        check=False,
        timeout=60,
    )


def on_screen(*words: object, folder: Path) -> bytes:
    """What a terminal shows of a call."""
    screen, end = os.openpty()
    variables = {**os.environ, "PYTHONPATH": SOURCES, **CP936, "COLUMNS": "400", "NO_COLOR": "1"}
    words = (sys.executable, "-m", "greenforms", *words)
    process = subprocess.Popen(list(map(str, words)), cwd=folder, env=variables, stdout=end, stderr=end)
    os.close(end)
    shown = b""
    try:
        while chunk := os.read(screen, 4096):
            shown += chunk
    except OSError:  # the program has closed its end
        pass
    finally:
        os.close(screen)
    assert process.wait() in (0, 1)
    return shown


@pytest.fixture
def rare(tmp_path: Path) -> Path:
    """A data set whose finding repeats signs that cp936 lacks."""
    (tmp_path / "数据.json").write_text(json.dumps({"unit": "甲", "creation_type": RARE}, ensure_ascii=False), "utf-8")
    return tmp_path


def test_signs_that_the_console_lacks(rare: Path) -> None:
    """a console of cp936 shows what it has no sign for by its number, and the rest as it is."""
    shown = on_screen("validate", PLAN, "数据.json", folder=rare).decode("gbk")
    assert r"“CO\u2082\u2ea0\U0002cb4e\U0001f600”不是可选的内容" in shown
    assert "Traceback" not in shown


def test_redirected_output_is_utf_8(rare: Path) -> None:
    """what goes into a file or a pipe is UTF-8, whatever the console speaks."""
    done = run("validate", PLAN, "数据.json", "--json", folder=rare, **CP936)
    assert (done.returncode, done.stderr) == (1, b"")
    assert any(RARE in finding["message"] for finding in json.loads(done.stdout.decode("utf-8"))["findings"])
    assert RARE in run("validate", PLAN, "数据.json", folder=rare, **CP936).stdout.decode("utf-8")
    assert RARE in run("extract", f"{RARE}.docx", folder=rare, **CP936).stderr.decode("utf-8")


@pytest.mark.parametrize("words", [["--help"], ["extract", "--help"], ["forms"]])
def test_help_on_a_chinese_console(words: list[str], tmp_path: Path) -> None:
    """the frames of the help do not stop a console that has no signs for them."""
    assert "绿" in on_screen(*words, folder=tmp_path).decode("gbk")


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("greenforms.cli", ["forms"]),
        ("click", ["forms"]),
        ("greenforms.cli.failure", ["--version"]),
        ("greenforms.cli.render", ["render", PLAN, "数据.json", "-o", "a.docx"]),
        ("greenforms.render.paper", ["render", PLAN, "数据.json", "-o", "a.docx"]),
    ],
)
def test_interrupted_during_start(module: str, words: list[str], rare: Path) -> None:
    """Ctrl-C while the program loads ends with the sentence and 130, and nothing is written."""
    done = run(module, *words, folder=rare, program=INTERRUPTED, **CP936)
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.decode("utf-8").split("\n") == ["", "已中断，没有写入未完成的文件。", ""]
    assert listing(rare) == ["数据.json"]


def test_the_program_enters_by_the_door_that_minds_interrupts() -> None:
    """the installed program begins in the module that loads nothing before it minds Ctrl-C."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["scripts"] == {"greenforms": "greenforms.__main__:main"}
    program = "import sys, greenforms.__main__; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": SOURCES}, capture_output=True, check=True
    )
    loaded = {name for name in done.stdout.decode().split() if name.startswith(("greenforms", "click", "rich"))}
    assert loaded == {"greenforms", "greenforms.__main__", "greenforms.console", "greenforms.errors"}
