"""Marks in the text of a Word document: shading, comments (ECMA-376 part 1, 17.13.4), and bookmarks that links lead to.

Shading of the sender's own stays in the colour of the pattern, which a plain ground does not show, and comes back.
"""

from __future__ import annotations

from lxml import etree

from greenforms.mark.note import Tint
from greenforms.mark.package import Draft, Element, sub, text_in
from greenforms_extractors.marks import AUTHOR
from greenforms_extractors.word.markup import W

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_BOOKMARK = "_gfmark"
_TINTS = frozenset(tint.value for tint in Tint)
#: What may stand behind the shading in the properties of a cell and of a paragraph (17.4.66, 17.3.1.26).
_BEHIND_IN_CELL = "noWrap tcMar textDirection tcFitText vAlign hideMark headers cellIns cellDel cellMerge tcPrChange"
_BEHIND_IN_PARAGRAPH = (
    "tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)


def bookmark(number: int) -> str:
    """The name of the bookmark at the place of a note; Word does not list one that begins with a line."""
    return f"{_BOOKMARK}{number}"


def clear_marks(draft: Draft, body: Element) -> None:
    """Take our comments, bookmarks and shading out."""
    _clear_comments(draft, body)
    starts = [node for node in body.iter(W + "bookmarkStart") if node.get(W + "name", "").startswith(_BOOKMARK)]
    ours = {node.get(W + "id") for node in starts}
    for node in (*starts, *(end for end in list(body.iter(W + "bookmarkEnd")) if end.get(W + "id") in ours)):
        _remove(node)
    for shade in list(body.iter(W + "shd")):
        if shade.get(W + "fill") in _TINTS:
            own = shade.get(W + "color", "auto")
            if own == "auto":
                _remove(shade)
            else:
                shade.set(W + "fill", own)
                shade.set(W + "color", "auto")


class WordMarks:
    """Puts marks into the body of one document."""

    def __init__(self, draft: Draft, body: Element) -> None:
        self._comments = draft.xml(_comments_part(draft))
        self._last_comment = _last(self._comments.iter(W + "comment"))
        self._last_bookmark = _last(body.iter(W + "bookmarkStart"))

    def add(self, place: Element, number: int, text: str, tint: Tint) -> None:
        """Mark a paragraph or cell; `number` is that of its bookmark."""
        paragraphs = [place] if place.tag == W + "p" else list(place.iter(W + "p"))
        if not paragraphs:
            return
        self._last_bookmark += 1
        self._last_comment += 1
        mark, comment = str(self._last_bookmark), str(self._last_comment)
        _shade(place, tint)
        opening = [
            etree.Element(W + "bookmarkStart", {W + "id": mark, W + "name": bookmark(number)}),
            etree.Element(W + "commentRangeStart", {W + "id": comment}),
        ]
        first = 1 if paragraphs[0].find(W + "pPr") is not None else 0
        paragraphs[0][first:first] = opening
        last = paragraphs[-1]
        sub(last, W + "commentRangeEnd").set(W + "id", comment)
        sub(sub(last, W + "r"), W + "commentReference").set(W + "id", comment)
        sub(last, W + "bookmarkEnd").set(W + "id", mark)
        self._say(comment, text)

    def _say(self, identifier: str, text: str) -> None:
        comment = sub(self._comments, W + "comment")
        for name, said in (("id", identifier), ("author", AUTHOR), ("initials", AUTHOR)):
            comment.set(W + name, said)
        for line in text.split("\n"):
            text_in(sub(sub(comment, W + "p"), W + "r"), W + "t", line)


def _clear_comments(draft: Draft, body: Element) -> None:
    part = draft.related(draft.main, "comments")
    if part is None or not any(node.get(W + "author") == AUTHOR for node in draft.look(part).iter(W + "comment")):
        return
    ours = [node for node in draft.xml(part).iter(W + "comment") if node.get(W + "author") == AUTHOR]
    gone = {node.get(W + "id") for node in ours}
    for node in ours:
        _remove(node)
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for node in [node for node in body.iter(W + name) if node.get(W + "id") in gone]:
            run = node.getparent()
            alone = (
                name == "commentReference"
                and run is not None
                and all(child is node or child.tag == W + "rPr" for child in run)
            )
            _remove(run if alone and run is not None else node)


def _comments_part(draft: Draft) -> str:
    part = draft.related(draft.main, "comments")
    if part is None:
        part = draft.free_name("word/comments{}.xml")
        draft.add(part, etree.Element(W + "comments", nsmap={"w": W[1:-1]}), _TYPE)
        draft.relate(draft.main, "comments", part)
    return part


def _shade(place: Element, tint: Tint) -> None:
    in_cell = place.tag == W + "tc"
    name, behind = ("tcPr", _BEHIND_IN_CELL) if in_cell else ("pPr", _BEHIND_IN_PARAGRAPH)
    properties = place.find(W + name)
    if properties is None:
        properties = etree.Element(W + name)
        place.insert(0, properties)
    shade = properties.find(W + "shd")
    if shade is not None and not _is_plain(shade):
        return
    own = "auto" if shade is None else shade.get(W + "fill", "auto")
    if shade is None:
        shade = etree.Element(W + "shd")
        later = [node for node in properties if node.tag in {W + each for each in behind.split()}]
        if later:
            later[0].addprevious(shade)
        else:
            properties.append(shade)
    for attribute, said in (("val", "clear"), ("color", own), ("fill", tint.value)):
        shade.set(W + attribute, said)


def _is_plain(shade: Element) -> bool:
    """Whether a shading is nothing but a ground, which can be kept beside ours."""
    return shade.get(W + "val") in {"clear", "nil", None} and not any("theme" in name for name in shade.attrib)


def _last(nodes: object) -> int:
    numbers = (node.get(W + "id", "") for node in nodes)  # type: ignore[attr-defined]
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def _remove(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
