"""The questions that no paper answers: which rules ask them, and what people said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from greenforms.check.checks.answered import Answered
from greenforms.dossier.dossier import Answer
from greenforms.errors import UsageError
from greenforms.form.library import Library

#: Who answered, where nobody says so.
UNNAMED = "未注明的答复人"


def questions_of(library: Library) -> Mapping[str, str]:
    """The questions that rules ask of people, by the rule's id."""
    return {rule.id: str(rule.parameters["question"]) for rule in library.all_rules if rule.check == Answered.name}


def answer_to(library: Library, rule_id: str, text: str, when: date, who: str = UNNAMED) -> Answer:
    """An answer to the question of a rule. Raises UsageError, naming the questions there are, when it asks none."""
    known = questions_of(library)
    if rule_id not in known:
        listed = "、".join(f"{each}（{question}）" for each, question in known.items())
        there = f"可以答复的有：{listed}" if listed else "现有的规则都不需要人来答复，请去掉这个选项"
        raise UsageError(f"没有编号为“{rule_id}”的问题。{there}。")
    return Answer(known[rule_id], text, who, when)
