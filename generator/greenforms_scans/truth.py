"""Holds what was read from a paper against what was printed on it, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from rapidfuzz.distance import Levenshtein

from greenforms.form.form import Form
from greenforms.form.tree import Leaf, Value, values
from greenforms_extractors.folding import DASHES, fold_code, fold_prose, without_space
from greenforms_scans.row_order import with_rows_aligned

Outcome = Literal["right", "wrong", "missing", "invented"]

_FIGURES = frozenset({"number", "integer", "percentage", "year"})
_TEXTS = frozenset({"text", "paragraphs", "industry"})
#: Double quotes, single quotes and middle dots, each by the one they are all read as; full-width signs by the narrow.
_TWINS = {
    '"': range(0x201C, 0x2020),
    "'": (0x60, 0xB4, *range(0x2018, 0x201C)),
    "·": (0x2022, 0x2027, 0x2219, 0x22C5, 0x25CF, 0x30FB),
}
_NARROW = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_ONE_WIDTH = _NARROW | {twin: sign for sign, twins in _TWINS.items() for twin in twins}
_OUTCOMES: tuple[Outcome, ...] = ("right", "wrong", "missing", "invented")
_ONE_DASH = re.compile(f"[{DASHES}]+|-+")


@dataclass(frozen=True, slots=True)
class Truth:
    """A data set of a form, and its printed fields by JSON Pointer; a null is a field, an absent one is none."""

    form: Form
    data: Any

    @property
    def fields(self) -> dict[str, Value]:
        """Every field that the paper prints."""
        return _fields(self.form, self.data)


@dataclass(frozen=True, slots=True)
class Detail:
    """One field that is not right. `expected` and `got` are values, None for what is not there."""

    pointer: str
    outcome: Outcome
    expected: Any
    got: Any


@dataclass(frozen=True, slots=True)
class Score:
    """How a reading compares with the truth. `cer` is edits per printed character over all fields of the truth."""

    right: int
    wrong: int
    missing: int
    invented: int
    cer: float
    details: tuple[Detail, ...]

    @property
    def total(self) -> int:
        """Fields that stand on the paper."""
        return self.right + self.wrong + self.missing

    @property
    def exact(self) -> float:
        """The share of fields exactly right; an empty paper is read rightly by reading nothing."""
        return self.right / self.total if self.total else 1.0


def score(form: Form, truth: Any, reading: Any, left_out: Iterable[str] = ()) -> Score:
    """Compare a data set as read with the true one.

    Rows are lined up in order first, so that a lost row counts as its own fields missing and not as all rows behind
    it wrong. `left_out` names fields, by pointer, that are not counted, such as those under pen strokes.
    """
    true_data, read_data = with_rows_aligned(form.root, truth, reading)
    expected, got = _fields(form, true_data), _fields(form, read_data)
    ignored = _moved(form, truth, true_data, frozenset(left_out))
    counted = [pointer for pointer in expected | got if pointer not in ignored]
    found = [(pointer, *_judged(expected.get(pointer), got.get(pointer))) for pointer in counted]
    edits = sum(distance for _, _, distance in found)
    length = sum(len(_shown(expected[pointer])) for pointer in counted if pointer in expected)
    tally = {
        kind: sum(outcome == kind for _, outcome, _ in found) for kind in ("right", "wrong", "missing", "invented")
    }
    details = (
        Detail(pointer, outcome, _value(expected.get(pointer)), _value(got.get(pointer)))
        for pointer, outcome, _ in found
        if outcome != "right"
    )
    return Score(**tally, cer=edits / length if length else 0.0, details=tuple(details))


def normalised(text: str) -> str:
    """A text without what print and keyboards leave open: white space, widths, kinds of quotes, dashes and dots."""
    return _ONE_DASH.sub("-", without_space(fold_prose(text)).translate(_ONE_WIDTH))


def same(leaf: Leaf, expected: Any, got: Any) -> bool:
    """Whether two values of one field are the same, as its codec counts."""
    if expected is None or got is None:
        return expected is got
    kind = leaf.codec.name
    if kind in _FIGURES:
        return _number(expected) == _number(got) is not None
    if kind == "quantity":
        return _quantity(expected) == _quantity(got) is not None
    if kind == "pictures":
        return _captions(expected) == _captions(got)
    if kind in _TEXTS:
        return normalised(str(expected)) == normalised(str(got))
    return without_space(fold_code(str(expected))) == without_space(fold_code(str(got)))


def _fields(form: Form, data: Any) -> dict[str, Value]:
    return {found.pointer: found for found in values(form.root, data) if found.present and found.leaf.printed}


def _judged(expected: Value | None, got: Value | None) -> tuple[Outcome, int]:
    """What became of a field, and how many edits lead from what was read to what was printed."""
    if expected is None:
        return "invented", len(_shown(got))
    if got is None or (got.value is None and expected.value is not None):
        return "missing", len(_shown(expected))
    distance = Levenshtein.distance(_shown(expected), _shown(got))
    return ("right" if same(expected.leaf, expected.value, got.value) else "wrong"), distance


def _shown(field: Value | None) -> str:
    if field is None:
        return ""
    if field.value is None:
        return field.leaf.empty
    try:
        return normalised(field.leaf.codec.format(field.value))
    except (TypeError, ValueError, KeyError, AttributeError, ArithmeticError):
        return normalised(str(field.value))


def _value(field: Value | None) -> Any:
    return field.value if field else None


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _quantity(value: Any) -> tuple[Decimal | None, str] | None:
    return (_number(value.get("value")), normalised(str(value.get("unit")))) if isinstance(value, dict) else None


def _captions(pictures: Any) -> list[str]:
    return [normalised(str(picture.get("caption", ""))) for picture in pictures]


def _moved(form: Form, before: Any, after: Any, pointers: frozenset[str]) -> frozenset[str]:
    """The pointers of a data set after its rows were lined up."""
    if not pointers:
        return pointers
    return frozenset(new for old, new in _pairs(form, before, after) if old in pointers)


def _pairs(form: Form, before: Any, after: Any) -> Iterator[tuple[str, str]]:
    """Fields of a data set with their places after empty rows were put between: their order stays."""
    yield from zip(_fields(form, before), _fields(form, after), strict=True)
