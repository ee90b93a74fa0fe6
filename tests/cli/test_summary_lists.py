"""`summary` beside an earlier list, held to the rules of the table, and with letters around it."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from console import EXAMPLES, PLAN, ROSTER, SUMMARY, call

from shipped import load_form, read_paper

OF = ("--of", PLAN, "--as-of", "2026-05-01")
REPORT, OPINION = "nm-2024/factory-evaluation-report", "nm-2024/review-opinion"
LAST = [
    {"year": 2025, "type": "绿色园区", "region": "鄂尔多斯市", "name": "鄂尔多斯晴岭工业园区", "level": "盟市级"},
    {"year": 2025, "type": "绿色工厂", "region": "包头市", "name": "包头市云砚机械有限公司", "level": "盟市级"},
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the plans of a factory and of a park."""
    monkeypatch.chdir(tmp_path)
    for name, example in (("甲", "factory"), ("乙", "park")):
        (tmp_path / f"{name}.json").write_bytes((EXAMPLES / f"cultivation-plan-{example}.json").read_bytes())
    return tmp_path


def text_of(paper: str, part: str = "word/document.xml") -> str:
    with zipfile.ZipFile(paper) as package:
        return re.sub("<[^>]+>", "", package.read(part).decode("utf-8"))


def last_list(suffix: str) -> str:
    """Last year's roster as a file."""
    Path("数据.json").write_text(json.dumps({"rows": LAST}), "utf-8")
    if suffix == ".json":
        return "数据.json"
    assert call("render", ROSTER, "数据.json", "-o", f"上次{suffix}").code == 0
    return f"上次{suffix}"


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".json"])
def test_changes_since_the_last_list(suffix: str) -> None:
    """rows come in the order of the last list; what is new, gone and changed is told, and marked on a copy."""
    target = "名单.xlsx" if suffix == ".json" else f"名单{suffix}"
    said = call("summary", ROSTER, "甲.json", "乙.json", "-o", target, "--last", last_list(suffix), *OF)
    assert said.code == 0, said.err
    told = said.err[said.err.index("比：") :].splitlines()
    assert told == [
        "比：新增 1 行，这次没有材料 1 行，改动 3 格。",
        "  【这次没有填】培育名单第1行“年份”：2025 → （无）",
        "  【这次没有填】培育名单第1行“地区”：鄂尔多斯市 → （无）",
        "  【这次没有填】培育名单第1行“级别”：盟市级 → （无）",
        "  【新增】培育名单第2行：（无） → 申报类型：绿色工厂；培育示范单位名称：内蒙古晴川新材料有限公司",
        "  【上次有，这次没有】培育名单第2行：年份：2025；申报类型：绿色工厂；地区：包头市；"
        "培育示范单位名称：包头市云砚机械有限公司；级别：盟市级 → （无）",
    ]
    made = json.loads(Path("名单.json").read_text("utf-8"))
    assert [row["name"] for row in made["data"]["rows"]] == ["鄂尔多斯晴岭工业园区", "内蒙古晴川新材料有限公司"]
    assert [each["kind"] for each in made["last"]["changes"]] == ["removed"] * 3 + ["added", "removed"]
    copy = Path(target).with_stem("名单（与上次比）")
    notes = text_of(str(copy), "xl/comments1.xml" if copy.suffix == ".xlsx" else "word/comments1.xml")
    assert "上次为“鄂尔多斯市”" in notes
    assert "新增" in notes
    assert read_paper(copy).data == read_paper(Path(target)).data == made["data"]


def test_rows_that_are_kept() -> None:
    """rows of the last list that no paper speaks of stay behind the others, as they were, and are told."""
    said = call("summary", ROSTER, "甲.json", "-o", "名单.xlsx", "--last", last_list(".json"), "--keep", *OF)
    assert "新增 1 行，这次没有材料 2 行（留下 2 行），改动 0 格。" in said.err
    assert "【这次没有材料，照上次留下】培育名单第2行鄂尔多斯晴岭工业园区" in said.err
    made = json.loads(Path("名单.json").read_text("utf-8"))
    assert made["data"]["rows"][1:] == LAST
    assert made["last"]["kept"] == ["/rows/1", "/rows/2"]


def test_the_ladder_against_a_list() -> None:
    """units that are not on the published list of the tier below are told, and the table is written all the same."""
    Path("省级.csv").write_text(
        "单位名称,类型,级别\n河北澄渊制药有限公司,绿色工厂,省级\n鄂尔多斯晴岭工业园区,绿色园区,省级\n", "utf-8"
    )
    words = ("--of", PLAN, "--as-of", "2024-07-01", "--list", "省级.csv")
    said = call("summary", SUMMARY, "甲.json", "乙.json", "-o", "汇总.docx", *words)
    assert (said.code, Path("汇总.docx").exists()) == (1, True)
    assert "按规则核对“汇总.docx”：" in said.err
    found = [line for line in said.err.splitlines() if line.startswith("【必须改】")]
    assert len(found) == 1
    assert "内蒙古晴川新材料有限公司不在所给的省级绿色工厂名单里" in found[0]
    assert found[0].endswith("（he-2024/factories-on-list）")


def test_the_cap_over_all_packs_stands_in_the_letter_too() -> None:
    """sixteen applications by one third party are one too many, counted over all of them; the letter counts them."""
    for number in range(1, 17):
        report: Any = json.loads((EXAMPLES / "factory-evaluation-report.json").read_text("utf-8"))
        report["cover"]["factory"] = report["factory"]["name"] = f"包头市第{number}机械有限公司"
        Path("报告").mkdir(exist_ok=True)
        Path(f"报告/{number}.json").write_text(json.dumps(report), "utf-8")
    words = ("--of", REPORT, "--as-of", "2026-06-10", "--letter", "nm-2024/consultation-letter", "函.docx")
    said = call("summary", OPINION, "报告", "-o", "意见.docx", *words)
    assert said.code == 1
    found = next(line for line in said.err.splitlines() if line.endswith("（nm-2024/opinion-third-party-cap）"))
    assert "本表有16项，超过每年度15项的上限" in found
    assert {row["kind"] for row in json.loads(Path("意见.json").read_text("utf-8"))["data"]["rows"]} == {"绿色工厂"}
    assert "绿色工厂16家" in text_of("函.docx")
    assert "现将拟推荐的16家（个）单位名单送贵单位征求意见" in text_of("函.docx")


def test_a_letter_counts_what_stands_in_the_table() -> None:
    """the table stands in the letter of recommendation, whose sentences count and name its rows; none is 无."""
    words = ("--of", PLAN, "--as-of", "2024-07-01", "--letter", "he-2024/recommendation-letter", "报告.docx")
    said = call("summary", SUMMARY, "甲.json", "乙.json", "-o", "汇总.docx", *words)
    assert said.code == 0, said.err
    text = text_of("报告.docx")
    assert "（一）绿色工厂。推荐1家，分别是：内蒙古晴川新材料有限公司。" in text
    assert "（二）绿色工业园区。推荐1个，分别是：鄂尔多斯晴岭工业园区。" in text
    assert "（三）绿色供应链管理企业。推荐0家，分别是：无。" in text
    letter = json.loads(Path("报告.json").read_text("utf-8"))
    table = json.loads(Path("汇总.json").read_text("utf-8"))
    assert {**letter["data"]["summary"], "supply_chains": []} == {**table["data"], "supply_chains": []}
    assert {each["path"] for each in letter["fields"]} == {f"/summary{each['path']}" for each in table["fields"]}
    assert load_form("he-2024/recommendation-letter").id == letter["form"]


def test_a_letter_that_lists_others_is_told() -> None:
    """rows that are kept from the last list have no papers, so that a letter with a list of its own lacks them."""
    words = ("--last", last_list(".json"), "--keep", "--letter", "nm-2024/consultation-letter", "函.docx")
    said = call("summary", ROSTER, "甲.json", "-o", "名单.xlsx", *words, *OF)
    assert "“函.docx”与表里列的单位不同，请核对：鄂尔多斯晴岭工业园区、包头市云砚机械有限公司。" in said.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--keep",), 2, "--keep 要和 --last 一起写"),
        (("--last", "甲.json"), 3, "不是《绿色制造体系示范单位培育名单库表》的数据"),
        (("--letter", PLAN, "方案.docx"), 2, "不是列各单位的表"),
        (("--letter", "nm-2024/consultation-letter", "函.xlsx"), 2, "不输出 xlsx 格式"),
    ],
)
def test_refused(words: tuple[str, ...], code: int, said: str) -> None:
    """wrong calls are refused, and another paper as the last list."""
    call("summary", ROSTER, "甲.json", "-o", "名单.xlsx", *words, *OF).refused(code, said)
    assert not Path("名单.xlsx").exists()
