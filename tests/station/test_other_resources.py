"""Procedures, rules, explanations and facts: what the commands answer with `--json`, at an address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from cli.console import call
from greenforms.bundled import examples_dir

API = "/api/v1"
UPDATE = f"{API}/forms/cn-2024/annual-update-factory"
EXAMPLE = examples_dir() / "annual-update-factory.json"
SHARE = "/indicators/renewable_share"


def _same(answer: Any, *command: str) -> None:
    assert answer.status_code == 200
    assert answer.text == call(*command).text.rstrip("\n")


@pytest.mark.parametrize("asked", [{}, {"edition": "nm-2024"}, {"edition": "nm-2024", "since": "2026-03-02"}])
def test_procedures_are_those_of_the_command(program: TestClient, asked: dict[str, str]) -> None:
    options = [word for name, value in asked.items() for word in (f"--{name}", value)]
    answer = program.get(f"{API}/procedures", params={"as_of": "2026-05-20", **asked})
    _same(answer, "procedures", "--as-of", "2026-05-20", "--json", *options)


def test_one_procedure_is_one_of_them(program: TestClient) -> None:
    every = program.get(f"{API}/procedures", params={"as_of": "2026-05-20"}).json()
    address = f"{API}/procedures/{every[0]['procedure']}"
    assert program.get(address, params={"as_of": "2026-05-20"}).json() == every[0]
    assert program.get(f"{API}/procedures/nm-2024/nothing").status_code == 404


def test_rules_are_those_of_the_command(program: TestClient) -> None:
    _same(program.get(f"{API}/rules", params={"edition": "cn-2025"}), "rules", "--edition", "cn-2025", "--json")
    assert len(program.get(f"{API}/rules").json()) > len(program.get(f"{API}/rules?edition=cn-2025").json())


@pytest.mark.parametrize("what_if", [[], ["/products/0/unit_energy=", "/indicators/energy=1"]])
def test_an_explanation_is_that_of_the_command(program: TestClient, what_if: list[str]) -> None:
    options = [word for each in what_if for word in ("--what-if", each)]
    answer = program.post(f"{UPDATE}/explain", params={"path": SHARE, "what_if": what_if}, content=EXAMPLE.read_bytes())
    told = call("explain", "cn-2024/annual-update-factory", str(EXAMPLE), SHARE, "--json", *options)
    assert answer.status_code == 200, answer.text
    assert answer.json() == json.loads(told.text.replace(f'"{EXAMPLE.name}"', '""'))


def test_facts_of_a_data_set_are_those_of_the_command(program: TestClient, tmp_path: Any) -> None:
    target = tmp_path / "事实.jsonl"
    call("facts", str(EXAMPLE), "--form", "cn-2024/annual-update-factory", "-o", target)
    answer = program.post(f"{UPDATE}/facts", content=EXAMPLE.read_bytes())
    told = [json.loads(line) | {"document": ""} for line in target.read_text("utf-8").splitlines()]
    assert answer.headers["content-type"] == "application/jsonl"
    assert [json.loads(line) for line in answer.text.splitlines()] == told
    assert program.post(f"{UPDATE}/facts?kind=csv", content=EXAMPLE.read_bytes()).text.startswith("\ufeffversion")


@pytest.mark.parametrize(
    ("address", "pointer"),
    [
        (f"{API}/procedures?as_of=yesterday", "/query/as_of"),
        (f"{API}/procedures?edition=NM", "/query/edition"),
        (f"{API}/rules?edition=..%2f", "/query/edition"),
        (f"{API}/jobs/xyz", "/path/job"),
        (f"{API}/forms/NM/x", "/path/edition"),
    ],
)
def test_what_is_written_wrong_is_pointed_at(program: TestClient, address: str, pointer: str) -> None:
    answer = program.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    "query", ["", "?path=/nowhere", "?path=/indicators/energy&what_if=x", "?path=/indicators/energy&what_if=/x=1"]
)
def test_what_cannot_be_explained_is_a_problem(program: TestClient, query: str) -> None:
    assert program.post(f"{UPDATE}/explain{query}", content=EXAMPLE.read_bytes()).status_code == 422


def test_an_edition_that_is_not_there_is_told(program: TestClient) -> None:
    for address in (f"{API}/procedures?edition=xx-1999", f"{API}/rules?edition=xx-1999"):
        assert "现有版本" in program.get(address).json()["detail"]
