"""The workbook part of a template: its sheets, and the names it defines, to which those of the fields are added."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from greenforms.render.sealing import main_part
from greenforms.render.sheet_places import Runs
from greenforms.render.sheet_references import moved_formula
from greenforms.render.sheet_template import S

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: What stands before the names of a workbook (ECMA-376 part 1, 18.2.27).
_BEFORE = ("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
           "externalReferences")  # fmt: skip
_NAMES = re.compile(r"<names(?: [^>]*)?/>")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that the template defines: its XML attributes, and what it means."""

    name: str
    attributes: str
    meaning: str


@dataclass(frozen=True, slots=True)
class WorkbookTemplate:
    """The workbook part: what stands before and behind its names; its other parts by what they are."""

    part: str
    head: str
    tail: str
    names: Sequence[_Name]
    #: The parts of the worksheets by the names of the sheets.
    sheets: Mapping[str, str]
    styles: str
    shared: str

    def with_names(self, named: Mapping[str, str], runs: Mapping[str, Runs]) -> str:
        """The part with names and what they mean added; names of the template follow the rows of the sheets."""
        own = {each.name for each in self.names} & named.keys()
        found = [
            f"<definedName{each.attributes}>{escape(meaning)}</definedName>"
            for each in self.names
            if each.name not in own and (meaning := moved_formula(each.meaning, runs)) is not None
        ]
        found += [f"<definedName name={quoteattr(name)}>{escape(cells)}</definedName>" for name, cells in named.items()]
        inside = f"<definedNames>{''.join(found)}</definedNames>" if found else ""
        return f"{self.head}{inside}{self.tail}"


def workbook_template(parts: Mapping[str, bytes]) -> WorkbookTemplate:
    """The workbook of a package."""
    part = main_part(parts)
    root = etree.fromstring(parts[part], etree.XMLParser(resolve_entities=False, no_network=True))
    reached = related(parts, part)
    sheets = {
        each.get("name", ""): reached[each.get(_RELATION, "")][1] for each in root.iterfind(f"{S}sheets/{S}sheet")
    }
    kinds = dict(reached.values())
    names = root.find(f"{S}definedNames")
    known = [] if names is None else list(map(_name, names))
    if names is not None:
        root.remove(names)
    before = [each for each in root if etree.QName(each).localname in _BEFORE]
    before[-1].addnext(etree.Element("names"))
    head, tail = _NAMES.split(etree.tostring(root, encoding="unicode"))
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return WorkbookTemplate(
        part, declared + head, tail, known, sheets, kinds.get("styles", ""), kinds.get("sharedStrings", "")
    )


def _name(element: etree._Element) -> _Name:
    attributes = "".join(f" {key}={quoteattr(element.get(key, ''))}" for key in map(str, element.keys()))
    return _Name(element.get("name", ""), attributes, element.text or "")


def related(parts: Mapping[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    """What a part is related to: the kind and the name of each part, by the id of the relationship."""
    folder, name = posixpath.split(part)
    listed = parts.get(f"{folder}/_rels/{name}.rels")
    found = {}
    for each in () if listed is None else etree.fromstring(listed):
        target = each.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[each.get("Id", "")] = each.get("Type", "").rpartition("/")[2], whole
    return found
