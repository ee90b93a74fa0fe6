"""Says on every page of a paper that it is a draft: in the headers, which readers pass over."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from greenforms.mark.package import OFFICE, Draft, Element, new_root, sub, text_in
from greenforms_extractors.ooxml import open_package

#: What stands on every page.
DRAFT = "草稿，不得报送"
_W_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_W, _S, _R = f"{{{_W_NAMESPACE}}}", f"{{{_S_NAMESPACE}}}", f"{{{OFFICE}}}"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_KINDS = ("default", "first", "even")
#: What may stand behind a sheet's headers (ECMA-376 18.3.1.99).
_BEHIND = (
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip


def marked_as_draft(content: bytes, file: str) -> bytes:
    """A .docx or .xlsx with the words in the header of every page; the same bytes for the same paper."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"paper{Path(file).suffix}"
        path.write_bytes(content)
        with open_package(path) as package:
            draft = Draft(package)
            if path.suffix == ".docx":
                _mark_word(draft)
            else:
                _mark_sheets(draft)
            return draft.content()


def _mark_word(draft: Draft) -> None:
    """Every section: a header that is there gets a line more, a kind of page without one a header of its own."""
    parts = {identifier: target for identifier, kind, target in draft.relations(draft.main) if kind.endswith("/header")}
    marked: set[str] = set()
    fresh = ""
    for section in draft.xml(draft.main).iter(f"{_W}sectPr"):
        given = {node.get(f"{_W}type"): node.get(f"{_R}id") for node in section.findall(f"{_W}headerReference")}
        for identifier in given.values():
            part = parts.get(identifier or "")
            if part is not None and part not in marked:
                _add_line(draft.xml(part))
                marked.add(part)
        for kind in _KINDS:
            if kind not in given:
                fresh = fresh or _new_header(draft)
                node = section.makeelement(f"{_W}headerReference", {f"{_W}type": kind, f"{_R}id": fresh})
                section.insert(0, node)


def _new_header(draft: Draft) -> str:
    name = draft.free_name("word/header{}.xml")
    root = new_root("hdr", _W_NAMESPACE)
    _add_line(root)
    draft.add(name, root, _HEADER_TYPE)
    return draft.relate(draft.main, "header", name)


def _add_line(root: Element) -> None:
    paragraph = sub(root, f"{_W}p")
    sub(sub(paragraph, f"{_W}pPr"), f"{_W}jc", **{f"{_W}val": "center"})
    run = sub(paragraph, f"{_W}r")
    look = sub(run, f"{_W}rPr")
    sub(look, f"{_W}b")
    sub(look, f"{_W}color", **{f"{_W}val": "C00000"})
    sub(look, f"{_W}sz", **{f"{_W}val": "32"})
    text_in(run, f"{_W}t", DRAFT)


def _mark_sheets(draft: Draft) -> None:
    for part in _worksheets(draft):
        root = draft.xml(part)
        around = root.find(f"{_S}headerFooter")
        if around is None:
            around = root.makeelement(f"{_S}headerFooter", {})
            behind = [node for node in root if isinstance(node.tag, str) and node.tag.removeprefix(_S) in _BEHIND]
            root.insert(root.index(behind[0]) if behind else len(root), around)
        for name in ("oddHeader", "evenHeader", "firstHeader"):
            node = around.find(f"{_S}{name}")
            if node is not None:
                node.text = f"{node.text or ''}&C{DRAFT}"
        if around.find(f"{_S}oddHeader") is None:
            node = root.makeelement(f"{_S}oddHeader", {})
            node.text = f"&C{DRAFT}"
            around.insert(0, node)


def _worksheets(draft: Draft) -> Iterator[str]:
    return (target for _, kind, target in draft.relations(draft.main) if kind.endswith("/worksheet"))
