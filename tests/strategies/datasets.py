"""Whole data sets for a form, grown from its field tree: every field filled, null or absent as the schema allows."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from greenforms.codec import Codec, is_null_sign, make
from greenforms.form.form import Form
from greenforms.form.tree import Group, Leaf, Node, Rows, at
from strategies.codecs import lines, values_for

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
        # Tables as a whole are always drawn; a single field may be left out where the form does not require it.
        required = {
            name: self._node(child)
            for name, child in group.children.items()
            if not isinstance(child, Leaf) or child.required or not child.printed
        }
        optional = {name: self._node(child) for name, child in group.children.items() if name not in required}
        return st.fixed_dictionaries(required, optional=optional).map(lambda data: _sound(group, data))

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


def _sound(group: Group, data: Any) -> Any:
    """An object without what its conditions rule out: a form prints one of two tables, never both."""
    holding = [each for each in group.conditions if all(at(data, way) in said for way, said in each.when.items())]
    barred = {name for each in holding for name in each.excluded}
    return {name: value for name, value in data.items() if name not in barred}


def _in_gb2312(text: str) -> str:
    """What GB 2312 has of a text; lines of which nothing but punctuation is left go."""
    kept = text.encode("gb2312", "ignore").decode("gb2312")
    return "\n".join(" ".join(line.split()) for line in kept.split("\n") if any(char.isalnum() for char in line))


def _picture(file: str, caption: str) -> dict[str, str]:
    return {"file": file, "caption": f"图 {caption}"}
