"""The running texts of a pack in one Word file: a heading for each, below which whoever writes it may write."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from greenforms.finding import Finding, Place, Severity
from greenforms.form.edit import put
from greenforms.form.tree import ABSENT, Group, Leaf, Node, at
from greenforms.submission.asking import Asking
from greenforms.submission.folder import NARRATIVE, WORKBOOK
from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.flow import Flow
from greenforms_extractors.model import Table
from greenforms_extractors.reading import read

_NOTE = (
    "在每个标题下面写，可以分段，可以从别处粘贴；标题不要改、不要删。生成材料时照表上的字体排。"
    f"写在这里的，“{WORKBOOK}”里同一栏不用再填。"
)
_HINT = "填写说明"
#: So much of a text is quoted.
_QUOTED = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One running text: where it goes, the heading it stands under, and what is said of it."""

    pointer: str
    label: str
    heading: str
    hint: str


def parts_of(asking: Asking) -> tuple[Part, ...]:
    """The running texts that a pack asks for, in the order of its papers; those of rows are left to the workbook."""
    titles = {key: f"《{form.title}》" for key, (_, form) in asking.papers.items()}
    found: list[Part] = []
    for node, names in _running(asking.form.root, ()):
        label = " · ".join(dict.fromkeys(names[1:]))
        heading = f"{len(found) + 1}. {titles[node.pattern.split('/')[1]]}{label}"
        found.append(Part(node.pattern, label, heading, " ".join(node.description.split())))
    return tuple(found)


def _running(node: Node, names: tuple[str, ...]) -> Iterator[tuple[Leaf, tuple[str, ...]]]:
    """Texts of paragraphs outside lists, each with the titles of what it stands in and its own."""
    if isinstance(node, Group):
        for child in node.children.values():
            yield from _running(child, (*names, *filter(None, [child.title])))
    elif isinstance(node, Leaf) and node.codec.flow is Flow.PARAGRAPHS:
        yield node, names


def narrative_paper(asking: Asking, data: Mapping[str, Any]) -> bytes:
    """The Word file, with what is known already; empty bytes for a pack without running texts."""
    parts = parts_of(asking)
    if not parts:
        return b""
    paper = docx.Document()
    _dressed(paper)
    paper.core_properties.created = paper.core_properties.modified = datetime(1980, 1, 1)
    paper.core_properties.author = ""
    paper.add_heading(f"{asking.form.title} 文字部分", 0)
    paper.add_paragraph(_NOTE, _HINT)
    for part in parts:
        paper.add_heading(part.heading, 1)
        if part.hint:
            paper.add_paragraph(part.hint, _HINT)
        known = at(data, part.pointer)
        for line in known.split("\n") if isinstance(known, str) else [""]:
            paper.add_paragraph(line)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def _dressed(paper: WordDocument) -> None:
    """A4, in faces that office PCs have; what is said of a text is pale, so that nobody takes it for the text."""
    for section in paper.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
    for name in ("Normal", "Title", "Heading 1"):
        style = paper.styles[name]
        style.font.name = "Times New Roman"
        style.font.color.rgb = RGBColor(0, 0, 0)
        faces = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [name for name in faces.attrib if name.endswith("Theme")]:  # it would go before the faces
            del faces.attrib[theme]
        faces.set(qn("w:eastAsia"), "宋体")
    for name, size in (("Normal", 12), ("Title", 18), ("Heading 1", 13)):
        paper.styles[name].font.size = Pt(size)
    hint = paper.styles.add_style(_HINT, WD_STYLE_TYPE.PARAGRAPH)
    hint.base_style = paper.styles["Normal"]
    hint.font.size, hint.font.color.rgb = Pt(10), RGBColor(0x59, 0x59, 0x59)


@dataclass(frozen=True, slots=True)
class Written:
    """What the Word file says, by pointer, and what is to be said of it."""

    texts: Mapping[str, str]
    findings: Sequence[Finding]


def written_in(asking: Asking, path: Path) -> Written:
    """What stands below the headings of the Word file, whatever its paragraphs look like.

    Raises UnreadableFile for a file that is none.
    """
    parts = parts_of(asking)
    headings = {fold_label(part.heading): part for part in parts}
    told = {fold_label(_NOTE), *(fold_label(part.hint) for part in parts if part.hint)}
    texts: dict[str, list[str]] = {part.pointer: [] for part in parts}
    found: set[str] = set()
    findings: list[Finding] = []
    current: Part | None = None
    for block in read(path).blocks:
        if isinstance(block, Table):
            findings.append(_lost(block.cells[0].text if block.cells else "", "是表格，没有带入。请改成文字"))
            continue
        for line in filter(None, map(str.strip, block.text.split("\n"))):
            key = fold_label(line)
            if key in headings:
                current = headings[key]
                found.add(current.pointer)
            elif key not in told and current is not None:
                texts[current.pointer].append(line)
            elif key not in told and current is None and key != fold_label(f"{asking.form.title} 文字部分"):
                findings.append(_lost(line, "不在任何一个标题下面，没有带入。请移到它的标题下面"))
    findings += (_headless(part) for part in parts if part.pointer not in found)
    return Written({pointer: "\n".join(lines) for pointer, lines in texts.items() if lines}, findings)


def taken_up(asking: Asking, given: Mapping[str, Any], written: Written) -> tuple[dict[str, Any], list[Finding]]:
    """What was filled in with the texts of the Word file; what the workbook says otherwise is kept, and said."""
    data, findings = copy.deepcopy(dict(given)), list(written.findings)
    for part in parts_of(asking):
        text, known = written.texts.get(part.pointer), at(given, part.pointer)
        if text is None:
            continue
        if known is ABSENT or known is None:
            put(data, part.pointer, text)
        elif "".join(str(known).split()) != "".join(text.split()):
            message = (
                f"“{part.label}”在“{NARRATIVE}”和“{WORKBOOK}”里写的不一样，先用了填报表里的。请只留一处，或改成一样。"
            )
            place = Place(NARRATIVE, part.pointer, part.label, text)
            findings.append(Finding("procedure/told-twice", Severity.BLOCK, message, (place,), fix="请只写一处"))
    return data, findings


def _headless(part: Part) -> Finding:
    message = f"“{NARRATIVE}”里没有标题“{part.heading}”，它下面的文字可能算到了前一个标题。请把标题照原样补上。"
    return Finding("procedure/heading-lost", Severity.FIX, message, (Place(NARRATIVE, part.pointer, part.label),))


def _lost(text: str, why: str) -> Finding:
    quoted = text[:_QUOTED] + ("…" if len(text) > _QUOTED else "")
    return Finding(
        "procedure/text-lost", Severity.FIX, f"“{NARRATIVE}”里的“{quoted}”{why}。", (Place(NARRATIVE, "", ""),)
    )
