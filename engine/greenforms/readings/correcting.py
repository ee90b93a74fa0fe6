"""Lays what a clerk wrote over a copy of what was read. Nothing is guessed: what cannot be read is a finding."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from greenforms.check.pointers import form_order, node_at, phrase
from greenforms.codec.base import Problem
from greenforms.finding import Finding, Place, Severity
from greenforms.form.edit import put
from greenforms.form.form import Form
from greenforms.form.tree import ABSENT, Leaf, at
from greenforms.place import describe
from greenforms.readings.paper import Correction, PaperReading
from greenforms.workbook.values import UNREADABLE, taken
from greenforms_extractors.match.flow import Flow

#: What is written to take away a value that does not stand on the paper.
NOTHING = "（空）"
_NOTHINGS = frozenset({NOTHING, "(空)"})


def corrected(form: Form, paper: PaperReading, file: str) -> tuple[Any, tuple[Finding, ...]]:
    """The data of a paper with the corrections in them, and what is left to say.

    `file` is where the corrections stand. What was noticed about a field while reading is settled by its correction.
    """
    work = _Work(form, file, copy.deepcopy(paper.extraction.data))
    for pointer in sorted(paper.corrections, key=lambda each: form_order(form.root, each)):
        work.apply(pointer, paper.corrections[pointer])
    work.drop_emptied_rows()
    done = work.done | set(_changed(paper))
    left = [finding for finding in paper.extraction.findings if not _settled(finding, done)]
    return work.data, (*left, *work.findings)


def _changed(paper: PaperReading) -> Iterator[str]:
    """Fields whose value in the data is another than the one read: somebody put it right there."""
    for reading in paper.extraction.fields:
        held = at(paper.extraction.data, reading.path)
        if (None if held is ABSENT else held) != reading.value:
            yield reading.path


def _settled(finding: Finding, done: set[str]) -> bool:
    paths = {place.path for place in finding.places}
    return bool(paths) and paths <= done


@dataclass(slots=True)
class _Work:
    """One paper's data while they are corrected."""

    form: Form
    file: str
    data: Any
    done: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    #: Rows from which something was taken away.
    touched: set[str] = field(default_factory=set)

    def apply(self, pointer: str, correction: Correction) -> None:
        """Lay one correction over the data."""
        leaf = _leaf(self.form, pointer)
        if leaf.codec.flow is Flow.PICTURES:
            self._refuse(pointer, correction, "图片不能在表里更正", "请在原件里改好后重新读取")
        elif not self._reachable(pointer):
            self._refuse(pointer, correction, "前面还缺一行", "添加的行请接着最后一行编号")
        elif correction.text.strip() in _NOTHINGS:
            self._clear(pointer)
        else:
            self._set(leaf, pointer, correction)

    def drop_emptied_rows(self) -> None:
        """Take out the rows of which nothing is left; from the last, for the numbers of the others to hold."""
        for row in sorted(self.touched, key=lambda each: form_order(self.form.root, each), reverse=True):
            if at(self.data, row) == {}:
                rows, _, number = row.rpartition("/")
                del at(self.data, rows)[int(number)]

    def _set(self, leaf: Leaf, pointer: str, correction: Correction) -> None:
        outcome = taken(leaf, correction.text)
        for problem in outcome.problems:
            self._note(pointer, correction, problem, readable=outcome.value is not UNREADABLE)
        if outcome.value is not UNREADABLE and outcome.value is not ABSENT:
            put(self.data, pointer, outcome.value)
            self.done.add(pointer)

    def _clear(self, pointer: str) -> None:
        """Take a value away, and the parts that are empty without it."""
        self.done.add(pointer)
        while pointer:
            above, _, name = pointer.rpartition("/")
            holder = at(self.data, above)
            if isinstance(holder, list):
                self.touched.add(pointer)
                return
            if isinstance(holder, dict):
                holder.pop(name, None)
                if holder:
                    return
            pointer = above

    def _reachable(self, pointer: str) -> bool:
        """Whether no row is left out on the way: rows are added one after the other."""
        place = ""
        for step in pointer.split("/")[1:-1]:
            found = at(self.data, place)
            if step.isdecimal() and int(step) > (len(found) if isinstance(found, list) else 0):
                return False
            place = f"{place}/{step}"
        return True

    def _refuse(self, pointer: str, correction: Correction, why: str, remedy: str) -> None:
        self._note(pointer, correction, Problem(why, remedy), readable=False)

    def _note(self, pointer: str, correction: Correction, problem: Problem, *, readable: bool) -> None:
        leaf, text = _leaf(self.form, pointer), correction.text.strip()
        called = f"{phrase(self.form.root, pointer)}更正写的是“{text}”"
        unused = "" if readable else "这一条更正没有采用。"
        message = f"{self.file} {describe(correction.evidence)}{called}：{problem.reason}。{unused}{problem.remedy}。"
        place = Place(self.file, pointer, leaf.title, text, correction.evidence)
        severity = Severity.WARN if readable else Severity.FIX
        rule, remedy = f"read/{leaf.codec.name}", problem.remedy
        found = Finding(rule, severity, message, (place,), fix=remedy, suggestion=problem.suggestion)
        self.findings.append(found)


def _leaf(form: Form, pointer: str) -> Leaf:
    """The field a correction is for; the reader of corrections lets no other pass."""
    node = node_at(form.root, pointer)
    assert isinstance(node, Leaf), pointer
    return node
