"""Says which form a document is: first which layout, by its labels, then which edition's, by what the paper says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from greenforms.errors import InputError, UnknownForm
from greenforms.form.form import Form
from greenforms.form.layout import layout_for
from greenforms.form.library import Library
from greenforms.form.naming import ALL_FORMS
from greenforms.form.tree import layouts_in
from greenforms.read.take.edition import edition_of, names_itself, titled
from greenforms.read.take.lay import lay
from greenforms.read.take.lookalike import difference, other_title
from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.layout import Layout, texts_of
from greenforms_extractors.match.result import Match
from greenforms_extractors.model import Document

#: Below this share of a blank found, a document is not that form.
_LEAST_SHARE = 0.5
#: Layouts worth a full match: those with at least this share of one part's labels in the document, and not many.
_PROMISING = 0.3
_MOST_MATCHED = 6
#: What the right title is worth beside the share of the blank that was found.
_TITLE = 0.5
_DIGITS = re.compile(r"\d+")
#: No title stands further down than this.
_TOP = 40
#: Shorter words begin too many texts.
_SHORTEST_BEGINNING = 3
#: Cells of one table that are looked at before anything is matched.
_MOST_CELLS = 2000


@dataclass(frozen=True, slots=True)
class Identified:
    """A form laid over a document.

    `share` is how much of the blank was found, `named` whether the paper names the form or the caller does; else
    `other_title` is what the paper calls itself, "" where it bears no title at all.
    """

    form: Form
    match: Match
    named: bool = True
    other_title: str = ""

    @property
    def share(self) -> float:
        """How much of the blank was found, from 0 to 1."""
        return self.match.share


def identify(
    library: Library, document: Document, name: str, form: Form | None = None, edition: str | None = None
) -> Identified:
    """The form a document is; `form` when the caller names it, one of `edition` when that is known.

    Raises InputError when it is none, or another year's, UnknownForm when it is like a form and not it, or when
    several editions have the form and the paper does not say whose it is.
    """
    if form is not None:
        return _as_named(document, name, form)
    texts = tuple(_texts(document))
    best = _best_layout(document, texts, library)
    if best is None or best.share < _LEAST_SHARE:
        raise UnknownForm(
            f"文件“{name}”不是现有的任何一种表单：版面上找不到足够的表头和栏目名。"
            f"请核对是否发错文件；确知是哪种表单时可用 --form 指明。{ALL_FORMS}"
        )
    forms = [each for each in library.forms if each.layout == best.form.layout]
    _refuse_other(document, name, best, forms, texts)
    chosen = edition_of(forms, texts, name, edition)
    _refuse_other_year(chosen, texts, name)
    if chosen is not best.form:
        best = Identified(chosen, lay(chosen, document))
    if names_itself(chosen, texts[:_TOP], recognised=bool(document.scanned)):
        return best
    return replace(best, named=False, other_title=other_title(document, chosen, best.match) or "")


def _best_layout(document: Document, texts: Sequence[str], library: Library) -> Identified | None:
    """The layout of which most is found, as one of its forms.

    Where enough is found of a layout whose title the paper bears, no other can win, save one that holds it: the rest
    need not be opened.
    """
    forms = _worded_apart(library)
    named = {form.layout for form in library.forms if titled(form, texts[:_TOP])}
    near = tuple(form for form in forms if not named.isdisjoint(_layouts_of(form)))
    best = _best_of(near, named, document, texts)
    if best is not None and best.form.layout in named and best.share >= _LEAST_SHARE:
        return best
    return _best_of(forms, named, document, texts)


def _best_of(
    forms: Iterable[Form], named: Collection[str], document: Document, texts: Sequence[str]
) -> Identified | None:
    """The best of some forms; `named` are the layouts whose title the paper bears."""
    known = sorted(set(texts))
    by_layout: dict[str, Form] = {}
    overlaps: dict[str, float] = {}
    for form in forms:
        overlap = _overlap(layout_for(form, document.kind), known)
        if overlap > overlaps.get(form.layout, -1.0):
            by_layout[form.layout], overlaps[form.layout] = form, overlap
    # Whoever words the headings anew still writes the title, so the layouts that have it are tried before others.
    bonus = {each: _TITLE * (each in named) for each in overlaps}
    likely = [each for each in overlaps if overlaps[each] + bonus[each] >= _PROMISING]
    promising = sorted(likely, key=lambda each: (-bonus[each], -overlaps[each]))
    candidates = []
    for layout in promising[:_MOST_MATCHED]:
        candidates.append(Identified(by_layout[layout], lay(by_layout[layout], document)))
    candidates = [each for each in candidates if not any(_holds(other, each) for other in candidates)]
    return max(candidates, key=lambda each: each.share + bonus[each.form.layout], default=None)


@cache
def _layouts_of(form: Form) -> frozenset[str]:
    """A form's layout and those of the papers inside it."""
    return frozenset((form.layout, *layouts_in(form.root)))


def _worded_apart(library: Library) -> tuple[Form, ...]:
    """One form of each layout, and of each wording of it: an edition may have labels of its own."""
    found: list[Form] = []
    for form in library.forms:
        if not any((each.layout, each.entry.fields) == (form.layout, form.entry.fields) for each in found):
            found.append(form)
    return tuple(found)


def _holds(outer: Identified, inner: Identified) -> bool:
    """Whether a paper is the outer of two forms, the other being a paper inside it: less of it stays unread."""
    return (
        outer.share >= _LEAST_SHARE
        and inner.form.layout in layouts_in(outer.form.root)
        and len(outer.match.unread) < len(inner.match.unread)
    )


def _as_named(document: Document, name: str, form: Form) -> Identified:
    laid = lay(form, document)
    if laid.share < _LEAST_SHARE:
        raise InputError(
            f"文件“{name}”与《{form.title}》（{form.id}）的版面不符：只找到 {laid.share:.0%} 的栏目。"
            "请核对文件和所指的表单；不知道是哪种表时，用 extract 识别。"
        )
    _refuse_other_year(form, tuple(_texts(document)), name)
    return Identified(form, laid)


def _refuse_other(document: Document, name: str, best: Identified, forms: Sequence[Form], texts: Sequence[str]) -> None:
    """A paper that is like a form, under another title and with other sections or columns, is another form."""
    if any(titled(form, texts[:_TOP]) for form in forms):
        return
    if (what := difference(document, best.form, best.match)) is not None:
        nearest = f"它像《{best.form.title}》（{best.form.id}），但{what}"
        raise UnknownForm(
            f"文件“{name}”不是现有的任何一种表单。{nearest}，"
            "不能当作那种表来读。请核对文件；确知就是那种表单时，可用 --form 指明。",
            nearest,
        )


def _texts(document: Document) -> Iterator[str]:
    """The document's texts, folded, paragraphs first."""
    for paragraph in document.paragraphs:
        if key := fold_label(paragraph.text):
            yield key
    for table in document.tables:
        for cell in table.cells[:_MOST_CELLS]:
            if key := fold_label(cell.text):
                yield key


def _overlap(layout: Layout, texts: Sequence[str]) -> float:
    """The best share of one part's labels that stand in the sorted texts, letter by letter or with something behind."""
    return max(
        (sum(_stands_in(label, texts) for label in labels) / len(labels) for labels in _labels_by_part(layout)),
        default=0.0,
    )


@cache
def _labels_by_part(layout: Layout) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(fold_label(label.text) for anchor in layout.anchors[part.start : part.end] for label in texts_of(anchor))
        for part in layout.spans
        if part.end > part.start
    )


def _stands_in(label: str, texts: Sequence[str]) -> bool:
    place = bisect_left(texts, label)
    if place == len(texts):
        return False
    return texts[place].startswith(label) if len(label) >= _SHORTEST_BEGINNING else texts[place] == label


def _refuse_other_year(form: Form, texts: Sequence[str], name: str) -> None:
    """A title that differs from the form's own only in its figures is another year's paper."""
    for title in form.entry.titles:
        key = fold_label(title)
        if not _DIGITS.search(key):
            continue
        shape = re.compile(_DIGITS.sub(lambda _: r"(\d+)", re.escape(key)) + "$")
        for text in texts[:_TOP]:
            found = shape.search(text)
            if found and list(found.groups()) != _DIGITS.findall(key):
                raise InputError(
                    f"文件“{name}”的标题是“{found[0]}”，与《{title}》（{form.id}）不是同一年度的表。"
                    "请使用本年度的空表重新填写，或核对是否发错文件。"
                )
