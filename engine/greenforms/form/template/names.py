"""Names in a template whose loops over catalogues are still to be unrolled: what each becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from greenforms.form.template.scope import UnknownName, steps_of
from greenforms.form.template.tags import BLANK, is_ordinal
from greenforms.form.tree import Group, Leaf, Node, Rows

#: `{{ form.maker }}` prints what the edition says of its form; no field of a form may be called so.
FORM = "form"
#: `{{ fax.title }}` prints the label of a field, which an edition may override.
TITLE = "title"


@dataclass(frozen=True, slots=True)
class Printed:
    """A static text in place of a tag; cells one below the other with the same `merged` become one cell."""

    text: str
    merged: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What names mean at one point of a template.

    `prefix` stands in front of every name of an included layout, `root` is the group names begin at. `variables` are
    those of loops: of a list, which the filler repeats, by their item; of a catalogue, which is unrolled here, by the
    full name of its row as well.
    """

    root: Group
    texts: Mapping[str, str]
    merged: tuple[str, ...] = ()
    prefix: str = ""
    variables: Mapping[str, tuple[str, Node]] = field(default_factory=dict)

    def node(self, name: str) -> Node:
        """The field, group or list a name stands for. Raises UnknownName."""
        first, *steps = steps_of(name)
        node = self.variables[first][1] if first in self.variables else self.root.member(first)
        for step in steps:
            if isinstance(node, Rows) and step.isdecimal():
                node = node.item
            else:
                node = node.member(step) if isinstance(node, Group) else None
        if node is None:
            raise UnknownName(f"“{name}”在表单数据结构中不存在")
        return node

    def full(self, name: str) -> str:
        """The name as the filler knows it."""
        if is_ordinal(name) or name == BLANK:
            return name
        first, dot, rest = name.partition(".")
        if first in self.variables:
            return f"{self.variables[first][0]}{dot}{rest}"
        return f"{self.prefix}{name}"

    def attribute(self, name: str) -> Printed | None:
        """The static text a name stands for: of a catalogue's row, of the edition, a field's label; None for a slot."""
        first, _, rest = name.partition(".")
        if first == FORM:
            if rest not in self.texts:
                raise UnknownName(f"版本没有为本表单规定“{rest}”（可用：{'、'.join(self.texts)}）")
            return Printed(self.texts[rest])
        if first in self.variables and rest and "." not in rest:
            row = self.variables[first][1]
            if isinstance(row, Group) and row.member(rest) is None and rest in row.attributes:
                return Printed(row.attributes[rest], self._group(row, rest))
        field_name, _, last = name.rpartition(".")
        if last == TITLE and field_name and isinstance(leaf := self._known(field_name), Leaf):
            return Printed(leaf.title)
        return None

    def _group(self, row: Group, attribute: str) -> str | None:
        """What rows share whose cells of an attribute are merged: it, and the attributes around it."""
        if attribute not in self.merged:
            return None
        around = self.merged[: self.merged.index(attribute) + 1]
        return "|".join(row.attributes.get(name, "") for name in around)

    def _known(self, name: str) -> Node | None:
        try:
            return self.node(name)
        except UnknownName:
            return None

    def with_row(self, variable: str, name: str, row_id: str, merged: tuple[str, ...]) -> Names:
        """Inside a catalogue's loop, at one of its rows."""
        group = self.node(name)
        assert isinstance(group, Group)
        row = (f"{self.full(name)}.{row_id}", group.children[row_id])
        return replace(self, variables={**self.variables, variable: row}, merged=merged)

    def with_item(self, variable: str, rows: Rows) -> Names:
        """Inside a list's loop."""
        return replace(self, variables={**self.variables, variable: (variable, rows.item)})

    def within(self, name: str, texts: Mapping[str, str]) -> Names:
        """Inside the template of a layout that stands at a name."""
        group = self.node(name)
        if not isinstance(group, Group) or group.layout is None:
            raise UnknownName(f"“{name}”不是另一个版式")
        return Names(group, texts, prefix=f"{self.full(name)}.")
