"""An evaluator's way: from the pack an applicant built to a report that is finished, with its evidence beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cli.console import EXAMPLES, call
from cli.evidence_papers import pdf_of
from greenforms import datafile
from greenforms.form.edit import put
from greenforms.form.tree import at
from greenforms.report import json_text
from submission.packs import answers, asking, fill

PROCEDURE, TYPE, DAY = "nm-2022/application", "绿色工厂", ("--as-of", "2022-06-10")
REPORT, EXAMPLE = "nm-2024/factory-evaluation-report", "factory-evaluation-report.json"
UNIT = "包头市砺川稀土材料有限公司"
TYPED = answers(asking(PROCEDURE, TYPE))


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built pack with one paper of evidence."""
    monkeypatch.chdir(tmp_path)
    assert call("pack", "new", PROCEDURE, "--type", TYPE, "-o", "包", *DAY).code == 0
    fill(Path("包"), asking(PROCEDURE, TYPE), TYPED)
    licence = pdf_of(["营业执照", f"名称：{UNIT}"], 2)
    Path("包/证明材料/第三方机构基本条件证明材料/资质.pdf").write_bytes(licence)
    assert call("pack", "build", "包", *DAY).code == 0
    return Path("包/成品")


def written(draft: Mapping[str, Any], target: str) -> list[str]:
    """Write at each prompt of a draft what a person writes there; the places."""
    data, person = draft["data"], datafile.load(str(EXAMPLES / EXAMPLE)).data
    places = [prompt["path"] for prompt in draft["prompts"]]
    for place in places:
        put(data, place, at(person, place))
    Path(target).write_text(json_text(data), "utf-8")
    return places


def figures(data: Any, place: str = "") -> Iterator[tuple[str, Decimal]]:
    """Every number with its place."""
    match data:
        case dict():
            for name, value in data.items():
                yield from figures(value, f"{place}/{name}")
        case list():
            for number, value in enumerate(data):
                yield from figures(value, f"{place}/{number}")
        case Decimal() | int():
            yield place, Decimal(data)


def test_from_a_pack_to_a_finished_report(built: Path) -> None:
    """figures of the pack are carried over exactly, prompts are all that changes from draft to report."""
    said = call("draft", REPORT, built, "-o", "初稿.docx", *DAY)
    assert (said.code, f"“{UNIT}”：从 2 份材料填了 393 处。" in said.err) == (0, True), said.err
    draft = datafile.load("初稿.json").data
    asked = dict(figures(TYPED["factory_self_evaluation"]["indicators"]))
    carried = dict(figures(draft["data"]["indicators"]))
    doubted = "/i1_1_6/score"  # the two papers of the pack speak of its evidence in two ways
    assert (len(asked), asked.keys() - carried.keys()) == (162, {doubted})
    assert carried == {place: value for place, value in asked.items() if place != doubted}
    places = written(draft, "定稿.json")
    assert len(places) == 37
    assert call("validate", REPORT, "初稿.docx", *DAY).code == 1
    assert call("render", REPORT, "定稿.json", "-o", "定稿.docx").code == 0
    said = call("check", "定稿.docx", *DAY)
    assert said.text.splitlines() == [f"定稿.docx：《绿色工厂评价报告》 {UNIT}", "没有发现问题。"]
    changes = call("diff", "初稿.docx", "定稿.docx", "--json").json
    assert [each["new"]["path"] for each in changes["changes"]] == places
    assert all("待填" not in each["new"]["printed"] for each in changes["changes"])
    said = call("evidence", built / "附件", "--of", "定稿.docx", *DAY)
    first, total, *missing, summary = said.text.splitlines()
    assert first == f"1. 附件1 资质.pdf（第1页起，2页）：营业执照；{UNIT}"
    assert (said.code, total, summary) == (1, "共 1 份，2 页。", "共 必须改 11 条。")
    assert [f"列了“附件{number} " in line for number, line in enumerate(missing, 2)] == [True] * 11
