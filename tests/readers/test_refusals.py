"""One broken file per message: what is refused, and in which words."""

from __future__ import annotations

import os
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from office_parts import content_types, document, p, relationships, tc, write_docx
from PIL import Image
from pypdf import PdfWriter

from greenforms_extractors import extent, ooxml
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.reading import read, read_here


def refusal(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert caught.value.path == path
    assert path.name in str(caught.value)
    return caught.value


def check(path: Path, code: str, *words: str) -> None:
    error = refusal(path)
    assert error.code == code
    for word in words:
        assert word in str(error)


def rewritten(path: Path, change: bytes, into: bytes) -> Path:
    content = path.read_bytes()
    assert change in content
    path.write_bytes(content.replace(change, into))
    return path


def test_missing_file(tmp_path: Path) -> None:
    """A path without a file is named as such."""
    check(tmp_path / "没有.docx", "not-found", "不存在", "请检查文件名")


def test_folder(tmp_path: Path) -> None:
    """A folder is not taken for a file."""
    check(tmp_path, "no-access", "无法打开")


def test_pipe_and_device(tmp_path: Path) -> None:
    """What waits or never ends is refused without being opened."""
    os.mkfifo(tmp_path / "管道.docx")
    check(tmp_path / "管道.docx", "no-file", "管道", "存成文件")
    check(Path("/dev/zero"), "no-file", "设备")


def test_empty_file(tmp_path: Path) -> None:
    """A file of no bytes is called empty, not damaged."""
    path = tmp_path / "空.docx"
    path.touch()
    check(path, "empty", "0 字节", "重新")


@pytest.mark.parametrize("content", ["一段文字".encode(), b"\x7fELF....", b"Rar!\x1a\x07\x00"])
def test_unknown_type(tmp_path: Path, content: bytes) -> None:
    """What is no office file is refused whatever its extension."""
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    check(path, "unknown", "程序读取 .docx、.xlsx、.pdf")


def test_other_zip(tmp_path: Path) -> None:
    """A plain archive is not taken for a damaged document."""
    path = tmp_path / "材料.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("说明.txt", "说明")
    check(path, "unknown", "压缩包")


def test_ofd(tmp_path: Path) -> None:
    """An OFD file is named."""
    path = tmp_path / "a.ofd"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("OFD.xml", "<OFD/>")
    check(path, "unknown", "OFD")


def test_truncated_zip(tmp_path: Path) -> None:
    """Half a download is refused as damaged."""
    path = write_docx(tmp_path / "a.docx", p("文字"))
    path.write_bytes(path.read_bytes()[:-200])
    check(path, "damaged", "已损坏", "重新下载")


def test_wrong_checksum(tmp_path: Path) -> None:
    """A flipped byte inside a part is noticed while unpacking."""
    path = tmp_path / "a.docx"
    write_docx(path, p("文字"))
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    check(rewritten(path, "文字".encode(), "文学".encode()), "damaged", "校验不符")


def test_lying_size(tmp_path: Path) -> None:
    """A part that unpacks to more than the directory states is not read on."""
    path = write_docx(tmp_path / "a.docx", p("文字" * 5000))
    content = bytearray(path.read_bytes())
    size = len(document(p("文字" * 5000)).encode())
    for at in [i for i in range(len(content) - 4) if content[i : i + 4] == struct.pack("<I", size)]:
        content[at : at + 4] = struct.pack("<I", 300)
    path.write_bytes(bytes(content))
    check(path, "damaged")


def test_broken_xml(tmp_path: Path) -> None:
    """XML that breaks off is refused as damaged."""
    check(write_docx(tmp_path / "a.docx", "", parts={"word/document.xml": "<w:document"}), "damaged")


def test_zip_password(tmp_path: Path) -> None:
    """The encryption flag of a zip member is a password."""
    path = write_docx(tmp_path / "a.docx", p("文字"))
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(bytes(content))
    check(path, "password", "打开密码", "取消密码保护")


def ole(path: Path, *streams: str) -> Path:
    """A minimal compound file (version 3): header, one table sector, one directory, empty streams."""
    entry = "<64sHBBIII16sIQQIQ"
    empty = 0xFFFFFFFF

    def directory(name: str, kind: int, right: int, child: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        return struct.pack(entry, raw, len(raw), kind, 1, empty, right, child, b"", 0, 0, 0, 0xFFFFFFFE, 0)

    entries = [directory("Root Entry", 5, empty, 1)]
    for number, name in enumerate(streams, start=1):
        following = number + 1 if number < len(streams) else empty
        entries.append(directory(name, 2, following, empty))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE)
    body = b"".join(entries)
    path.write_bytes(header.ljust(512, b"\xff") + table.ljust(512, b"\xff") + body.ljust(512, b"\0"))
    return path


def test_encrypted_package(tmp_path: Path) -> None:
    """A document saved with a password is an OLE file with an encrypted package."""
    check(ole(tmp_path / "a.docx", "EncryptedPackage", "EncryptionInfo"), "password", "打开密码")


def test_old_macros(tmp_path: Path) -> None:
    """Macros in an OLE file are found under any extension."""
    check(ole(tmp_path / "a.wps", "Macros"), "macros", "宏")


def test_broken_ole(tmp_path: Path) -> None:
    """Half an OLE file is damaged."""
    path = ole(tmp_path / "a.doc", "Workbook")
    path.write_bytes(path.read_bytes()[:300])
    check(path, "damaged")


def test_macros(tmp_path: Path) -> None:
    """A macro project is refused even in a file called .docx."""
    check(write_docx(tmp_path / "a.docx", p("x"), parts={"word/vbaProject.bin": b"x"}), "macros", "含有宏", "不含宏")


def test_macro_content_type(tmp_path: Path) -> None:
    """A macro-enabled main part is refused even without a project in it."""
    types = content_types("application/vnd.ms-word.document.macroEnabled.main+xml")
    check(write_docx(tmp_path / "a.docx", p("x"), parts={"[Content_Types].xml": types}), "macros")


def test_too_many_parts(tmp_path: Path) -> None:
    """More than 5000 parts is a bomb."""
    path = write_docx(tmp_path / "a.docx", p("x"), parts={f"x/{n}.xml": "" for n in range(ooxml.MAX_ENTRIES)})
    check(path, "zip-bomb", "5004 个部件", "5000")


def test_equal_rows(tmp_path: Path) -> None:
    """A table of equal rows packs to less than a hundredth and is no bomb."""
    row = f"<w:tr>{tc(p('内蒙古某某稀土材料有限公司'))}<!--{' ' * 3000}-->{tc(p('绿色工厂'))}</w:tr>"
    path = write_docx(tmp_path / "a.docx", f"<w:tbl>{row * 2000}</w:tbl>")
    (entry,) = (each for each in zipfile.ZipFile(path).infolist() if each.filename == "word/document.xml")
    assert entry.file_size > 100 * entry.compress_size
    assert read(path).tables[0].rows == 2000


@pytest.mark.parametrize("inside", ["<w:p/>", "<w:bookmarkStart/>", '<w:p a="1" b="2" c="3"/>'])
def test_too_much_markup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str) -> None:
    """A part of more elements than fit into memory is refused while it is read, whatever they are."""
    monkeypatch.setattr(extent, "MAX_MARKUP", 1 << 20)
    check(write_docx(tmp_path / "a.docx", inside * 30_000), "too-much", "结构过于庞大")


def test_total_size(tmp_path: Path) -> None:
    """The directory's sizes together are limited, before anything is unpacked."""
    path = write_docx(tmp_path / "a.docx", p("x"), parts={"word/a.xml": b"x" * 70_001})
    rewritten(path, struct.pack("<I", 70_001), struct.pack("<I", 400 << 20))
    check(path, "zip-bomb", "400 MB", "300 MB")


@pytest.mark.parametrize("name", ["../a.xml", "/a.xml", "..\\a.xml", "C:a.xml"])
def test_outside_names(tmp_path: Path, name: str) -> None:
    """A part name that points outside the package is refused."""
    check(write_docx(tmp_path / "a.docx", p("x"), parts={name: "x"}), "unsafe-names", "包外")


def test_duplicate_names(tmp_path: Path) -> None:
    """Two parts of one name would let two readers see two documents."""
    path = write_docx(tmp_path / "a.docx", p("x"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Word/document.xml", document(p("另一份")))
    check(path, "unsafe-names", "重名")


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("prolog", [BOMB, OUTSIDE])
def test_entities(tmp_path: Path, prolog: str) -> None:
    """Entities are refused, not resolved, in the document as in the small parts."""
    body = document("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>")
    check(write_docx(tmp_path / "a.docx", "", parts={"word/document.xml": prolog + body}), "unsafe-xml", "实体")
    rels = prolog.replace("x [", "Relationships [") + relationships()
    check(write_docx(tmp_path / "b.docx", "", parts={"word/_rels/document.xml.rels": rels}), "unsafe-xml")


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"avif"])
def test_telephone_picture(tmp_path: Path, brand: bytes) -> None:
    """A photo in a telephone's own format is refused with the way to one that is read."""
    path = tmp_path / "a.jpg"
    path.write_bytes(b"\0\0\0\x18ftyp" + brand + bytes(100))
    check(path, "heic", "HEIC", "JPEG")


def test_too_wide(tmp_path: Path) -> None:
    """A value far to the right is refused."""
    workbook = openpyxl.Workbook()
    workbook.create_sheet("名单")["XFD1"] = "x"
    workbook.save(tmp_path / "a.xlsx")
    check(tmp_path / "a.xlsx", "too-wide", "“名单”", "第 16384 列", "500 列")


def test_too_long(tmp_path: Path) -> None:
    """A value far below is refused."""
    workbook = openpyxl.Workbook()
    workbook.create_sheet("名单")["A1048576"] = "x"
    workbook.save(tmp_path / "a.xlsx")
    check(tmp_path / "a.xlsx", "too-long", "第 1048576 行", "200000 行")


def test_pdf_without_text(tmp_path: Path) -> None:
    """A PDF of blank pages has nothing to read, nor has a blank picture."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(tmp_path / "a.pdf")
    check(tmp_path / "a.pdf", "no-text", "没有可以识别的文字", "每一页都是空白", "重新扫描")
    Image.new("L", (600, 800), 250).save(tmp_path / "a.png")
    check(tmp_path / "a.png", "no-text", "没有可以识别的文字")


def test_pdf_password(tmp_path: Path) -> None:
    """An encrypted PDF is refused."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(tmp_path / "a.pdf")
    check(tmp_path / "a.pdf", "password", "打开密码")


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"]
)
def test_broken_pdf(tmp_path: Path, content: bytes) -> None:
    """A PDF without its structure is damaged."""
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    check(path, "damaged", "PDF 结构不完整")


def test_pdf_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams that unpack beyond the limit are refused before the page is read."""
    monkeypatch.setattr("greenforms_extractors.pdf.burden.MAX_UNPACKED", 1 << 20)
    from pypdf.generic import NameObject, StreamObject

    writer = PdfWriter()
    stream = StreamObject()
    stream.set_data(b" " * (2 << 20))
    writer.add_blank_page(595, 842)[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(UnreadableFile, match="1 MB") as caught:
        read_here(tmp_path / "a.pdf")
    assert caught.value.code == "pdf-bomb"


def notices(path: Path) -> dict[str, str]:
    return {notice.code: notice.message for notice in read(path).notices}


def test_wrong_extension(tmp_path: Path) -> None:
    """A document under a wrong extension is read by its content, with a notice."""
    path = write_docx(tmp_path / "a.xlsx", p("文字"))
    assert read(path).kind == "docx"
    assert "“.xlsx”" in notices(path)["extension"]


def test_external_links(tmp_path: Path) -> None:
    """External content is noticed and never fetched; hyperlinks are not worth a word."""
    links = ("rId1", "image", "http://example.invalid/a.png"), ("rId2", "hyperlink", "http://example.invalid/")
    assert "1 处外部内容" in notices(write_docx(tmp_path / "a.docx", p("x"), *links))["external"]
    assert notices(write_docx(tmp_path / "b.docx", p("x"), links[1])) == {}


def test_embedded_objects(tmp_path: Path) -> None:
    """Embedded objects are listed."""
    path = write_docx(tmp_path / "a.docx", p("x"), parts={"word/embeddings/oleObject1.bin": b"x"})
    assert "oleObject1.bin" in notices(path)["embedded-object"]
