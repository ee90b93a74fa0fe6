"""Where an element goes in a worksheet part (ECMA-376 part 1, 18.3.1.99): its children stand in a fixed order."""

from __future__ import annotations

from lxml import etree

from greenforms.mark.package import Element
from greenforms_extractors.sheet.cells import S

_ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
)


def insert(root: Element, name: str) -> Element:
    """A new child of a worksheet, behind all that come before it."""
    before = {S + each for each in _ORDER[: _ORDER.index(name) + 1]}
    new = etree.Element(S + name)
    previous = [node for node in root if node.tag in before]
    if previous:
        previous[-1].addnext(new)
    else:
        root.insert(0, new)
    return new
