"""Puts the texts of the edition into a sheet template that has no catalogue to unroll: its rows stay as they are.

Reading a returned sheet begins here, so the library of sheets, which takes long to load, is not needed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from greenforms.form.template.blocks import inside, stated_in
from greenforms.form.template.expand_word import Expanded, Sources
from greenforms.form.template.names import Names
from greenforms.form.template.scope import UnknownName
from greenforms.form.template.tags import End, For, If, Include
from greenforms.form.tree import Group, Leaf, Node, Rows

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
SHARED = "xl/sharedStrings.xml"
_NAME = re.compile(r"\{\{\s*([^{}|]+?)\s*\}\}")


def has_catalogue(node: Node) -> bool:
    """Whether a form prints rows of a catalogue, which must be unrolled."""
    match node:
        case Leaf():
            return False
        case Rows():
            return has_catalogue(node.item)
    return bool(node.catalogue) or any(map(has_catalogue, node.children.values()))


def name_sheet(path: Path, root: Group, sources: Sources) -> Expanded:
    """The xlsx of a template with its texts put in. Raises KeyError and etree.XMLSyntaxError for what is no sheet."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    shared = list(shared_texts(parts[SHARED])) if SHARED in parts else []
    errors: list[str] = []
    for name in filter(_SHEET.fullmatch, parts):
        sheet = etree.fromstring(parts[name])
        _name_rows(list(sheet.iter(f"{_S}row")), shared, Names(root, sources.texts), errors)
        parts[name] = etree.tostring(sheet, xml_declaration=True, encoding="UTF-8", standalone=True)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return Expanded(target.getvalue(), errors)


def _name_rows(rows: Sequence[etree._Element], shared: Sequence[str], outside: Names, errors: list[str]) -> None:
    open_: list[Names] = [outside]
    for row in rows:
        cells = [(cell, cell_text(cell, shared)) for cell in row.iter(f"{_S}c")]
        match stated_in("".join(text for _, text in cells)):
            case (For() | If()) as statement:
                open_.append(inside(statement, open_[-1]))
            case End():
                del open_[max(len(open_) - 1, 1) :]
            case Include():
                errors.append("电子表格模板里不能放别的版式（layout）")
            case None:
                for cell, text in cells:
                    _name_cell(cell, text, open_[-1], errors)


def _name_cell(cell: etree._Element, text: str, names: Names, errors: list[str]) -> None:
    said = _NAME.sub(lambda found: _printed(found, names, errors), text)
    if said == text:
        return
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    node = etree.SubElement(etree.SubElement(cell, f"{_S}is"), f"{_S}t")
    node.text = said
    node.set(_SPACE, "preserve")


def _printed(found: re.Match[str], names: Names, errors: list[str]) -> str:
    try:
        printed = names.attribute(found[1])
    except UnknownName as error:
        errors.append(f"{found[0]}：{error}")
        return ""
    return found[0] if printed is None else printed.text


def cell_text(cell: etree._Element, shared: Sequence[str]) -> str:
    """The text of a cell as it is stored."""
    if cell.get("t") == "inlineStr":
        return _words(cell)
    value = cell.findtext(f"{_S}v", "")
    return shared[int(value)] if cell.get("t") == "s" else value


def shared_texts(part: bytes) -> Iterator[str]:
    """The shared strings of a workbook, by number."""
    for entry in etree.fromstring(part).iter(f"{_S}si"):
        yield _words(entry)


def _words(holder: etree._Element) -> str:
    """The text that shows; how it is pronounced stands in `rPh`."""
    shown = (node for node in holder.iter(f"{_S}t") if next(node.iterancestors(f"{_S}rPh"), None) is None)
    return "".join(node.text or "" for node in shown)
