"""Which form a workbook without marker is for: by its labels, then by what its sheets say of the edition."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from greenforms.errors import AmbiguousForm, UnknownForm
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.workbook.guide import guide_texts
from greenforms.workbook.parts import Plan
from greenforms.workbook.plan import plan_of
from greenforms.workbook.wording import key_of, keys_of_column, keys_of_entry
from greenforms_extractors.model import Document

#: A part of a form (its single fields, one list) is there when so much of its labels is.
_LEAST_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class _Fit:
    """A form beside a workbook: the labels found of the parts that are there, and what share they are of all."""

    form: Form
    plan: Plan
    found: int
    share: float


def recognised(library: Library, document: Document, name: str, edition: str | None = None) -> Form:
    """The form whose labels a workbook has.

    Raises UnknownForm where it has those of none, AmbiguousForm where several forms fit and nothing says which.
    """
    texts = frozenset(key_of(cell.text) for table in document.tables for cell in table.cells)
    fits = [_fit(form, texts) for form in library.forms]
    most = max((fit.found for fit in fits), default=0)
    if not most:
        raise UnknownForm(
            f"文件“{name}”不是本程序生成的填报工作簿，从栏目名称也认不出是哪种表单。"
            "请用 blank --workbook 生成后填写；确知是哪种表单时，可用 --form 指明。"
        )
    left = [fit for fit in fits if fit.found == most]
    largest = max(fit.share for fit in left)
    if largest == 1:  # all of this form is there; of the others something is missing
        left = [fit for fit in left if fit.share == 1]
    if edition is not None:
        left = [fit for fit in left if fit.form.edition.id == edition] or left
    return _said(left, texts, name)


def _fit(form: Form, texts: Collection[str]) -> _Fit:
    plan = plan_of(form)
    parts = [
        [keys_of_entry(entry) for entry in plan.fields],
        *([keys_of_column(column) for column in sheet.all_columns] for sheet in plan.sheets),
    ]
    counts = [(sum(not keys.isdisjoint(texts) for keys in part), len(part)) for part in parts if part]
    found = sum(count for count, of in counts if count / of >= _LEAST_SHARE)
    return _Fit(form, plan, found, found / sum(of for _, of in counts) if counts else 0)


def _said(fits: list[_Fit], texts: Collection[str], name: str) -> Form:
    """The one form of which the workbook says most: its title, its edition, the titles of its sheets."""
    said = {fit.form.id: _says(fit, texts) for fit in fits}
    best = [fit.form for fit in fits if said[fit.form.id] == max(said.values())]
    if len(best) == 1:
        return best[0]
    listed = "、".join(f"{form.id}（《{form.title}》，{form.edition.title}）" for form in best)
    raise AmbiguousForm(
        f"文件“{name}”里记载表单名称的隐藏工作表不在了，按栏目名称，它可能是以下几种表单的填报表：{listed}。"
        f"没有替您选。请用 --form 指明，如 --form {best[0].id}。",
        tuple(dict.fromkeys(form.edition.id for form in best)),
    )


def _says(fit: _Fit, texts: Collection[str]) -> int:
    own = {fit.form.title, *guide_texts(fit.form, fit.plan), *(sheet.title for sheet in fit.plan.sheets)}
    return sum(key_of(text) in texts for text in own)
