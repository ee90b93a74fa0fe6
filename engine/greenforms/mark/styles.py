"""Adds to the styles of a workbook what marks need; what is there already is used again."""

from __future__ import annotations

from lxml import etree

from greenforms.mark.note import Tint
from greenforms.mark.package import Draft, Element
from greenforms_extractors.sheet.cells import S

_NS = S[1:-1]
#: The order of the parts of a stylesheet (ECMA-376 part 1, 18.8.39).
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_LEAST = (
    f'<styleSheet xmlns="{_NS}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="1"><xf xfId="0"/></cellXfs></styleSheet>'
)
_BORDER = "".join(
    f'<{side} style="thin"><color rgb="FFA6A6A6"/></{side}>' for side in ("left", "right", "top", "bottom")
)
_FONTS = {
    "title": '<font><b/><sz val="14"/><name val="黑体"/></font>',
    "heading": '<font><b/><sz val="11"/><name val="宋体"/></font>',
    "text": '<font><sz val="11"/><name val="宋体"/></font>',
    "link": '<font><u/><sz val="11"/><color rgb="FF0563C1"/><name val="宋体"/></font>',
}


class Styles:
    """The stylesheet of one workbook."""

    def __init__(self, draft: Draft) -> None:
        part = draft.related(draft.main, "styles")
        if part is None:
            part = draft.free_name("xl/styles{}.xml")
            draft.add(part, etree.fromstring(_LEAST), _TYPE)
            draft.relate(draft.main, "styles", part)
        self._root = draft.xml(part)

    def ground(self, tint: Tint) -> int:
        """The number of the differential format that gives a cell a ground."""
        return self._number("dxfs", f"<dxf><fill>{_solid(tint)}</fill></dxf>")

    def cell(self, kind: str, tint: Tint | None = None) -> int:
        """The number of the format of a listed cell: title, lead, heading, text or link, on a ground."""
        font = self._number("fonts", _FONTS.get(kind, _FONTS["text"]))
        boxed = kind not in {"title", "lead"}
        border = self._number("borders", f"<border>{_BORDER}<diagonal/></border>") if boxed else 0
        fill = self._number("fills", f"<fill>{_solid(tint)}</fill>") if tint else 0
        return self._number(
            "cellXfs",
            f'<xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyNumberFormat="1" '
            'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            '<alignment vertical="center" wrapText="1"/></xf>',
        )

    def _number(self, group: str, xml: str) -> int:
        """The number of an element in a group, which is added where none is like it."""
        wanted = etree.fromstring(f'<x xmlns="{_NS}">{xml}</x>')[0]
        place = self._group(group)
        key = _canonical(wanted)
        members = [node for node in place if isinstance(node.tag, str)]
        for number, node in enumerate(members):
            if _canonical(node) == key:
                return number
        place.append(wanted)
        place.set("count", str(len(members) + 1))
        return len(members)

    def _group(self, name: str) -> Element:
        found = self._root.find(S + name)
        if found is not None:
            return found
        before = [node for node in self._root if etree.QName(node).localname in _ORDER[: _ORDER.index(name)]]
        group = etree.Element(S + name)
        if before:
            before[-1].addnext(group)
        else:
            self._root.insert(0, group)
        return group


def _solid(tint: Tint) -> str:
    """One colour all over: cells look for it in the foreground, differential formats in the background."""
    colour = f'Color rgb="FF{tint.value}"/>'
    return f'<patternFill patternType="solid"><fg{colour}<bg{colour}</patternFill>'


def _canonical(node: Element) -> object:
    """What tells an element from others, whatever its prefixes and white space."""
    text = (node.text or "").strip()
    return node.tag, sorted(node.attrib.items()), text, [_canonical(child) for child in node]
