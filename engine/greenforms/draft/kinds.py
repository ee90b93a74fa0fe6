"""The type of a field, guessed from what the blank prints in its slot, from units and from words of its label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from greenforms.codec.choice import Choice
from greenforms.draft import wording as w
from greenforms.draft.outline import Asked
from greenforms.tables import table
from greenforms_extractors.folding import fold_code, fold_label

_COUNTED = frozenset({"家", "个", "人", "项", "台", "套", "件", "户", "次", "份", "名", "处", "辆"})
_IN_BRACKETS = re.compile(r"[（(]\s*([^（）()]{1,16})\s*[)）]")
_OPTION = re.compile(r"[□☐▢]\s*([^□☐▢\s，。；;（）()]+(?:[（(][^（）()]*[)）])?)")
_LETTERED = re.compile(r"[A-H][.．、:：]\s*(\S[^\n]*?)(?=\s+[A-H][.．、:：]|\s*$)")
_BRACKETED = re.compile(r"([^\s（）()]{1,12})[（(]\s+[)）]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A guessed type: its codec, other keywords of the field's schema, and why, a Chinese clause."""

    codec: str
    others: dict[str, Any]
    reason: str

    @property
    def keywords(self) -> dict[str, Any]:
        """All keywords of the field's schema."""
        return {**self.others, "x-codec": self.codec}


def kind_of(asked: Asked, *, flows: bool = False) -> Kind:
    """The type of what is asked for. `flows`: several paragraphs may be written at its place."""
    return (
        _by_options(asked.blank)
        or _by_print(asked.blank)
        or _by_unit(asked)
        or _by_words(asked.label)
        or _by_question(asked.label)
        or _plain(flows)
    )


def unit_of(asked: Asked) -> str:
    """The unit that the label, its row or the text beside the slot names; "" where none does."""
    texts = [*_IN_BRACKETS.findall(asked.label), *_IN_BRACKETS.findall(asked.row), asked.hint]
    return next((text for text in texts if text and (text in "%％" or w.is_unit(text))), "")


def options_in(blank: str) -> tuple[str, ...]:
    """The options that a blank prints to choose from; empty where it prints none."""
    for pattern in (_OPTION, _BRACKETED, _LETTERED):
        found = tuple(each.strip("，。；; ") for each in pattern.findall(blank))
        if len(found) > 1:
            return found
    bare = blank.strip().strip("（()）")
    if w.SLASHED.fullmatch(bare) and not w.is_unit(bare):
        return tuple(bare.split("/"))
    return ()


def _by_options(blank: str) -> Kind | None:
    options = options_in(blank)
    boxes = {"x-options": {"style": "boxes"}} if "□" in blank else {}
    try:
        Choice(choices=options)
    except ValueError:
        return None
    return Kind("choice", {"type": "string", "enum": list(options), **boxes}, f"空表印有选项：{'、'.join(options)}")


def _by_print(blank: str) -> Kind | None:
    bare = blank.strip()
    if w.YEAR.fullmatch(bare) or re.fullmatch(r"20\s+", blank):
        return Kind("year", {"type": "integer"}, "空表印有“20”和空格，是年份")
    if not w.DATE.fullmatch(bare):
        return None
    options = {**({} if "日" in bare else {"precision": "month"}), **({"style": "chinese"} if "二〇" in bare else {})}
    return Kind(
        "date",
        {"type": "string", **({"x-options": options} if options else {})},
        f"空表印有“{'年月日' if '日' in bare else '年月'}”",
    )


def _by_unit(asked: Asked) -> Kind | None:
    unit = unit_of(asked)
    if not unit:
        return None
    if unit in "%％":
        return Kind("percentage", {"type": "number", "x-unit": "%"}, "印有单位“%”")
    if unit in _COUNTED:
        return Kind("integer", {"type": "integer", "x-unit": unit}, f"印有单位“{unit}”，是个数")
    return Kind("number", {"type": "number", "x-unit": unit}, f"印有单位“{unit}”")


def _by_words(label: str) -> Kind | None:
    bare = fold_label(w.core(label)).lower()
    for entry in _words():
        if any(word in bare for word in entry.get("unless", ())):
            continue
        for word in entry["words"]:
            if bare.endswith(word) or (entry.get("anywhere") and word in bare):
                unit = {"x-unit": "%"} if entry["codec"] == "percentage" else {}
                return Kind(entry["codec"], {"type": entry["type"], **unit}, f"标签里有“{word}”")
    return None


def _by_question(label: str) -> Kind | None:
    if not fold_code(w.core(label)).startswith("是否"):
        return None
    return Kind("choice", {"type": "string", "enum": ["是", "否"]}, "标签问“是否”，空表没有印选项")


def _plain(flows: bool) -> Kind:
    if flows:
        return Kind("paragraphs", {"type": "string"}, "单独成段，可以写几段文字")
    return Kind("text", {"type": "string"}, "没有可凭的线索，按文字")


@cache
def _words() -> tuple[dict[str, Any], ...]:
    return tuple(table(Path(__file__).with_name("kinds.yaml")))
