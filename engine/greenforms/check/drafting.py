"""What the drafting of a layout says of places that it has not."""

from __future__ import annotations

from collections.abc import Iterator

from greenforms.check.pointers import node_at, parent
from greenforms.form.drafting import SLOT, Drafting
from greenforms.form.tree import Group, Leaf, Rows


def drafting_errors(drafting: Drafting, root: Group) -> Iterator[str]:
    """A sentence for each field, catalogue or name in a fixed text that is not on the form."""
    for pointer in filter(None, (drafting.made_by, drafting.checked_by)):
        if not isinstance(node_at(root, pointer), Leaf):
            yield f"{drafting.source}：review 指的“{pointer}”不是表上的一栏"
    for pattern, field in drafting.fields.items():
        where = f"{drafting.source}：“{pattern}”"
        if not isinstance(node_at(root, pattern), Leaf | Rows):
            yield f"{where}不是表上的一栏或一张明细"
            continue
        catalogue = node_at(root, field.verdict) if field.verdict else None
        if field.verdict and not (isinstance(catalogue, Group) and catalogue.catalogue):
            yield f"{where}：verdict 指的“{field.verdict}”不是一张目录表"
        for name in (name for text in field.texts for name in SLOT.findall(text)):
            if not isinstance(node_at(root, name if name.startswith("/") else f"{parent(pattern)}/{name}"), Leaf):
                yield f"{where}：texts 里的“{name}”不是表上的一栏"
