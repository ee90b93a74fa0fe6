"""`pack`: from an empty workbook to a built pack."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from console import EXAMPLES, call, listing
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from greenforms.form.edit import take_out
from greenforms.form.tree import at
from greenforms.pack.built import papers_below
from greenforms.submission.narrative import parts_of
from greenforms.workbook.reading import read_workbook
from shipped import LIBRARY, read_paper
from submission.packs import REASSESSMENT, answers, asking, fill

DAY = ("--as-of", "2026-04-10")
NEW = ("pack", "new", "nm-2024/reassessment", "--type", "绿色工厂", *DAY)
BUILT = [
    "01 绿色制造示范单位再评价申请表.docx",
    "02 绿色制造示范单位再评价报告.docx",
    "附件/附件1 环评批复.pdf",
    "附件/附件2 营业执照.png",
    "附件目录和打印清单.xlsx",
    "清单.json",
]


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack that was begun and not filled in."""
    monkeypatch.chdir(tmp_path)
    assert call(*NEW, "-o", "包", "--since", "2026-03-16").code == 0
    return tmp_path / "包"


def test_an_applicant_builds_a_pack(begun: Path) -> None:
    """from the empty workbook to papers that read back, attachments by number, lists and a manifest that holds."""
    notes = (begun / "说明.txt").read_text("utf-8-sig")
    assert "申请再评价——办理相关手续之日后30个工作日内，即2026年4月" in notes
    assert "成段的文字也可以写在“文字部分.docx”里" in notes
    asked = asking(*REASSESSMENT)
    fill(begun, asked, answers(asked))
    for number, name in enumerate(("环评批复.PDF", "营业执照.png")):
        (begun / "证明材料" / name).write_bytes(b"%d" % number)
    said = call("pack", "build", begun, *DAY)
    assert (said.code, said.err) == (0, "")
    built = begun / "成品"
    assert listing(built) == sorted(BUILT)
    report = read_paper(built / BUILT[1])
    assert report.data["unit"] == answers(asked)["reassessment_application"]["name"]
    manifest = json.loads((built / "清单.json").read_text("utf-8"))
    assert (manifest["procedure"], manifest["draft"]) == ("nm-2024/reassessment", False)
    for file in manifest["files"]:
        assert file["sha256"] == hashlib.sha256((built / file["file"]).read_bytes()).hexdigest()
    assert [file["file"] for file in manifest["files"]] == BUILT[:-1]
    assert any(fact["fact"] == "unit.name" for fact in manifest["facts"])


def test_the_same_pack_has_the_same_bytes(begun: Path) -> None:
    """building again gives the same files, and a folder that is there is only replaced when told to."""
    asked = asking(*REASSESSMENT)
    fill(begun, asked, answers(asked))
    assert call("pack", "build", begun, *DAY, "-o", "成品").code == 0
    before = {name: (begun.parent / "成品" / name).read_bytes() for name in listing(begun.parent / "成品")}
    call("pack", "build", begun, *DAY, "-o", "成品").refused(2, "已经存在，没有覆盖它", "--force")
    assert call("pack", "build", begun, *DAY, "-o", "成品", "--force").code == 0
    assert {name: (begun.parent / "成品" / name).read_bytes() for name in listing(begun.parent / "成品")} == before


def test_a_pack_with_gaps_is_a_draft_or_nothing(begun: Path) -> None:
    """what must be put right stops the pack; a draft is built all the same, of what is there."""
    asked = asking(*REASSESSMENT)
    data = answers(asked)
    del data["reassessment_report"]
    fill(begun, asked, data)
    said = call("pack", "build", begun, *DAY)
    assert said.code == 1
    assert "《绿色制造示范单位再评价报告》一栏也没有填，而第二十条规定要交" in said.err
    assert not (begun / "成品").exists()
    assert call("pack", "build", begun, *DAY, "--draft", "-o", "草稿.zip").code == 1
    with zipfile.ZipFile("草稿.zip") as archive:
        assert archive.namelist() == [BUILT[0], *BUILT[-2:]]
        assert json.loads(archive.read("清单.json"))["draft"] is True


def test_evidence_that_a_clause_wants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """a folder for evidence that the procedure asks for must not be empty."""
    monkeypatch.chdir(tmp_path)
    assert call("pack", "new", "nm-2024/recommendation", "-o", "包", *DAY).code == 0
    assert (tmp_path / "包/证明材料/有关部门的回复意见").is_dir()
    said = call("pack", "build", "包", *DAY)
    assert said.code == 1
    assert "“证明材料/有关部门的回复意见”里没有文件，而第十四条（二）规定要附" in said.err


def test_papers_of_different_years(begun: Path) -> None:
    """what is asked once of a year cannot hold for papers of two years."""
    asked = asking(*REASSESSMENT)
    data = answers(asked)
    data["reassessment_report"]["date"] = "2025-12-30"
    fill(begun, asked, data)
    said = call("pack", "build", begun, *DAY)
    assert said.code == 1
    assert "各份材料的日期不在同一年（2025年：《绿色制造示范单位再评价报告》；2026年：" in said.err


def test_earlier_papers_fill_it_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """what last time's paper states stands in the workbook once, and what is not needed is said."""
    monkeypatch.chdir(tmp_path)
    paper = EXAMPLES / "reassessment-application.json"
    call("render", "nm-2024/reassessment-application", paper, "-o", "旧表.docx")
    said = call(
        "pack", "new", "renaming", "--edition", "nm-2024", "--type", "绿色工厂", "-o", "包", *DAY, "--from", "旧表.docx"
    )
    assert said.code == 0, said.err
    assert "“旧表.docx”（《绿色制造示范单位再评价申请表》）这次不用交：只改名称" in said.text
    filled = read_workbook(LIBRARY, tmp_path / "包/填报表.xlsx", asking("nm-2024/renaming", "绿色工厂").form)
    assert filled.data["renaming_application"]["phone"] == "0472-5239018"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("pack", "new", "application", "-o", "包"),
            2,
            "请用 --edition 写明是哪个版本的“application”：cn-2020/application",
        ),
        (("pack", "new", "he-2024/application", "--edition", "nm-2024", "-o", "包"), 2, "不是版本“nm-2024”的程序"),
        (
            ("pack", "new", "nm-2024/renaming", "-o", "包"),
            2,
            "请用 --type 写明申报的类型。“nm-2024/renaming”有：绿色工厂",
        ),
        (("pack", "new", "cn-2025/application", "--type", "绿色工厂", "-o", "包"), 2, "没有要打印的材料，不用建申报包"),
        ((*NEW, "-o", "满"), 2, "“满”已经存在，里面有内容"),
        ((*NEW, "-o", "没有/包"), 2, "目录“没有”不存在"),
        (("pack", "build", "满"), 3, "“满”不是 pack new 建的申报包"),
        (("pack", "build", "缺"), 3, "“缺”里没有“填报表.xlsx”"),
        (("pack", "build", "新"), 3, "由较新版本的程序生成"),
        (("pack", "build", "坏"), 3, "不完整，看不出是哪一项程序的"),
        (("validate", "nm-2024/renaming-application", "满/填报表.xlsx"), 3, "是整套材料（重大变更后的再评价）的填报表"),
    ],
)
def test_refused(words: tuple[str, ...], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """each wrong call and each folder that is no pack has its message."""
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "满": None,
        "缺": '{"pack": 1, "procedure": "nm-2024/renaming", "type": "绿色工厂", "begun": "2026-04-10"}',
        "新": '{"pack": 2, "procedure": "nm-2024/renaming", "type": "绿色工厂", "begun": "2026-04-10"}',
        "坏": '{"pack": 1}',
    }.items():
        (tmp_path / name).mkdir()
        if text is not None:
            (tmp_path / name / "申报包.json").write_text(text, "utf-8")
    shutil.copy(_workbook(tmp_path), tmp_path / "满/填报表.xlsx")
    call(*words).refused(code, said)


def _workbook(folder: Path) -> Path:
    fill(folder, asking(*REASSESSMENT), {})
    return folder / "填报表.xlsx"


def test_one_file_for_a_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """papers and attachments stand in one PDF with bookmarks; the list of attachments tells its pages in it."""
    monkeypatch.chdir(tmp_path)
    assert call("pack", "new", "nm-2024/renaming", "--type", "绿色工厂", "-o", "包", *DAY).code == 0
    asked = asking("nm-2024/renaming", "绿色工厂")
    fill(tmp_path / "包", asked, answers(asked))
    Image.new("RGB", (60, 80), "white").save(tmp_path / "包/证明材料/营业执照.png")
    assert call("pack", "build", "包", "--merge", *DAY).code == 0
    whole = PdfReader(tmp_path / "包/成品/全套材料.pdf")
    pages = len(whole.pages)
    assert [each.title for each in whole.outline if not isinstance(each, list)] == [
        "《绿色制造示范单位名称变更申请表》",
        "附件",
    ]
    assert whole.pages[-1].extract_text().endswith(f"{pages}/{pages}")
    listed = list(load_workbook(tmp_path / "包/成品/附件目录和打印清单.xlsx")["附件目录"].values)
    assert listed[-1] == ("1", "附件1　营业执照", "附件1 营业执照.png", "1", str(pages))
    single = read_paper(tmp_path / "包/成品/01 绿色制造示范单位名称变更申请表.docx")
    assert single.data["new_name"] == answers(asked)["renaming_application"]["new_name"]
    papers = {path.name for path in papers_below([tmp_path / "包/成品"])}
    assert papers == {"01 绿色制造示范单位名称变更申请表.docx", "附件1 营业执照.png"}, "they are not read twice"


def test_running_texts_are_written_in_word(begun: Path) -> None:
    """a text that only the Word file has is on the paper; one that the workbook tells otherwise stops the pack."""
    asked = asking(*REASSESSMENT)
    (part, *_) = parts_of(asked)
    data = answers(asked)
    take_out(data, part.pointer)
    fill(begun, asked, data)
    paper = docx.Document(str(begun / "文字部分.docx"))
    place = next(each for each in paper.paragraphs if each.text == part.heading)
    place._p.addnext(paper.add_paragraph("厂房整体搬迁后重新核算。")._p)
    paper.save(str(begun / "文字部分.docx"))
    assert call("pack", "build", begun, *DAY, "--draft").code != 3
    key = part.pointer.split("/")[1]
    number = [*asked.papers].index(key)
    read = read_paper(begun / "成品" / BUILT[number])
    assert at({key: read.data}, part.pointer) == "厂房整体搬迁后重新核算。"
    fill(begun, asked, answers(asked))
    call("pack", "build", begun, *DAY, "--force").refused(1, "写的不一样")
