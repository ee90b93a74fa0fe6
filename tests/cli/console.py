"""Runs the command line, in this process or as a program of its own, and keeps what it said."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from greenforms.cli import main
from greenforms.errors import ExitCode
from greenforms.form.library import open_library
from shipped import LIBRARY

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PLAN, ROSTER = "nm-2024/cultivation-plan", "nm-2024/cultivation-roster"
SUMMARY, REPORT = "he-2024/recommendation-summary", "he-2024/typical-experience"
#: Variables that name other forms than the shipped ones.
FOLDERS = {"GREENFORMS_PACKAGES", "GREENFORMS_SHIPPED"}
#: Every form with a data set of it.
DATA = {form.id: EXAMPLES / form.entry.example for form in LIBRARY.forms if form.entry.example}


@dataclass(frozen=True)
class Said:
    """The exit code and both streams of one call."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def refused(self, code: int, *words: str) -> None:
        """Assert one Chinese message on the error stream, no data and no traceback."""
        assert self.code == code, self.err
        assert self.out == b""
        assert "Traceback" not in self.err
        for word in words:
            assert word in self.err
        assert any("一" <= char <= "鿿" for char in self.err)


def call(*words: object, stdin: bytes = b"") -> Said:
    """Run `greenforms WORDS` in this process; a bug of ours fails the test, whatever it expects.

    The shipped forms are opened once for all calls; a folder that is laid over them is opened anew.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    streams: dict[str, Any] = {"stdin": io.TextIOWrapper(io.BytesIO(stdin), "utf-8"), "stdout": out, "stderr": err}
    code = 0
    shared = open_library if FOLDERS & os.environ.keys() else lambda: LIBRARY
    with (
        patch.multiple(sys, argv=["greenforms", *map(str, words)], **streams),
        patch("greenforms.cli.library.open_library", shared),
    ):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    out.flush()
    err.flush()
    said = Said(code, out.buffer.getvalue(), err.buffer.getvalue().decode("utf-8"))
    assert code != ExitCode.OUR_FAULT, said.err
    return said


def spawn(
    *words: object,
    stdin: bytes = b"",
    stdout: int = subprocess.PIPE,
    folder: Path | None = None,
    before: str = "",
    **variables: str,
) -> Said:
    """Run it as a program of its own; `before` is Python run first, `variables` are added to the environment."""
    program = f"{before}\nfrom greenforms.cli import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, words)],
        input=stdin,
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "engine", ROOT / "extractors"))),
            **variables,
        },
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=300,
    )
    return Said(done.returncode, done.stdout or b"", done.stderr.decode("utf-8"))


def listing(folder: Path) -> list[str]:
    """Every file below a folder, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
