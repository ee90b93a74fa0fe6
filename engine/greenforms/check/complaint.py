"""One thing wrong with the structure of a data set, and the complaint that a required field is left blank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from greenforms.check.pointers import parent
from greenforms.codec.blank import is_blank
from greenforms.form.labels import container
from greenforms.form.tree import Group, values


@dataclass(frozen=True, slots=True)
class Complaint:
    """`kind` is a key of severities.yaml; `what` and `fix` are Chinese clauses without final punctuation."""

    kind: str
    pointer: str
    where: str
    what: str
    fix: str
    value: Any = None
    suggestion: Any = None
    #: The pointer of the field that a misspelt key was meant for.
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A keyword of the schema that a place breaks: the keyword, what it asks, what stands there and where."""

    keyword: str
    wanted: Any
    value: Any
    pointer: str


def blank_required(root: Group, data: Any) -> Iterator[Complaint]:
    """Required fields that hold an empty text or nothing but white space."""
    for value in values(root, data):
        if value.leaf.required and isinstance(value.value, str) and is_blank(value.value):
            where = container(root, parent(value.pointer))
            what = f"缺少必填项“{value.leaf.title}”（现为空白）"
            yield Complaint("required", value.pointer, where, what, f"请填写“{value.leaf.title}”", value.value)
