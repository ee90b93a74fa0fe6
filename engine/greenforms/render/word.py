"""Fills a Word template: compiled once for all its papers, or by docxtpl where the compiler does not take it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from greenforms.form.form import Form
from greenforms.form.tree import Group, Leaf, Node, Rows
from greenforms.record import Record
from greenforms.render.compiled_word import CompiledWord, compiled_word

#: So many rows of lists stand on one page together with what is around them; more may need their headings again.
_ROWS_OF_A_PAGE = 12


def fill_word(form: Form, data: Any, base: Path | None, record: Record | None, *, blank: bool) -> bytes:
    """The form's docx for data, with the record embedded if there is one. Picture files are looked for below `base`."""
    long = is_long(form.root, data, blank=blank)
    compiled = compiled_word(form, long=long)
    if isinstance(compiled, CompiledWord):
        return compiled.fill(data, base, record, blank=blank)
    from greenforms.render.by_docxtpl import filled_by_docxtpl
    from greenforms.render.sealing import seal_package

    filled = filled_by_docxtpl(form, data, base, blank=blank, long=long)
    return filled if record is None else seal_package(filled, record)


def is_long(root: Group, data: Any, *, blank: bool) -> bool:
    """Whether the lists of a paper may run over a page."""
    rows = 0
    for more in _rows(root, data, blank):
        rows += more
        if rows > _ROWS_OF_A_PAGE:
            return True
    return False


def _rows(node: Node, data: Any, blank: bool) -> Iterator[int]:
    """How many rows each list prints."""
    if isinstance(node, Rows):
        given = data if isinstance(data, list) else []
        places = max(len(given), node.blank_rows if blank else 1)
        yield places
        for number in range(places):
            yield from _rows(node.item, given[number] if number < len(given) else None, blank)
    elif isinstance(node, Group):
        for name, child in node.children.items():
            if not isinstance(child, Leaf):
                yield from _rows(child, data.get(name) if isinstance(data, Mapping) else None, blank)
