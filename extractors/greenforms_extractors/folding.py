"""Folding of widths, look-alike code points and invisible characters, so that texts can be compared and read.

Readers keep text as it stands in the file; whoever compares or reads it folds it with one of these. NFKC is right for
codes, numbers written alone and labels, and wrong for prose: it turns 10⁴ into 104, m² into m2 and ① into 1. So prose
gets NFC and a closed list of replacements: full-width digits and letters, the ideographic space, and the Kangxi
radicals that PDF files give instead of ordinary characters (Unicode blocks FF00 and 2F00).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: Byte order mark, zero-width and direction marks, soft hyphen: they print nothing.
INVISIBLE = dict.fromkeys([0xFEFF, *range(0x200B, 0x2010), 0x00AD])

#: Dashes and minus signs met in data, all read as "-". The letter-like 一 is left alone.
DASHES = "‐\u2011\u2012–—―−－﹣"

_FULL_WIDTH = {code: code - 0xFEE0 for start, end in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
               for code in range(start, end + 1)}  # fmt: skip
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_PROSE = {**INVISIBLE, **_FULL_WIDTH, **_KANGXI, 0x3000: " "}
_ONE_DASH = dict.fromkeys(map(ord, DASHES), "-")
_LABEL = {
    **_ONE_DASH,
    **dict.fromkeys(map(ord, "[〔【〈《「{"), "("),
    **dict.fromkeys(map(ord, "]〕】〉》」}"), ")"),
    **dict.fromkeys(map(ord, "•∙⋅・"), "·"),
    ord("∶"): ":",
}
_LABEL_TAIL = ":,;。、."
#: Labels are folded over and over again; what is longer is a text, met once and not worth keeping.
_LABEL_LENGTH = 60


def fold_prose(text: str) -> str:
    """Fold running text and quantities: widths, radicals and invisible characters, nothing that carries meaning."""
    return unicodedata.normalize("NFC", text.translate(_PROSE))


def fold_code(text: str) -> str:
    """Fold codes, telephone numbers, e-mail addresses and dates: NFKC. White space and dashes are the caller's."""
    return unicodedata.normalize("NFKC", text.translate(INVISIBLE))


def fold_dashes(text: str) -> str:
    """Write every dash and minus sign as "-"."""
    return text.translate(_ONE_DASH)


def fold_label(text: str) -> str:
    """Fold a label for comparison: NFKC, no white space, one kind of bracket, nothing but the words at the end.

    Text in brackets stays, so 总资产(万元) and 总资产(元) remain different; whoever wants less cuts at "(".
    """
    return fold_words(text).rstrip(_LABEL_TAIL)


def fold_words(text: str) -> str:
    """Fold as for a label and keep the signs at the end: fixed words around a value, such as `家，`."""
    return _folded_once(text) if len(text) <= _LABEL_LENGTH else _folded(text)


def _folded(text: str) -> str:
    return fold_code(without_space(fold_code(text))).translate(_LABEL)


_folded_once = lru_cache(maxsize=1 << 14)(_folded)


def without_space(text: str) -> str:
    """Drop all white space and invisible characters."""
    return "".join(text.translate(INVISIBLE).split())
