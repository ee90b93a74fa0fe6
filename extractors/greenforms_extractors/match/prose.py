"""Takes the slots of a label in running text: behind it on its line and in the paragraphs below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.flow import Flow
from greenforms_extractors.match.layout import Slot, depth
from greenforms_extractors.match.result import Found
from greenforms_extractors.match.units import Unit
from greenforms_extractors.model import Legibility, Picture


def found_in(
    unit: Unit,
    slot: Slot,
    raw: str,
    label: str,
    indices: tuple[int, ...] = (),
    pictures: tuple[tuple[Picture, str], ...] = (),
) -> Found:
    """A slot's text as it stands in a unit, under the label as the file prints it."""
    own = indices[: depth(slot.path)]
    return Found(slot, own, raw, label, unit.places, unit.confidence, pictures, legibility=unit.legibility)


@dataclass(slots=True)
class Prose:
    """What stands behind one label (`rest`) and below it, while it is handed out to the label's slots in order.

    The first `near` paragraphs follow directly; between the others there is a table that belongs to no part.
    """

    unit: Unit
    label: str
    rest: str
    below: list[Unit]
    near: int
    indices: tuple[int, ...] = ()
    found: list[Found] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def take(self, slots: tuple[Slot, ...]) -> None:
        """Fill the slots."""
        if any(self.rest.strip() and fold_label(self.rest) == fold_label(slot.blank) for slot in slots):
            self.rest = ""
        if not any(slot.flow is not Flow.TEXT or self._repeats(slot) for slot in slots):
            self.below = self.below[: self.near]
        for place, slot in enumerate(slots):
            if self._repeats(slot):
                self._rows(slot)
            elif slot.flow is Flow.TEXT:
                self._line(slot, later=sum(other.flow is not Flow.PICTURES for other in slots[place + 1 :]))
            else:
                later = slots[place + 1 :]
                kept = self._kept([other for other in later if other.flow is Flow.TEXT and not self._repeats(other)])
                self._flow(slot, leave_pictures=any(other.flow is Flow.PICTURES for other in later))
                self.below += kept

    def _kept(self, later: Sequence[Slot]) -> list[Unit]:
        """Take away, from the end, the lines that one-line slots behind a longer text have for themselves."""
        end = len(self.below)
        for slot in reversed(later):
            fits = (place for place in range(end - 1, -1, -1) if self.below[place].text.strip())
            end = next((place for place in fits if slot.accepts(self.below[place].text)), end)
        kept = self.below[end:]
        del self.below[end:]
        return kept

    def _repeats(self, slot: Slot) -> bool:
        """Whether the slot is printed on a line of its own for each item of a list."""
        return depth(slot.path) > len(self.indices)

    def _line(self, slot: Slot, later: int) -> None:
        """A one-line value: the rest of the label's line, else the next line with text that fits the field.

        The next line is only taken when the `later` slots of the label have lines of their own left.
        """
        if self.rest.strip():
            self.found.append(found_in(self.unit, slot, self.rest, self.label, self.indices))
            self.rest = ""
            return
        while self.below and not self.below[0].text.strip():
            self.below.pop(0)
        enough = sum(bool(unit.text.strip()) for unit in self.below) > later
        if enough and slot.accepts(self.below[0].text):
            holder = self.below.pop(0)
            self.used.add(holder.index)
            self.found.append(found_in(holder, slot, holder.text, self.label, self.indices))

    def _rows(self, slot: Slot) -> None:
        """A row for each line of text, where the blank repeats a paragraph."""
        lines = [(self.rest, self.unit), *((unit.text, unit) for unit in self.below)]
        self.used.update(unit.index for unit in self.below)
        for number, (text, holder) in enumerate((text, holder) for text, holder in lines if text.strip()):
            self.found.append(found_in(holder, slot, text, self.label, (*self.indices, number)))
        self.rest, self.below = "", []

    def _flow(self, slot: Slot, *, leave_pictures: bool) -> None:
        """Every paragraph up to the next label, or up to the first picture where those have a slot of their own."""
        taken = _until_picture(self.below) if leave_pictures else list(self.below)
        del self.below[: len(taken)]
        self.used.update(unit.index for unit in taken)
        units = [*([self.unit] if self.rest.strip() else []), *taken]
        text = "".join([self.rest.strip(), *(f"{'' if unit.goes_on else chr(10)}{unit.text}" for unit in taken)])
        self.rest = ""
        pictures = tuple(_captioned(taken)) if slot.flow is Flow.PICTURES else ()
        holder = next((unit for unit in taken if unit.text.strip() or _has_picture(unit)), self.unit)
        if pictures or text.strip():
            found = found_in(holder, slot, text.strip("\n"), self.label, self.indices, pictures)
            self.found.append(_of_all(found, [unit for unit in units if unit.text.strip() or _has_picture(unit)]))


def _of_all(found: Found, units: Sequence[Unit]) -> Found:
    """A text of several units stands where they all do, and is as sure as they all are together."""
    confidence = min((unit.confidence for unit in units if unit.text.strip()), default=found.confidence)
    seen: Legibility | None = None
    for unit in units:
        seen = unit.legibility & seen if unit.legibility else seen
    places = tuple(dict.fromkeys(place for unit in units for place in unit.places))
    return replace(found, confidence=confidence, legibility=seen, places=places)


def _has_picture(unit: Unit) -> bool:
    return any(paragraph.pictures for paragraph in unit.paragraphs)


def _until_picture(units: list[Unit]) -> list[Unit]:
    for place, unit in enumerate(units):
        if _has_picture(unit):
            return units[:place]
    return list(units)


def _captioned(units: Iterable[Unit]) -> Iterable[tuple[Picture, str]]:
    """Each picture with the text that stands beside or below it, up to the next picture."""
    pictures: list[Picture] = []
    caption: list[str] = []
    for paragraph in (paragraph for unit in units for paragraph in unit.paragraphs):
        if paragraph.pictures:
            yield from _with_caption(pictures, caption)
            pictures, caption = list(paragraph.pictures), []
        if paragraph.text.strip():
            caption.append(paragraph.text.strip())
    yield from _with_caption(pictures, caption)


def _with_caption(pictures: list[Picture], caption: list[str]) -> Iterable[tuple[Picture, str]]:
    for place, picture in enumerate(pictures):
        yield picture, "\n".join(caption) if place == len(pictures) - 1 else ""
