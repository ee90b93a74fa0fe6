"""Ways to change one character of a printed value in a paper of ours: in Word, in a sheet, in a PDF.

What is attached to the file is left as it is: the paper says something else than its record.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from xml.sax.saxutils import escape, unescape

import pypdf
from pypdf.generic import ArrayObject, ByteStringObject, ContentStream, NameObject, TextStringObject

from greenforms.form.form import Form
from greenforms.read.extraction import Extraction, FieldReading
from greenforms_extractors.model import PageOrigin, SheetOrigin

#: A content control that holds no other one, and a text in it (ISO/IEC 29500-1, 17.5.2).
_CONTROL = re.compile(r"<w:sdt>(?:(?!<w:sdt>).)*?</w:sdt>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]+)</w:t>")


@dataclass(frozen=True, slots=True)
class Edit:
    """What was changed, and the paper with the change."""

    what: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper of ours as it was printed and read."""

    form: Form
    kind: str
    content: bytes
    clean: Extraction


def edited(paper: Printed, rng: Random) -> Edit | None:
    """One character of a printed value is another; None where the paper prints none that can be changed."""
    return _WAYS[paper.kind](paper, rng)


def _other(sign: str, rng: Random) -> str:
    """Another character of the same kind."""
    if sign.isdigit() and sign.isascii():
        return rng.choice([each for each in "0123456789" if each != sign])
    if sign.isascii():
        return rng.choice([each for each in "abcdefghkmnpqrstuvwxyz" if each != sign.lower()])
    return rng.choice([each for each in "山河春秋金木水火土石" if each != sign])


def _turns(text: str) -> list[int]:
    """Where the characters stand that mean something: letters and digits of any script."""
    return [number for number, sign in enumerate(text) if sign.isalnum()]


def _changed(text: str, rng: Random) -> str | None:
    turns = _turns(text)
    if not turns:
        return None
    turn = rng.choice(turns)
    return f"{text[:turn]}{_other(text[turn], rng)}{text[turn + 1 :]}"


# -- Word --------------------------------------------------------------------------------------------------------------


def _word(paper: Printed, rng: Random) -> Edit | None:
    members = _members(paper.content)
    name = "word/document.xml"
    xml = members[name].decode()
    spots = [
        (control.start() + text.start(1), control.start() + text.end(1))
        for control in _CONTROL.finditer(xml)
        for text in _TEXT.finditer(control[0])
        if _turns(unescape(text[1]))
    ]
    if not spots:
        return None
    start, end = rng.choice(spots)
    before = unescape(xml[start:end])
    after = _changed(before, rng)
    members[name] = f"{xml[:start]}{escape(after or '')}{xml[end:]}".encode()
    return Edit(f"{before} → {after}", _packed(members))


# -- sheets ------------------------------------------------------------------------------------------------------------


def _sheet(paper: Printed, rng: Random) -> Edit | None:
    fields = [each for each in paper.clean.fields if isinstance(each.evidence, SheetOrigin) and _turns(each.raw)]
    members = _members(paper.content)
    sheets = _sheet_files(members)
    for field in rng.sample(fields, len(fields)):
        assert isinstance(field.evidence, SheetOrigin)
        name, cell = sheets[field.evidence.sheet], field.evidence.cell
        xml = members[name].decode()
        found = re.search(rf'<c r="{cell}"[^>]*>.*?</c>', xml, re.DOTALL)
        if found is None:
            continue
        for text in re.finditer(r"<(?:t|v)(?: [^>]*)?>([^<]+)</(?:t|v)>", found[0]):
            place = unescape(text[1]).find(field.raw)
            after = _changed(field.raw, rng)
            if place >= 0 and after is not None:
                whole = unescape(text[1])
                changed = f"{whole[:place]}{after}{whole[place + len(field.raw) :]}"
                start = found.start() + text.start(1)
                members[name] = f"{xml[:start]}{escape(changed)}{xml[found.start() + text.end(1) :]}".encode()
                return Edit(f"{cell} {field.raw} → {after}", _packed(members))
    return None


def _sheet_files(members: dict[str, bytes]) -> dict[str, str]:
    """The file of each sheet, by its name."""
    book, related = members["xl/workbook.xml"].decode(), members["xl/_rels/workbook.xml.rels"].decode()
    ids = {
        unescape(re.search(r' name="([^"]*)"', each)[1]): re.search(r'r:id="([^"]*)"', each)[1]  # type: ignore[index]
        for each in re.findall(r"<sheet [^>]*>", book)
    }
    targets = {
        re.search(r' Id="([^"]*)"', each)[1]: re.search(r' Target="([^"]*)"', each)[1]  # type: ignore[index]
        for each in re.findall(r"<Relationship [^>]*>", related)
    }
    return {name: f"xl/{targets[id_].removeprefix('/xl/')}" for name, id_ in ids.items()}


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return packed.getvalue()


# -- PDF ---------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Glyph:
    """One glyph that a page shows: its font, its code, and where the code stands in the page's operations."""

    font: str
    code: int
    string: bytearray
    index: int


def _pdf(paper: Printed, rng: Random) -> Edit | None:
    """A glyph of a value is another one of the same font, which the page shows elsewhere."""
    import pdfplumber

    fields = [each for each in paper.clean.fields if isinstance(each.evidence, PageOrigin) and _turns(each.raw)]
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(paper.content))
    with pdfplumber.open(io.BytesIO(paper.content)) as opened:
        for field in rng.sample(fields, len(fields)):
            assert isinstance(field.evidence, PageOrigin)
            number = field.evidence.page - 1
            page, chars = writer.pages[number], opened.pages[number].chars
            stream, glyphs = _glyphs(page, writer)
            if len(glyphs) != len(chars):
                continue
            change = _glyph_change(field, chars, glyphs, rng)
            if change is None:
                continue
            turn, other = change
            glyphs[turn].string[glyphs[turn].index] = glyphs[other].code
            _put_back(stream, page, writer)
            written = io.BytesIO()
            writer.write(written)
            what = f"{field.path} {chars[turn]['text']} → {chars[other]['text']}"
            return Edit(what, written.getvalue())
    return None


def _glyph_change(
    field: FieldReading, chars: Sequence[dict[str, object]], glyphs: Sequence[_Glyph], rng: Random
) -> tuple[int, int] | None:
    assert isinstance(field.evidence, PageOrigin)
    left, top, right, bottom = field.evidence.box
    inside = [
        number
        for number, char in enumerate(chars)
        if left <= (char["x0"] + char["x1"]) / 2 <= right  # type: ignore[operator]
        and top <= (char["top"] + char["bottom"]) / 2 <= bottom  # type: ignore[operator]
        and str(char["text"]).isalnum()
        and str(char["text"]) in field.raw
    ]
    for turn in rng.sample(inside, len(inside)):
        others = [
            number
            for number, char in enumerate(chars)
            if glyphs[number].font == glyphs[turn].font
            and str(char["text"]).isalnum()
            and str(char["text"]).isdigit() == str(chars[turn]["text"]).isdigit()
            and char["text"] != chars[turn]["text"]
        ]
        if others:
            return turn, rng.choice(others)
    return None


def _glyphs(page: pypdf.PageObject, writer: pypdf.PdfWriter) -> tuple[ContentStream, list[_Glyph]]:
    """What a page shows, in order; the strings of the stream are made changeable."""
    stream = ContentStream(page.get_contents(), writer)
    glyphs, font = [], ""
    operations = []
    for operands, operator in stream.operations:
        if operator == b"Tf":
            font = str(operands[0])
        if operator in (b"Tj", b"TJ"):
            operands, shown = _changeable(operands)
            glyphs += [_Glyph(font, code, text, index) for text in shown for index, code in enumerate(text)]
        operations.append((operands, operator))
    stream.operations = operations
    return stream, glyphs


def _changeable(operands: list[object]) -> tuple[list[object], list[bytearray]]:
    shown: list[bytearray] = []

    def one(each: object) -> object:
        if isinstance(each, TextStringObject | ByteStringObject):
            shown.append(bytearray(each.original_bytes))
            return shown[-1]
        return each

    first = operands[0]
    items = [one(each) for each in first] if isinstance(first, ArrayObject) else [one(first)]
    return items, shown


def _put_back(stream: ContentStream, page: pypdf.PageObject, writer: pypdf.PdfWriter) -> None:
    operations = []
    for operands, operator in stream.operations:
        if operator in (b"Tj", b"TJ"):
            items = [ByteStringObject(bytes(each)) if isinstance(each, bytearray) else each for each in operands]
            operands = [ArrayObject(items)] if operator == b"TJ" else items
        operations.append((operands, operator))
    stream.operations = operations
    page[NameObject("/Contents")] = writer._add_object(stream)


_WAYS: dict[str, Callable[[Printed, Random], Edit | None]] = {"docx": _word, "xlsx": _sheet, "pdf": _pdf}
