"""Whole data sets for a form, grown from its field tree: every field filled, null or absent as the schema allows."""

from typing import Any

from hypothesis import strategies as st

from greenforms.codec import is_null_sign
from greenforms.form.package import Form
from greenforms.form.tree import Group, Leaf, Node, Rows
from strategies.codecs import values_for

#: Pictures shipped with the examples; a paper needs real files.
PICTURES = ("pictures/factory-enzyme.png", "pictures/park-steam.png")


def datasets(form: Form) -> st.SearchStrategy[Any]:
    """Data sets that the form can print; arrays have the lengths its schema asks for, else none to four rows."""
    return _group(form.root, form).map(lambda data: _one_side(form, data))


def _one_side(form: Form, data: Any) -> Any:
    """The plan prints the table of the enterprise or of the park, never both."""
    if form.entry.name == "cultivation-plan":
        data.pop("enterprise" if data["creation_type"] == "绿色园区" else "park", None)
    return data


def _node(node: Node, form: Form) -> st.SearchStrategy[Any]:
    match node:
        case Leaf():
            return _leaf(node)
        case Group():
            return _group(node, form)
        case Rows():
            least, most = _lengths(form, node)
            return st.lists(_group(node.item, form), min_size=least, max_size=most)


def _group(group: Group, form: Form) -> st.SearchStrategy[Any]:
    # Tables as a whole are always drawn; a single field may be left out where the form does not require it.
    required = {
        name: _node(child, form)
        for name, child in group.children.items()
        if not isinstance(child, Leaf) or child.required or not child.printed
    }
    optional = {name: _node(child, form) for name, child in group.children.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def _leaf(leaf: Leaf) -> st.SearchStrategy[Any]:
    if leaf.codec.name == "pictures":
        return st.lists(_picture(), min_size=1, max_size=2)
    values = values_for(leaf.codec)
    if not leaf.nullable:
        return values
    return st.none() | values.filter(lambda value: not is_null_sign(leaf.codec.format(value)))


def _picture() -> st.SearchStrategy[Any]:
    from strategies.codecs import lines

    return st.builds(lambda file, text: {"file": file, "caption": f"图 {text}"}, st.sampled_from(PICTURES), lines())


def _lengths(form: Form, rows: Rows) -> tuple[int, int]:
    schema: Any = form.schema
    for step in rows.pattern.split("/")[1:]:
        while "$ref" in schema:
            schema = form.schema["$defs"][schema["$ref"].rpartition("/")[2]]
        schema = schema["items"] if step == "*" else schema["properties"][step]
    return schema.get("minItems", 0), min(4, schema.get("maxItems", 4))
