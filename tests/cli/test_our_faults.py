"""A bug of ours on one file: a message with a number, the traceback in its place, and the other files read."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from console import DATA, PLAN, Said, listing, spawn

from greenforms.errors import ExitCode

#: Makes the reading fail on files of these names, as bugs would.
BUGS = """
import greenforms.read.paper as paper
right = paper.read
errors = {"坏1": MemoryError(), "坏2": RecursionError("too deep"), "坏3": KeyError("rows"), "坏4": OSError("no number")}
def wrong(path, *words):
    if path.stem in errors:
        raise errors[path.stem]
    return right(path, *words)
paper.read = wrong
"""
BAD = ["坏1.docx", "坏2.docx", "坏3.docx", "坏4.docx"]


@pytest.fixture
def folder(papers: Path, tmp_path: Path) -> Path:
    """Papers, some of which meet a bug."""
    target = tmp_path / "收件"
    target.mkdir()
    for name in ("1.docx", *BAD):
        shutil.copy(papers / "plan.docx", target / name)
        with zipfile.ZipFile(target / name, "a") as package:
            package.comment = name.encode()  # no copies of each other, which are read once
    shutil.copy(papers / "roster.xlsx", target / "3.xlsx")
    return target


def hit(*words: object) -> Said:
    return spawn(*words, before=BUGS)


def number_in(text: str) -> str:
    return text.partition("（编号 ")[2].partition("）")[0]


def test_the_other_files_are_read(folder: Path, tmp_path: Path) -> None:
    """This test ensures that whatever some files raise, the others are written, with the tracebacks beside them."""
    results = tmp_path / "结果"
    results.mkdir()
    said = hit("extract", *sorted(folder.iterdir()), "-o", results)
    assert said.code == ExitCode.OUR_FAULT
    assert "有 4 个文件没有读成" in said.err
    assert "Traceback" not in said.err
    lines = [line for line in said.err.splitlines() if "没有读成：程序自身出错" in line]
    assert [line.partition("“")[2].partition("”")[0] for line in lines] == BAD
    written = [f"出错-{number_in(line)}.txt" for line in lines]
    assert listing(results) == sorted(["1.docx.json", "3.xlsx.json", *written])
    assert all("Traceback" in (results / name).read_text("utf-8") for name in written)


def test_without_an_output_the_traceback_is_nowhere(folder: Path) -> None:
    """This test ensures that a screen gets one sentence, unless --debug asks for more."""
    said = hit("extract", folder / "坏3.docx")
    said.refused(ExitCode.OUR_FAULT, "编号", "--debug")
    assert len(said.err.splitlines()) == 1
    said = hit("extract", folder / "坏3.docx", "--debug")
    assert said.code == ExitCode.OUR_FAULT
    assert "Traceback" in said.err
    assert "KeyError: 'rows'" in said.err
    assert listing(folder) == ["1.docx", "3.xlsx", *BAD]


def test_one_file_with_its_output(folder: Path, tmp_path: Path) -> None:
    """This test ensures that the traceback of a single file stands beside what would have been written."""
    said = hit("extract", folder / "坏3.docx", "-o", tmp_path / "结果.json")
    said.refused(ExitCode.OUR_FAULT, "已写入")
    assert (tmp_path / f"出错-{number_in(said.err)}.txt").is_file()
    assert not (tmp_path / "结果.json").exists()


def test_a_folder_is_checked_to_its_end(folder: Path) -> None:
    """This test ensures that check reads the others, lists the one as a finding and says whose fault it is."""
    said = hit("check", folder, "--json")
    assert said.code == ExitCode.OUR_FAULT
    summary = said.json["summary"]
    assert [paper["file"] for paper in summary["papers"]] == ["1.docx", "3.xlsx"]
    assert [each["file"] for each in summary["unread"]] == BAD
    assert "程序自身出错" in summary["unread"][0]["message"]
    assert "Traceback" not in said.err


@pytest.mark.parametrize("words", [["render", PLAN, DATA[PLAN], "-o", "方案.docx"], ["forms"]], ids=["render", "forms"])
def test_a_bug_in_any_command(words: list[object], tmp_path: Path) -> None:
    """This test ensures that no command shows a traceback that was not asked for."""
    bug = "from greenforms.form.library import Library\nLibrary.edition = lambda *_: 1 / 0"
    said = spawn(*words, before=bug, folder=tmp_path)
    said.refused(ExitCode.OUR_FAULT, "命令没有完成：程序自身出错")
    assert said.err.count("\n") == 1


def test_the_gravest_wins() -> None:
    """This test ensures that one order holds for all runs over several files."""
    codes = [ExitCode.FINDINGS, ExitCode.OK, ExitCode.UNREADABLE, ExitCode.OUR_FAULT, ExitCode.FAILED_ITEMS]
    order = []
    while codes:
        order.append(ExitCode.gravest(codes))
        codes.remove(order[-1])
    assert order == [5, 3, 6, 1, 0]
    assert ExitCode.gravest([]) == ExitCode.OK
