"""Which pages of a PDF are read as text and which as pictures, and what is said about it."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pdf_layers
import pdfplumber
import pypdfium2
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from greenforms.record import ATTACHMENT_NAME, Record
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.model import Document, PageOrigin
from greenforms_extractors.pdf.layer import Judge
from greenforms_extractors.pdf.sheet import Sheet
from greenforms_extractors.reading import read
from greenforms_scans.made_up import made_up
from greenforms_scans.printing import printed, rasters
from greenforms_scans.scan_files import image_pdf, joined_pdf, with_nonsense_text
from shipped import load_form, read_paper

Change = Callable[[list[str]], list[str]]

ROSTER = "nm-2024/cultivation-roster"
FORM = load_form(ROSTER)
DATA = made_up(FORM, 3, 3)
#: A page of A4 in pixels of 50 dots per inch, and in points.
SMALL, A4 = (413, 585), (0, 0, 595, 842)


@pytest.fixture(scope="session")
def paper() -> bytes:
    """The roster as an office program exports it, one page."""
    return printed(FORM, DATA)


@pytest.fixture(scope="session")
def scan(paper: bytes) -> bytes:
    """The same page as a scanner sends it."""
    return image_pdf(rasters(paper, 150), 150)


@pytest.fixture(scope="session")
def words(paper: bytes, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the paper says, read as text."""
    return said(document(paper, tmp_path_factory.mktemp("words")))


@contextmanager
def opened(content: bytes) -> Iterator[tuple[Any, Sheet]]:
    """The first page, as written and as it looks."""
    drawn = pypdfium2.PdfDocument(content)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        yield pdf.pages[0], Sheet(drawn[0], 1)
    drawn.close()


def document(content: bytes, folder: Path) -> Document:
    path = folder / "a.pdf"
    path.write_bytes(content)
    return read(path)


def said(found: Document) -> str:
    texts = [paragraph.text for paragraph in found.paragraphs]
    texts += [cell.text for table in found.tables for cell in table.cells]
    return "".join("".join(texts).split())


def likeness(found: Document, words: str) -> float:
    return Levenshtein.normalized_similarity(said(found), words)


def notices(found: Document) -> dict[str, str]:
    return {notice.code: notice.message for notice in found.notices}


def origins(found: Document) -> list[PageOrigin]:
    return [block.origin for block in found.blocks if isinstance(block.origin, PageOrigin)]


def test_scan(scan: bytes, words: str, tmp_path: Path) -> None:
    """A page that is a picture is recognised: its table, its places on the page, and a notice that it was."""
    found = document(scan, tmp_path)
    assert likeness(found, words) > 0.97
    assert (found.kind, found.pages, found.scanned) == ("pdf", 1, (1,))
    assert notices(found) == {"scanned": "第 1 页是扫描图像，已用文字识别读取，请按可信度核对"}
    assert found.tables[0].rows == 4
    left, _, right, bottom = origins(found)[-1].box
    assert 40 < left < 120 < 450 < right < 560 < 842 - bottom + 560


def test_page_by_page(paper: bytes, scan: bytes, words: str, tmp_path: Path) -> None:
    """Text, pictures and blank backs in one file: each page by itself, and no word about blank ones."""
    blank = image_pdf([rasters(pdf_layers.blank_pdf(), 50)[0]], 50)
    parts = [(paper, 0), (scan, 0), (pdf_layers.blank_pdf(), 0), (blank, 0)]
    found = document(joined_pdf(*parts), tmp_path)
    assert (found.pages, found.scanned) == (4, (2,))
    assert list(notices(found)) == ["scanned"]
    assert "第 2 页" in notices(found)["scanned"]
    first = [block for block in found.blocks if block.origin.page == 1]  # type: ignore[union-attr]
    assert said(Document("pdf", tuple(first))) == words
    assert {origin.page for origin in origins(found)} == {1, 2}
    assert [table.cells[9].confidence < 1 for table in found.tables] == [False, True]


def test_hidden_text(paper: bytes, scan: bytes, words: str, tmp_path: Path) -> None:
    """The invisible text that a copier lays under a scan is not read."""
    found = document(with_nonsense_text(scan, paper, 1), tmp_path)
    assert likeness(found, words) > 0.97
    assert found.scanned == (1,)
    assert list(notices(found)) == ["text-layer"]
    assert "看不见" in notices(found)["text-layer"]


def test_text_under_a_picture(paper: bytes, tmp_path: Path) -> None:
    """Text that a picture covers is hidden, too; text under a watermark is not."""
    covered = pdf_layers.with_picture(paper, Image.new("L", SMALL, 255), A4)
    with pytest.raises(UnreadableFile, match="没有可以识别的文字"):
        document(covered, tmp_path)
    marked = document(pdf_layers.with_picture(paper, Image.new("L", SMALL, 200), A4, alpha=40), tmp_path)
    assert (marked.scanned, marked.notices) == ((), ())
    assert said(marked) == said(document(paper, tmp_path))


@pytest.mark.parametrize("change", [None, pdf_layers.exchanged], ids=["unnamed", "exchanged"])
def test_garbled_text(change: Change | None, paper: bytes, words: str, tmp_path: Path) -> None:
    """Text whose characters are lost or others than those seen is recognised instead."""
    found = document(pdf_layers.with_characters(paper, change), tmp_path)
    assert likeness(found, words) > 0.97
    assert found.scanned == (1,)
    assert list(notices(found)) == ["text-layer"]
    assert "乱码" in notices(found)["text-layer"]


@pytest.mark.parametrize("change", [pdf_layers.shifted, pdf_layers.western, pdf_layers.latin, pdf_layers.private])
def test_nonsense(change: Change, paper: bytes) -> None:
    """Neighbours in Unicode, a Western code page, Latin letters and private characters are seen to be nonsense."""
    with opened(pdf_layers.with_characters(paper, change)) as (page, sheet):
        assert Judge().judged(page, sheet) == "garbled"


def test_figures_in_units_of_their_own(paper: bytes) -> None:
    """Single figures in another face, drawn in units that the page scales, are as narrow as they look."""
    typed = [(100.0 + 40 * (place % 10), 100.0 + 20 * (place // 10), str(place % 10)) for place in range(40)]
    with opened(pdf_layers.scaled(pdf_layers.with_text(paper, typed), 0.5)) as (page, sheet):
        assert Judge().judged(page, sheet) == "text"


def test_lost_bullet(paper: bytes, words: str, tmp_path: Path) -> None:
    """A few single characters without a meaning are reported; the rest is read as it is written."""
    bullet = f"{ord('序'):04X}"

    def without_bullet(characters: list[str]) -> list[str]:
        return ["E000" if each.upper() == bullet else each for each in characters]

    found = document(pdf_layers.with_characters(paper, without_bullet), tmp_path)
    assert said(found) == words.replace("序", "\ue000")
    assert list(notices(found)) == ["broken-text"]


def test_sound_text_is_not_drawn(paper: bytes, tmp_path: Path) -> None:
    """A sound page is read as text, without loading what recognition needs."""
    (tmp_path / "a.pdf").write_bytes(paper)
    asked = "from greenforms_extractors.reading import read; from pathlib import Path; import sys; "
    asked += f"found = read(Path({str(tmp_path / 'a.pdf')!r})); "
    asked += "print(found.scanned, found.notices, {'cv2', 'onnxruntime'} & set(sys.modules))"
    assert said_by(asked) == "() () set()"


def test_english_page(tmp_path: Path) -> None:
    """A page in English, unlikely as it is, is compared with what is seen and then read as text."""
    lines = ("This annex was translated from the Chinese original.", "Both texts are equally authentic: 3.50 kg/t.")
    typed = [(72.0, 700.0 - 20 * number, line) for number, line in enumerate(lines)]
    found = document(pdf_layers.with_text(pdf_layers.blank_pdf(), typed), tmp_path)
    assert (found.scanned, found.notices) == ((), ())
    assert said(found) == "".join("".join(lines).split())


def test_typed_on_a_scan(scan: bytes, words: str, tmp_path: Path) -> None:
    """What was typed on a scanned form is read together with the form: the picture tells both."""
    typed = [(80.0, 130.0, "2025-03-18"), (300.0, 30.0, "1")]
    found = document(pdf_layers.with_text(scan, typed), tmp_path)
    assert found.scanned == (1,)
    assert list(notices(found)) == ["scanned"]
    assert "2025-03-18" in said(found)
    assert likeness(found, words) > 0.9


def test_text_on_a_photo(paper: bytes, tmp_path: Path) -> None:
    """A large picture without text in it does not make a page a scan."""
    photo = Image.linear_gradient("L").resize((60, 60))
    found = document(pdf_layers.with_picture(paper, photo, (60, 20, 540, 500), alpha=255), tmp_path)
    assert (found.scanned, found.notices) == ((), ())


def test_lying_text(paper: bytes, words: str, tmp_path: Path) -> None:
    """Text that runs up the page is stood upright by recognition; the reader of text cannot follow it."""
    found = document(pdf_layers.lying(paper), tmp_path)
    assert likeness(found, words) > 0.97
    assert "横躺" in notices(found)["text-layer"]
    assert {origin.turned for origin in origins(found)} == {90}


def test_cut_page(paper: bytes, tmp_path: Path) -> None:
    """Boxes count from the corner of what is seen of a page, also where a strip is cut off, as for a scan of it."""
    whole, cut = document(paper, tmp_path), document(pdf_layers.cropped(paper, 20, 30), tmp_path)
    assert said(cut) == said(whole)
    for before, after in zip(origins(whole), origins(cut), strict=True):
        assert after.box == pytest.approx([edge - off for edge, off in zip(before.box, (20, 30) * 2, strict=True)])


def test_record_in_a_scan(scan: bytes, tmp_path: Path) -> None:
    """The record embedded in a paper is still believed first when its pages are pictures."""
    record = Record(FORM.id, FORM.edition.id, DATA).to_json().encode()
    (tmp_path / "a.pdf").write_bytes(pdf_layers.with_attachment(scan, ATTACHMENT_NAME, record))
    found = read_paper(tmp_path / "a.pdf")
    assert (found.form, found.data) == (ROSTER, DATA)
    assert {field.source for field in found.fields} == {"record"}


def test_attachment_of_blank_pages(tmp_path: Path) -> None:
    """Blank pages are no reason to refuse a file that carries something."""
    found = document(pdf_layers.with_attachment(pdf_layers.blank_pdf(), "a.json", b"{}"), tmp_path)
    assert (found.blocks, found.attachments, found.notices) == ((), {"a.json": b"{}"}, ())


def test_picture_too_large(tmp_path: Path) -> None:
    """A picture that would fill the memory is refused by the size it states itself, whatever the file says of it."""
    target = io.BytesIO()
    Image.new("RGB", SMALL, "white").save(target, "PDF", resolution=50)
    huge = bytes.fromhex("ffc0001108") + (60000).to_bytes(2, "big") * 2
    content = target.getvalue()
    start = content.index(bytes.fromhex("ffc0001108"))
    with pytest.raises(UnreadableFile, match="60000×60000 像素") as caught:
        document(content[:start] + huge + content[start + len(huge) :], tmp_path)
    assert caught.value.code == "image-too-large"


#: Reads a file of many pages, then says how many it had and how many megabytes it took at most.
_MEASURED = """
import resource, sys
from pathlib import Path
from greenforms_extractors.reading import read
found = read(Path(sys.argv[1]))
print(found.pages, *found.scanned, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.parametrize("kind", ["pdf", "tif"])
def test_many_pages(kind: str, tmp_path: Path) -> None:
    """Pages are read one at a time: two hundred take hardly more memory than two, less than their pictures would."""
    title = rasters(pdf_layers.with_text(pdf_layers.blank_pdf(), [(72, 700, "GB/T 36132")]), 100)[0]
    noise = Image.effect_noise((310, 437), 1).point(lambda level: level + 115)
    used = []
    for count in (2, 200):
        path = tmp_path / f"{count}.{kind}"
        pages = {"save_all": True, "append_images": [noise] * (count - 1)}
        Image.fromarray(title[..., 0]).save(path, resolution=200, quality=100, **pages)
        found, scanned, megabytes = map(int, said_by(_MEASURED, str(path)).split())
        assert (found, scanned) == (count, 1)
        used.append(megabytes)
    assert used[1] < used[0] + 30


def said_by(program: str, *arguments: str) -> str:
    """What a program prints, run by itself."""
    command = [sys.executable, "-W", "error", "-c", program, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout.strip()
