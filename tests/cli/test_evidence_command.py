"""evidence on the command line: a folder in order, one with a fault of each kind, and what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
from console import EXAMPLES, call
from evidence_papers import docx_of, pdf_of
from openpyxl import load_workbook

from greenforms_extractors.supervised.bounds import in_this_process

REPORT, DATA = "nm-2022/factory-self-evaluation", EXAMPLES / "factory-self-evaluation.json"
UNIT, OTHER = "包头市砺川稀土材料有限公司", "包头市北驰稀土有限公司"
DAY = ("--as-of", "2022-05-30")
BASIS = "依据：《内蒙古自治区工业和信息化厅关于组织开展2022年绿色制造示范单位推荐工作的通知》附件5。"
RUNNING_TEXT = "本制度所称证件包括营业执照、排污许可证和管理体系认证证书，由行政部统一保管，每年核对一次。"
CERTIFICATE = [["获证组织", UNIT], ["证书编号", "00121E30017R1M"]]


@cache
def folder_in_order() -> dict[str, bytes]:
    """The files, by name, of a folder in which each entry of the example's list has one."""
    return {
        "附件1 营业执照.pdf": pdf_of(["营 业 执 照", f"名  称  {UNIT}", "营业期限：2011年8月16日至长期"], 3),
        "附件2/查询.docx": docx_of(["信用报告", f"主体名称：{UNIT}"]),
        "附件3 制度.docx": docx_of(["管理制度", RUNNING_TEXT]),
        "附件5-1.docx": docx_of(["检 测 报 告", f"委托单位：{UNIT}", "报告编号：HT2021-0345"]),
        "附件6.docx": docx_of(["能源购进、消费与库存", f"单位详细名称：{UNIT}  2021年"]),
        "附件8 供方名录.docx": docx_of(["不动产权证书", f"权利人：{UNIT}"]),
        "附件10 报告.docx": docx_of(["产品碳足迹报告", f"委托方：{UNIT}"]),
        "附件11/许可证.docx": docx_of(["排污许可证", f"单位名称：{UNIT}  有效期限：自2020-01-20至2025-01-19止"]),
        "附件12.docx": docx_of(["2021年度审计报告", f"被审计单位：{UNIT}", "附件：会计师事务所营业执照"]),
        "不动产权证.docx": docx_of(["不动产权证书", f"权利人：{UNIT}"]),
        "扫描0012.docx": docx_of(["能源管理体系认证证书"], [*CERTIFICATE, ["有效期", "2021年3月1日至2024年2月29日"]]),
        "水平衡测试报告（2021）.docx": docx_of(["水平衡测试报告", f"被测单位：{UNIT}"]),
    }


def planted() -> dict[str, bytes | None]:
    """What lies over it with a fault each; None takes a file away."""
    return {
        "附件8 供方名录.docx": b"PK\x03\x04",
        "附件10 报告.docx": None,
        "厂房租赁合同.docx": docx_of(["厂房租赁合同"]),
        "附件11/许可证.docx": docx_of(["排污许可证", f"单位名称：{OTHER}  有效期限：五年"]),
        "扫描0012.docx": docx_of(["能源管理体系认证证书"], [*CERTIFICATE, ["有效期", "2019年3月1日至2022年2月28日"]]),
    }


#: What is said of them.
FINDINGS = [
    "【请确认】“附件3 制度.docx”看不出是哪一种证明材料。请打开看一看，在索引里写明。（evidence/unknown-kind）",
    "【必须改】“扫描0012.docx”（管理体系认证证书）有效期到2022年2月28日为止，到2022年5月30日已经过期。请换成现行有效的。（evidence/expired）",
    "【请确认】“附件11/许可证.docx”（排污许可证）有效期写的是“五年”，看不出到哪一天为止。请对照原件，看是否还有效。（evidence/term-unread）",
    "【请确认】“厂房租赁合同.docx”看不出是哪一种证明材料。请打开看一看，在索引里写明。（evidence/unknown-kind）",
    "【必须改】“报告.json”的证明材料清单列了“附件10 产品生态设计和有害物质检测报告、碳足迹报告”，"
    "目录里没有这份文件，而有8项以它为证。"
    "请把这份材料放进目录，文件名以编号开头；没有的，从清单里删去，有关各项重新判断。（evidence/no-file）",
    "【应改】“厂房租赁合同.docx”不在“报告.json”的证明材料清单里。请在清单里补上；用不着的，从目录里拿走。（evidence/not-listed）",
    "【应改】“报告.json”的证明材料清单里“附件1 营业执照、项目备案、环评批复、节能审查意见、竣工环保验收”"
    "的页码写的是“第1—38页”，照目录里的文件是第1—3页（共3页）。请核对材料是否齐全、次序是否与清单一致，再改清单的页码。（evidence/wrong-page）",
    "【必须改】绿色工厂一般要求符合性评价表·基本要求第1项“证明材料索引”：没有填写，而“基本要求第1项”共1项写明符合或得了分。"
    "请逐项写明证明材料，有清单的写清单里的编号；没有证明材料的，不能写符合、不能得分。"
    f"{BASIS}（facts/proofs-cited）",
    "【必须改】绿色工厂一般要求符合性评价表·基本要求第3项“证明材料索引”：写的是附件13，材料清单里没有这个编号（“基本要求第3项”共1项写了它）。"
    f"请核对编号，或在材料清单里补上这份材料。{BASIS}（facts/proofs-cited）",
    "【应改】“附件11/许可证.docx”（排污许可证）上面的单位是“包头市北驰稀土有限公司”，不是“包头市砺川稀土材料有限公司”。"
    "请换成本单位的；单位改过名的，附上变更证明。（evidence/other-holder）",
]


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    """Read PDFs in this process."""
    with in_this_process():
        yield


def filled(folder: Path, *contents: Mapping[str, bytes | None]) -> Path:
    """A folder with files; the later contents lie over the earlier."""
    for name, content in {name: each for some in contents for name, each in some.items()}.items():
        if content is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


def held(folder: Path, report: Path, *more: object) -> Sequence[object]:
    """The words of a call that holds a folder against a report's data."""
    return ("evidence", folder, "--of", report, "--form", REPORT, *DAY, *more)


def test_a_folder_in_order(tmp_path: Path) -> None:
    """This test ensures that files are told apart by their text, counted, and found by mark, folder, name or kind."""
    data = json.loads(DATA.read_text("utf-8"))
    data["evidence"][0]["note"] = "第1—3页"
    report = tmp_path / "报告.json"
    report.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    said = call(*held(filled(tmp_path / "证明材料", folder_in_order()), report, "--json"))
    assert (said.code, said.err) == (0, "")
    told = {each["file"]: (each["kind"], each["pages"], each["first_page"]) for each in said.json["files"]}
    assert told == {
        "附件1 营业执照.pdf": ("business-licence", 3, 1),
        "附件2/查询.docx": ("credit-report", None, 4),
        "附件3 制度.docx": (None, None, 5),
        "不动产权证.docx": ("property-title", None, 6),
        "附件5-1.docx": ("monitoring-report", None, 7),
        "附件6.docx": ("energy-return", None, 8),
        "水平衡测试报告（2021）.docx": ("water-balance", None, 9),
        "附件8 供方名录.docx": ("property-title", None, 10),
        "扫描0012.docx": ("management-certificate", None, 11),
        "附件10 报告.docx": ("footprint-report", None, 12),
        "附件11/许可证.docx": ("discharge-permit", None, 13),
        "附件12.docx": ("audit-report", None, 14),
    }
    by_name = {each["file"]: each for each in said.json["files"]}
    assert [each["number"] for each in said.json["files"]] == list(range(1, 13))
    licence, certificate = by_name["附件1 营业执照.pdf"], by_name["扫描0012.docx"]
    assert (licence["holder"], licence["until"]) == (UNIT, "2011年8月16日至长期")
    assert (certificate["holder"], certificate["id_number"]) == (UNIT, "00121E30017R1M")
    assert [each["rule"] for each in said.json["findings"]] == ["evidence/unknown-kind"]


def test_planted_faults(tmp_path: Path) -> None:
    """This test ensures that each fault is told once, with file, reason and remedy, and nothing else is."""
    data = json.loads(DATA.read_text("utf-8"))
    data["general"]["b1"]["proof"] = ""
    data["general"]["b3"]["proof"] = "附件13"
    report = tmp_path / "报告.json"
    report.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    said = call(*held(filled(tmp_path / "证明材料", folder_in_order(), planted()), report))
    assert said.code == 3
    assert "附件8 供方名录.docx（约第10页起）：没有读成：文件“附件8 供方名录.docx”已损坏" in said.text
    assert [line for line in said.text.splitlines() if line.startswith("【")] == FINDINGS


def test_index(tmp_path: Path) -> None:
    """This test ensures that the index is written as a workbook or JSON, and never over another file."""
    chosen = {name: folder_in_order()[name] for name in ("附件6.docx", "扫描0012.docx", "附件1 营业执照.pdf")}
    folder = filled(tmp_path / "证明材料", chosen)
    out = folder / "索引.xlsx"
    said = call("evidence", folder, *DAY, "-o", out)
    assert (said.code, "索引已写入" in said.err) == (0, True)
    assert said.text.splitlines()[0].startswith("共 3 份，约 5 页：有 2 份")
    book = load_workbook(io.BytesIO(out.read_bytes()))
    assert book.sheetnames == ["证明材料索引", "问题"]
    assert [row[1:4] for row in book["问题"].iter_rows(min_row=4, max_row=4, values_only=True)] == [(None, None, None)]
    rows = list(book.active.iter_rows(min_row=3, values_only=True))
    assert rows[0] == ("序号", "文件", "种类", "单位", "编号", "有效期", "页数", "起始页", "说明")
    assert rows[1][:5] == ("1", "扫描0012.docx", "管理体系认证证书", UNIT, "00121E30017R1M")
    assert rows[2][6:8] == ("3", "约2")
    call("evidence", folder, "-o", out).refused(2, "已经存在", "--force")
    again = call("evidence", folder, *DAY, "-o", out, "--force", "--json")
    assert [each["file"] for each in again.json["files"]] == ["扫描0012.docx", "附件1 营业执照.pdf", "附件6.docx"]


def test_a_report_with_a_changed_chart(tmp_path: Path) -> None:
    """This test ensures that a chart changed by hand and wrong pages of a list without numbers stand in the index."""
    report, out = tmp_path / "评价报告.docx", tmp_path / "索引.xlsx"
    call("render", "cn-2024/park-evaluation", EXAMPLES / "park-evaluation.json", "-o", report)
    change(report, "word/charts/chart1.xml", b"<c:v>201.3</c:v>", b"<c:v>210.3</c:v>")
    monitoring = pdf_of(["环 境 监 测 报 告", "受检单位：包头晴屿装备制造产业园区"], 2)
    folder = filled(tmp_path / "证明材料", {"环境监测报告.pdf": monitoring})
    call("evidence", folder, "--of", report, "-o", out, "--as-of", "2026-05-20")
    rows = load_workbook(io.BytesIO(out.read_bytes()))["问题"].iter_rows(min_row=4, values_only=True)
    told = {str(row[5]): (row[1], row[2], row[4]) for row in rows}
    assert told["read/chart-differs"][:2] == ("应改", "评价报告.docx")
    assert "园区生产总值是210.3，而按表中所填应为201.3" in str(told["read/chart-differs"][2])
    assert "“环境监测报告”的页码写的是“19-40”，照目录里的文件是第19—20页（共2页）" in str(
        told["evidence/wrong-page"][2]
    )


def change(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Write a part of a Word file anew with some bytes replaced."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


def test_what_is_refused(tmp_path: Path) -> None:
    """This test ensures that what cannot be done says why and what to do."""
    folder = filled(tmp_path / "证明材料", {"附件6.docx": folder_in_order()["附件6.docx"]})
    call("evidence", folder / "附件6.docx").refused(2, "不是目录")
    call("evidence", folder, "-o", tmp_path / "索引.docx").refused(2, "xlsx、json")
    plan = EXAMPLES / "cultivation-plan-factory.json"
    call("evidence", folder, "--of", plan).refused(2, "--form")
    call("evidence", folder, "--of", plan, "--form", "cultivation-plan").refused(2, "没有填证明材料清单")
    call("evidence", folder, "--of", tmp_path / "没有.docx").refused(3, "没有.docx")
    (tmp_path / "空").mkdir()
    call("evidence", tmp_path / "空").refused(3, "是空的")
