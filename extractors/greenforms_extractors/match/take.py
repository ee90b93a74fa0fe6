"""Takes what stands in the slots once the anchors are found, and lists what nobody asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.align import Aligner, Pair, Placed
from greenforms_extractors.match.cuts import Cutter
from greenforms_extractors.match.grid import GridReader
from greenforms_extractors.match.items import numbered
from greenforms_extractors.match.layout import Anchor, Grid, Label, Layout, Slot, depth
from greenforms_extractors.match.prose import Prose, found_in
from greenforms_extractors.match.resemblance import resembled
from greenforms_extractors.match.result import Doubt, Found, List, Match, PartCover, Remark, Unread
from greenforms_extractors.match.run_on import RunOn
from greenforms_extractors.match.second_paper import second_paper
from greenforms_extractors.match.sentence import bare, parted
from greenforms_extractors.match.tables import ANYTHING
from greenforms_extractors.match.units import Unit, units_of
from greenforms_extractors.model import Document


def match(layout: Layout, document: Document) -> Match:
    """Lay a layout over a document. Nothing is guessed: a slot without a place of its own is simply not found."""
    return Matcher(layout, document).run()


def _label_texts(layout: Layout) -> Iterable[str]:
    return (text for anchor in _plain_labels(layout) for text in anchor.texts)


def _inline_texts(layout: Layout) -> Iterable[str]:
    return (text for anchor in _plain_labels(layout) if anchor.inline for text in anchor.texts)


def _plain_labels(layout: Layout) -> Iterable[Label]:
    return (anchor for anchor in layout.anchors if isinstance(anchor, Label) and not anchor.pattern)


class Matcher:
    """One layout over one document."""

    def __init__(self, layout: Layout, document: Document) -> None:
        self._layout = layout
        self._document = document
        units = units_of(document, Cutter(_label_texts(layout)), tuple(_inline_texts(layout)))
        second = second_paper(layout, units)
        self._units = units[:second]
        self._aligner = Aligner(self._units)
        self._placed = self._aligner.align(layout)
        self._labels = self._label_units()
        self._run_on = RunOn(layout, (each.pair.anchor for each in self._placed))
        self._known_tables = {
            unit.block for unit in self._units if unit.index in self._labels and unit.cell is not None
        }
        self._used: set[int] = set(self._labels)
        self._found: list[Found] = []
        self._lists: list[List] = []
        self._remarks: list[Remark] = []
        if second is not None:
            self._remarks.append(Remark(Doubt.SECOND_PAPER, "", (units[second].text,), units[second].origin))
        #: Rows of lists that are no records and headings known by their place, by their first unit.
        self._apart: dict[int, Unread] = {}

    def run(self) -> Match:
        """Take every slot, anchor by anchor."""
        for each in sorted(self._placed, key=lambda each: (each.pair.anchor, each.indices)):
            before = len(self._found)
            anchor = self._layout.anchors[each.pair.anchor]
            if isinstance(anchor, Grid):
                self._take_grid(anchor, each)
            else:
                self._take_label(anchor, each)
                self._found[before:] = [
                    piece for found in self._found[before:] for piece in self._run_on.parted(found, each.pair.anchor)
                ]
            likeness = each.pair.likeness.score
            if likeness != 1:
                self._found[before:] = [replace(found, likeness=likeness) for found in self._found[before:]]
        found, lists = numbered(self._found, (*self._repeated(), *self._lists))
        return Match(
            found=found,
            cover=self._cover(),
            unread=(*self._unread(), *(Unread(aside.text, aside.origin) for aside in self._document.asides)),
            lists=lists,
            missing_columns=tuple(self._missing_columns()),
            remarks=tuple(self._remarks),
        )

    def _missing_columns(self) -> Iterable[str]:
        for each in self._placed:
            anchor = self._layout.anchors[each.pair.anchor]
            if isinstance(anchor, Grid):
                found = {number for number, _ in each.pair.columns}
                yield from (anchor.columns[number].label.text for number in anchor.filled if number not in found)

    def _repeated(self) -> Iterable[List]:
        """The lists of which some repeated label was found."""
        loops = self._layout.outline.loops
        for each in self._placed:
            for number in self._layout.outline.around(each.pair.anchor):
                yield List(loops[number].path, each.indices[: depth(loops[number].path)])

    def _label_units(self) -> set[int]:
        taken: set[int] = set()
        for each in self._placed:
            if each.pair.columns:
                taken.update(unit for _, unit in each.pair.columns)
                taken.update(self._aligner.headings_above(self._layout.anchors[each.pair.anchor], each.pair))
            else:
                taken.update(range(each.pair.start, each.pair.end + 1))
        return taken

    def _take_label(self, label: Label, each: Placed) -> None:
        unit = self._units[each.pair.start]
        if label.pattern:
            slots = (piece for piece in label.pattern if isinstance(piece, Slot))
            for slot, text in zip(slots, parted(label.pattern, unit.text) or (), strict=False):
                self._add(slot, text, label.text, unit, each)
            return
        if label.before is not None:
            self._take_before(label, label.before, each, unit)
        if not label.after:
            return
        if unit.cell is not None and not label.inline:
            self._take_beside(label, each, unit)
        else:
            self._take_below(label, each, unit)

    def _take_before(self, label: Label, slot: Slot, each: Placed, unit: Unit) -> None:
        """What stands in front of a title on its line, or alone on the line above it."""
        before = each.pair.likeness.before
        if before.strip():
            self._add(slot, before, label.text, unit, each)
            return
        above = next((other for other in self._units[unit.index - 1 :: -1] if unit.index and other.text.strip()), None)
        if above is None or above.index in self._labels or (above.cell is None) != (unit.cell is None):
            return
        if slot.accepts(above.text):
            self._used.add(above.index)
            self._add(slot, above.text, label.text, above, each)

    # -- labels in tables ------------------------------------------------------------------------------------------

    def _take_beside(self, label: Label, each: Placed, unit: Unit) -> None:
        first, *further = label.after
        behind = each.pair.likeness.behind
        if behind.strip() and fold_label(behind) != fold_label(first.blank):
            self._add(first, behind, unit.text[: len(unit.text) - len(behind)], unit, each)
            self._take_under(further, each, unit)
            return
        between = self._right_of(unit)
        if further and len(between) >= len(label.after):
            for slot, holder in zip(label.after, between, strict=False):
                self._hold(slot, holder, unit, each)
            return
        filled = [other for other in between if other.text.strip()]
        beside = next(iter(filled or between), None) or self._under(unit)
        if beside is not None:
            self._hold(first, beside, unit, each)

    def _take_under(self, slots: Sequence[Slot], each: Placed, unit: Unit) -> None:
        """What the form prints on lines of its own below a label with its value, such as the date of a signature."""
        for slot in slots:
            under = self._under(unit)
            if under is None or not slot.accepts(under.text) or slot.accepts(ANYTHING):
                return
            self._hold(slot, under, unit, each)

    def _hold(self, slot: Slot, holder: Unit, unit: Unit, each: Placed) -> None:
        self._used.add(holder.index)
        self._add(slot, bare(slot, holder.text), unit.text, holder, each)

    def _right_of(self, unit: Unit) -> list[Unit]:
        """The cells between a label and the next one in its row, from left to right."""
        assert unit.cell is not None
        edge = unit.cell.column + unit.cell.columns
        beside = [
            other
            for other in self._block_units(unit)
            if other.cell is not None
            and other.cell.column >= edge
            and other.cell.row <= unit.cell.row < other.cell.row + other.cell.rows
        ]
        between: list[Unit] = []
        for other in sorted(beside, key=lambda each: each.cell.column if each.cell else 0):
            if other.index in self._labels:
                break
            between.append(other)
        return between

    def _under(self, unit: Unit) -> Unit | None:
        assert unit.cell is not None
        for other in self._block_units(unit):
            cell = other.cell
            if cell is None or other.index in self._labels:
                continue
            if cell.row == unit.cell.row + unit.cell.rows and cell.column == unit.cell.column:
                return other
        return None

    def _block_units(self, unit: Unit) -> Iterable[Unit]:
        """The units near a unit that belong to the same table."""
        start = unit.index
        while start > 0 and self._units[start - 1].block == unit.block and _row_of(self._units[start - 1], unit) >= -3:
            start -= 1
        for other in self._units[start:]:
            if other.block != unit.block or _row_of(other, unit) > 3:
                return
            yield other

    # -- labels in running text ------------------------------------------------------------------------------------

    def _take_below(self, label: Label, each: Placed, unit: Unit) -> None:
        behind = each.pair.likeness.behind
        printed = unit.text[: len(unit.text) - len(behind)] if behind else unit.text
        prose = Prose(unit, printed, behind, *self._below(each.pair), indices=each.indices)
        prose.take(label.after)
        self._found += prose.found
        self._used |= prose.used

    def _below(self, pair: Pair) -> tuple[list[Unit], int]:
        """The paragraphs up to the next label, and how many stand before the first table that is passed over."""
        below: list[Unit] = []
        near = 0
        beside = self._units[pair.end]
        for unit in self._units[pair.end + 1 :]:
            outside = unit.block in self._known_tables if beside.frame is None else unit.frame is not beside.frame
            if unit.index in self._labels or outside:
                break
            if unit.cell is None:
                below.append(unit)
                near += unit.index == pair.end + len(below)
        return below, near

    # -- tables with rows ------------------------------------------------------------------------------------------

    def _take_grid(self, grid: Grid, each: Placed) -> None:
        reader = GridReader(grid, self._labels, self._aligner, each.indices)
        reader.read(each.pair)
        self._found += reader.found
        self._lists += reader.lists
        self._remarks += reader.remarks
        self._used |= reader.used
        for index, column in reader.strange.items():
            self._used.add(index)
            self._apart[index] = Unread(self._units[index].text, self._units[index].origin, column=column)
        for kind, row in reader.apart:
            filled = [unit for unit in row.own if unit.text.strip()]
            self._used.update(unit.index for unit in row.own)
            self._apart[filled[0].index] = Unread(" ".join(unit.text for unit in filled), filled[0].origin, row=kind)

    # -- the account -----------------------------------------------------------------------------------------------

    def _add(self, slot: Slot, raw: str, label: str, unit: Unit, each: Placed) -> None:
        self._found.append(found_in(unit, slot, raw, label, each.indices))

    def _cover(self) -> tuple[PartCover, ...]:
        """How much of each part was found; of one that is repeated, how much of its best item."""
        best: dict[int, float] = {}
        for each in self._placed:
            number = each.pair.anchor
            best[number] = max(best.get(number, 0.0), each.pair.cover)
        anchors = self._layout.anchors
        return tuple(
            PartCover(
                part.table,
                sum(best.get(number, 0.0) for number in range(part.start, part.end)),
                sum(_weight(anchors[number]) for number in range(part.start, part.end)),
            )
            for part in self._layout.spans
        )

    def _unread(self) -> Iterable[Unread]:
        """Texts that are neither label nor value; a table nobody asked for is listed once."""
        strange = _strange_tables(self._units, self._used)
        grids = [anchor for anchor in self._layout.anchors if isinstance(anchor, Grid)]
        for unit in self._units:
            if unit.index in self._apart:
                yield self._apart[unit.index]
            if unit.index in self._used or not unit.text.strip():
                continue
            if unit.block in strange:
                if strange[unit.block] == unit.index:
                    like = resembled(grids, self._aligner.blocks.units[unit.block])
                    yield Unread(unit.text, unit.origin, whole_table=True, like=like)
            else:
                yield Unread(unit.text, unit.origin)


def _weight(anchor: Anchor) -> float:
    return len(anchor.columns) if isinstance(anchor, Grid) else 1.0


def _row_of(other: Unit, unit: Unit) -> int:
    if other.cell is None or unit.cell is None:
        return 0
    return other.cell.row - unit.cell.row


def _strange_tables(units: Sequence[Unit], used: set[int]) -> dict[int, int]:
    """Tables without a single used cell, by block, with their first unit that has text."""
    known = {unit.block for unit in units if unit.cell is not None and unit.index in used}
    strange: dict[int, int] = {}
    for unit in units:
        if unit.cell is not None and unit.block not in known and unit.text.strip():
            strange.setdefault(unit.block, unit.index)
    return strange
