"""Says under which condition a part of a form is needed or barred: `“创建类型”为“绿色工厂”时，`."""

from __future__ import annotations

from collections.abc import Iterator

from greenforms.check.complaint import Broken
from greenforms.check.pointers import node_at, title
from greenforms.check.sentence import shown
from greenforms.form.form import Form
from greenforms.form.tree import ABSENT, Condition, Group, at, member_pointer


def condition(form: Form, broken: Broken, name: str) -> str:
    """The clause for a member that is needed or barred under a condition; "" for one that is so without."""
    group = node_at(form.root, broken.pointer)
    if not isinstance(group, Group) or ((member := group.children.get(name)) is not None and member.required):
        return ""
    said = [
        f"“{title(form.root, member_pointer(broken.pointer, field))}”为{shown(broken.value[field])}"
        for each in _holding(group, broken)
        if name in (*each.required, *each.excluded)
        for field in (pointer.removeprefix("/") for pointer in each.when)
        if field in broken.value
    ]
    return f"{'、'.join(dict.fromkeys(said))}时，" if said else ""


def _holding(group: Group, broken: Broken) -> Iterator[Condition]:
    """The conditions of a group that hold of what stands there, as JSON Schema has it: absent fields break nothing."""
    for each in group.conditions:
        found = {pointer: at(broken.value, pointer) for pointer in each.when}
        if all(value is ABSENT or value in each.when[pointer] for pointer, value in found.items()):
            yield each
