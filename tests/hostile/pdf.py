"""PDFs that are damaged, contradict themselves, or ask for more time and memory than a paper may."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping

from PIL import Image

from hostile.pdf_file import LINE, PAGE, dictionary, page_of, pdf, run, stream, text

_FIVE_TIMES = b"/X Do " * 5


def files() -> Iterator[tuple[str, bytes]]:
    """The name and content of each."""
    for group in (_structure, _pages, _content, _fonts, _extras, _locked, _pictures):
        yield from group()


def _structure() -> Iterator[tuple[str, bytes]]:
    """Files whose objects are all there, badly told where."""
    sound = pdf(text())
    offsets = re.compile(rb"\d{10} 00000 n")
    yield "xref-offsets-wrong.pdf", offsets.sub(b"0000000007 00000 n", sound)
    yield "xref-of-letters.pdf", offsets.sub(b"abcdefghij klmno n", sound)
    yield "xref-of-a-billion.pdf", sound.replace(b"xref\n0 6", b"xref\n0 1000000000", 1)
    yield "startxref-lost.pdf", sound[: sound.rindex(b"startxref")]
    yield "startxref-far-away.pdf", re.sub(rb"startxref\n\d+", b"startxref\n999999999999999999999", sound)
    yield "startxref-negative.pdf", re.sub(rb"startxref\n\d+", b"startxref\n-5", sound)
    yield "trailer-lost.pdf", sound[: sound.rindex(b"trailer")]
    yield "prev-loop.pdf", _with_prev(sound)
    yield "endobj-lost.pdf", sound.replace(b"endobj\n", b"")
    yield "endstream-lost.pdf", sound.replace(b"endstream\n", b"")
    yield "length-too-short.pdf", re.sub(rb"/Length \d+", b"/Length 3", sound)
    yield "length-too-long.pdf", re.sub(rb"/Length \d+", b"/Length 99999999", sound)
    yield "length-of-itself.pdf", re.sub(rb"/Length \d+", b"/Length 4 0 R", sound)
    yield "header-late.pdf", b"\xef\xbb\xbf\r\n" + bytes(500) + sound
    yield "header-of-mail.pdf", b"MIME-Version: 1.0\r\nContent-Type: application/pdf\r\n\r\n" + sound
    yield "garbage-behind.pdf", sound + b"\0" * 5000 + b"<html>" * 1000
    yield "cut-in-two.pdf", sound[: len(sound) // 2]
    yield "cut-at-the-end.pdf", sound[:-40]
    yield "updated.pdf", _updated(sound)
    yield "updated-table-wrong.pdf", _updated(sound).replace(b"4 1\n00", b"4 9\n99")
    yield "xref-stream-of-nothing.pdf", _xref_stream(b"/W [0 0 0] /Index [0 1000000000] /Size 1000000000", b"")
    yield "object-stream-torn.pdf", _object_stream(torn=True)
    yield "object-stream-of-itself.pdf", _object_stream(torn=False)
    yield "carriage-returns-only.pdf", re.sub(rb"\n", b"\r", pdf(text(packed=False)))


def _with_prev(sound: bytes) -> bytes:
    start = re.findall(rb"startxref\n(\d+)", sound)[-1]
    return sound.replace(b"trailer\n<<", b"trailer\n<</Prev " + start)


def _updated(sound: bytes) -> bytes:
    """The page's text written once more behind the end, with a table of its own."""
    start = int(re.findall(rb"startxref\n(\d+)", sound)[-1])
    body = b"4 0 obj\n" + stream(LINE.replace(b"Annual", b"Newest")) + b"\nendobj\n"
    table = b"xref\n4 1\n%010d 00000 n \n" % len(sound)
    trailer = b"trailer\n<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (start, len(sound) + len(body))
    return sound + body + table + trailer


def _xref_stream(entries: bytes, content: bytes) -> bytes:
    body = pdf(text())
    body = body[: body.rindex(b"xref\n0")]
    table = b"9 0 obj\n" + stream(content, b"/Type/XRef/Root 1 0 R" + entries) + b"\nendobj\n"
    return body + table + b"startxref\n%d\n%%%%EOF\n" % len(body)


def _object_stream(*, torn: bool) -> bytes:
    """The font in an object stream that is cut, or that says it stands within itself."""
    inner = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    packed = stream(b"5 0 " + inner, b"/Type/ObjStm/N 1/First 4" + (b"" if torn else b"/Extends 6 0 R"))
    objects = text()
    del objects[5]
    body = pdf({**objects, 6: packed[: len(packed) // 2] + b"\nendstream" if torn else packed})
    body = body[: body.rindex(b"xref\n0")]
    rows = b"".join(_row(body, number) for number in range(8))
    table = b"7 0 obj\n" + stream(rows, b"/Type/XRef/Root 1 0 R/Size 8/W[1 4 1]") + b"\nendobj\n"
    return body + table + b"startxref\n%d\n%%%%EOF\n" % len(body)


def _row(body: bytes, number: int) -> bytes:
    if number == 5:
        return b"\x02" + (6).to_bytes(4, "big") + b"\0"
    place = body.find(b"\n%d 0 obj" % number) + 1 if number < 7 else len(body)
    return bytes([place > 0]) + place.to_bytes(4, "big") + b"\0"


def _pages() -> Iterator[tuple[str, bytes]]:
    """Page trees and sheets that no printer knows."""
    yield "pages-100000.pdf", _many_pages(100_000)
    yield "pages-counted-2e9.pdf", pdf({**text(), 2: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"})
    yield "pages-counted-none.pdf", pdf({**text(), 2: b"<</Type/Pages/Kids[3 0 R]>>"})
    yield "pages-counted-negative.pdf", pdf({**text(), 2: b"<</Type/Pages/Kids[3 0 R]/Count -1>>"})
    yield "pages-loop.pdf", pdf({**text(), 2: b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>"})
    yield "pages-parent-loop.pdf", pdf({**text(), 2: b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>"})
    yield "pages-deep.pdf", _deep_pages(3000)
    yield "page-null.pdf", pdf({**text(), 2: b"<</Type/Pages/Kids[null 99 0 R 3 0 R]/Count 3>>"})
    yield "page-type-lost.pdf", pdf({**text(), 3: PAGE.replace(b"/Type/Page", b"")})
    boxes = {
        "1e9": b"[0 0 1000000000 1000000000]",
        "negative": b"[0 0 -595 -842]",
        "turned": b"[595 842 0 0]",
        "none": b"[0 0 0 0]",
        "nan": b"[0 0 nan inf]",
        "1e400": b"[0 0 " + b"9" * 400 + b" 842]",
        "thin": b"[0 0 100000000 0.001]",
        "two": b"[0 0]",
        "null": b" null",
        "words": b"[(a) /b null [0]]",
    }
    for name, box in boxes.items():
        yield f"sheet-{name}.pdf", pdf({**text(), 3: PAGE.replace(b"[0 0 595 842]", box)})
    yield "crop-outside.pdf", pdf({**text(), 3: page_of(b"/CropBox[5000 5000 6000 6000]")})
    yield "turned-by-45.pdf", pdf({**text(), 3: page_of(b"/Rotate 45")})
    yield "user-unit-1e9.pdf", pdf({**text(), 3: page_of(b"/UserUnit 1000000000")})


def _many_pages(count: int) -> bytes:
    """One page, named so many times."""
    return pdf({**text(), 2: b"<</Type/Pages/Kids[" + b"3 0 R " * count + b"]/Count %d>>" % count})


def _deep_pages(depth: int) -> bytes:
    """A page under so many nodes, one in the other."""
    nodes = {10 + n: b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (11 + n, 9 + n) for n in range(1, depth)}
    first = {2: b"<</Type/Pages/Kids[11 0 R]/Count 1>>", 11: b"<</Type/Pages/Kids[12 0 R]/Count 1/Parent 2 0 R>>"}
    return pdf({**text(), **nodes, **first, 10 + depth: PAGE.replace(b"2 0 R", b"%d 0 R" % (9 + depth))})


def _content() -> Iterator[tuple[str, bytes]]:
    """Streams that grow, nest, or break off."""
    yield "content-400mb.pdf", pdf({**text(), 4: run(b" ", 400)})
    yield "content-packed-four-times.pdf", pdf(text(content=LINE, packed=4))
    yield "content-100mb-packed-twice.pdf", pdf(text(content=b" " * 100_000_000, packed=2))
    yield "content-filters-50.pdf", pdf(text(content=LINE, packed=50))
    yield "content-ascii85.pdf", pdf({**text(), 4: _encoded(b"A85", LINE)})
    yield "content-hex.pdf", pdf({**text(), 4: _encoded(b"AHx", LINE)})
    yield "content-unknown-filter.pdf", pdf({**text(), 4: stream(LINE, b"/Filter/Crypt7", packed=0)})
    yield "content-predictor-huge.pdf", pdf({**text(), 4: _predicted(b"/Predictor 15/Columns 2000000000")})
    yield "content-predictor-unknown.pdf", pdf({**text(), 4: _predicted(b"/Predictor 77")})
    yield "content-runs-huge.pdf", pdf({**text(), 4: stream(b"\x81 " * 4_000_000, b"/Filter[/Fl/RL]", packed=-1)})
    yield "content-torn.pdf", pdf({**text(), 4: _torn(LINE * 50)})
    yield "content-nested-arrays.pdf", pdf(text(content=LINE + b"[" * 200_000))
    yield "content-nested-dictionaries.pdf", pdf(text(content=LINE + b"/A <</B " * 100_000 + b"BDC"))
    yield "content-saved-states.pdf", pdf(text(content=b"q " * 3_000_000 + LINE))
    yield "content-lines-10e6.pdf", pdf(text(content=LINE + b"0 0 m 9 9 l S " * 1_000_000))
    yield "content-grid-60000.pdf", pdf(text(content=LINE + _grid(60_000)))
    yield "content-text-500000.pdf", pdf(text(content=b"BT /F 5 Tf 1 0 0 1 9 9 Tm (" + b"x" * 500_000 + b") Tj ET"))
    yield "content-numbers-long.pdf", pdf(text(content=LINE + b"9" * 200_000 + b" 0 m"))
    yield "content-inline-pictures-20000.pdf", pdf(text(content=LINE + _inline(20_000)))
    yield "content-of-null.pdf", pdf({**text(), 3: PAGE.replace(b"4 0 R", b"[null 99 0 R 4 0 R]", 1)})
    yield "forms-nested-5e20.pdf", _nested(30, _FIVE_TIMES)
    yield "forms-of-themselves.pdf", _nested(1, _FIVE_TIMES, last=10)
    yield "forms-nested-deep.pdf", _nested(3000, b"/X Do ")
    yield "patterns-nested.pdf", _patterns()
    yield "pattern-of-small-steps.pdf", _patterns(step=b"0.0001")
    yield "type3-nested.pdf", _type3()


def _encoded(name: bytes, content: bytes) -> bytes:
    import base64

    packed = base64.a85encode(content) + b"~>" if name == b"A85" else content.hex().encode() + b">"
    return dictionary(b"/Length %d/Filter/%s" % (len(packed), name)) + b"stream\n" + packed + b"\nendstream"


def _predicted(how: bytes) -> bytes:
    return stream(LINE, b"/DecodeParms<<" + how + b">>")


def _torn(content: bytes) -> bytes:
    packed = zlib.compress(content, 0)
    return dictionary(b"/Filter/FlateDecode/Length %d" % 2000) + b"stream\n" + packed[:2000] + b"\nendstream"


def _grid(count: int) -> bytes:
    """Rectangles side by side."""
    return b"".join(b"%d %d 1 1 re S " % (n % 275 * 2 + 9, n // 275 * 2) for n in range(count))


def _inline(count: int) -> bytes:
    picture = b"q 40 0 0 40 9 9 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q "
    return picture * count


def _nested(depth: int, content: bytes, last: int | None = None) -> bytes:
    """Form XObjects one within the other."""
    page = PAGE.replace(b"/Font", b"/XObject<</X 10 0 R>>/Font", 1)
    found = {**text(content=LINE + b"/X Do"), 3: page}
    for number in range(10, 10 + depth):
        inner = b"/Resources<</XObject<</X %d 0 R>>>>" % (last or number + 1)
        found[number] = stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + inner)
    found.setdefault(10 + depth, stream(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"))
    return pdf(found)


def _patterns(step: bytes = b"1") -> bytes:
    """Tiles made of tiles made of tiles."""
    said = b"/Pattern cs /P scn 0 0 595 842 re f "
    found = {**text(content=LINE + said), 3: PAGE.replace(b"/Font", b"/Pattern<</P 10 0 R>>/Font", 1)}
    for number in range(10, 20):
        head = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep %s/YStep %s" % (step, step)
        inner = b"/Resources<</Pattern<</P %d 0 R>>>>" % (number + 1 if number < 19 else 10)
        found[number] = stream(said, head + inner)
    return pdf(found)


def _type3() -> bytes:
    """A font whose letters are written in itself."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97/LastChar 97"
        b"/Widths[1000]/Encoding<</Differences[97/a]>>/CharProcs<</a 7 0 R>>/Resources<</Font<</T 6 0 R>>>>>>"
    )
    glyph = stream(b"1000 0 d0 BT /T 900 Tf (" + b"a" * 50 + b") Tj ET")
    page = PAGE.replace(b"/F 5 0 R", b"/F 5 0 R/T 6 0 R")
    content = LINE + b" BT /T 9 Tf 1 0 0 1 9 9 Tm (aaaaaaaaaa) Tj ET"
    return pdf({**text(content=content), 3: page, 6: font, 7: glyph})


def _fonts() -> Iterator[tuple[str, bytes]]:
    """Fonts whose tables run away."""
    yield "cmap-range-2e32.pdf", pdf(_with_cmap(b"1 beginbfrange <00000000> <FFFFFFFF> <0020> endbfrange"))
    yield (
        "cmap-ranges-many.pdf",
        pdf(_with_cmap(b"100 beginbfrange " + b"<0000> <FFFF> <0020> " * 3000 + b"endbfrange")),
    )
    yield "cmap-single-characters.pdf", pdf(_with_cmap(b"99 beginbfchar " + b"<01> <9FFF> " * 99 + b"endbfchar"))
    yield "cmap-range-backwards.pdf", pdf(_with_cmap(b"1 beginbfrange <0050> <0010> <0020> endbfrange"))
    yield "cmap-of-nonsense.pdf", pdf(_with_cmap(b"begincodespacerange <> endcmap ]] >> ( <zz"))
    yield "cmap-uses-itself.pdf", pdf({**_with_cmap(b"/Own usecmap"), 8: stream(b"", b"/UseCMap 8 0 R")})
    yield "cmap-cid-range-2e32.pdf", pdf(_composite(encoding=b"1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange"))
    yield "widths-to-2e9.pdf", pdf(_composite(widths=b"[0 2000000000 500]"))
    yield "widths-of-words.pdf", pdf(_composite(widths=b"[(a) /b null [[]]]"))
    yield "widths-far.pdf", pdf({**text(), 5: _simple(b"/FirstChar -5/LastChar 2000000000/Widths[500]")})
    yield "font-null.pdf", pdf({**text(), 5: b"null"})
    yield "font-of-itself.pdf", pdf({**text(), 5: b"<</Type/Font/Subtype/Type0/DescendantFonts[5 0 R]>>"})
    yield "font-without-subtype.pdf", pdf({**text(), 5: b"<</Type/Font>>"})
    yield "font-size-1e30.pdf", pdf(text(content=b"BT /F 1" + b"0" * 30 + b" Tf (x) Tj ET " + LINE))
    yield "font-differences-2e9.pdf", pdf({**text(), 5: _simple(b"/Encoding<</Differences[2000000000 /a /b -9 /c]>>")})
    descriptor = b"<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 nan 1]/FontFile2 7 0 R>>"
    yield (
        "font-file-of-nonsense.pdf",
        pdf({**text(), 5: _simple(b"/FontDescriptor 6 0 R"), 6: descriptor, 7: stream(b"\0\1\0\0" + b"\xff" * 400)}),
    )


def _simple(more: bytes) -> bytes:
    return b"<</Type/Font/Subtype/TrueType/BaseFont/Helvetica" + more + b">>"


def _with_cmap(said: bytes) -> dict[int, bytes]:
    cmap = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap " + said + b" endcmap end end"
    return {**text(), 5: _simple(b"/ToUnicode 8 0 R"), 8: stream(cmap)}


def _composite(widths: bytes = b"[]", encoding: bytes | None = None) -> dict[int, bytes]:
    """A line in a composite font beside the line in a simple one."""
    named = b"8 0 R" if encoding is not None else b"/Identity-H"
    content = LINE + b" BT /C 9 Tf 1 0 0 1 90 90 Tm <00410042> Tj ET"
    info = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    found = {
        **text(content=content),
        3: PAGE.replace(b"/F 5 0 R", b"/F 5 0 R/C 6 0 R"),
        6: b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding %s/DescendantFonts[7 0 R]>>" % named,
        7: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/W %s%s>>" % (widths, info),
    }
    cmap = b"" if encoding is None else b"begincmap " + encoding + b" endcmap"
    return {**found, 8: stream(cmap, b"/Type/CMap/CMapName/Own")}


def _extras() -> Iterator[tuple[str, bytes]]:
    """Annotations, fields, embedded files, tags and names around a good page."""
    widget = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(typed)/Rect[9 9 99 29]>>"
    annotated = page_of(b"/Annots[%s]")
    broken = b"null 99 0 R <</Subtype/Widget/T(a)>> 6 0 R (x) 7 [] <</Subtype/Widget/Rect[1 2]/T 5>> "
    yield "annotations-broken.pdf", pdf({**text(), 3: annotated % (broken + b"6 0 R"), 6: widget})
    yield "annotations-10e6.pdf", pdf({**text(), 3: annotated % (b"6 0 R " * 1_000_000), 6: widget})
    yield "annotations-no-array.pdf", pdf({**text(), 3: page_of(b"/Annots 17")})
    yield "field-parent-loop.pdf", pdf({**text(), 3: annotated % b"6 0 R", 6: widget[:-2] + b"/Parent 6 0 R>>"})
    yield "field-of-nan.pdf", pdf({**text(), 3: annotated % b"6 0 R", 6: widget.replace(b"9 9 99 29", b"nan a b c")})
    yield "attachment-names-loop.pdf", _catalog(b"/Names<</EmbeddedFiles<</Kids[6 0 R]>>>>", {6: b"<</Kids[6 0 R]>>"})
    attached = b"/Names<</EmbeddedFiles<</Names[(a.json) 6 0 R]>>>>"
    for name, file in (("null", b"null"), ("lost", b"99 0 R"), ("number", b"7")):
        yield f"attachment-{name}.pdf", _catalog(attached, {6: b"<</Type/Filespec/F(a)/EF<</F %s>>>>" % file})
    huge = {6: b"<</Type/Filespec/F(a)/EF<</F 7 0 R>>>>", 7: run(b"x", 400)}
    yield "attachment-400mb.pdf", _catalog(attached, huge)
    yield "tags-loop.pdf", _catalog(b"/StructTreeRoot 6 0 R", {6: b"<</Type/StructTreeRoot/K 7 0 R>>", 7: _tag(7)})
    deep = {7 + n: _tag(8 + n) for n in range(5000)}
    yield "tags-deep.pdf", _catalog(b"/StructTreeRoot 6 0 R", {6: b"<</Type/StructTreeRoot/K 7 0 R>>", **deep})
    yield (
        "outline-loop.pdf",
        _catalog(b"/Outlines 6 0 R", {6: b"<</First 7 0 R/Last 7 0 R>>", 7: b"<</Title(a)/Next 7 0 R/Parent 6 0 R>>"}),
    )
    yield "info-of-nonsense.pdf", pdf({**text(), 6: b"<</Producer 5/Title[1]>>"}, more=b"/Info 6 0 R")
    yield "arrays-nested-100000.pdf", pdf({**text(), 6: b"[" * 100_000 + b"]" * 100_000}, more=b"/Info 6 0 R")
    yield "objects-300000.pdf", pdf({**text(), **dict.fromkeys(range(6, 300_000), b"null")})
    yield "reference-to-itself.pdf", pdf({**text(), 5: b"5 0 R"})
    yield "program-in-it.pdf", _catalog(b"/OpenAction<</S/JavaScript/JS(while(true){})>>", {})


def _tag(child: int) -> bytes:
    return b"<</Type/StructElem/S/P/P 6 0 R/K[%d 0 R]>>" % child


def _catalog(more: bytes, objects: Mapping[int, bytes]) -> bytes:
    return pdf({**text(), 1: b"<</Type/Catalog/Pages 2 0 R%s>>" % more, **objects})


def _locked() -> Iterator[tuple[str, bytes]]:
    """Encrypted files: with a password to open them, and with one only to change them."""
    from pypdf import PdfReader, PdfWriter

    for name, algorithm in (("r3", "RC4-128"), ("r4", "AES-128"), ("r5", "AES-256-R5"), ("r6", "AES-256")):
        for kind, user in (("user", "secret"), ("owner", "")):
            writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(text()))))
            writer.encrypt(user, "owner", algorithm=algorithm)
            target = io.BytesIO()
            writer.write(target)
            yield f"locked-{name}-{kind}.pdf", target.getvalue()
    yield "locked-by-nothing.pdf", pdf({**text(), 6: b"<</Filter/Standard>>"}, more=b"/Encrypt 6 0 R/ID[(a)(b)]")
    strange = b"<</Filter/Adobe.PubSec/V 4/SubFilter/adbe.pkcs7.s5/Recipients[(x)]>>"
    yield "locked-by-certificate.pdf", pdf({**text(), 6: strange}, more=b"/Encrypt 6 0 R/ID[(a)(b)]")


def _pictures() -> Iterator[tuple[str, bytes]]:
    """A page with pictures that say they are larger than they are, or are broken."""
    shape = b"/ColorSpace/DeviceGray/BitsPerComponent 8"
    yield "picture-of-10e10.pdf", _pictured(stream(b"x", b"/Width 100000/Height 100000" + shape))
    yield "picture-negative.pdf", _pictured(stream(b"x", b"/Width -5/Height -5" + shape))
    yield "picture-zero.pdf", _pictured(stream(b"", b"/Width 0/Height 0" + shape))
    yield "picture-of-words.pdf", _pictured(stream(b"x", b"/Width (a)/Height null" + shape))
    yield "picture-masked-by-itself.pdf", _pictured(stream(b"x", b"/Width 1/Height 1/SMask 6 0 R" + shape))
    out = io.BytesIO()
    Image.new("L", (40, 40), 99).save(out, "JPEG")
    jpeg = out.getvalue()
    for name, content in (("broken", jpeg[: len(jpeg) // 2]), ("14000", _sized(jpeg, 14_000))):
        found = stream(content, b"/Width 40/Height 40/Filter/DCTDecode" + shape, packed=0)
        yield f"picture-jpeg-{name}.pdf", _pictured(found)
    fax = (
        b"/Width 30000/Height 30000/ImageMask true/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 30000/Rows 30000>>"
    )
    yield "picture-fax-9e8.pdf", _pictured(stream(b"\0" * 50, fax, packed=0))


def _sized(jpeg: bytes, side: int) -> bytes:
    """A JPEG that says it is a square of so many pixels."""
    place = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:place] + side.to_bytes(2, "big") * 2 + jpeg[place + 4 :]


def _pictured(picture: bytes) -> bytes:
    page = PAGE.replace(b"/Font", b"/XObject<</I 6 0 R>>/Font", 1)
    found = picture.replace(b"<<", b"<</Type/XObject/Subtype/Image", 1)
    return pdf({**text(content=LINE + b" q 90 0 0 90 300 300 cm /I Do Q"), 3: page, 6: found})
