"""The questions that no paper answers: which rules ask them, and what people said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from greenforms.dossier.dossier import Answer
from greenforms.errors import UsageError
from greenforms.form.library import Library

#: Who answered, where nobody says so.
UNNAMED = "未注明的答复人"
#: So many questions are listed where one is asked for that there is not.
_LISTED = 5


def questions_of(library: Library) -> Mapping[str, str]:
    """The questions that rules ask of people, by the rule's id."""
    return {rule.id: str(rule.parameters["question"]) for rule in library.all_rules if "question" in rule.parameters}


def answer_to(library: Library, rule_id: str, text: str, when: date, who: str = UNNAMED) -> Answer:
    """An answer to the question of a rule. Raises UsageError, naming the questions there are, when it asks none."""
    known = questions_of(library)
    if rule_id not in known:
        near = [each for each in known if each.partition("/")[0] == rule_id.partition("/")[0]] or list(known)
        listed = "、".join(f"{each}（{known[each]}）" for each in near[:_LISTED])
        more = f"等 {len(near)} 个，全部见 greenforms rules" if len(near) > _LISTED else ""
        there = f"可以答复的有：{listed}{more}" if listed else "现有的规则都不需要人来答复，请去掉这个选项"
        raise UsageError(f"没有编号为“{rule_id}”的问题。{there}。")
    return Answer(known[rule_id], text, who, when)
