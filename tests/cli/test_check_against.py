"""`check --against`: what was handed in again, held against what was sent back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from console import EXAMPLES, Said, call

PROCEDURE = ("--procedure", "nm-2024/reassessment", "--as-of", "2026-04-10")
FORM, EXAMPLE = "nm-2024/reassessment-application", "reassessment-application.json"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one for what came first and one for what came then."""
    monkeypatch.chdir(tmp_path)
    for name in ("原", "新"):
        (tmp_path / name).mkdir()
    return tmp_path


def handed_in(target: str, form: str = FORM, example: str = EXAMPLE, **changed: Any) -> None:
    """A paper printed from an example with some fields changed."""
    data = json.loads((EXAMPLES / example).read_text("utf-8")) | changed
    Path("数据.json").write_text(json.dumps(data), "utf-8")
    assert call("render", form, "数据.json", "-o", target).code in (0, 1)


def against(*more: str) -> Said:
    return call("check", "新", "--against", "原", "--as-of", "2026-04-10", *more)


def states(said: Said) -> list[tuple[str, str]]:
    items = said.json["against"]["items"]
    return [(each["state"], (each["now"] or each["then"])["rule"]) for each in items]


def rows() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((EXAMPLES / EXAMPLE).read_text("utf-8"))["changes"]
    return found


def test_closed_open_new_and_what_nobody_asked_for(here: Path) -> None:
    """each earlier item is closed or open, in a row that has moved, too; what is new and what was not asked is told."""
    wrong = {**rows()[0], "matter": "设备"}
    handed_in("原/申请.docx", phone="0472-52390", changes=[wrong, rows()[1]])
    added = {"matter": "生产地址", "before": "原厂区", "after": "新厂区"}
    handed_in("新/申请表.docx", score=120, changes=[added, {**wrong, "matter": "机器"}, rows()[1]])
    said = against(*PROCEDURE[:2])
    assert said.code == 1
    told = said.text.partition("与原来的材料比较：\n")[2].splitlines()
    assert [line.partition("】")[0] for line in told[:4]] == ["1.【未改", "2.【未改", "3.【已改", "4.【新问题"]
    assert "“申请表.docx”变更事项第2行“变更事项”：“机器”不是可选的内容" in told[1]
    assert told[2].startswith("3.【已改】“申请.docx”“联系电话”：电话号码“0472-52390”")
    assert told[4:] == [
        "“申请.docx”与“申请表.docx”的《绿色制造示范单位再评价申请表》有 4 处不同：改 3 处，增 1 处。",
        "    其中没有要求改的 2 处：",
        "    1.【增】变更事项第1行：（无） → 变更事项：生产地址；变更前情况：原厂区；变更后情况：新厂区"
        "（“申请表.docx”表2第2行第2列）",
        "    2.【改】“再评价得分”：89.5 → 120（“申请.docx”表3第3行第4列；“申请表.docx”表3第3行第4列；增加30.5分）",
        "已改 1 项，未改 2 项，新问题 1 项；没有要求而改了的 2 处。",
    ]
    said = against(*PROCEDURE[:2], "--json")
    assert states(said) == [
        ("open", "procedure/paper-missing"),
        ("open", "value/choice"),
        ("closed", "value/phone"),
        ("new", "schema/range"),
    ]
    (paper,) = said.json["against"]["papers"]
    assert (paper["old"]["file"], paper["new"]["file"]) == ("申请.docx", "申请表.docx")
    assert [len(paper[each]) for each in ("changes", "unasked")] == [4, 2]
    assert said.json["register"][0]["unit"] == "包头市砺川稀土材料有限公司"


def test_a_paper_that_did_not_come_again(here: Path) -> None:
    """an item of a paper that is not there any more is not said to be put right, nor that its unit owes another one."""
    handed_in("原/申请.docx", phone="0472-52390")
    handed_in("新/更名.docx", "nm-2024/renaming-application", "renaming-application.json")
    said = against(*PROCEDURE[:2], "--type", "绿色工厂", "--json")
    found = said.json["against"]
    assert [each["state"] for each in found["items"] if each["then"]] == ["missed", "missed"]
    assert (found["papers"], found["missed"], found["new"]) == ([], ["申请.docx"], ["更名.docx"])
    text = against().text
    assert "没有再交：《绿色制造示范单位再评价申请表》，原来的“申请.docx”。没有再交的，看不出改没改。" in text
    assert "原来没有：《绿色制造示范单位名称变更申请表》，这次的“更名.docx”。" in text


def test_other_formats_other_names(here: Path) -> None:
    """a paper finds its earlier version in another format or an archive, past copies, with its name mended."""
    roster, example = "nm-2024/cultivation-roster", "cultivation-roster.json"
    handed_in("原/名单.docx", roster, example)
    handed_in("原/申请.docx", name="包头市砺川稀土才料有限公司")
    handed_in("新/库表.xlsx", roster, example)
    handed_in("新/申请.docx")
    shutil.copy("新/申请.docx", "新/副本.docx")
    shutil.make_archive("新", "zip", "新")
    said = call("check", "新.zip", "--against", "原", "--as-of", "2026-04-10", "--json")
    found = said.json["against"]
    pairs = {(each["old"]["file"], each["new"]["file"]): each["changes"] for each in found["papers"]}
    assert {pair: [each["label"] for each in changes] for pair, changes in pairs.items()} == {
        ("名单.docx", "库表.xlsx"): [],
        ("申请.docx", "副本.docx"): ["“单位名称”"],
    }
    assert (found["missed"], found["new"]) == ([], [])


def test_evidence_that_a_person_must_look_at(here: Path) -> None:
    """where only a person can tell whether the evidence has come, nothing is said to be put right."""
    for folder in ("原", "新"):
        handed_in(f"{folder}/函.docx", "nm-2024/consultation-letter", "consultation-letter-nm-2024.json")
    Path("新/复函.pdf").write_bytes(b"%PDF-1.7 cut off")
    said = against("--procedure", "nm-2024/recommendation", "--json")
    assert ("ask", "procedure/evidence") in states(said)
    assert ("closed", "procedure/evidence") not in states(said)


def test_earlier_files_that_cannot_be_read(here: Path) -> None:
    """what could not be compared is said, with the exit code of unreadable input; papers that are the same say so."""
    handed_in("原/申请.docx")
    shutil.copy("原/申请.docx", "新/申请.docx")
    assert "没有要求而改了的 0 处。" in against().text
    Path("原/坏.docx").write_bytes(b"PK\x03\x04")
    said = against()
    assert said.code == 3
    assert "原来的材料里有读不出来的，没有比较：" in said.err
    assert "各栏内容相同。" in said.text
    call("check", "新", "--against", "没有").refused(3, "没有目录或文件“没有”")
