"""The words that papers of a library are full of: what forms print and offer, units, places, parts of names.

They tell a reader of scans which of two likely characters stands on a paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from greenforms.codec import units
from greenforms.codec.region import places
from greenforms.errors import FormPackageError
from greenforms.form.tree import Group, Leaf, Node, Rows

if TYPE_CHECKING:
    from greenforms.form.library import Library

#: Only words of ideographs are told by their neighbours, and only those of three or more.
_WORD = re.compile("[\u4e00-\u9fff]{3,}")


def stock_words(library: Library) -> tuple[str, ...]:
    """All stock words, sorted; a form that is broken has none."""
    found = {word for text in _texts(library) for word in _WORD.findall(text)}
    named = {word for entity in library.vocabulary.entities.values() for word in entity.words}
    return tuple(sorted(found | named))


def _texts(library: Library) -> Iterator[str]:
    yield from units.spellings()
    for place in places():
        yield from (place.name, place.short, place.name.removeprefix(place.short))
    for fact in library.vocabulary.facts.values():
        yield from (fact.title, *fact.synonyms)
    for form_id in library.form_ids:
        with suppress(FormPackageError):
            form = library.form(form_id)
            yield from (form.title, *form.entry.titles)
            yield from _printed(form.root)


def _printed(node: Node) -> Iterator[str]:
    """What a form prints beside its fields, and what it offers in them."""
    yield node.title
    match node:
        case Leaf():
            yield from (*node.aliases, node.unit or "")
            yield from getattr(node.codec, "choices", ())
            yield from getattr(node.codec, "aliases", ())
        case Group():
            yield from node.attributes.values()
            for child in node.children.values():
                yield from _printed(child)
        case Rows():
            yield from node.aliases
            yield from _printed(node.item)
