"""`check --procedure`: papers that somebody handed in, held to what the procedure wants."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from console import EXAMPLES, Said, call

from greenforms import datafile
from shipped import load_form
from submission.packs import REASSESSMENT, answers, asking, fill

DAY = ("--as-of", "2026-04-10")
HEBEI = ("--procedure", "he-2024/application", "--as-of", "2024-07-10")
FACTORY = (*HEBEI, "--type", "绿色工厂")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for papers."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "材料").mkdir()
    return tmp_path / "材料"


def printed(form: str, example: str, target: Path) -> Path:
    assert call("render", form, EXAMPLES / example, "-o", target).code in (0, 1)
    return target


def rules(said: Said) -> list[str]:
    return [each["rule"] for each in said.json["findings"] if each["rule"].startswith("procedure/")]


def test_what_is_missing(here: Path) -> None:
    """a paper that is due and not there must be handed in, with the clause; the register says who owes what."""
    printed("nm-2024/reassessment-application", "reassessment-application.json", here / "申请.docx")
    said = call("check", here, "--procedure", "nm-2024/reassessment", *DAY)
    assert said.code == 1
    assert "包头市砺川稀土材料有限公司（绿色工厂）" in said.text
    assert "    齐  《绿色制造示范单位再评价申请表》：“申请.docx”" in said.text
    assert "    缺  《绿色制造示范单位再评价报告》" in said.text
    assert (
        "【必须改】包头市砺川稀土材料有限公司没有交《绿色制造示范单位再评价报告》。请补交。"
        "依据：《内蒙古自治区绿色制造体系建设管理实施细则》第二十条。（procedure/paper-missing）"
    ) in said.text


def test_types_that_owe_the_same(here: Path) -> None:
    """a plan is due from factories and parks alike; the register lists each as what its plan says."""
    for kind in ("factory", "park"):
        printed("nm-2024/cultivation-plan", f"cultivation-plan-{kind}.json", here / f"{kind}.docx")
    register = call("check", here, "--procedure", "nm-2024/cultivation", *DAY, "--json").json["register"]
    assert [(each["unit"], each["type"]) for each in register] == [
        ("内蒙古晴川新材料有限公司", "绿色工厂"),
        ("鄂尔多斯晴岭工业园区", "绿色园区"),
    ]


def test_of_another_edition(here: Path) -> None:
    """a paper of another authority's edition is not the one that is asked for."""
    printed("cn-2024/annual-update-factory", "annual-update-factory.json", here / "动态.docx")
    said = call("check", here, "--procedure", "jx-2024/annual-update", "--as-of", "2026-03-10")
    assert said.code == 1
    assert (
        "“动态.docx”是绿色工厂梯度培育及管理暂行办法（2024年）的《绿色制造名单动态管理表（绿色工厂）》，第十六条要的是江西省"
        in said.text
    )


def test_two_versions(here: Path) -> None:
    """two papers that are due once are said with both files, a copy of one of them with neither.

    What differs between two versions of one day is told, and then not also that there are two.
    """
    printed("nm-2024/reassessment-application", "reassessment-application.json", here / "申请.docx")
    shutil.copy(here / "申请.docx", here / "副本.docx")
    one = ("check", here, "--procedure", "nm-2024/reassessment", *DAY, "--json")
    assert "procedure/paper-twice" not in rules(call(*one))
    data = (EXAMPLES / "reassessment-application.json").read_text("utf-8")
    changes = ((("89.5", "89.6"), "pack/two-versions"), (('"date": "2026', '"date": "2025'), "procedure/paper-twice"))
    for change, rule in changes:
        assert data.count(change[0]) == 1
        (here.parent / "改.json").write_text(data.replace(*change), "utf-8")
        call("render", "nm-2024/reassessment-application", "改.json", "-o", here / "申请2.docx", "--force")
        told = {each["rule"] for each in call(*one).json["findings"]}
        assert told & {"pack/two-versions", "procedure/paper-twice"} == {rule}


def test_evidence(here: Path) -> None:
    """evidence that is asked for is missed where there is no other file, and asked about where there is one."""
    printed("nm-2024/consultation-letter", "consultation-letter-nm-2024.json", here / "函.docx")
    words = ("check", here, "--procedure", "nm-2024/recommendation", *DAY)
    assert "【必须改】没有附“有关部门的回复意见”。请补交。" in call(*words).text
    (here / "复函.pdf").write_bytes(b"%PDF-1.7 cut off")
    assert "【请确认】要附“有关部门的回复意见”，表以外的文件有 1 个。请确认其中有它。" in call(*words).text


def test_a_file_kind_that_does_not_count(here: Path) -> None:
    """a report that must be editable and is a PDF is not what was asked for; both kinds together are fine."""
    paper = printed("he-2024/typical-experience", "typical-experience-factory.json", here / "经验.docx")
    paper.rename(here / "经验.pdf")
    said = call("check", here, *FACTORY, "--json")
    message = next(each["message"] for each in said.json["findings"] if each["rule"] == "procedure/file-kind")
    assert message.startswith("“经验.pdf”是 .pdf 文件，《xxx(企业/园区名称)典型经验报告》只收 .docx、.doc、.wps 文件")
    shutil.copy(here / "经验.pdf", here / "经验.docx")
    assert "procedure/file-kind" not in rules(call("check", here, *FACTORY, "--json"))


def test_questions(here: Path) -> None:
    """what no paper answers is asked, and an answer settles it."""
    printed("he-2024/typical-experience", "typical-experience-factory.json", here / "经验.docx")
    assert "请用 --answer he-2024/eligible-operating=… 答复" in call("check", here, *FACTORY).text
    told = call("check", here, *FACTORY, "--answer", "he-2024/eligible-operating=没有")
    assert "he-2024/eligible-operating" not in told.text


def test_what_is_not_needed(here: Path) -> None:
    """a paper that nobody asked for is said, with the reason; it stops nothing."""
    form = load_form("nm-2024/reassessment-application")
    unit = datafile.load(str(EXAMPLES / "reassessment-application.json")).data["name"]
    data = (EXAMPLES / "renaming-application.json").read_text("utf-8").replace("包头市晴原钢铁有限公司", unit)
    (here.parent / "更名.json").write_text(data, "utf-8")
    call("render", "nm-2024/renaming-application", "更名.json", "-o", here / "更名.docx")
    printed(form.id, "reassessment-application.json", here / "再评价.docx")
    said = call("check", here, "--procedure", "nm-2024/renaming", "--type", "绿色工厂", *DAY)
    assert f"“再评价.docx”（《{form.title}》）不用交：只改名称" in said.text
    assert "    齐  《绿色制造示范单位名称变更申请表》：“更名.docx”" in said.text


def test_a_notice_of_what_must_be_put_right(here: Path) -> None:
    """each grave finding is an item of the letter: paper, reason, clause and remedy; what is unknown stays blank."""
    printed("nm-2024/reassessment-application", "reassessment-application.json", here / "申请.docx")
    words = ("check", here, "--procedure", "nm-2024/reassessment", *DAY, "--notice")
    said = call(*words, "通知.json")
    assert "已写补正通知“通知.json”，列了 1 项" in said.err
    data = json.loads(Path("通知.json").read_text("utf-8"))
    assert data["unit"] == "包头市砺川稀土材料有限公司"
    assert data["rows"] == [
        {
            "paper": "《绿色制造示范单位再评价报告》",
            "reason": "包头市砺川稀土材料有限公司没有交《绿色制造示范单位再评价报告》。",
            "clause": "《内蒙古自治区绿色制造体系建设管理实施细则》第二十条",
            "remedy": "请补交",
        }
    ]
    assert call(*words, "通知.docx").code == 1
    with zipfile.ZipFile("通知.docx") as package:
        text = re.sub("<[^>]+>", "", package.read("word/document.xml").decode("utf-8"))
    assert "你单位报送的重大变更后的再评价材料" in text
    assert "有1处需要补正" in text
    assert "于    年  月  日前重新报送" in text
    call(*words, "通知.docx").refused(2, "已经存在")


def test_nothing_to_put_right(here: Path) -> None:
    """without a grave finding no letter is written, which is said."""
    printed("nm-2024/renaming-application", "renaming-application.json", here / "更名.docx")
    words = ("check", here, "--procedure", "nm-2024/renaming", *DAY)
    said = call(*words, "--notice", "通知.docx")
    assert (said.code, Path("通知.docx").exists()) == (0, False), said.text
    assert "没有必须改、应改的，没有写补正通知" in said.err


def test_types_that_papers_do_not_tell(here: Path) -> None:
    """a report that factories and parks hand in alike does not say which of them this is."""
    printed("he-2024/typical-experience", "typical-experience-factory.json", here / "经验.docx")
    said = call("check", here, *HEBEI)
    assert "看不出河北澄渊制药有限公司报的是哪一类" in said.text
    assert "请用 --type 指明" in said.text


def test_a_pack_of_ours_passes(here: Path) -> None:
    """a built pack, as a folder and as an archive, is known by its manifest, and a file changed later is said."""
    asked = asking(*REASSESSMENT)
    assert call("pack", "new", REASSESSMENT[0], "--type", REASSESSMENT[1], "-o", "包", *DAY).code == 0
    fill(here.parent / "包", asked, answers(asked))
    assert call("pack", "build", "包", *DAY).code == 0
    assert call("pack", "build", "包", *DAY, "-o", "包.zip").code == 0
    for source in ("包/成品", "包", "包.zip"):
        said = call("check", source, *DAY)
        assert (said.code, said.text.splitlines()[-1]) == (0, "没有发现问题。"), said.text
        assert "    齐  《绿色制造示范单位再评价报告》" in said.text
    printed("nm-2024/reassessment-application", "reassessment-application.json", here / "改过.docx")
    with zipfile.ZipFile(here / "改过.docx", "a") as package:
        package.comment = b"changed"
    shutil.copy(here / "改过.docx", "包/成品/01 绿色制造示范单位再评价申请表.docx")
    assert "“01 绿色制造示范单位再评价申请表.docx”生成以后改过" in call("check", "包/成品", *DAY).text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--procedure", "nm-2024/licence"), "没有编号为“nm-2024/licence”的程序"),
        (("--procedure", "nm-2024/renaming", "--type", "绿色车间"), "没有“绿色车间”这一类"),
        (("--notice", "通知.pdf"), "补正通知"),
        (("--type", "绿色工厂"), "--type 要和 --procedure 一起写"),
    ],
)
def test_refused(words: tuple[str, ...], said: str, here: Path) -> None:
    """a procedure or type that is not there is refused with those there are."""
    call("check", here, *words).refused(2, said)
