"""extract on folders: which files, in which order, what is kept when it ends early and taken up again."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest
from console import PLAN, ROOT, call, listing

from shipped import read_readings

KINDS = ["结果", "结果.xlsx", "结果.csv"]


@pytest.fixture
def folder(papers: Path, tmp_path: Path) -> Path:
    """A folder with papers in it and below, and what programs leave."""
    inbox = tmp_path / "收件"
    (inbox / "包头").mkdir(parents=True)
    for source, name in (("plan.docx", "10.docx"), ("roster.docx", "2.docx"), ("roster.xlsx", "包头/2.xlsx")):
        shutil.copy(papers / source, inbox / name)
    for junk in ("Thumbs.db", "~$10.docx", ".DS_Store", "desktop.ini", "x.tmp"):
        (inbox / junk).write_bytes(b"junk")
    (tmp_path / "结果").mkdir()
    return inbox


def kept(target: Path) -> list[str]:
    """The papers of a result."""
    if target.is_dir():
        return sorted(json.loads((target / name).read_text("utf-8"))["file"] for name in listing(target))
    if target.suffix == ".csv":
        return sorted({row["文件"] for row in csv.DictReader(target.read_text("utf-8-sig").splitlines())})
    return sorted(paper.name for paper in read_readings(target).papers)


def test_a_folder_in_natural_order(folder: Path) -> None:
    """This test ensures that a folder is read with its subfolders, 2 before 10, junk passed over, each file once."""
    said = call("extract", folder, folder / "2.docx", "--json")
    assert said.code == 0
    assert [entry["file"] for entry in said.json] == ["2.docx", "10.docx", "包头/2.xlsx"]
    assert "[3/3] 包头/2.xlsx" in said.err


def test_files_and_folders_mixed(folder: Path, papers: Path) -> None:
    """This test ensures that files stand before and after folders as they were given."""
    said = call("extract", papers / "roster.xlsx", folder / "包头", papers / "plan.docx", "--json")
    assert [entry["file"] for entry in said.json] == ["roster.xlsx", "2.xlsx", "plan.docx"]


def test_subfolders_are_mirrored(folder: Path) -> None:
    """This test ensures that results stand in subfolders as the papers do."""
    target = folder.parent / "结果"
    assert call("extract", folder, "-o", target).code == 0
    assert listing(target) == ["10.docx.json", "2.docx.json", "包头/2.xlsx.json"]


def test_folders_that_are_refused(folder: Path, tmp_path: Path) -> None:
    """This test ensures that an empty folder, and a folder that is read and written, are refused."""
    (tmp_path / "空").mkdir()
    call("extract", tmp_path / "空").refused(3, "是空的")
    call("extract", folder, "-o", folder).refused(2, "另建一个目录")
    call("extract", folder, "--show", tmp_path / "a.pdf").refused(2, "--show 一次只能标注一个文件")
    call("extract", folder, "--resume").refused(2, "--resume 要和 -o 一起用")


def test_results_inside_the_folder_are_no_papers(folder: Path) -> None:
    """This test ensures that what an earlier run wrote below the folder is not read as a paper."""
    for target in (folder / "读", folder / "结果.xlsx"):
        if not target.suffix:
            target.mkdir()
        for _ in range(2):
            assert call("extract", folder, "-o", target, "--force").code == 0
        assert kept(target) == ["10.docx", "2.docx", "包头/2.xlsx"]
        shutil.rmtree(target) if target.is_dir() else target.unlink()


@pytest.mark.parametrize("name", KINDS)
def test_resumed(name: str, folder: Path, papers: Path) -> None:
    """This test ensures that --resume reads what is new, skips what is there, and minds the hash."""
    target = folder.parent / name
    assert call("extract", folder / "2.docx", "-o", target).code == 0
    said = call("extract", folder, "-o", target, "--resume")
    assert said.code == 0
    assert "跳过以前读过的 1 个文件，还有 2 个要读" in said.err
    assert "2.docx" not in [line.partition("] ")[2] for line in said.err.splitlines()]
    assert kept(target) == ["10.docx", "2.docx", "包头/2.xlsx"]
    shutil.copy(papers / "plan.docx", folder / "2.docx")
    call("extract", folder, "-o", target, "--resume").refused(2, "--force")
    said = call("extract", folder, "-o", target, "--resume", "--force")
    assert "跳过以前读过的 2 个文件，还有 1 个要读" in said.err
    if name == "结果.xlsx":
        assert {paper.name: paper.extraction.form for paper in read_readings(target).papers}["2.docx"] == PLAN


def test_resumed_into_something_else(folder: Path, tmp_path: Path) -> None:
    """This test ensures that a file that is no result of ours is neither continued nor overwritten."""
    for name in ("a.xlsx", "a.csv"):
        shutil.copy(folder / "2.docx", tmp_path / name)
        call("extract", folder, "-o", tmp_path / name, "--resume").refused(2, "不能接着写")
        assert (tmp_path / name).read_bytes() == (folder / "2.docx").read_bytes()
    call("extract", folder, "-o", tmp_path / "a.xlsx").refused(2, "已经存在")


@pytest.mark.parametrize("name", KINDS)
def test_one_bad_file_in_a_folder(name: str, folder: Path) -> None:
    """This test ensures that a bad file is named and the others are kept."""
    (folder / "包头" / "坏.docx").write_bytes(b"PK\x03\x04")
    said = call("extract", folder, "-o", folder.parent / name)
    assert said.code == 3
    assert "“包头/坏.docx”" in said.err
    assert kept(folder.parent / name) == ["10.docx", "2.docx", "包头/2.xlsx"]


def test_bad_files_stand_in_the_workbook(folder: Path) -> None:
    """This test ensures that the workbook lists the files that could not be read."""
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    call("extract", folder, "-o", folder.parent / "结果.xlsx")
    rows = list(openpyxl.load_workbook(folder.parent / "结果.xlsx")["提示"].iter_rows(min_row=4, values_only=True))
    assert rows[0][:2] == ("坏.docx", "没有读成")
    assert "已损坏" in rows[0][2]


def test_files_that_are_no_papers(folder: Path) -> None:
    """This test ensures that extract and check say the same of what is none of the forms, and call it no failure."""
    letter = docx.Document()
    letter.add_paragraph("关于报送材料的函")
    letter.save(str(folder / "函.docx"))
    said = call("extract", folder, "-o", folder.parent / "结果.xlsx")
    assert said.code == 0
    assert "有 1 个文件暂不能识别：\n  “函.docx”暂不能识别" in said.err
    rows = list(openpyxl.load_workbook(folder.parent / "结果.xlsx")["提示"].iter_rows(min_row=4, values_only=True))
    assert rows[0][:2] == ("函.docx", "暂不能识别")
    assert rows[0][2] in call("check", folder).text
    alone = folder.parent / "函件"
    alone.mkdir()
    for name in ("函.docx", "又一函.docx"):
        shutil.copyfile(folder / "函.docx", alone / name)
    for command in ("extract", "check"):
        assert call(command, alone).code == 3, "nothing was read at all"


@pytest.mark.parametrize("name", KINDS)
def test_interrupted_between_files(name: str, folder: Path) -> None:
    """This test ensures that Ctrl-C keeps what is finished, says so, and --resume reads the rest."""
    target = folder.parent / name
    stop = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import greenforms.read.paper as paper\n"
        "read = paper.read_paper\n"
        "def interrupted(library, path, *rest):\n"
        "    if path.name == '10.docx':\n"
        "        signal.raise_signal(signal.SIGINT)\n"
        "    return read(library, path, *rest)\n"
        "paper.read_paper = interrupted\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", f"{stop}from greenforms.cli import main; main()", "extract", folder, "-o", target],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "engine", ROOT / "extractors")))},
        capture_output=True,
        check=False,
    )
    err = process.stderr.decode("utf-8")
    assert process.returncode == 130, err
    assert "已读完的 1 份已经保存" in err
    assert "--resume" in err
    assert "Traceback" not in err
    assert kept(target) == ["2.docx"]
    assert call("extract", folder, "-o", target, "--resume").code == 0
    assert kept(target) == ["10.docx", "2.docx", "包头/2.xlsx"]


@pytest.mark.parametrize("name", KINDS)
def test_odd_names(name: str, folder: Path, papers: Path) -> None:
    """This test ensures that no name breaks a result: signs of links, formulas, line breaks, bytes that are no text."""
    odd = [b"=1+1.docx", b"#1 100%25 [a].docx", b"a\nb.docx"]
    odd += [] if sys.platform in ("win32", "darwin") else [b"\xff\xfe.docx"]
    for each in odd:
        shutil.copyfile(papers / "roster.docx", folder / os.fsdecode(each))
    assert call("extract", folder, "-o", folder.parent / name).code == 0
    assert len(kept(folder.parent / name)) == 3 + len(odd)
