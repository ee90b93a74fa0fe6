"""extract and check on files that are no readable paper: one Chinese message each, never a traceback."""

from __future__ import annotations

import shutil
import struct
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from console import call, listing
from pypdf import PdfReader, PdfWriter

from greenforms.record import Record

#: What check says of a file that cannot be read, and of one that is none of the forms.
UNREAD = {"pack/unread", "pack/unrecognised"}


def rewritten(source: Path, target: Path, change: Any = lambda name, part: part, added: Any = ()) -> Path:
    """A copy of an Office file with each part changed and parts added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in added:
            new.writestr(name, part)
    return target


def encrypted_office(path: Path) -> Path:
    """What Office saves with a password: a compound file with the streams of MS-OFFCRYPTO, here empty."""
    entry, empty = "<64sHBBIII16sIQQIQ", 0xFFFFFFFF

    def directory(name: str, kind: int, right: int, child: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        return struct.pack(entry, raw, len(raw), kind, 1, empty, right, child, b"", 0, 0, 0, 0xFFFFFFFE, 0)

    names = directory("Root Entry", 5, empty, 1) + directory("EncryptionInfo", 2, 2, empty)
    names += directory("EncryptedPackage", 2, empty, empty)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<10I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE)
    path.write_bytes(header.ljust(512, b"\xff") + table.ljust(512, b"\xff") + names.ljust(512, b"\0"))
    return path


def encrypted_pdf(source: Path, target: Path) -> Path:
    writer = PdfWriter(clone_from=PdfReader(source))
    writer.encrypt("secret")
    writer.write(target)
    return target


def wide(path: Path) -> Path:
    workbook = openpyxl.Workbook()
    workbook.active.append(["x"] * 10_000)
    workbook.save(path)
    return path


def other_word_file(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("会议通知")
    document.save(str(path))
    return path


def blank_pdf(path: Path) -> Path:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(path)
    return path


BAD = {
    "文字.docx": (lambda papers, path: path.write_text("这是文字"), "不是可识别的文件类型"),
    "截断.docx": (lambda papers, path: path.write_bytes((papers / "plan.docx").read_bytes()[:3000]), "已损坏"),
    "截断.xlsx": (lambda papers, path: path.write_bytes((papers / "roster.xlsx").read_bytes()[:3000]), "已损坏"),
    "截断.pdf": (lambda papers, path: path.write_bytes((papers / "plan.pdf").read_bytes()[:3000]), "已损坏"),
    "空.docx": (lambda papers, path: path.touch(), "是空文件"),
    "密码.docx": (lambda papers, path: encrypted_office(path), "设有打开密码"),
    "密码.pdf": (lambda papers, path: encrypted_pdf(papers / "plan.pdf", path), "设有打开密码"),
    "宏.docx": (
        lambda papers, path: rewritten(papers / "plan.docx", path, added=[("word/vbaProject.bin", b"x")]),
        "含有宏",
    ),
    "炸弹.docx": (
        lambda papers, path: rewritten(papers / "plan.docx", path, added=[("word/media/x", bytes(310 << 20))]),
        "超过 300 MB 的上限",
    ),
    "一万列.xlsx": (lambda papers, path: wide(path), "超过 500 列"),
    "通知.docx": (lambda papers, path: other_word_file(path), "不是现有的任何一种表单"),
    "空簿.xlsx": (lambda papers, path: openpyxl.Workbook().save(path), "不是现有的任何一种表单"),
    "空白.pdf": (lambda papers, path: blank_pdf(path), "没有可以识别的文字"),
    "照片.jpg": (lambda papers, path: path.write_bytes(b"\0\0\0\x18ftypheic" + bytes(16)), "是 HEIC"),
    "网页.docx": (lambda papers, path: path.write_text("<html><body>表</body></html>"), "不是可识别的文件类型"),
    "压缩包.zip": (
        lambda papers, path: rewritten(papers / "roster.xlsx", path, lambda name, part: b""),
        "已损坏",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file(name: str, papers: Path, tmp_path: Path) -> None:
    """This test ensures that each kind of bad file ends with exit code 3 and a message with its name and a remedy."""
    make, words = BAD[name]
    path = tmp_path / name
    make(papers, path)
    call("extract", path, "--json", "-o", tmp_path / "out.json").refused(3, name, words, "请")
    assert listing(tmp_path) == [name]


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """This test ensures that a file that is not there and an empty folder are refused with the right word."""
    call("extract", tmp_path / "没有.docx").refused(3, "没有.docx", "不存在")
    call("extract", tmp_path).refused(3, "是空的")


def test_external_references_are_read_with_a_notice(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a linked picture is not fetched but named, and the paper is read."""
    link = (
        b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        b'Target="http://example.invalid/x.png" TargetMode="External"/></Relationships>'
    )

    def linked(name: str, part: bytes) -> bytes:
        return part.replace(b"</Relationships>", link) if name == "word/_rels/document.xml.rels" else part

    said = call("extract", rewritten(papers / "plan.docx", tmp_path / "a.docx", linked), "--json")
    assert said.code == 0
    assert [finding["rule"] for finding in said.json["findings"]] == ["file/external"]
    assert said.json["data"]["unit"] == "内蒙古晴川新材料有限公司"


@pytest.mark.parametrize("name", ["a.xlsx", "a.pdf", "a.doc", "没有扩展名"])
def test_wrong_extension_is_read_with_a_notice(name: str, papers: Path, tmp_path: Path) -> None:
    """This test ensures that the content decides what a file is, and the extension earns a notice."""
    said = call("extract", shutil.copy(papers / "plan.docx", tmp_path / name), "--json")
    assert said.code == 0
    assert [finding["rule"] for finding in said.json["findings"]] == ["file/extension"]


def test_title_of_another_year(tmp_path: Path) -> None:
    """This test ensures that another year's table is refused by its title, not read into this year's form."""
    call("blank", "he-2024/recommendation-summary", "-o", tmp_path / "a.docx")
    old = rewritten(
        tmp_path / "a.docx",
        tmp_path / "旧表.docx",
        lambda name, part: part.replace(b"2024", b"2023") if name == "word/document.xml" else part,
    )
    call("extract", old).refused(3, "旧表.docx", "2023年度", "不是同一年度的表", "本年度的空表")


def test_record_of_an_unknown_edition(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a paper made from an edition we do not have says so."""
    record = Record("nm-2019/cultivation-plan", "nm-2019", {"unit": "甲"}).to_xml().encode()

    def dated(name: str, part: bytes) -> bytes:
        return record if b"urn:greenforms:record:1" in part and name.endswith("item1.xml") else part

    path = rewritten(papers / "plan.docx", tmp_path / "旧版.docx", dated)
    call("extract", path).refused(3, "旧版.docx", "nm-2019/cultivation-plan", "没有这个版本")


def test_record_that_was_changed(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a forged record is not believed: the paper itself is read, with a notice."""

    def forged(name: str, part: bytes) -> bytes:
        return part.replace("苏晓萌".encode(), "苏小萌".encode()) if name.startswith("customXml/") else part

    said = call("extract", rewritten(papers / "plan.docx", tmp_path / "a.docx", forged), "--json")
    assert "record/damaged" in [finding["rule"] for finding in said.json["findings"]]
    assert said.json["data"]["contact"]["name"] == "苏晓萌"


def test_check_reports_what_it_could_not_read(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a folder is checked although some of its files are unreadable, each of them named."""
    for name, (make, _) in BAD.items():
        if name != "炸弹.docx":
            make(papers, tmp_path / name)
    shutil.copy(papers / "plan.docx", tmp_path / "plan.docx")
    said = call("check", tmp_path, "--json")
    unread = [finding for finding in said.json["findings"] if finding["rule"] in UNREAD]
    assert {place["document"] for finding in unread for place in finding["places"]} == BAD.keys() - {"炸弹.docx"}
