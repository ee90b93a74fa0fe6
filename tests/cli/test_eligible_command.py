"""`eligible`: whether somebody may apply, requirement by requirement."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from console import call

APPLY = ("eligible", "--procedure", "he-2024/application", "--as-of", "2024-07-01")
FACTORY = (*APPLY, "--type", "绿色工厂")


def answers(**said: str) -> list[str]:
    return [word for name, text in said.items() for word in ("--answer", f"he-2024/{name.replace('_', '-')}={text}")]


CLEAN = answers(
    eligible_operating="没有",
    eligible_accident="没有",
    eligible_removed="有，2020年5月6日",
    eligible_inspection="没有",
    eligible_supervision="有，2023年5月6日，已完成整改",
    eligible_dishonest="没有",
    report_filed="自评价报告",
    eligible_ladder="是",
    eligible_standard="行业标准",
    eligible_efficiency="基准水平",
)


def test_without_a_procedure_they_are_listed() -> None:
    """the procedures are listed with the types of applicant they know."""
    said = call("eligible")
    assert said.code == 0
    assert "he-2024/application  主管部门、绿色工厂、绿色园区、绿色供应链管理企业、第三方机构\n" in said.text


def test_a_unit_that_may_apply() -> None:
    """every requirement has its verdict, clause and answer; a preference that is not met stops nobody."""
    said = call(*FACTORY, *CLEAN)
    assert said.code == 0
    assert said.text.endswith("结论：能报。\n")
    assert "【请注意】优先推荐能效标杆水平、先进值或1级水平的企业" in said.text
    assert "有，2020年5月6日（未注明的答复人，2024-07-01）" in said.text


def test_a_unit_that_may_not() -> None:
    """what happened within the years looked back on is told with the reading of the term, and the exit code is 1."""
    said = call(*FACTORY, *CLEAN[2:], *answers(eligible_operating="有，2021年7月19日"))
    assert said.code == 1
    assert "日期在2021年7月19日至2024年7月19日之内（“近三年”从申报截止日或核查日往前推3年，首日计算在内）" in said.text
    assert said.text.endswith("结论：不能报。\n")


def test_what_nobody_answered() -> None:
    """a question without an answer leaves the verdict open, and says how to answer it."""
    sheet = json.loads(call(*FACTORY, *CLEAN[2:], "--json").text)
    assert sheet["verdict"] == "还不能说：有的问题没有答复"
    [line] = [line for line in sheet["lines"] if line["rule"] == "he-2024/eligible-operating"]
    assert (line["outcome"], line["answer"]) == ("not-evaluated", None)
    assert line["article"] == "第一部分第二段"
    assert "请用 --answer he-2024/eligible-operating=… 答复" in call(*FACTORY).text


def test_papers_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """papers that the procedure asks for are missed by the unit they are missing of."""
    monkeypatch.chdir(tmp_path)
    Path("材料").mkdir()
    root = Path(__file__).resolve().parents[2] / "examples"
    call("render", "he-2024/recommendation-summary", root / "recommendation-summary.json", "-o", "材料/汇总.docx")
    call("render", "he-2024/typical-experience", root / "typical-experience-factory.json", "-o", "材料/经验.docx")
    sheet = json.loads(call(*APPLY, "--type", "主管部门", "材料", "--json").text)
    filed = next(line for line in sheet["lines"] if line["rule"] == "he-2024/experience-filed")
    assert filed["verdict"] == "不符合"
    assert any("石家庄滹岸经济开发区在《" in message for message in filed["messages"])
    kind = next(line for line in sheet["lines"] if line["rule"] == "he-2024/experience-kind")
    assert kind["verdict"] == "符合"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("eligible", "--procedure", "he-2024/review", "--type", "绿色工厂"), "没有编号为“he-2024/review”的程序"),
        ((*APPLY, "--type", "零碳工厂"), "没有“零碳工厂”这一类。可选："),
        (APPLY, "请用 --type 写明申报的类型"),
    ],
)
def test_refused(words: tuple[str, ...], said: str) -> None:
    """an unknown procedure or type is refused with those there are."""
    call(*words).refused(2, said)
