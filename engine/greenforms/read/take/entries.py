"""Two names in a place for one: 张三、李四 in the cell of a contact, two firms in one row of a list."""

from __future__ import annotations

import re
from itertools import pairwise

from greenforms.codec.base import Problem
from greenforms.fact.vocabulary import Vocabulary
from greenforms.form.tree import Leaf
from greenforms_extractors.folding import without_space

_BETWEEN = re.compile(r"[\n、，,;；/]")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}")
#: Names of this many characters with one ending are two names of one kind.
_SHORTEST_UNIT = 5
#: Behind a firm's name its branch may stand.
_PART_OF_ONE = ("分公司", "分厂")


def two_entries(leaf: Leaf, raw: str, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """A doubt where the text of a name holds several; the value stays as written."""
    kind = vocabulary.facts.get(leaf.fact.fact) if leaf.fact else None
    if leaf.fact is None or kind is None or kind.kind != "name":
        return ()
    names = [name for piece in _BETWEEN.split(raw) if (name := without_space(piece))]
    named_by = {entity.named_by for entity in vocabulary.entities.values()}
    alike = _units if leaf.fact.fact in named_by else _people
    if len(names) < 2 or not alike(names):
        return ()
    return (Problem(f"一栏里像是填了几个名称（{'、'.join(names)}）", "只能填一个的请改正，几个单位的请分行填写"),)


def _people(names: list[str]) -> bool:
    return all(map(_PERSON.fullmatch, names))


def _units(names: list[str]) -> bool:
    """Whether the names end alike, and none is a part of the one before it."""
    return all(
        min(len(one), len(other)) >= _SHORTEST_UNIT and one[-2:] == other[-2:] and not other.endswith(_PART_OF_ONE)
        for one, other in pairwise(names)
    )
