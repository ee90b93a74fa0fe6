"""The fields of a paper as the page shows them: in the order of the form, rows of lists as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from greenforms.check.pointers import node_at, parent
from greenforms.codec.choice import Choice
from greenforms.form.labels import container
from greenforms.form.tree import Group, Leaf, at
from greenforms.place import describe
from greenforms.read.extraction import FieldReading
from greenforms.readings.detail import with_unit
from greenforms.readings.lines import GRADES, Line, lines_of, shown
from greenforms.station.review.layer import Change
from greenforms.station.review.layered import Layered
from greenforms.station.review.order import Look, is_open, looks_of
from greenforms.station.review.standing import Standing
from greenforms.station.review.tables import local
from greenforms_extractors.origin import PageOrigin

#: Keys 1 to 9 pick an offer.
_MOST_OFFERS = 9
_SAID = {"confirmed": "核对无误", "changed": "已更正"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A text that may be meant, and where it comes from."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `read` is what the machine read, `text` what holds now, both as they are typed.

    `grade` is green, amber, red, missing or empty; `state` is read, confirmed or changed, `moved` says that the machine
    reads something else since. `boxes` are (page, left, top, right, bottom) in points, `place` is it in words.
    """

    pointer: str
    label: str
    part: str
    read: str
    text: str
    raw: str
    grade: str
    word: str
    state: str
    said: str
    moved: bool
    doubt: str
    place: str
    look: Look
    open: bool
    boxes: tuple[tuple[float, ...], ...] = ()
    offers: tuple[Offer, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """It as the page's program and other programs get it."""
        plain = (
            "pointer", "label", "part", "read", "text", "raw", "grade", "word", "state", "said", "moved", "doubt",
            "place",
        )  # fmt: skip
        return {
            **{name: getattr(self, name) for name in plain},
            "look": int(self.look),
            "why": self.look.word,
            "open": self.open,
            "boxes": [list(box) for box in self.boxes],
            "offers": [[offer.text, offer.source] for offer in self.offers],
        }


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the form. With `columns` it is a table, in which a cell that the form has not is None."""

    title: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[Field | None, ...]], ...] = ()
    fields: tuple[Field, ...] = field(default=())


def fields_of(paper: Layered, standing: Standing) -> dict[str, Field]:
    """Every field in the order of the form, by pointer."""
    data, looks = paper.data, looks_of(paper, standing)
    machine = {each.path: each for each in paper.machine.fields}
    lines = {line.pointer: line for line in lines_of(paper.form, paper.reading)}
    return {
        pointer: _field(paper, line, machine.get(pointer), data, standing, looks[pointer])
        for pointer, line in lines.items()
    }


def held_of(paper: Layered, pointer: str) -> dict[str, Any]:
    """What holds of one field: the part of its JSON that a change changes."""
    leaf, said = node_at(paper.form.root, pointer), paper.held.get(pointer)
    assert isinstance(leaf, Leaf), pointer
    return {
        "pointer": pointer,
        "text": _text(leaf, at(paper.data, pointer)),
        "state": said.kind if said else "read",
        "said": _words(said),
        "moved": paper.moved(pointer),
    }


def _words(said: Change | None) -> str:
    return f"{_SAID[said.kind]}（{said.who}，{local(said.at)}）" if said else ""


def blocks_of(paper: Layered, fields: Mapping[str, Field]) -> list[Block]:
    """The fields by the parts of the form."""
    root = paper.form.root
    parts = groupby(fields.values(), lambda each: _part(root, each.pointer))
    return [_block(root, pointer, is_table, list(members)) for (pointer, is_table), members in parts]


def _part(root: Group, pointer: str) -> tuple[str, bool]:
    """The pointer of the part that a field stands in, and whether that is a list or a catalogue of rows."""
    row = parent(pointer)
    above = node_at(root, parent(row)) if row else None
    listed = row.rpartition("/")[2].isdecimal() or (isinstance(above, Group) and above.catalogue is not None)
    return (parent(row), True) if listed else (row, False)


def _block(root: Group, pointer: str, is_table: bool, members: Sequence[Field]) -> Block:
    title = container(root, pointer) or root.title
    if not is_table:
        return Block(title, fields=tuple(members))
    columns = dict.fromkeys(each.pointer.rpartition("/")[2] for each in members)
    labels = tuple(next(each.label for each in members if each.pointer.endswith(f"/{name}")) for name in columns)
    rows: dict[str, dict[str, Field]] = {}
    for each in members:
        row, _, name = each.pointer.rpartition("/")
        rows.setdefault(row, {})[name] = each
    return Block(
        title,
        labels,
        tuple((_row(root, row), tuple(cells.get(name) for name in columns)) for row, cells in rows.items()),
    )


def _row(root: Group, pointer: str) -> str:
    step = pointer.rpartition("/")[2]
    if step.isdecimal():
        return str(int(step) + 1)
    node = node_at(root, pointer)
    return (node.title if node is not None else "") or step


def _field(
    paper: Layered, line: Line, reading: FieldReading | None, data: Any, standing: Standing, look: Look
) -> Field:
    pointer, leaf = line.pointer, line.leaf
    said = paper.held.get(pointer)
    read = _text(leaf, at(paper.machine.data, pointer))
    where = paper.paper.name, pointer
    told = [finding.message for finding in standing.findings_of(where)]
    grade = reading.grade if reading else "missing" if line.required else "empty"
    return Field(
        pointer=pointer,
        label=with_unit(line),
        part=line.part,
        read=read,
        text=_text(leaf, at(data, pointer)),
        raw=reading.raw if reading else "",
        grade=grade,
        word=GRADES[reading.grade] if reading else line.grade,
        state=said.kind if said else "read",
        said=_words(said),
        moved=paper.moved(pointer),
        doubt="\n".join(dict.fromkeys(filter(None, [reading.doubt if reading else "", *told]))),
        place=describe(reading.evidence) if reading and reading.evidence else "",
        look=look,
        open=bool(look) and is_open(paper, pointer),
        boxes=tuple(
            (place.page, *(round(edge, 1) for edge in place.box))
            for place in (reading.places if reading else ())
            if isinstance(place, PageOrigin)
        ),
        offers=tuple(_offers(line, read, standing, where)),
    )


def _offers(line: Line, read: str, standing: Standing, where: tuple[str, str]) -> list[Offer]:
    """What may be meant: as it was read, what the checks suggest, what other places say, the form's options."""
    found = {read: "机器读到的"} if read else {}
    for finding in standing.findings_of(where):
        if finding.suggestion is not None and len(finding.places) == 1:
            found.setdefault(_text(line.leaf, finding.suggestion), "疑应为")
    for text, source in standing.said_elsewhere(where, line.leaf):
        found.setdefault(text, source)
    if isinstance(line.leaf.codec, Choice):
        found.update((choice, "表上的选项") for choice in line.leaf.codec.choices if choice not in found)
    return [Offer(text, source) for text, source in found.items() if text][:_MOST_OFFERS]


def _text(leaf: Leaf, value: Any) -> str:
    cell = shown(leaf, value)
    return "" if cell is None else str(cell.value)
