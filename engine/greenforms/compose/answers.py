"""Answers of the applicant's papers that are no facts: the same row of a catalogue, a field said to ask the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenforms.carry.material import Material
from greenforms.check.pointers import node_at
from greenforms.compose.draft import Draft
from greenforms.dossier.paper import Paper
from greenforms.form.labels import called
from greenforms.form.tree import ABSENT, Group, Leaf, Node, Rows, at, leaf_at
from greenforms.place import describe

_LISTED = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What one paper says at a place that answers a field: its value as the field takes it, and as it is printed."""

    paper: Paper
    pointer: str
    value: Any
    printed: str
    doubt: str = ""

    @property
    def source(self) -> str:
        """Where it stands, in words."""
        seen = self.paper.seen.get(self.pointer)
        place = f" {describe(seen.evidence)}" if seen is not None and seen.evidence is not None else ""
        label = called(self.paper.form, self.pointer)
        return f"“{self.paper.document}”（《{self.paper.form.title}》）{place}" + (f"“{label}”" if label else "")


def take_answers(draft: Draft, material: Material, papers: Sequence[Paper]) -> None:
    """Fill what the papers answer: catalogues row by row, then fields and lists that the drafting names."""
    for pointer, node in _places(draft.form.root, ""):
        if isinstance(node, Leaf) and not draft.has(pointer):
            _settle(draft, pointer, list(_answers(draft, material, papers, pointer, node)))
        elif isinstance(node, Rows) and at(draft.data, pointer) is ABSENT:
            _take_rows(draft, material, papers, pointer, node)


def _places(node: Node, pointer: str) -> Iterator[tuple[str, Node]]:
    """The fields and lists of a form that stand in no list."""
    if isinstance(node, Group):
        for name, child in node.children.items():
            yield from _places(child, f"{pointer}/{name}")
    else:
        yield pointer, node


def _answers(draft: Draft, material: Material, papers: Sequence[Paper], pointer: str, leaf: Leaf) -> Iterator[Answer]:
    for paper in papers:
        for there in _answering(draft, paper, pointer):
            value = at(paper.data, there)
            if value is ABSENT or isinstance(value, dict | list):
                continue
            found = _as_taken(paper, there, leaf, value)
            if found is not ABSENT:
                doubt = material.doubts.get(paper.document, {}).get(there, "")
                yield Answer(paper, there, found, _printed(paper, there, value), doubt)


def _answering(draft: Draft, paper: Paper, pointer: str) -> Iterator[str]:
    """The places of a paper that answer a field: the same of its layout, those named, its row of the same catalogue."""
    if paper.form.layout == draft.form.layout:
        yield pointer
    drafting = draft.form.library.drafting.get(draft.form.layout)
    if drafting is not None:
        yield from (there for layout, there in drafting.of(pointer).answered_by if layout == paper.form.layout)
    around, _, column = pointer.rpartition("/")
    around, _, row = around.rpartition("/")
    here = _group_at(draft.form.root, around)
    if here is not None and here.catalogue and paper.form.layout != draft.form.layout:
        for place, group in _catalogues(paper.root, ""):
            if group.catalogue == here.catalogue and (name := _same_column(here, group, row, column)):
                yield f"{place}/{row}/{name}"


def _group_at(root: Group, pointer: str) -> Group | None:
    node = node_at(root, pointer)
    return node if isinstance(node, Group) else None


def _catalogues(node: Node, pointer: str) -> Iterator[tuple[str, Group]]:
    if isinstance(node, Group):
        if node.catalogue:
            yield pointer, node
        for name, child in node.children.items():
            yield from _catalogues(child, f"{pointer}/{name}")


def _same_column(here: Group, there: Group, row: str, column: str) -> str:
    """The column of another paper's catalogue that holds the same: what is scored alike, else what is called alike."""
    roles = {role for role, columns in here.score.items() if column in columns and role != "total"}
    same = [name for role in roles for name in there.score.get(role, ())]
    rows = [each.children.get(row) for each in (here, there)]
    if same or not all(isinstance(each, Group) for each in rows):
        return same[0] if same else ""
    titles = {name: node.title for name, node in rows[1].children.items()} if isinstance(rows[1], Group) else {}
    wanted = rows[0].children[column].title if isinstance(rows[0], Group) else ""
    return next((name for name, title in titles.items() if title == wanted), "")


def _as_taken(paper: Paper, there: str, leaf: Leaf, value: Any) -> Any:
    """A value as the field takes it, read anew where the other paper holds it otherwise; ABSENT for one it cannot."""
    if value is None:
        return None if leaf.nullable else ABSENT
    if leaf.shape.fits(value) and not leaf.codec.check(value):
        return value
    reading = leaf.codec.parse(_printed(paper, there, value))
    return ABSENT if reading.value is None or reading.problems else reading.value


def _printed(paper: Paper, there: str, value: Any) -> str:
    leaf = leaf_at(paper.root, there)
    if value is None:
        return "不适用"
    return leaf.codec.entry(value) if leaf is not None and leaf.shape.fits(value) else str(value)


def _settle(draft: Draft, pointer: str, answers: Sequence[Answer]) -> None:
    """Take what the papers agree on; say why where they do not, or were not read surely."""
    certain = [each for each in answers if not each.doubt]
    if answers and not certain:
        first = answers[0]
        draft.leave(pointer, f"{first.source}写的是“{first.printed}”，{first.doubt}，请照原件填写", disputed=False)
    elif any(each.value != certain[0].value for each in certain):
        said = "；".join(f"“{each.printed}”（{each.source}）" for each in certain[:_LISTED])
        draft.leave(pointer, f"各处说法不一，没有替您选：{said}", disputed=True)
    elif certain:
        draft.fill(pointer, certain[0].value, certain[0].source)


def _take_rows(draft: Draft, material: Material, papers: Sequence[Paper], pointer: str, rows: Rows) -> None:
    """A list as the one paper has it that has it, in the columns that both have."""
    found = [
        (paper, there)
        for paper in papers
        for there in _answering(draft, paper, pointer)
        if isinstance(at(paper.data, there), list) and at(paper.data, there)
    ]
    if len({repr(at(paper.data, there)) for paper, there in found}) > 1:
        files = "、".join(f"“{paper.document}”" for paper, _ in found[:_LISTED])
        draft.leave(pointer, f"{files}列的各不相同，没有替您选", disputed=True)
        return
    for paper, there in found[:1]:
        for number, row in enumerate(at(paper.data, there)):
            for name, value in row.items() if isinstance(row, Mapping) else ():
                leaf, place = rows.item.children.get(name), f"{there}/{number}/{name}"
                if isinstance(leaf, Leaf) and leaf.shape.fits(value):
                    doubt = material.doubts.get(paper.document, {}).get(place, "")
                    _settle(draft, f"{pointer}/{number}/{name}", [Answer(paper, place, value, str(value), doubt)])
