"""Whole data sets for a form, grown from its field tree: every field filled, null or absent as the schema allows."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from greenforms.codec import Codec, is_null_sign, make
from greenforms.form.form import Form
from greenforms.form.tree import Group, Leaf, Node, Rows, at
from strategies.codecs import lines, values_for

#: So many rows of a catalogue are drawn and dealt out to all of them: Hypothesis gives up on a hundred of its own.
_ROWS = 4
#: Pictures shipped with the examples; a paper needs real files.
PICTURES = ("pictures/factory-enzyme.png", "pictures/park-steam.png")


@dataclass(frozen=True)
class DataSets:
    """Data sets of one form. `common` keeps texts to GB 2312, which the free 仿宋 covers.

    LibreOffice 7.4 loses a letter when a line breaks behind a character that it has to take from another font; a
    paper that lost one is found out by its record (tests/circle), but cannot give the data back.
    """

    form: Form
    common: bool = False

    def draw(self) -> st.SearchStrategy[Any]:
        """Data sets the form can print; arrays have the lengths its schema asks for, else none to four rows."""
        return self._group(self.form.root)

    def _node(self, node: Node) -> st.SearchStrategy[Any]:
        match node:
            case Leaf():
                return self._leaf(node)
            case Group():
                return self._group(node)
            case Rows():
                least, most = node.bounds.least, node.bounds.most
                return st.lists(
                    self._group(node.item), min_size=int(least or 0), max_size=4 if most is None else min(4, int(most))
                )

    def _group(self, group: Group) -> st.SearchStrategy[Any]:
        if group.catalogue and (rows := list(group.children)):
            few = st.lists(self._node(group.children[rows[0]]), min_size=1, max_size=_ROWS)
            return few.map(lambda drawn: {row: deepcopy(drawn[number % len(drawn)]) for number, row in enumerate(rows)})
        barrable = {name for each in group.conditions for name in each.excluded}
        always = self._members(group, lambda name: name not in barrable)
        if not barrable:
            return always

        def with_what_may_stand(data: Any) -> st.SearchStrategy[Any]:
            barred = _barred(group, data)
            rest = self._members(group, lambda name: name in barrable and name not in barred)
            return rest.map(lambda more: {name: both[name] for name in group.children if name in (both := data | more)})

        return always.flatmap(with_what_may_stand)

    def _members(self, group: Group, wanted: Callable[[str], bool]) -> st.SearchStrategy[Any]:
        """Some members of a group. Tables are always drawn; a field may be left out where it is not required."""
        chosen = {name: child for name, child in group.children.items() if wanted(name)}
        required = {
            name: self._node(child)
            for name, child in chosen.items()
            if not isinstance(child, Leaf) or child.required or not child.printed
        }
        optional = {name: self._node(child) for name, child in chosen.items() if name not in required}
        return st.fixed_dictionaries(required, optional=optional)

    def _leaf(self, leaf: Leaf) -> st.SearchStrategy[Any]:
        if leaf.codec.name == "pictures":
            caption = self._text(lines(), make("text"))
            return st.lists(st.builds(_picture, st.sampled_from(PICTURES), caption), min_size=1, max_size=2)
        values = values_for(leaf.codec)
        if leaf.codec.name in {"text", "paragraphs"}:
            values = self._text(values, leaf.codec)
        if not leaf.nullable:
            return values
        return st.none() | values.filter(lambda value: not is_null_sign(leaf.codec.format(value)))

    def _text(self, texts: st.SearchStrategy[str], codec: Codec) -> st.SearchStrategy[str]:
        if not self.common:
            return texts
        return texts.map(lambda text: codec.parse(_in_gb2312(text)).value or "甲")


def _barred(group: Group, data: Any) -> set[str]:
    """What the conditions of a group rule out: a form prints one of two tables, never both."""
    holding = [each for each in group.conditions if all(at(data, way) in said for way, said in each.when.items())]
    return {name for each in holding for name in each.excluded}


def _in_gb2312(text: str) -> str:
    """What GB 2312 has of a text; lines of which nothing but punctuation is left go."""
    kept = text.encode("gb2312", "ignore").decode("gb2312")
    return "\n".join(" ".join(line.split()) for line in kept.split("\n") if any(char.isalnum() for char in line))


def _picture(file: str, caption: str) -> dict[str, str]:
    return {"file": file, "caption": f"图 {caption}"}
