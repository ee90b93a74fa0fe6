"""组织机构代码 (GB 11714-1997). Old forms still ask for it; since 2015 it lives inside the 统一社会信用代码."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms.codec.look_alikes import alike_codes
from greenforms_extractors.folding import fold_code, fold_dashes, without_space

_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]")
#: GB 11714-1997 keeps PDY00001 to PDY99999 for private use.
_PRIVATE = re.compile(r"PDY[0-9]{5}.")
_USCC = re.compile(r"[0-9A-Z]{18}")


def check_character(body: str) -> str:
    """The ninth character of the code whose first eight are given."""
    remainder = sum(_VALUES.index(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True)) % 11
    return "0X987654321"[remainder]


def is_valid(code: str) -> bool:
    """Whether nine characters are a well-formed code with the right check character."""
    return bool(_CODE.fullmatch(code)) and check_character(code[:8]) == code[8]


@dataclass(frozen=True, slots=True)
class OrgCode(Codec):
    """Nine characters, stored without the hyphen and printed XXXXXXXX-X."""

    name: ClassVar[str] = "orgcode"
    json_types: ClassVar[frozenset[str]] = frozenset({"string"})
    unbroken: ClassVar[bool] = True
    proof: ClassVar[Literal["", "list", "check-digit"]] = "check-digit"

    def format(self, value: Any) -> str:
        """Print with the hyphen; what is no nine characters is printed as it is."""
        return f"{value[:8]}-{value[8]}" if _CODE.fullmatch(value) else str(value)

    def parse(self, text: str) -> Reading:
        """Read the code with or without hyphen; a wrong code is kept and reported.

        Of the 18 characters that every unit has since 2015 those that are the code are taken, and that is said.
        """
        if is_blank(text):
            return Reading(None)
        value = without_space(fold_dashes(fold_code(text))).replace("-", "").upper()
        if not re.fullmatch(r"[0-9A-Z]+", value):
            return Reading(None, (Problem(f"“{text.strip()}”不是组织机构代码", "请填写9位组织机构代码"),))
        if _USCC.fullmatch(value) and is_valid(value[8:17]):
            return Reading(value[8:17], (_of_another_kind(value, "已取第9至17位，请核对；表上应改填这9位"),))
        return Reading(value, self.check(value))

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How it is written."""
        return "9位组织机构代码（统一社会信用代码第9至17位）"

    def likely(self, text: str) -> str | None:
        """The only code with the right check character among those that look like the text."""
        written = without_space(fold_code(text)).replace("-", "")
        right = {code for code in alike_codes(written) if is_valid(code)}
        return right.pop() if len(right) == 1 else None

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report wrong length, characters and check character, and a code of another kind."""
        if _USCC.fullmatch(value):
            inner = value[8:17]
            offered = inner if is_valid(inner) else None
            return (_of_another_kind(value, "本栏填写其中第9至17位", offered),)
        if not _CODE.fullmatch(value):
            return (
                Problem(f"组织机构代码“{value}”不是8位数字或大写字母加1位校验码", "请核对后填写9位代码，不写短横线"),
            )
        if _PRIVATE.fullmatch(value) or value == "000000000":
            return (Problem(f"“{value}”不是实际使用的组织机构代码", "请对照证照填写"),)
        right = check_character(value[:8])
        if right != value[8]:
            reason = f"组织机构代码“{self.format(value)}”的校验码应为“{right}”，实为“{value[8]}”"
            return (Problem(reason, "请对照证照逐位核对"),)
        return ()


def _of_another_kind(value: str, remedy: str, offered: str | None = None) -> Problem:
    return Problem(f"“{value}”是18位统一社会信用代码", remedy, offered)
