"""A list with what differs from the earlier one marked on it: a comment at each place, a list of all in front."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from greenforms.carry.merged import Merged
from greenforms.mark.document import mark_document
from greenforms.mark.note import Line, Listing, Note, Tint
from greenforms.mark.workbook import mark_workbook
from greenforms.read.paper import read_paper
from greenforms_extractors.marks import SOURCE
from greenforms_extractors.model import Origin

#: The kinds of file that are marked.
KINDS = {"docx": mark_document, "xlsx": mark_workbook}
_NAME = "与上次比"
_HEADINGS = ("序号", "变动", "位置（点击前往）", "上次", "这次")
_WIDTHS = (6, 22, 40, 40, 40)
_LEAD = "浅黄的格子与上次不同，浅绿的是新增的行，浅蓝的是这次没有材料、照上次留下的行；批注里写着上次的内容。"


def marked_copy(found: Merged, content: bytes, kind: str) -> bytes:
    """The printed list with the changes marked; `kind` is one of `KINDS`. Readers pass over the marks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{kind}"
        path.write_bytes(content)
        places = _places(found, path)
        lines = [*_lines(found, places)]
        notes = [*_notes(found, places)]
        return KINDS[kind](path, notes, Listing(_NAME, SOURCE, _LEAD, _HEADINGS, _WIDTHS, 2, lines))


def _places(found: Merged, path: Path) -> Mapping[str, Origin]:
    """Where each field stands on the paper, filled or blank; a row stands where its first field does."""
    read = read_paper(found.form.library, path, found.form.id)
    places = {each.path: each.places[0] for each in read.missing if each.places}
    places |= {each.path: each.places[0] for each in read.fields if each.places}
    for pointer, place in [*places.items()]:
        places.setdefault(pointer.rpartition("/")[0], place)
    return places


def _lines(found: Merged, places: Mapping[str, Origin]) -> Iterator[Line]:
    for number, (pointer, what, label, old, new) in enumerate(found.lines(), 1):
        yield Line((str(number), what, label, old, new), _tint(found, pointer), places.get(pointer))


def _notes(found: Merged, places: Mapping[str, Origin]) -> Iterator[Note]:
    for pointer, what, _, old, _ in found.lines():
        if pointer in places:
            was = f"：上次为“{old}”" if old and not found.is_new(pointer) else ""
            yield Note(places[pointer], f"{SOURCE}{what}{was}", _tint(found, pointer))


def _tint(found: Merged, pointer: str) -> Tint:
    if pointer in found.kept:
        return Tint.ASK
    return Tint.CARRIED if found.is_new(pointer) else Tint.DOUBT
