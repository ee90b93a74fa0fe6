"""Zip packages of members that are partly deflated already: what is the same on every paper is deflated once.

The same members give the same bytes: dates, order and the system named are ours (APPNOTE 6.3.10, 4.3 and 4.4).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_CONTENT_TYPES = "[Content_Types].xml"
#: As zlib sets out by itself: what more effort saves is not worth its time.
_LEVEL = 6
#: Version 2.0 of the format; names in UTF-8 say so in a flag.
_VERSION, _UTF8, _DEFLATED = 20, 0x800, 8
#: The earliest moment an entry can name, 1 January 1980.
_DATE, _TIME = 0x21, 0
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class Deflated:
    """A member as it stands in the package."""

    content: bytes
    size: int
    checksum: int


class Deflating:
    """A member that is deflated while it is written, so that it never stands in memory as a whole."""

    __slots__ = ("_checksum", "_compressor", "_pieces", "_size")

    def __init__(self) -> None:
        self._compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._pieces: list[bytes] = []
        self._checksum = self._size = 0

    def write(self, content: bytes) -> None:
        """Go on with the member."""
        self._checksum = zlib.crc32(content, self._checksum)
        self._size += len(content)
        self._pieces.append(self._compressor.compress(content))

    def finish(self) -> Deflated:
        """The whole member."""
        self._pieces.append(self._compressor.flush())
        return Deflated(b"".join(self._pieces), self._size, self._checksum)


def deflated(pieces: Iterable[bytes]) -> Deflated:
    """A member of these pieces."""
    member = Deflating()
    for piece in pieces:
        member.write(piece)
    return member.finish()


def packed(members: Mapping[str, Deflated]) -> bytes:
    """The package: content types first, then what relates its parts, then the parts by name."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    position = 0
    for name in sorted(members, key=lambda name: (name != _CONTENT_TYPES, not name.startswith("_rels/"), name)):
        member, encoded = members[name], name.encode()
        flags = 0 if name.isascii() else _UTF8
        what = struct.pack("<HHHHHIIIHH", _VERSION, flags, _DEFLATED, _TIME, _DATE,
                           member.checksum, len(member.content), member.size, len(encoded), 0)  # fmt: skip
        directory += (_CENTRAL, struct.pack("<H", _VERSION), what, struct.pack("<HHHII", 0, 0, 0, 0, position), encoded)
        own = (_LOCAL, what, encoded, member.content)
        position += sum(map(len, own))
        pieces += own
    central = b"".join(directory)
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(central), position, 0)
    return b"".join((*pieces, central, _END, end))


class Parts(dict[str, bytes]):
    """The parts of a package that are the same on every paper, each with its deflated form once that was asked for.

    `record`: where the record goes, if there is one.
    """

    def __init__(self, parts: Mapping[str, bytes], record: str = "") -> None:
        super().__init__(parts)
        self.record = record
        self._ready: dict[str, Deflated] = {}

    def packed(self, parts: Mapping[str, bytes], written: Mapping[str, Deflated]) -> bytes:
        """The package of these parts, most of which are the ones kept here, and of what was written for one paper."""
        members = {name: self._member(name, part) for name, part in parts.items() if name not in written}
        return packed({**members, **written})

    def _member(self, name: str, part: bytes) -> Deflated:
        if part is not self.get(name):
            return deflated([part])
        if name not in self._ready:
            self._ready[name] = deflated([part])
        return self._ready[name]
