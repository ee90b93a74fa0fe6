"""Reading a Word document (.docx) from its XML: body, content controls, tracked changes, numbers, text boxes.

The body is read as a stream and each row is freed once read, so that a list of thousands of rows needs little memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from greenforms_extractors.makers import makers_of_package
from greenforms_extractors.marks import begins_aside, ends_aside
from greenforms_extractors.model import Block, Document, Notice, Origin, ParagraphOrigin, TableOrigin
from greenforms_extractors.ooxml import Package, open_package
from greenforms_extractors.refusals import damaged, too_deep
from greenforms_extractors.safe_xml import Element
from greenforms_extractors.word.line import Line
from greenforms_extractors.word.margins import Margins
from greenforms_extractors.word.markup import MC, W, shows_placeholder, tag_of, unwrap
from greenforms_extractors.word.table import CellReader, TableBuilder
from greenforms_extractors.word.text import TextReader

#: How many texts left out a notice names, and how much of each.
_LISTED, _QUOTED = 5, 20
_STREAMED = (W + "p", W + "tr", W + "tbl", W + "sdt", W + "altChunk", MC + "Fallback")
_NOTICES = {
    "revisions": "文件带有未处理的修订（{} 处），已按“全部接受”读取；请在 Word 中接受或拒绝修订后再提交",
    "hidden-text": "文件含有隐藏文字（{} 处），打印不可见，未读取",
    "unknown-symbol": "文件用符号字体写了 {} 个无法辨认的符号，请核对原件",
    "field-without-result": "文件中有 {} 处域（公式、邮件合并等）没有保存结果，读不到显示的内容，请核对原件",
    "diagram": "文件含有 {} 个图表或 SmartArt 图形，其中的文字未读取",
    "imported": "文件引入了 {} 段外来内容（altChunk），未读取；请在 Word 中另存后再提交",
    "notes": "文件含有脚注或尾注（{} 条），已读作文末段落",
}


def read_docx(path: Path) -> Document:
    """Read a Word document."""
    with open_package(path) as package:
        if package.main_part is None:
            raise damaged(path)
        body = _Body(package, package.main_part)
        try:
            body.read()
            body.read_notes()
        except RecursionError as error:
            raise too_deep(path) from error
        seen = body.text.seen
        notices = [Notice(code, text.format(seen[code])) for code, text in _NOTICES.items() if seen[code]]
        margins = Margins(package, package.main_part)
        notices += _left_out(body.text.crossed_out, [*body.text.watermarks, *margins.watermarks])
        controls = tuple(body.text.controls)
        return Document(
            "docx",
            tuple(body.blocks),
            controls,
            package.custom_xml,
            tuple(notices),
            asides=margins.paragraphs,
            charts=tuple(body.text.charts),
            makers=makers_of_package(package),
        )


def _left_out(crossed_out: Sequence[str], watermarks: Sequence[str]) -> Iterator[Notice]:
    """The texts that are no part of the paper."""
    if crossed_out:
        shown = _quoted(crossed_out)
        yield Notice("crossed-out", f"文件中划掉（加了删除线）的文字按删除处理，未读取：{shown}，请核对")
    if watermarks:
        shown = _quoted(list(dict.fromkeys(watermarks)))
        yield Notice("watermark", f"文件带有水印或艺术字{shown}，不是填写的内容，未读取")


def _quoted(texts: Sequence[str]) -> str:
    more = f"等 {len(texts)} 处" if len(texts) > _LISTED else ""
    return "".join(f"“{text[:_QUOTED]}”" for text in texts[:_LISTED]) + more


@dataclass(slots=True)
class _OpenControl:
    """A content control around body paragraphs, tables or rows that is still being read."""

    element: Element
    texts: list[str] = field(default_factory=list)
    origin: Origin | None = None


class _Body:
    """The body as it streams by. Only outermost paragraphs and rows are read; they look into themselves."""

    def __init__(self, package: Package, part: str) -> None:
        self.text = TextReader(package, part)
        self.blocks: list[Block] = []
        self._package = package
        self._part = part
        self._cells = CellReader(package, self.text)
        self._paragraphs = 0
        self._carried: Line | None = None
        self._table: TableBuilder | None = None
        self._controls: list[_OpenControl] = []
        self._in_paragraph = self._in_row = self._in_fallback = 0
        self._in_aside = False

    def read(self) -> None:
        """Read the main part."""
        for event, element in self._package.stream(self._part, _STREAMED):
            if element.tag == MC + "Fallback":
                self._in_fallback += 1 if event == "start" else -1
            elif self._in_fallback:
                continue
            elif event == "start":
                self._start(element)
            else:
                self._end(element)
        self._flush()

    def _start(self, element: Element) -> None:
        if element.tag == W + "p":
            self._in_paragraph += 1
        elif self._in_paragraph:
            return
        elif element.tag == W + "tr":
            self._in_row += 1
        elif not self._in_row and element.tag == W + "tbl":
            self._flush()
            self._table = self._cells.new_table()
        elif not self._in_row and element.tag == W + "sdt":
            self._controls.append(_OpenControl(element))

    def _end(self, element: Element) -> None:
        if element.tag == W + "p":
            self._in_paragraph -= 1
            if not self._in_paragraph and not self._in_row:
                self._end_paragraph(element)
        elif self._in_paragraph:
            return
        elif element.tag == W + "tr":
            self._in_row -= 1
            if not self._in_row:
                self._end_row(element)
        elif not self._in_row:
            self._end_container(element)

    def _end_container(self, element: Element) -> None:
        if element.tag == W + "tbl" and self._table is not None:
            self.blocks.append(self._table.finish(element))
            self.blocks.extend(self._cells.nested)
            self._cells.nested.clear()
            self._table = None
        elif element.tag == W + "sdt":
            self._end_control()
        elif element.tag == W + "altChunk":
            self.text.seen["imported"] += 1

    def _end_paragraph(self, element: Element) -> None:
        deleted = self.text.mark_deleted(element)
        line = self.text.read(element, self._origin(), blank=self._blank())
        if self._is_aside(line.text):
            _free(element)
            return
        self._say(line.text, line.origin)
        self._carried = self.text.joined(self._carried, line)
        if not deleted:
            self._flush()
        _free(element)

    def _is_aside(self, text: str) -> bool:
        """Whether a paragraph opens or closes the page in front that is ours; what stood between is forgotten.

        A page that is never closed stays: then nobody knows where the sender's own text begins.
        """
        if self._paragraphs == 1 and begins_aside(text):
            self._in_aside = True
        if not (self._in_aside and ends_aside(text)):
            return False
        self.blocks.clear()
        self._carried, self._paragraphs, self._in_aside = None, 0, False
        self._cells.forget()
        return True

    def _end_row(self, element: Element) -> None:
        if self._table is None:
            raise damaged(self._package.path)
        origin = TableOrigin(self._table.number, self._table.rows + 1, 1)
        self._say(self._table.add(element, blank=self._blank()), origin)
        _free(element)

    def _end_control(self) -> None:
        control = self._controls.pop()
        tag = tag_of(control.element)
        if tag is not None:
            origin = control.origin or ParagraphOrigin(max(self._paragraphs, 1))
            self.text.add_control(tag, "\n".join(control.texts), origin)

    def _origin(self) -> ParagraphOrigin:
        self._paragraphs += 1
        return ParagraphOrigin(self._paragraphs)

    def _blank(self) -> bool:
        return any(shows_placeholder(control.element) for control in self._controls)

    def _say(self, text: str, origin: Origin) -> None:
        """Give text to every control that is open around it."""
        for control in self._controls:
            control.texts.append(text)
            control.origin = control.origin or origin

    def _flush(self) -> None:
        """Emit the paragraph in hand, then what its text boxes hold."""
        if self._carried is not None:
            line, self._carried = self._carried, None
            self._emit(line)

    def _emit(self, line: Line) -> None:
        self.blocks.append(line.paragraph())
        for box in line.boxes:
            self._read_container(box, self.text)

    def _read_container(self, container: Element, text: TextReader) -> None:
        """Read a text box or note as blocks of the body."""
        inside: dict[Element, list[str]] = {}
        for block, controls in unwrap(container, (W + "p", W + "tbl")):
            if block.tag == W + "tbl":
                self.blocks.append(self._cells.table(block))
                self.blocks.extend(self._cells.nested)
                self._cells.nested.clear()
                continue
            line = text.read(block, self._origin(), blank=any(map(shows_placeholder, controls)))
            self._emit(line)
            for control in controls:
                inside.setdefault(control, []).append(line.text)
        self._cells.record(inside, ParagraphOrigin(max(self._paragraphs, 1)))

    def read_notes(self) -> None:
        """Append footnotes and endnotes, leaving out the lines that separate them from the text."""
        for kind in ("footnote", "endnote"):
            part = self._package.related(self._part, f"{kind}s")
            if part is None:
                continue
            text = TextReader(self._package, part, self._part)
            for note in self._package.xml(part).iterfind(W + kind):
                if note.get(W + "type", "normal") == "normal":
                    self._read_container(note, text)
                    self.text.seen["notes"] += 1
            self.text.seen.update(text.seen)
            self.text.crossed_out += text.crossed_out


def _free(element: Element) -> None:
    """Drop what has been read: the element's content and everything before it in its container."""
    element.clear()
    parent = element.getparent()
    while parent is not None and (previous := element.getprevious()) is not None and previous.tag != W + "tblGrid":
        parent.remove(previous)
