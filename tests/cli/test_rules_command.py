"""`rules` and `rules test`: the catalogue of rules, and the suite that anybody can run."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from console import ROOT, call


def test_the_rules_of_an_edition() -> None:
    """each rule is one line with severity and clause; as JSON it has its check and what it is checked with."""
    said = call("rules", "--edition", "cn-2025")
    assert said.code == 0
    assert "cn-2025/park-bottom  现有园区连续3年得分位居后5%的移出〔必须改〕《工业和信息化部办公厅关于" in said.text
    listed = json.loads(call("rules", "--edition", "cn-2025", "--json").text)
    scope = next(each for each in listed if each["rule"] == "cn-2025/scope")
    assert (scope["scope"], scope["check"], scope["reasons"]) == ("procedure", "answered", ["SF-08"])
    assert scope["citation"]["article"] == "通知正文"


def test_all_rules() -> None:
    """without an edition every rule is listed, those of no edition, too."""
    listed = json.loads(call("rules", "--json").text)
    ids = [each["rule"] for each in listed]
    assert len(ids) == len(set(ids))
    assert {"pack/same-fact", "national/self-declaration", "nm-2024/star-shares"} <= set(ids)
    assert call("rules").text.endswith(f"共 {len(ids)} 条。\n")
    assert next(each for each in listed if each["rule"] == "pack/copies")["citation"] is None


def test_the_suite_of_an_edition() -> None:
    """the suite is run and counted by kind."""
    said = call("rules", "test", "--edition", "cn-2025")
    assert said.code == 0
    assert re.fullmatch(r"共 \d+ 个例子（合乎要求 \d+，.*别的版本 \d+），全部相符。\n", said.text)


def test_a_rule_that_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """a limit that is changed without its clause shows in the suite, and the exit code is that of a broken package."""
    for name in ("schemas", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    path = tmp_path / "schemas/parameters/cn-2025.yaml"
    path.write_text(path.read_text("utf-8").replace("value: 5,", "value: 4,"), "utf-8")
    monkeypatch.setenv("GREENFORMS_SHIPPED", str(tmp_path))
    said = call("rules", "test", "--edition", "cn-2025")
    assert said.code == 4
    assert "cn-2025/park-bottom 恰在界限上 “三年都恰是5%”：应当报出，没有报" in said.text
