"""The schema that `greenforms schema` prints stands alone, and every validator understands it alike."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
import referencing

from cli.console import spawn
from form.conftest import ROOT
from greenforms.form.library import Library
from shipped import form_ids, form_of_example, load_form, spread

EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
#: What is put in the place of every value in turn.
STRANGE = (None, "", "文字", 0, -1, 1.5, True, [], {}, [None], {"x": 1})


def form_of(example: Path) -> str:
    return form_of_example(example.stem).id


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a data set; of a list the first item stands for the others."""
    yield way
    members = (
        value.items() if isinstance(value, dict) else list(enumerate(value))[:1] if isinstance(value, list) else ()
    )
    for key, member in members:
        yield from places(member, (*way, key))


def broken(data: Any) -> Iterator[Any]:
    """The data with a few places taken out, given a member too many, doubled, or holding something strange."""
    for *way, last in spread(list(places(data))[1:], 24):
        for change in (*STRANGE, "out", "more", "twice"):
            changed = copy.deepcopy(data)
            place = changed
            for step in way:
                place = place[step]
            match change:
                case "out":
                    del place[last]
                case "more" if isinstance(place[last], dict):
                    place[last]["unknown"] = 1
                case "twice" if isinstance(place[last], list):
                    place[last] *= 2
                case _:
                    place[last] = change
            yield changed


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from ([node["$ref"]] if "$ref" in node else [])
        for member in node.values():
            yield from references(member)
    elif isinstance(node, list):
        for member in node:
            yield from references(member)


def ids(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from ([node["$id"]] if "$id" in node else [])
        for member in node.values():
            yield from ids(member)


@pytest.mark.parametrize("form_id", form_ids())
def test_the_schema_stands_alone(form_id: str) -> None:
    """This test ensures that all references are to the schema's own definitions, which exist, and no id is embedded."""
    schema: Any = load_form(form_id).schema
    jsonschema_rs.meta.validate(schema)
    assert list(ids(schema)) == []
    wanted = set(references(schema))
    assert wanted == {f"#/$defs/{name}" for name in schema.get("$defs", {})}


@pytest.mark.parametrize("example", spread(EXAMPLES, 4), ids=lambda path: path.stem)
def test_two_validators_give_the_same_verdict(example: Path) -> None:
    """This test ensures that what one validator takes the other takes: the example, and it with values broken."""
    schema: Any = load_form(form_of(example)).schema
    data = json.loads(example.read_text("utf-8"))
    one = jsonschema.Draft202012Validator(schema, registry=referencing.Registry())
    other = jsonschema_rs.Draft202012Validator(schema)
    assert one.is_valid(data)
    verdicts = [(one.is_valid(each), other.is_valid(each)) for each in (data, *broken(data))]
    assert [number for number, (first, second) in enumerate(verdicts) if first != second] == []
    assert {first for first, _ in verdicts} == {True, False}


NO_SOCKETS = """
import sys
def refuse(event, _):
    if event.startswith("socket."):
        sys.stderr.write(f"{event}\\n")
        raise SystemExit(99)
sys.addaudithook(refuse)
"""


@pytest.mark.parametrize("form_id", spread(form_ids(), 2))
def test_nothing_is_fetched(form_id: str) -> None:
    """This test ensures that neither the schema nor the check of data opens a socket."""
    assert spawn("schema", form_id, before=NO_SOCKETS).code == 0
    said = spawn("validate", form_id, "-", stdin=b'{"unknown": 1}', before=NO_SOCKETS)
    assert said.code == 1, said.err


def test_an_address_of_the_network_is_not_fetched(copied: Path) -> None:
    """This test ensures that a reference to a real address is an error, and the probe sees who would open a socket."""
    path = copied / "schemas/layouts/cultivation-roster.schema.json"
    content = json.loads(path.read_text("utf-8"))
    content["properties"]["rows"]["items"] = {"$ref": "https://json-schema.org/draft/2020-12/schema"}
    path.write_text(json.dumps(content), "utf-8")
    said = spawn("forms", "check", before=NO_SOCKETS, GREENFORMS_SHIPPED=str(copied))
    said.refused(4, "layouts/cultivation-roster.schema.json：“/properties/rows/items/$ref”", "不在表单包里")
    assert spawn("forms", before=f"{NO_SOCKETS}\nimport socket\nsocket.socket()").code == 99


def test_a_group_of_facts_is_taken_over_whole(copied: Path) -> None:
    """This test ensures that a bundled schema says the same as its files: a bound in the facts holds in the form."""
    form = Library(copied).form("nm-2024/cultivation-plan")
    data = json.loads((ROOT / "examples/cultivation-plan-factory.json").read_text("utf-8"))
    data["enterprise"]["years"][0]["revenue"] = -1
    assert not jsonschema_rs.Draft202012Validator(dict(form.schema)).is_valid(data)
    assert set(form.schema["$defs"]) >= {"unit.basics_of_an_enterprise", "finance.accounts_of_three_years"}
