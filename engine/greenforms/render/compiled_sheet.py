"""Excel templates compiled: sheets as programs of ready-made XML, every other part of the package deflated once.

The cells of each field have a defined name `gf.<pointer>`, one for a repeated field's whole column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from greenforms.errors import FormPackageError
from greenforms.form.form import Form
from greenforms.form.layout import expanded_template, template_errors, template_program
from greenforms.form.template.name_sheet import shared_texts
from greenforms.form.template.program import TableNode, statement_rows
from greenforms.form.template.scope import Scope
from greenforms.record import Record
from greenforms.render.cell_styles import CellStyles, Variant
from greenforms.render.package import Deflated, Deflating, Parts, deflated
from greenforms.render.sealing import parts_of, with_place
from greenforms.render.sheet_compiler import SheetCompiler
from greenforms.render.sheet_obstacle import sheet_obstacle
from greenforms.render.sheet_places import RowPlaces, letters, merges, names
from greenforms.render.sheet_references import moved, moves
from greenforms.render.sheet_rows import Formats, SheetWriting
from greenforms.render.sheet_template import S, TemplateSheet, template_sheet
from greenforms.render.workbook_template import WorkbookTemplate, workbook_template
from greenforms.render.writing import Body, write
from greenforms_extractors.origin import SheetOrigin


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet compiled: what prints its rows, what counts them, and where its fields stand.

    `moving`: something besides rows and merged cells stands with rows that move.
    """

    template: TemplateSheet
    rows: Body
    counted: Body
    places: Sequence[RowPlaces]
    moving: bool

    def write(self, paper: SheetWriting) -> None:
        """Write the sheet."""
        template = self.template
        write(self.counted, paper)
        paper.xml += (template.headed(f"{letters(template.last_column)}{max(paper.row, 1)}"), "<sheetData>")
        paper.row = 0
        write(self.rows, paper)
        paper.xml.append("</sheetData>")
        self._write_tail(paper)
        paper.flush()

    def _write_tail(self, paper: SheetWriting) -> None:
        middle, tail = self.template.middle, self.template.tail
        if self.moving:
            middle, tail = (moved(self.template, xml, paper.runs) for xml in (middle, tail))
        paper.xml.append(middle)
        opening = "<mergeCells>"
        for cells in merges(self.places, paper.runs):
            paper.xml.append(f'{opening}<mergeCell ref="{cells}"/>')
            opening = ""
            paper.flush_much()
        paper.xml += ("" if opening else "</mergeCells>", tail)


@dataclass(frozen=True, slots=True)
class CompiledSheet:
    """A template compiled; `variants` are the styles of its texts."""

    book: WorkbookTemplate
    styles: CellStyles
    variants: tuple[Variant, ...]
    sheets: Sequence[_Sheet]
    plain: Parts
    sealed: Parts

    def fill(self, data: Any, record: Record | None) -> bytes:
        """The xlsx for data, with the record embedded; without one, the blank."""
        formats = Formats(len(self.styles) + len(self.variants))
        written: dict[str, Deflated] = {}
        named: dict[str, str] = {}
        runs = {}
        for sheet in self.sheets:
            document = Deflating()
            paper = SheetWriting(data, record is None, _into(document), formats)
            sheet.write(paper)
            written[sheet.template.part] = document.finish()
            named |= names(sheet.places, paper.runs, _quoted(sheet.template.name))
            runs[sheet.template.name] = paper.runs
        written[self.book.part] = deflated([self.book.with_names(named, runs).encode()])
        if formats:
            written[self.book.styles] = self.styles.with_variants((*self.variants, *formats))
        if record is None:
            return self.plain.packed(self.plain, written)
        written[self.sealed.record] = deflated(record.xml_pieces())
        return self.sealed.packed(self.sealed, written)


def _into(document: Deflating) -> Callable[[str], None]:
    return lambda xml: document.write(xml.encode())


@cache
def compiled_sheet(form: Form) -> CompiledSheet | str:
    """A form's Excel template compiled, or why it is not: a Chinese clause.

    Raises FormPackageError when the template has errors.
    """
    if errors := template_errors(form, "xlsx"):
        raise FormPackageError(errors)
    parts = parts_of(expanded_template(form, "xlsx").content)
    book = workbook_template(parts)
    shared = list(shared_texts(parts[book.shared])) if book.shared in parts else []
    styles = CellStyles(parts[book.styles])
    variants: list[Variant] = []
    sheets: list[_Sheet] = []
    for table in template_program(form, "xlsx").body:
        assert isinstance(table, TableNode)
        assert isinstance(table.origin, SheetOrigin)
        name = table.origin.sheet
        template = template_sheet(name, book.sheets[name], parts[book.sheets[name]], shared)
        if reason := sheet_obstacle(parts, template, table.body):
            return reason
        compiler = SheetCompiler(template, styles, Scope(form.root), variants)
        sheets.append(_compiled(compiler, table))
    parts[book.styles] = styles.part(variants)
    if book.shared in parts:
        parts[book.shared] = _without_tags(parts[book.shared])
    return CompiledSheet(book, styles, tuple(variants), sheets, *with_place(parts, form.id))


def _compiled(compiler: SheetCompiler, table: TableNode) -> _Sheet:
    template = compiler.sheet
    rows, counted = compiler.body(table.body)
    first = min(statement_rows(table.body), default=template.last_row + 1)
    return _Sheet(template, rows, counted, compiler.places, moves(template, first))


def _quoted(sheet: str) -> str:
    """The name of a sheet as references begin with it."""
    return "'" + sheet.replace("'", "''") + "'"


def _without_tags(part: bytes) -> bytes:
    """The shared strings with those emptied that hold tags: they stand in no cell any more."""
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    for text, entry in zip(list(shared_texts(part)), list(root.iterfind(f"{S}si")), strict=True):
        if "{{" in text or "{%" in text:
            entry[:] = [etree.Element(f"{S}t")]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
