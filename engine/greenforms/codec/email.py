"""E-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms.codec.data import read_yaml
from greenforms_extractors.folding import fold_code

#: Addresses that every rule of the library passes: short, plain, below a domain that is open to all. The library
#: takes longer to load than all the rest of a check, and is asked for the others.
_PLAIN = re.compile(
    r"(?=.{1,63}\Z)[a-z0-9]+(?:[._-][a-z0-9]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)*\.(?:com|cn|net|org)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Email(Codec):
    """One address, checked for its syntax (RFC 5322 and 1035, by email-validator) and for often mistyped domains."""

    name: ClassVar[str] = "email"
    json_types: ClassVar[frozenset[str]] = frozenset({"string"})
    width: ClassVar[int] = 26

    def format(self, value: Any) -> str:
        """Print the address."""
        return str(value)

    def parse(self, text: str) -> Reading:
        """Read an address; breaks that a narrow cell made are closed, a wrong address is kept and reported."""
        if is_blank(text):
            return Reading(None)
        value = re.sub(r"\s*\n\s*", "", fold_code(text).strip())
        return Reading(value, self.check(value))

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How it is written."""
        return "填一个邮箱地址"

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report wrong syntax and mistyped domains."""
        fault = _fault(value)
        if fault:
            return (Problem(f"电子邮箱“{value}”{fault}", "请核对后填写一个完整的邮箱地址", _mended(value)),)
        account, _, domain = value.rpartition("@")
        right = read_yaml("email_domains.yaml").get(domain.lower())
        if right:
            return (Problem(f"电子邮箱“{value}”的域名“{domain}”像是误写", "请核对邮箱域名", f"{account}@{right}"),)
        return ()


def _fault(value: str) -> str:
    if "＠" in value:
        return "用了全角的“＠”"
    if re.search(r"\s", value):
        return "中有空格"
    if re.search(r"[,;、，；/]", value):
        return "中有逗号、顿号等符号" if value.count("@") < 2 else "不止一个地址"
    if value.count("@") != 1:
        return "缺少“@”" if "@" not in value else "不止一个“@”"
    if not value.isascii():
        return "中有汉字或全角符号"
    return "" if _PLAIN.fullmatch(value) or _is_valid(value) else "不是有效的邮箱地址"


def _is_valid(value: str) -> bool:
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(value, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return False
    return True


def _mended(value: str) -> str | None:
    """The address without spaces and with "." for a comma in the domain, when that makes a valid one."""
    account, at, domain = re.sub(r"\s", "", fold_code(value)).rpartition("@")
    offered = f"{account}{at}{domain.replace(',', '.')}"
    return offered if offered != value and not _fault(offered) else None
