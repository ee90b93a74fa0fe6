"""Makes values fit their lines: no figure, number or address broken inside, no single character on a last line.

Word, WPS and LibreOffice break a word that is wider than its cell anywhere, and put the last character of a name on a
line of its own. So each value in a cell is measured and, where that would happen, set narrower (`w:w`, ISO/IEC 29500-1,
17.3.2.43), never smaller. Of several telephone numbers, those that do not fit go to lines of their own by a break, for
LibreOffice takes the last figure before a 、 along to the next line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from greenforms.form.template.runs import set_run_text, w
from greenforms.render.measure import lines, narrowing, usable, whole, words

#: Word's own margin of a cell to the left and right, in twips (17.4.42), and size of text, in half points.
_MARGIN, _SIZE = 115, 20
_WHOLE = 100
_NUMBER = re.compile(r"(?<=/)[0-9]+(?=/|$)")
#: What stands behind `w:w` among the properties of a run (17.3.2.28).
_BEHIND = ("kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl",
           "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a document's styles say of paragraphs, by style: size in half points, left and right indent in twips."""

    sizes: Mapping[str, int]
    indents: Mapping[str, int]

    @classmethod
    def of(cls, styles: etree._Element) -> Sheet:
        """The sheet of a styles part."""
        default = _number(styles, f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('sz')}", _SIZE)
        known = {style.get(w("styleId"), ""): style for style in styles.iter(w("style"))}
        sizes = {name: _of_style(name, known, f"{w('rPr')}/{w('sz')}", "val") or default for name in known}
        sides = ("left", "right")
        indents = {
            name: sum(_of_style(name, known, f"{w('pPr')}/{w('ind')}", side) for side in sides) for name in known
        }
        return cls({"": default, **sizes}, {"": 0, **indents})


def fit_values(body: etree._Element, sheet: Sheet, unbroken: Collection[str]) -> None:
    """Fit the values of a filled document; `unbroken` are the patterns of fields whose values no line parts."""
    for paragraph in body.iter(w("p")):
        if (column := column_of(paragraph, body)) is not None:
            fit_paragraph(paragraph, column, sheet, unbroken)


@dataclass(frozen=True, slots=True)
class Column:
    """What the lines of a paragraph stand in, a cell or the text, and how wide that is, in twips."""

    width: int
    cell: bool


def column_of(paragraph: etree._Element, body: etree._Element) -> Column | None:
    """What a paragraph with controls stands in; None for others."""
    if paragraph.find(w("sdt")) is None:
        return None
    cell = paragraph.getparent()
    if cell is not None and cell.tag == w("tc"):
        return Column(_room(cell), True)
    return Column(_width(body), False)


def fit_paragraph(paragraph: etree._Element, column: Column, sheet: Sheet, unbroken: Collection[str]) -> None:
    """Fit the values of one paragraph, which may stand by itself."""
    controls = paragraph.findall(w("sdt"))
    if not controls:
        return
    apart = len(controls) == 1 and _pattern(controls[0]) in unbroken
    if column.cell:
        _fit(paragraph, column.width, sheet, apart=apart)
    elif apart:
        _part(paragraph, controls[0], column.width, sheet)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a paragraph fits: its width in percent, and the lines it breaks into where its text is to break."""

    scale: int = 100
    lines: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, room: int, *, apart: bool) -> Fit:
        """How the text of a cell fits lines of a width; `apart`: its values are not to be parted."""
        parts = [whole(line) if apart else words(line) for line in text.split("\n")]
        scale = narrowing(parts, room)
        laid = lines(parts[0], usable(room) * 100 // scale) if apart and len(parts) == 1 else []
        return cls(scale, tuple(laid) if len(laid) > 1 else ())


def room_of(paragraph: etree._Element, column: Column, sheet: Sheet) -> tuple[int, bool]:
    """How wide the lines of a paragraph are, in thousandths of its largest size, and whether it has but one size."""
    style = _style(paragraph)
    usual = sheet.sizes.get(style, sheet.sizes[""])
    sizes = {_number(run, f"{w('rPr')}/{w('sz')}", usual) for run in paragraph.iter(w("r"))}
    room = max(0, column.width - sheet.indents.get(style, 0)) * 100
    return room // max(sizes, default=usual), len(sizes) == 1


def narrow_runs(paragraph: etree._Element, scale: str) -> None:
    """Set the runs of a paragraph narrower, those without text excepted."""
    for run in paragraph.iter(w("r")):
        if _text(run):
            _narrow(run, scale)


def _pattern(control: etree._Element) -> str:
    """The pattern of the field that a control is tagged with."""
    tag = control.find(f"{w('sdtPr')}/{w('tag')}")
    return "" if tag is None else _NUMBER.sub("*", tag.get(w("val"), ""))


def _fit(paragraph: etree._Element, width: int, sheet: Sheet, *, apart: bool) -> None:
    """Set the text of a cell's paragraph narrower where it needs it."""
    runs, room = _measured(paragraph, width, sheet)
    if not room:
        return
    fit = Fit.of("".join(map(_text, runs)), room, apart=apart)
    if fit.scale < _WHOLE:
        for run in runs:
            _narrow(run, str(fit.scale))
    if len(runs) == 1:
        _set_lines(runs[0], fit.lines)


def _part(paragraph: etree._Element, control: etree._Element, width: int, sheet: Sheet) -> None:
    """Let a line of running text break between the values of a control only."""
    runs, room = _measured(paragraph, width, sheet)
    own = [run for run in runs if control in run.iterancestors()]
    if not room or len(own) != 1 or runs[-1] is not own[0]:
        return
    before, value = "".join(map(_text, runs[:-1])), _text(own[0])
    laid = lines([before + part if not number else part for number, part in enumerate(whole(value))], usable(room))
    _set_lines(own[0], [laid[0].removeprefix(before), *laid[1:]])


def _measured(paragraph: etree._Element, width: int, sheet: Sheet) -> tuple[list[etree._Element], int]:
    """The runs of a paragraph and the width of its lines, in thousandths of its size; 0 where it has several sizes."""
    style = _style(paragraph)
    runs = [run for run in paragraph.iter(w("r")) if _text(run)]
    sizes = {_number(run, f"{w('rPr')}/{w('sz')}", sheet.sizes.get(style, sheet.sizes[""])) for run in runs}
    room = width - sheet.indents.get(style, 0)
    return runs, max(0, room) * 100 // sizes.pop() if len(sizes) == 1 else 0


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if found is None else found.get(w("val"), "")


def _text(run: etree._Element) -> str:
    return "".join(
        "\n" if child.tag == w("br") else child.text or "" for child in run if child.tag in (w("t"), w("br"))
    )


def _set_lines(run: etree._Element, found: Sequence[str]) -> None:
    """Break a run's lines where its text is to break."""
    if len(found) > 1:
        set_run_text(run, "\n".join(found))


def _width(body: etree._Element) -> int:
    """How wide the lines of the text are, in twips, as its last section says; 0 where none does."""
    section = body.find(w("sectPr"))
    if section is None:
        return 0
    sides = (_number(section, w("pgMar"), 0, side) for side in ("left", "right"))
    return _number(section, w("pgSz"), 0, "w") - sum(sides)


def _room(cell: etree._Element) -> int:
    """How wide the lines of a cell are, in twips; 0 where the cell does not say."""
    properties = cell.find(w("tcPr"))
    if properties is None or properties.find(f"{w('tcW')}[@{w('type')}='dxa']") is None:
        return 0
    return _number(properties, w("tcW"), 0, "w") - sum(_margin(cell, properties, side) for side in ("left", "right"))


def _margin(cell: etree._Element, properties: etree._Element, side: str) -> int:
    table = next(cell.iterancestors(w("tbl")))
    usual = _number(table, f"{w('tblPr')}/{w('tblCellMar')}/{w(side)}", _MARGIN, "w")
    return _number(properties, f"{w('tcMar')}/{w(side)}", usual, "w")


def _narrow(run: etree._Element, scale: str) -> None:
    properties = run.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    element = etree.Element(w("w"))
    element.set(w("val"), scale)
    behind = [properties.find(w(name)) for name in _BEHIND]
    properties.insert(min((properties.index(e) for e in behind if e is not None), default=len(properties)), element)


def _of_style(name: str, known: Mapping[str, etree._Element], path: str, attribute: str) -> int:
    """A number of a style, its own or that of the style it is based on; else 0."""
    seen = set[str]()
    while name in known and name not in seen:
        seen.add(name)
        if (value := _number(known[name], path, 0, attribute)) > 0:
            return value
        based = known[name].find(w("basedOn"))
        name = "" if based is None else based.get(w("val"), "")
    return 0


def _number(element: etree._Element, path: str, default: int, attribute: str = "val") -> int:
    found = element.find(path)
    value = "" if found is None else found.get(w(attribute), "")
    return int(value) if value.isdecimal() else default
