"""`facts`: what papers and data sets state, for other programs, in shapes that do not change."""

from __future__ import annotations

import csv
import json
import sys
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from console import DATA, PLAN, ROOT, call
from pyarrow import parquet

from greenforms.export.line import COLUMNS, VERSION
from shipped import LIBRARY

SCHEMA = json.loads((ROOT / "docs/schemas/facts-1.schema.json").read_text("utf-8"))
RELEASED = json.loads((ROOT / "docs/schemas/fact-ids-1.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lines(name: str) -> list[dict]:
    return [json.loads(line, parse_float=Decimal) for line in Path(name).read_text("utf-8").splitlines()]


def test_a_data_set() -> None:
    """every statement is one line of the published shape, figures with their digits, unit and year."""
    assert call("facts", DATA[PLAN], "--form", PLAN, "-o", "事实.jsonl").code == 0
    found = lines("事实.jsonl")
    for line in found:
        jsonschema.validate(json.loads(json.dumps(line, default=float)), SCHEMA)
    revenue = next(line for line in found if line["fact"] == "finance.revenue" and line["period"] == "2025")
    assert (revenue["value"], revenue["unit"], revenue["decimals"]) == (Decimal("148512.64"), "万元", 2)
    assert (revenue["entity"], revenue["form"]) == ("内蒙古晴川新材料有限公司", PLAN)
    assert (revenue["path"], revenue["place"], revenue["confidence"]) == ("/enterprise/years/2/revenue", None, 1)
    assert len(revenue["hash"]) == 64


def test_papers_of_a_folder() -> None:
    """a paper's statements have their places, the file's hash, and the chance that they were read right."""
    Path("材料").mkdir()
    call("render", PLAN, DATA[PLAN], "-o", "材料/方案.docx")
    assert call("facts", "材料", "-o", "事实.jsonl").code == 0
    name = next(line for line in lines("事实.jsonl") if line["fact"] == "unit.name")
    assert (name["document"], name["place"] is not None, name["confidence"]) == ("方案.docx", True, 1)


def test_as_a_table() -> None:
    """the CSV has the same columns and lines."""
    call("facts", DATA[PLAN], "--form", PLAN, "-o", "事实.csv")
    call("facts", DATA[PLAN], "--form", PLAN, "-o", "事实.jsonl")
    with Path("事实.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["path"] for row in rows] == [line["path"] for line in lines("事实.jsonl")]
    assert {row["listed"] for row in rows} == {"false"}


def test_as_xbrl() -> None:
    """the report has concept, entity, period and unit; of two statements that agree the more precise one stays."""
    call("facts", DATA[PLAN], DATA[PLAN], "--form", PLAN, "-o", "一.xbrl.json")
    report = json.loads(Path("一.xbrl.json").read_text("utf-8"))
    assert report["documentInfo"]["documentType"] == "https://xbrl.org/2021/xbrl-json"
    found = [each for each in report["facts"].values() if each["dimensions"]["concept"] == "gf:finance.revenue"]
    assert [each["value"] for each in found] == ["118230.56", "131906.28", "148512.64"]
    assert found[2]["decimals"] == 2
    assert found[2]["dimensions"]["period"] == "2025-01-01T00:00:00/2026-01-01T00:00:00"
    assert found[2]["dimensions"]["unit"] == "gfu:万元"


def test_statements_that_agree_and_that_differ() -> None:
    """the more precise of two that agree stays, whichever comes first; two that differ both stay."""
    data = json.loads(Path(DATA[PLAN]).read_text("utf-8"), parse_float=Decimal)
    for name, revenue in (("粗", Decimal("148512.6")), ("别", Decimal("148513.64"))):
        data["enterprise"]["years"][2]["revenue"] = float(revenue)
        Path(f"{name}.json").write_text(json.dumps(data, default=float, ensure_ascii=False), "utf-8")
    call("facts", "粗.json", DATA[PLAN], "别.json", "--form", PLAN, "-o", "全.xbrl.json")
    facts = json.loads(Path("全.xbrl.json").read_text("utf-8"))["facts"].values()
    found = [
        each["value"]
        for each in facts
        if each["dimensions"]["concept"] == "gf:finance.revenue" and each["dimensions"]["period"].startswith("2025")
    ]
    assert found == ["148512.64", "148513.64"]


def test_ids_never_change_their_meaning() -> None:
    """every id of the last release is there and means the same; a new one has nothing to do with an old one."""
    now = {
        kind.id: {
            "title": kind.title,
            "kind": kind.kind,
            "unit": kind.unit,
            "entity": kind.entity,
            "time": kind.time,
        }
        for kind in LIBRARY.vocabulary.facts.values()
    }
    assert {id_: now.get(id_) for id_ in RELEASED} == RELEASED


def test_the_shape_is_the_published_one() -> None:
    """the columns and the version are those of the published schema."""
    assert list(COLUMNS) == SCHEMA["required"] == list(SCHEMA["properties"])
    assert SCHEMA["properties"]["version"]["const"] == VERSION


def test_as_parquet() -> None:
    """the table for statistics has the same columns and lines, figures digit by digit."""
    for ending in ("parquet", "jsonl"):
        call("facts", DATA[PLAN], "--form", PLAN, "-o", f"事实.{ending}")
    table, wanted = parquet.read_table("事实.parquet").to_pylist(), lines("事实.jsonl")
    assert [tuple(row) for row in table[:1]] == [COLUMNS]
    assert [row["path"] for row in table] == [line["path"] for line in wanted]
    figures = [(row["value"], line["value"]) for row, line in zip(table, wanted, strict=True) if line["decimals"]]
    assert figures
    assert all(Decimal(kept) == Decimal(str(said)) for kept, said in figures)
    assert {type(row["listed"]) for row in table} == {bool}


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """without pyarrow it is said what to install, before anything is read."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    call("facts", DATA[PLAN], "--form", PLAN, "-o", "事实.parquet").refused(2, 'pip install "greenforms[parquet]"')


def test_refused() -> None:
    """another format is refused with those there are, and a file that is there is not overwritten."""
    call("facts", DATA[PLAN], "--form", PLAN, "-o", "事实.xlsx").refused(
        2, "请写成 .jsonl、.csv、.xbrl.json 或 .parquet"
    )
    Path("有.csv").write_text("x", "utf-8")
    call("facts", DATA[PLAN], "--form", PLAN, "-o", "有.csv").refused(2, "--force")
