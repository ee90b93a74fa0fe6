"""What the cells of a filled-in workbook say as fields, and what must be looked at."""

from __future__ import annotations

from typing import Any

from greenforms.codec.base import Problem
from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.tree import ABSENT
from greenforms.place import describe
from greenforms.workbook.grid import Grid, Spot, origin_of
from greenforms.workbook.marker import SHEET
from greenforms.workbook.plan import Field
from greenforms.workbook.values import UNREADABLE, taken
from greenforms_extractors.model import Document, SheetOrigin


class CellReader:
    """The cells of one workbook while it is read; doubts become `findings`."""

    def __init__(self, file: str, form: Form, document: Document) -> None:
        self.file = file
        self.findings: list[Finding] = []
        #: Where each field stands, filled or not, by pointer.
        self.places: dict[str, SheetOrigin] = {}
        self.grid = Grid.of(document)
        self._form = form
        self._lost: list[str] = []
        self._note_file(document)

    def note_lost(self) -> None:
        """Say which fields have no cell any more; somebody may have deleted the rows of a part that is not theirs."""
        if self._lost:
            listed = "、".join(f"“{label}”" for label in self._lost)
            why = f"工作簿中已找不到这些栏目的格子，按未填处理：{listed}"
            message = f"{self.file}：{why}。需要填写的，请重新生成工作簿。"
            self.findings.append(Finding("workbook/lost-cells", Severity.WARN, message, (Place(self.file, "", ""),)))

    def anchor(self, anchor: str, label: str) -> Spot | None:
        """The cell a name means; a name on two copies of a sheet means neither."""
        if anchor in self.grid.copied:
            self._note_copy(anchor, label)
            return None
        if anchor not in self.grid.anchors:
            self._lost.append(label)
        return self.grid.anchors.get(anchor)

    def value(self, entry: Field, spot: Spot, pointer: str, above: Any = ABSENT) -> Any:
        """What a cell says as its field, `above` being what the row before says; doubts become findings."""
        self.places[pointer] = origin_of(spot)
        text = self.grid.cells.get(spot, "")
        outcome = taken(entry.leaf, text, above)
        for problem in outcome.problems:
            self._note_problem(entry, spot, pointer, problem, outcome.value)
        return outcome.value

    def _note_problem(self, entry: Field, spot: Spot, pointer: str, problem: Problem, value: Any) -> None:
        origin = origin_of(spot)
        text = self.grid.cells[spot].strip()
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

    def _note_copy(self, anchor: str, label: str) -> None:
        spots = self.grid.copied[anchor]
        where = "、".join(dict.fromkeys(describe(origin_of(spot)) for spot in spots))
        message = f"{self.file}：“{label}”在工作簿中有几处（{where}），无法确定以哪一处为准，未读取。请只保留一处。"
        places = tuple(Place(self.file, "", label, self.grid.cells.get(s), origin_of(s)) for s in spots)
        self.findings.append(Finding("workbook/copied-cells", Severity.FIX, message, places, fix="删去复制出的工作表"))

    def _note_file(self, document: Document) -> None:
        """Pass on the reader's notices, but for our own hidden sheet and for names reported by their field."""
        for notice in document.notices:
            ours = notice.code == "hidden-sheet" and notice.message.endswith(f"：{SHEET}")
            if not ours and notice.code != "broken-name":
                message = f"{self.file}：{notice.message}"
                place = Place(self.file, "", "")
                self.findings.append(Finding(f"file/{notice.code}", Severity.WARN, message, (place,)))
