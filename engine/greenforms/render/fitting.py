"""Fits the paragraphs of a compiled Word template: most are seen to be short enough, the others are measured."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from lxml import etree

from greenforms.form.template.runs import w
from greenforms.form.tree import Leaf
from greenforms.render.fit import Column, Fit, Sheet, column_of, fit_paragraph, narrow_runs, room_of
from greenforms.render.measure import WIDEST, alike, extent, usable

_MARK = w("fit")
#: The name of the percentage that a paragraph is narrowed by; no template can have it.
SCALE = "narrower!"
#: So many texts, or shapes of texts, are remembered for each paragraph, and none that is longer than this.
_KEPT, _LONGEST = 64, 64
#: As it is, and not to be said without the paragraph itself.
FITS, CLOSER = Fit(), Fit(0)
_VALUE_AND_TAG = 2
_MARKUP = re.compile("<[^>]*>")


@dataclass(slots=True)
class Fitting:
    """A paragraph that has to fit: where it stands, its XML with tags and without, and the fields in its controls."""

    fitter: Fitter
    column: Column
    #: How wide its lines are, and whether it has but one size of text.
    room: int
    plain: bool
    #: As docxtpl has patched it, and what of that stands on every paper.
    template: str = ""
    static: str = ""
    leaves: list[Leaf] = field(default_factory=list)
    #: What stands before and behind its value, where that is but one.
    around: tuple[str, str] = ("", "")
    _spare: int = -1
    _known: dict[str, Fit] = field(default_factory=dict)

    @property
    def needed(self) -> bool:
        """Whether there is anything to fit: in running text only values that no line parts are."""
        return self.column.cell or self._apart

    @property
    def _apart(self) -> bool:
        return len(self.leaves) == 1 and self.leaves[0].codec.unbroken

    def narrowed(self) -> str:
        """The template with its runs set narrower, by a percentage that is filled in; only where that is enough."""
        one_value = "{%" not in self.template and self.template.count("{{") == _VALUE_AND_TAG
        return self.fitter.narrowed(self.template) if one_value and self.plain and self.column.cell else ""

    def is_short(self, length: int) -> bool:
        """Whether values of so many characters surely stand in one line with what is around them."""
        if self._spare < 0:
            # Between a value and what is around it there are gaps, as wide as two characters at most.
            around = extent(shown(self.static)) + 2 * WIDEST * max(1, len(self.leaves))
            self._spare = max(0, usable(self.room) - around)
        return length * WIDEST <= self._spare

    def fit(self, value: str) -> Fit:
        """How the paragraph fits, of its one value; `CLOSER` where that takes a closer look."""
        shape = alike(value)
        if (fit := self._known.get(shape)) is None:
            fit = self._fit(shape.replace("\t", "").join(self.around))
            remember(self._known, shape, fit)
        return fit

    def _fit(self, text: str) -> Fit:
        if extent(text) <= usable(self.room):
            return FITS
        fit = Fit.of(text, self.room, apart=self._apart) if self.plain and self.column.cell else CLOSER
        return CLOSER if fit.lines else FITS if fit == FITS else fit

    def fitted(self, xml: str) -> str:
        """The paragraph as a closer look makes it fit."""
        return xml if extent(shown(xml)) <= usable(self.room) else self.fitter.fitted(xml, self.column)


class Fitter:
    """Fits the paragraphs of one template; `body` is the template's, in which they are marked by numbers."""

    def __init__(self, body: etree._Element, sheet: Sheet, unbroken: Collection[str]) -> None:
        self._sheet, self._unbroken = sheet, unbroken
        self._places: list[tuple[Column, int, bool]] = []
        self._opening, self._declared = _around(body.nsmap)
        for paragraph in body.iter(w("p")):
            column = column_of(paragraph, body)
            if column is None:
                continue
            room, plain = room_of(paragraph, column, sheet)
            if room:
                paragraph.set(_MARK, str(len(self._places)))
                self._places.append((column, room, plain))

    def fitting(self, number: int) -> Fitting:
        """The paragraph that is marked with a number."""
        return Fitting(self, *self._places[number])

    def fitted(self, xml: str, column: Column) -> str:
        """The XML of a paragraph as it fits."""
        return self._changed(xml, lambda paragraph: fit_paragraph(paragraph, column, self._sheet, self._unbroken))

    def narrowed(self, xml: str) -> str:
        """The XML of a paragraph with its runs set narrower, by a percentage that is filled in."""
        return self._changed(xml, lambda paragraph: narrow_runs(paragraph, f"{{{{ {SCALE} }}}}"))

    def _changed(self, xml: str, change: Callable[[etree._Element], None]) -> str:
        [paragraph] = etree.fromstring(f"{self._opening}{xml}</around>")
        change(paragraph)
        return etree.tostring(paragraph, encoding="unicode").replace(self._declared, "", 1)


def _around(names: Mapping[str | None, str]) -> tuple[str, str]:
    """The opening of an element that declares the namespaces, and how lxml declares them in a child."""
    declared = "".join(f' xmlns:{prefix}="{html.escape(uri)}"' for prefix, uri in names.items() if prefix)
    [child] = etree.fromstring(f"<around{declared}><child/></around>")
    return f"<around{declared}>", etree.tostring(child, encoding="unicode")[len("<child") : -len("/>")]


Known = TypeVar("Known")


def remember(known: dict[Any, Known], given: Any, what: Known) -> None:
    """Keep what is known of a text or a number; only the latest and short ones, so that it stays little."""
    if len(known) >= _KEPT:
        known.clear()
    if given.__class__ is not str or len(given) <= _LONGEST:
        known[given] = what


def shown(xml: str) -> str:
    """The text of Word XML."""
    text = _MARKUP.sub("", xml.replace("<w:br/>", "\n"))
    return html.unescape(text) if "&" in text else text
