"""The record: canonical JSON, its hash, and reading it back."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenforms.errors import InputError
from greenforms.record import ATTACHMENT_NAME, DamagedRecord, Record, canonical_json, parse_json, read_record

TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=3)
LEAVES = st.none() | st.booleans() | st.integers() | DECIMALS | TEXTS
DATA = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=20)

RECORD = Record("nm-2024/cultivation-plan", "nm-2024", {"企业名称": "甲<乙>&丙", "产值": Decimal("5.00"), "人数": 12})


@given(DATA)
def test_data_survive_canonical_json(data: Any) -> None:
    """any data come back equal, and writing them again gives the same text."""
    text = canonical_json(data)
    assert parse_json(text) == data
    assert canonical_json(parse_json(text)) == text


@given(DATA)
def test_canonical_json_is_json(data: Any) -> None:
    """anybody's JSON reader understands our text."""
    assert json.loads(canonical_json(data), parse_float=Decimal) == data


def test_a_long_list_is_written_in_pieces() -> None:
    """many rows come to the same text as one by one, and what cannot be kept is found in the last of them."""
    rows = [{"名称": f"甲<{number}>", "说明": "a\u2028b", "人数": number} for number in range(3000)]
    record = Record("f", "e", {"rows": rows})
    assert len([*record.xml_pieces()]) > 4
    assert canonical_json(rows) == f"[{','.join(map(canonical_json, rows))}]"
    assert json.loads(canonical_json(rows)) == rows
    assert read_record({"a.xml": record.to_xml().encode()}) == record
    with pytest.raises(InputError, match="“乙”之后"):
        canonical_json([*rows, "乙\ud800"])


@given(DATA)
def test_record_survives_both_carriers(data: Any) -> None:
    """a record comes back exactly from XML and from JSON, whatever signs its strings hold."""
    record = Record("nm-2024/表", "nm-2024", data)
    assert read_record({"customXml/item3.xml": record.to_xml().encode()}) == record
    assert read_record({ATTACHMENT_NAME: record.to_json().encode()}) == record


def test_order_and_white_space_do_not_matter() -> None:
    """two data sets that differ in key order have one hash."""
    assert canonical_json({"b": 1, "a": [Decimal("1.50"), None]}) == '{"a":[1.50,null],"b":1}'
    assert Record("f", "e", {"a": 1, "b": 2}).sha256 == Record("f", "e", {"b": 2, "a": 1}).sha256


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("-0"), "0"),
        (Decimal("12.340"), "12.340"),
        ("\x00\x7f\x85\u2028\ufffe\n", '"\\u0000\\u007f\\u0085\\u2028\\ufffe\\n"'),
    ],
)
def test_values_are_written_plainly(value: Any, text: str) -> None:
    """numbers have no exponent and strings nothing XML forbids."""
    assert canonical_json(value) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("能耗\ud800表", "能耗”之后有一个无法保存的字符"),
        ({"键\udc00": 1}, "无法保存的字符"),
        (Decimal("NaN"), "不是一个确定的数"),
        (Decimal("1E+999999999"), "超过 400 位"),
        (Decimal("1E-999999"), "超过 400 位"),
    ],
)
def test_what_cannot_be_kept_is_refused(value: Any, words: str) -> None:
    """what would not come back exactly is refused in words a clerk understands."""
    with pytest.raises(InputError, match=words):
        canonical_json(value)


@pytest.mark.parametrize("value", [1.5, {1: "a"}, {"a"}, b"a"])
def test_values_that_are_not_ours_are_a_bug(value: Any) -> None:
    """a float, a foreign key or a foreign type is our mistake, not the user's."""
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": 1,\n "a": 2}', "“a”在同一处出现了两次"),
        ('{"a": NaN}', "NaN"),
        ('{"a": 1,\n b}', "第 2 行第 2 列"),
        ("[1e999999999]", "超过 400 位"),
        ("9" * 5000, "超过 400 位"),
        ("[" * 100_000, "嵌套超过 64 层"),
    ],
)
def test_doubtful_json_is_refused(text: str, words: str) -> None:
    """nothing is dropped or rounded on the way in."""
    with pytest.raises(InputError, match=words):
        parse_json(text)


def test_numbers_are_exact() -> None:
    """fractions are Decimal with their zeros, whole numbers are int."""
    assert repr(parse_json("[1.50, 2, 1e3]")) == "[Decimal('1.50'), 2, Decimal('1E+3')]"


def _changed(name: str, content: str, old: str, new: str) -> dict[str, bytes]:
    assert old in content
    return {name: content.replace(old, new).encode()}


@pytest.mark.parametrize(
    ("attachments", "reason"),
    [
        (_changed("a.xml", RECORD.to_xml(), "5.00", "6.00"), "不符"),
        (_changed(ATTACHMENT_NAME, RECORD.to_json(), "5.00", "6.00"), "不符"),
        (_changed(ATTACHMENT_NAME, RECORD.to_json(), '"edition"', '"editor"'), "不完整"),
        (_changed(ATTACHMENT_NAME, RECORD.to_json(), "}", ""), "无法读取"),
        (_changed(ATTACHMENT_NAME, RECORD.to_json(), "丙", "\\ud800"), "无法读取"),
        (_changed("a.xml", RECORD.to_xml(), ' edition="nm-2024"', ""), "缺少"),
        (_changed("a.xml", RECORD.to_xml(), "</record>", ""), "不是完整的 XML"),
        ({"a.xml": RECORD.to_xml().encode(), "b.xml": Record("f", "e", {}).to_xml().encode()}, "多份"),
    ],
)
def test_a_damaged_record_is_reported(attachments: dict[str, bytes], reason: str) -> None:
    """a record that was changed is an outcome with a reason, never an exception and never trusted."""
    outcome = read_record(attachments)
    assert isinstance(outcome, DamagedRecord)
    assert reason in outcome.reason


def test_foreign_attachments_are_passed_over() -> None:
    """other people's XML and files are not taken for ours, and the same record twice is one record."""
    foreign = {"customXml/item1.xml": b"<b:Sources xmlns:b='x'/>", "photo.jpg": b"\xff\xd8", "broken.xml": b"<a>"}
    assert read_record(foreign) is None
    assert read_record({**foreign, "a.xml": RECORD.to_xml().encode(), "b.xml": RECORD.to_xml().encode()}) == RECORD
