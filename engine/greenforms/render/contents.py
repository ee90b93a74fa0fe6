"""The table of contents of a printed paper: a field that Word updates (ISO/IEC 29500-1, 17.16.5.68), with its entries.

A template holds the field alone; the entries are the headings of the filled paper, for what is printed depends on the
data. Each asks for its page by a field of its own. LibreOffice works those out when it prints, but leaves the entries
of a table of contents as they were saved, so for print the entries stand there without the field around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from lxml import etree

from greenforms.form.template.runs import text_of, w

_LEVELS = re.compile(r'\s*TOC\b(?:.*?\\o\s*"(\d)-(\d)")?', re.DOTALL)


def list_headings(body: etree._Element, styles: etree._Element) -> None:
    """Give the table of contents of a document its entries; a document without one stays as it is."""
    found = next((each for each in body.iter(w("p")) if _levels(each) is not None), None)
    if found is None:
        return
    levels = _levels(found)
    assert levels is not None
    headings = list(_headings(body, _outline(styles), levels))
    numbers = count(1 + max((int(mark.get(w("id"), "0")) for mark in body.iter(w("bookmarkStart"))), default=0))
    entries = [_entry(heading, level, number) for (heading, level), number in zip(headings, numbers, strict=False)]
    opening = list(found.iter(w("r")))[: _length_of_opening(found)]
    entries = entries or [etree.Element(w("p"))]
    place = 1 if entries[0].find(w("pPr")) is not None else 0
    opening[0].find(w("fldChar")).set(w("dirty"), "true")  # type: ignore[union-attr]
    entries[0][place:place] = opening
    last = etree.Element(w("p"))
    last.append(_mark("end"))
    for element in [*entries, last]:
        found.addprevious(element)
    parent = found.getparent()
    assert parent is not None
    parent.remove(found)


def with_headings(document: bytes, styles: bytes) -> bytes:
    """A document's main part with the entries of its table of contents."""
    root = etree.fromstring(document)
    list_headings(root, etree.fromstring(styles))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def has_contents(body: etree._Element) -> bool:
    """Whether a document has a table of contents."""
    return any(_levels(each) is not None for each in body.iter(w("p")))


def without_contents_field(root: etree._Element) -> None:
    """Leave of a table of contents its entries, which ask for their pages themselves."""
    open_fields: list[bool] = []
    for run in list(root.iter(w("r"))):
        mark = run.find(w("fldChar"))
        kind = None if mark is None else mark.get(w("fldCharType"))
        if kind == "begin":
            open_fields.append(_LEVELS.match(_instruction_after(run)) is not None)
        belongs = bool(open_fields) and open_fields[-1] and (kind is not None or run.find(w("instrText")) is not None)
        if kind == "end" and open_fields:
            open_fields.pop()
        if belongs and (parent := run.getparent()) is not None:
            parent.remove(run)


def _levels(paragraph: etree._Element) -> tuple[int, int] | None:
    """The first and the last level that a table of contents in this paragraph lists."""
    said = "".join(node.text or "" for node in paragraph.iter(w("instrText")))
    match = _LEVELS.match(said)
    return None if match is None else (int(match[1] or 1), int(match[2] or 9))


def _length_of_opening(paragraph: etree._Element) -> int:
    """How many runs there are up to the end of the field's instruction."""
    for number, run in enumerate(paragraph.iter(w("r")), 1):
        mark = run.find(w("fldChar"))
        if mark is not None and mark.get(w("fldCharType")) == "separate":
            return number
    raise AssertionError("a field without result")


def _outline(styles: etree._Element) -> dict[str, int]:
    """The level of each style of headings, from 1."""
    levels = {}
    for style in styles.iter(w("style")):
        if (level := style.find(f"{w('pPr')}/{w('outlineLvl')}")) is not None:
            levels[style.get(w("styleId"), "")] = int(level.get(w("val"), "0")) + 1
    return levels


def _headings(
    body: etree._Element, outline: dict[str, int], levels: tuple[int, int]
) -> Iterator[tuple[etree._Element, int]]:
    for paragraph in body.iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        level = 0 if style is None else outline.get(style.get(w("val"), ""), 0)
        if levels[0] <= level <= levels[1] and text_of(paragraph).strip():
            yield paragraph, level


def _entry(heading: etree._Element, level: int, number: int) -> etree._Element:
    """An entry of the table of contents; its heading gets the bookmark that the entry names."""
    name = f"_Toc{number:08d}"
    place = 1 if heading.find(w("pPr")) is not None else 0
    heading.insert(place, _element("bookmarkStart", id=str(number), name=name))
    heading.append(_element("bookmarkEnd", id=str(number)))
    entry = etree.Element(w("p"))
    etree.SubElement(entry, w("pPr")).append(_element("pStyle", val=f"TOC{level}"))
    tab = etree.Element(w("r"))
    etree.SubElement(tab, w("tab"))
    code = etree.Element(w("r"))
    etree.SubElement(code, w("instrText")).text = f"PAGEREF {name} \\h"
    entry.extend([_said(text_of(heading)), tab, _mark("begin"), code, _mark("separate"), _said(""), _mark("end")])
    return entry


def _instruction_after(run: etree._Element) -> str:
    """The instruction of the field that a run begins."""
    following = run.getnext()
    return "" if following is None else "".join(node.text or "" for node in following.iter(w("instrText")))


def _element(tag: str, /, **attributes: str) -> etree._Element:
    element = etree.Element(w(tag))
    for key, value in attributes.items():
        element.set(w(key), value)
    return element


def _mark(kind: str) -> etree._Element:
    run = etree.Element(w("r"))
    run.append(_element("fldChar", fldCharType=kind))
    return run


def _said(text: str) -> etree._Element:
    run = etree.Element(w("r"))
    etree.SubElement(run, w("t")).text = text
    return run
