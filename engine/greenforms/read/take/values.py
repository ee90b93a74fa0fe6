"""Turns texts found in slots into the form's values, and says what could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from greenforms.codec.base import Problem, Reading
from greenforms.codec.blank import is_blank, is_null_sign
from greenforms.codec.leftover import ditto_problem, is_ditto, leftover, without_fill_lines
from greenforms.form.tree import Group, Leaf, Rows, at, leaves
from greenforms_extractors.folding import fold_label

#: Shorter texts of a blank, such as XX市, are places to be overwritten and no hints.
_SHORTEST_HINT = 6
_LIKE_HINT = 0.9
#: A hint that is longer or shorter by more than this has words of somebody's own in it.
_MOST_SLIPS = 2
_BRACKET = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Read:
    """What one slot's text says: a value, an explicit null, or nothing (`blank`), be it because of a problem."""

    value: Any
    blank: bool
    problems: tuple[Problem, ...] = ()


def read_text(leaf: Leaf, raw: str, label: str) -> Read:
    """Read a slot's text as its field, minding the unit the file's own heading gives."""
    if is_blank(raw) or (leaf.blank and _same(raw, leaf.blank)) or _is_hint(leaf, raw):
        return Read(None, blank=True)
    raw = without_fill_lines(raw)
    if is_ditto(raw):
        return Read(None, blank=True, problems=(ditto_problem(None),))
    left = leftover(raw)
    if left is not None and left.whole:
        return Read(None, blank=True, problems=(left.problem,))
    if leaf.nullable and ((is_null_sign(raw) and _may_be_null(leaf, raw)) or raw.strip() == leaf.empty):
        return Read(None, blank=False)
    reading = leaf.codec.parse(_written(leaf, raw))
    if (unit := _other_unit(leaf, label)) is not None:
        reading = _in_unit(leaf, raw, unit, reading)
    problems = (*reading.problems, left.problem) if left is not None and leaf.codec.free_text else reading.problems
    return Read(reading.value, reading.value is None and not problems, problems)


def _same(one: str, other: str) -> bool:
    return fold_label(one) == fold_label(other)


def _may_be_null(leaf: Leaf, raw: str) -> bool:
    """In a text field 无 is a text like any other unless the form prints it for 不适用."""
    return not leaf.codec.free_text or raw.strip() not in {"无", "不适用", "不涉及"}


def _written(leaf: Leaf, raw: str) -> str:
    """The text behind the blank's hint, where somebody wrote below it or beside it and left it standing."""
    text = raw.strip()
    if len(leaf.blank) <= _SHORTEST_HINT:
        return raw
    if text.startswith(leaf.blank):
        return text[len(leaf.blank) :]
    first, _, rest = text.partition("\n")
    return rest if rest and _is_hint(leaf, first) else raw


def _is_hint(leaf: Leaf, text: str) -> bool:
    """Whether a text is the blank's hint but for a slip or a number: 围绕企业绿色发展的亮点一进行详细阐述.

    Options differ from those of the blank by a tick alone, so they are read instead.
    """
    if len(leaf.blank) <= _SHORTEST_HINT or leaf.codec.offered():
        return False
    wanted, key = fold_label(leaf.blank), fold_label(text)
    if abs(len(wanted) - len(key)) > _MOST_SLIPS or wanted[-1:] != key[-1:]:
        return False
    from rapidfuzz.distance import Levenshtein

    likeness: float = Levenshtein.normalized_similarity(key, wanted)
    return likeness >= _LIKE_HINT


def _other_unit(leaf: Leaf, label: str) -> str | None:
    """The unit in the file's heading when it is not the form's: `总资产（元）` where the form prints 万元."""
    if leaf.unit is None:
        return None
    found = _BRACKET.findall(fold_label(label))
    if not found or fold_label(found[-1]) == fold_label(leaf.unit):
        return None
    from greenforms.codec.units import is_unit, same_unit

    return found[-1] if is_unit(found[-1]) and not same_unit(found[-1], leaf.unit) else None


def _in_unit(leaf: Leaf, raw: str, unit: str, plain: Reading) -> Reading:
    """Read a bare number in the heading's unit; a unit written in the cell itself goes first."""
    if plain.problems or not raw.strip()[-1:].isdigit():
        return plain
    converted = leaf.codec.parse(f"{raw.strip()}{unit}")
    heading = tuple(replace(problem, reason=f"表头单位是“{unit}”，{problem.reason}") for problem in converted.problems)
    return Reading(converted.value, heading)


def missing_fields(group: Group, data: Any, pointer: str = "") -> list[tuple[str, str]]:
    """Pointer and label of what the form asks for and the data lack; parts that are wholly absent count as one."""
    lacking: list[tuple[str, str]] = []
    asked_for = _asked_for(group, data)
    for name, child in group.children.items():
        here = f"{pointer}/{name}"
        value = data.get(name) if isinstance(data, dict) else None
        if isinstance(child, Leaf):
            if (child.required or name in asked_for) and (not isinstance(data, dict) or name not in data):
                lacking.append((here, child.title))
        elif isinstance(child, Rows):
            for index, row in enumerate(value or ()):
                lacking += missing_fields(child.item, row, f"{here}/{index}")
            if child.required and not value and any(leaf.required for leaf in leaves(child.item)) and value is None:
                lacking.append((here, child.title))
        elif value is not None:
            lacking += missing_fields(child, value, here)
        elif name in asked_for:
            lacking.append((here, child.title))
        elif child.required:
            lacking += [(leaf.pattern, leaf.title) for leaf in leaves(child) if leaf.required]
    return lacking


def _asked_for(group: Group, data: Any) -> frozenset[str]:
    """The children that what is filled in asks for, such as the table of the kind of unit that was chosen."""
    return frozenset(
        name
        for condition in group.conditions
        if all(at(data, pointer) in values for pointer, values in condition.when.items())
        for name in condition.required
    )
