"""What is to be said of what was typed itself: texts that could not be read, or with doubt; reasons not given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from greenforms.codec.base import Problem
from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.tree import Leaf, at, leaf_at, values
from greenforms.station.filing.entry import Content
from greenforms.workbook.values import UNREADABLE, taken


def noticed(form: Form, content: Content) -> tuple[Finding, ...]:
    """The findings on a paper as it is typed; what its values mean is for the checks to say."""
    return (*_misread(form, content), *_unreasoned(form, content))


def _misread(form: Form, content: Content) -> Iterator[Finding]:
    for pointer, text in content.texts.items():
        leaf = leaf_at(form.root, pointer)
        if leaf is not None:
            outcome = taken(leaf, text, at(content.data, _above(pointer)))
            for problem in outcome.problems:
                yield _finding(form, leaf, pointer, text, problem, outcome.value)


def _above(pointer: str) -> str:
    """The same field of the item before; of the first item a place that nothing has."""
    steps = pointer.split("/")
    last = next((index for index in reversed(range(len(steps))) if steps[index].isdecimal()), None)
    if last is None:
        return "/\0"
    return "/".join([*steps[:last], str(int(steps[last]) - 1), *steps[last + 1 :]])


def _finding(form: Form, leaf: Leaf, pointer: str, text: str, problem: Problem, value: Any) -> Finding:
    label = called(form, pointer) or leaf.title
    lost = value is UNREADABLE
    message = f"“{label}”写的是“{text.strip()}”：{problem.reason}。{problem.remedy}。"
    severity, rule = Severity.FIX if lost else Severity.WARN, f"read/{leaf.codec.name}"
    place = Place("", pointer, label, text if lost else value)
    return Finding(rule, severity, message, (place,), fix=problem.remedy, suggestion=problem.suggestion)


def _unreasoned(form: Form, content: Content) -> Iterator[Finding]:
    """The fields that do not apply without anybody saying why: a reviewer is going to ask."""
    for value in values(form.root, content.data):
        if value.present and value.value is None and value.pointer not in content.reasons:
            label = called(form, value.pointer) or value.leaf.title
            message = f"“{label}”选了不适用，没有写原因。请写明原因，审核的人会问。"
            places = (Place("", value.pointer, label),)
            yield Finding("filing/no-reason", Severity.ASK, message, places, fix="请写明原因")
