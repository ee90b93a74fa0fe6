"""The form folders in use: the shipped one, and the one laid over it."""

from __future__ import annotations

from functools import cache

from greenforms.bundled import form_folders
from greenforms.fact.vocabulary import Vocabulary
from greenforms.form.edition import Edition
from greenforms.form.form import Form
from greenforms.form.library import Library

__all__ = ["Form", "Library", "editions", "form_ids", "library", "load_edition", "load_form", "load_vocabulary"]


@cache
def library() -> Library:
    """The library of the folders in use."""
    return Library(*form_folders())


def editions() -> tuple[str, ...]:
    """The ids of the editions at hand."""
    return library().edition_ids


def form_ids() -> tuple[str, ...]:
    """The ids of all forms."""
    return library().form_ids


def load_edition(edition_id: str) -> Edition:
    """One edition by id."""
    return library().edition(edition_id)


def load_form(form_id: str) -> Form:
    """One form by id."""
    return library().form(form_id)


def load_vocabulary() -> Vocabulary:
    """The shared vocabulary of facts."""
    return library().vocabulary
