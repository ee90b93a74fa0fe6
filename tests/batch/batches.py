"""Batches as programs of their own, and small papers for them."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from greenforms.record import parse_json
from greenforms.render.paper import render
from greenforms.report import json_text
from papers import example
from shipped import load_form

ROOT = Path(__file__).resolve().parents[2]
ROSTER, PLAN = "nm-2024/cultivation-roster", "nm-2024/cultivation-plan"
_PROGRAM = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\nfrom greenforms.cli import main; main()"
)


@cache
def _one_unit() -> str:
    data = copy.deepcopy(example("cultivation-roster"))
    data["rows"] = data["rows"][:1]
    return json_text(data)


def unit(name: str) -> Any:
    """A roster of one unit."""
    data = parse_json(_one_unit())
    data["rows"][0]["name"] = name
    return data


def paper(name: str) -> bytes:
    """It as a Word file, the smallest there is."""
    return render(load_form(ROSTER), unit(name), "docx")


def many(folder: Path, count: int) -> Path:
    """A folder with so many papers."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03}.docx").write_bytes(paper(f"内蒙古第{number}新材料有限公司"))
    return folder


@dataclass(frozen=True)
class Ended:
    """How a program ended and what it said."""

    code: int
    out: str
    err: str


def sources(first: Path | None = None) -> dict[str, str]:
    """The environment in which programs find ours, and before it what lies in a folder."""
    folders = [*([first] if first else []), ROOT / "engine", ROOT / "extractors"]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))}


def started(*words: object) -> subprocess.Popen[bytes]:
    """`greenforms batch WORDS` as a program of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, "batch", *map(str, words)],
        env=sources(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ended(process: subprocess.Popen[bytes]) -> Ended:
    """What a program said when it is over."""
    out, err = process.communicate(timeout=600)
    return Ended(process.returncode, out.decode("utf-8"), err.decode("utf-8"))


def results(output: Path) -> dict[str, Any]:
    """The JSON of every file by its place."""
    each = output / "逐份"
    return {path.relative_to(each).as_posix(): json.loads(path.read_text("utf-8")) for path in each.rglob("*.json")}


def children(pid: int) -> Sequence[int]:
    """The processes that a process has started."""
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
