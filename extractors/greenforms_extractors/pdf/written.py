"""The pages of a PDF as they are written: what pdfplumber makes of their content, where it can make anything of it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from greenforms_extractors.pdf.burden import Burden
from greenforms_extractors.pdf.copy import Copy
from greenforms_extractors.pdf.figures import Figure, drawn_contents, figures_of
from greenforms_extractors.pdf.pictures import forget_pictures
from greenforms_extractors.pdf.sheet import Sheet
from greenforms_extractors.pdf.tags import paragraph_keys

#: Programs that write the space at the end of a wrapped line into the file, so that none is to be guessed.
_KEEP_SPACES = ("LibreOffice", "OpenOffice", "Microsoft")
#: Content, characters, strokes and pictures of a page above which parsing it takes minutes; the fullest page of a paper
#: has a fifth of each. Content below the last number cannot hold so many characters.
_MOST_CONTENT, _MOST_CHARACTERS, _MOST_STROKES, _MOST_PICTURES = 4_000_000, 30_000, 40_000, 200
#: The share of characters that may take no room, as accents do.
_FLAT = 0.1
_TAGGED = 0.9


class Written:
    """The pages of a file of so many, as written."""

    def __init__(self, copy: Copy, burden: Burden, count: int) -> None:
        #: Whether every space of the text is in the file.
        self.keeps_spaces = any(name in copy.producer for name in _KEEP_SPACES)
        self._weights = burden.pages
        self._forgotten = 0
        self._keys: Mapping[tuple[int, int], int] | None = None
        self._figures: Mapping[int, Sequence[Figure]] | None = None
        self._pdf = None if burden.endless else _opened(copy.content)
        self._pages = _pages(self._pdf)
        if len(self._pages) != count:
            self._pages = [None] * count

    def page(self, sheet: Sheet) -> Any | None:
        """The page on a sheet, or None where it cannot be parsed, or not in reasonable time."""
        page = self._pages[sheet.number - 1]
        return page if page is not None and not self._is_crowded(page, sheet) and _is_parsed(page) else None

    def _is_crowded(self, page: Any, sheet: Sheet) -> bool:
        weight = self._weights.get(int(page.page_obj.pageid), 0)
        return (
            weight > _MOST_CONTENT
            or sheet.drawn.strokes > _MOST_STROKES
            or sheet.drawn.pictures > _MOST_PICTURES
            or (weight > _MOST_CHARACTERS and sheet.characters > _MOST_CHARACTERS)
        )

    def keys(self, page: Any) -> Mapping[tuple[int, int], int]:
        """The paragraph keys of the tags, empty if the file is not tagged or the text of its first page is not in them.

        Tags only help: a file whose tags are broken is read by what stands on the page.
        """
        if self._keys is None:
            self._keys = _usable(page, self._tags())
        return self._keys

    def drawn(self, page: Any) -> frozenset[int]:
        """The marked contents of a page that are text of a drawing; none where the file is not usably tagged."""
        if not self.keys(page):
            return frozenset()
        if self._figures is None:
            self._figures = self._tagged_figures()
        return drawn_contents(page, self._figures.get(int(page.page_number), ()))

    def _tagged_figures(self) -> Mapping[int, Sequence[Figure]]:
        assert self._pdf is not None
        try:
            return figures_of(self._pdf.structure_tree)
        except Exception:  # as above
            return {}

    def _tags(self) -> Mapping[tuple[int, int], int]:
        assert self._pdf is not None
        try:
            return paragraph_keys(self._pdf.structure_tree)
        except Exception:  # pdfplumber raises whatever broken tags lead it to
            return {}

    def forget(self, page: Any | None) -> None:
        """Keep nothing of a page that was read."""
        if page is not None:
            page.close()
        if self._pdf is not None:
            self._forgotten = forget_pictures(self._pdf, self._forgotten)


def _opened(content: bytes) -> Any | None:
    import pdfplumber

    try:
        return pdfplumber.open(io.BytesIO(content))
    except Exception:  # a score of unrelated errors for files that the library cannot parse
        return None


def _pages(pdf: Any | None) -> list[Any]:
    try:
        return list(pdf.pages) if pdf is not None else []
    except Exception:  # as above
        return []


def _is_parsed(page: Any) -> bool:
    """Parse a page; say whether everything on it has a place, and characters a width (lost with their font)."""
    try:
        things = [thing for things in page.objects.values() for thing in things]
        flat = sum(char["x1"] <= char["x0"] for char in page.chars)
        finite = all(isfinite(thing[edge]) for thing in things for edge in ("x0", "top", "x1", "bottom"))
        return finite and flat <= _FLAT * len(page.chars)
    except Exception:  # as above
        return False


def _usable(page: Any, keys: Mapping[tuple[int, int], int]) -> Mapping[tuple[int, int], int]:
    own = [char for char in page.chars if char.get("tag") != "Artifact" and not char["text"].isspace()]
    tagged = sum((page.page_number, char.get("mcid")) in keys for char in own)
    return keys if own and tagged >= _TAGGED * len(own) else {}
