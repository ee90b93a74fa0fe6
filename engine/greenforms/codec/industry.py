"""国民经济行业 (GB/T 4754-2017, amended 2019), as text with its code: 光伏设备及元器件制造（3825）.

Not all of the standard's 1382 小类 are shipped: a code is checked by its four digits and the 大类 they begin with, and
held against the name beside it where that is a 小类 of the list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Literal

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.data import read_text, read_yaml
from greenforms.codec.text import Text
from greenforms_extractors.folding import fold_prose, without_space

_CODE = re.compile(r"(?<![0-9A-Za-z.-])(?P<section>[A-Za-z])?(?P<digits>[0-9]{2,})(?![0-9A-Za-z])")
#: What is left at the ends of a name when its code is taken out: brackets, dashes and colons.
_AROUND_CODE = re.compile(r"^[-—:：,，、·]+|[-—:：,，、·]*(?:[(（][)）])?$|^[(（][)）]")
_STANDARD = re.compile(r"GB\s*/?\s*T\s*4754\s*(?:[-‐–—－]\s*[0-9]{4})?", re.IGNORECASE)
_LEVELS = {2: "大类", 3: "中类"}


@dataclass(frozen=True, slots=True)
class Industry(Codec):
    """An industry as written; a code in it must be one 小类 of four digits. `code` says whether there must be one."""

    name: ClassVar[str] = "industry"
    json_types: ClassVar[frozenset[str]] = frozenset({"string"})
    free_text: ClassVar[bool] = True
    width: ClassVar[int] = 32

    code: Literal["optional", "required"] = "optional"

    def format(self, value: Any) -> str:
        """Print the text."""
        return Text().format(value)

    def parse(self, text: str) -> Reading:
        """Read the text as it stands and check the code in it."""
        value = Text().parse(text).value
        return Reading(value, self.check(value)) if value else Reading(None)

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How it is written."""
        return "行业名称和 GB/T 4754-2017 四位代码，如 石墨及碳素制品制造（3091）"

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report a code of the wrong level, of no 大类, with another letter, or with its meaning of 2011."""
        problems = Text().check(value)
        codes = list(_CODE.finditer(_STANDARD.sub("", fold_prose(value))))
        if not codes and self.code == "required":
            return (*problems, Problem(f"所属行业“{value}”没有写行业代码", "请写明GB/T 4754-2017的4位小类代码"))
        if len(codes) > 1:
            return (*problems, Problem(f"所属行业“{value}”中不止一个代码", "请只写一个4位小类代码"))
        return (*problems, *(problem for code in codes for problem in _code_problems(code, value)))


def industry_code(value: str) -> str | None:
    """The four digits in an industry text, without the letter of the 门类; None when there is not exactly one code."""
    codes = list(_CODE.finditer(_STANDARD.sub("", fold_prose(value))))
    return codes[0]["digits"] if len(codes) == 1 and len(codes[0]["digits"]) == 4 else None


def section_of(value: str) -> tuple[str, str] | None:
    """The letter and name of the 门类 that an industry text is of, by its code or by the name of a 大类; else None."""
    table, code = read_yaml("industries.yaml"), industry_code(value)
    named = {division["name"]: division["section"] for division in table["divisions"].values()}
    division = table["divisions"].get(code[:2]) if code else None
    letter = division["section"] if division else named.get(without_space(fold_prose(value)))
    return (letter, table["sections"][letter]) if letter else None


@dataclass(frozen=True, slots=True)
class IndustryClass:
    """A 小类."""

    code: str
    name: str


def written_as(value: str) -> IndustryClass | None:
    """The 小类 that an industry text names while its code is another's; None where they agree or nobody knows."""
    code = industry_code(value)
    if code is None:
        return None
    named = _classes().get(_AROUND_CODE.sub("", without_space(_CODE.sub("", fold_prose(value)))))
    return named if named is not None and named.code != code else None


@cache
def _classes() -> Mapping[str, IndustryClass]:
    lines = (line.partition(" ") for line in read_text("industry_classes.txt").splitlines() if not line.startswith("#"))
    return {without_space(fold_prose(name)): IndustryClass(code, name) for code, _, name in lines}


def _code_problems(code: re.Match[str], value: str) -> tuple[Problem, ...]:
    digits, table = code["digits"], read_yaml("industries.yaml")
    if len(digits) != 4:
        level = f"是{_LEVELS[len(digits)]}代码" if len(digits) in _LEVELS else f"有{len(digits)}位"
        return (Problem(f"行业代码“{digits}”{level}", "请填写4位小类代码"),)
    division = table["divisions"].get(digits[:2])
    if division is None:
        return (Problem(f"行业代码“{digits}”的前两位“{digits[:2]}”不是GB/T 4754-2017的大类", "请核对行业代码"),)
    if code["section"] and code["section"].upper() != division["section"]:
        name = table["sections"][division["section"]]
        reason = f"行业代码“{code[0]}”的门类字母应为“{division['section']}”（{name}）"
        return (Problem(reason, "请核对行业代码"),)
    renamed = table["renamed"].get(digits)
    if renamed and renamed["name_2011"] in value:
        reason = f"代码“{digits}”在2017年版中是“{renamed['name']}”，“{renamed['name_2011']}”是2011年版的名称"
        return (Problem(reason, "请按GB/T 4754-2017填写代码和名称"),)
    return ()
