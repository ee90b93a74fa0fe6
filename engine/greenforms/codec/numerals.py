"""Chinese numerals, read only when the whole text is one: in prose 一般 and 一期 are words, not numbers."""

from __future__ import annotations

import re
from decimal import Decimal

#: The digits as they are written in years, 〇 in its three spellings (〇 U+3007, ○ U+25CB, 零).
DIGITS = {**{digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0"}

_TO_DIGITS = str.maketrans(DIGITS)
_TEN = re.compile(r"(?P<tens>[一二三四五六七八九])?十(?P<ones>[一二三四五六七八九])?")
_NUMERAL = re.compile(
    r"(?P<sign>负)?(?P<whole>[〇○零一二三四五六七八九两十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟]+)"
    r"(?:点(?P<part>[〇○零一二三四五六七八九]+))?"
)


def read_digits(text: str) -> str:
    """Replace Chinese digits one by one (二〇二二 is 2022); everything else stays."""
    return text.translate(_TO_DIGITS)


def read_tens(text: str) -> str:
    """Replace the numerals of a date by value (十 10, 二十 20, 三十一 31), other digits one by one."""
    return read_digits(_TEN.sub(lambda ten: f"{ten['tens'] or '一'}{ten['ones'] or '〇'}", text))


def write_digits(number: int) -> str:
    """Write a number digit by digit: 2022 is 二〇二二."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def write_tens(number: int) -> str:
    """Write a number below a hundred by value: 12 is 十二, 31 is 三十一."""
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{write_digits(tens)}十"
    return lead + (write_digits(ones) if ones or not tens else "")


def read_numeral(text: str) -> Decimal | None:
    """The value of a text that is a well-formed Chinese numeral, else None.

    Colloquial shortening (三千五) is refused: it may as well be 3005 with a sign missing.
    """
    found = _NUMERAL.fullmatch(text)
    if found is None:
        return None
    whole = _whole(found["whole"])
    if whole is None:
        return None
    part = f".{read_digits(found['part'])}" if found["part"] else ""
    return Decimal(f"{'-' if found['sign'] else ''}{whole}{part}")


def _whole(text: str) -> str | None:
    if all(sign in DIGITS for sign in text):
        return read_digits(text)
    import cn2an

    spelled = (
        text.replace("两", "二").replace("〇", "零").replace("○", "零").replace("廿", "二十").replace("卅", "三十")
    )
    try:
        return str(cn2an.cn2an(spelled, "strict"))
    except ValueError:
        return None
