"""Marks a workbook: grounds and comments on its cells, and a sheet that lists all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from greenforms.mark.cell_comments import CellComments
from greenforms.mark.grounds import add_grounds, clear_grounds, has_grounds
from greenforms.mark.list_sheet import list_part
from greenforms.mark.note import Listing, Note
from greenforms.mark.package import OFFICE, Draft, Element, sub
from greenforms.mark.styles import Styles
from greenforms_extractors.ooxml import open_package
from greenforms_extractors.origin import SheetOrigin
from greenforms_extractors.sheet.cells import S
from greenforms_extractors.sheet.workbook import asides

_R = f"{{{OFFICE}}}"


def mark_workbook(path: Path, notes: Sequence[Note], listing: Listing) -> bytes:
    """The workbook with its marks, in place of those of an earlier time; parts without marks keep their bytes.

    Raises UnreadableFile for a damaged file, InputError for one of a kind that is not marked.
    """
    old = [name for name, headline in asides(path).items() if headline.startswith(listing.name)]
    with open_package(path) as package:
        return _Marker(Draft(package), listing).marked(notes, old)


class _Marker:
    def __init__(self, draft: Draft, listing: Listing) -> None:
        self._draft, self._listing = draft, listing
        self._root = draft.xml(draft.main)

    def marked(self, notes: Sequence[Note], old: Sequence[str]) -> bytes:
        self._drop(old)
        self._clear()
        styles = Styles(self._draft)
        for name, part in list(self._parts()):
            here = dict(_on_sheet(notes, name))
            if here:
                tints = [(cell, note.tint) for cell, note in here.items()]
                add_grounds(self._draft.xml(part), styles, tints, self._listing.sign)
                CellComments(self._draft, part).add({cell: note.text for cell, note in here.items()})
        self._add_list(styles)
        return self._draft.content()

    def _sheets(self) -> list[Element]:
        return self._root.findall(f"{S}sheets/{S}sheet")

    def _parts(self) -> Iterator[tuple[str, str]]:
        targets = {identifier: target for identifier, _, target in self._draft.relations(self._draft.main)}
        for node in self._sheets():
            part = targets.get(node.get(f"{_R}id", ""))
            if part is not None and self._draft.has(part):
                yield node.get("name", ""), part

    def _clear(self) -> None:
        """Take out the marks of an earlier time; a sheet without any stays untouched."""
        sign = self._listing.sign
        for _, part in list(self._parts()):
            if has_grounds(self._draft.look(part), sign):
                clear_grounds(self._draft.xml(part), sign)
            CellComments(self._draft, part).clear(sign)

    def _drop(self, names: Sequence[str]) -> None:
        """Take out our own sheets; names that belong to the sheets behind them keep pointing at these."""
        for name in names:
            sheets = self._sheets()
            index = next(place for place, node in enumerate(sheets) if node.get("name") == name)
            identifier = sheets[index].get(f"{_R}id", "")
            part = next(target for found, _, target in self._draft.relations(self._draft.main) if found == identifier)
            sheets[index].getparent().remove(sheets[index])  # type: ignore[union-attr]
            self._draft.unrelate(self._draft.main, identifier)
            self._draft.drop(part)
            for defined in self._root.findall(f"{S}definedNames/{S}definedName"):
                local = int(defined.get("localSheetId", "-1"))
                if local == index:
                    defined.getparent().remove(defined)  # type: ignore[union-attr]
                elif local > index:
                    defined.set("localSheetId", str(local - 1))

    def _add_list(self, styles: Styles) -> None:
        """The list behind all sheets, and in front when the file is opened."""
        for _, part in list(self._parts()):
            if any(view.get("tabSelected") in {"1", "true"} for view in self._draft.look(part).iter(S + "sheetView")):
                for view in self._draft.xml(part).iter(S + "sheetView"):
                    view.set("tabSelected", "0")
        part = list_part(self._draft, styles, self._listing)
        identifier = self._draft.relate(self._draft.main, "worksheet", part)
        sheets = self._sheets()
        names = {node.get("name", "").casefold() for node in sheets}
        name, number = self._listing.name, 1
        while name.casefold() in names:
            number += 1
            name = f"{self._listing.name}({number})"
        last = max((int(node.get("sheetId", "0")) for node in sheets), default=0)
        place = self._root.find(S + "sheets")
        assert place is not None
        sub(place, S + "sheet", name=name, sheetId=str(last + 1)).set(f"{_R}id", identifier)
        for view in self._root.iter(S + "workbookView"):
            view.set("activeTab", str(len(sheets)))


def _on_sheet(notes: Sequence[Note], name: str) -> Iterator[tuple[str, Note]]:
    """The notes of one sheet, each with its cell."""
    for note in notes:
        if isinstance(note.place, SheetOrigin) and note.place.sheet == name:
            yield note.place.cell, note
