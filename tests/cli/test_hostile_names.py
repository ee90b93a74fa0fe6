"""Names and values that would forge a message, wait for ever or pass for an option."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from console import DATA, PLAN, ROSTER, call, listing, spawn

from hostile.record import data_sets

#: `make robust` tries ten times as many keys and rows.
DATA_SETS = data_sets(10_000)
FORGED = "a\n【必须改】假的.docx"
#: What a terminal obeys.
OBEYED = ("\x1b", "\r", "\x9b", "\u202e", "\u2066", "\u200f", "\x07")


@pytest.mark.parametrize("name", DATA_SETS)
@pytest.mark.parametrize("command", ["validate", "render"])
def test_hostile_data(command: str, name: str, tmp_path: Path) -> None:
    """This test ensures that any data set whatever ends in findings or one message, and in no paper."""
    path = tmp_path / name
    path.write_bytes(DATA_SETS[name])
    more = ["-o", tmp_path / "a.docx"] if command == "render" else []
    said = call(command, PLAN, path, *more)
    assert said.code in (1, 3)
    assert (said.code == 3) == (said.err.count("\n") == 1 and "【" not in said.err and said.out == b"")
    assert not any(sign in said.text + said.err for sign in OBEYED)
    assert all(line.startswith(("【", "共 ", "没有生成文件", "“")) for line in (said.text + said.err).splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("name", [FORGED, "a\x1b[31m\x07.docx", "a\u202exdoc.docx", "a\r\x9b.docx"])
def test_names_that_forge(name: str, papers: Path, tmp_path: Path) -> None:
    """This test ensures that whatever a file is called, each message stays one line that a terminal only shows."""
    (tmp_path / name).write_bytes(b"no paper at all")
    shutil.copyfile(papers / "plan.docx", tmp_path / f"份{name}")
    outcomes = [
        call("extract", tmp_path / name),
        call("extract", tmp_path / name, tmp_path / f"份{name}"),
        call("validate", PLAN, tmp_path / name),
        call("check", tmp_path),
    ]
    for said in outcomes:
        assert not any(sign in said.text + said.err for sign in OBEYED)
        assert not any(line.startswith("【必须改】假的") for line in (said.text + said.err).splitlines())
    assert call("extract", tmp_path / f"份{name}", "--json").json["file"] == f"份{name}"


def test_values_that_forge() -> None:
    """This test ensures that a value cannot begin a line of its own."""
    text = "x\n【必须改】假的\x1b[2J"
    said = call("validate", PLAN, "-", stdin=json.dumps({"creation_type": text, text: 1}).encode())
    assert said.code == 1
    assert not any(line.startswith("【必须改】假的") for line in said.text.splitlines())
    assert "\x1b" not in said.text


def test_a_pipe_for_a_file(tmp_path: Path) -> None:
    """This test ensures that pipes and devices are refused at once."""
    os.mkfifo(tmp_path / "管道.json")
    os.mkfifo(tmp_path / "管道.xlsx")
    call("validate", PLAN, tmp_path / "管道.json").refused(3, "管道", "-")
    call("validate", PLAN, tmp_path / "管道.xlsx").refused(3, "管道")
    call("extract", tmp_path / "管道.xlsx").refused(3, "管道")
    call("extract", tmp_path / "管道.xlsx", "--show", tmp_path / "a.pdf").refused(3, "管道")
    call("render", PLAN, "/dev/zero", "-o", tmp_path / "a.docx").refused(3, "设备")


@pytest.mark.parametrize("name", ["-o.docx", "--json", "--force", "-h", "-x"])
def test_files_called_like_options(name: str, tmp_path: Path) -> None:
    """This test ensures that a shell's `*` never turns a file into an option."""
    shutil.copyfile(DATA[PLAN], tmp_path / name)
    shutil.copyfile(DATA[PLAN], tmp_path / "数据.json")
    before = listing(tmp_path)
    said = spawn("extract", *sorted(before), folder=tmp_path)
    said.refused(2, f"“{name}”", f"./{name}", "什么也没有读写")
    assert listing(tmp_path) == before


@pytest.mark.parametrize("command", [("render", PLAN, "没有.json"), ("blank", PLAN)])
def test_outputs_are_looked_at_first(command: tuple[str, ...], tmp_path: Path) -> None:
    """This test ensures that an output without or with a wrong extension is refused before anything is read."""
    call(*command, "-o", tmp_path / "a").refused(2, "没有扩展名", "a.docx", "a.pdf")
    call(*command, "-o", tmp_path / "a.wps").refused(2, "不输出 wps 格式", "docx、pdf")
    call(*command, "-o", "-", "--json").refused(2, "标准输出")
    assert listing(tmp_path) == []


def test_what_was_made_as_json(tmp_path: Path) -> None:
    """This test ensures that the result of render and blank is told to programs."""
    made = call("render", ROSTER, DATA[ROSTER], "-o", tmp_path / "a.pdf", "--json")
    assert (made.code, made.err) == (0, "")
    assert made.json.keys() == {"file", "form", "pages", "findings", "summary"}
    assert (made.json["file"], made.json["form"], made.json["pages"]) == (str(tmp_path / "a.pdf"), ROSTER, 1)
    blank = call("blank", ROSTER, "-o", tmp_path / "b.docx", "--json").json
    assert (blank["file"], blank["pages"], blank["findings"]) == (str(tmp_path / "b.docx"), None, [])
    stopped = call("render", PLAN, "-", "-o", tmp_path / "c.docx", "--json", stdin=b'{"x": 1}')
    assert (stopped.code, stopped.json["file"]) == (1, None)
    assert "schema/unknown-key" in {finding["rule"] for finding in stopped.json["findings"]}
