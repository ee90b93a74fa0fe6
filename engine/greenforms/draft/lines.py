"""Slots in lines of text: after a colon, on a printed line, between fixed words, in brackets, under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from greenforms.draft import wording as w

#: A gap of white space is a slot where a measure follows it, or where nothing but it follows a colon.
_MEASURES = "家|个|项|人|万元|亿元|元|吨|%|％|年|户|件|台|套|平方|立方|万|次|份|号|名|亩|公顷|千瓦|度"
_GAP = re.compile(
    rf"(?<=[\u4e00-\u9fff〔])[ \u3000\xa0]{{1,}}(?=[（(]?(?:{_MEASURES}))(?!\s*[\u4e00-\u9fff]{{1,10}}[:：])"
)
_AFTER_COLON = re.compile(r"(?<=[:：])(?:[ \u3000\xa0\t]*$|[ \u3000\xa0\t]{2,}|(?=[，,；;。）)]))")
_BELOW = re.compile(r"\s*[（(]([^（）()：:，]{2,20})[)）]\s*")
_FINDERS = (
    w.DOCUMENT_NUMBER,
    w.BOXES,
    w.BRACKETED,
    w.DATE,
    w.YEAR,
    w.LINE,
    w.BRACKETS,
    w.NAMES_LEFT_OPEN,
    _AFTER_COLON,
    _GAP,
)
_IN_BRACKETS = re.compile(r"(?<=[（(])[\u4e00-\u9fff]{1,6}/[\u4e00-\u9fff]{1,6}(?=[)）])")
_PROMPT_AFTER = re.compile(r"(?<=[:：])\s*[（(][^（）()]{2,}[)）]\s*$")
_CHOICE_AFTER = re.compile(r"(?<=[:：])\s*[^\s/：:，。]{1,8}(?:/[^\s/：:，。]{1,8})+\s*$")
_UNIT_AFTER = re.compile(r"\s*([（(]?(?:[\u4e00-\u9fff]{1,6}|%|％)[)）]?)")


_INTRODUCES = re.compile(
    r"(?:如下|其中|承诺|包括|分别是|下列.{0,16}|如有.{0,9})$|^[^：:]{2,40}(?:厅|[^工]局|委员会|政府|办公室)$"
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A slot in a line: what the blank prints there, the label before it, and the text behind up to the next slot."""

    start: int
    end: int
    label: str
    blank: str
    behind: str


def gaps_in(text: str, before: str = "", after: str = "") -> list[Gap]:
    """The slots of a line; `before` and `after` are the lines around it, which may name what stands on it."""
    spans = list(_spans(text))
    count = len(spans)
    found = []
    for number, (start, end) in enumerate(spans):
        left = spans[number - 1][1] if number else 0
        right = spans[number + 1][0] if number + 1 < len(spans) else len(text)
        behind = text[end:right]
        label = _label(text[left:start], behind, number, count, before, after)
        blank = text[start:end]
        if w.DOCUMENT_NUMBER.fullmatch(blank):
            label = "发文字号"
        if w.DATE.fullmatch(blank.strip()) and not text[left:start].strip() and not _names_a_day(label):
            label = "日期"
        if w.BODY_LEFT_OPEN.fullmatch(blank) and count == 1 and not text[left:start].strip():
            label = "发文机关"
        found.append(Gap(start, end, label, blank, behind))
    return [gap for gap in found if len(w.core(gap.label)) > 1 and not _only_introduces(text, gap, after)]


def _only_introduces(text: str, gap: Gap, after: str) -> bool:
    """Whether a colon at the end of a line leads on to the next: a salutation, the sentence before a list, a prompt."""
    if gap.blank.strip() or gap.end < len(text.rstrip()):
        return False
    if _INTRODUCES.search(text.rstrip().rstrip("：:")) or w.LINE.fullmatch(after.strip()):
        return True
    return bool(after.strip()) and bool(w.PROMPT.fullmatch(after)) and not w.SEAL.fullmatch(after.strip())


def _names_a_day(label: str) -> bool:
    return any(word in label for word in ("日期", "时间", "年月"))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where something is to be written, from left to right, none within another."""
    finders = (*_FINDERS[:-2], _IN_BRACKETS, _PROMPT_AFTER, _CHOICE_AFTER, *_FINDERS[-2:])
    taken: list[tuple[int, int]] = []
    for finder in finders:
        for match in finder.finditer(text):
            start, end = match.span()
            if finder is _AFTER_COLON and any(right == start - 1 for _, right in taken):
                continue
            if finder is _IN_BRACKETS and w.is_unit(match[0]):
                continue
            if all(end <= left or start >= right for left, right in taken) and (start, end) not in taken:
                taken.append((start, end))
    yield from _joined(sorted(taken), text)


def _joined(spans: Sequence[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Slots with nothing but white space between them are one."""
    current: tuple[int, int] | None = None
    for start, end in spans:
        if current is not None and not text[current[1] : start].strip():
            current = (current[0], max(end, current[1]))
        else:
            if current is not None:
                yield current
            current = (start, end)
    if current is not None:
        yield current


def _label(ahead: str, behind: str, number: int, count: int, before: str, after: str) -> str:
    """What names a slot: the words before it, else those in brackets behind or below it, else the line before."""
    named = w.tidy(_last_clause(ahead))
    below = _BELOW.fullmatch(after)
    if count == 1 and below and (not w.core(named) or not ahead.rstrip().endswith((":", "："))):
        return below[1]
    beside = _BELOW.match(behind)
    if beside and not ahead.rstrip().endswith((":", "：")) and not w.is_unit(beside[1]):
        return beside[1]
    if len(w.core(named)) > 1:
        return named
    if number == 0 and len(w.core(title := w.tidy(behind))) > 1 and count == 1:
        return title
    return w.tidy(before) if number == 0 and not ahead.strip() else ""


def _last_clause(ahead: str) -> str:
    """The words next to a slot: from the last sign that ends a clause on, unless that leaves nothing."""
    text = ahead.rstrip().rstrip(":：（(")
    parts = [part for part in re.split(r"[，。；;、\t]|\s{2,}", text) if part.strip()]
    return parts[-1] if parts else ""


def unit_behind(behind: str) -> str:
    """The unit that a sentence prints behind a slot: 万元, 家."""
    found = _UNIT_AFTER.match(behind)
    return found[1].strip("（）()") if found else ""
