"""A stored number as its worksheet cell shows it, as far as the format is known (ECMA-376 part 1, clause 18.8.30).

What is shown differs from what is stored: 0.125 under `0.0%` shows 12.5%, day 44693 shows as a date. A format
that is not understood gives the stored number itself.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

#: Formats known by number only (clause 18.8.30), with the Chinese dates 27-36 and 50-58 reduced to what they show.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: "yyyy年m月",
    28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 36: "yyyy年m月",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0",
    42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 47: "mm:ss", 49: "@", 50: "yyyy年m月", 51: "m月d日",
    52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "yyyy年m月", 56: "m月d日", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
_QUOTED = re.compile(r'"([^"]*)"|[\\!](.)')
_BRACKETED = re.compile(r"\[(?!\$)[^\]]*\]|\[\$([^\]-]*)[^\]]*\]")
_PLACES = re.compile(r"[#0?,]*[#0?](?:\.[0#?]*)?|\.[0#?]+")
#: A number this long has lost digits: a worksheet keeps 15 (such as a credit code typed as a number).
KEPT_DIGITS = 15


def shown(stored: Decimal, code: str, *, base_1904: bool = False) -> str:
    """The text of a number under a format code."""
    if is_date(code):
        found = _date(stored, code, base_1904=base_1904)
        if found is not None:
            return found
    if stored.adjusted() > 30:
        return general(stored)
    if stored != stored.to_integral_value():
        # Excel keeps 15 digits and writes 17: 98.1 stands in its files as 98.099999999999994.
        stored = stored.normalize(Context(prec=KEPT_DIGITS, rounding=ROUND_HALF_UP))
    sections = _sections(code)
    negative = stored < 0 and len(sections) > 1
    for section in (sections[1], sections[0]) if negative else sections[:1]:
        text = _number(stored, section)
        if text is not None:
            return text
    return general(stored)


def general(stored: Decimal) -> str:
    """A number without format: the 15 digits a worksheet keeps, never in powers of ten."""
    rounded = stored.normalize(Context(prec=KEPT_DIGITS, rounding=ROUND_HALF_UP))
    return f"{rounded:f}" if -30 < rounded.adjusted() < 30 else str(stored)


def is_date(code: str) -> bool:
    """Whether a format code shows a date or a time."""
    bare = _BRACKETED.sub("", _QUOTED.sub("", code)).lower().split(";")[0]
    elapsed = re.search(r"\[(h+|m+|s+)\]", code.lower())
    return bool(elapsed or re.search(r"[ymdhs]", bare)) and "general" not in bare and not re.search(r"[#0?]", bare)


def _sections(code: str) -> list[str]:
    """The parts for positive, negative and zero; a semicolon inside quotes parts nothing."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)


def _date(stored: Decimal, code: str, *, base_1904: bool) -> str | None:
    """A day number as an ISO date, with only the parts the format shows: 2022-05-12, 2022-05, 2022, 08:30."""
    if not 0 <= stored < 2_958_466:
        return None
    bare = _BRACKETED.sub("", _QUOTED.sub("", code)).lower()
    if re.search(r"\[(h+|m+|s+)\]", code.lower()):
        return general(stored)
    # Day 60 is 29 February 1900, which never was; before it the count is one day off.
    epoch = date(1904, 1, 1) if base_1904 else date(1899, 12, 31 if stored < 60 else 30)
    seconds = int((stored % 1 * 86_400).to_integral_value(ROUND_HALF_UP))
    moment = datetime.combine(epoch, datetime.min.time()) + timedelta(days=int(stored), seconds=seconds)
    clock = "" if not re.search(r"[hs]", bare) else f"{moment:%H:%M:%S}" if "s" in bare else f"{moment:%H:%M}"
    if stored == int(stored) and re.search("[yd]", bare):
        clock = ""  # a date written with the format of a moment, as programs do
    days = re.sub(r"h+[^ymd]*m+|m+[^ymd]*s+", "", bare)
    if "d" in days:
        return f"{moment:%Y-%m-%d} {clock}".strip()
    if "m" in days and "y" in days:
        return f"{moment:%Y-%m}"
    if "y" in days:
        return f"{moment:%Y}"
    return clock or f"{moment:%Y-%m-%d}"


def _number(stored: Decimal, section: str) -> str | None:
    """The number in one section: its digits, thousands, percent and the words around it; None if not understood."""
    bare = re.sub(r"_.|\*.", "", section)
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(next(group for group in match.groups() if group is not None))
        return chr(0xE000 + len(literals) - 1)

    bare = _BRACKETED.sub(lambda match: match[1] or "", _QUOTED.sub(keep, bare))
    places = _PLACES.search(bare)
    rest = _PLACES.sub("", bare, count=1)
    if places is None or re.search(r"[#0?/@Ee]|General|(?<=.),$", rest):
        return None
    scaled = bare[places.end() :].startswith(",")
    if scaled or not re.search(r"[0#?]", places[0]):
        return None
    digits = _digits(abs(stored) * (100 ** rest.count("%")), places[0])
    text = bare[: places.start()] + digits + bare[places.end() :]
    text = re.sub("[\ue000-\uf8ff]", lambda match: literals[ord(match[0]) - 0xE000], text)
    if stored < 0:
        # Accounting formats show a minus as brackets; a bare minus is what every reader of numbers knows.
        text = re.sub(r"\((.*)\)", r"\1", re.sub(r"^([^\d-]*)-", r"\1", text))
    text = text.strip()
    return f"-{text}" if stored < 0 and re.search(r"[1-9]", digits) else text


def _digits(size: Decimal, places: str) -> str:
    whole, _, fraction = places.partition(".")
    fixed, most = fraction.count("0"), len(fraction)
    rounded = size.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP, Context(prec=60))
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    front, _, back = text.partition(".")
    back = back[:fixed] + back[fixed:].rstrip("0")
    front = front.zfill(whole.count("0")) if "," not in whole else front
    return f"{front}.{back}" if back else front
