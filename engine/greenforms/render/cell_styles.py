"""The cell styles of a workbook, and those that are made of them with another number format."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache

from lxml import etree

from greenforms.render.package import deflated
from greenforms.render.row_height import SIZE
from greenforms.render.sheet_template import S

#: Built-in formats by their codes (ECMA-376 part 1, 18.8.30), and the first number that is free for others.
_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "@": 49}
_FREE = 164
#: What may stand in a part of styles before its fonts.
_FORMATS, _STYLES = f"{S}numFmts", f"{S}cellXfs"

#: A style and the number format that it gets.
Variant = tuple[int, str]


class CellStyles:
    """The styles of a template."""

    def __init__(self, part: bytes) -> None:
        self._root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
        self._styles = list(self._root.iterfind(f"{_STYLES}/{S}xf"))
        self._fonts = list(self._root.iterfind(f"{S}fonts/{S}font"))
        self.with_variants = lru_cache(maxsize=16)(lambda variants: deflated([self.part(variants)]))

    def __len__(self) -> int:
        return len(self._styles)

    def wraps(self, style: int) -> bool:
        """Whether the text of a cell is wrapped."""
        aligned = self._styles[style].find(f"{S}alignment")
        return aligned is not None and aligned.get("wrapText") in ("1", "true")

    def size(self, style: int) -> float:
        """The size of a cell's text in points."""
        size = self._fonts[int(self._styles[style].get("fontId", "0"))].find(f"{S}sz")
        return SIZE if size is None else float(size.get("val", SIZE))

    def part(self, variants: Sequence[Variant]) -> bytes:
        """The part of styles with these behind its own."""
        root = deepcopy(self._root)
        styles = root.find(_STYLES)
        assert styles is not None
        numbers = _numbers(root, list(dict.fromkeys(code for _, code in variants)))
        for style, code in variants:
            made = deepcopy(styles[style])
            made.set("numFmtId", str(numbers[code]))
            made.set("applyNumberFormat", "1")
            styles.append(made)
        styles.set("count", str(len(styles)))
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _numbers(root: etree._Element, codes: Sequence[str]) -> dict[str, int]:
    """The numbers of formats; those that are not there yet are added."""
    formats = root.find(_FORMATS)
    if formats is None:
        root.insert(0, formats := etree.Element(_FORMATS))
    numbers = {each.get("formatCode", ""): int(each.get("numFmtId", "0")) for each in formats} | _BUILT_IN
    for code in codes:
        if code not in numbers:
            numbers[code] = max(_FREE - 1, *numbers.values()) + 1
            etree.SubElement(formats, f"{S}numFmt", numFmtId=str(numbers[code]), formatCode=code)
    if len(formats):
        formats.set("count", str(len(formats)))
    else:
        root.remove(formats)
    return numbers
