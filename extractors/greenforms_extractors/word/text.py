"""The text of one Word paragraph as it is shown: fields by their result, tracked changes accepted, signs as signs.

What is crossed out is no text: whoever corrects a paper by hand writes the new entry behind the old one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from greenforms_extractors.model import Chart, Control, Origin
from greenforms_extractors.ooxml import Package
from greenforms_extractors.safe_xml import Element
from greenforms_extractors.word.charts import CHART, Charts
from greenforms_extractors.word.fields import Fields, form_field
from greenforms_extractors.word.line import Line
from greenforms_extractors.word.markup import MC, W14, WP, A, R, V, W, is_on, shows_placeholder, tag_of, value
from greenforms_extractors.word.numbering import Numbering
from greenforms_extractors.word.pictures import Pictures
from greenforms_extractors.word.prompts import Prompts
from greenforms_extractors.word.styles import Styles
from greenforms_extractors.word.symbols import is_character, is_symbol_font, symbol
from greenforms_extractors.word.watermarks import is_slanting, is_watermark, words_of

_PROPERTIES = ("pPr", "rPr", "tblPr", "sdtPr", "sdtEndPr", "rubyPr")
_UNSEEN = ("delInstrText", "delText", "rt", "fldData")
_SKIPPED = frozenset(W + name for name in _PROPERTIES + _UNSEEN)


class TextReader:
    """Reads paragraphs in order; fields and numbers run on from one paragraph to the next."""

    def __init__(self, package: Package, part: str, main: str | None = None) -> None:
        """Begin to read a part; `main` is the part whose styles and numbers it uses, if that is another."""
        main = main or part
        styles, numbering = package.related(main, "styles"), package.related(main, "numbering")
        self._styles = Styles(package.xml(styles) if styles else None)
        self._numbering = Numbering(package.xml(numbering) if numbering else None, self._styles)
        self._prompts = Prompts(package, part)
        self._extent = package.extent
        self._pictures = Pictures(package, part)
        self._charts = Charts(package, part)
        self._fields = Fields()
        self._muted = 0
        self._struck = False
        self.controls: list[Control] = []
        #: How often something worth a notice was met, by notice code.
        self.seen: Counter[str] = Counter()
        #: What is crossed out, paragraph by paragraph.
        self.crossed_out: list[str] = []
        #: The words of watermarks, shape by shape.
        self.watermarks: list[str] = []
        #: The charts whose figures could be read.
        self.charts: list[Chart] = []

    def read(self, paragraph: Element, origin: Origin, *, blank: bool = False) -> Line:
        """Read one `w:p`; `blank` when it stands in a control that says it shows its prompt.

        An entry of a table of contents says only what stands elsewhere, and is read as empty.
        """
        self._extent.add_places()
        properties = paragraph.find(W + "pPr")
        line = Line(origin, source=paragraph)
        if not self.mark_deleted(paragraph):
            line.number = self._numbering.next(properties)
            self._extent.add_text(line.number)
        style = value(properties, W + "pStyle")
        hidden, listed = self._styles.hides(style), self._styles.is_of_contents(style)
        self._muted += hidden + listed
        self.seen["hidden-text"] += hidden
        self._walk(paragraph, line)
        self._muted -= hidden + listed
        if struck := "".join(line.struck).strip():
            self.crossed_out.append(struck)
            line.number = line.number if line.text.strip() else ""
        if blank and self._prompts.shown(line.text):
            line.cut((0, 0, 0))
        self._fields.drop_broken()
        return line

    def add_control(self, tag: str, text: str, origin: Origin) -> None:
        """Note a tagged control and the text inside."""
        self._extent.add_places()
        self._extent.add_text(text)
        self.controls.append(Control(tag, text, origin))

    def mark_deleted(self, paragraph: Element) -> bool:
        """Whether the end of the paragraph is deleted, so that it runs on into the next one."""
        return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None

    def joined(self, carried: Line | None, line: Line) -> Line:
        """A line behind one whose end was deleted."""
        if carried is None:
            return line
        return Line(
            line.origin,
            carried.number or line.number,
            carried.parts + line.parts,
            carried.pictures + line.pictures,
            carried.boxes + line.boxes,
            carried.struck + line.struck,
        )

    def _walk(self, node: Element, line: Line) -> None:
        for child in node:
            handler = _HANDLERS.get(child.tag)
            if handler is not None:
                handler(self, child, line)
            elif child.tag not in _SKIPPED:
                self._walk(child, line)

    def _add(self, line: Line, text: str) -> None:
        if text and not self._muted and not self._fields.in_code:
            self._fields.show()
            self._extent.add_text(text)
            (line.struck if self._struck else line.parts).append(text)

    def _run(self, run: Element, line: Line) -> None:
        properties = run.find(W + "rPr")
        hidden = properties is not None and (
            is_on(properties, W + "vanish") or self._styles.hides(value(properties, W + "rStyle"))
        )
        self.seen["hidden-text"] += hidden
        self._muted += hidden
        around, self._struck = self._struck, self._styles.strikes(line.source, properties)
        self._walk(run, line)
        self._muted -= hidden
        self._struck = around

    def _text(self, node: Element, line: Line) -> None:
        text = node.text or ""
        fonts = None
        parent = node.getparent()
        if parent is not None:
            fonts = parent.find(f"{W}rPr/{W}rFonts")
        font = None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
        if font and is_symbol_font(font):
            text = "".join(self._sign(font, ord(char)) if _is_symbol_code(char) else char for char in text)
        self._add(line, text)

    def _symbol(self, node: Element, line: Line) -> None:
        try:
            code = int(node.get(W + "char", ""), 16)
        except ValueError:
            return
        self._add(line, self._sign(node.get(W + "font", ""), code))

    def _sign(self, font: str, code: int) -> str:
        found = symbol(font, code)
        if found is None:
            self.seen["unknown-symbol"] += 1
            return chr(code) if is_character(code) else "\ufffd"
        return found

    def _break(self, _: Element, line: Line) -> None:
        self._add(line, "\n")

    def _tab(self, _: Element, line: Line) -> None:
        self._add(line, "\t")

    def _hyphen(self, _: Element, line: Line) -> None:
        self._add(line, "-")

    def _nothing(self, _: Element, __: Line) -> None:
        return

    def _inserted(self, node: Element, line: Line) -> None:
        self.seen["revisions"] += 1
        self._walk(node, line)

    def _deleted(self, _: Element, __: Line) -> None:
        self.seen["revisions"] += 1

    def _field(self, node: Element, line: Line) -> None:
        kind = node.get(W + "fldCharType")
        if kind == "begin":
            shown = form_field(node)
            if shown is not None:
                self._add(line, shown)
            self._fields.begin(shown=shown is not None)
        elif kind == "separate":
            self._fields.separate()
        elif kind == "end":
            self._end_field(line)

    def _end_field(self, line: Line) -> None:
        """Show what a field is worked out to where it has no result."""
        text = self._fields.end()
        if text is None:
            self.seen["field-without-result"] += 1
        self._add(line, "\ufffd" if text is None else text)

    def _instruction(self, node: Element, _: Line) -> None:
        self._fields.instruct(node.text or "")

    def _simple_field(self, node: Element, line: Line) -> None:
        self._fields.begin(node.get(W + "instr", ""))
        self._walk(node, line)
        self._end_field(line)

    def _control(self, node: Element, line: Line) -> None:
        start = line.mark()
        self._walk(node, line)
        text = "".join(line.parts[start[0] :])
        if shows_placeholder(node) and self._prompts.shown(text):
            line.cut(start)
            text = ""
        state = node.find(f"{W}sdtPr/{W14}checkbox/{W14}checked")
        if state is not None and not text:
            text = "☑" if state.get(W14 + "val") in {"1", "true", "on"} else "□"
            self._add(line, text)
        tag = tag_of(node)
        if tag is not None:
            self.add_control(tag, text, line.origin)

    def _alternate(self, node: Element, line: Line) -> None:
        chosen = node.find(MC + "Choice")
        chosen = node.find(MC + "Fallback") if chosen is None else chosen
        if chosen is not None:
            self._walk(chosen, line)

    def _box(self, node: Element, line: Line) -> None:
        if is_slanting(node):
            self._watermark(node, line)
        elif not self._muted:
            line.boxes.append(node)

    def _watermark(self, node: Element, _: Line) -> None:
        if words := words_of(node):
            self.watermarks.append(words)

    def _drawing(self, node: Element, line: Line) -> None:
        if is_watermark(node) and words_of(node):
            self._watermark(node, line)
            return
        about = node.find(WP + "docPr")
        name = "" if about is None else about.get("name", "")
        description = "" if about is None else about.get("descr", "") or about.get("title", "")
        for blip in node.iter(A + "blip"):
            self._picture(blip.get(R + "embed"), name, description, line)
        for chart in node.iter(CHART):
            self._chart(chart.get(R + "id"), name, line)
        self._walk(node, line)

    def _shape(self, node: Element, line: Line) -> None:
        if node.find(V + "textpath") is not None:
            self._watermark(node, line)
        else:
            self._walk(node, line)

    def _image_data(self, node: Element, line: Line) -> None:
        self._picture(node.get(R + "id"), node.get("{urn:schemas-microsoft-com:office:office}title", ""), "", line)

    def _picture(self, identifier: str | None, name: str, description: str, line: Line) -> None:
        found = None if self._muted else self._pictures.find(identifier, name, description, line.origin)
        line.pictures += [] if found is None else [found]

    def _chart(self, identifier: str | None, name: str, line: Line) -> None:
        found = None if self._muted else self._charts.find(identifier, name, line.origin)
        if found is None:
            self.seen["diagram"] += 1
        else:
            self.charts.append(found)

    def _diagram(self, node: Element, _: Line) -> None:
        self.seen["diagram"] += 1


def _is_symbol_code(char: str) -> bool:
    return "!" <= char <= "ÿ" or "\uf000" <= char <= "\uf0ff"


_HANDLERS: dict[str, Callable[[TextReader, Element, Line], None]] = {
    W + "r": TextReader._run,
    W + "t": TextReader._text,
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t": TextReader._text,
    W + "sym": TextReader._symbol,
    W + "br": TextReader._break,
    W + "cr": TextReader._break,
    W + "tab": TextReader._tab,
    W + "ptab": TextReader._tab,
    W + "noBreakHyphen": TextReader._hyphen,
    W + "softHyphen": TextReader._nothing,
    W + "ins": TextReader._inserted,
    W + "moveTo": TextReader._inserted,
    W + "del": TextReader._deleted,
    W + "moveFrom": TextReader._deleted,
    W + "fldChar": TextReader._field,
    W + "instrText": TextReader._instruction,
    W + "fldSimple": TextReader._simple_field,
    W + "sdt": TextReader._control,
    W + "txbxContent": TextReader._box,
    WP + "inline": TextReader._drawing,
    WP + "anchor": TextReader._drawing,
    V + "imagedata": TextReader._image_data,
    V + "shape": TextReader._shape,
    MC + "AlternateContent": TextReader._alternate,
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": TextReader._diagram,
}
