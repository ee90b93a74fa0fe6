"""An applicant's way: from the empty workbook to a pack that is handed in, and again after a fact has changed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cli.console import call, listing
from cli.evidence_papers import pdf_of
from journeys.printed import text_of
from journeys.typed import ENTRIES, type_in

DAY = ("--as-of", "2026-04-10")
TYPED: dict[str, Any] = json.loads(Path(__file__).with_name("reassessment.json").read_text("utf-8"))
APPLICATION, REPORT = "01 绿色制造示范单位再评价申请表.docx", "02 绿色制造示范单位再评价报告.docx"
ATTACHED = "附件1 环评批复.pdf", "附件2 营业执照.pdf"
UNIT, PHONE, NEW_PHONE = "包头市砺川稀土材料有限公司", "0472-5239018", "0472-5239020"


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack begun, its workbook typed in by cells, its evidence put beside it."""
    monkeypatch.chdir(tmp_path)
    said = call("pack", "new", "reassessment", "--edition", "nm-2024", "--type", "绿色工厂", "-o", "包", *DAY)
    assert (said.code, "2 份材料，有 10 处同别处一样，不用再填" in said.err + said.text) == (0, True)
    type_in(tmp_path / "包/填报表.xlsx", TYPED)
    for name, pages in (("营业执照.pdf", 1), ("环评批复.pdf", 3)):
        (tmp_path / "包/证明材料" / name).write_bytes(pdf_of([name.removesuffix(".pdf"), UNIT], pages))
    return tmp_path / "包"


def digests(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in listing(folder)}


def test_from_an_empty_workbook_to_a_pack_and_once_more(pack: Path) -> None:
    """what was typed stands on the papers to the digit, lists and manifest hold, and one change goes everywhere."""
    assert call("pack", "build", pack, *DAY).code == 0
    built = pack / "成品"
    assert listing(built) == sorted(
        [
            APPLICATION,
            REPORT,
            "附件/附件1 环评批复.pdf",
            "附件/附件2 营业执照.pdf",
            "附件目录和打印清单.xlsx",
            "清单.json",
        ]
    )
    _papers_say_what_was_typed(built)
    _lists_and_manifest_hold(built)
    _nothing_is_found(built)
    before = digests(built)
    type_in(pack / "填报表.xlsx", {ENTRIES: [["《绿色制造示范单位再评价申请表》", "联系电话", NEW_PHONE]]})
    call("pack", "build", pack, *DAY).refused(2, "已经存在")
    assert digests(built) == before
    assert call("pack", "build", pack, *DAY, "--force").code == 0
    changed = {name for name, digest in digests(built).items() if before[name] != digest}
    assert changed == {APPLICATION, REPORT, "清单.json"}
    for paper in (APPLICATION, REPORT):
        assert (NEW_PHONE in text_of(built / paper), PHONE in text_of(built / paper)) == (True, False)
    _nothing_is_found(built)


def _papers_say_what_was_typed(built: Path) -> None:
    """Every figure, name and sentence stands on a paper; what was asked once stands on both."""
    both = [text_of(built / name) for name in (APPLICATION, REPORT)]
    printed = "".join(both)
    values = [str(line[-1]) for line in TYPED[ENTRIES]]
    values += [value for name in TYPED.keys() - {ENTRIES} for line in TYPED[name] for value in line]
    chosen = {"绿色工厂", "国家级", "第三方评价", "符合", "是"}
    lines = {line for value in values if value not in chosen for line in value.split("\n")}
    assert [line for line in sorted(lines) if line not in printed] == []
    assert all(value in each for each in both for value in (UNIT, PHONE, "89.5", "北京清沛绿色技术研究院有限公司"))


def _lists_and_manifest_hold(built: Path) -> None:
    """Attachments by number and page, what to print and seal, and a digest for each file."""
    book = load_workbook(built / "附件目录和打印清单.xlsx")
    *_, first, second = book["附件目录"].values
    assert first[1:] == ("附件1　环评批复", "附件1 环评批复.pdf", "3", "1")
    assert second[1:] == ("附件2　营业执照", "附件2 营业执照.pdf", "1", "4")
    *_, application, report = book["打印清单"].values
    assert (application[1], application[5]) == ("《绿色制造示范单位再评价申请表》", "（单位盖章）")
    assert report[5].split("\n") == ["单位名称（盖章）", "单位负责人（签字）", "（单位盖章）"]
    height = book["打印清单"].row_dimensions[4].height or 0
    assert height >= 3 * 14, "all three places for seals and signatures are seen"
    manifest = json.loads((built / "清单.json").read_text("utf-8"))
    kept = digests(built)
    assert {each["file"]: each["sha256"] for each in manifest["files"]} == {
        name: digest for name, digest in kept.items() if name != "清单.json"
    }
    facts = {(each["fact"], str(each["value"])) for each in manifest["facts"]}
    assert {("unit.name", UNIT), ("contact.phone", PHONE)} <= facts


def _nothing_is_found(built: Path) -> None:
    """Both papers are there and right; of the attachments nothing is asked, for the manifest knows them."""
    said = call("check", built, *DAY)
    head, *lines = said.text.splitlines()
    assert (said.code, head, lines[-1]) == (0, f"{UNIT}（绿色工厂）", "没有发现问题。")
    assert [line.split("  《")[0].strip() for line in lines[:2]] == ["齐", "齐"]
    attachment = built / "附件" / ATTACHED[0]
    kept = attachment.read_bytes()
    attachment.write_bytes(pdf_of(["另一份"]))
    told = call("check", built, *DAY).text
    assert f"“附件/{ATTACHED[0]}”生成以后改过" in told
    assert f"“{ATTACHED[0]}”暂不能识别" in told
    attachment.write_bytes(kept)
