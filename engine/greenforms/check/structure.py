"""Whether a data set has the form's structure, and in which places it has not.

The valid case is decided by jsonschema-rs in microseconds; only a data set that fails is explained, with jsonschema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NoReturn

from greenforms.check.complaint import Complaint, blank_required
from greenforms.form.form import Form
from greenforms.record import is_deep


def complaints(form: Form, data: Any) -> tuple[Complaint, ...]:
    """What is wrong with the structure of a data set, each problem once; required but blank counts as missing."""
    if is_deep(data):
        fix = "请检查数据是否误将同一内容重复嵌套"
        return (Complaint("structure", "", f"《{form.title}》", "数据嵌套层数过多", fix),)
    blank = tuple(blank_required(form.root, data))
    if _is_valid(form, data):
        return blank
    from greenforms.check.explain import explain

    empty = {complaint.pointer for complaint in blank}
    found = {(each.kind, each.pointer): each for each in explain(form, data) if each.pointer not in empty}
    return (*blank, *_outermost(tuple(found.values())))


def _outermost(found: tuple[Complaint, ...]) -> Iterator[Complaint]:
    """Drop what is said about the inside of a part that should not be there at all."""
    excluded = [complaint.pointer for complaint in found if complaint.kind == "excluded"]
    for complaint in found:
        if not any(complaint.pointer.startswith(f"{pointer}/") for pointer in excluded):
            yield complaint


def _is_valid(form: Form, data: Any) -> bool:
    try:
        return _validator(form)(data)
    except ValueError:  # what is no JSON at all, such as a key that is a number: the explanation says where
        return False


@cache
def _validator(form: Form) -> Callable[[Any], bool]:
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator(dict(form.schema), retriever=_refuse)
    return validator.is_valid


def _refuse(uri: str) -> NoReturn:
    raise ValueError(f"表单结构引用了外部地址：{uri}")
