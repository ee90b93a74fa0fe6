"""Marks a Word document: shading and comments at its places, and a page in front that lists all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from greenforms.errors import InputError
from greenforms.mark.front_page import clear_page, page_of
from greenforms.mark.note import Listing, Note
from greenforms.mark.package import Draft
from greenforms.mark.word_marks import WordMarks, bookmark, clear_marks
from greenforms.mark.word_places import places_in
from greenforms_extractors.ooxml import open_package
from greenforms_extractors.word.markup import W


def mark_document(path: Path, notes: Sequence[Note], listing: Listing) -> bytes:
    """The document with its marks, in place of those of an earlier time; parts without marks keep their bytes.

    Raises UnreadableFile for a damaged file, InputError for one of a kind that is not marked.
    """
    with open_package(path) as package:
        draft = Draft(package)
        body = draft.xml(draft.main).find(W + "body")
        if body is None:
            raise InputError(f"文件“{path.name}”里没有正文，不能标注。请用 Word 或 WPS 另存为 .docx 后再试。")
        clear_page(body)
        clear_marks(draft, body)
        places = places_in(body)
        marks = WordMarks(draft, body)
        bookmarks = {}
        for number, note in enumerate(notes, 1):
            if (place := places.get(note.place)) is not None:
                marks.add(place, number, note.text, note.tint)
                bookmarks[note.place] = bookmark(number)
        lines = enumerate(listing.lines)
        anchors = {at: bookmarks[line.place] for at, line in lines if line.place in bookmarks}
        body[0:0] = page_of(listing, anchors)
        return draft.content()
