"""What a report says of itself: its day, its year, parts by name, the verdict over a table, fixed texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from greenforms.carry.material import Statement
from greenforms.check.pointers import node_at, parent
from greenforms.compose.draft import Draft
from greenforms.form.drafting import SLOT, DraftedField
from greenforms.form.form import Form
from greenforms.form.tree import ABSENT, Group, Leaf, Node, at, leaf_at


def set_day(draft: Draft, day: date) -> None:
    """The day of drafting and the years that follow from it, before papers are asked."""
    for pointer, field in _drafted(draft):
        if field.day and not draft.has(pointer):
            draft.fill(pointer, day.isoformat(), "起草的日期")
        elif field.year is not None and not draft.has(pointer):
            draft.fill(pointer, day.year + field.year, "按起草的日期推算的年份")


def join_items(draft: Draft, statements: Sequence[Statement]) -> None:
    """The names of the unit's parts of which a fact is stated."""
    for pointer, field in _drafted(draft):
        about = [each for each in statements if each.fact.fact == field.items and each.fact.item and not each.doubt]
        if about and not draft.has(pointer):
            files = "、".join(dict.fromkeys(f"“{each.fact.document}”" for each in about))
            draft.fill(pointer, "、".join(dict.fromkeys(each.fact.item for each in about)), f"{files}写的各项名称")


def judge_tables(draft: Draft) -> None:
    """The verdict over a catalogue, where each of its rows has one."""
    for pointer, field in _drafted(draft):
        group = node_at(draft.form.root, field.verdict) if field.verdict else None
        leaf = leaf_at(draft.form.root, pointer)
        if isinstance(group, Group) and leaf is not None and not draft.has(pointer):
            answers = list(_verdicts(draft, field.verdict, group))
            words = _words(draft, group)
            if answers and all(each in words for each in answers):
                met = all(words[each] for each in answers)
                value = next((each for each in leaf.codec.offered() if words.get(each) is met), None)
                source = f"由“{group.title}”{len(answers)}项的结论得出"
                draft.fill(pointer, value, source) if value is not None else None


def _verdicts(draft: Draft, pointer: str, group: Group) -> Iterator[Any]:
    columns = group.score.get("met", ())
    for row in group.children:
        yield from (at(draft.data, f"{pointer}/{row}/{column}") for column in columns[:1])


def _words(draft: Draft, group: Group) -> dict[Any, bool]:
    """What the catalogue's scoring takes for met and not met."""
    catalogue = draft.form.library.catalogues.get((group.catalogue or "").partition("#")[0])
    scoring = catalogue.scoring if catalogue is not None else None
    if scoring is None:
        return {}
    return {**dict.fromkeys(scoring.met, True), **dict.fromkeys(scoring.unmet, False)}


def write_texts(draft: Draft) -> None:
    """Fixed texts, the first of a field whose every slot is known; twice, for one text may stand in another."""
    for _ in range(2):
        for pointer, field in _drafted(draft):
            if field.texts and not draft.has(pointer):
                texts = (written(draft.form, draft.data, pointer, each) for each in field.texts)
                found = next(filter(None, texts), None)
                if found is not None:
                    draft.fill(pointer, found, "固定的文字，其中的数据照本报告")


def written(form: Form, data: Any, pointer: str, text: str) -> str:
    """A fixed text of a field with its slots filled from the data; "" where one is not known."""
    said: dict[str, str] = {}
    for name in SLOT.findall(text):
        here = name if name.startswith("/") else f"{parent(pointer)}/{name}"
        value, leaf = at(data, here), leaf_at(form.root, here)
        if value is ABSENT or value is None or leaf is None:
            return ""
        said[name] = leaf.codec.entry(value)
    return SLOT.sub(lambda slot: said[slot[1]], text)


def _drafted(draft: Draft) -> Iterator[tuple[str, DraftedField]]:
    """The fields that the drafting of the layout tells of, a row of a catalogue by itself."""
    drafting = draft.form.library.drafting.get(draft.form.layout)
    for pattern, field in drafting.fields.items() if drafting is not None else ():
        yield from ((pointer, field) for pointer in _places(draft.form.root, pattern.split("/")[1:], ""))


def _places(node: Node | None, steps: Sequence[str], pointer: str) -> Iterator[str]:
    if not steps:
        yield from (pointer,) if isinstance(node, Leaf) else ()
    elif isinstance(node, Group):
        names = list(node.children) if steps[0] == "*" else [steps[0]]
        for name in names:
            yield from _places(node.children.get(name), steps[1:], f"{pointer}/{name}")
