"""`batch check` and `batch render`: a unit each, and one bad one ends no other."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from batches import PLAN, ended, results, started

from greenforms.bundled import examples_dir
from greenforms.render.paper import render
from greenforms.report import json_text
from greenforms.workbook.writing import make_workbook
from papers import example
from shipped import check_folder, load_form, read_paper


def plan(unit: str = "") -> bytes:
    """A plan; `unit` is another name on its cover than in its table."""
    data = example("cultivation-plan-factory")
    data["unit"] = unit or data["unit"]
    return render(load_form(PLAN), data, "docx", examples_dir())


def test_units_are_checked_apart(tmp_path: Path) -> None:
    """This test ensures that the papers of each folder or archive are checked together, and with no other's."""
    folder = tmp_path / "各单位"
    (folder / "包头" / "附件").mkdir(parents=True)
    (folder / "包头" / "方案.docx").write_bytes(plan())
    roster = render(load_form("nm-2024/cultivation-roster"), example("cultivation-roster"), "xlsx")
    (folder / "包头" / "附件" / "名单.xlsx").write_bytes(roster)
    (folder / "单独.docx").write_bytes(plan())
    (folder / "坏的").mkdir()
    (folder / "坏的" / "方案.docx").write_bytes(b"PK\x03\x04")
    with zipfile.ZipFile(folder / "赤峰.zip", "w") as archive:
        archive.writestr("方案.docx", plan("内蒙古晴川新材料科技有限公司"))
        archive.writestr("坏.pdf", b"%PDF-")
    said = ended(started("check", folder, "-o", tmp_path / "出", "--as-of", "2026-03-20"))
    assert said.code == 6, said.err
    found = results(tmp_path / "出")
    assert set(found) == {"包头.json", "单独.docx.json", "赤峰.zip.json"}
    alone = check_folder(folder / "包头").to_json()
    assert [paper["file"] for paper in found["包头.json"]["papers"]] == [each["file"] for each in alone["papers"]]
    assert [paper["file"] for paper in found["包头.json"]["papers"]] == ["方案.docx", "附件/名单.xlsx"]
    rules = [finding["rule"] for finding in found["赤峰.zip.json"]["findings"]]
    assert "pack/same-name" in rules
    assert [each["file"] for each in found["赤峰.zip.json"]["summary"]["unread"]] == ["坏.pdf"]
    assert not [finding for finding in found["包头.json"]["findings"] if finding["severity"] == "block"]
    assert "坏的：" in said.err
    assert "内蒙古晴川新材料[科技]有限公司" in (tmp_path / "出" / "问题.csv").read_text("utf-8-sig")


def test_every_unit_is_printed(tmp_path: Path) -> None:
    """This test ensures that workbooks and data sets become papers, findings beside them, and the rest is named."""
    folder = tmp_path / "收到的填报表"
    (folder / "包头").mkdir(parents=True)
    good, faulty = example("cultivation-plan-factory"), example("cultivation-plan-factory")
    faulty["contact"]["phone"] = "12345"
    (folder / "晴川.xlsx").write_bytes(make_workbook(load_form(PLAN), good))
    (folder / "包头" / "远山.json").write_text(json_text(faulty), "utf-8")
    (folder / "多一项.json").write_text(json_text({**good, "别的": 1}), "utf-8")
    (folder / "说明.txt").write_text("请收", "utf-8")
    shutil.copy(folder / "晴川.xlsx", folder / "又一份.xlsx")
    out = tmp_path / "出"
    said = ended(started("render", "cultivation-plan", folder, "-o", out))
    assert said.code == 6, said.err
    assert "共 4 个，做成 3 个，没有做成 1 个。" in said.err
    assert "多一项.json：“多一项.json”没有生成" in said.err
    assert read_paper(out / "逐份" / "晴川.docx").data == good
    assert (out / "逐份" / "又一份.docx").read_bytes() == (out / "逐份" / "晴川.docx").read_bytes()
    found = results(out)
    assert found["包头/远山.json.json"]["summary"]["fix"] > 0
    (folder / "晴川.json").write_text(json_text(good), "utf-8")
    said = ended(started("render", "cultivation-plan", folder, "-o", out, "--resume"))
    assert (said.code, "会写成同一个文件" in said.err) == (2, True)
    assert (found["晴川.xlsx.json"]["source"], found["晴川.xlsx.json"]["file"]) == ("晴川.xlsx", "晴川.docx")
