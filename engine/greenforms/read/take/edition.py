"""Says whose form a paper is when several editions print one layout: by what the paper says, never by the alphabet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Levenshtein

from greenforms.errors import AmbiguousForm
from greenforms.form.form import Form
from greenforms_extractors.folding import fold_label

#: What a paper may say of its edition, in the order of how much it tells.
_TITLE, _DOCUMENT, _AUTHORITY, _TEXT = 8, 4, 2, 1
#: Of so many characters one may be misread.
_SLIP = 6
_DIGITS = re.compile(r"\d+")


def titled(form: Form, texts: Sequence[str]) -> bool:
    """Whether a text is a title of the form, letter by letter, with whatever stands in front of it."""
    titles = [fold_label(title) for title in form.entry.titles]
    return any(text.endswith(title) for text in texts for title in titles)


def names_itself(form: Form, texts: Sequence[str], *, recognised: bool) -> bool:
    """Whether a paper bears a title of the form; a `recognised` one may have a slip, but in no digit."""
    if titled(form, texts):
        return True
    titles = [fold_label(title) for title in form.entry.titles] if recognised else []
    return any(_slipped(text[-len(title) :], title) for text in texts for title in titles)


def _slipped(text: str, title: str) -> bool:
    slips = Levenshtein.distance(text, title, score_cutoff=len(title) // _SLIP)
    return slips <= len(title) // _SLIP and _DIGITS.findall(text) == _DIGITS.findall(title)


def edition_of(forms: Sequence[Form], texts: Sequence[str], name: str, edition: str | None = None) -> Form:
    """The one form among those of a layout that a paper is.

    Raises AmbiguousForm, with the question to the user, when the paper does not say.
    """
    if edition is not None:
        forms = [form for form in forms if form.edition.id == edition] or forms
    if len(forms) == 1:
        return forms[0]
    said = {form.id: _said(form, texts) for form in forms}
    most = max(said.values())
    left = [form for form in forms if said[form.id] == most]
    if len(left) == 1 and most:
        return left[0]
    listed = "、".join(f"{form.id}（{form.edition.authority}，{form.edition.title}）" for form in left)
    raise AmbiguousForm(
        f"文件“{name}”是《{left[0].title}》一类的表，但几个版本都用这种表：{listed}。纸面上看不出是哪一个版本的，"
        f"没有替您选。请用 --form 指明，如 --form {left[0].id}；或用 --edition 指明版本。",
        tuple(form.edition.id for form in left),
    )


def _said(form: Form, texts: Sequence[str]) -> int:
    """How much of what a paper says speaks for one edition."""
    documents = (each for document in form.edition.documents for each in (document.title, document.number))
    return (
        _TITLE * titled(form, texts)
        + _DOCUMENT * _any(documents, texts)
        + _AUTHORITY * _any((form.edition.authority,), texts)
        + _TEXT * _any(form.entry.texts.values(), texts)
    )


def _any(words: Iterable[str | None], texts: Sequence[str]) -> bool:
    wanted = [fold_label(word) for word in words if word]
    return any(word in text for word in wanted for text in texts)
