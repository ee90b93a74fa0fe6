"""Holds what a paper prints in derived places against what follows from its own fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from greenforms.finding import Finding, Place, Severity
from greenforms.form.derive import derived_text
from greenforms.form.tree import Group, Node, Rows, at
from greenforms.place import describe
from greenforms.read.take.slots import StructureReading
from greenforms_extractors.folding import fold_label

RULE = "read/derived-differs"


def derived_findings(file: str, root: Group, data: Any, structure: StructureReading) -> Iterator[Finding]:
    """A finding for each derived text that the paper prints otherwise; blank ones say nothing."""
    for leaf, found in structure.derived:
        wanted = derived_text(leaf, _paper(root, data, found.path))
        printed = " ".join(found.raw.split())
        if not printed or wanted is None or fold_label(printed) in {fold_label(wanted), fold_label(leaf.blank)}:
            continue
        message = (
            f"{file} {describe(found.origin)}“{leaf.title}”印的是“{printed}”，而按表中所填应为“{wanted}”。"
            "请核对是表中漏了、多了内容，还是这里没有随着改。"
        )
        place = Place(file, found.path, leaf.title, printed, found.origin)
        yield Finding(RULE, Severity.FIX, message, (place,), fix="核对后改成一致", suggestion=wanted)


def _paper(root: Group, data: Any, pointer: str) -> Any:
    """The data of the layout a place stands in: those of the form, or of the innermost layout inside it."""
    node: Node | None = root
    paper, here = data, ""
    for step in pointer.split("/")[1:]:
        here = f"{here}/{step}"
        if isinstance(node, Rows):
            node = node.item
        elif isinstance(node, Group):
            node = node.children.get(step)
        if isinstance(node, Group) and node.layout:
            paper = at(data, here)
    return paper
