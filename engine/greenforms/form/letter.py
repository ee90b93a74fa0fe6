"""Letters of authorities that no governing document rules: printed under any edition, listed by none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from greenforms.errors import FormPackageError
from greenforms.form.edition import FormEntry
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.loading import form_of

_FILE = "letters.yaml"
#: What the entries of all these letters have in common: no authority has printed one.
_OURS: Mapping[str, Any] = {"annex": "", "grade": "C", "outputs": ("docx",)}


def letters_of(library: Library, edition_id: str) -> Iterator[Form]:
    """The letters as an authority of an edition writes them. Raises FormPackageError for what is broken."""
    edition = library.edition(edition_id)
    for said in library.content(_FILE, "letters")["letters"]:
        document = edition.documents[0].id
        yield form_of(library, edition, FormEntry(**said, **_OURS, document=document, titles=(said["title"],)))


def letter_of(library: Library, edition_id: str, name: str) -> Form:
    """One of them. Raises FormPackageError when there is none of that name."""
    for form in letters_of(library, edition_id):
        if form.entry.name == name:
            return form
    raise FormPackageError((f"schemas/{_FILE}：没有名为“{name}”的公文",))
