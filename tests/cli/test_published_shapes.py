"""What programs are given has the shapes that are published: findings, extractions, manifests, facts of whole packs."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from console import DATA, PLAN, ROOT, ROSTER, call
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from submission.packs import REASSESSMENT, answers, asking, fill

DAY = ("--as-of", "2026-04-10")
SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in (ROOT / "docs/schemas").glob("*.schema.json")}
Faults = Callable[[str, Any], list[str]]


@pytest.fixture
def faults() -> Faults:
    """What is wrong with a value by a published schema."""
    published = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in SCHEMAS.values())

    def of(name: str, value: Any) -> list[str]:
        found = Draft202012Validator(SCHEMAS[f"{name}-1.schema.json"], registry=published).iter_errors(value)
        return [f"{each.json_path} {each.message}" for each in found]

    return of


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_schemas_are_schemas() -> None:
    """each is sound and refuses a key it does not know."""
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)
        assert schema["additionalProperties"] is False
    assert {name.partition("-1.")[0] for name in SCHEMAS} == {"facts", "finding", "extraction", "manifest"}


def test_findings_and_extractions(faults: Faults) -> None:
    """papers in Word and Excel, as read and as checked, with and without faults, keep to the schemas."""
    plan = json.loads(Path(DATA[PLAN]).read_text("utf-8"))
    plan["enterprise"]["years"][0]["liability_ratio"] = 520.36
    plan["contact"]["phone"] = "0472-51"
    Path("方案.json").write_text(json.dumps(plan), "utf-8")
    Path("材料").mkdir()
    call("render", PLAN, "方案.json", "-o", "材料/方案.docx", "--force")
    call("render", ROSTER, DATA[ROSTER], "-o", "材料/名单.xlsx")
    for name in ("方案.docx", "名单.xlsx"):
        read = call("extract", f"材料/{name}", "--json").json
        assert faults("extraction", read) == []
        assert read["fields"], "something is held against the schema"
    checked = call("check", "材料", "--procedure", "nm-2024/cultivation", *DAY, "--json").json["findings"]
    alone = call("validate", PLAN, "方案.json", "--json").json["findings"]
    assert {each["severity"] for each in checked} >= {"block", "fix"}
    assert [fault for each in (*checked, *alone) for fault in faults("finding", each)] == []
    assert faults("finding", {**checked[0], "more": 1}) == [
        "$ Additional properties are not allowed ('more' was unexpected)"
    ]


def test_manifests_and_the_facts_of_packs(faults: Faults, here: Path) -> None:
    """a pack, as a folder and as an archive, gives the facts of its papers; its manifest and lists are no papers."""
    asked = asking(*REASSESSMENT)
    assert call("pack", "new", REASSESSMENT[0], "--type", REASSESSMENT[1], "-o", "包", *DAY).code == 0
    fill(here / "包", asked, answers(asked))
    assert call("pack", "build", "包", "-o", "成套", *DAY).code == 0
    assert call("pack", "build", "包", "-o", "成套.zip", *DAY).code == 0
    manifest = json.loads(Path("成套/清单.json").read_text("utf-8"))
    assert faults("manifest", manifest) == []
    assert manifest["facts"]
    for source in ("成套", "成套.zip"):
        said = call("facts", source, "-o", "事实.jsonl", "--force")
        assert said.code == 0, said.err
        assert said.err.splitlines()[-1].startswith("2 份材料的")
        found = [json.loads(line) for line in Path("事实.jsonl").read_text("utf-8").splitlines()]
        assert [fault for each in found for fault in faults("facts", each)] == []
        told = {(each["document"], each["path"], each["fact"]) for each in found}
        assert told == {(each["file"], each["path"], each["fact"]) for each in manifest["facts"]}


def test_facts_of_folders() -> None:
    """papers below folders are read; a file that is none is told, and the others are given."""
    Path("材料/甲").mkdir(parents=True)
    call("render", PLAN, DATA[PLAN], "-o", "材料/甲/方案.docx")
    Path("材料/证书.pdf").write_bytes(b"%PDF-1.7 cut off")
    said = call("facts", "材料", "-o", "事实.jsonl")
    assert "证书.pdf" in said.err
    found = [json.loads(line, parse_float=Decimal) for line in Path("事实.jsonl").read_text("utf-8").splitlines()]
    assert Decimal("148512.64") in [each["value"] for each in found if each["fact"] == "finance.revenue"]
