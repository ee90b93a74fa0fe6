"""One PDF of a whole pack: its pages in order, bookmarks, numbers on pages; and attachments as they are bound."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from greenforms.errors import InputError
from greenforms.submission.bundle import bound
from greenforms.submission.merge import Part, merged, pack_id, parts_of
from greenforms.submission.papers import Evidence, Plan


def pdf(*sizes: tuple[int, int], turned: int = 0, lock: str = "") -> bytes:
    """A PDF of blank pages."""
    writer = PdfWriter()
    for wide, high in sizes:
        writer.add_blank_page(wide, high).rotate(turned)
    if lock:
        writer.encrypt(lock)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


A4 = (595, 842)
PARTS = (
    Part("01 申请表.docx", "《申请表》", (pdf(A4, A4),), attached=False),
    Part("附件1 批复.pdf", "附件1　批复", (pdf((842, 595), turned=90),), attached=True),
    Part("附件2 照片.png", "附件2　照片", (pdf(A4), pdf((300, 400))), attached=True),
)


def plan(folder: Path, *names: str) -> Plan:
    """A plan of attachments alone."""
    return Plan(
        (), tuple(Evidence(folder / name, n, Path(name).stem, Path(name).suffix) for n, name in enumerate(names, 1)), ()
    )


def test_the_pages_of_a_pack() -> None:
    """every page says of which pack and which page it is; bookmarks lead to where papers and attachments begin."""
    content, starts = merged(PARTS, "3F9A2C11D0AA")
    assert starts == {"01 申请表.docx": (1, 2), "附件1 批复.pdf": (3, 1), "附件2 照片.png": (4, 2)}
    reader = PdfReader(io.BytesIO(content))
    assert [page.extract_text() for page in reader.pages] == [f"3F9A2C11D0AA  {n}/5" for n in range(1, 6)]
    paper, head, attachments = reader.outline
    assert (paper.title, reader.get_destination_page_number(paper)) == ("《申请表》", 0)
    assert (head.title, reader.get_destination_page_number(head)) == ("附件", 2)
    assert [(each.title, reader.get_destination_page_number(each)) for each in attachments] == [
        ("附件1　批复", 2),
        ("附件2　照片", 3),
    ]
    assert [page.rotation for page in reader.pages] == [0] * 5
    assert reader.pages[2].mediabox.height > reader.pages[2].mediabox.width, "as it is seen"
    assert merged(PARTS, "3F9A2C11D0AA")[0] == content


def test_the_number_of_a_pack() -> None:
    """it follows from names and digests, and is another one when a file is."""
    one = pack_id({"甲.docx": "a" * 64, "乙.docx": "b" * 64})
    assert one == pack_id({"甲.docx": "a" * 64, "乙.docx": "b" * 64})
    assert one != pack_id({"甲.docx": "a" * 64, "乙.docx": "c" * 64})
    assert (len(one), one.isalnum(), one.isupper() or one.isdigit()) == (12, True, True)


def test_attachments_that_are_pictures(tmp_path: Path) -> None:
    """each picture of a file is a page no larger than A4; a PDF is taken as it is."""
    first, second = Image.new("RGB", (800, 600), "white"), Image.new("RGB", (300, 900), "white")
    first.save(tmp_path / "照片.tif", save_all=True, append_images=[second])
    (tmp_path / "批复.pdf").write_bytes(pdf(A4))
    pictures, whole = parts_of(plan(tmp_path, "照片.tif", "批复.pdf"), {})
    sizes = [PdfReader(io.BytesIO(each)).pages[0].mediabox for each in pictures.contents]
    assert [(round(each.width), round(each.height)) for each in sizes] == [(793, 595), (281, 842)]
    assert whole.contents == (pdf(A4),)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("锁.pdf", pdf(A4, lock="x"), "“附件1 锁.pdf”设了密码"),
        ("坏.pdf", b"%PDF-1.7 cut off", "“附件1 坏.pdf”是不完整的 PDF"),
        ("空.dat", b"\0\1", "“附件1 空.dat”打不开"),
        ("旧.rtf", b"{\\rtf1 x}", "“附件1 旧.rtf”是RTF 文档，不能并入"),
    ],
)
def test_what_cannot_be_merged(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    """a locked, broken or other file is refused by name, with what to do."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        merged([*parts_of(plan(tmp_path, name), {})], "X")


def test_attachments_as_they_are_bound(tmp_path: Path) -> None:
    """pages are counted through; behind what has none before it is printed the first page is about."""
    (tmp_path / "甲.pdf").write_bytes(pdf(A4, A4, A4))
    Image.new("RGB", (30, 40), "white").save(tmp_path / "乙.png")
    (tmp_path / "丙.docx").write_bytes(b"PK no package")
    (tmp_path / "丁.pdf").write_bytes(pdf(A4))
    found = bound(plan(tmp_path, "甲.pdf", "乙.png", "丙.docx", "丁.pdf").evidence)
    assert [each.words for each in found] == [("3", "1"), ("1", "4"), ("打印以后才知道", "5"), ("1", "约6")]
    inside = bound(plan(tmp_path, "甲.pdf").evidence, {"附件1 甲.pdf": (7, 3)})
    assert [each.words for each in inside] == [("3", "7")]
