"""Reads a document by its layout alone: what stands in each slot becomes a field with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from greenforms.codec.base import Problem
from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.tree import Leaf, derived_leaves, leaves, pattern_of
from greenforms.place import describe
from greenforms.read.extraction import FieldReading, Grade, Source
from greenforms.read.take.entries import two_entries
from greenforms.read.take.values import Read, read_text
from greenforms_extractors.match.flow import Flow
from greenforms_extractors.match.result import Found, Match
from greenforms_extractors.model import Origin, Picture

#: A field whose text raised a doubt is worth this much of its reading's confidence.
_DOUBTFUL = 0.6


@dataclass(frozen=True, slots=True)
class SlotReading:
    """One slot read: the field, whether the paper leaves it blank, and where it was found."""

    leaf: Leaf
    reading: FieldReading
    blank: bool
    problems: tuple[Problem, ...]
    found: Found

    @property
    def origin(self) -> Origin:
        """Where the text stands."""
        return self.found.origin


@dataclass(slots=True)
class StructureReading:
    """All slots by pointer, and the contents of the pictures found."""

    slots: dict[str, SlotReading] = field(default_factory=dict)
    #: What the paper prints where a text follows from other fields.
    derived: list[tuple[Leaf, Found]] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)


def read_structure(form: Form, match: Match) -> StructureReading:
    """Read every slot the matcher found."""
    by_pattern = {leaf.pattern: leaf for leaf in (*leaves(form.root), *derived_leaves(form.root))}
    result = StructureReading()
    by_slot = {slot: by_pattern[pattern_of(slot)] for slot in {found.slot.path for found in match.found}}
    texts: dict[tuple[str, str, str], Read] = {}
    for found in match.found:
        path, leaf = found.path, by_slot[found.slot.path]
        if leaf.derived is not None:
            result.derived.append((leaf, found))
            continue
        if leaf.codec.flow is Flow.PICTURES:
            read = _pictures(found, result)
        else:  # rows of a list often say the same
            said = leaf.pattern, found.raw, found.label
            read = texts.get(said) or texts.setdefault(said, read_text(leaf, found.raw, found.label))
        if read.value is not None and (several := two_entries(leaf, found.raw, form.library.vocabulary)):
            read = replace(read, problems=(*read.problems, *several))
        if (other := result.slots.get(path)) is not None:  # printed in two places of the form
            found = replace(found, places=tuple(dict.fromkeys((*other.found.places, *found.places))))
        result.slots[path] = slot_reading(leaf, found, read, "structure")
    return result


def slot_reading(leaf: Leaf, found: Found, read: Read, source: Source) -> SlotReading:
    """A field as read from one place."""
    confidence = found.confidence * (_DOUBTFUL if read.problems else 1.0)
    reading = FieldReading(
        path=found.path,
        label=leaf.title,
        value=read.value,
        raw=found.raw,
        unit=leaf.unit,
        confidence=confidence,
        source=source,
        places=found.places,
        grade=_grade(read),
    )
    return SlotReading(leaf, reading, read.blank, read.problems, found)


def _grade(read: Read) -> Grade:
    """The grade of a text that stands in the file as such."""
    if not read.problems:
        return "green"
    return "red" if read.value is None else "amber"


def _pictures(found: Found, result: StructureReading) -> Read:
    """Pictures under the names the file gives them; a picture without a file name gets a numbered one."""
    value = []
    for picture, caption in found.pictures:
        name = _file_name(picture, result.pictures)
        result.pictures[name] = picture.content
        value.append({"file": name, "caption": caption or picture.description})
    return Read(value or None, blank=not value)


def _file_name(picture: Picture, taken: dict[str, bytes]) -> str:
    path = PurePosixPath(picture.name)
    safe = path.suffix.lower() in {".png", ".jpg", ".jpeg"} and not path.is_absolute() and ".." not in path.parts
    if safe and taken.get(picture.name, picture.content) == picture.content:
        return picture.name
    suffix = ".jpg" if "jpeg" in picture.media_type else ".png"
    return f"图片{len(taken) + 1}{suffix}"


def problem_findings(file: str, form: Form, slots: dict[str, SlotReading]) -> Iterator[Finding]:
    """A finding for each doubt raised while reading, in the order of the form."""
    for pointer, slot in slots.items():
        for problem in slot.problems:
            yield problem_finding(file, form, pointer, slot, problem)


def problem_finding(file: str, form: Form, pointer: str, slot: SlotReading, problem: Problem) -> Finding:
    """One doubt as a finding: where, what stands there, why, what to do.

    Whether a recognised text or its reader is wrong only the paper can tell, so that is a question.
    """
    scanned = slot.found.legibility is not None
    said = f"{'识别为' if scanned else '写的是'}“{slot.reading.raw.strip()}”"
    label = called(form, pointer)
    message = f"{file} {describe(slot.origin)}“{label}”{said}：{problem.reason}。{problem.remedy}。"
    place = Place(file, pointer, label, _shown(slot.reading), slot.reading.evidence)
    severity = Severity.FIX if slot.reading.value is None else Severity.WARN
    if scanned:
        severity = Severity.ASK
    return Finding(
        f"read/{slot.leaf.codec.name}", severity, message, (place,), fix=problem.remedy, suggestion=problem.suggestion
    )


def _shown(reading: FieldReading) -> Any:
    return reading.raw if reading.value is None else reading.value
