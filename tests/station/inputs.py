"""What a browser would send of a drawn paper."""

from __future__ import annotations

from greenforms.station.filing.drawing import Drawing
from greenforms.station.filing.drawn import Drawn, DrawnItem, DrawnPart, DrawnTable, More, PictureEntry, pieces_in
from greenforms.station.filing.entry import Entry
from greenforms.station.filing.typed import EMPTY, NULL, WHY


def inputs_of(drawing: Drawing) -> dict[str, str]:
    """The inputs by name; one that is there twice is a fault."""
    sent: dict[str, str] = {}
    body = (*drawing.body, *drawing.rest)
    for piece in pieces_in(body):
        found: dict[str, str] = {}
        if isinstance(piece, Entry):
            found = {piece.pointer: piece.text}
            found |= {f"{NULL}{piece.pointer}": "1", f"{WHY}{piece.pointer}": "没有这一项"} if piece.null else {}
        elif isinstance(piece, PictureEntry):
            for row in piece.rows:
                found |= {f"{row.pointer}/file": row.file, f"{row.pointer}/caption": row.caption}
        assert not sent.keys() & found.keys()
        sent |= found
    return sent | {f"{EMPTY}{more.pointer}": "1" for node in body for more in _mores(node) if more.empty}


def _mores(node: Drawn) -> list[More]:
    match node:
        case More():
            return [node]
        case DrawnTable():
            return [row for row in node.rows if isinstance(row, More)]
        case DrawnPart() | DrawnItem():
            return [more for inner in node.body for more in _mores(inner)]
        case _:
            return []
