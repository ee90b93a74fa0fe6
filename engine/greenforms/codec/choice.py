"""Choices: one of the options a form prints, by box and tick or by word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms.codec.look_alikes import nearest_word
from greenforms.codec.ticks import MARKS, TickedText, read_ticks
from greenforms_extractors.folding import fold_label, fold_prose

_REMARK = re.compile(r"\s*(?:[（(][^（()）]+[)）]|[，,、；;\s]\s*[12]\d{3}年?\S{0,6})")
_MARK = re.escape("".join(MARKS))
_EMPTY_BOX, _CHOSEN_BOX = "□", "■"


@dataclass(frozen=True, slots=True)
class Choice(Codec):
    """One of `choices`. Style boxes prints □ 国家级 ■ 省级 with every option, style word only the chosen one.

    □ and ■ are used because the fonts of official papers have them and ☑ they have not. `aliases` maps other
    spellings met to the choice they mean; `groups` are headings that stand before several options, which follow in
    brackets: 内资（□ 国有 ■ 民营） □ 外资.
    """

    name: ClassVar[str] = "choice"
    json_types: ClassVar[frozenset[str]] = frozenset({"string"})
    proof: ClassVar[Literal["", "list", "check-digit"]] = "list"

    choices: Sequence[str]
    style: Literal["boxes", "word"] = "word"
    aliases: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse options that could not be told apart in print."""
        words = [fold_label(word) for word in (*self.choices, *self.aliases)]
        if not self.choices or not all(words) or len(set(words)) != len(words):
            raise ValueError(f"选项为空或重复：{'、'.join((*self.choices, *self.aliases))}")
        if any(mark in word for word in words for mark in MARKS):
            raise ValueError(f"选项中不能有勾选符号：{'、'.join(self.choices)}")
        if not set(self.aliases.values()) <= set(self.choices):
            raise ValueError(f"别名所指的选项不存在：{'、'.join(set(self.aliases.values()) - set(self.choices))}")
        if any(not _follow(group, self.choices) for group in self.groups.values()):
            raise ValueError(f"一组的选项要依次相连：{'、'.join(self.groups)}")

    def format(self, value: Any) -> str:
        """Print the choice; a value that is none of the options is printed behind them, so that it is seen."""
        if self.style == "word":
            return str(value)
        boxes = [self._box(choice, chosen=choice == value) for choice in self.choices]
        return " ".join(boxes if value in self.choices else [*boxes, str(value)])

    def parse(self, text: str) -> Reading:
        """Read ticked options or a plain word; no option ticked is blank, several are a problem."""
        if is_blank(text):
            return Reading(None)
        inside = self._ungrouped(text)
        ticked = read_ticks(inside, (*self.choices, *self.aliases))
        if not ticked.marked:
            return self._word(inside, ticked)
        chosen = sorted({self._meant(word) for word in ticked.chosen}, key=list(self.choices).index)
        if ticked.doubtful:
            return Reading(None, (Problem(f"“{_shown(text)}”看不出勾选的是哪一项", "请对照原件确认"),))
        if len(chosen) > 1:
            return Reading(None, (Problem(f"同时勾选了“{'”“'.join(chosen)}”", "只能勾选一项，请确认"),))
        if not chosen and self.groups and (headings := read_ticks(text, tuple(self.groups)).chosen):
            said = f"只勾选了“{'”“'.join(headings)}”，没有勾选其中的一项"
            return Reading(None, (Problem(said, self._remedy()),))
        return Reading(chosen[0] if chosen else None, self._left_over(ticked))

    def entry(self, value: Any) -> str:
        """The chosen word alone."""
        return str(value)

    def offered(self) -> Sequence[str]:
        """The choices."""
        return self.choices

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """The choices in words."""
        return f"从下拉列表中选：{'、'.join(self.choices)}"

    def likely(self, text: str) -> str | None:
        """The only choice but one slip away from the text."""
        words = {word: word for word in self.choices} | dict(self.aliases)
        near = nearest_word(text, list(words))
        return words[near] if near else None

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report a value that is none of the options."""
        if value in self.choices:
            return ()
        return (Problem(f"“{value}”不是可选的内容", self._remedy(), self.parse(str(value)).value),)

    def _box(self, choice: str, *, chosen: bool) -> str:
        """An option with its box; the first of a group has its heading before it, the last the closing bracket."""
        opened = "".join(f"{heading}（" for heading, group in self.groups.items() if choice == group[0])
        closed = "".join("）" for group in self.groups.values() if choice == group[-1])
        return f"{opened}{_CHOSEN_BOX if chosen else _EMPTY_BOX} {choice}{closed}"

    def _ungrouped(self, text: str) -> str:
        """The text with the options of groups alone, without headings and brackets."""
        for heading in self.groups:
            text = re.sub(rf"[{_MARK}]?\s*{re.escape(heading)}\s*[（(]([^（()）]*)[)）]?", r" \1 ", text)
        return text

    def _word(self, text: str, ticked: TickedText) -> Reading:
        if len(ticked.options) == 1 and not ticked.left_over:
            return Reading(self._meant(ticked.options[0]))
        if len(ticked.options) == 1 and (remark := self._remark(text, ticked.options[0])):
            said = f"“{ticked.options[0]}”之后还写了“{remark}”，只读取了“{ticked.options[0]}”"
            return Reading(self._meant(ticked.options[0]), (Problem(said, "请核对是否另有所指"),))
        if {self._meant(word) for word in ticked.options} == set(self.choices) and len(self.choices) > 1:
            return Reading(None, (Problem(f"“{_shown(text)}”没有标明选哪一项", self._remedy()),))
        return Reading(None, (Problem(f"“{_shown(text)}”不是可选的内容", self._remedy()),))

    def _remark(self, text: str, option: str) -> str:
        """What stands in brackets, or as a year, behind an option that begins the text; else ""."""
        written = fold_prose(text).strip()
        found = _REMARK.fullmatch(written.removeprefix(option)) if written.startswith(option) else None
        return found[0].strip() if found else ""

    def _left_over(self, ticked: TickedText) -> tuple[Problem, ...]:
        if not ticked.left_over:
            return ()
        return (Problem(f"选项之外还有文字“{ticked.left_over}”", "请核对是否填错了位置"),)

    def _meant(self, word: str) -> str:
        return self.aliases.get(word, word)

    def _remedy(self) -> str:
        return f"请从“{'”“'.join(self.choices)}”中选一项"


def _follow(group: Sequence[str], choices: Sequence[str]) -> bool:
    """Whether the options of a group stand one behind the other among all."""
    first = choices.index(group[0]) if group and group[0] in choices else len(choices)
    return bool(group) and list(group) == list(choices[first : first + len(group)])


def _shown(text: str) -> str:
    return " ".join(text.split())[:60]
