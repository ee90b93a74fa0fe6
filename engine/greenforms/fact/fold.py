"""What is left of a statement's text when spelling that carries no meaning is taken away."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from greenforms_extractors.folding import fold_code, fold_dashes, fold_label, without_space

_NOT_DIALLED = re.compile(r"[^0-9转]")
_INDUSTRY_CODE = re.compile(r"\(?[A-Z]?[0-9]{4}\)?")


def fold_name(text: str) -> str:
    """A name without widths and white space; every other sign counts, as it does on a business licence."""
    return without_space(fold_code(text))


def fold_text(text: str) -> str:
    """Running words: brackets and dashes of one kind, no white space, no mark at the end."""
    return fold_label(text)


def fold_number_code(text: str) -> str:
    """A code: capital letters, no white space, no dashes."""
    return fold_dashes(fold_name(text)).replace("-", "").upper()


def fold_phone(text: str) -> str:
    """Telephone numbers as dialled, in no particular order."""
    numbers = (number.removeprefix("+86") for number in fold_name(text).split("、"))
    return "、".join(sorted(_NOT_DIALLED.sub("", number) for number in numbers))


def fold_email(text: str) -> str:
    """An e-mail address; no mail system in use minds the case of letters."""
    return fold_name(text).casefold()


def fold_industry(text: str) -> str:
    """An industry's name without its code."""
    return _INDUSTRY_CODE.sub("", fold_label(text))


def difference(one: str, other: str) -> tuple[str, str]:
    """Both names with square brackets around what differs."""
    left, right = (without_space(text) for text in (one, other))
    keys = [[fold_code(sign) for sign in text] for text in (left, right)]
    blocks = SequenceMatcher(None, a=keys[0], b=keys[1], autojunk=False).get_opcodes()
    return (
        "".join(_marked(left[start:end], kind) for kind, start, end, _, _ in blocks),
        "".join(_marked(right[start:end], kind) for kind, _, _, start, end in blocks),
    )


def _marked(text: str, kind: str) -> str:
    return f"[{text}]" if text and kind != "equal" else text
