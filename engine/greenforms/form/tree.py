"""A form's schema as a tree of fields: what renderers, readers and checks walk instead of raw JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from greenforms.codec.base import Codec
from greenforms.form.shape import Shape


@dataclass(frozen=True, slots=True)
class FactBinding:
    """A field's meaning in the shared vocabulary."""

    fact: str


@dataclass(frozen=True, slots=True)
class Period:
    """Which year what stands below speaks of: that of the sibling `field`, or so many years after the paper's."""

    field: str | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Boundary:
    """Which site or legal person the figures below cover: the one that the sibling `field` names, or `name`."""

    field: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class PaperYear:
    """Which day and year a paper speaks of: `date` is the pointer of its date, `year` is added to the date's year."""

    date: str
    year: int = 0
    #: Where the paper says which year it is about, "" where it does not.
    stated: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and most a number, the characters of a text or the rows of a list may be; None without a bound."""

    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """How a printed text follows from other fields: `kind` is count, sum, join, copy or year, `source` a pattern.

    `offset` is added to a year, `separator` stands between what is joined, `text` around it (`共{}家`).
    """

    kind: str
    source: str
    offset: int = 0
    separator: str = "、"
    text: str = "{}"
    #: Only items of the list which have these values count.
    where: Mapping[str, str] = field(default_factory=dict)
    #: What is printed where the list holds no such item; None prints the blank's text.
    nothing: str | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field that prints one value."""

    pattern: str
    title: str
    codec: Codec
    required: bool
    nullable: bool
    printed: bool
    shape: Shape
    unit: str | None = None
    aliases: tuple[str, ...] = ()
    fact: FactBinding | None = None
    #: What the official blank prints in the slot; `row_blanks` where it prints something else in each row.
    blank: str = ""
    row_blanks: tuple[str, ...] = ()
    #: The sign printed for an explicit null.
    empty: str = "/"
    description: str = ""
    bounds: Bounds = Bounds()
    period: Period | None = None
    #: Values of it that are shown as examples.
    examples: tuple[Any, ...] = ()
    #: The members that a composite value, or each item of a list, must have.
    needed_parts: frozenset[str] = frozenset()
    boundary: Boundary | None = None
    #: Whether a date or year may lie in the future, as that of a plan does.
    planned: bool = False
    #: Set for what is no part of the data but printed from it.
    derived: Derived | None = None

    def blank_at(self, pointer: str) -> str:
        """What the blank prints at one place of the field."""
        row = next((int(step) for step in reversed(pointer.split("/")) if step.isdecimal()), 0)
        return self.row_blanks[row] if row < len(self.row_blanks) else self.blank


@dataclass(frozen=True, slots=True)
class Condition:
    """Where each pointer (relative to the group) has one of its values, `required` children must be there.

    `excluded` ones must not.
    """

    when: Mapping[str, tuple[Any, ...]]
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """An object: named children in form order.

    `derived` are texts that are printed from other fields and are no part of the data.

    A row of a catalogue is a group whose `attributes` the form prints; `catalogue` names that of a group whose
    children are such rows, `layout` that of a group that is a paper of its own inside this one.
    """

    pattern: str
    title: str
    required: bool
    children: Mapping[str, Node]
    description: str = ""
    conditions: tuple[Condition, ...] = ()
    period: Period | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    catalogue: str | None = None
    layout: str | None = None
    paper: PaperYear | None = None
    derived: Mapping[str, Leaf] = field(default_factory=dict)
    boundary: Boundary | None = None
    #: Which columns of a catalogue hold what its rows are scored by, by their parts in it (`form.scoring`).
    score: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def member(self, name: str) -> Node | None:
        """The child or the derived text of a name."""
        return self.children.get(name) or self.derived.get(name)


@dataclass(frozen=True, slots=True)
class Rows:
    """An array of objects. `blank_rows` empty rows stand on the official blank; `subject` names each row's subject.

    `states` are facts, by fact id, that hold for every row's subject: a section's title says them once.
    """

    pattern: str
    title: str
    required: bool
    item: Group
    blank_rows: int = 1
    subject: str | None = None
    aliases: tuple[str, ...] = field(default=())
    states: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    bounds: Bounds = Bounds()
    period: Period | None = None
    boundary: Boundary | None = None


Node = Leaf | Group | Rows


def leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf of the data below `node`, in form order; rows contribute their columns once."""
    match node:
        case Leaf():
            yield node
        case Group():
            for child in node.children.values():
                yield from leaves(child)
        case Rows():
            yield from leaves(node.item)


def derived_leaves(node: Node) -> Iterator[Leaf]:
    """Every derived text below `node`, in form order."""
    match node:
        case Leaf():
            return
        case Group():
            yield from node.derived.values()
            for child in node.children.values():
                yield from derived_leaves(child)
        case Rows():
            yield from derived_leaves(node.item)


def leaf_at(root: Group, pointer: str) -> Leaf | None:
    """The field at a concrete pointer, None when there is none."""
    node: Node | None = root
    for step in pointer.split("/")[1:]:
        node = node.children.get(step) if isinstance(node, Group) else node.item if isinstance(node, Rows) else None
    return node if isinstance(node, Leaf) else None


def rows_of(node: Node) -> Iterator[Rows]:
    """Every array below `node`, in form order."""
    if isinstance(node, Rows):
        yield node
        yield from rows_of(node.item)
    elif isinstance(node, Group):
        for child in node.children.values():
            yield from rows_of(child)


def layouts_in(node: Node) -> Iterator[str]:
    """The layouts that stand inside a form's own, by name."""
    return (layout for layout, _ in papers_in(node))


def papers_in(node: Node) -> Iterator[tuple[str, str]]:
    """The layouts that stand inside a form's own, by name, each with the pointer pattern of its place."""
    if isinstance(node, Rows):
        yield from papers_in(node.item)
    elif isinstance(node, Group):
        if node.layout is not None:
            yield node.layout, node.pattern
        for child in node.children.values():
            yield from papers_in(child)


@dataclass(frozen=True, slots=True)
class Value:
    """One place of a data set: the field, its pointer and what stands there; `present` tells null from absent."""

    leaf: Leaf
    pointer: str
    value: Any
    present: bool


def values(node: Node, data: Any, pointer: str = "") -> Iterator[Value]:
    """Every leaf of a data set in form order, absent ones included; absent groups yield their absent leaves."""
    found: list[Value] = []
    _gather(node, data, pointer, found)
    return iter(found)


def _gather(node: Node, data: Any, pointer: str, found: list[Value]) -> None:
    if isinstance(node, Leaf):
        found.append(Value(node, pointer, None if data is ABSENT else data, data is not ABSENT))
    elif isinstance(node, Group):
        members = data if isinstance(data, Mapping) else {}
        for name, child in node.children.items():
            _gather(child, members.get(name, ABSENT), f"{pointer}/{name}", found)
    else:
        for index, row in enumerate(data if isinstance(data, list) else ()):
            _gather(node.item, row, f"{pointer}/{index}", found)


def misfits(node: Node, data: Any, pointer: str = "") -> Iterator[str]:
    """Pointers of what the form has no place for: unknown keys, and values of another shape than the form prints.

    An explicit null has a place wherever the form has one, and so has what is not there.
    """
    match node:
        case Leaf():
            fits = node.shape.fits(data)
        case Group():
            fits = isinstance(data, Mapping)
        case Rows():
            fits = isinstance(data, list)
    if not fits and not (data is None and pointer):
        yield pointer
    elif isinstance(node, Group) and isinstance(data, Mapping):
        children = node.children
        for key, value in data.items():
            child = children.get(key)
            if isinstance(child, Leaf) and (value is None or child.shape.fits(value)):
                continue
            here = member_pointer(pointer, key)
            yield from (here,) if child is None else misfits(child, value, here)
    elif isinstance(data, list) and isinstance(node, Rows):
        yield from _misfit_rows(node.item, data, pointer)


def _misfit_rows(item: Node, rows: list[Any], pointer: str) -> Iterator[str]:
    texts = _texts(item)
    for index, row in enumerate(rows):
        if row.__class__ is not dict or not _all_fit(item, texts, row):
            yield from misfits(item, row, f"{pointer}/{index}")


def _texts(item: Node) -> frozenset[str]:
    """The members of an item that are texts."""
    children = item.children if isinstance(item, Group) else {}
    return frozenset(name for name, child in children.items() if isinstance(child, Leaf) and child.shape.fits(""))


def _all_fit(item: Node, texts: frozenset[str], row: Mapping[str, Any]) -> bool:
    """Whether all that an item has fits at first sight: nearly all items of a long list do."""
    if not isinstance(item, Group):
        return False
    for key, value in row.items():
        if value.__class__ is not str or key not in texts:
            child = item.children.get(key)
            if not isinstance(child, Leaf) or not (value is None or child.shape.fits(value)):
                return False
    return True


def member_pointer(pointer: str, key: object) -> str:
    """The pointer of a member, its key escaped (RFC 6901 §3)."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"


class _Absent:
    """The mark of a key that is not there, as opposed to an explicit null."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()


def pattern_of(pointer: str) -> str:
    """The pattern a concrete pointer belongs to: `/rows/3/name` → `/rows/*/name`."""
    return "/".join("*" if part.isdecimal() else part for part in pointer.split("/"))


def at(data: Any, pointer: str) -> Any:
    """What stands at a JSON Pointer of a data set, `ABSENT` when nothing does."""
    for part in pointer.split("/")[1:]:
        if isinstance(data, Mapping) and part in data:
            data = data[part]
        elif isinstance(data, list) and part.isdecimal() and int(part) < len(data):
            data = data[int(part)]
        else:
            return ABSENT
    return data
