"""Compares a printed label with what a document writes: spaces, widths, brackets, units and small slips."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from greenforms_extractors.folding import DASHES, fold_label, fold_words

#: A slip of the pen is looked for in labels of at least this many characters; shorter ones must be exact.
_SHORTEST_FUZZY = 4
_FUZZY = 0.8
#: That likeness leaves room for one slip in so many characters of a label.
_CHARACTERS_A_SLIP = 4
#: A chapter heading with its own number is known by the number as well: 一、单位基本情况, 一、企业基本情况.
_FUZZY_NUMBERED = 0.6
#: Longer texts are no labels with slips.
_LONGEST_LABEL = 400
#: In a text that was recognised from a picture one character of three may be another.
_SHORTEST_RECOGNISED = 3
_FUZZY_RECOGNISED = 0.66
_BRACKETED = re.compile(r"\([^()]*\)")
_DIGITS = re.compile(r"\d+")
_ANY_NUMBER = re.compile(r"\d+|[一二三四五六七八九十]")
#: Numbered headings may run straight into what follows them.
_NUMERALS = "一二三四五六七八九十"
#: Signs beside a label that tell that its field must be filled.
REQUIRED = "*＊★☆※▲△◆●"
_REQUIRED = rf"[{REQUIRED}\s]*"
#: What people put in front of a label that the form prints without it: 一、 （一） 1. or an opening 【.
_ORNAMENT = re.compile(r"(?:\(?[一二三四五六七八九十]{1,3}[、)]|\(?[0-9]{1,2}[.、)](?![0-9]))")
_RAW_NUMBER = r"(?:[(（]?[一二三四五六七八九十]{1,3}[、)）]|[(（]?\d{1,2}[.、)）．])?"
_RAW_ORNAMENT = rf"{_REQUIRED}{_RAW_NUMBER}{_REQUIRED}[【〔\[]?\s*"
#: What parts a label from its value; a remark in brackets may come first: 单位名称（盖章）：.
_MARK = re.compile(rf"{_REQUIRED}(?:[(（][^()（）]{{1,12}}[)）]{_REQUIRED})?[:：]")
_NUMBER_MARK = re.compile(r"\s*[:：、.．]")
_CLOSING = r"\s*[】〕\]]"
#: A short bracket at the end of a label; a longer one, or one after a short word, is part of the label itself.
_UNIT_BEHIND = re.compile(r"(?<=[^()]{2})\([^()]{1,6}\)$")
#: A static text of at least this many characters is a title, which may stand behind the name of who uses it.
_SHORTEST_TITLE = 8


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
    return re.compile(_spaced(fold_label(label)))


def _spaced(folded: str) -> str:
    return r"\s*".join(_any_width(char) for char in folded)


@lru_cache(maxsize=4096)
def _opening(label: str) -> re.Pattern[str]:
    """The label at the start of a raw text, behind a number or in square brackets of its own."""
    numbered = fold_label(label)[0] in f"{_NUMERALS}("
    ahead = _REQUIRED if numbered else _RAW_ORNAMENT
    return re.compile(f"{ahead}{_pattern(label).pattern}(?P<closing>{_CLOSING})?")


def raw_pattern(label: str) -> str:
    """A regular expression for the label in raw text."""
    return _pattern(label).pattern


def words_pattern(words: str) -> str:
    """A regular expression for fixed words in raw text, with the signs at their end."""
    return _spaced(fold_words(words))


def _any_width(char: str) -> str:
    twins = {
        "(": "(（﹙〔[【〈《「{",
        ")": ")）﹚〕]】〉》」}",
        ":": ":：∶",
        ",": ",，",
        "/": "/／",
        "%": "%％",
        ";": ";；",
        "-": f"-－{DASHES}",
        "·": "·•∙⋅・",
    }
    wide = chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else ""
    spellings = twins.get(char, char + wide)
    return f"[{re.escape(spellings)}]" if len(spellings) > 1 else re.escape(spellings)


def spellings(labels: Iterable[str]) -> Iterable[str]:
    """Labels, also without the unit in a bracket at their end, and with a last numeral in figures: 亮点一, 亮点1."""
    for label in labels:
        yield label
        key = fold_label(label)
        if _UNIT_BEHIND.search(key):
            yield _UNIT_BEHIND.sub("", key)
        number = _NUMERALS.find(key[-1:]) + 1 if len(key) > 2 else 0
        if number:
            yield f"{key[:-1]}{number}"


def is_title(label: str) -> bool:
    """Whether a static text is long enough to be told from prose when something stands before it."""
    return len(fold_label(label)) >= _SHORTEST_TITLE


def core(key: str) -> str:
    """A folded text without the number or the bracket in front of it, and without signs for what must be filled."""
    key = key.strip(REQUIRED)
    return _ORNAMENT.sub("", key, count=1).lstrip("(") if _ORNAMENT.match(key) or key.startswith("(") else key


def _numbered(key: str) -> str:
    """The number with which a chapter heading begins, with its sign."""
    found = re.match(rf"[{_NUMERALS}]+、", key)
    return found[0] if found else ""


class Lexicon:
    """The distinct folded texts of one document, indexed so that each label is looked up once, not text by text."""

    def __init__(self, keys: Iterable[str], *, recognised: bool = False) -> None:
        self._keys = [key for key in keys if key]
        self.recognised = recognised
        self._shortest = _SHORTEST_RECOGNISED if recognised else _SHORTEST_FUZZY
        self._cutoff = _FUZZY_RECOGNISED if recognised else _FUZZY
        self._bare: dict[str, list[str]] = {}
        self._cores: dict[str, list[str]] = {}
        for key in self._keys:
            self._bare.setdefault(_BRACKETED.sub("", key), []).append(key)
            if core(key) != key:
                self._cores.setdefault(_BRACKETED.sub("", core(key)).removesuffix(")"), []).append(key)
        self._near: dict[str, dict[str, float]] = {}
        self._starts = _Starts([*self._keys, *(core(key) for key in self._keys)], [*self._keys, *self._keys])
        self._ends = _Starts([key[::-1] for key in self._keys], self._keys)
        self._pairs = _pairs_of(self._keys)

    def whole(self, label: str) -> Mapping[str, float]:
        """The texts that stand for the whole label, with their scores: 1.0 exact, 0.9 but for a bracket, else less."""
        if label not in self._near:
            self._near[label] = self._look_up(*_forms(label))
        return self._near[label]

    def _look_up(self, wanted: str, bare: str) -> dict[str, float]:
        near: dict[str, float] = {}
        if len(wanted) >= self._shortest:
            number = _numbered(wanted)
            cutoff = _FUZZY_NUMBERED if number else self._cutoff
            hits = process.extract(
                wanted,
                self._comparable(wanted, number),
                scorer=Levenshtein.normalized_similarity,
                score_cutoff=cutoff,
                limit=None,
            )
            figures = _ANY_NUMBER if self.recognised else _DIGITS
            digits = figures.findall(wanted)
            near = {
                key: score * 0.8
                for key, score, _ in hits
                if figures.findall(key) == digits and self._same_number(key, number)
            }
        if len(bare) > 1:
            near.update(dict.fromkeys(self._cores.get(bare, ()), 0.85))
            near.update(dict.fromkeys(self._bare.get(bare, ()), 0.9))
        if wanted in self._bare.get(bare, ()):
            near[wanted] = 1.0
        if self.recognised and core(wanted) in self._keys:
            near.setdefault(core(wanted), 0.8)  # the number in front of a heading may have been passed over
        return near

    def _comparable(self, wanted: str, number: str) -> Iterable[str]:
        """The texts that may be the label but for slips: they share two characters side by side, or its number.

        A slip spoils two such pairs, so that one of the rarest is left. Of a short recognised text hardly anything may
        be left, so all are looked at.
        """
        if self.recognised:
            return self._keys
        if number:
            return self._starts.with_start(number)
        found = sorted((self._pairs.get(pair, []) for pair in _pairs(wanted)), key=len)
        enough = 2 * (len(wanted) // _CHARACTERS_A_SLIP) + 1
        return list(dict.fromkeys(key for keys in found[:enough] for key in keys))

    def _same_number(self, key: str, number: str) -> bool:
        """Whether a heading has this number; its 、 may have been read as something else, or not at all."""
        return _numbered(key) == number or (self.recognised and bool(number) and key.startswith(number[:-1]))

    def leading(self, label: str) -> list[str]:
        """The texts that begin with the label and go on."""
        wanted, _ = _forms(label)
        if len(wanted) < 2:
            return []
        found = [key for key in self._starts.with_start(wanted) if key != wanted]
        if self.recognised:
            heads = (key for key in self._keys if ":" in key and self._like(key.partition(":")[0], wanted))
            found += [key for key in heads if key != wanted]
        return list(dict.fromkeys(found))

    def trailing(self, label: str) -> list[str]:
        """The texts that end with the label."""
        wanted, _ = _forms(label)
        if len(wanted) < 2:
            return []
        found = self._ends.with_start(wanted[::-1])
        if self.recognised:
            found += [key for key in self._keys if self._like(key[-len(wanted) :], wanted)]
        return list(dict.fromkeys(found))

    def _like(self, text: str, wanted: str) -> bool:
        alike = len(wanted) >= self._shortest and _ANY_NUMBER.findall(text) == _ANY_NUMBER.findall(wanted)
        return alike and Levenshtein.normalized_similarity(text, wanted) >= self._cutoff


class _Starts:
    """Texts sorted, each with what it stands for, so that those with one beginning lie together."""

    def __init__(self, texts: Sequence[str], stand_for: Sequence[str]) -> None:
        self._entries = sorted(zip(texts, stand_for, strict=True))

    def with_start(self, start: str) -> list[str]:
        """What stands for a text that begins so."""
        place = bisect_left(self._entries, (start, ""))
        found: dict[str, None] = {}
        while place < len(self._entries) and self._entries[place][0].startswith(start):
            found[self._entries[place][1]] = None
            place += 1
        return list(found)


def _pairs(text: str) -> Iterator[str]:
    return (text[place : place + 2] for place in range(len(text) - 1))


def _pairs_of(keys: Iterable[str]) -> Mapping[str, list[str]]:
    """The texts that may be labels, by every two characters side by side in them."""
    found: dict[str, list[str]] = {}
    for key in keys:
        for pair in dict.fromkeys(_pairs(key)) if len(key) <= _LONGEST_LABEL else ():
            found.setdefault(pair, []).append(key)
    return found


def leading(label: str, text: str) -> Likeness | None:
    """The label at the start of a text with something behind it: `联系人：王工`, `一、简介（200字以内）`."""
    wanted, _ = _forms(label)
    found = _opening(label).match(text)
    if found is None:
        return None
    behind = text[found.end() :]
    if not behind.strip().strip(REQUIRED):
        return Likeness(0.95)
    numbered = wanted[-1] in _NUMERALS or wanted[-1].isdigit()
    marker = (_NUMBER_MARK if numbered else _MARK).match(behind)
    closed = found["closing"] is not None
    parted = closed or wanted[0] in _NUMERALS or (wanted[0], wanted[-1]) == ("(", ")")
    if marker is None and not parted and (behind[:1] not in "(（ \t\n\u3000" or _is_annotation(behind)):
        return None
    return Likeness(0.95, behind=behind[marker.end() :] if marker else behind)


def leading_alike(label: str, text: str) -> Likeness | None:
    """The label, with characters misread, in front of the first colon of a recognised text."""
    head, colon, behind = text.replace("：", ":").partition(":")
    likeness = Levenshtein.normalized_similarity(_forms(head)[0], _forms(label)[0])
    return Likeness(0.8 * likeness, behind=behind) if colon and likeness >= _FUZZY_RECOGNISED else None


def trailing_alike(label: str, text: str) -> Likeness | None:
    """The label, with characters misread, at the end of a recognised text."""
    wanted = _forms(label)[0]
    kept = [place for place, char in enumerate(text) if not char.isspace()]
    if len(kept) < len(wanted):
        return None
    start = kept[-len(wanted)]
    likeness = Levenshtein.normalized_similarity(_forms(text[start:])[0], wanted)
    return Likeness(0.8 * likeness, before=text[:start]) if likeness >= _FUZZY_RECOGNISED else None


def _is_annotation(text: str) -> bool:
    """Whether a text is one bracket and nothing more, as the unit in 总资产（元）: part of the label, not a value."""
    return _BRACKETED.fullmatch(fold_label(text)) is not None


def trailing(label: str, text: str) -> Likeness | None:
    """The label at the end of a text with a value in front: `石家庄市2024年度…汇总表`."""
    found = list(_pattern(label).finditer(text))
    return Likeness(1.0, before=text[: found[-1].start()]) if found else None
