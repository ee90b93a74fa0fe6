"""Makes labels of a template's lines: each static text with the slots behind it, and the spellings its fields know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from greenforms.codec.blank import is_null_sign
from greenforms.form.template import program as p
from greenforms.form.tree import Leaf
from greenforms.place import describe
from greenforms_extractors.match.layout import Anchor, Label, Repeat, Slot
from greenforms_extractors.origin import Origin

#: What parts a label from the value behind it.
COLON = (":", "：")


@dataclass(slots=True)
class LabelMaker:
    """Makes the labels of one template; what in it could not be read back becomes `errors`, each with its place."""

    errors: list[str] = field(default_factory=list)

    def error(self, origin: Origin, what: str) -> None:
        """Note what is wrong at a place."""
        self.errors.append(f"{describe(origin)}：{what}")

    def labels(self, line: p.Line, *, inline: bool = False) -> list[Label]:
        """The labels of a line, one for each static text with its slots."""
        self.slots_apart(line)
        if _is_sentence(line):
            return [self._sentence(line)]
        found: list[tuple[str, p.Slot | None, list[p.Slot]]] = []
        ahead: list[p.Slot] = []
        for static, slots in _runs(line):
            if not static.strip():
                (found[-1][2] if found else ahead).extend(slots)
            else:
                found.append((static.strip(), ahead.pop() if ahead else None, list(slots)))
        return [
            self.label(text, tuple(map(slot_of, after)), slot_of(before) if before else None, inline=inline, of=line)
            for text, before, after in found
        ]

    def _sentence(self, line: p.Line) -> Label:
        pattern = tuple(
            piece.text if isinstance(piece, p.Text) else slot_of(piece) if isinstance(piece, p.Slot) else "1"
            for piece in line.pieces
        )
        return Label(line.static, pattern=pattern)

    def slots_apart(self, line: p.Line) -> None:
        """Two slots side by side are one text to whoever reads them."""
        for one, other in pairwise(line.pieces):
            if isinstance(one, p.Slot) and isinstance(other, p.Slot):
                self.error(line.origin, f"字段“{one.leaf.title}”和“{other.leaf.title}”之间要有固定文字")

    def label(
        self,
        text: str,
        after: tuple[Slot, ...],
        before: Slot | None = None,
        *,
        of: p.Line | p.Box | None = None,
        cell: bool = False,
        inline: bool = False,
    ) -> Label:
        """A label with the other spellings its fields know."""
        slots = (*((before,) if before else ()), *after)
        leaves = _leaves(of) if of is not None else {}
        known = [each for slot in slots if slot.path in leaves for each in spellings(text, leaves[slot.path])]
        return Label(text, tuple(dict.fromkeys(known)), after, before, cell, inline)

    def attach(self, anchors: list[Anchor | Repeat[Anchor]], slots: tuple[Slot, ...], origin: Origin) -> None:
        """Give slots without a text of their own to the label before them."""
        last = anchors[-1] if anchors else None
        if isinstance(last, Label) and not last.pattern:
            anchors[-1] = replace(last, after=(*last.after, *slots))
        else:
            self.error(origin, f"字段“{slots[0].label}”前面没有可以认出它的文字")


def slot_of(slot: p.Slot) -> Slot:
    """A slot as the matcher sees it."""
    leaf = slot.leaf
    return Slot(slot.path, leaf.title, leaf.blank, leaf.codec.flow, _acceptance(leaf))


def _acceptance(leaf: Leaf) -> Callable[[str], bool]:
    codec, nullable = leaf.codec, leaf.nullable

    def accepts(text: str) -> bool:
        if nullable and is_null_sign(text):
            return True
        reading = codec.parse(text)
        return reading.value is not None or not reading.problems

    return accepts


def spellings(text: str, leaf: Leaf) -> Iterator[str]:
    """The field's aliases, put into the printed text where that holds the field's title (`一、企业简介`)."""
    for alias in leaf.aliases:
        yield text.replace(leaf.title, alias) if leaf.title in text else alias


def _leaves(of: p.Line | p.Box) -> dict[str, Leaf]:
    return {slot.path: slot.leaf for slot in of.slots}


def _runs(line: p.Line) -> Iterator[tuple[str, list[p.Slot]]]:
    """Each static text of a line with the slots behind it; the first text may be empty. Ordinals print no text."""
    static, slots = "", list[p.Slot]()
    for piece in line.pieces:
        if isinstance(piece, p.Slot):
            slots.append(piece)
        elif isinstance(piece, p.Text):
            if slots:
                yield static, slots
                static, slots = "", []
            static += piece.text
    yield static, slots


def _is_sentence(line: p.Line) -> bool:
    """Whether fixed words stand behind a slot that name no further one: 共{{ count }}家."""
    runs = list(_runs(line))
    ahead = bool(runs and not runs[0][0].strip() and runs[0][1])
    for number, (static, slots) in enumerate(runs):
        text = static.strip()
        if number == 0 or not text:
            continue
        named = slots and text.endswith(COLON)
        closes_title = ahead and number == 1 and not slots
        title_goes_on = ahead and number == 1 and len(runs) == 2
        if not (named or closes_title or title_goes_on):
            return True
    return False
