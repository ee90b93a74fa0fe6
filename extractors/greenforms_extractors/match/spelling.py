"""Compares a printed label with what a document writes: spaces, widths, brackets, units and small slips."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from greenforms_extractors.folding import fold_label

#: A slip of the pen is looked for in labels of at least this many characters; shorter ones must be exact.
_SHORTEST_FUZZY = 4
_FUZZY = 0.8
_BRACKETED = re.compile(r"\([^()]*\)")
_DIGITS = re.compile(r"\d+")
#: Numbered headings may run straight into what follows them.
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How well a text fits a label: `score` 0–1, and the text's own characters before and behind the label."""

    score: float
    before: str = ""
    behind: str = ""


@lru_cache(maxsize=4096)
def _forms(label: str) -> tuple[str, str]:
    key = fold_label(label)
    return key, _BRACKETED.sub("", key)


@lru_cache(maxsize=4096)
def _pattern(label: str) -> re.Pattern[str]:
    """The label as a pattern over raw text: any white space between characters, any width of each."""
    return re.compile(r"\s*".join(_any_width(char) for char in fold_label(label)))


def _any_width(char: str) -> str:
    twins = {"(": "(（﹙〔", ")": ")）﹚〕", ":": ":：", ",": ",，", "/": "/／", "%": "%％", ";": ";；"}
    wide = chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else ""
    spellings = twins.get(char, char + wide)
    return f"[{re.escape(spellings)}]" if len(spellings) > 1 else re.escape(spellings)


class Lexicon:
    """The distinct folded texts of one document, indexed so that each label is looked up once, not text by text."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = [key for key in keys if key]
        self._bare: dict[str, list[str]] = {}
        for key in self._keys:
            self._bare.setdefault(_BRACKETED.sub("", key), []).append(key)
        self._near: dict[str, dict[str, float]] = {}

    def whole(self, label: str) -> Mapping[str, float]:
        """The texts that stand for the whole label, with their scores (1.0 exact, 0.9 but for a bracket, else a slip)."""
        if label not in self._near:
            self._near[label] = self._look_up(*_forms(label))
        return self._near[label]

    def _look_up(self, wanted: str, bare: str) -> dict[str, float]:
        near: dict[str, float] = {}
        if len(wanted) >= _SHORTEST_FUZZY:
            hits = process.extract(
                wanted, self._keys, scorer=Levenshtein.normalized_similarity, score_cutoff=_FUZZY, limit=None
            )
            digits = _DIGITS.findall(wanted)
            near = {key: score * 0.8 for key, score, _ in hits if _DIGITS.findall(key) == digits}
        if len(bare) > 1:
            near.update(dict.fromkeys(self._bare.get(bare, ()), 0.9))
        if wanted in self._bare.get(bare, ()):
            near[wanted] = 1.0
        return near

    def leading(self, label: str) -> list[str]:
        """The texts that begin with the label and go on."""
        wanted, _ = _forms(label)
        return [key for key in self._keys if key != wanted and key.startswith(wanted)] if len(wanted) > 1 else []

    def trailing(self, label: str) -> list[str]:
        """The texts that end with the label."""
        wanted, _ = _forms(label)
        return [key for key in self._keys if key.endswith(wanted)] if len(wanted) > 1 else []


def leading(label: str, text: str) -> Likeness | None:
    """The label at the start of a text with something behind it: `联系人：王工`, `一、简介（200字以内）`."""
    wanted, _ = _forms(label)
    found = _pattern(label).match(text.lstrip())
    if found is None:
        return None
    behind = text.lstrip()[found.end() :]
    marker = re.match(r"\s*[:：]", behind)
    if marker is None and behind[:1] not in "(（ \t\n\u3000" and wanted[0] not in _NUMERALS:
        return None
    return Likeness(0.95, behind=behind[marker.end() :] if marker else behind)


def trailing(label: str, text: str) -> Likeness | None:
    """The label at the end of a text with a value in front: `石家庄市2024年度…汇总表`."""
    last = None
    for last in _pattern(label).finditer(text):
        pass
    return Likeness(1.0, before=text[: last.start()]) if last else None
