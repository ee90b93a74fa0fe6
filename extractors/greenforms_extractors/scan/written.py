"""From recognised characters to text as it is written: full-width signs beside Chinese, no spaces inside it."""

from __future__ import annotations

import re

from greenforms_extractors.scan.ocr import Char

_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
_CHINESE = r"[\u3400-\u9fff\u3001-\u3011\uff01-\uff60〇]"
#: A narrow sign beside a Chinese character, a closing bracket whose opening one is wide, and spaces between ideographs.
_SIGN = re.compile(rf"(?<={_CHINESE})[,:;!?()]|[,:;!?()](?={_CHINESE})")
_GAP = re.compile(rf"(?<={_CHINESE}) +(?={_CHINESE})")
_CLOSING = re.compile(r"（([^（）()]*)\)")
_OPENING = re.compile(r"\(([^（）()]*)）")


def written(text: str) -> str:
    """The text with signs as wide as Chinese setting has them: the recogniser does not tell ， from a comma."""
    wide = _SIGN.sub(lambda found: found[0].translate(_WIDE), text)
    wide = _OPENING.sub(r"（\1）", _CLOSING.sub(r"（\1）", wide))
    return _GAP.sub("", wide)


def least(chars: tuple[Char, ...]) -> float:
    """The probability of the least sure character; 0 without any."""
    return min((char.probability for char in chars if char.text != " "), default=0.0)
