"""Word documents that would take all time or memory, nest without end or hold what no program writes."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping

from hostile.package import package

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
_NINES = "9" * 5000
_FORMATS = ("lowerRoman", "upperLetter", "chineseCounting", "decimalZero", "ideographDigital", "decimalEnclosedCircle")


def files(scale: float = 1.0) -> Iterator[tuple[str, bytes]]:
    """Names and contents; what is hostile by its amount is made smaller by `scale`."""
    yield from _amounts(scale)
    yield from _depths()
    yield from _numbers()
    yield from _oddities()


def _amounts(scale: float) -> Iterator[tuple[str, bytes]]:
    def many(text: str, count: int) -> str:
        return text * int(count * scale)

    yield "paragraphs-3-million.docx", docx(many("<w:p/>", 3_000_000))
    yield "controls-6-million-empty.docx", docx(many("<w:sdt/>", 6_000_000))
    yield "bookmarks-14-million.docx", docx(many("<w:bookmarkEnd/>", 14_000_000))
    yield "runs-14-million-in-one-paragraph.docx", docx(f"<w:p>{many('<w:r/>', 14_000_000)}</w:p>")
    attributes = " ".join(f'a{number}=""' for number in range(int(7_500_000 * scale)))
    yield "attributes-7-million.docx", docx(f"<w:p {attributes}/>")
    yield "cells-2-million-in-one-row.docx", docx(f"<w:tbl><w:tr>{many('<w:tc/>', 2_000_000)}</w:tr></w:tbl>")
    yield "text-11-million-characters.docx", docx(many(_p("绿色制造" * 1000), 2750))
    controls = '<w:sdt><w:sdtPr><w:tag w:val="a"/></w:sdtPr><w:sdtContent>'
    inside = many(_p("绿" * 1000), 500)
    yield "text-in-controls-in-controls.docx", docx(controls * 30 + inside + "</w:sdtContent></w:sdt>" * 30)
    picture = '<w:p><w:r><w:drawing><wp:inline><a:blip r:embed="rId1"/></wp:inline></w:drawing></w:r></w:p>'
    media: dict[str, str | bytes] = {"word/a.png": _PIXEL}
    yield "picture-20000-times.docx", docx(many(picture, 20_000), media, {"image": "a.png"})
    row = f"<w:tr>{_tc(_p('内蒙古砺山稀土材料有限公司')) * 4}</w:tr>"
    yield "table-of-20000-equal-rows.docx", docx(f"<w:tbl>{many(row, 20_000)}</w:tbl>")


def _depths() -> Iterator[tuple[str, bytes]]:
    table = "<w:tbl><w:tr><w:tc>"
    for depth in (40, 78, 300):
        yield f"tables-in-tables-{depth}.docx", docx(table * depth + _p("深") + "</w:tc></w:tr></w:tbl>" * depth)
    control = "<w:sdt><w:sdtContent>"
    for depth in (110, 300):
        nested = control * depth + _p("深") + "</w:sdtContent></w:sdt>" * depth
        yield f"controls-in-controls-{depth}.docx", docx(nested)
    box = "<w:p><w:r><w:txbxContent>"
    yield "boxes-in-boxes-80.docx", docx(box * 80 + _p("深") + "</w:txbxContent></w:r></w:p>" * 80)
    yield "wrappers-in-wrappers-240.docx", docx(f"<w:p>{'<w:smartTag>' * 240}{'</w:smartTag>' * 240}</w:p>")


def _numbers() -> Iterator[tuple[str, bytes]]:
    for code in (_NINES, "999999999", "-999999999", "２"):
        start = f'<w:start w:val="{code}"/>'
        level = "".join(_level(depth, form, start) for depth, form in enumerate(_FORMATS))
        body = "".join(_numbered(depth) for depth in range(len(_FORMATS)))
        yield f"list-numbers-{code[:11]}.docx", docx(body, *_numbering(level))
    level = f'<w:lvl w:ilvl="0"><w:lvlText w:val="{"%1%2" * 200_000}"/></w:lvl>'
    yield "list-text-of-400000-numbers.docx", docx(_numbered(0) * 500, *_numbering(level))
    yield "span-1e9.docx", docx(_table('<w:gridSpan w:val="999999999"/>'))
    yield "span-5000-digits.docx", docx(_table(f'<w:gridSpan w:val="{_NINES}"/>'))
    before = '<w:trPr><w:gridBefore w:val="999999999"/></w:trPr>'
    yield "columns-before-1e9.docx", docx(f"<w:tbl><w:tr>{before}{_tc(_p('x'))}</w:tr></w:tbl>")
    width = f'<w:tblGrid><w:gridCol w:w="{_NINES}"/><w:gridCol w:w="nan"/></w:tblGrid>'
    yield "column-width-5000-digits.docx", docx(f"<w:tbl>{width}<w:tr>{_tc(_p('x')) * 2}</w:tr></w:tbl>")
    codes = ("-1", "D83D", "110000", "F" * 5000, "0", "7", "FFFE", "x", "")
    signs = "".join(f'<w:sym w:font="{font}" w:char="{code}"/>' for code in codes for font in ("Wingdings", "宋体"))
    yield "symbols-of-no-character.docx", docx(f"<w:p><w:r>{signs}</w:r></w:p>")
    choice = f'<w:ffData><w:ddList><w:result w:val="{_NINES}"/><w:listEntry w:val="甲"/></w:ddList></w:ffData>'
    yield (
        "choice-5000-digits.docx",
        docx(f'<w:p><w:r><w:fldChar w:fldCharType="begin">{choice}</w:fldChar></w:r></w:p>'),
    )


def _oddities() -> Iterator[tuple[str, bytes]]:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>'
    yield "fields-2000-never-ended.docx", docx(f"<w:p>{begun * 2000}</w:p>" + _p("x") * 2000)
    style = '<w:style w:type="paragraph" w:styleId="s{}"><w:basedOn w:val="s{}"/></w:style>'
    chain = "".join(style.format(number, (number + 1) % 3000) for number in range(3000))
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="s{number}"/></w:pPr></w:p>' for number in range(3000))
    styles: dict[str, str | bytes] = {"word/styles.xml": f'<w:styles xmlns:w="{_W}">{chain}</w:styles>'}
    yield "styles-based-in-a-ring.docx", docx(body, styles, {"styles": "styles.xml"})
    tags = (
        "/products/2000000000/name",
        "/products/²/name",
        f"/products/{_NINES}/name",
        "/" * 10_000,
        "gf.a[-1]",
        "x\u0085",
    )
    controls = "".join(
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{_p("x")}</w:sdtContent></w:sdt>'
        for tag in tags
    )
    yield "tags-of-no-field.docx", docx(controls)
    yield "row-outside-a-table.docx", docx("<w:tr/>")
    yield "cell-outside-a-row.docx", docx("<w:tbl><w:tc><w:p/></w:tc></w:tbl>")
    yield "table-directly-in-a-table.docx", docx(f"<w:tbl>{_table('')}<w:tr/></w:tbl>")
    yield "no-body.docx", docx("", {"word/document.xml": "<a/>"})
    yield "main-part-missing.docx", package("word/other.xml", "wordprocessingml.document", {}, {})
    yield "main-part-empty.docx", docx("", {"word/document.xml": b""})
    yield "unknown-encoding.docx", docx("", {"word/document.xml": b'<?xml version="1.0" encoding="x"?><a/>'})
    yield "not-utf-8.docx", docx("", {"word/document.xml": b"<a>\xff\xfe\x00</a>"})
    yield "utf-16.docx", docx("", {"word/document.xml": _document(_p("双字节")).encode("utf-16")})
    yield "text-node-of-11-million.docx", docx(_p("x" * 11_000_000))
    yield "styles-are-no-xml.docx", docx(_p("x"), {"word/styles.xml": b"\0\0"}, {"styles": "styles.xml"})
    broken: dict[str, str | bytes] = {"word/_rels/document.xml.rels": '<a Id="1"'}
    yield "relationships-are-no-xml.docx", docx(_p("x"), broken)


def docx(body: str, parts: Mapping[str, str | bytes] | None = None, links: Mapping[str, str] | None = None) -> bytes:
    """A document with this body, further parts, and relationships of the main part."""
    content = {"word/document.xml": _document(body), **(parts or {})}
    return package("word/document.xml", "wordprocessingml.document", content, links or {})


def _document(body: str) -> str:
    return f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"


def _p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def _table(properties: str) -> str:
    return f"<w:tbl><w:tr>{_tc(_p('x'), properties)}</w:tr></w:tbl>"


def _numbered(depth: int) -> str:
    return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'


def _level(depth: int, form: str, start: str) -> str:
    shown = f'<w:numFmt w:val="{form}"/><w:lvlText w:val="%{depth + 1}"/>'
    return f'<w:lvl w:ilvl="{depth}">{start}{shown}</w:lvl>'


def _numbering(levels: str) -> tuple[dict[str, str | bytes], dict[str, str]]:
    listed = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    number = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    root = f'<w:numbering xmlns:w="{_W}">{listed}{number}</w:numbering>'
    return {"word/numbering.xml": root}, {"numbering": "numbering.xml"}
