"""The values a template sees: the form's tree filled with printed texts, each knowing its field's pointer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from greenforms.codec.printable import show_controls
from greenforms.form.control_tag import control_tag
from greenforms.form.derive import derived_text
from greenforms.form.template.tags import BLANK, INDEX, OPENS, ORDINAL
from greenforms.form.tree import ABSENT, Group, Leaf, Node, Rows

#: What is no plain character inside `w:t`: markup, line breaks and tabs, and what no XML may hold.
_SPECIAL = re.compile("[&<>\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class _Written(dict[int, str]):
    """What is written for each special character, by code."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = written = show_controls(char) if _SPECIAL.match(char) else char
        return written


_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_WRITTEN = _Written(
    {
        **_MARKUP,
        ord("\n"): "</w:t><w:br/><w:t xml:space='preserve'>",
        ord("\t"): "</w:t><w:tab/><w:t xml:space='preserve'>",
    }
)
_STORED = _Written({**_MARKUP, ord("\n"): "\n", ord("\t"): "\t"})


@dataclass(frozen=True, slots=True)
class Printed:
    """What one slot prints. In Word XML line breaks and tabs become their elements; nothing else is markup."""

    text: str
    pointer: str
    value: Any
    leaf: Leaf

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        return _for_docxtpl(self.text)

    @property
    def tag(self) -> str:
        """What its content control is tagged with."""
        return control_tag(self.pointer)

    @property
    def lines(self) -> tuple[str, ...]:
        """The paragraphs of a text of several paragraphs; at least one, so that the slot keeps its place."""
        return tuple(map(WordText, self.text.split("\n")))

    @property
    def pictures(self) -> tuple[Mapping[str, Any], ...]:
        """The pictures of a pictures field."""
        return tuple(self.value) if isinstance(self.value, list) else ()


class WordText(str):
    """A text that stands in Word XML as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return _for_docxtpl(self)


def word_text(text: str) -> str:
    """A text as the inside of `w:t`."""
    return text.translate(_WRITTEN) if _SPECIAL.search(text) else text


def sheet_text(text: str) -> str:
    """A text as the inside of `t` in a sheet."""
    return text.translate(_STORED) if _SPECIAL.search(text) else text


def _for_docxtpl(text: str) -> str:
    """docxtpl turns `{_{` and its kin into braces after filling; a character reference keeps the text's own."""
    return word_text(text).replace("_", "&#95;")


class GroupView:
    """An object of the data. It is true when the data has it, so that `{% if enterprise %}` asks the right question.

    It has items and nothing else, so that a field may be called `items`, `values` or `get`: a template's `group.items`
    finds no method and asks for the item.
    """

    __slots__ = ("_members", "_present")

    def __init__(self, present: bool) -> None:
        self._present = present
        self._members: dict[str, Any] = {}

    def __bool__(self) -> bool:
        return self._present

    def __getitem__(self, name: str) -> Any:
        return self._members[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._members[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)


@dataclass(frozen=True, slots=True)
class ContextBuilder:
    """Builds the template's values. `blank` prints the official empty form: every part, its hints and empty rows."""

    blank: bool = False

    def build(self, root: Group, data: Any) -> GroupView:
        """The context for a form's root."""
        view: GroupView = self._view(root, "", data, data)
        view[BLANK] = self.blank
        return view

    def _view(self, node: Node, pointer: str, data: Any, paper: Any) -> Any:
        """What a template sees of a node; `paper` are the data of the layout it stands in."""
        match node:
            case Leaf():
                return self._printed(node, pointer, data)
            case Group():
                return self._group(node, pointer, data, data if node.layout else paper)
            case Rows():
                return self._rows(node, pointer, data, paper)

    def _group(self, group: Group, pointer: str, data: Any, paper: Any) -> GroupView:
        view = GroupView(self.blank or isinstance(data, Mapping))
        source = data if isinstance(data, Mapping) else {}
        for name, child in group.children.items():
            view[name] = self._view(child, f"{pointer}/{name}", source.get(name, ABSENT), paper)
        for name, leaf in group.derived.items():
            text = None if self.blank else derived_text(leaf, paper)
            view[name] = Printed(leaf.blank if text is None else text, f"{pointer}/{name}", None, leaf)
        return view

    def _rows(self, rows: Rows, pointer: str, data: Any, paper: Any) -> list[Any]:
        """The rows of the data; an empty list keeps one empty row, the blank as many as the authority prints."""
        given = data if isinstance(data, list) else []
        least = rows.blank_rows if self.blank else 1
        padded = [*given, *[ABSENT] * (least - len(given))]
        views = [self._view(rows.item, f"{pointer}/{index}", row, paper) for index, row in enumerate(padded)]
        for number, (view, row) in enumerate(zip(views, padded, strict=True), 1):
            view[ORDINAL] = "" if row is ABSENT else number
            view[INDEX] = number if self.blank else view[ORDINAL]
            view[OPENS] = number == 1
        return views

    def _printed(self, leaf: Leaf, pointer: str, value: Any) -> Printed:
        return Printed(printed_text(leaf, value, pointer), pointer, None if value is ABSENT else value, leaf)


def printed_text(leaf: Leaf, value: Any, pointer: str) -> str:
    """What a field prints for a value: the blank's own text when absent, the form's sign for an explicit null."""
    if value is ABSENT:
        return leaf.blank_at(pointer)
    if value is None:
        return leaf.empty
    return leaf.codec.format(value)
