"""One field tree for all papers of a pack, in which each fact is asked once however many papers print it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from greenforms.carry.asked import Ask, ListAsk, asks_of
from greenforms.errors import UsageError
from greenforms.form.edit import put
from greenforms.form.edition import FormEntry
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.procedure import DuePaper, Procedure
from greenforms.form.tree import ABSENT, Group, Leaf, Node, Rows, at, leaves
from greenforms.submission.ways import Ways

#: The order of facts is that of the papers; any day does, for years are compared with each other alone.
_DAY = date(2000, 6, 30)


@dataclass(frozen=True, slots=True)
class Twin:
    """A place that is not asked for, and the one whose answer it takes."""

    pointer: str
    source: str


@dataclass(frozen=True)
class Asking:
    """What a pack asks. `form` is the form of its workbook, `papers` are the forms by their key in the data."""

    procedure: Procedure
    type: str
    form: Form
    papers: Mapping[str, tuple[DuePaper, Form]]
    twins: tuple[Twin, ...]

    def data_of(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The data of each paper that has any: what was filled in, and what other papers ask for it."""
        data = copy.deepcopy({key: given[key] for key in self.papers if key in given})
        for twin in self.twins:
            answer = at(given, twin.source)
            key, _, inside = twin.pointer[1:].partition("/")
            if answer is not ABSENT and key in data and self._is_there(data, twin.pointer):
                put(data[key], f"/{inside}", copy.deepcopy(answer))
        order = {key: form.root for key, (_, form) in self.papers.items()}
        return {key: _in_order(order[key], value) for key, value in data.items()}

    def _is_there(self, data: Mapping[str, Any], pointer: str) -> bool:
        """Whether the part a place stands in is filled in, or has to be."""
        around = pointer.rpartition("/")[0]
        return self.ways.is_certain(around) or at(data, around) is not ABSENT

    @cached_property
    def ways(self) -> Ways:
        """Which parts of the papers are filled in whatever is chosen."""
        return Ways(_whole(self.papers))


def asking_of(library: Library, procedure: Procedure, type_: str) -> Asking:
    """What the papers of a procedure ask of an applicant of a type. Optional papers are asked for, too.

    Raises UsageError for a procedure without papers.
    """
    if not procedure.papers_of(type_):
        raise UsageError(f"“{procedure.title}”没有要打印的材料，不用建申报包。{procedure.note}。")
    papers = {_key(due.form): (due, library.form(due.form)) for due in procedure.papers_of(type_) if not due.within}
    whole = _whole(papers)
    form = _form(library, procedure, type_, whole, len(papers))
    twins = tuple(_twins(form))
    return Asking(procedure, type_, replace(form, root=_once(whole, twins)), papers, twins)


def _key(form_id: str) -> str:
    return form_id.partition("/")[2].replace("-", "_")


def _whole(papers: Mapping[str, tuple[DuePaper, Form]]) -> Group:
    """All fields of all papers, each paper a group of its own."""
    children: dict[str, Node] = {}
    for key, (due, form) in papers.items():
        root = _moved(form.root, f"/{key}")
        assert isinstance(root, Group)
        children[key] = replace(root, title=f"《{form.title}》", required=not due.optional)
    return Group("", "", True, children)


def _form(library: Library, procedure: Procedure, type_: str, root: Group, count: int) -> Form:
    entry = FormEntry(
        name=procedure.id.partition("/")[2],
        layout="",
        title=f"{procedure.title}（{type_}）",
        annex=f"{count}份材料合为一本",
        document=procedure.citation.document,
        grade="A",
        grade_note="",
        outputs=(),
        filled_by=procedure.submits,
        received_by=procedure.receives,
        titles=(),
    )
    return Form(procedure.id, library.edition(procedure.edition), entry, {}, root, {}, library)


def _moved(node: Node, before: str) -> Node:
    """A part of a form under another pointer."""
    pattern = before + node.pattern
    match node:
        case Leaf():
            return replace(node, pattern=pattern)
        case Rows():
            item = _moved(node.item, before)
            assert isinstance(item, Group)
            return replace(node, pattern=pattern, item=item)
        case Group():
            children = {name: _moved(child, before) for name, child in node.children.items()}
            return replace(node, pattern=pattern, children=children, derived={})


def _twins(form: Form) -> Iterator[Twin]:
    """Every place whose answer another place gives that is asked before it."""
    ways = Ways(form.root)
    first: dict[Any, list[Ask | ListAsk]] = {}
    for ask in asks_of(form, _DAY):
        known = first.setdefault(_about(ask), [])
        source = next((each for each in known if ways.reach(each.pointer, ask.pointer) and _takes(ask, each)), None)
        if source is None or ways.decides(ask.pointer):
            known.append(ask)
        else:
            yield Twin(ask.pointer, source.pointer)


def _about(ask: Ask | ListAsk) -> Any:
    """What two places share that ask the same; a figure of no known year is like no other."""
    if isinstance(ask, Ask):
        return ask.pointer if ask.is_open else (ask.kind.id, ask.period, ask.boundary, ask.item)
    return _columns(ask.rows.item), ask.rows.subject, ask.scope


def _columns(item: Group) -> Any:
    """The columns of a list by name, label and fact; None stands for one that states nothing."""
    found = tuple((leaf.pattern.rpartition("/*/")[2], leaf.title, leaf.fact) for leaf in leaves(item))
    return found if any(fact for *_, fact in found) else item.pattern


def _takes(ask: Ask | ListAsk, source: Ask | ListAsk) -> bool:
    """Whether a place takes every answer that the other can have, as it is."""
    if isinstance(ask, ListAsk) or isinstance(source, ListAsk):
        return isinstance(ask, ListAsk) and isinstance(source, ListAsk) and _like(ask.rows.item, source.rows.item)
    return _like(ask.leaf, source.leaf)


def _like(one: Node, other: Node) -> bool:
    pairs = zip(leaves(one), leaves(other), strict=True)
    return all(
        taker.codec == giver.codec
        and taker.unit == giver.unit
        and taker.shape == giver.shape
        and (taker.nullable or not giver.nullable)
        for taker, giver in pairs
    )


def _once(whole: Group, twins: tuple[Twin, ...]) -> Group:
    """The tree without the twins; what is asked in their place says where else it is printed."""
    gone = {twin.pointer for twin in twins}
    told: dict[str, list[str]] = {}
    for twin in twins:
        told.setdefault(twin.source, []).append(whole.children[twin.pointer.split("/")[1]].title)
    needed = {twin.source for twin in twins if _required(whole, twin.pointer)}
    root = _kept(whole, gone, told, needed)
    assert isinstance(root, Group)
    return root


def _kept(node: Node, gone: set[str], told: Mapping[str, list[str]], needed: set[str]) -> Node | None:
    if node.pattern in gone:
        return None
    if isinstance(node, Group):
        kept = {name: _kept(child, gone, told, needed) for name, child in node.children.items()}
        children = {name: child for name, child in kept.items() if child is not None}
        return replace(node, children=children) if children else None
    titles = "".join(dict.fromkeys(told.get(node.pattern, ())))
    also = f"还印在{titles}，只填这一处。" if titles else ""
    note = "\n".join(filter(None, (node.description, also)))
    return replace(node, description=note, required=node.required or node.pattern in needed)


def _required(whole: Group, pointer: str) -> bool:
    node: Node = whole
    for step in pointer.split("/")[1:]:
        assert isinstance(node, Group)
        node = node.children[step]
    return node.required


def _in_order(node: Node, data: Any) -> Any:
    """Data with their members in form order, so that the same answers give the same bytes wherever they were asked."""
    if isinstance(node, Group) and isinstance(data, Mapping):
        return {name: _in_order(child, data[name]) for name, child in node.children.items() if name in data}
    return data
