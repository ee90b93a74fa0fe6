"""Small PDFs written object by object, so that anything can be wrong with them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

#: What the page says where nothing else is asked for: enough for it to be read as text.
SAID = "Annual energy use of the works 2025"
LINE = b"BT /F 12 Tf 1 0 0 1 72 700 Tm (" + SAID.encode() + b") Tj ET "
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"


def page_of(more: bytes) -> bytes:
    """The page with more entries."""
    return PAGE[:-2] + more + b">>"


def dictionary(entries: bytes) -> bytes:
    """A dictionary of these entries."""
    return b"<<" + entries + b">>"


def stream(content: bytes, entries: bytes = b"", *, packed: int = 1) -> bytes:
    """A stream, packed so many times; -1 packs it without saying so."""
    for _ in range(abs(packed)):
        content = zlib.compress(content)
    filters = b"/Filter[" + b"/FlateDecode" * packed + b"]" if packed > 0 else b""
    return dictionary(entries + filters + b"/Length %d" % len(content)) + b"stream\n" + content + b"\nendstream"


def run(sign: bytes, megabytes: int) -> bytes:
    """A stream of so much of one sign, made without writing it out."""
    packer, block = zlib.compressobj(9), sign * (1 << 20)
    first, again = (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    packed = first + again * (megabytes - 1) + packer.flush()
    return dictionary(b"/Filter/FlateDecode/Length %d" % len(packed)) + b"stream\n" + packed + b"\nendstream"


def text(content: bytes = LINE, *, packed: int = 1) -> dict[int, bytes]:
    """The objects of a file of one page with this content."""
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: PAGE,
        4: stream(content, packed=packed),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }


def pdf(objects: Mapping[int, bytes], more: bytes = b"") -> bytes:
    """The file of these objects; `more` are further entries of its trailer."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + objects[number] + b"\nendobj\n"
    size, start = max(objects) + 1, len(out)
    rows = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size)]
    out += b"xref\n0 %d\n" % size + b"".join(rows)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, more, start)
    return bytes(out)
