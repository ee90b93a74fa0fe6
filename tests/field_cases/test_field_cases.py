"""Papers as people send them: each folder holds one paper and what must be read of it, or said.

`expected.json` says, with everything but `form` left out where it has nothing to say:

- `form`: the form recognised, null where it must stay unknown; `named`: the form the reader is told;
- `like`: the shipped data set to which all other fields are equal, or `data`: the file beside it that holds them all;
- `values`: what is read instead, by pointer; `absent`: pointers where the data hold nothing;
- `never`: values that may not come out as certain; `doubtful`: pointers that are not certain, whatever they hold:
  each is not found, or not green, or has a finding;
- `told`: texts that the reader's messages hold; `unread`: beginnings of the texts listed as unread, with no others.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from greenforms.errors import InputError
from greenforms.form.edit import put, take_out
from greenforms.form.tree import ABSENT, at
from greenforms.read.extraction import Extraction
from papers import differences, example, on_paper, without_file_names
from shipped import load_form, read_paper

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/expected.json"))
KEYS = {"form", "named", "like", "data", "values", "absent", "never", "doubtful", "told", "unread"}
LARGEST = 150_000

each_case = pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)


def loaded(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


@cache
def expected(folder: Path) -> dict[str, Any]:
    return dict(loaded(folder / "expected.json"))


@cache
def reading(folder: Path) -> Extraction | None:
    """What is read of a paper; None where no form is known."""
    try:
        return read_paper(paper_of(folder), expected(folder).get("named"))
    except InputError:
        return None


def paper_of(folder: Path) -> Path:
    (paper,) = (path for path in folder.iterdir() if path.suffix not in {".json", ".md"})
    return paper


def read_form(folder: Path) -> Extraction:
    result = reading(folder)
    assert result is not None
    return result


def pointed_out(result: Extraction, pointer: str) -> bool:
    """Whether somebody is told to look at a field."""
    if pointer in {place.path for finding in result.findings for place in finding.places}:
        return True
    if any(field.path == pointer and field.grade != "green" for field in result.fields):
        return True
    return any(pointer == lacking.path or pointer.startswith(f"{lacking.path}/") for lacking in result.missing)


def whole(folder: Path) -> Any:
    """All the data of a paper, where its folder states them; else None."""
    says = expected(folder)
    if "like" not in says and "data" not in says:
        return None
    form = load_form(says["form"])
    like = example(Path(says["like"]).stem) if "like" in says else loaded(folder / says["data"])
    data = without_file_names(form, on_paper(form, like))
    for pointer, value in says.get("values", {}).items():
        put(data, pointer, copy.deepcopy(value))
    for pointer in (*says.get("absent", ()), *says.get("doubtful", ())):
        drop(data, pointer)
    return data


def drop(data: Any, pointer: str) -> None:
    if at(data, pointer) is not ABSENT:
        take_out(data, pointer)


@each_case
def test_case_is_well_formed(folder: Path) -> None:
    """this test ensures that a case says nothing that is never looked at, holds one small paper and demands much"""
    says = expected(folder)
    assert set(says) <= KEYS
    assert len(says) > 1 or says["form"] is None
    assert paper_of(folder).stat().st_size < LARGEST


@each_case
def test_form(folder: Path) -> None:
    """this test ensures that a paper is known for the form it is, or for none"""
    result = reading(folder)
    assert (None if result is None else result.form) == expected(folder)["form"]


@each_case
def test_values(folder: Path) -> None:
    """this test ensures that the data are exactly what a careful clerk would type"""
    wanted = whole(folder)
    if wanted is not None:
        result = read_form(folder)
        read = without_file_names(load_form(result.form), copy.deepcopy(result.data))
        for pointer in expected(folder).get("doubtful", ()):
            drop(read, pointer)
        assert differences(read, wanted) == []
    for pointer, value in expected(folder).get("values", {}).items():
        assert at(read_form(folder).data, pointer) == value


@each_case
def test_nothing_else_is_certain(folder: Path) -> None:
    """this test ensures that what a paper does not say is not given as certain, and that someone is told"""
    says = expected(folder)
    for pointer in says.get("absent", ()):
        assert at(read_form(folder).data, pointer) is ABSENT
    for pointer in says.get("doubtful", ()):
        assert pointed_out(read_form(folder), pointer), pointer
    for pointer, refused in says.get("never", {}).items():
        assert at(read_form(folder).data, pointer) not in refused or pointed_out(read_form(folder), pointer), pointer


@each_case
def test_told(folder: Path) -> None:
    """this test ensures that the reader is told what the case says"""
    said = list(messages(folder))
    for text in expected(folder).get("told", ()):
        assert any(text in message for message in said), said


@each_case
def test_unread(folder: Path) -> None:
    """this test ensures that exactly the texts without a field are listed as unread"""
    if (result := reading(folder)) is None:
        return
    unread = [finding for finding in result.findings if finding.rule == "read/unread"]
    texts = [" ".join(str(finding.places[0].value).split()) for finding in unread]
    stated = expected(folder).get("unread", [])
    assert [text for text in texts if not text.startswith(tuple(stated))] == []
    assert [part for part in stated if not any(text.startswith(part) for text in texts)] == []


def messages(folder: Path) -> Iterator[str]:
    """Everything said about a paper."""
    result = reading(folder)
    if result is None:
        with pytest.raises(InputError) as error:
            read_paper(paper_of(folder), expected(folder).get("named"))
        yield str(error.value)
        return
    yield from (finding.message for finding in result.findings)
    yield from (f"未找到：{lacking.label}" for lacking in result.missing)
