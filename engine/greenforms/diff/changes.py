"""What differs between two sides, in form order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from greenforms.check.pointers import phrase
from greenforms.diff.pairs import Pair, pairs
from greenforms.diff.sentences import Reworded, reworded, sentences
from greenforms.diff.side import Side
from greenforms.dossier.versions import alike
from greenforms.form.labels import container
from greenforms.form.said import said
from greenforms.form.tree import ABSENT, Group, Leaf, Value, at, values
from greenforms.place import describe
from greenforms.read.extraction import FieldReading

Kind = Literal["changed", "added", "removed"]
_DOUBT = "读得不确定，请对照原件"


@dataclass(frozen=True, slots=True)
class Stand:
    """What one side has at a place: the value, the text as people write it, and how it was read, where it was."""

    pointer: str
    value: Any
    text: str
    reading: FieldReading | None = None

    @property
    def where(self) -> str:
        """The place in words, "" of data that stand on no paper."""
        place = self.reading.evidence if self.reading is not None else None
        return describe(place) if place is not None else ""

    @property
    def doubt(self) -> str:
        """Why the reading is not certain, "" where it is."""
        reading = self.reading
        if reading is None or reading.grade == "green":
            return ""
        return reading.doubt or (_DOUBT if reading.source == "ocr" else "")


@dataclass(frozen=True)
class Change:
    """One difference: a field, or a row that only one side has. `old` or `new` is None where that side has nothing.

    `pointer` is its place on the newer side, filled or blank; "" for a row that is gone.
    """

    label: str
    fact: str
    leaf: Leaf | None
    old: Stand | None
    new: Stand | None
    pointer: str = ""

    @property
    def kind(self) -> Kind:
        """What became of the place."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    @cached_property
    def sentences(self) -> tuple[Reworded, ...]:
        """The sentences that differ, of running text that both sides have; () for all else."""
        if self.old is None or self.new is None or self.leaf is None or not self.leaf.codec.free_text:
            return ()
        several = any(len(sentences(each.text)) > 1 for each in (self.old, self.new))
        return reworded(self.old.text, self.new.text) if several else ()

    @property
    def gap(self) -> Decimal | None:
        """By how much a figure became larger, in the field's unit; None for what is no figure."""
        if self.old is None or self.new is None:
            return None
        one, other = self.old.value, self.new.value
        figures = all(isinstance(each, int | Decimal) and not isinstance(each, bool) for each in (one, other))
        year = self.leaf is None or not self.leaf.codec.figure
        return Decimal(other) - Decimal(one) if figures and not year else None


def changes(old: Side, new: Side) -> tuple[Change, ...]:
    """All differences between two sides of one layout, in the order of the new one's form."""
    found = (_change(old, new, pair) for pair in pairs(new.form.root, old.data, new.data))
    return tuple(each for each in found if each is not None)


def _change(old: Side, new: Side, pair: Pair) -> Change | None:
    match pair:
        case Pair(Leaf() as leaf, Value() as one, Value() as other):
            if alike(one, other):
                return None
            fact = leaf.fact.fact if leaf.fact is not None else ""
            stands = (_stand(old, one), _stand(new, other))
            return Change(phrase(new.form.root, other.pointer), fact, leaf, *stands, other.pointer)
        case Pair(Group() as item, str() as one, None):
            return Change(container(old.form.root, one), "", None, _row(old, item, one), None)
        case Pair(Group() as item, None, str() as other):
            return Change(container(new.form.root, other), "", None, None, _row(new, item, other), other)
    raise AssertionError(pair)


def _stand(side: Side, value: Value) -> Stand | None:
    if not value.present:
        return None
    return Stand(value.pointer, value.value, _text(value), side.fields.get(value.pointer))


def _text(value: Value) -> str:
    """A value as people write it, a choice without the boxes it is printed with."""
    held = value.value
    return str(held) if held in value.leaf.codec.offered() else said(value.leaf, held)


def _row(side: Side, item: Group, pointer: str) -> Stand:
    """A whole row: what it says, and the place of the first field that has one."""
    row = at(side.data, pointer)
    present = [each for each in values(item, {} if row is ABSENT else row, pointer) if each.present]
    text = "；".join(f"{each.leaf.title}：{_text(each)}" for each in present)
    readings = (side.fields.get(each.pointer) for each in present)
    return Stand(pointer, row, text, next((each for each in readings if each is not None), None))
