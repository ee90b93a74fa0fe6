"""Which catalogues of a paper are scored, and what the paper says of each row that its score follows from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from greenforms.check.case import Case
from greenforms.check.working.inputs import stated
from greenforms.check.working.tree import Working
from greenforms.codec.units import UnknownUnitError, measure
from greenforms.dossier.paper import Paper
from greenforms.form.catalogue import Catalogue
from greenforms.form.scoring import ROLES, Scoring
from greenforms.form.tree import ABSENT, Group, Node, Rows, at


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A scored catalogue on a paper; `column` is the one of its values that are scored, "" where it has none."""

    paper: Paper
    pointer: str
    group: Group
    catalogue: Catalogue
    scoring: Scoring
    column: str

    @property
    def rows(self) -> Iterator[tuple[str, Group]]:
        """The rows that are scored and on the paper, by id."""
        for row in self.catalogue.rows_of(self.scoring.part):
            node = self.group.children.get(row.id)
            if isinstance(node, Group):
                yield row.id, node

    @property
    def totals(self) -> tuple[str, ...]:
        """Where the paper states the total; `*` in a pointer is the column that is scored."""
        return tuple(pointer.replace("*", self.column) for pointer in self.group.score.get("total", ()))

    def place(self, row: str, role: str) -> str:
        """The pointer of what the paper says of a row in one respect, "" where it has no such column."""
        columns = self.group.score.get(role, ())
        column = self.column if role == "value" else (columns[0] if columns else "")
        return f"{self.pointer}/{row}/{column}" if column else ""


def sheets_of(paper: Paper) -> Iterator[ScoreSheet]:
    """Every scored catalogue of a paper, once for each column of values."""
    catalogues = paper.form.library.catalogues
    for pointer, group in catalogues_in(paper):
        catalogue = catalogues.get((group.catalogue or "").partition("#")[0])
        if catalogue is None or catalogue.scoring is None or not group.score:
            continue
        for column in group.score.get("value", ("",)):
            sheet = ScoreSheet(paper, pointer, group, catalogue, catalogue.scoring, column)
            if next(sheet.rows, None) is not None:
                yield sheet


def catalogues_in(paper: Paper) -> Iterator[tuple[str, Group]]:
    """Every catalogue that a paper asks about, with its pointer."""
    return _groups(paper.root, paper.data, "")


def _groups(node: Node, data: Any, pointer: str) -> Iterator[tuple[str, Group]]:
    """The groups of a paper's data that are catalogues."""
    if isinstance(node, Group) and isinstance(data, Mapping):
        if node.catalogue:
            yield pointer, node
            return
        for name, child in node.children.items():
            yield from _groups(child, data.get(name), f"{pointer}/{name}")
    elif isinstance(node, Rows) and isinstance(data, list):
        for index, row in enumerate(data):
            yield from _groups(node.item, row, f"{pointer}/{index}")


def conditions_of(paper: Paper, catalogue: Catalogue) -> Iterator[ScoreSheet]:
    """The places of a paper that ask about rows of a catalogue, scored or not."""
    for pointer, group in catalogues_in(paper):
        if (group.catalogue or "").partition("#")[0] == catalogue.id and catalogue.scoring is not None:
            yield ScoreSheet(paper, pointer, group, catalogue, catalogue.scoring, "")


def known_of(case: Case, sheet: ScoreSheet, row: str, node: Group) -> Mapping[str, Working]:
    """What is known of a row by the names that expressions use, from the paper first, else from the catalogue."""
    known: dict[str, Working] = {}
    for role, name in ROLES.items():
        found = _of_paper(case, sheet, row, role) or _of_catalogue(node, role)
        if found is not None:
            known[name] = _in_unit_of(known.get(ROLES["value"]), found) if role in {"leading", "benchmark"} else found
    return known


def _in_unit_of(value: Working | None, mark: Working) -> Working:
    """A mark that states no unit is in that of the value which is held against it."""
    if value is None or mark.unit or not value.unit:
        return mark
    return replace(mark, unit=value.unit, scale=value.scale, kind=value.kind)


def _of_paper(case: Case, sheet: ScoreSheet, row: str, role: str) -> Working | None:
    pointer = sheet.place(row, role)
    spot = case.at(sheet.paper, pointer) if pointer else None
    if spot is None:
        return None
    if role == "met":
        return _met(sheet, pointer, spot.value, case.title(spot))
    found = stated(case, spot, ROLES[role], _unit(sheet.group.children[row], role))
    return found if not found.problem else None


def _met(sheet: ScoreSheet, pointer: str, value: Any, label: str) -> Working | None:
    """Whether a requirement is fulfilled, 1 or 0; None for what says neither."""
    number = 1 if value in sheet.scoring.met else 0 if value in sheet.scoring.unmet else None
    if number is None:
        return None
    return Working(
        ROLES["met"], value=Fraction(number), path=pointer, document=sheet.paper.document, label=label, note=str(value)
    )


def _unit(node: Node, role: str) -> str:
    """The unit that the catalogue prints for the row's values."""
    if not isinstance(node, Group) or role not in {"value", "leading", "benchmark"}:
        return ""
    unit = node.attributes.get("unit", "")
    try:
        measure(unit)
    except UnknownUnitError:
        return ""
    return unit


def _of_catalogue(node: Group, role: str) -> Working | None:
    """A number that the catalogue has of a row; words such as 行业先进水平 are none."""
    number = number_of(node.attributes.get(role, ""))
    if number is None:
        return None
    unit = _unit(node, role)
    scale, kind = measure(unit)
    said = node.attributes.get(f"{role}_confidence") or node.attributes.get("confidence", "")
    return Working(ROLES[role], unit, number, source="指标目录", confidence=said, scale=scale, kind=kind)


def number_of(text: str) -> Fraction | None:
    """The number an attribute is, a percentage by its figure: 20 for 20%."""
    try:
        return Fraction(text.removesuffix("%"))
    except ValueError:
        return None


def counts(sheet: ScoreSheet, row: str) -> bool:
    """Whether a row that may be chosen is: as the paper says, else where it has something it could be scored by."""
    said = at(sheet.paper.data, place) if (place := sheet.place(row, "counted")) else ABSENT
    if isinstance(said, str):
        return said not in sheet.scoring.unmet
    pointers = [sheet.place(row, role) for role in ("value", "met", "score")]
    return any(at(sheet.paper.data, pointer) not in (ABSENT, None) for pointer in pointers if pointer)
