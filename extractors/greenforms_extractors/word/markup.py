"""Names and small questions of WordprocessingML (ECMA-376 part 1, clause 17)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from greenforms_extractors.safe_xml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_WHOLE = re.compile(r"\s*[+-]?[0-9]{1,9}\s*")
_LENGTH = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(mm|cm|in|pt|pc|pi|)")
_UNITS = {"": 1, "pt": 20, "pc": 240, "pi": 240, "in": 1440, "cm": 1440 / 2.54, "mm": 144 / 2.54}

#: What a reader does not look into when it searches for rows, cells or paragraphs.
DROPPED = frozenset({W + "del", W + "moveFrom", MC + "Fallback"}) | {
    W + name for name in ("sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr")
}


def is_on(node: Element, path: str) -> bool:
    """Whether an on/off property (clause 17.17.4) such as `w:vanish` is present and not switched off."""
    found = node.find(path)
    return found is not None and found.get(W + "val", "true") not in {"0", "false", "off"}


def value(node: Element | None, path: str) -> str | None:
    """The `w:val` of a descendant."""
    found = None if node is None else node.find(path)
    return None if found is None else found.get(W + "val")


def number(node: Element | None, path: str, default: int = 0) -> int:
    """The whole number in the `w:val` of a descendant; the default if there is none, or one beyond 32 bits."""
    text = value(node, path)
    return int(text) if text is not None and _WHOLE.fullmatch(text) else default


def twips(text: str | None) -> int | None:
    """A length in twentieths of a point: a number of them, or of a unit such as 12.5pt (clause 22.9.2.15)."""
    found = _LENGTH.fullmatch(text or "")
    return None if found is None else round(float(found[1]) * _UNITS[found[2]])


def unwrap(
    node: Element, wanted: Collection[str], controls: tuple[Element, ...] = ()
) -> Iterator[tuple[Element, tuple[Element, ...]]]:
    """The wanted elements inside a container, through any wrappers, each with the content controls around it."""
    for child in node:
        if child.tag in wanted:
            yield child, controls
        elif child.tag == W + "sdt":
            yield from unwrap(child, wanted, (*controls, child))
        elif child.tag not in DROPPED:
            yield from unwrap(child, wanted, controls)


def tag_of(control: Element) -> str | None:
    """The tag of a content control (clause 17.5.2.42), None if it has none."""
    return value(control, f"{W}sdtPr/{W}tag") or None


def shows_placeholder(control: Element) -> bool:
    """Whether a content control says it holds its prompt and no content (clause 17.5.2.39); see `prompts`."""
    return is_on(control, f"{W}sdtPr/{W}showingPlcHdr")
