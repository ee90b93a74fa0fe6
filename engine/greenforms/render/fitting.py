"""Fits the paragraphs of a compiled Word template: most are seen to be short enough, the others are measured."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from lxml import etree

from greenforms.form.template.runs import w
from greenforms.form.tree import Leaf
from greenforms.render.fit import Column, Sheet, column_of, fit_paragraph, sure_room
from greenforms.render.measure import WIDEST, extent

_MARK = w("fit")
_MARKUP = re.compile("<[^>]*>")


@dataclass(slots=True)
class Fitting:
    """A paragraph that has to fit: where it stands, its XML without values, and the fields in its controls."""

    fitter: Fitter
    column: Column
    #: How long it may be to stand in one line whatever it says.
    room: int
    xml: str = ""
    leaves: list[Leaf] = field(default_factory=list)
    _spare: int = -1

    @property
    def needed(self) -> bool:
        """Whether there is anything to fit: in running text only values that no line parts are."""
        return self.column.cell or (len(self.leaves) == 1 and self.leaves[0].codec.unbroken)

    def is_short(self, length: int) -> bool:
        """Whether values of so many characters surely stand in one line with what is around them."""
        if self._spare < 0:
            # Between a value and what is around it there are gaps, as wide as two characters at most.
            around = extent(_text(self.xml)) + 2 * WIDEST * max(1, len(self.leaves))
            self._spare = max(0, self.room - around)
        return length * WIDEST <= self._spare

    def fitted(self, xml: str) -> str:
        """The paragraph as it fits."""
        return xml if extent(_text(xml)) <= self.room else self.fitter.fitted(xml, self.column)


class Fitter:
    """Fits the paragraphs of one template; `body` is the template's, in which they are marked by numbers."""

    def __init__(self, body: etree._Element, sheet: Sheet, unbroken: Collection[str]) -> None:
        self._sheet, self._unbroken = sheet, unbroken
        self._places: list[tuple[Column, int]] = []
        self._opening, self._declared = _around(body.nsmap)
        for paragraph in body.iter(w("p")):
            column = column_of(paragraph, body)
            if column is not None and (room := sure_room(paragraph, column, sheet)):
                paragraph.set(_MARK, str(len(self._places)))
                self._places.append((column, room))

    def fitting(self, number: int) -> Fitting:
        """The paragraph that is marked with a number."""
        return Fitting(self, *self._places[number])

    def fitted(self, xml: str, column: Column) -> str:
        """The XML of a paragraph as it fits."""
        [paragraph] = etree.fromstring(f"{self._opening}{xml}</around>")
        fit_paragraph(paragraph, column, self._sheet, self._unbroken)
        return etree.tostring(paragraph, encoding="unicode").replace(self._declared, "", 1)


def _around(names: Mapping[str | None, str]) -> tuple[str, str]:
    """The opening of an element that declares the namespaces, and how lxml declares them in a child."""
    declared = "".join(f' xmlns:{prefix}="{html.escape(uri)}"' for prefix, uri in names.items() if prefix)
    [child] = etree.fromstring(f"<around{declared}><child/></around>")
    return f"<around{declared}>", etree.tostring(child, encoding="unicode")[len("<child") : -len("/>")]


def _text(xml: str) -> str:
    return html.unescape(_MARKUP.sub("", xml))
