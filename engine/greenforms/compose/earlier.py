"""An earlier draft of the report: what a person wrote in it stays, what papers say anew or of another year does not."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace

from greenforms.check.pointers import node_at
from greenforms.compose.draft import Draft
from greenforms.compose.fixed import written
from greenforms.compose.prompts import MARK
from greenforms.diff.side import Side
from greenforms.dossier.paper import Paper
from greenforms.form.edit import take_out
from greenforms.form.form import Form
from greenforms.form.tree import ABSENT, Rows, Value, at, values
from greenforms.place import describe
from greenforms_extractors.match.flow import Flow

#: So much of a value is quoted where a person must look at it again.
_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier draft without the prompts left in it; `year` is that of its date, "" where it has none."""

    side: Side
    year: str

    @property
    def paper(self) -> Paper:
        """What it says, as a paper."""
        return Paper(self.side.form, self.side.data, self.side.name)


def earlier_of(side: Side) -> Earlier:
    """A draft that a person has worked on."""
    return Earlier(without_prompts(side), Paper(side.form, side.data).year)


def without_prompts(side: Side) -> Side:
    """What a draft says beside the prompts left in it."""
    data = deepcopy(side.data)
    for each in values(side.form.root, side.data):
        if isinstance(each.value, str) and MARK in each.value:
            take_out(data, each.pointer)
    return replace(side, data=data)


def keep_narrative(draft: Draft, earlier: Earlier) -> None:
    """Running text that a person wrote, and fixed texts that a person made others of."""
    for each in _held(draft.form, earlier):
        is_prose = each.leaf.codec.flow is Flow.PARAGRAPHS
        if not _list_around(draft.form, each.pointer) and not draft.has(each.pointer):
            fixed = list(_fixed(draft, earlier, each.pointer))
            if (is_prose or fixed) and each.value not in fixed:
                _keep(draft, earlier, each)


def keep_rest(draft: Draft, earlier: Earlier) -> None:
    """What nothing else says: as it was where the draft is of the same year, else as a question with what it was."""
    is_of_year = bool(earlier.year) and earlier.year == Paper(draft.form, draft.data).year
    given = {place for each in _held(draft.form, earlier) if (place := _list_around(draft.form, each.pointer))}
    closed = {place for place in given if at(draft.data, place) is not ABSENT}
    for each in _held(draft.form, earlier):
        around = _list_around(draft.form, each.pointer)
        if around in closed or at(draft.data, each.pointer) is not ABSENT:
            continue
        if is_of_year:
            draft.settle(each.pointer)
            _keep(draft, earlier, each)
        elif around:
            count = len(at(earlier.side.data, around))
            draft.leave(around, f"{_named(earlier)}有{count}行，请核对后填写", disputed=False)
        elif each.pointer not in draft.open:
            draft.leave(each.pointer, f"{_said(earlier, each)}，请核对后填写", disputed=False)


def _held(form: Form, earlier: Earlier) -> Iterator[Value]:
    """What the earlier draft says at places of the form, which may be that of another edition."""
    for each in values(form.root, earlier.side.data):
        if each.present and (each.leaf.nullable if each.value is None else each.leaf.shape.fits(each.value)):
            yield each


def _list_around(form: Form, pointer: str) -> str:
    """The outermost list that a place stands in; "" for one in none."""
    steps = pointer.split("/")[1:]
    places = ("/" + "/".join(steps[:count]) for count in range(1, len(steps)))
    return next((place for place in places if isinstance(node_at(form.root, place), Rows)), "")


def _fixed(draft: Draft, earlier: Earlier, pointer: str) -> Iterator[str]:
    """The fixed texts of a field as the earlier draft had them."""
    drafting = draft.form.library.drafting.get(draft.form.layout)
    for text in drafting.of(pointer).texts if drafting is not None else ():
        yield written(earlier.side.form, earlier.side.data, pointer, text)


def _keep(draft: Draft, earlier: Earlier, each: Value) -> None:
    """Take a value over, unless it was not read surely."""
    reading = earlier.side.fields.get(each.pointer)
    if reading is not None and reading.grade != "green":
        why = f"{_said(earlier, each)}，{reading.doubt or '读得不确定'}，请照原件填写"
        draft.leave(each.pointer, why, disputed=False)
        return
    place = f"{describe(reading.evidence)}" if reading is not None and reading.evidence is not None else ""
    draft.fill(each.pointer, each.value, f"沿用{_named(earlier)}{place}")
    draft.kept.add(each.pointer)


def _said(earlier: Earlier, each: Value) -> str:
    held = "不适用" if each.value is None else each.leaf.codec.entry(each.value)
    quoted = held if len(held) <= _QUOTED else f"{held[:_QUOTED]}…"
    return f"{_named(earlier)}写的是“{quoted}”"


def _named(earlier: Earlier) -> str:
    return f"上一稿“{earlier.side.name}”" + (f"（{earlier.year}年）" if earlier.year else "")
