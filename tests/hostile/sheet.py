"""Workbooks that would take all time or memory, lie about their size or hold what no program writes."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.package import package

_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NINES = "9" * 5000
_FORMATS = {
    "20-percents": "0" + "%" * 20,
    "100000-percents": "0" + "%" * 100_000,
    "50000-hours-and-minutes": "hm" * 50_000 + "y",
    "100000-brackets": "[" * 100_000,
    "100000-semicolons": ";" * 100_000,
    "100000-quotes": '"' * 99_999,
    "100000-commas": "," * 100_000 + "0",
    "100000-places": "0." + "0" * 100_000,
    "200-places": "0" * 200 + "." + "0" * 50,
    "255-hours": "h" * 255,
    "255-round-brackets": "0" + "\\(" * 127,
    "private-area": '0"\ue000\ue005"',
    "nothing": "",
}
_NUMBERS = (
    "1E999999999", "-1E-999999999", "0E999999999", "NaN", "sNaN", "-Infinity", "1E308", "1E-308", "1E400", "9" * 350,
    _NINES, "1_000", "٣", "2958465.9999999", "2958464", "-1", "0.99999999999", "1e29", "--1", " 1 ",
)  # fmt: skip
_DATES = (
    "0000-00-00",
    "9999-12-31T23:59:59",
    "1899-01-01",
    "2022-02-30",
    "T25:00:00",
    "2022-05-12T08:30:00.000Z",
    "x" * 5000,
)
_REFERENCES = ("A0", "0", "A", "XFE1", "ZZZZ1", "A99999999", "a1", "$A$1", "R1C1", "A1:B2", "#REF!", "一", _NINES)


def files(scale: float = 1.0) -> Iterator[tuple[str, bytes]]:
    """Names and contents; what is hostile by its amount is made smaller by `scale`."""
    yield from _amounts(scale)
    yield from _values()
    yield from _places()
    yield from _oddities()


def _amounts(scale: float) -> Iterator[tuple[str, bytes]]:
    def many(text: str, count: int) -> str:
        return text * int(count * scale)

    yield "rows-14-million.xlsx", xlsx(many("<row/>", 14_000_000))
    yield "cells-3-million.xlsx", xlsx(many(f"<row>{'<c><v>1</v></c>' * 100}</row>", 30_000))
    merges = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, int(1_500_000 * scale)))
    yield "merges-million.xlsx", xlsx("", merges=merges)
    yield "merges-of-everything-3000.xlsx", xlsx(many('<row r="1"/>', 1), merges=_merges(many("x", 3000)))
    columns = many('<col min="1" max="16384" hidden="1"/>', 1_000_000)
    yield "hidden-columns-million.xlsx", xlsx("<row><c><v>1</v></c></row>", before=f"<cols>{columns}</cols>")
    yield "shared-string-million-x-20.xlsx", xlsx(_shared(0) * 20, strings=f"<si><t>{many('绿', 1_000_000)}</t></si>")
    names = "".join(f'<definedName name="gf.a{n}">表!$A$1:$SF$200000</definedName>' for n in range(20))
    yield "names-over-everything.xlsx", xlsx(_text("SF200000"), names=names)
    equal = "<row>" + '<c t="inlineStr"><is><t>内蒙古砺山稀土材料有限公司</t></is></c>' * 8 + "</row>"
    yield "table-of-20000-equal-rows.xlsx", xlsx(many(equal, 20_000))


def _values() -> Iterator[tuple[str, bytes]]:
    for name, code in _FORMATS.items():
        yield f"format-{name}.xlsx", xlsx(_row(("1", "-1", "0", "44693.5")), formats=(code,))
    yield "numbers-extreme.xlsx", xlsx(_row(_NUMBERS))
    for base in ("0", "1"):
        shown = _row(_NUMBERS)
        yield f"numbers-extreme-as-dates-{base}.xlsx", xlsx(shown, formats=("yyyy-m-d h:mm",), base=base)
    yield "numbers-extreme-as-percent.xlsx", xlsx(_row(_NUMBERS), formats=("#,##0.00%",))
    for code in ("General", "yyyy-mm-dd"):
        yield f"dates-extreme-{code}.xlsx", xlsx(_row(_DATES, 't="d"'), formats=(code,))
    yield "string-numbers-out-of-range.xlsx", xlsx("".join(map(_shared, (0, -1, 9, _NINES, "²", ""))))
    yield "style-5000-digits.xlsx", xlsx(f'<row><c s="{_NINES}"><v>1</v></c><c s="-1"><v>1</v></c></row>')
    escapes = "_xD83D_ _xDE00_ _xD83D__xDE00_ _x0000_ _xFFFF_ _x0007_"
    yield "escapes-of-half-characters.xlsx", xlsx(f'<row><c t="str"><v>{escapes}</v></c></row>')


def _places() -> Iterator[tuple[str, bytes]]:
    for number in ("0", "-5", "999999999", _NINES, "x"):
        yield f"row-{number[:10]}.xlsx", xlsx(f'<row r="{number}"><c><v>1</v></c></row>')
    cells = "".join(f'<c r="{place}"><v>1</v></c>' for place in _REFERENCES if place != "XFE1")
    yield "references-of-no-cell.xlsx", xlsx(f"<row>{cells}</row>")
    yield "column-beyond-the-last.xlsx", xlsx('<row><c r="XFE1"><v>1</v></c></row>')
    merges = "".join(f'<mergeCell ref="{one}"/><mergeCell ref="{one}:{one}"/>' for one in _REFERENCES)
    yield "merges-of-no-cells.xlsx", xlsx(_text("A1"), merges=merges + '<mergeCell ref="C5:A1"/><mergeCell/>')
    yield "merge-of-the-whole-sheet.xlsx", xlsx(_text("A1") + _text("B9"), merges='<mergeCell ref="A1:XFD1048576"/>')
    names = "".join(f'<definedName name="gf.a">表!{one}</definedName>' for one in (*_REFERENCES, "#REF!", "", "'"))
    yield "names-of-no-cells.xlsx", xlsx(_text("A1"), names=names)
    long = f'<definedName name="gf.{"a" * 1_000_000}">表!$A$1:$A$9</definedName>'
    yield "name-of-a-million-characters.xlsx", xlsx(_text("A1"), names=long)
    yield "dimension-lies.xlsx", xlsx(_text("A1"), before='<dimension ref="A1:XFD1048576"/>')
    yield "hidden-rows-1e9.xlsx", xlsx('<row r="999999999" hidden="1"/><row r="1" hidden="1"><c><v>1</v></c></row>')


def _oddities() -> Iterator[tuple[str, bytes]]:
    yield "sheets-1000-of-one-part.xlsx", xlsx(_text("A1"), sheets=1000)
    yield "sheet-name-of-a-million-characters.xlsx", xlsx(_text("A1"), name="表" * 1_000_000)
    yield "sheet-of-200-levels.xlsx", xlsx("<a>" * 200 + "</a>" * 200)
    yield "sheet-of-300-levels.xlsx", xlsx("<row><c><is>" * 100 + "</is></c></row>" * 100)
    yield "no-sheets.xlsx", xlsx("", sheets=0)
    yield "sheet-is-no-xml.xlsx", xlsx("<<")
    yield "strings-are-no-xml.xlsx", xlsx(_text("A1"), strings="<si>")
    yield "string-of-11-million.xlsx", xlsx(_shared(0), strings=f"<si><t>{'x' * 11_000_000}</t></si>")


def xlsx(
    rows: str,
    *,
    before: str = "",
    merges: str = "",
    names: str = "",
    strings: str = "",
    formats: tuple[str, ...] = (),
    base: str = "0",
    sheets: int = 1,
    name: str = "表",
) -> bytes:
    """A workbook of one worksheet, listed `sheets` times; cells without style have the last of `formats`."""
    merged = f"<mergeCells>{merges}</mergeCells>" if merges else ""
    listed = "".join(f'<sheet name="{name}{number or ""}" sheetId="1" r:id="rId1"/>' for number in range(sheets))
    codes = "".join(f'<numFmt numFmtId="200" formatCode="{_attribute(code)}"/>' for code in formats)
    style = '<xf numFmtId="200"/>' if formats else ""
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": (
            f'<workbook xmlns="{_S}" xmlns:r="{_R}"><workbookPr date1904="{base}"/><sheets>{listed}</sheets>'
            f"<definedNames>{names}</definedNames></workbook>"
        ),
        "xl/a.xml": f'<worksheet xmlns="{_S}">{before}<sheetData>{rows}</sheetData>{merged}</worksheet>',
        "xl/styles.xml": f'<styleSheet xmlns="{_S}"><numFmts>{codes}</numFmts><cellXfs>{style}</cellXfs></styleSheet>',
        "xl/strings.xml": f'<sst xmlns="{_S}">{strings}</sst>',
    }
    links = {"worksheet": "a.xml", "styles": "styles.xml", "sharedStrings": "strings.xml"}
    return package("xl/workbook.xml", "spreadsheetml.sheet", parts, links)


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _row(values: tuple[str, ...], kind: str = "") -> str:
    return "<row>" + "".join(f'<c s="0" {kind}><v>{value}</v></c>' for value in values) + "</row>"


def _text(place: str) -> str:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{place}" t="str"><v>企业名称</v></c></row>'


def _shared(index: int | str) -> str:
    return f'<row><c t="s"><v>{index}</v></c></row>'


def _merges(count: str) -> str:
    return "".join(f'<mergeCell ref="A{row}:SF199999"/>' for row in range(1, len(count) + 1))
