"""A fill-in workbook as a source: its cells are labelled and named, so that each field is told by its own."""

from __future__ import annotations

from pathlib import Path

from greenforms.errors import InputError
from greenforms.form.library import Library
from greenforms.form.tree import values
from greenforms.read.extraction import Extraction, FieldReading, MissingField
from greenforms.read.take.values import missing_fields
from greenforms_extractors.origin import SheetOrigin


def from_workbook(library: Library, path: Path, form_id: str | None = None, edition: str | None = None) -> Extraction:
    """A fill-in workbook with its fields. Raises InputError for one of another form than `form_id`."""
    from greenforms.workbook.reading import read_workbook

    wanted = None if form_id is None else library.form(form_id)
    workbook = read_workbook(library, path, wanted, edition)
    form = library.form(workbook.form_id)
    if wanted is not None and wanted is not form:
        raise InputError(f"文件“{path.name}”是《{form.title}》（{form.id}）的填报表，不是 {form_id}。请核对文件。")

    def at(pointer: str) -> tuple[SheetOrigin, ...]:
        place = workbook.places.get(pointer)
        return () if place is None else (place,)

    fields = tuple(
        FieldReading(each.pointer, each.leaf.title, each.value, "", each.leaf.unit, 1.0, "control", at(each.pointer))
        for each in values(form.root, workbook.data)
        if each.present
    )
    written = {place.path for problem in workbook.problems for place in problem.places}
    lacking = missing_fields(form.root, workbook.data)
    missing = tuple(MissingField(pointer, label, at(pointer)) for pointer, label in lacking if pointer not in written)
    return Extraction(path.name, form.id, 1.0, workbook.data, fields, missing, workbook.problems)
