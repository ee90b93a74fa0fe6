"""Folding of widths, look-alike code points and invisible characters, so that texts can be compared and read.

Readers keep text as it stands in the file; whoever compares or reads it folds it with one of these. NFKC is right for
codes, numbers written alone and labels, and wrong for prose: it turns 10⁴ into 104, m² into m2 and ① into 1. So prose
gets NFC, which also settles compatibility ideographs (F900), and a closed list of replacements: full-width digits and
letters, the ideographic space, and the radicals that PDF files give instead of ordinary characters (Unicode blocks
FF00, 2F00 and 2E80). Radicals of block 2E80 are no compatibility characters, so NFKC leaves them alone.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: Byte order mark, zero-width and direction marks, joiners, soft hyphen, variation selectors: they print nothing.
INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        0x061C,
        *range(0x180B, 0x1810),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        0xFEFF,
        *range(0xE0100, 0xE01F0),
    ]
)

#: Chinese characters, common and rare, for use inside a character class.
IDEOGRAPHS = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

#: Dashes and minus signs met in data, all read as "-". The letter-like 一 is left alone.
DASHES = "‐\u2011\u2012–—―−－﹣"

_FULL_WIDTH = {code: code - 0xFEE0 for start, end in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
               for code in range(start, end + 1)}  # fmt: skip
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
#: Radicals of block 2E80, each before its character, as Unicode's property Equivalent_Unified_Ideograph says.
_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀"
    "⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月"
    "⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目"
    "⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂"
    "⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲"
    "⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏"
    "⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨"
    "⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜"
    "⻲亀⻳龟"
)
_RADICALS = {ord(radical): ideograph for radical, ideograph in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)}
_PROSE = {**INVISIBLE, **_FULL_WIDTH, **_KANGXI, **_RADICALS, 0x3000: " "}
#: NFKC makes the same of these, but takes ten times as long over a text that holds one of them.
_FULL_WIDTH_SIGNS: dict[int, int | str] = {0x3000: " ", **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}}
_CODE: dict[int, int | str | None] = {**INVISIBLE, **_RADICALS, **_FULL_WIDTH_SIGNS}
_ONE_DASH = dict.fromkeys(map(ord, DASHES), "-")
_LABEL = {
    **_ONE_DASH,
    **dict.fromkeys(map(ord, "[〔【〈《「{"), "("),
    **dict.fromkeys(map(ord, "]〕】〉》」}"), ")"),
    **dict.fromkeys(map(ord, "•∙⋅・"), "·"),
    ord("∶"): ":",
}
_LABEL_TAIL = ":,;。、."
#: Labels and short values are folded over and over again; what is longer is a text, met seldom and not worth keeping.
_LABEL_LENGTH = 60


def fold_prose(text: str) -> str:
    """Fold running text and quantities: widths, radicals and invisible characters, nothing that carries meaning."""
    if text.isascii():  # nothing of it is folded
        return text
    return _prose_once(text) if len(text) <= _LABEL_LENGTH else _prose(text)


def _prose(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_PROSE))


def fold_code(text: str) -> str:
    """Fold codes, telephone numbers, e-mail addresses and dates: NFKC. White space and dashes are the caller's."""
    if text.isascii():
        return text
    return _code_once(text) if len(text) <= _LABEL_LENGTH else _code(text)


def _code(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_CODE))


def fold_dashes(text: str) -> str:
    """Write every dash and minus sign as "-"."""
    return text if text.isascii() else text.translate(_ONE_DASH)


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


def without_space(text: str) -> str:
    """Drop all white space and invisible characters."""
    if text.isascii():
        return "".join(text.split())
    return _seen_once(text) if len(text) <= _LABEL_LENGTH else _seen(text)


def _seen(text: str) -> str:
    return "".join(text.translate(INVISIBLE).split())


_folded_once, _prose_once, _code_once, _seen_once = map(lru_cache(maxsize=1 << 14), (_folded, _prose, _code, _seen))
