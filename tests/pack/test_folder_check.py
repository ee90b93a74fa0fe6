"""A folder of real papers with planted contradictions: what is found, and in which words."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest

from greenforms.errors import InputError
from greenforms.finding import Finding, Severity
from greenforms.pack.report import PackReport
from greenforms.report import json_text
from papers import Put, example, without_record
from shipped import check_folder

TODAY = date(2026, 3, 20)
FIRM = "内蒙古晴川新材料有限公司"


def check(folder: Path) -> PackReport:
    return check_folder(folder, TODAY)


def rules(report: PackReport) -> list[str]:
    return [finding.rule for finding in report.findings]


def only(report: PackReport, rule: str) -> Finding:
    """The one finding of a rule."""
    (finding,) = [finding for finding in report.findings if finding.rule == rule]
    return finding


def row_of(roster: Any, name: str) -> Any:
    return next(row for row in roster["rows"] if row["name"] == name)


def test_a_clean_pack_has_nothing_to_change(tmp_path: Path, put: Put, plan: Any, roster: Any) -> None:
    """the shipped examples of both provinces agree with each other, whichever folder they lie in."""
    put("10名单.xlsx", "cultivation-roster", roster)
    put("2方案.docx", "cultivation-plan", plan)
    put("河北/经验.docx", "typical-experience", example("typical-experience-factory"))
    put("河北/汇总.docx", "he-2024/recommendation-summary", example("recommendation-summary"))
    seen: list[tuple[int, int, str]] = []
    report = check_folder(tmp_path, TODAY, lambda *step: seen.append(step))
    assert (report.counts["block"], report.counts["fix"], report.unread) == (0, 0, ())
    assert [finding.rule for finding in report.findings if finding.rule.startswith("pack/")] == []
    assert seen == [(1, 4, "2方案.docx"), (2, 4, "10名单.xlsx"), (3, 4, "河北/汇总.docx"), (4, 4, "河北/经验.docx")]
    assert [paper.subject for paper in report.papers] == [FIRM, None, None, "河北澄渊制药有限公司"]


def test_name_on_cover_differs_from_table(tmp_path: Path, put: Put, plan: Any) -> None:
    """a cover with another name than the table is found, and the words that differ are marked."""
    plan["unit"] = "内蒙古晴川新材料科技有限公司"
    put("方案.docx", "cultivation-plan", plan)
    finding = only(check(tmp_path), "pack/same-name")
    assert finding.severity is Severity.BLOCK
    assert "内蒙古晴川新材料[科技]有限公司（“方案.docx”第8段“单位（盖章）”）" in finding.message
    assert "内蒙古晴川新材料有限公司（“方案.docx”表1第1行第2列“企业名称”）" in finding.message
    assert "疑为同一单位" not in finding.message
    assert [place.path for place in finding.places] == ["/unit", "/enterprise/name"]


def test_name_in_roster_differs_by_one_word(tmp_path: Path, put: Put, plan: Any, roster: Any) -> None:
    """an enterprise renamed in the roster is one finding with both places, not a missing entry."""
    row_of(roster, FIRM)["name"] = "内蒙古晴川新材料科技有限公司"
    put("方案.docx", "cultivation-plan", plan)
    put("名单.xlsx", "cultivation-roster", roster)
    report = check(tmp_path)
    finding = only(report, "pack/same-name")
    assert "单位名称各处不一致：内蒙古晴川新材料有限公司（“方案.docx”" in finding.message
    assert "内蒙古晴川新材料[科技]有限公司（“名单.xlsx”工作表“培育名单库表”单元格E9" in finding.message
    assert "疑为同一单位" in finding.message
    assert finding.citation is not None
    assert "SF-16" in finding.citation.article
    assert {place.document for place in finding.places} == {"方案.docx", "名单.xlsx"}
    assert "pack/not-listed" not in rules(report)


def test_names_that_fold_alike_are_one_name(tmp_path: Path, put: Put, plan: Any, roster: Any) -> None:
    """brackets of another width and a stray space are no contradiction."""
    plan["unit"] = plan["enterprise"]["name"] = "内蒙古（晴川）新材料有限公司"
    row_of(roster, FIRM)["name"] = "内蒙古(晴川) 新材料有限公司"
    put("方案.docx", "cultivation-plan", plan)
    put("名单.xlsx", "cultivation-roster", roster)
    assert [rule for rule in rules(check(tmp_path)) if rule.startswith("pack/")] == []


def test_a_name_another_paper_owns_is_not_a_slip(tmp_path: Path, put: Put, plan: Any, roster: Any) -> None:
    """two units with similar names, both with papers and both listed, are left in peace."""
    other = deepcopy(plan)
    other["unit"] = other["enterprise"]["name"] = "内蒙古晴山新材料有限公司"
    roster["rows"].append({**row_of(roster, FIRM), "name": "内蒙古晴山新材料有限公司"})
    put("甲.docx", "cultivation-plan", plan)
    put("乙.docx", "cultivation-plan", other)
    put("名单.docx", "cultivation-roster", roster)
    assert [rule for rule in rules(check(tmp_path)) if rule.startswith("pack/")] == []


def test_unit_in_no_list(tmp_path: Path, put: Put, plan: Any, roster: Any) -> None:
    """a paper whose unit the roster lacks is asked about."""
    roster["rows"].remove(row_of(roster, FIRM))
    put("方案.docx", "cultivation-plan", plan)
    put("名单.xlsx", "cultivation-roster", roster)
    finding = only(check(tmp_path), "pack/not-listed")
    assert finding.severity is Severity.ASK
    assert finding.message.startswith(
        f"{FIRM}有材料（“方案.docx”第8段“单位（盖章）”），名单“名单.xlsx”里却没有这个单位"
    )


def test_type_differs_from_roster(tmp_path: Path, put: Put, plan: Any, roster: Any) -> None:
    """a plan for a factory against a roster row for a park is found with both places."""
    row_of(roster, FIRM)["type"] = "绿色供应链管理企业"
    put("方案.docx", "cultivation-plan", plan)
    put("名单.xlsx", "cultivation-roster", roster)
    finding = only(check(tmp_path), "pack/same-fact")
    assert f"{FIRM}的“示范单位类型”各处不一致：绿色工厂（“方案.docx”" in finding.message
    assert "绿色供应链管理企业（“名单.xlsx”" in finding.message


def test_section_of_summary_states_the_type(tmp_path: Path, put: Put) -> None:
    """an experience report of a factory whose unit stands in the section of parks is found."""
    summary = example("recommendation-summary")
    moved = summary["factories"].pop(0)
    del moved["industry"]
    summary["parks"].append({**moved, "type": "综合类"})
    put("汇总.docx", "he-2024/recommendation-summary", summary)
    put("经验.docx", "typical-experience", example("typical-experience-factory"))
    finding = only(check(tmp_path), "pack/same-fact")
    assert "绿色工业园区（“汇总.docx”表1第9行第2列“绿色工业园区推荐名单”）" in finding.message


def test_synonyms_agree(tmp_path: Path, put: Put) -> None:
    """绿色园区 and 绿色工业园区 mean the same in papers of two provinces."""
    park = example("cultivation-plan-park")
    report = example("typical-experience-park")
    report["subject"] = park["unit"]
    put("方案.docx", "cultivation-plan", park)
    put("经验.docx", "typical-experience", report)
    assert (park["creation_type"], report["kind"]) == ("绿色园区", "绿色工业园区")
    assert [rule for rule in rules(check(tmp_path)) if rule.startswith("pack/")] == []


def test_one_unit_may_apply_twice(tmp_path: Path, put: Put, roster: Any, plan: Any) -> None:
    """a unit listed in two years at two levels, or for two types, contradicts nothing."""
    row = row_of(roster, FIRM)
    roster["rows"].insert(0, {**row, "year": 2025, "level": "盟市级"})
    roster["rows"].append({**row, "type": "绿色供应链管理企业", "level": "国家级"})
    put("方案.docx", "cultivation-plan", plan)
    put("名单.xlsx", "cultivation-roster", roster)
    assert [rule for rule in rules(check(tmp_path)) if rule.startswith("pack/")] == []


def test_cover_against_table(tmp_path: Path, put: Put, plan: Any) -> None:
    """a contact's number that differs between cover and table of one file is found."""
    plan["contact"]["phone"] = "0472-5178260"
    put("方案.docx", "cultivation-plan", plan)
    finding = only(check(tmp_path), "pack/same-fact")
    assert (
        "“联系人联系电话”各处不一致：0472-5178260（“方案.docx”第11段“联系人·联系电话”）；0472-5178206（“方案.docx”表1"
        in finding.message
    )
    assert [place.value for place in finding.places] == ["0472-5178260", "0472-5178206"]


def test_tonnes_against_ten_thousand_tonnes(tmp_path: Path, put: Put, plan: Any) -> None:
    """the same figure in 吨 and 万吨 is a slip of unit; the same amount in both is not."""
    other = deepcopy(plan)
    other["enterprise"]["products"][0]["output"] = {"value": Decimal("5.12"), "unit": "万吨"}
    other["enterprise"]["products"][1]["output"] = {"value": 9800, "unit": "万吨"}
    other["enterprise"]["products"][2]["energy"] = Decimal(3100)
    put("甲.docx", "cultivation-plan", plan)
    put("乙.docx", "cultivation-plan", other)
    report = check(tmp_path)
    energy, output = (finding.message for finding in report.findings if finding.rule == "pack/same-fact")
    if "年生产量" in energy:
        energy, output = output, energy
    assert "“石墨化增碳剂”的2025年度“年生产量”各处不一致" in output
    assert "9800万吨" in output
    assert "相差9799.02万吨，修约到整数后仍不相等" in output
    assert "疑为单位或小数点错误：相差约1万倍，可能是“吨”误填为“万吨”" in output
    assert "“石墨坩埚”的2025年度“年能耗总量”" in energy
    assert "可能是“吨标煤”误填为“万吨标煤”" in energy
    stated = next(finding for finding in report.findings if finding.message == output)
    assert [place.value for place in stated.places] == [
        {"value": 9800, "unit": "万吨"},
        {"value": 9800, "unit": "吨"},
    ]


def test_money_of_one_year(tmp_path: Path, put: Put, plan: Any) -> None:
    """a year's revenue typed in 元 is found for that year, with both values and the gap."""
    other = deepcopy(plan)
    other["enterprise"]["years"][1]["revenue"] = Decimal("1319062800")
    put("1.docx", "cultivation-plan", plan)
    put("2.docx", "cultivation-plan", other)
    message = only(check(tmp_path), "pack/same-fact").message
    assert f"{FIRM}的2024年度“主营业务收入”各处不一致：131906.28万元（“1.docx”表1第14行第4列" in message
    assert "131906.28万元与1319062800万元相差1318930893.72万元，修约到整数后仍不相等" in message
    assert "相差约1万倍，可能是“元”误填为“万元”" in message


def test_rounded_figures_agree(tmp_path: Path, put: Put, plan: Any) -> None:
    """a figure that is only rounded is not a contradiction, though the versions are two."""
    other = deepcopy(plan)
    other["enterprise"]["years"][1]["revenue"] = Decimal("131906.3")
    put("1.docx", "cultivation-plan", plan)
    put("2.docx", "cultivation-plan", other)
    assert rules(check(tmp_path)) == ["pack/two-versions"]


def test_figures_of_one_precision_must_be_equal(tmp_path: Path, put: Put, plan: Any) -> None:
    """100 and 101 万元 are no two roundings of one amount."""
    other = deepcopy(plan)
    for paper, amount in ((plan, 100), (other, 101)):
        paper["enterprise"]["years"][1]["tax"] = amount
    put("1.docx", "cultivation-plan", plan)
    put("2.docx", "cultivation-plan", other)
    finding = only(check(tmp_path), "pack/same-fact")
    assert finding.severity is Severity.BLOCK
    assert "100万元与101万元相差1万元。" in finding.message


def test_a_figure_cut_off_is_a_hint(tmp_path: Path, put: Put, plan: Any) -> None:
    """a figure whose last digits were cut off instead of rounded is told, not refused."""
    other = deepcopy(plan)
    other["enterprise"]["years"][1]["revenue"] = Decimal("131906.2")
    put("1.docx", "cultivation-plan", plan)
    put("2.docx", "cultivation-plan", other)
    finding = only(check(tmp_path), "pack/same-fact")
    assert finding.severity is Severity.WARN
    assert "截断" in finding.message


def a_year_later(plan: Any) -> Any:
    """The plan of the same unit a year later: what is true on a day has changed, the years have moved on by one."""
    later = deepcopy(plan)
    later["date"] = "2027-03-18"
    later["contact"] = {"name": "白宇", "phone": "0472-5178299"}
    basic = later["enterprise"]
    basic |= {"contact": "白宇", "contact_phone": "0472-5178299", "email": "baiyu@example.com", "ownership": "国有企业"}
    basic["years"] = [*basic["years"][1:], {**basic["years"][2], "year": 2026, "revenue": Decimal("160000.00")}]
    for product in basic["products"]:
        product["energy"] += 1
    return later


def test_plans_of_two_years(tmp_path: Path, put: Put, plan: Any) -> None:
    """last year's and this year's plan of one unit contradict each other in nothing and are no two versions."""
    put("2026/方案.docx", "cultivation-plan", plan)
    put("2027/方案.docx", "cultivation-plan", a_year_later(plan))
    assert rules(check_folder(tmp_path, date(2027, 4, 1))) == []


def test_plans_of_two_years_differ_in_what_does_not_change(tmp_path: Path, put: Put, plan: Any) -> None:
    """a code, and a figure of a year that both plans show, must be the same in both."""
    later = a_year_later(plan)
    later["enterprise"]["founded"] = "2016-01-01"
    later["plan"]["overview"] = later["plan"]["overview"].replace("2017年4月", "2016年1月")
    later["enterprise"]["years"][0]["revenue"] += 5
    put("2026.docx", "cultivation-plan", plan)
    put("2027.docx", "cultivation-plan", later)
    messages = [each.message for each in check_folder(tmp_path, date(2027, 4, 1)).findings]
    assert len(messages) == 2
    assert any("“成立时间”各处不一致" in message for message in messages)
    assert any("2024年度“主营业务收入”各处不一致" in message for message in messages)


def test_two_versions(tmp_path: Path, put: Put, plan: Any) -> None:
    """two files of one paper that say different things are named, with what differs."""
    other = deepcopy(plan)
    other["plan"]["approach"] += "补充一句。"
    put("方案V2.docx", "cultivation-plan", plan)
    put("方案V10.docx", "cultivation-plan", other)
    finding = only(check(tmp_path), "pack/two-versions")
    assert finding.message == (
        f"“方案V2.docx”与“方案V10.docx”都是{FIRM}的《绿色制造体系示范单位培育创建工作方案》，"
        "内容却不同：“方案V10.docx”有1处不同，如二、创建思路。同一材料只能有一个版本，请保留有效的一份，删去其余各份。"
    )
    assert [place.document for place in finding.places] == ["方案V2.docx", "方案V10.docx"]


def test_word_file_and_its_pdf_are_one_version(tmp_path: Path, put: Put, plan: Any) -> None:
    """the docx and the pdf of one paper are no two versions."""
    put("方案.docx", "cultivation-plan", plan)
    put("方案.pdf", "cultivation-plan", plan)
    report = check(tmp_path)
    assert [paper.file for paper in report.papers] == ["方案.docx", "方案.pdf"]
    assert rules(report) == []


def test_retyped_paper_is_one_version_with_its_origin(tmp_path: Path, put: Put, plan: Any) -> None:
    """a copy without our record, read from the page alone, says the same as the original."""
    path = put("方案.docx", "cultivation-plan", plan)
    (tmp_path / "副本.docx").write_bytes(without_record(path.read_bytes()))
    report = check(tmp_path)
    assert [paper.same_as for paper in report.papers] == ["", "副本.docx"]
    assert [rule for rule in rules(report) if rule.startswith("pack/")] == ["pack/copies"]


def test_edited_cell(tmp_path: Path, put: Put, plan: Any) -> None:
    """a cell changed in Word after rendering is reported with the file it stands in."""
    path = put("子目录/方案.docx", "cultivation-plan", plan)
    document = docx.Document(str(path))
    texts = [text for text in document.element.body.iter() if text.tag.endswith("}t") and text.text == "148512.64"]
    texts[0].text = "248512.64"
    document.save(str(path))
    finding = only(check(tmp_path), "record/printed-differs")
    assert finding.severity is Severity.FIX
    assert finding.message.startswith("子目录/方案.docx 表1")
    assert "纸面上是“248512.64”，生成时填的是“148512.64”" in finding.message
    assert finding.places[0].document == "子目录/方案.docx"


def test_value_from_paper_of_another_heading(tmp_path: Path, put: Put, plan: Any) -> None:
    """a file without record whose figure carries its own unit is compared with the precision it prints."""
    path = put("甲.docx", "cultivation-plan", plan)
    document = docx.Document(str(path))
    texts = [text for text in document.element.body.iter() if text.tag.endswith("}t") and text.text == "131906.28"]
    texts[0].text = "1319062700元"
    document.save(str(path))
    (tmp_path / "乙.docx").write_bytes(without_record(path.read_bytes()))
    put("甲.docx", "cultivation-plan", plan)
    message = only(check(tmp_path), "pack/same-fact").message
    assert "相差0.01万元，修约到2位小数后仍不相等" in message
    assert "1319062700元" in message


def test_findings_of_each_paper_name_their_file(tmp_path: Path, put: Put, plan: Any) -> None:
    """what is wrong with one paper by itself says which file it is in."""
    plan["enterprise"]["email"] = "没有"
    put("方案.docx", "cultivation-plan", plan)
    report = check(tmp_path)
    own = [finding for finding in report.findings if not finding.rule.startswith("pack/")]
    assert own
    assert all("方案.docx" in finding.message for finding in own)


def test_files_that_are_no_papers(tmp_path: Path, put: Put, plan: Any) -> None:
    """junk is named and does not stop the check; what office programs leave behind is passed over."""
    put("方案.docx", "cultivation-plan", plan)
    (tmp_path / "坏.docx").write_bytes(b"junk")
    letter = docx.Document()
    letter.add_paragraph("关于报送材料的函")
    letter.save(str(tmp_path / "函.docx"))
    for litter in ("~$方案.docx", ".DS_Store", "Thumbs.db", "desktop.ini", ".git/config", "__MACOSX/方案.docx"):
        (tmp_path / litter).parent.mkdir(exist_ok=True)
        (tmp_path / litter).write_bytes(b"x")
    report = check(tmp_path)
    assert {each.file for each in report.unread} == {"坏.docx", "函.docx"}
    assert {(finding.rule, finding.severity) for finding in report.findings} == {
        ("pack/unread", Severity.WARN),
        ("pack/unrecognised", Severity.ASK),
    }
    unknown = only(report, "pack/unrecognised")
    assert unknown.message.startswith("“函.docx”暂不能识别")
    assert not any("移" in finding.message for finding in report.findings)
    assert [paper.file for paper in report.papers] == ["方案.docx"]


def test_nothing_to_check(tmp_path: Path) -> None:
    """a missing folder, an empty one and one without papers are refused in words."""
    with pytest.raises(InputError, match="没有目录或文件"):
        check(tmp_path / "无")
    with pytest.raises(InputError, match="是空的"):
        check(tmp_path)
    (tmp_path / "坏.docx").write_bytes(b"junk")
    with pytest.raises(InputError, match="没有一份能识别的材料"):
        check(tmp_path)


def test_report_as_json(tmp_path: Path, put: Put, plan: Any) -> None:
    """the report is JSON with every number digit by digit, findings by severity and then by paper."""
    other = deepcopy(plan)
    other["enterprise"]["years"][1]["revenue"] = Decimal("13190.6280")
    other["contact"]["phone"] = "0472-5178260"
    put("1.docx", "cultivation-plan", plan)
    put("2.docx", "cultivation-plan", other)
    (tmp_path / "坏.docx").write_bytes(b"junk")
    report = check(tmp_path)
    text = json_text(report.to_json())
    assert "13190.6280" in text
    written = json.loads(text, parse_float=Decimal)
    assert set(written) == {"findings", "summary", "papers"}
    assert all(
        set(each) == {"rule", "severity", "message", "places", "citation", "fix"} for each in written["findings"]
    )
    assert set(written["findings"][0]["places"][0]) == {"document", "path", "label", "value", "evidence"}
    gravity = [Severity(each["severity"]) for each in written["findings"]]
    assert gravity == sorted(gravity, key=list(Severity).index)
    assert written["summary"]["block"] == report.counts["block"] == 3
    assert [each["file"] for each in written["summary"]["unread"]] == ["坏.docx"]
    revenue = next(each for each in written["findings"] if "主营业务收入" in each["message"])
    assert [place["value"] for place in revenue["places"]] == [Decimal("131906.28"), Decimal("13190.6280")]
    assert "相差约10倍" in revenue["message"]
