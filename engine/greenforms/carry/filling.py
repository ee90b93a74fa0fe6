"""Fills a new form with what is stated about a unit, and says what was left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from greenforms.carry.asked import Ask, asks_of
from greenforms.carry.choosing import Carried, Left, answered
from greenforms.carry.material import Statement
from greenforms.carry.rows import rows_for
from greenforms.fact.compare import canonical
from greenforms.form.edit import put
from greenforms.form.form import Form
from greenforms.form.tree import Group, Leaf, at, pattern_of, values


@dataclass(slots=True)
class Prefilled:
    """A new form as far as earlier papers fill it."""

    form: Form
    unit: str
    data: dict[str, Any] = field(default_factory=dict)
    carried: list[Carried] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def prefilled(form: Form, unit: str, statements: Sequence[Statement], day: date) -> Prefilled:
    """The form as filled in on a day. What answers exactly what a field asks is carried, and nothing else."""
    result = Prefilled(form, unit)
    vocabulary = form.library.vocabulary
    application = _application(form, statements, day)
    for ask in asks_of(form, day):
        if isinstance(ask, Ask):
            found = answered(ask, statements, application)
            _note(result, () if found is None else (found,))
        else:
            _note(result, rows_for(ask, statements, vocabulary))
    _leave_out(result)
    result.left = [*_said_once(result.left), *_unbound(result, statements)]
    for each in result.carried:
        put(result.data, each.pointer, each.value)
    return result


def _note(result: Prefilled, found: Iterator[Carried | Left] | tuple[Carried | Left, ...]) -> None:
    for each in found:
        if isinstance(each, Carried):
            result.carried.append(each)
        else:
            result.left.append(each)


def _application(form: Form, statements: Sequence[Statement], day: date) -> str:
    """The type that the new form applies for, "" where that is open."""
    kind = form.library.vocabulary.facts[form.library.vocabulary.application]
    for ask in asks_of(form, day):
        if isinstance(ask, Ask) and ask.kind is kind and isinstance(found := answered(ask, statements), Carried):
            return canonical(kind, str(found.value))
    return ""


def _leave_out(result: Prefilled) -> None:
    """Leave parts empty that the choices made bar, or that no choice has been made for yet."""
    data: dict[str, Any] = {}
    for each in result.carried:
        put(data, each.pointer, each.value)
    for pointer, reason in _barred(result.form.root, data, ""):
        inside = f"{pointer}/"
        gone = [each for each in result.carried if each.pointer == pointer or each.pointer.startswith(inside)]
        result.carried = [each for each in result.carried if each not in gone]
        result.left = [each for each in result.left if each.pointer != pointer and not each.pointer.startswith(inside)]
        if gone and reason:
            result.left.append(Left(pointer, reason, tuple(each.statement for each in gone)))


def _barred(group: Group, data: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """The parts of a group that stay empty, with the reason where that is still open."""
    met = [c for c in group.conditions if all(at(data, path) in said for path, said in c.when.items())]
    for name, child in group.children.items():
        here = f"{pointer}/{name}"
        asked_by = [condition for condition in group.conditions if name in condition.required]
        if any(name in condition.excluded for condition in met):
            yield here, ""
        elif asked_by and not isinstance(child, Leaf) and not any(condition in met for condition in asked_by):
            yield here, f"填不填这一部分要看“{_named(group, asked_by[0].when)}”，请先填那一栏，再对照旧材料填写"
        elif isinstance(child, Group) and isinstance(inner := at(data, f"/{name}"), Mapping):
            yield from _barred(child, inner, here)


def _named(group: Group, when: Mapping[str, Any]) -> str:
    names = (path.split("/")[1] for path in when)
    return "、".join(child.title for name in names if (child := group.children.get(name)) is not None)


def _said_once(left: Sequence[Left]) -> Iterator[Left]:
    """What is left of one place for one reason, said once."""
    found: dict[tuple[str, str, bool], list[Statement]] = {}
    for each in left:
        found.setdefault((each.pointer, each.reason, each.disputed), []).extend(each.statements)
    for (pointer, reason, disputed), statements in found.items():
        yield Left(pointer, reason, tuple({id(each.fact): each for each in statements}.values()), disputed)


def _unbound(result: Prefilled, statements: Sequence[Statement]) -> Iterator[Left]:
    """What earlier papers of the same kind say in fields that state no fact: it cannot be held against the new form."""
    root = result.form.root
    known = {pattern_of(each.pointer) for each in result.carried} | ({root.paper.date} if root.paper else set())
    papers = {id(each.paper): each.paper for each in statements if not each.fact.listed}
    for paper in papers.values():
        if paper.form.layout != result.form.layout:
            continue
        titles = [
            value.leaf.title
            for value in values(paper.form.root, paper.data)
            if value.present and value.leaf.fact is None and value.leaf.pattern not in known
        ]
        if listed := "、".join(dict.fromkeys(titles)):
            yield Left("", f"“{paper.document}”的这些栏目各表没有统一的含义，请对照着自行填写：{listed}")
