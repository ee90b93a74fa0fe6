"""How blanks are worded: what is printed where something is to be written, and what is printed before it."""

from __future__ import annotations

import re

from greenforms.codec import units
from greenforms_extractors.folding import fold_label

_GAP = "[ \u3000\xa0\t_\uff3f\ufe4d]"
#: A box with its option.
_BOX = r"[□☐▢]\s*[^□☐▢\s，。；;（）()]+(?:[（(][^（）()]*[)）])?"
BOXES = re.compile(rf"{_BOX}(?:\s*{_BOX})+")
DATE = re.compile(
    rf"(?:[X×]{{2,4}}|二〇二?|20|{_GAP})*{_GAP}*年(?:{_GAP}|[X×]){{0,12}}月(?:(?:{_GAP}|[X×]){{0,12}}日)?"
    rf"|(?:(?<=[\s：:自])|^){_GAP}*年{_GAP}*月(?:{_GAP}*日)?"
)
YEAR = re.compile(rf"20(?:{_GAP}{{1,8}}|XX|××)(?=年|$|{_GAP}|[，。；])")
LINE = re.compile(r"[_\uff3f\ufe4d](?:\s*[_\uff3f\ufe4d])+")
LETTERED = re.compile(r"[A-H][.．、:：]\s*[^\sA-H][^\n]*?(?=\s+[A-H][.．、:：]|$)")
#: 是（ ）否（ ）: an option before each pair of brackets.
BRACKETED = re.compile(r"(?:[^\s（）()]{1,12}[（(]\s+[)）]\s*){2,}")
SLASHED = re.compile(r"[（(]?[^\s/（）()，。：:；;]{1,12}(?:/[^\s/（）()，。：:；;]{1,12})+[)）]?")
#: （ ） to be answered in.
BRACKETS = re.compile(r"(?<=[（(])\s+(?=[)）])")
NAMES_LEFT_OPEN = re.compile(
    r"[Xx×]{2,}(?:[省市县区旗]|盟市)?(?:[\u4e00-\u9fff]{2,12}(?:厅|局|委员会|公司))?(?:、[Xx×]{2,})*"
)
#: A body left open: XX市工业和信息化局.
BODY_LEFT_OPEN = re.compile(r"[Xx×]{2,}[\u4e00-\u9fff]+(?:厅|局|委员会|公司)")
PROMPT = re.compile(r"\s*[（(][^（）()]*(?:[（(][^（）()]*[)）][^（）()]*)*[)）]?\s*[。]?\s*")
#: 〔20  〕 号: the number of a document.
DOCUMENT_NUMBER = re.compile(r"[Xx×\u4e00-\u9fff]{0,10}〔(?:20)?[ \u3000X×]*〕[ \u3000X×]*号")
ORDINAL = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|…+|\.{2,}|⋯+)[)）.、．]?")
EXAMPLE = re.compile(r"(?:示例|举例|样例|范例|例如|例|填写示例)[\d一二三:：.、]*")
NUMBERED = re.compile(
    r"^\s*(?:第?[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2}(?:\.\d{1,2})*)(?:[)）]|[、.．](?!\d)|\s)|[①-⑳])\s*[、.．]?\s*"
)
TOTAL = re.compile(r"(?:合计|总计|小计|累计|总和)")
#: Words that close a paper and no slot follows: （单位盖章）.
SEAL = re.compile(r"[（(]?(?:单位|机构|企业|园区|部门)?(?:公章|盖章|印章|签章)[)）]?")

_ORDINAL_HEADS = frozenset({"序号", "编号", "行号", "no", "序"})
_UNIT_HEADS = frozenset({"单位", "计量单位", "类型", "最高分", "分值", "满分", "权重"})
_TAIL = re.compile(r"[\s，。、；;:：（(“]+$")
_HEAD = re.compile(r"^[\s，。、；;:：)）”（(]+(?![^（(]*[)）])")


def core(label: str) -> str:
    """A label without numbering, brackets, hints and punctuation, as labels are compared."""
    bare = fold_label(NUMBERED.sub("", label))
    without = re.sub(r"\([^()]*\)", "", bare)
    return (without or bare).strip(":,;。、.()")


def tidy(label: str) -> str:
    """A label as it is shown: without numbering and without what parts it from its slot."""
    text = _TAIL.sub("", _HEAD.sub("", NUMBERED.sub("", " ".join(label.split()))))
    return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", text)


def is_ordinal_head(text: str) -> bool:
    """Whether a heading stands over the numbers of rows."""
    return fold_label(text) in _ORDINAL_HEADS


def is_unit_head(text: str) -> bool:
    """Whether a heading stands over what the authority prints beside the label of a row."""
    return fold_label(text) in _UNIT_HEADS


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measurement: 吨标准煤/万元."""
    try:
        units.parse_unit(text)
    except ValueError:
        return False
    return True


def is_prompt(text: str) -> bool:
    """Whether a cell holds nothing but what is printed to be filled in or chosen from."""
    bare = text.strip()
    if not bare or re.fullmatch(r"20[ \u3000]+", text):
        return bool(bare)
    if "/" in bare and is_unit(bare.strip("（()）")):
        return False
    patterns = (BOXES, DATE, YEAR, LINE, BRACKETED, SLASHED, NAMES_LEFT_OPEN)
    if any(pattern.fullmatch(bare) for pattern in patterns):
        return True
    return bool(PROMPT.fullmatch(bare)) or len(LETTERED.findall(bare)) >= 2


def is_vacant(text: str) -> bool:
    """Whether a cell is there to be filled in."""
    return not text.strip() or is_prompt(text)


def is_number_of_row(text: str) -> bool:
    """Whether a text is the number of a row, or the dots that stand for more rows."""
    return bool(ORDINAL.fullmatch(text.strip()))
