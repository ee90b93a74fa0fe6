"""The record every paper of ours carries: which form it is and the exact data it was printed from.

The data stand in the paper as canonical JSON (keys sorted, no white space, numbers as plain decimal text), with the
SHA-256 of that text. In docx and xlsx the record is a custom XML part (ISO/IEC 29500-1, 15.2.5), in PDF an attachment
(ISO 32000-1, 7.11.4). Reading a paper of ours back is therefore exact, and a record that was changed is noticed.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, NoReturn

from greenforms.errors import InputError

#: Namespace of the XML form of a record.
NAMESPACE = "urn:greenforms:record:1"
#: Name of the attachment that carries the record in a PDF.
ATTACHMENT_NAME = "greenforms-record.json"

#: Signs that XML 1.0 (section 2.2) forbids or discourages and that JSON lets stand; it escapes the C0 controls itself.
_NOT_FOR_XML = re.compile("[\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
#: No quantity on a form is anywhere near this long; written out, an exponent could fill the memory.
_MOST_DIGITS = 400
#: Whole numbers nearer to nought need no care.
_SHORT = 10**9
#: So many pieces of a text are worth joining.
_MANY = 4096
#: An exponent of more figures is beyond what Decimal can hold at all.
_MOST_EXPONENT = 9
#: No form is nested deeper than a handful; everything that walks data relies on this.
DEEPEST = 64
TOO_DEEP = f"数据嵌套超过 {DEEPEST} 层，无法处理。请检查数据是否误将同一内容重复嵌套。"


@dataclass(frozen=True, slots=True)
class Record:
    """What a paper was printed from. `form` is the full name, such as nm-2024/cultivation-plan."""

    form: str
    edition: str
    data: Any

    @property
    def sha256(self) -> str:
        """SHA-256 of the canonical JSON of the data, in hexadecimal."""
        return _digest(_canonical(self.data))

    def to_json(self) -> str:
        """The record as canonical JSON, as a PDF carries it."""
        return canonical_json({"data": self.data, "edition": self.edition, "form": self.form, "sha256": self.sha256})

    def to_xml(self) -> str:
        """The record as an XML document, as docx and xlsx carry it; the element's text is the canonical JSON."""
        return b"".join(self.xml_pieces()).decode()

    def xml_pieces(self) -> Iterator[bytes]:
        """The same in UTF-8, piece by piece, so that a long one never stands in memory as a whole."""
        texts = _canonical(self.data)
        attributes = f'form="{html.escape(self.form)}" edition="{html.escape(self.edition)}" sha256="{_digest(texts)}"'
        yield (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<record xmlns="{NAMESPACE}" {attributes}>'
        ).encode()
        for text in texts:
            yield text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
        yield b"</record>"


@dataclass(frozen=True, slots=True)
class DamagedRecord:
    """A record of ours that cannot be trusted. `reason` is a Chinese clause without final punctuation."""

    reason: str


def canonical_json(data: Any) -> str:
    """Write data in the one form that is hashed; any string in it may stand in XML.

    Raises InputError for text or a number that cannot be kept exactly.
    """
    return b"".join(_canonical(data)).decode()


def _canonical(data: Any) -> list[bytes]:
    """The same in UTF-8, in pieces that end between values."""
    pieces = _Pieces()
    try:
        _write(data, pieces)
    except RecursionError as error:
        raise InputError(TOO_DEEP) from error
    pieces.settle()
    return pieces.settled


class _Pieces(list[str]):
    """The pieces of a JSON text. Many become one from time to time: so small ones take ten times as much memory."""

    def __init__(self) -> None:
        super().__init__()
        self.settled: list[bytes] = []

    def settle(self) -> None:
        """Make one of the pieces so far."""
        text = "".join(self)
        self.clear()
        if not text.isprintable():  # seldom, and soon seen
            if _SURROGATE.search(text):
                raise _lone_surrogate(text)
            text = _NOT_FOR_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
        self.settled.append(text.encode())


def parse_json(text: str) -> Any:
    """Read JSON with fractions as Decimal and whole numbers as int; nothing is rounded and no key is dropped.

    Raises InputError for what is no JSON, for a number beyond all measure and for data nested deeper than `DEEPEST`.
    """
    try:
        data = json.loads(
            text,
            parse_float=_parse_fraction,
            parse_int=_parse_whole,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique,
        )
    except json.JSONDecodeError as error:
        raise InputError(
            f"JSON 第 {error.lineno} 行第 {error.colno} 列有语法错误，数据无法读取。请检查该处的引号、逗号和括号。"
        ) from error
    except RecursionError as error:
        raise InputError(TOO_DEEP) from error
    if is_deep(data):
        raise InputError(TOO_DEEP)
    return data


def exact(data: Any) -> Any:
    """Data with every float as the Decimal it prints as; data nested deeper than `DEEPEST` are left to be refused."""
    return data if is_deep(data) else _exact(data)


def _exact(data: Any) -> Any:
    match data:
        case dict():
            return {key: _exact(value) for key, value in data.items()}
        case list():
            return [_exact(item) for item in data]
        case float():
            return Decimal(repr(data))
    return data


def is_deep(data: Any) -> bool:
    """Whether data are nested deeper than `DEEPEST`."""
    level = [data]
    for _ in range(DEEPEST + 1):
        level = [member for value in level if isinstance(value, dict | list) for member in _members(value)]
        if not level:
            return False
    return True


def _members(value: dict[Any, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def read_record(attachments: Mapping[str, bytes]) -> Record | DamagedRecord | None:
    """Find our record among a document's attachments and custom XML parts.

    None when there is none; a DamagedRecord when its hash does not fit or when a document carries several that differ.
    """
    found: list[Record | DamagedRecord] = []
    for name in sorted(attachments):
        outcome = _read_one(name, attachments[name])
        if outcome is not None and outcome not in found:
            found.append(outcome)
    if len(found) > 1:
        return DamagedRecord("文件中有多份互不相同的内嵌数据记录，无法确定以哪一份为准")
    return found[0] if found else None


def _write(value: Any, pieces: _Pieces) -> None:
    if isinstance(value, str):
        pieces.append(encode_basestring(value))
    elif isinstance(value, Mapping):
        _write_object(value, pieces)
    elif isinstance(value, list | tuple):
        mark = "["
        for item in value:
            pieces.append(mark)
            (_write_object if item.__class__ is dict else _write)(item, pieces)
            mark = ","
            if len(pieces) > _MANY:
                pieces.settle()
        pieces.append("]" if value else "[]")
    else:
        pieces.append(_scalar(value))


def _write_object(value: Mapping[Any, Any], pieces: _Pieces) -> None:
    write = pieces.append
    for key, opening in _openings(tuple(value)):
        member = value[key]
        write(opening)
        if member.__class__ is str:
            write(encode_basestring(member))
        elif member.__class__ is int and -_SHORT < member < _SHORT:
            write(str(member))
        else:
            _write(member, pieces)
    write("}" if value else "{}")


@lru_cache(maxsize=256)
def _openings(keys: tuple[Any, ...]) -> tuple[tuple[str, str], ...]:
    """The keys of an object in their order, each with what stands before its value; rows of a list have the same."""
    if strange := [key for key in keys if not isinstance(key, str)]:
        raise TypeError(f"keys must be str: {strange[0]!r}")
    return tuple((key, f"{',' if at else '{'}{encode_basestring(key)}:") for at, key in enumerate(sorted(keys)))


def _scalar(value: Any) -> str:
    if isinstance(value, Decimal):
        return _number(value)
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int):
        return _number(Decimal(value))
    raise TypeError(f"not a JSON value of ours: {type(value).__name__}")


def _lone_surrogate(written: str) -> InputError:
    """What to say of half a character in one of the strings of a JSON text."""
    strings = (json.loads(string[0]) for string in _STRING.finditer(written))
    text, lone = next((text, lone) for text in strings if (lone := _SURROGATE.search(text)))
    return InputError(
        f"文字“{text[: lone.start()][-20:]}”之后有一个无法保存的字符（不成对的代理码 U+{ord(lone[0]):04X}）。"
        "请删除该字符后重新输入。"
    )


def _number(value: Decimal) -> str:
    if not value.is_finite():
        raise InputError(f"数值“{value}”不是一个确定的数，无法保存。请改为具体数字；没有数据时请留空。")
    text = str(value if value else value.copy_abs())
    if "E" not in text and len(text) < _MOST_DIGITS:
        return text
    _refuse_endless(value)
    return format(value if value else value.copy_abs(), "f")


def _refuse_endless(value: Decimal) -> None:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and max(abs(exponent), abs(value.adjusted())) > _MOST_DIGITS:
        raise _endless()


def _endless() -> InputError:
    return InputError(f"一个数值超过 {_MOST_DIGITS} 位，无法保存。请检查数字是否误录（例如多余的 0 或指数 E）。")


def _parse_fraction(text: str) -> Decimal:
    if len(re.split("[eE]", text)[-1].lstrip("+-0")) > _MOST_EXPONENT and re.search("[eE]", text):
        raise _endless()
    value = Decimal(text)
    _refuse_endless(value)
    return value


def _parse_whole(text: str) -> int:
    if len(text.lstrip("-")) > _MOST_DIGITS + 1:
        raise _endless()
    return int(text)


def _refuse_constant(text: str) -> NoReturn:
    raise InputError(f"JSON 中的“{text}”不是一个确定的数，数据无法读取。请改为具体数字；没有数据时请写 null。")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise InputError(f"JSON 中的项目“{key}”在同一处出现了两次，无法确定以哪一个为准。请只保留一个。")
        result[key] = value
    return result


def _digest(texts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text)
    return digest.hexdigest()


def _read_one(name: str, content: bytes) -> Record | DamagedRecord | None:
    if name.rpartition("/")[2] == ATTACHMENT_NAME:
        return _from_json(content)
    return _from_xml(content)


def _from_json(content: bytes) -> Record | DamagedRecord:
    try:
        found = parse_json(content.decode())
        if not isinstance(found, dict) or set(found) != {"data", "edition", "form", "sha256"}:
            return DamagedRecord("内嵌数据记录的项目不完整")
        text = canonical_json(found["data"])
    except (InputError, UnicodeDecodeError):
        return DamagedRecord("内嵌数据记录无法读取，可能在传送或另存时损坏")
    return _verified(found["form"], found["edition"], found["sha256"], text)


def _from_xml(content: bytes) -> Record | DamagedRecord | None:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return DamagedRecord("内嵌数据记录不是完整的 XML") if NAMESPACE.encode() in content else None
    if root.tag != f"{{{NAMESPACE}}}record":
        return None
    return _verified(root.get("form"), root.get("edition"), root.get("sha256"), root.text or "")


def _verified(form: Any, edition: Any, sha256: Any, text: str) -> Record | DamagedRecord:
    if not isinstance(form, str) or not isinstance(edition, str) or not isinstance(sha256, str):
        return DamagedRecord("内嵌数据记录缺少表单名称、版本或校验值")
    if _digest([text.encode()]) != sha256:
        return DamagedRecord("内嵌数据记录与其校验值（SHA-256）不符，记录在生成之后被改动过")
    try:
        data = parse_json(text)
        if canonical_json(data) == text:
            return Record(form, edition, data)
    except InputError:
        pass
    return DamagedRecord("内嵌数据记录的内容不是本程序写出的 JSON")
