"""Numbers the Type 1 fonts in a PDF from one on.

LibreOffice gives each font it embeds a number, in clear and encrypted, and counts on from file to file; the same paper
printed twice by one running LibreOffice would differ in nothing else. Newer versions embed fonts without a number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pypdf import PdfWriter

#: The first number LibreOffice gives, in the range that anyone may use (Adobe Type 1 Font Format, 2.5).
_FIRST = 4_100_001
_NUMBER = re.compile(rb"(?<=/UniqueID )\d{7}(?= def)")
#: The cipher of the private part of a font (Adobe Type 1 Font Format, 7.1 and 7.2).
_KEY, _FACTOR, _TERM = 55665, 52845, 22719
#: The number stands among the first entries of the private part.
_PEEKED = 2048


def number_fonts(writer: PdfWriter) -> None:
    """Give the embedded Type 1 fonts (ISO 32000-1, 9.9: streams with a Length2) consecutive numbers."""
    from pypdf.generic import StreamObject

    fonts = (each for each in writer._objects if isinstance(each, StreamObject) and "/Length2" in each)
    for number, font in enumerate(fonts, _FIRST):
        clear, private = (cast("int", font[name]) for name in ("/Length1", "/Length2"))
        font.set_data(numbered(font.get_data(), clear, private, number))


def numbered(font: bytes, clear: int, private: int, number: int) -> bytes:
    """A font with another number of seven digits. `clear` and `private` are the lengths of its first two parts."""
    digits = b"%07d" % number
    secret = font[clear : clear + private]
    found = _NUMBER.search(_deciphered(secret[:_PEEKED]))
    if found is not None and found.group() != digits:
        secret = _overwritten(secret, found.start(), digits)
    return _NUMBER.sub(digits, font[:clear]) + secret + font[clear + private :]


def _deciphered(secret: bytes) -> bytes:
    plain = bytearray()
    key = _KEY
    for byte in secret:
        plain.append(byte ^ key >> 8)
        key = (byte + key) * _FACTOR + _TERM & 0xFFFF
    return bytes(plain)


def _overwritten(secret: bytes, start: int, text: bytes) -> bytes:
    """The ciphered bytes with other plain text from `start` on; every later byte depends on those before it."""
    changed = bytearray()
    old = new = _KEY
    for index, byte in enumerate(secret):
        plain = text[index - start] if start <= index < start + len(text) else byte ^ old >> 8
        ciphered = plain ^ new >> 8
        old = (byte + old) * _FACTOR + _TERM & 0xFFFF
        new = (ciphered + new) * _FACTOR + _TERM & 0xFFFF
        changed.append(ciphered)
    return bytes(changed)
