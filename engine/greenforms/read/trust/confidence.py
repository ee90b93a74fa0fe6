"""How sure we are of recognised text: the signs of each field, weighed by what they meant on scans of known truth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import replace
from math import prod

from greenforms.read.extraction import FieldReading, Grade
from greenforms.read.take.slots import SlotReading
from greenforms.read.trust.calibration import Calibration, bounded
from greenforms.read.trust.offers import with_offers
from greenforms.read.trust.signs import CHARACTERS, STRUCTURE, WORDS, signs_of, surroundings
from greenforms_extractors.match.result import Match

#: A cause less likely than this is not worth naming.
_WORTH_NAMING = 0.002

Signs = Mapping[str, float]


def judge(slots: MutableMapping[str, SlotReading], match: Match, calibration: Calibration) -> None:
    """Give every recognised field its confidence, its grade, what is doubtful about it and what it may be instead."""
    recognised = {pointer: slot for pointer, slot in slots.items() if is_recognised(slot) and not slot.blank}
    for pointer, signs in all_signs(recognised, match, calibration).items():
        slot = recognised[pointer]
        confidence = chance_right(slot, signs, calibration)
        problems = with_offers(slot.leaf, slot.reading.raw, slot.problems)
        slots[pointer] = replace(slot, reading=_judged(slot, signs, confidence, calibration), problems=problems)


def is_recognised(slot: SlotReading) -> bool:
    """Whether a field's text was read from a picture."""
    return slot.found.legibility is not None


def all_signs(slots: Mapping[str, SlotReading], match: Match, calibration: Calibration) -> dict[str, Signs]:
    """The signs of all recognised fields, by pointer; `row` is the worst chance among the others of the row."""
    around = surroundings(slots.values(), match)
    signs: dict[str, Signs] = {pointer: signs_of(slot, around) for pointer, slot in slots.items()}
    rows: dict[str, dict[str, float]] = defaultdict(dict)
    for pointer, each in signs.items():
        if (row := _row(pointer)) is not None:
            rows[row][pointer] = 1 - _untroubled(each, STRUCTURE, calibration)
    return {pointer: {**each, "row": _worst_other(rows, pointer)} for pointer, each in signs.items()}


def chance_right(slot: SlotReading, signs: Signs, calibration: Calibration) -> float:
    """The chance that a field's value is right; none for a text that gives no value."""
    if unreadable(slot):
        return 0.0
    characters = _untroubled(signs, CHARACTERS, calibration)
    if (proof := slot.leaf.codec.proof) and slot.reading.value is not None and not slot.problems:
        characters = calibration.weigh(characters, proof, holds=True)
    others = _untroubled(signs, [name for name in WORDS if name not in CHARACTERS], calibration)
    return bounded(characters * others)


def unreadable(slot: SlotReading) -> bool:
    """Whether there is text, but no value in it."""
    return slot.reading.value is None and bool(slot.problems)


def regraded(reading: FieldReading, confidence: float, calibration: Calibration, doubt: str = "") -> FieldReading:
    """A recognised field whose chance of being right has changed, for the worse because of `doubt`.

    What is contradicted is never green, however clearly it was seen: somebody must look which side is right.
    """
    grade = calibration.grade(confidence)
    if doubt and grade == "green":
        grade = "amber"
    words = "" if grade == "green" else doubt or reading.doubt
    return replace(reading, confidence=confidence, grade=grade, doubt=words)


def _judged(slot: SlotReading, signs: Signs, confidence: float, calibration: Calibration) -> FieldReading:
    grade: Grade = calibration.grade(confidence)
    if slot.problems and grade == "green":
        grade = "amber"
    doubt = "" if grade == "green" else _doubt(signs, calibration)
    return replace(slot.reading, confidence=confidence, grade=grade, doubt=doubt, source="ocr")


def _doubt(signs: Signs, calibration: Calibration) -> str:
    """The most likely cause, in words."""
    chances = {name: calibration.risks[name].at(signs[name]) for name in WORDS if name in calibration.risks}
    worst = max(chances, key=lambda name: chances[name], default="")
    return WORDS[worst] if worst and chances[worst] > _WORTH_NAMING else WORDS[CHARACTERS[0]]


def _untroubled(signs: Signs, names: Iterable[str], calibration: Calibration) -> float:
    """The chance that none of these causes spoilt the field."""
    risks = calibration.risks
    return prod(1 - risks[name].at(signs[name]) for name in names if name in signs and name in risks)


def _row(pointer: str) -> str | None:
    """The row of a list that a field stands in."""
    row, _, _ = pointer.rpartition("/")
    return row if row.rpartition("/")[2].isdecimal() else None


def _worst_other(rows: Mapping[str, Mapping[str, float]], pointer: str) -> float:
    row = _row(pointer)
    others = (chance for other, chance in rows[row].items() if other != pointer) if row is not None else ()
    return max(others, default=0.0)
