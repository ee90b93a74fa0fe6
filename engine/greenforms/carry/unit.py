"""Whose papers are meant."""

from __future__ import annotations

from greenforms.carry.material import Material, Statement
from greenforms.dossier.about import About
from greenforms.errors import InputError, UsageError
from greenforms.fact.fold import fold_name
from greenforms.fact.vocabulary import Vocabulary

_LISTED = 20


def statements_of_unit(
    material: Material, vocabulary: Vocabulary, wanted: str | None
) -> tuple[str, tuple[Statement, ...]]:
    """The name of the unit, and what is stated about it.

    Raises UsageError when the papers are of several units and none is named, or of others than the one named;
    InputError when none of them names a unit.
    """
    about = About(material.papers, vocabulary)
    names = [s.fact for s in material.statements if s.fact.fact == vocabulary.subject and s.fact.value]
    own = dict.fromkeys(about.key(fact) for fact in names if not fact.listed)
    every = dict.fromkeys(about.key(fact) for fact in names)
    if not every:
        raise InputError("这些材料都没有写单位名称，不知道是谁的，没有带入。请先在材料里补上单位名称。")
    key = _chosen(about, list(own or every), list(every), wanted)
    return about.title(key), tuple(s for s in material.statements if about.key(s.fact) == key)


def _chosen(about: About, offered: list[str], every: list[str], wanted: str | None) -> str:
    listed = "、".join(f"“{about.title(key)}”" for key in offered[:_LISTED])
    more = f"等 {len(offered)} 个" if len(offered) > _LISTED else ""
    if wanted is None:
        if len(offered) > 1:
            raise UsageError(f"这些材料是几个单位的：{listed}{more}。请用 --unit 指明要带入哪一个单位的。")
        return offered[0]
    folded = fold_name(wanted)
    found = next((key for key in every if folded in {key, fold_name(about.title(key))}), None)
    if found is None:
        raise UsageError(f"这些材料里没有单位“{wanted}”，有：{listed}{more}。请照写其中一个名称。")
    return found
