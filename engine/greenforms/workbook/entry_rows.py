"""Which row of a block is which single field: by its label, like labels by the group above and their neighbours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from greenforms.workbook.entry_blocks import EntryBlock
from greenforms.workbook.grid import Grid, Spot
from greenforms.workbook.parts import Field, Heading, Plan
from greenforms.workbook.wording import key_of, keys_of_entry

#: How much it says that the group above is the same, the row before, the row behind; that the section is, in which like
#: groups may stand, tells only those apart.
_GROUP, _BEFORE, _BEHIND, _SECTION = 8, 4, 2, 1
#: Under another group both neighbours must be the same.
_ENOUGH = _BEFORE + _BEHIND


@dataclass(frozen=True, slots=True)
class _Row:
    """One row with a label: its number, its label folded, the heading of a group above it, and that no other bears."""

    number: int
    key: str
    group: str
    section: str


class EntryRows:
    """Lays the plan of a form over the blocks of a workbook."""

    def __init__(self, grid: Grid, plan: Plan) -> None:
        self._grid, self._entries = grid, plan.entries
        self._keys = [keys_of_entry(entry) for entry in plan.entries]
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for number, keys in enumerate(self._keys):
            for key in keys:
                self._by_key[key].append(number)
        fields = {key for entry in plan.fields for key in keys_of_entry(entry)}
        titles = {key for entry in plan.entries if isinstance(entry, Heading) for key in keys_of_entry(entry)}
        self._titles = titles - fields
        self._sections = {key for key in self._titles if len(self._by_key[key]) == 1}
        self._groups = self._headings_above(self._titles)
        self._sections_above = self._headings_above(self._sections)

    def spots(self, block: EntryBlock) -> Mapping[str, Sequence[Spot]]:
        """The cells of the values, by the names of their fields; several where a label was copied."""
        rows = self._rows(block)
        found: dict[int, list[int]] = defaultdict(list)
        for row in rows:
            if len(self._by_key.get(row.key, ())) == 1:
                found[self._by_key[row.key][0]].append(row.number)
        for index, number in self._told_apart(rows).items():
            found[index].append(number)
        self._reworded(block, {number for numbers in found.values() for number in numbers}, found)
        return {
            entry.anchor: [(block.sheet, number, block.value) for number in numbers]
            for index, numbers in found.items()
            if isinstance(entry := self._entries[index], Field)
        }

    def _rows(self, block: EntryBlock) -> list[_Row]:
        rows: list[_Row] = []
        group = section = ""
        labels = sorted(
            (spot[1], text)
            for spot, text in self._grid.cells.items()
            if spot[0] == block.sheet and spot[2] == block.label and block.top < spot[1] < block.end
        )
        for number, text in labels:
            key = key_of(text)
            group = key if key in self._titles else group
            section = key if key in self._sections else section
            rows.append(_Row(number, key, group, section))
        return rows

    def _headings_above(self, titles: set[str]) -> list[frozenset[str]]:
        """The heading above each entry, of those with some titles, in the ways it may be written."""
        above: list[frozenset[str]] = []
        heading = frozenset({""})
        for entry, keys in zip(self._entries, self._keys, strict=True):
            if isinstance(entry, Heading) and keys & titles:
                heading = keys
            above.append(heading)
        return above

    def _told_apart(self, rows: Sequence[_Row]) -> dict[int, int]:
        """The rows of entries whose label others have too, by entry; a pair no surer than another is none."""
        scored: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for position, row in enumerate(rows):
            candidates = self._by_key.get(row.key, ())
            for entry in candidates if len(candidates) > 1 else ():
                if (score := self._score(rows, position, entry)) >= _ENOUGH:
                    scored[score].append((entry, row.number))
        found: dict[int, int] = {}
        barred: set[int] = set()
        for _, pairs in sorted(scored.items(), reverse=True):
            open_ = [(e, r) for e, r in pairs if e not in found and r not in found.values() and r not in barred]
            entries, numbers = Counter(e for e, _ in open_), Counter(r for _, r in open_)
            sure = [(e, r) for e, r in open_ if entries[e] == 1 and numbers[r] == 1]
            barred |= {r for _, r in open_} - {r for _, r in sure}
            found |= dict(sure)
        return found

    def _score(self, rows: Sequence[_Row], position: int, entry: int) -> int:
        return (
            _GROUP * (rows[position].group in self._groups[entry])
            + _BEFORE * self._is_at(rows, position - 1, entry - 1)
            + _BEHIND * self._is_at(rows, position + 1, entry + 1)
            + _SECTION * (rows[position].section in self._sections_above[entry])
        )

    def _is_at(self, rows: Sequence[_Row], position: int, entry: int) -> bool:
        """Whether a row and an entry are the same, the ends of both being so too."""
        inside, planned = 0 <= position < len(rows), 0 <= entry < len(self._entries)
        return rows[position].key in self._keys[entry] if inside and planned else inside == planned

    def _reworded(self, block: EntryBlock, used: set[int], found: dict[int, list[int]]) -> None:
        """A label somebody added to or took from is known by the name that still stands beside it."""
        for index, entry in enumerate(self._entries):
            spots = self._grid.anchors.get(entry.anchor, ()) if isinstance(entry, Field) else ()
            for sheet, row, column in spots if index not in found else ():
                inside = sheet == block.sheet and column == block.value and block.top < row < block.end
                if inside and row not in used and self._resembles(block, row, index):
                    found[index].append(row)

    def _resembles(self, block: EntryBlock, row: int, index: int) -> bool:
        key = key_of(self._grid.text((block.sheet, row, block.label)))
        own = next(iter(self._keys[index]))
        return bool(key) and key not in self._by_key and (key in own or own in key)
