"""Which form a person means: by id, by short name, or by its official title or a part of it that no other has."""

from __future__ import annotations

from collections.abc import Mapping

from greenforms.errors import UsageError
from greenforms_extractors.folding import fold_label

#: Titles of each form by its id, the official one first.
Titles = Mapping[str, tuple[str, ...]]

#: A single character says too little of a title.
_SHORTEST = 2
#: How alike, of 100, a name must be to be offered.
_ALIKE = 60
_OFFERED = 3
#: Where all forms are listed.
ALL_FORMS = "全部表单用 greenforms forms 查看。"


def id_of(name: str, titles: Titles) -> str:
    """The id of the form meant. Raises UsageError when it is none, with the nearest, or several, with each."""
    for found in (_by_id(name, titles), _by_title(name, titles)):
        if len(found) == 1:
            return found[0]
        if found:
            listed = "、".join(_listed(each, titles) for each in found)
            raise UsageError(f"“{name}”指的可能是几种表单：{listed}。请写全，如 {found[0]}。")
    offered = "、".join(_listed(each, titles) for each in _nearest(name, titles))
    meant = f"您是不是要{offered}？" if offered else ""
    raise UsageError(f"没有表单“{name}”。{meant}{ALL_FORMS}")


def _by_id(name: str, titles: Titles) -> list[str]:
    return [form_id for form_id in titles if name in (form_id, form_id.partition("/")[2])]


def _by_title(name: str, titles: Titles) -> list[str]:
    """The forms with this title; else those a title of which holds these words."""
    wanted = fold_label(name.strip().removeprefix("《").removesuffix("》"))
    if len(wanted) < _SHORTEST:
        return []
    folded = {form_id: [fold_label(title) for title in each] for form_id, each in titles.items()}
    exact = [form_id for form_id, each in folded.items() if wanted in each]
    return exact or [form_id for form_id, each in folded.items() if any(wanted in title for title in each)]


def _nearest(name: str, titles: Titles) -> list[str]:
    """The few forms whose id or title is most like a name, the likest first."""
    from rapidfuzz import fuzz, process

    spellings = {
        spelling: form_id
        for form_id, each in titles.items()
        for spelling in (form_id, form_id.partition("/")[2], *each)
    }
    found = process.extract(name, list(spellings), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
    return list(dict.fromkeys(spellings[spelling] for spelling, _, _ in found))[:_OFFERED]


def _listed(form_id: str, titles: Titles) -> str:
    return f" {form_id}（《{titles[form_id][0]}》）"
