"""`batch extract`: files of all sorts, each read once, results whole, and tables of all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from batches import PLAN, ROSTER, Ended, ended, paper, results, started

from greenforms.bundled import examples_dir
from greenforms.cli import main
from greenforms.render.paper import render
from papers import example
from shipped import load_form, read_paper

#: Calls `greenforms batch` with words, and expects an exit code and a word of the message.
Refused = Callable[..., None]


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a province collects it."""
    folder = tmp_path_factory.mktemp("batch") / "收件"
    (folder / "包头").mkdir(parents=True)
    (folder / "甲.docx").write_bytes(paper("甲公司"))
    (folder / "包头" / "甲的副本.docx").write_bytes(paper("甲公司"))
    (folder / "方案.docx").write_bytes(
        render(load_form(PLAN), example("cultivation-plan-factory"), "docx", examples_dir())
    )
    (Path(os.fsdecode(os.fsencode(folder) + "/名单.docx".encode("gb18030")))).write_bytes(paper("乙公司"))
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    (folder / "空.zip").write_bytes(b"PK\x03\x04")
    (folder / "Thumbs.db").write_bytes(b"junk")
    letter = docx.Document()
    letter.add_paragraph("关于报送材料的函")
    letter.save(str(folder / "函.docx"))
    (folder / "打包.zip").write_bytes(packed())
    return folder


class OldName(zipfile.ZipInfo):
    """A member whose name is written as Chinese Windows does, without a word on its encoding."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the library's
        return self.filename.encode("gb18030"), self.flag_bits


def packed() -> bytes:
    """An archive as Windows writes it, with names in its own encoding, an archive inside, and a member locked away."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as outer:
        for name, content in (("盟市/丙.docx", paper("丙公司")), ("内层.zip", inner()), ("__MACOSX/x", b"junk")):
            outer.writestr(OldName(name), content)
        outer.writestr("../../外面.docx", paper("丁公司"))
        outer.writestr("locked.docx", b"secret")
    return locked(target.getvalue(), b"locked.docx")


def inner() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("戊.docx", paper("戊公司"))
        archive.writestr("戊.DOCX", paper("己公司"))
    return target.getvalue()


def locked(content: bytes, name: bytes) -> bytes:
    """Set the flag of a password on a member, in its own header and in the directory."""
    found = bytearray(content)
    local, central = content.index(name) - 30, content.rindex(name) - 46
    found[local + 6] |= 1
    found[central + 8] |= 1
    return bytes(found)


def hashes(folder: Path) -> dict[Path, str]:
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def done(inbox: Path) -> tuple[Path, Ended]:
    """The folder read once."""
    before = hashes(inbox)
    output = inbox.parent / "结果"
    said = ended(started("extract", inbox, "-o", output, "--jobs", 2, "--parquet"))
    assert hashes(inbox) == before, "the files that came in are left as they are"
    return output, said


GOOD = {
    "甲.docx": "甲公司",
    "包头/甲的副本.docx": "甲公司",
    "名单.docx": "乙公司",
    "打包.zip/盟市/丙.docx": "丙公司",
    "打包.zip/外面.docx": "丁公司",
    "打包.zip/内层.zip/戊.docx": "戊公司",
    "打包.zip/内层.zip/戊（2）.DOCX": "己公司",
}


def test_every_file_has_its_result(done: tuple[Path, Ended], inbox: Path) -> None:
    """This test ensures that names in any encoding, copies, and files in archives are read, each under its own name."""
    output, said = done
    assert said.code == 6, said.err
    found = {shape["file"]: shape for shape in results(output).values()}
    assert {name: found[name]["data"]["rows"][0]["name"] for name in GOOD} == GOOD
    assert found["甲.docx"]["data"] == found["包头/甲的副本.docx"]["data"]
    assert found["方案.docx"]["data"]["unit"] == "内蒙古晴川新材料有限公司"
    alone = read_paper(inbox / "甲.docx")
    assert (found["甲.docx"]["sha256"], found["甲.docx"]["form"]) == (alone.sha256, ROSTER)
    assert not list(inbox.parent.rglob("外面.docx")), "nothing is unpacked where an archive says"


def test_what_failed_is_listed(done: tuple[Path, Ended]) -> None:
    """This test ensures that each file that failed is named with its reason, and a letter is no failure."""
    output, said = done
    failed = {row["文件"]: row["说明"] for row in rows(output / "没有做成.csv")}
    assert set(failed) == {"坏.docx", "空.zip", "打包.zip/locked.docx"}
    assert "密码" in failed["打包.zip/locked.docx"]
    assert "压缩包已损坏" in failed["空.zip"]
    assert "“坏.docx”" in failed["坏.docx"]
    assert all(f"  {name}：" in said.err for name in failed)
    assert "暂不能识别 1 个，没有做成 3 个" in said.err
    assert results(output)["函.docx.json"]["form"] is None


def test_tables_of_all(done: tuple[Path, Ended]) -> None:
    """This test ensures that the workbook, CSV and Parquet hold every reading, and that long numbers stay whole."""
    output, _ = done
    readings = rows(output / "读数.csv")
    assert {row["文件"] for row in readings} == {*GOOD, "方案.docx"}
    code = next(row["读到的值"] for row in readings if row["文件"] == "方案.docx" and row["路径"].endswith("_code"))
    book = openpyxl.load_workbook(output / "汇总.xlsx")
    assert book.sheetnames == ["文件", "读数", "问题"]
    texts = [["" if cell is None else cell for cell in line] for line in book["读数"].iter_rows(values_only=True)]
    assert texts[1:] == [list(row.values()) for row in readings]
    assert code in {line[4] for line in texts}
    states = {line[0]: line[1] for line in book["文件"].iter_rows(min_row=2, values_only=True)}
    assert (states["甲.docx"], states["函.docx"], states["坏.docx"]) == ("做成", "暂不能识别", "没有做成")
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(output / "读数.parquet")
    assert table.to_pylist() == readings


def test_taken_up_again(done: tuple[Path, Ended], inbox: Path, tmp_path: Path) -> None:
    """This test ensures that --resume does what is new, changed or lost, failed files on demand, and no more."""
    again, source = tmp_path / "结果", tmp_path / "收件"
    shutil.copytree(done[0], again)
    shutil.copytree(inbox, source)
    before = {path: path.stat().st_mtime_ns for path in (again / "逐份").rglob("*.json")}
    (source / "甲.docx").write_bytes(paper("新公司"))
    (again / "逐份" / "方案.docx.json").unlink()
    (source / "坏.docx").write_bytes(paper("好公司"))
    (source / "函.docx").unlink()
    said = ended(started("extract", source, "-o", again, "--resume", "--json"))
    assert said.code == 6, said.err
    found = json.loads(said.out)
    assert found["summary"] == {"files": 11, "done": 9, "unrecognised": 0, "failed": 2}
    changed = {path.name for path, when in before.items() if path.exists() and path.stat().st_mtime_ns != when}
    assert changed == {"甲.docx.json", "方案.docx.json"}
    told = {shape["file"]: shape for shape in results(again).values()}
    assert told["甲.docx"]["data"]["rows"][0]["name"] == "新公司"
    assert told["包头/甲的副本.docx"]["data"]["rows"][0]["name"] == "甲公司"
    assert told["坏.docx"]["data"]["rows"][0]["name"] == "好公司"
    assert told["方案.docx"]["form"] == PLAN
    said = ended(started("extract", source, "-o", again, "--resume", "--retry"))
    assert "以前做过的 9 个不再做，还有 2 个" in said.err


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Refused:
    """Calls a batch in this process and sees that it is refused."""

    def call(code: int, word: str, *words: object) -> None:
        monkeypatch.setattr(sys, "argv", ["greenforms", "batch", *map(str, words)])
        with pytest.raises(SystemExit) as ended_:
            main()
        said = capsys.readouterr().err
        assert (ended_.value.code, word in said, len(said.splitlines())) == (code, True, 1), said

    return call


def test_what_is_refused(done: tuple[Path, Ended], inbox: Path, tmp_path: Path, refused: Refused) -> None:
    """This test ensures that a batch is neither begun twice nor mixed with another one, nor read from nowhere."""
    output, _ = done
    new = tmp_path / "出"
    refused(2, "已有一次批处理。接着做请加 --resume", "extract", inbox, "-o", output)
    refused(2, "另一次批处理", "check", inbox, "-o", output, "--resume")
    refused(3, "没有目录", "extract", tmp_path / "没有", "-o", new)
    refused(2, "要和 --resume 一起用", "extract", inbox, "-o", new, "--retry")
    refused(2, "不能作账本", "extract", inbox, "-o", new, "--ledger", "账本.txt")
    refused(2, "账本不能用 mysql", "extract", inbox, "-o", new, "--ledger", "mysql://localhost/x")
    assert not new.exists()
    new.mkdir()
    refused(3, "是空的", "extract", new, "-o", tmp_path / "果")
    (new / "汇总.xlsx").write_bytes(b"mine")
    refused(2, "已经存在", "extract", inbox, "-o", new)
    assert (new / "汇总.xlsx").read_bytes() == b"mine"
