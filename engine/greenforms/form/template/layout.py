"""Turns a template's program into the layout the matcher lays over returned papers: static texts and their slots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from greenforms.form.template import program as p
from greenforms.form.template.line_labels import LabelMaker, slot_of
from greenforms.form.template.table_layout import TableLayout
from greenforms_extractors.match.layout import Anchor, Layout, Part, Repeat


@dataclass(frozen=True, slots=True)
class TemplateLayout:
    """A template's layout, and what in it could not be read back, each error with its place."""

    layout: Layout
    errors: tuple[str, ...]


def layout_of(program: p.Program) -> TemplateLayout:
    """The layout of a program."""
    builder = _Builder()
    parts = builder.parts(program.body)
    return TemplateLayout(Layout(tuple(parts)), tuple(builder.maker.errors))


@dataclass(slots=True)
class _Builder:
    maker: LabelMaker = field(default_factory=LabelMaker)

    def parts(self, body: Sequence[p.Node]) -> list[Part | Repeat[Part]]:
        """The parts of some nodes."""
        parts: list[Part | Repeat[Part]] = []
        text: list[Anchor | Repeat[Anchor]] = []
        for node in p.opened(body):
            match node:
                case p.Line():
                    self._line(node, text)
                case p.Each() if (slot := _line_each(node)) is not None:
                    self.maker.attach(text, (slot_of(slot),), node.origin)
                case p.TableNode():
                    self._close(parts, text)
                    parts.append(Part(tuple(TableLayout(self.maker).anchors(node)), table=True))
                case p.Each():
                    self._close(parts, text)
                    parts.append(Repeat(node.path, tuple(self._section(node))))
        self._close(parts, text)
        return parts

    def _close(self, parts: list[Part | Repeat[Part]], text: list[Anchor | Repeat[Anchor]]) -> None:
        if text:
            parts.append(Part(tuple(text), table=False))
            text.clear()

    def _section(self, node: p.Each) -> list[Part | Repeat[Part]]:
        first = next(iter(p.opened(node.body)), None)
        starts = (isinstance(first, p.Line) and first.static) or isinstance(first, p.TableNode)
        if not starts:
            self.maker.error(node.origin, "重复的一段要以固定文字或表格开头，否则读不出有几段")
        return self.parts(node.body)

    def _line(self, line: p.Line, text: list[Anchor | Repeat[Anchor]]) -> None:
        """The labels of a line; a line of slots alone goes on with the label above it."""
        if not line.static:
            if line.slots:
                self.maker.slots_apart(line)
                self.maker.attach(text, tuple(map(slot_of, line.slots)), line.origin)
            return
        text += self.maker.labels(line)


def _line_each(node: p.Each) -> p.Slot | None:
    """The slot of a repeat that prints one line of its own for each item, with no text in it."""
    lines = [each for each in p.opened(node.body) if not isinstance(each, p.Line) or each.static or each.slots]
    if len(lines) == 1 and isinstance(lines[0], p.Line) and not lines[0].static and len(lines[0].slots) == 1:
        return lines[0].slots[0]
    return None
