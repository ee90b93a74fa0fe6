"""Comments on cells: the part with the texts, and the drawing with a box for each (ECMA-376 part 1, 18.7; part 4, 19).

A comment of the sender's on the same cell keeps its text; ours stands below it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from greenforms.mark.package import OFFICE, Draft, Element, new_root, sub, text_in
from greenforms.mark.sheet_order import insert
from greenforms_extractors.marks import AUTHOR
from greenforms_extractors.sheet.cells import S, position

_V, _O, _X = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:excel",
)
_R = f"{{{OFFICE}}}"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_EMPTY = (
    f'<xml xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}"><v:shapetype id="_x0000_t202" '
    'coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>'
    "</v:shapetype></xml>"
)
#: Columns and rows that a box takes; a line of it has about so many characters.
_WIDE, _LINE, _LEAST = 4, 22, 5


class CellComments:
    """The comments of one worksheet."""

    def __init__(self, draft: Draft, part: str) -> None:
        self._draft, self._part = draft, part

    def clear(self, sign: str) -> None:
        """Take the comments of a sign out; the sender's stay."""
        name = self._draft.related(self._part, "comments")
        if name is None or not any(sign in (text.text or "") for text in self._draft.look(name).iter(S + "t")):
            return
        gone = set()
        for comment in list(self._draft.xml(name).iter(S + "comment")):
            if _cut(comment, sign):
                gone.add(position(comment.get("ref", "")))
                comment.getparent().remove(comment)  # type: ignore[union-attr]
        drawing = self._draft.related(self._part, "vmlDrawing")
        if drawing is None or not gone:
            return
        for shape in list(self._draft.xml(drawing).iter(f"{{{_V}}}shape")):
            if _cell_of(shape) in gone:
                shape.getparent().remove(shape)  # type: ignore[union-attr]

    def add(self, texts: Mapping[str, str]) -> None:
        """Comment cells, by reference."""
        root = self._draft.xml(self._comments())
        author = _author(root)
        place = root.find(S + "commentList")
        assert place is not None
        there = {comment.get("ref"): comment for comment in place}
        drawing = self._draft.xml(self._drawing())
        for cell, text in texts.items():
            comment = there.get(cell)
            if comment is not None:
                _append(comment, text)
                continue
            new = sub(place, S + "comment", ref=cell, authorId=str(author))
            text_in(sub(sub(new, S + "text"), S + "r"), S + "t", text)
            _draw(drawing, cell, text)

    def _comments(self) -> str:
        found = self._draft.related(self._part, "comments")
        if found is not None:
            return found
        name = self._draft.free_name("xl/comments{}.xml")
        root = new_root("comments", S[1:-1])
        sub(root, S + "authors")
        sub(root, S + "commentList")
        self._draft.add(name, root, _COMMENTS)
        self._draft.relate(self._part, "comments", name)
        return name

    def _drawing(self) -> str:
        found = self._draft.related(self._part, "vmlDrawing")
        sheet = self._draft.xml(self._part)
        if found is not None and sheet.find(S + "legacyDrawing") is not None:
            return found
        name = self._draft.free_name("xl/drawings/vmlDrawing{}.vml")
        self._draft.add(name, etree.fromstring(_EMPTY), _DRAWING)
        identifier = self._draft.relate(self._part, "vmlDrawing", name)
        insert(sheet, "legacyDrawing").set(f"{_R}id", identifier)
        return name


def _author(root: Element) -> int:
    authors = root.find(S + "authors")
    assert authors is not None
    names = [node.text for node in authors]
    if AUTHOR not in names:
        sub(authors, S + "author").text = AUTHOR
        names.append(AUTHOR)
    return names.index(AUTHOR)


def _append(comment: Element, text: str) -> None:
    """Our text below the sender's."""
    place = comment.find(S + "text")
    if place is None:
        place = sub(comment, S + "text")
    if (plain := place.find(S + "t")) is not None:
        run = etree.Element(S + "r")
        plain.addprevious(run)
        run.append(plain)
    text_in(sub(place, S + "r"), S + "t", f"\n{text}")


def _cut(comment: Element, sign: str) -> bool:
    """Take our text out of a comment; whether nothing is left of it."""
    ours = False
    for text in list(comment.iter(S + "t")):
        said = text.text or ""
        if ours or sign in said:
            text.text = "" if ours else said.partition(sign)[0].removesuffix("\n")
            ours = True
            run = text.getparent()
            if not text.text and run is not None and run.tag == S + "r":
                run.getparent().remove(run)  # type: ignore[union-attr]
    return ours and not "".join(text.text or "" for text in comment.iter(S + "t")).strip()


def _cell_of(shape: Element) -> tuple[int, int] | None:
    row, column = (shape.find(f".//{{{_X}}}{name}") for name in ("Row", "Column"))
    texts = [(node.text or "").strip() if node is not None else "" for node in (row, column)]
    return (int(texts[0]), int(texts[1])) if all(text.isdecimal() for text in texts) else None


def _draw(root: Element, cell: str, text: str) -> None:
    """The hidden box of a comment, to the right of its cell."""
    row, column = position(cell) or (0, 0)
    identifiers = (re.fullmatch(r"_x0000_s(\d{1,9})", node.get("id", "")) for node in root.iter(f"{{{_V}}}shape"))
    number = max((int(found[1]) for found in identifiers if found), default=1024) + 1
    shape = sub(root, f"{{{_V}}}shape", id=f"_x0000_s{number}", type="#_x0000_t202", fillcolor="#ffffe1")
    shape.set("style", "position:absolute;width:240pt;height:100pt;z-index:1;visibility:hidden")
    shape.set(f"{{{_O}}}insetmode", "auto")
    sub(shape, f"{{{_V}}}fill", color2="#ffffe1")
    sub(shape, f"{{{_V}}}textbox", style="mso-direction-alt:auto")
    data = sub(shape, f"{{{_X}}}ClientData", ObjectType="Note")
    lines = max(_LEAST, sum(len(line) // _LINE + 1 for line in text.split("\n")) + 1)
    anchor = (column + 1, 10, max(0, row - 1), 4, column + 1 + _WIDE, 10, max(0, row - 1) + lines, 4)
    for name in ("MoveWithCells", "SizeWithCells"):
        sub(data, f"{{{_X}}}{name}")
    for name, said in (
        ("Anchor", ", ".join(map(str, anchor))),
        ("AutoFill", "False"),
        ("Row", str(row)),
        ("Column", str(column)),
    ):
        sub(data, f"{{{_X}}}{name}").text = said
