"""A stored number as its worksheet cell shows it, as far as the format is known (ECMA-376 part 1, clause 18.8.30).

What is shown differs from what is stored: 0.125 under `0.0%` shows 12.5%, day 44693 shows as a date. A format
that is not understood gives the stored number itself.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from greenforms_extractors.sheet.format_code import Section, sections_of

#: Formats known by number only (clause 18.8.30), with the Chinese dates 27-36 and 50-58 reduced to what they show.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: "yyyy年m月",
    28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 36: "yyyy年m月",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0",
    42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 47: "mm:ss", 49: "@", 50: "yyyy年m月", 51: "m月d日",
    52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "yyyy年m月", 56: "m月d日", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
#: A number this long has lost digits: a worksheet keeps 15 (such as a credit code typed as a number).
KEPT_DIGITS = 15
#: Numbers of more digits before or behind the point are shown as they are stored.
_MOST_DIGITS = 30
#: A worksheet holds numbers up to 1.8 × 10^308; what has a longer text or a larger power of ten is none.
_LONGEST, _LARGEST = 400, 310


def number_of(text: str) -> Decimal | None:
    """The number that a cell stores as this text, None where it is none."""
    if len(text) > _LONGEST:
        return None
    try:
        found = Decimal(text.strip())
    except ArithmeticError:
        return None
    return found if found.is_finite() and -_LARGEST < found.adjusted() < _LARGEST else None


def shown(stored: Decimal, code: str, *, base_1904: bool = False) -> str:
    """The text of a number under a format code."""
    sections = sections_of(code)
    if sections[0].is_date:
        found = _date(stored, sections[0], base_1904=base_1904)
        if found is not None:
            return found
    if stored.adjusted() > _MOST_DIGITS:
        return general(stored)
    if stored != stored.to_integral_value():
        # Excel keeps 15 digits and writes 17: 98.1 stands in its files as 98.099999999999994.
        stored = stored.normalize(Context(prec=KEPT_DIGITS, rounding=ROUND_HALF_UP))
    negative = stored < 0 and len(sections) > 1
    for section in (sections[1], sections[0]) if negative else sections[:1]:
        text = _number(stored, section)
        if text is not None:
            return text
    return general(stored)


def general(stored: Decimal) -> str:
    """A number without format: the 15 digits a worksheet keeps, never in powers of ten."""
    rounded = stored.normalize(Context(prec=KEPT_DIGITS, rounding=ROUND_HALF_UP))
    return f"{rounded:f}" if -_MOST_DIGITS < rounded.adjusted() < _MOST_DIGITS else str(stored)


def is_date(code: str) -> bool:
    """Whether a format code shows a date or a time."""
    return sections_of(code)[0].is_date


def serial(moment: datetime, *, base_1904: bool = False) -> Decimal:
    """The day number that stands for a moment, whole seconds counted."""
    past = moment - datetime(1904, 1, 1) if base_1904 else moment - datetime(1899, 12, 30)
    # Day 60 is 29 February 1900, which never was; before it the count is one day off.
    early = not base_1904 and past.days <= 60
    return Decimal(past.days - early) + Decimal(past.seconds) / 86_400


def _date(stored: Decimal, section: Section, *, base_1904: bool) -> str | None:
    """A day number as an ISO date, with only the parts the format shows: 2022-05-12, 2022-05, 2022, 08:30."""
    if not 0 <= stored < 2_958_466:
        return None
    if section.elapsed:
        return general(stored)
    epoch = date(1904, 1, 1) if base_1904 else date(1899, 12, 31 if stored < 60 else 30)
    seconds = int((stored % 1 * 86_400).to_integral_value(ROUND_HALF_UP))
    try:
        moment = datetime.combine(epoch, datetime.min.time()) + timedelta(days=int(stored), seconds=seconds)
    except OverflowError:  # beyond the year 9999
        return None
    letters = section.date_letters
    clock = "" if not letters & {"h", "s"} else f"{moment:%H:%M:%S}" if "s" in letters else f"{moment:%H:%M}"
    if stored == int(stored) and letters & {"y", "d"}:
        clock = ""  # a date written with the format of a moment, as programs do
    if "d" in letters:
        return f"{moment:%Y-%m-%d} {clock}".strip()
    if letters >= {"m", "y"}:
        return f"{moment:%Y-%m}"
    if "y" in letters:
        return f"{moment:%Y}"
    return clock or f"{moment:%Y-%m-%d}"


def _number(stored: Decimal, section: Section) -> str | None:
    """The number in one section: its digits, thousands, percent and the words around it; None if not understood."""
    places = section.places
    if places is None or max(len(places.whole), len(places.fraction)) > _MOST_DIGITS:
        return None
    size = abs(stored).scaleb(2 * min(places.percents, _MOST_DIGITS), Context(prec=_LONGEST + _LARGEST))
    if size.adjusted() > _MOST_DIGITS:
        return None
    digits = _digits(size, places.whole, places.fraction)
    text = f"{places.before}{digits}{places.behind}"
    if stored < 0:
        text = _without_sign(text)
    text = text.strip()
    return f"-{text}" if stored < 0 and any(digit in "123456789" for digit in digits) else text


def _without_sign(text: str) -> str:
    """Accounting formats show a minus as brackets; a bare minus is what every reader of numbers knows."""
    at = next((place for place, char in enumerate(text) if char == "-" or char.isdigit()), 0)
    if text[at : at + 1] == "-":
        text = text[:at] + text[at + 1 :]
    opening, closing = text.find("("), text.rfind(")")
    return text if not 0 <= opening < closing else text[:opening] + text[opening + 1 : closing] + text[closing + 1 :]


def _digits(size: Decimal, whole: str, fraction: str) -> str:
    fixed, most = fraction.count("0"), len(fraction)
    rounded = size.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP, Context(prec=3 * _MOST_DIGITS))
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    front, _, back = text.partition(".")
    back = back[:fixed] + back[fixed:].rstrip("0")
    front = front.zfill(whole.count("0")) if "," not in whole else front
    return f"{front}.{back}" if back else front
