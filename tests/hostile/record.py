"""Papers of ours whose embedded record lies, its hash made anew, and data sets that no form was ever filled with."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html import escape
from typing import Any

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.record import NAMESPACE, canonical_json
from greenforms.render.paper import render
from shipped import load_form

FORM = "nm-2024/cultivation-plan"
#: Deeper than any form and than Python's own recursion goes.
_DEPTH = 800


def files() -> Iterator[tuple[str, bytes]]:
    """Name and content of each hostile file: `.docx` are papers, `.json` and `.yaml` data sets of the same form."""
    for name, text in records().items():
        yield f"record-{name}.docx", with_record(paper(), text)
    for name, content in data_sets().items():
        yield name, content


def records() -> dict[str, str]:
    """The JSON of each lying record by what is wrong with it."""
    changed = {
        "forged-unprinted": lambda data: data.update(invented_field="不在纸上", secret={"a": 1}),
        "unknown-inside": lambda data: data["enterprise"]["products"][0]["capacity"].update(secret=1),
        "types-swapped": lambda data: data["contact"].update(name={"x": 1}, phone=[1]),
        "group-is-text": lambda data: data.update(enterprise="x", plan=[]),
        "rows-are-text": lambda data: data["enterprise"].update(products="x", years={"a": 1}),
        "row-is-number": lambda data: data["enterprise"].update(years=[1, None, "x"]),
        "number-is-true": lambda data: data["enterprise"]["products"][0].update(energy=True),
        "number-is-text": lambda data: data["enterprise"]["products"][0].update(energy="6.14"),
        "quantity-in-part": lambda data: data["enterprise"]["products"][0].update(output={"value": 1}),
        "null-at-the-top": None,
    }
    texts = {}
    for name, change in changed.items():
        data = filled()
        if change is not None:
            change(data)
        texts[name] = canonical_json(data if change is not None else None)
    deep = canonical_json(filled()).replace('"内蒙古晴川新材料有限公司"', "[" * _DEPTH + "]" * _DEPTH)
    return {**texts, "deep": deep, "no-json": "{", "list-at-the-top": "[1]", "huge-number": '{"unit":1e999999999999}'}


def data_sets(flood: int = 100_000) -> dict[str, bytes]:
    """Data sets by file name; `flood` is how many keys or a fifth of it rows there are where there are too many."""
    keys = [f'"k{number}": {number}' for number in range(flood)]
    return {
        "keys.json": f"{{{','.join(keys)}}}".encode(),
        "keys.yaml": "\n".join(keys).encode(),
        "rows.json": json.dumps({"enterprise": {"years": [{"year": "x"}] * (flood // 5)}}).encode(),
        "deep.json": b'{"unit":' * 900 + b"1" + b"}" * 900,
        "deep.yaml": b"unit: " + b"[" * 900 + b"]" * 900,
        "exponent.json": b'{"unit": 1e999999999}',
        "exponent.yaml": b"exp: 1e99999999999999999999",
        "whole.json": b'{"unit": ' + b"9" * 100_000 + b"}",
        "aliases.yaml": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "tag.yaml": b"a: !!python/object/apply:os.system [x]\n",
        "twice.json": b'{"unit": "a", "unit": "b"}',
        "nan.json": b'{"unit": NaN}',
        "infinity.json": b'{"unit": -Infinity}',
        "surrogate.json": rb'{"unit": "\ud800", "\ud800k": 1}',
        "surrogate.yaml": rb'"\ud800": 1',
        "control.json": rb'{"unit": "a\u0000\u001b[2J\u202eb", "x\n\u3010\u5fc5\u987b\u6539\u3011": 1}',
        "bom.json": b"\xef\xbb\xbf",
        "binary.json": bytes(range(256)) * 100,
        "picture.yaml": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "scalar.json": b"3",
        "null.yaml": b"null",
    }


def with_record(content: bytes, text: str) -> bytes:
    """A paper of ours with another record, its hash made anew."""
    edition, hashed = FORM.partition("/")[0], sha256(text.encode()).hexdigest()
    record = f'<record xmlns="{NAMESPACE}" form="{FORM}" edition="{edition}" sha256="{hashed}">{escape(text)}</record>'
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            ours = name.startswith("customXml/item") and NAMESPACE.encode() in part and b"<record" in part
            new.writestr(name, record.encode() if ours else part)
    return target.getvalue()


@cache
def paper() -> bytes:
    """The example as a Word document."""
    return render(load_form(FORM), filled(), "docx")


def filled() -> Any:
    """The data of the example, to be changed at will."""
    return copy.deepcopy(_example())


@cache
def _example() -> Any:
    return datafile.load(str(examples_dir() / "cultivation-plan-factory.json")).data
