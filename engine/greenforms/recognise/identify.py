"""Says which form a document is, by its record, its title and how much of each blank it holds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from greenforms.errors import InputError
from greenforms.form.layout import layout_for
from greenforms.form.package import Form, form_ids, load_form
from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.layout import Layout, texts_of
from greenforms_extractors.match.result import Match
from greenforms_extractors.match.take import match
from greenforms_extractors.model import Document

#: Below this share of a blank found, a document is not that form.
_LEAST_SHARE = 0.5
#: Forms worth a full match: those with at least this share of their labels somewhere in the document.
_PROMISING = 0.3
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Identified:
    """A form laid over a document; `confidence` is the share of the blank that was found."""

    form: Form
    match: Match
    confidence: float


def identify(document: Document, name: str, form: Form | None = None) -> Identified:
    """The form a document is; `form` when the caller names it. Raises InputError when it is none, or another year's."""
    if form is not None:
        return _as_named(document, name, form)
    texts = _texts(document)
    known = sorted(set(texts))
    candidates = [
        Identified(each, laid, laid.share)
        for each in map(load_form, form_ids())
        if _overlap(layout_for(each, document.kind), known) >= _PROMISING
        for laid in (match(layout_for(each, document.kind), document),)
    ]
    best = max(candidates, key=lambda each: each.confidence + _has_title(each.form, texts), default=None)
    if best is None or best.confidence < _LEAST_SHARE:
        raise InputError(
            f"文件“{name}”不是现有的任何一种表单：版面上找不到足够的表头和栏目名。"
            f"请核对是否发错文件；确知是哪种表单时可用 --form 指明。现有表单：{'、'.join(form_ids())}。"
        )
    _refuse_other_year(best.form, texts, name)
    return best


def _as_named(document: Document, name: str, form: Form) -> Identified:
    laid = match(layout_for(form, document.kind), document)
    if laid.share < _LEAST_SHARE:
        raise InputError(
            f"文件“{name}”与《{form.title}》（{form.id}）的版面不符：只找到 {laid.share:.0%} 的栏目。"
            "请核对文件，或去掉 --form 由程序识别。"
        )
    _refuse_other_year(form, _texts(document), name)
    return Identified(form, laid, laid.share)


def _texts(document: Document) -> Sequence[str]:
    keys = [fold_label(paragraph.text) for paragraph in document.paragraphs]
    for table in document.tables:
        keys += [fold_label(cell.text) for cell in table.cells[:2000]]
    return [key for key in keys if key]


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
    return texts[place].startswith(label) if len(label) > 2 else texts[place] == label


def _has_title(form: Form, texts: Sequence[str]) -> float:
    titles = {fold_label(title) for title in form.entry.titles}
    return 0.5 if any(text.endswith(title) for text in texts[:40] for title in titles) else 0.0


def _refuse_other_year(form: Form, texts: Sequence[str], name: str) -> None:
    """A title that differs from the form's own only in its figures is another year's paper."""
    for title in form.entry.titles:
        key = fold_label(title)
        if not _DIGITS.search(key):
            continue
        shape = re.compile(_DIGITS.sub(lambda _: r"(\d+)", re.escape(key)) + "$")
        for text in texts[:40]:
            found = shape.search(text)
            if found and list(found.groups()) != _DIGITS.findall(key):
                raise InputError(
                    f"文件“{name}”的标题是“{found[0]}”，与《{title}》（{form.id}）不是同一年度的表。"
                    "请使用本年度的空表重新填写，或核对是否发错文件。"
                )
