"""Turns the errors of the jsonschema library into complaints in the form's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any

import jsonschema
import referencing
from jsonschema.exceptions import ValidationError

from greenforms.check.complaint import Broken, Complaint
from greenforms.check.condition import condition
from greenforms.check.figures import exact
from greenforms.check.nearest import labels, nearest
from greenforms.check.pointers import node_at, parent, phrase, title
from greenforms.check.sentence import shown
from greenforms.form.form import Form
from greenforms.form.keywords import barred_by
from greenforms.form.labels import container
from greenforms.form.tree import Group, Leaf, Rows, member_pointer

_TYPES = {
    "string": "文字",
    "number": "数字",
    "integer": "整数",
    "object": "一组内容",
    "array": "列表",
    "boolean": "true或false",
    "null": "空（不适用）",
}
_LIMITS = {
    "minimum": "不能小于{limit}",
    "maximum": "不能大于{limit}",
    "exclusiveMinimum": "应大于{limit}",
    "exclusiveMaximum": "应小于{limit}",
}
_LONGEST_BITS = 10_000
#: Whoever has more to mend than this has sent something else.
_MOST_ERRORS = 500
#: So many unknown keys of one place are named, and guessed at; the others are counted.
_NAMED_KEYS = 20
_Speaker = Callable[[Form, Broken], Iterator[Complaint]]


def explain(form: Form, data: Any) -> Iterator[Complaint]:
    """Every error of a data set; of several branches none of which fits, the one that comes closest."""
    errors = iter(_validator(form).iter_errors(_quotable(data)))
    first = list(islice(errors, _MOST_ERRORS))
    for error in first:
        for closest in _closest(error):
            yield from _words(form, closest)
    if not first:
        yield _other(form, "")
    if next(errors, None) is not None:
        fix = "请先改正已列出的问题，再校验一次"
        yield Complaint("structure", "", f"《{form.title}》", "问题太多，没有全部列出", fix)


def _quotable(value: Any) -> Any:
    """The data with whole numbers of thousands of digits as decimals: the library quotes values, Python refuses to."""
    if isinstance(value, dict):
        return {key: _quotable(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_quotable(member) for member in value]
    return Decimal(value) if isinstance(value, int) and value.bit_length() > _LONGEST_BITS else value


@cache
def _validator(form: Form) -> Any:
    types = jsonschema.Draft202012Validator.TYPE_CHECKER.redefine_many({"number": _is_number, "integer": _is_integer})
    extend: Any = jsonschema.validators.extend
    return extend(jsonschema.Draft202012Validator, type_checker=types)(form.schema, registry=referencing.Registry())


def _is_number(_: Any, value: Any) -> bool:
    """Finite numbers. One too long to print is a number all the same; the value check speaks of it."""
    if isinstance(value, Decimal):
        return value.is_finite()
    return exact(value) is not None or (isinstance(value, int) and not isinstance(value, bool))


def _is_integer(checker: Any, value: Any) -> bool:
    number = exact(value)
    return _is_number(checker, value) if number is None else number == number.to_integral_value()


def _closest(error: ValidationError) -> Iterator[ValidationError]:
    """The error itself, or those of the branch that gets furthest into the data and has least against them."""
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    if not branches:
        yield error
        return
    for inner in min(branches.values(), key=lambda branch: (-min(len(each.path) for each in branch), len(branch))):
        yield from _closest(inner)


def _words(form: Form, error: ValidationError) -> Iterator[Complaint]:
    pointer = ""
    for step in error.absolute_path:
        pointer = member_pointer(pointer, step)
    broken = Broken(str(error.validator), error.validator_value, error.instance, pointer)
    speaker = _SPEAKERS.get(broken.keyword)
    if speaker is None:
        yield _other(form, pointer)
    else:
        yield from speaker(form, broken)


def _other(form: Form, pointer: str) -> Complaint:
    return Complaint("structure", pointer, phrase(form.root, pointer), "不符合表单的数据结构", "请对照空白表单核对")


def _required(form: Form, broken: Broken) -> Iterator[Complaint]:
    names = broken.wanted
    if broken.keyword == "dependentRequired":
        names = [name for key, needed in names.items() if key in broken.value for name in needed]
    for name in names:
        if name not in broken.value:
            yield _missing(form, member_pointer(broken.pointer, name), condition(form, broken, name))


def _missing(form: Form, pointer: str, because: str = "") -> Complaint:
    """The complaint about a field, group or table that is not there."""
    node, name = node_at(form.root, pointer), title(form.root, pointer)
    whole = (
        "（其中各栏都没有填写）" if isinstance(node, Group) else "（一行也没有填写）" if isinstance(node, Rows) else ""
    )
    what = f"{because}缺少必填项“{name}”{whole}"
    return Complaint("required", pointer, container(form.root, parent(pointer)), what, f"请填写“{name}”")


def _unknown(form: Form, broken: Broken) -> Iterator[Complaint]:
    known = labels(node_at(form.root, broken.pointer))
    unknown = [key for key in broken.value if key not in known]
    present = known.keys() & broken.value.keys()
    where = phrase(form.root, broken.pointer)
    for key in unknown[:_NAMED_KEYS]:
        meant = ""
        place, name = member_pointer(broken.pointer, key), nearest(str(key), known, present)
        what, fix = f"没有名为{shown(str(key))}的项", "请删去此项，或核对它应填在哪一栏"
        if name is not None:
            meant = member_pointer(broken.pointer, name)
            what = f"{what}，疑为“{name}”（{title(form.root, meant)}）之误"
            fix = f"请改为“{name}”，不需要时删去此项"
        yield Complaint("unknown-key", place, where, what, fix, broken.value[key], name, meant)
    if rest := unknown[_NAMED_KEYS:]:
        what = f"还有 {len(rest)} 个表上没有的项，没有逐一列出"
        yield Complaint("unknown-key", member_pointer(broken.pointer, rest[0]), where, what, "请删去这些项")


def _type(form: Form, broken: Broken) -> Iterator[Complaint]:
    node = node_at(form.root, broken.pointer)
    if broken.value is None and node is not None and node.required and broken.pointer:
        yield _missing(form, broken.pointer)
        return
    kinds = [broken.wanted] if isinstance(broken.wanted, str) else broken.wanted
    wanted = "或".join(_TYPES[kind] for kind in kinds)
    parts = node.codec.parts if isinstance(node, Leaf) else None
    if parts and "object" in kinds:
        wanted = "分开填写的" + "和".join(title(form.root, member_pointer(broken.pointer, part)) for part in parts)
    what = f"应为{wanted}，现为{_kind_of(broken.value)}"
    yield _about(form, "type", broken, what, f"请改填{wanted}", _read(node, broken.value))


def _kind_of(value: Any) -> str:
    if isinstance(value, str):
        return f"文字{shown(value)}"
    if isinstance(value, dict):
        return _TYPES["object"]
    if isinstance(value, list):
        return _TYPES["array"]
    if value is None or isinstance(value, bool):
        return shown(value)
    return "不能识别的内容" if exact(value) is None else f"数字{shown(value)}"


def _read(node: Any, value: Any) -> Any:
    """What the field would be if the value were typed into it, when it can be read without a doubt."""
    if not isinstance(node, Leaf) or isinstance(value, bool):
        return None
    text = value if isinstance(value, str) else f"{number:f}" if (number := exact(value)) is not None else ""
    reading = node.codec.parse(text)
    return None if reading.problems else reading.value


def _choice(form: Form, broken: Broken) -> Iterator[Complaint]:
    options = broken.wanted if broken.keyword == "enum" else [broken.wanted]
    listed = "、".join(shown(option) for option in options)
    yield _about(form, "choice", broken, f"{shown(broken.value)}不是可选的内容", f"只能填写：{listed}")


def _limit(form: Form, broken: Broken) -> Iterator[Complaint]:
    said = _LIMITS[broken.keyword].format(limit=shown(broken.wanted))
    yield _about(form, "range", broken, f"填写的是{shown(broken.value)}，{said}", "请核对数值和单位")


def _length(form: Form, broken: Broken) -> Iterator[Complaint]:
    least = broken.keyword == "minLength"
    what = f"现有{len(broken.value)}个字，应{'不少于' if least else '不超过'}{broken.wanted}个字"
    yield _about(form, "length", broken, what, "请补充内容" if least else "请压缩文字")


def _count(form: Form, broken: Broken) -> Iterator[Complaint]:
    least, limit, present = broken.keyword == "minItems", broken.wanted, len(broken.value)
    unit = "行" if isinstance(node_at(form.root, broken.pointer), Rows) else "项"
    what = f"应{'至少' if least else '至多'}{limit}{unit}，现有{present}{unit}"
    fix = f"请补填{limit - present}{unit}" if least else f"请删去多余的{present - limit}{unit}"
    yield _about(form, "rows", broken, what, fix)


def _pattern(form: Form, broken: Broken) -> Iterator[Complaint]:
    yield _about(form, "pattern", broken, f"{shown(broken.value)}不符合规定的写法", "请对照表内说明改写")


def _unique(form: Form, broken: Broken) -> Iterator[Complaint]:
    yield _about(form, "unique", broken, "存在重复行", "请删去重复的行")


def _excluded(form: Form, broken: Broken) -> Iterator[Complaint]:
    names = barred_by(broken.wanted) if isinstance(broken.wanted, dict) else ()
    if not names:
        yield _other(form, broken.pointer)
    if not isinstance(broken.value, dict):  # the type is wrong already, and has its own complaint
        return
    for name in (name for name in names if name in broken.value):
        place = member_pointer(broken.pointer, name)
        fix = f"请删去“{title(form.root, place)}”，或改正所选类型"
        yield Complaint("excluded", place, phrase(form.root, place), f"{condition(form, broken, name)}不填此项", fix)


def _about(form: Form, kind: str, broken: Broken, what: str, fix: str, suggestion: Any = None) -> Complaint:
    return Complaint(kind, broken.pointer, phrase(form.root, broken.pointer), what, fix, broken.value, suggestion)


_SPEAKERS: dict[str, _Speaker] = {
    "required": _required,
    "dependentRequired": _required,
    **dict.fromkeys(("additionalProperties", "unevaluatedProperties"), _unknown),
    "type": _type,
    "enum": _choice,
    "const": _choice,
    **dict.fromkeys(_LIMITS, _limit),
    "minLength": _length,
    "maxLength": _length,
    "minItems": _count,
    "maxItems": _count,
    "pattern": _pattern,
    "uniqueItems": _unique,
    "not": _excluded,
}
