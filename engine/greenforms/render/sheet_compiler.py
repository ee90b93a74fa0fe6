"""Compiles a worksheet of a template: its rows as ready-made XML, repeated along the template's program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from greenforms.form.template.program import Each, Given, Node, RowNode, last_row, statement_rows
from greenforms.form.template.scope import Loop, Scope
from greenforms.form.template.tags import BLANK, INDEX, ORDINAL, TAG, is_ordinal
from greenforms.form.tree import Leaf, Rows
from greenforms.render import sheet_cells, writing
from greenforms.render.cell_styles import CellStyles, Variant
from greenforms.render.reach import Paper, Reach, reach
from greenforms.render.row_height import Room
from greenforms.render.sheet_cells import Frame
from greenforms.render.sheet_places import RowPlaces, SlotPlace, letters
from greenforms.render.sheet_rows import Cell, RowXml, SheetWriting, row_step
from greenforms.render.sheet_template import Merge, TemplateCell, TemplateRow, TemplateSheet
from greenforms.render.sheet_values import TEXT_FORMAT, as_number
from greenforms.render.writing import Body, Step

_NO_ROW = TemplateRow(0, "", None, ())


@dataclass(slots=True)
class SheetCompiler:
    """Compiles the rows of one worksheet; `variants` are the styles of texts that all sheets together need."""

    sheet: TemplateSheet
    styles: CellStyles
    scope: Scope
    variants: list[Variant]
    places: list[RowPlaces] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)

    def body(self, nodes: tuple[Node, ...]) -> tuple[Body, Body]:
        """What prints the rows of a program and those below them, and what counts these rows."""
        below = max((last_row(node) + 1 for node in nodes), default=0)
        rest = [RowNode(number, number, ()) for number in range(below, self.sheet.last_row)]
        self.merges = [merge.without(statement_rows(nodes)) for merge in self.sheet.merges]
        printed, counted = self._body([*nodes, *rest])
        several = Counter(slot.pattern for row in self.places for slot in row.slots)
        self.places = [
            replace(row, slots=[replace(slot, again=several[slot.pattern] > 1) for slot in row.slots])
            for row in self.places
        ]
        return printed, counted

    def _body(self, nodes: Sequence[Node]) -> tuple[Body, Body]:
        printed: list[Step] = []
        counted: list[Step] = []
        for node in nodes:
            match node:
                case RowNode():
                    printed.append(self._row(self.sheet.rows.get(node.source + 1, _NO_ROW), node.source + 1))
                    counted.append(_count)
                case Each():
                    place = reach(self.scope, node.name)
                    assert isinstance(place.node, Rows)
                    self.scope.loops.append(Loop(node.variable, place.node, node.path))
                    body, rows = self._body(node.body)
                    self.scope.loops.pop()
                    printed.append(writing.loop(place, body))
                    counted.append(_count_all(place, len(rows)) if set(rows) == {_count} else writing.loop(place, rows))
                case Given():
                    given = writing.is_blank if node.name == BLANK else writing.is_given(reach(self.scope, node.name))
                    body, rows = self._body(node.body)
                    printed.append(writing.choice(given, body, ()))
                    counted.append(writing.choice(given, rows, ()))
        return printed, counted

    # -- rows ------------------------------------------------------------------------------------------------------

    def _row(self, row: TemplateRow, number: int) -> Step:
        depth = len(self.scope.loops)
        merges = [merge for merge in self.merges if merge.top == number]
        ends = {merge.left: (merge.right, merge.bottom) for merge in merges}
        pieces, cells, members, outer = ['<row r="', ""], [], [], []
        slots: list[SlotPlace] = []
        reaching: dict[int, int] = {}
        height = row.height
        for at, entry in enumerate(row.cells):
            right, bottom = ends.get(entry.column, (entry.column, number))
            room = self._room(entry, right) if row.height is not None and bottom == number else None
            behind = f'<c r="{letters(row.cells[at + 1].column)}' if at + 1 < len(row.cells) else "</row>"
            tags = list(TAG.finditer(entry.text))
            if not tags:
                pieces.append(entry.xml + behind)
                if room is not None and height is not None and entry.kind == "s":
                    height = max(height, room.height(entry.text))
                continue
            frame = self._frame(entry, behind, room)
            single = self._member(entry)
            own = [SlotPlace(entry.column, *way) for tag in tags if (way := self._way(tag["name"])) is not None]
            slots += own
            around = max((slot.loop for slot in own), default=depth)
            if around < depth and len(own) == len(tags):
                reaching[entry.column] = around
                outer.append((len(pieces), around, self._cell(entry, frame)))
            elif single is not None:
                members.append((len(pieces), sheet_cells.member(single, frame)))
            else:
                cells.append((len(pieces), self._cell(entry, frame)))
            pieces.append(frame.empty)
        start = _start(row, height)
        pieces[1] = start(height or 0)
        loops = sorted({slot.loop for slot in slots if slot.loop < depth})
        self.places.append(RowPlaces(number, depth, loops, slots, reaching, merges))
        return row_step(RowXml(number, pieces, cells, members, outer, loops, height, start))

    def _room(self, entry: TemplateCell, right: int) -> Room | None:
        if not self.styles.wraps(entry.style):
            return None
        return Room.of(self.sheet.width_of(entry.column, right), self.styles.size(entry.style))

    def _frame(self, entry: TemplateCell, behind: str, room: Room | None) -> Frame:
        usual = self._usual_format(entry)
        number = self._styled(entry.style, usual) if usual else entry.style
        return Frame(entry.style, self._styled(entry.style, TEXT_FORMAT), usual, number, behind, room)

    def _styled(self, style: int, code: str) -> int:
        """The number of a style with another format."""
        if (style, code) not in self.variants:
            self.variants.append((style, code))
        return len(self.styles) + self.variants.index((style, code))

    def _usual_format(self, entry: TemplateCell) -> str:
        """The format of whole numbers in a cell that prints a field alone; "" where that prints none."""
        place = self._alone(entry)
        leaf = None if place is None else place.node
        if not isinstance(leaf, Leaf) or not leaf.codec.figure:
            return ""
        number = as_number(leaf, 1, leaf.codec.format(1))
        return "" if number is None else number[1]

    def _alone(self, entry: TemplateCell) -> Reach | None:
        """The field that a cell prints alone, if it is one."""
        [tag, *more] = TAG.finditer(entry.text)
        name = tag["name"]
        return None if more or tag[0] != entry.text.strip() or is_ordinal(name) else reach(self.scope, name)

    def _member(self, entry: TemplateCell) -> Reach | None:
        """The same if it is a member of the innermost item, and of what the data have there."""
        place = self._alone(entry)
        if place is None or place.loop != len(self.scope.loops) or len(place.steps) != 1:
            return None
        return place if isinstance(place.node, Leaf) and place.node.derived is None else None

    # -- cells -----------------------------------------------------------------------------------------------------

    def _cell(self, entry: TemplateCell, frame: Frame) -> Cell:
        tags = list(TAG.finditer(entry.text))
        if len(tags) > 1 or tags[0][0] != entry.text.strip():
            return sheet_cells.mixed(list(self._pieces(entry.text)), frame)
        name = tags[0]["name"]
        if is_ordinal(name):
            return sheet_cells.ordinal(self._loop(name), frame, also_blank=name == INDEX)
        return sheet_cells.field(reach(self.scope, name), frame)

    def _pieces(self, text: str) -> list[str | Callable[[Paper], str]]:
        found: list[str | Callable[[Paper], str]] = []
        position = 0
        for tag in TAG.finditer(text):
            name = tag["name"]
            found.append(text[position : tag.start()])
            if is_ordinal(name):
                found.append(sheet_cells.number_of(self._loop(name), also_blank=name == INDEX))
            else:
                found.append(reach(self.scope, name).text)
            position = tag.end()
        return [*found, text[position:]]

    def _way(self, name: str) -> tuple[int, str, str] | None:
        """The loop whose item a field is of, the way from that to it, and its pattern; None for an ordinal."""
        if is_ordinal(name):
            return None
        place: Reach = reach(self.scope, name)
        assert isinstance(place.node, Leaf)
        return place.loop, "".join(f"/{step}" for step in place.steps), self.scope.resolve(name)[0]

    def _loop(self, name: str) -> int:
        """The number of the loop whose items an ordinal counts."""
        loops = self.scope.loops
        if name == INDEX:
            return len(loops)
        variable = name.removesuffix(f".{ORDINAL}")
        return max(at for at, loop in enumerate(loops, 1) if loop.variable == variable)


def _start(row: TemplateRow, fixed: float | None) -> Callable[[float], str]:
    """What stands behind the number of a row, by the height of the row."""
    behind = f'><c r="{letters(row.cells[0].column)}' if row.cells else "/>"

    def start(height: float) -> str:
        high = "" if fixed is None else f' ht="{height:.10g}" customHeight="1"'
        return f'"{row.attributes}{high}{behind}'

    return start


def _count(sheet: SheetWriting) -> None:
    """Count a row."""
    sheet.row += 1


def _count_all(place: Reach, rows: int) -> Step:
    """Count the rows of a list of which each item has as many."""
    entries = place.entries

    def count(sheet: SheetWriting) -> None:
        sheet.row += len(entries(sheet)) * rows

    return count
