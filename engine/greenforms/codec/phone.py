"""Telephone and fax numbers, by the numbering plan that phonenumbers carries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms.codec.look_alikes import read_as_figures
from greenforms_extractors.folding import fold_code, fold_dashes, without_space

#: Between numbers; white space counts only after a whole number, elsewhere a narrow cell made it.
_BETWEEN = re.compile(r"[/、;,，；]|或|(?<=[0-9]{7})\s+(?=\(?0[0-9]{2,3}|1[0-9]{10})")
_EXTENSION = re.compile(
    r"(?P<number>.+?)(?:转|分机号?|ext\.?|#)(?P<spoken>[0-9]{1,6})"
    r"|(?P<main>\(?0[0-9]{2,3}\)?-?[0-9]{7,8})-(?P<dashed>[0-9]{1,5})",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\+?[0-9()-]+")
_AREA = re.compile(r"0[0-9]{2,3}(?=-)")
_LOCAL = re.compile(r"[0-9]{7,8}(?:转[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Phone(Codec):
    """One number or several joined by 、: 0471-4901234, 13800138000, 021-62345678转801.

    The value is the canonical printed form. Digits are counted per area code; a fax (`kind`) is no mobile number.
    """

    name: ClassVar[str] = "phone"
    json_types: ClassVar[frozenset[str]] = frozenset({"string"})
    unbroken: ClassVar[bool] = True
    width: ClassVar[int] = 20

    kind: Literal["phone", "fax"] = "phone"

    def format(self, value: Any) -> str:
        """Print the number."""
        return str(value)

    def parse(self, text: str) -> Reading:
        """Read numbers with all dashes, brackets, prefixes and extensions met; a wrong number is kept and reported."""
        if is_blank(text):
            return Reading(None)
        numbers, problems, area = [], [], ""
        for part in filter(None, map(str.strip, _BETWEEN.split(fold_dashes(fold_code(text))))):
            number, problem = self._one(f"{area}-{part}" if area and _LOCAL.fullmatch(part) else part)
            area = found[0] if (found := _AREA.match(number)) else ""
            numbers.append(number)
            problems += [problem] if problem else []
        if not numbers:
            return Reading(None, (Problem(f"“{text.strip()}”不是{self._word}", "请填写号码"),))
        return Reading("、".join(numbers), tuple(problems))

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How numbers are written."""
        several = "" if self.kind == "fax" else "；几个号码用“、”隔开"
        return f"{'固定电话号码，' if self.kind == 'fax' else '固定电话'}写区号，如 0471-4901234{several}"

    def likely(self, text: str) -> Any:
        """What the text says when letters that look like digits are read as such."""
        return read_as_figures(self, text)

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report numbers that cannot be called and other than canonical spelling."""
        reading = self.parse(value)
        if not reading.problems and reading.value != value:
            return (Problem(f"{self._word}“{value}”的写法不统一", "请按建议的写法填写", reading.value),)
        return reading.problems

    @property
    def _word(self) -> str:
        return "传真号码" if self.kind == "fax" else "电话号码"

    def _one(self, written: str) -> tuple[str, Problem | None]:
        text = " ".join(written.split())
        found = _EXTENSION.fullmatch(without_space(text))
        main = (found["number"] or found["main"]) if found else without_space(text)
        extension = (found["spoken"] or found["dashed"]) if found else ""
        if not _DIGITS.fullmatch(main):
            return text, Problem(f"“{text}”不是{self._word}", "请只填写号码")
        number, mobile = _canonical(main)
        if number is None:
            return text, Problem(f"{self._word}“{text}”{_fault(main)}", "请核对号码，固定电话写成0471-4901234的样式")
        if mobile and self.kind == "fax":
            return number, Problem(f"传真号码“{number}”是手机号码", "请填写固定电话号码，没有传真的按表格规定填写")
        return number + (f"转{extension}" if extension else ""), None


def _canonical(text: str) -> tuple[str | None, bool]:
    """The number as it is printed and whether it is a mobile one, or None when the plan has no such number."""
    import phonenumbers as plan

    try:
        number = plan.parse(text, "CN")
    except plan.NumberParseException:
        return None, False
    if not plan.is_valid_number(number):
        return None, False
    if number.country_code != 86:
        return plan.format_number(number, plan.PhoneNumberFormat.INTERNATIONAL), False
    digits = plan.national_significant_number(number)
    mobile = plan.number_type(number) == plan.PhoneNumberType.MOBILE
    area = plan.length_of_geographical_area_code(number)
    if area and not mobile:
        return f"0{digits[:area]}-{digits[area:]}", False
    return (f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" if re.fullmatch(r"[48]00[0-9]{7}", digits) else digits), mobile


def _fault(text: str) -> str:
    digits = re.sub(r"[^0-9]", "", text)
    if re.fullmatch(r"[2-9][0-9]{6,7}", digits):
        return "没有区号"
    if digits.startswith("1") and len(digits) in (9, 10, 12, 13):
        return f"像是手机号码，应为11位，实为{len(digits)}位"
    if digits.startswith("0"):
        return "的区号或位数不对"
    return "不是有效号码"
