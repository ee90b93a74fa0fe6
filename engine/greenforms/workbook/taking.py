"""What the cells of a filled-in workbook say as fields, and what must be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from greenforms.codec.base import Problem
from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.tree import ABSENT
from greenforms.place import describe
from greenforms.workbook.grid import Grid, Spot, origin_of
from greenforms.workbook.list_blocks import ListBlock
from greenforms.workbook.numbering import Line, number_spot
from greenforms.workbook.parts import NUMBER, Field, Sheet
from greenforms.workbook.signature import SHEET
from greenforms.workbook.values import UNREADABLE, taken
from greenforms_extractors.model import Document, SheetOrigin


class CellReader:
    """The cells of one workbook while it is read; doubts become `findings`, cells that were read are `used`."""

    def __init__(self, file: str, form: Form, document: Document) -> None:
        self.file = file
        self.findings: list[Finding] = []
        #: Where each field stands, filled or not, by pointer.
        self.places: dict[str, SheetOrigin] = {}
        self.grid = Grid.of(document)
        self.used: set[Spot] = set()
        self._form = form
        self._note_file(document)

    def value(self, entry: Field, spot: Spot, pointer: str, above: Any = ABSENT) -> Any:
        """What a cell says as its field, `above` being what the row before says; doubts become findings."""
        self.places[pointer] = origin_of(spot)
        self.used.add(spot)
        outcome = taken(entry.leaf, self.grid.text(spot), above)
        for problem in outcome.problems:
            self._note_problem(entry, spot, pointer, problem, outcome.value)
        return outcome.value

    def one_of(self, label: str, spots: Sequence[Spot], pointer: str) -> Spot | None:
        """The one cell of a field that was copied: the filled one, where all that are say the same; else None."""
        filled = [spot for spot in spots if self.grid.text(spot)]
        if len({self.grid.text(spot) for spot in filled}) > 1:
            self.note_copies(label, filled, pointer)
            return None
        self.used.update(filled)
        return next(iter((*filled, *spots)), None)

    def note_copies(self, label: str, spots: Sequence[Spot], pointer: str) -> None:
        """Say that something stands in several places with different contents; it is not read."""
        self.used.update(spots)
        where = "、".join(dict.fromkeys(describe(origin_of(spot)) for spot in spots))
        message = (
            f"{self.file}：“{label}”在工作簿中有几处（{where}），内容不同，无法确定以哪一处为准，未读取。请只保留一处。"
        )
        places = tuple(Place(self.file, pointer, label, self.grid.text(s), origin_of(s)) for s in spots)
        self.findings.append(Finding("workbook/copied-cells", Severity.FIX, message, places, fix="只保留一处"))

    def note_strays(self, sheet: Sheet, block: ListBlock, lines: Sequence[Line], pointer: str) -> None:
        """Say that rows go on from an entry that cannot be told; they are not read."""
        for line in lines:
            spots = [spot for spot in line.values() if self.grid.text(spot)]
            self.used.update(spots)
            number, where = self.grid.text(number_spot(block, line)), describe(origin_of(number_spot(block, line)))
            message = (
                f"{self.file} {where}“{sheet.title}”的“{NUMBER}”写的是“{number}”：没有或不止一条是这个序号，"
                "无法确定这一行接在哪一条之后，未读取。请核对序号。"
            )
            places = tuple(Place(self.file, pointer, sheet.title, self.grid.text(s), origin_of(s)) for s in spots)
            self.findings.append(Finding("workbook/stray-row", Severity.FIX, message, places, fix="核对条目序号"))

    def _note_problem(self, entry: Field, spot: Spot, pointer: str, problem: Problem, value: Any) -> None:
        origin = origin_of(spot)
        text = self.grid.text(spot).strip()
        label = self.label(entry, pointer)
        message = f"{self.file} {describe(origin)}“{label}”写的是“{text}”：{problem.reason}。{problem.remedy}。"
        place = Place(self.file, pointer, label, text if value is UNREADABLE else value, origin)
        severity = Severity.FIX if value is UNREADABLE else Severity.WARN
        rule, remedy = f"read/{entry.leaf.codec.name}", problem.remedy
        found = Finding(rule, severity, message, (place,), fix=remedy, suggestion=problem.suggestion)
        self.findings.append(found)

    def label(self, entry: Field, pointer: str) -> str:
        """What messages call the field at a pointer."""
        return called(self._form, pointer) or entry.label

    def _note_file(self, document: Document) -> None:
        """Pass on the reader's notices, but for our own hidden sheet and for names reported by their field."""
        for notice in document.notices:
            ours = notice.code == "hidden-sheet" and notice.message.endswith(f"：{SHEET}")
            if not ours and notice.code != "broken-name":
                message = f"{self.file}：{notice.message}"
                place = Place(self.file, "", "")
                self.findings.append(Finding(f"file/{notice.code}", Severity.WARN, message, (place,)))
