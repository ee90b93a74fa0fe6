"""统一社会信用代码 (GB 32100-2015 with amendment 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any, ClassVar, Literal

from greenforms.codec import orgcode
from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms_extractors.folding import fold_code, fold_dashes, without_space

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(rf"[1-9ANY][0-9]{{7}}[{_ALPHABET}]{{8}}[0-9X][{_ALPHABET}]")
#: What typing and recognition confuse. The first five are no characters of the code at all.
_LOOK_ALIKES = {"O": "0", "I": "1", "S": "5", "Z": "2", "V": "Y", "l": "1", "B": "8", "8": "B", "D": "0", "Q": "0"}
_MOST_TRIES = 512


@dataclass(frozen=True, slots=True)
class Uscc(Codec):
    """Eighteen characters. Both checks are made: the last character, and positions 9–17 by GB 11714."""

    name: ClassVar[str] = "uscc"
    json_types: ClassVar[frozenset[str]] = frozenset({"string"})
    proof: ClassVar[Literal["", "list", "check-digit"]] = "check-digit"

    def format(self, value: Any) -> str:
        """Print the code without spaces."""
        return str(value)

    def parse(self, text: str) -> Reading:
        """Read the code; a wrong one is kept and reported, at most with a correction to compare with the licence."""
        if is_blank(text):
            return Reading(None)
        written = without_space(fold_dashes(fold_code(text))).replace("-", "")
        if not re.fullmatch(r"[0-9A-Za-z]+", written):
            return Reading(None, (_not_a_code(text, written),))
        value = written.upper()
        return Reading(value, _problems(value, written))

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How it is written."""
        return "18位统一社会信用代码"

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report what is wrong with the code, the most telling reason first."""
        return _problems(value, value)


def is_valid(code: str) -> bool:
    """Whether a code has the right shape and passes both checks."""
    return bool(_SHAPE.fullmatch(code)) and _outer_check(code) and orgcode.is_valid(code[8:17])


def _problems(value: str, written: str) -> tuple[Problem, ...]:
    if len(value) != 18:
        return (_wrong_length(value),)
    if not _SHAPE.fullmatch(value):
        return (Problem(f"统一社会信用代码“{written}”{_misshapen(value)}", _COMPARE, _offer(written)),)
    if not _outer_check(value):
        return (_bad_check(value, written),)
    if not orgcode.is_valid(value[8:17]):
        right = orgcode.check_character(value[8:16])
        reason = f"统一社会信用代码“{value}”第9至17位（组织机构代码部分）校验不通过，第17位应为“{right}”"
        return (Problem(reason, _COMPARE),)
    return ()


_COMPARE = "请对照营业执照逐位核对"


def _outer_check(value: str) -> bool:
    from stdnum.cn import uscc

    return bool(uscc.calc_check_digit(value[:17]) == value[17])


def _wrong_length(value: str) -> Problem:
    if re.fullmatch(r"[0-9]{15}", value):
        return Problem(f"“{value}”是15位，像是旧的营业执照注册号", "请填写18位统一社会信用代码")
    if len(value) == 9 and orgcode.is_valid(value):
        return Problem(f"“{value}”是9位组织机构代码", "请填写18位统一社会信用代码")
    return Problem(f"统一社会信用代码“{value}”应为18位，实为{len(value)}位", _COMPARE)


def _misshapen(value: str) -> str:
    if foreign := sorted(set(value) - set(_ALPHABET)):
        return f"中的“{'”“'.join(foreign)}”不是代码用字（不用I、O、S、V、Z和小写字母）"
    if value[0] not in "123456789ANY":
        return f"第1位“{value[0]}”不是登记管理部门代码"
    if not value[1:8].isdigit():
        return "第2至8位应为数字"
    return f"第17位“{value[16]}”应为数字或X"


def _bad_check(value: str, written: str) -> Problem:
    if value.isdigit() and value.endswith("000"):
        reason = f"统一社会信用代码“{value}”校验不通过，末三位是000：单元格按数值保存，后三位已丢失"
        return Problem(reason, "请按文本重新填写")
    return Problem(f"统一社会信用代码“{value}”的校验码不正确", _COMPARE, _offer(written))


def _not_a_code(text: str, written: str) -> Problem:
    found = [run for run in re.findall(r"(?<![0-9A-Za-z])[0-9A-Za-z]{18}(?![0-9A-Za-z])", written) if is_valid(run)]
    return Problem(
        f"“{text.strip()}”中有统一社会信用代码以外的文字", "本栏只填写18位代码", found[0] if len(found) == 1 else None
    )


def _offer(written: str) -> str | None:
    """The only code passing both checks that comes of replacing look-alikes, else None."""
    right = {code for code in islice(_variants(written), _MOST_TRIES) if is_valid(code)}
    return right.pop() if len(right) == 1 else None


def _variants(written: str) -> Iterator[str]:
    """Codes with look-alikes replaced: always where the character is impossible, at choice elsewhere."""
    choices = [
        (twin,) if twin and sign not in _ALPHABET and sign != "l" else (sign.upper(), twin) if twin else (sign.upper(),)
        for sign, twin in ((sign, _LOOK_ALIKES.get(sign if sign == "l" else sign.upper())) for sign in written)
    ]
    yield from map("".join, product(*choices))
