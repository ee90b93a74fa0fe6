"""The draft on its form: sources and reasons as comments at their places, a list of what is lacking in front."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from greenforms.check.pointers import label
from greenforms.compose.draft import Draft, Prompt
from greenforms.mark.document import mark_document
from greenforms.mark.note import Line, Listing, Note, Tint
from greenforms.read.paper import read_paper
from greenforms.render.paper import render
from greenforms_extractors.marks import SOURCE
from greenforms_extractors.model import Origin

_NAME = "待填清单"
_HEADINGS = ("序号", "栏目（点击前往）", "为什么没有填", "可用的数据")
_WIDTHS = (6, 30, 34, 60)
_LEAD = "表里浅绿的格子已从材料带入或算出，批注里写着出处，请逐格核对；浅黄的还没有填，列在下面。"


def draft_paper(draft: Draft) -> bytes:
    """The Word file. What stands on it reads back as the draft's data."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "draft.docx"
        path.write_bytes(render(draft.form, draft.data, "docx", None))
        places = _places(draft, path)
        lines = [_line(draft, number, each, places) for number, each in enumerate(draft.prompts, 1)]
        notes = [*_sources(draft, places), *_reasons(draft, places)]
        return mark_document(path, notes, Listing(_NAME, SOURCE, _LEAD, _HEADINGS, _WIDTHS, 1, lines))


def _places(draft: Draft, path: Path) -> Mapping[str, Origin]:
    """Where each field stands on the paper, filled or blank."""
    read = read_paper(draft.form.library, path, draft.form.id)
    blank = {each.path: each.places[0] for each in read.missing if each.places}
    return {**blank, **{each.path: each.places[0] for each in read.fields if each.places}}


def _sources(draft: Draft, places: Mapping[str, Origin]) -> Iterator[Note]:
    """A comment for each value."""
    for each in draft.filled.values():
        if each.pointer in places:
            yield Note(places[each.pointer], f"{SOURCE}{each.source}", Tint.CARRIED)


def _reasons(draft: Draft, places: Mapping[str, Origin]) -> Iterator[Note]:
    for each in draft.prompts:
        if each.pointer in places:
            yield Note(places[each.pointer], f"{SOURCE}待填：{each.reason}", Tint.DOUBT)


def _line(draft: Draft, number: int, each: Prompt, places: Mapping[str, Origin]) -> Line:
    texts = (str(number), label(draft.form, each.pointer), each.reason, "\n".join(each.figures))
    return Line(texts, Tint.DOUBT, places.get(each.pointer))
