"""The streams of a PDF unpacked, as far as they are sound and no further than asked for."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

#: Filters that pack anything (ISO 32000-1, 7.4), in full and abbreviated; the others pack pictures.
_SHORT = {
    "Fl": "FlateDecode",
    "LZW": "LZWDecode",
    "RL": "RunLengthDecode",
    "A85": "ASCII85Decode",
    "AHx": "ASCIIHexDecode",
}
_PLAIN_FILTERS = frozenset(_SHORT.values())
_FLATE = ["FlateDecode"]
_CHUNK = 1 << 20
#: The longest row of pixels that any scanner makes has a hundredth of it.
_LONGEST_ROW = 10_000_000


def _filters(found: Any) -> list[str]:
    named = resolved(found.get("/Filter", []))
    names = [str(resolved(each)).lstrip("/") for each in (named if isinstance(named, list) else [named])]
    return [_SHORT.get(name, name) for name in names]


def unpacked_size(found: Any, limit: int) -> int:
    """The unpacked size of a stream, counted up to the limit; pictures that are packed as such stay so."""
    filters = _filters(found)
    if not filters or not set(filters) <= _PLAIN_FILTERS:
        return 0
    if _row(found) > _LONGEST_ROW:
        return limit
    if filters == _FLATE:
        return sum(map(len, _inflated(found._data, limit)))
    return min(limit, len(content_of(found, limit)))


def _row(found: Any) -> float:
    """The length of the rows that a stream is to be made up to (ISO 32000-1, 7.4.4.4), however little it holds."""
    stated = resolved(found.get("/DecodeParms"))
    rows = [resolved(each) for each in (stated if isinstance(stated, list) else [stated])]
    widths = [resolved(row.get("/Columns", 1)) for row in rows if isinstance(row, dict)]
    return max((width for width in widths if isinstance(width, int | float)), default=1)


def _inflated(packed: bytes, limit: int) -> Iterator[bytes]:
    """A packed stream piece by piece, up to the limit, as far as it is sound."""
    stream = zlib.decompressobj()
    total = 0
    try:
        while packed and total < limit:
            part = stream.decompress(packed, _CHUNK)
            total += len(part)
            yield part
            packed = stream.unconsumed_tail
    except zlib.error:
        return


def content_of(found: Any, limit: int) -> bytes:
    """What a stream holds unpacked, up to about the limit; nothing where it is no stream or cannot be unpacked."""
    from pypdf.errors import LimitReachedError
    from pypdf.generic import ArrayObject, NameObject, StreamObject

    if not isinstance(found, StreamObject):
        return b""
    filters = _filters(found)
    if filters == _FLATE:
        return b"".join(_inflated(found._data, limit))
    try:
        # The library knows no abbreviations.
        found[NameObject("/Filter")] = ArrayObject(NameObject(f"/{name}") for name in filters)
        return bytes(found.get_data())
    except LimitReachedError:
        return bytes(limit)
    except Exception:  # what cannot be unpacked takes no room, whatever the library says of it
        return b""


def resolved(found: Any) -> Any:
    """The object itself where a reference to it is given; nothing where it is not to be had."""
    try:
        return found.get_object() if hasattr(found, "get_object") else found
    except Exception:  # as for the objects of the file
        return None
