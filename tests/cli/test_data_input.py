"""validate: data in every form and encoding a clerk may send, and data that cannot be read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from console import DATA, PLAN, ROSTER, SUMMARY, call, spawn

from greenforms import datafile
from greenforms.workbook.writing import make_workbook
from shipped import load_form, spread

SOUND = "没有发现问题。\n"


def plan() -> Any:
    return json.loads(DATA[PLAN].read_text("utf-8"))


def as_yaml(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


@pytest.mark.parametrize("form", DATA)
def test_the_examples_are_sound(form: str) -> None:
    """This test ensures that each shipped example passes its own form, with nothing on the error stream."""
    last_day = load_form(form).edition.in_force_to or date(2026, 12, 31)
    said = call("validate", form, DATA[form], "--as-of", last_day)
    assert (said.code, said.text, said.err) == (0, SOUND, "")


def test_an_edition_that_has_expired() -> None:
    """This test ensures that the last day an edition is in force is told to whoever validates on it later."""
    said = call("validate", SUMMARY, DATA[SUMMARY], "--as-of", "2024-07-20", "--json")
    assert said.code == 0
    (finding,) = said.json["findings"]
    assert (finding["rule"], finding["severity"]) == ("edition/out-of-force", "warn")
    assert "2024年7月19日截止" in finding["message"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("suffix", ["json", "yaml", "YML", "txt"])
def test_encodings(encoding: str, suffix: str, tmp_path: Path) -> None:
    """This test ensures that JSON and YAML are read alike in UTF-8, with a mark, in GB 18030 and in UTF-16."""
    text = json.dumps(plan(), ensure_ascii=False) if suffix == "json" else as_yaml(plan())
    path = tmp_path / f"数据 表.{suffix}"
    path.write_bytes(text.encode(encoding))
    assert call("validate", PLAN, path).text == SOUND


@pytest.mark.parametrize("content", [json.dumps(plan()), as_yaml(plan())])
def test_standard_input(content: str) -> None:
    """This test ensures that `-` reads JSON or YAML from standard input."""
    assert spawn("validate", PLAN, "-", stdin=content.encode()).text == SOUND


def test_findings_exit_with_1() -> None:
    """This test ensures that something to mend exits with 1 and is said on standard output."""
    said = call("validate", PLAN, "-", stdin=json.dumps({**plan(), "unit": ""}).encode())
    assert (said.code, said.err) == (1, "")
    assert said.text.startswith("【必须改】")
    assert said.text.endswith("共 必须改 1 条。\n")


def test_findings_as_json() -> None:
    """This test ensures that the JSON has the shape of the contract, keys and all."""
    data = plan()
    data["enterprise"]["products"][0]["sales_ratio"] = 101.5
    said = call("validate", PLAN, "-", "--json", stdin=json.dumps(data).encode())
    assert said.code == 0
    assert said.json.keys() == {"findings", "summary"}
    (finding,) = said.json["findings"]
    assert finding.keys() - {"suggestion"} == {"rule", "severity", "message", "places", "citation", "fix"}
    assert finding["citation"].keys() == {"document", "article"}
    assert finding["places"][0].keys() == {"document", "path", "label", "value", "evidence"}
    assert finding["places"][0]["path"] == "/enterprise/products/0/sales_ratio"
    assert said.json["summary"] == {"block": 0, "fix": 0, "warn": 1, "ask": 0}


def test_unknown_field_is_named() -> None:
    """This test ensures that a misspelt key is a finding and not swallowed."""
    data = plan()
    data["enterprise"]["nmae"] = "x"
    said = call("validate", PLAN, "-", stdin=json.dumps(data).encode())
    assert said.code == 1
    assert "没有名为“nmae”的项" in said.text


def test_day_of_judgement() -> None:
    """This test ensures that --as-of decides what lies in the future."""
    assert call("validate", PLAN, DATA[PLAN], "--as-of", "2026-12-31").text == SOUND
    assert "日期" in call("validate", PLAN, DATA[PLAN], "--as-of", "2020-01-01").text


def test_every_digit_is_kept(tmp_path: Path) -> None:
    """This test ensures that figures go through JSON and YAML without rounding."""
    figure = "0.1000000000000000055511151231257827"
    said = call("validate", PLAN, "-", "--json", stdin=f'{{"unit": {figure}}}'.encode())
    assert figure in said.text
    path = tmp_path / "a.yaml"
    path.write_text(f"unit: {figure}\n")
    assert figure in call("validate", PLAN, path, "--json").text


@pytest.mark.parametrize("text", ["0472", "1:30", "no", "1_000", "+5", "2026-03-18", ".5", "0x1F", "0o17", "Null"])
def test_yaml_guesses_nothing(text: str, tmp_path: Path) -> None:
    """This test ensures that what JSON would not call a number, a truth value or null stays the text it is."""
    path = tmp_path / "a.yaml"
    path.write_text(f"unit: {text}\nnope: {text}\n")
    said = call("validate", PLAN, path, "--json").json["findings"]
    assert [place["value"] for finding in said for place in finding["places"] if place["path"] == "/nope"] == [text]


def test_workbook_as_data(tmp_path: Path) -> None:
    """This test ensures that a filled-in workbook is validated and rendered like the same data as JSON."""
    path = tmp_path / "填报 表.xlsx"
    path.write_bytes(make_workbook(load_form(ROSTER), datafile.load(str(DATA[ROSTER])).data))
    assert call("validate", ROSTER, path).text == SOUND
    assert call("render", ROSTER, path, "-o", tmp_path / "a.docx").code == 0
    assert call("render", ROSTER, DATA[ROSTER], "-o", tmp_path / "b.docx").code == 0
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_workbook_of_another_form(tmp_path: Path) -> None:
    """This test ensures that a workbook is not taken for another form's."""
    call("blank", ROSTER, "--workbook", "-o", tmp_path / "a.xlsx")
    call("validate", PLAN, tmp_path / "a.xlsx").refused(3, ROSTER, PLAN, "请核对文件")
    target = ("-o", tmp_path / "a.docx")
    call("render", PLAN, tmp_path / "a.xlsx", *target).refused(3, ROSTER, PLAN, "请换用对应的填报表")


def test_a_paper_is_no_workbook(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a printed xlsx is not taken for a workbook to print from."""
    call("render", ROSTER, papers / "roster.xlsx", "-o", tmp_path / "a.docx").refused(3, "不是本程序生成的填报工作簿")


def test_a_paper_is_no_data_to_print(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a filled form is not taken for broken text: it is to be read and looked at first."""
    said = call("render", PLAN, papers / "plan.docx", "-o", tmp_path / "a.docx")
    said.refused(3, "plan.docx", "是文档，不是数据", "extract")
    assert "UTF-8" not in said.err


def test_a_paper_is_checked_like_its_data(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a filled form itself is taken as DATA, whatever its kind, and told what `check` tells."""
    for form, name in ((ROSTER, "roster.xlsx"), (ROSTER, "roster.docx"), (PLAN, "plan.pdf")):
        assert call("validate", form, papers / name).text == SOUND
    flawed = plan()
    flawed["contact"]["phone"] = "123"
    (tmp_path / "数据.json").write_text(json.dumps(flawed))
    assert call("render", PLAN, tmp_path / "数据.json", "-o", tmp_path / "方案.docx").code == 1
    said = call("validate", PLAN, tmp_path / "方案.docx", "--json")
    assert said.code == 1
    rules = [(finding["rule"], finding["places"][0]["label"]) for finding in said.json["findings"]]
    assert rules == [("value/phone", "联系人·联系电话"), ("pack/same-fact", "联系人·联系电话")]
    alone = call("check", tmp_path / "方案.docx", "--json")
    assert (alone.code, alone.json["summary"]["fix"]) == (1, said.json["summary"]["fix"])


def test_a_paper_that_is_another_form(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a paper of another form, or one cut off, is refused as such and not as broken text."""
    call("validate", PLAN, papers / "roster.xlsx").refused(3, "roster.xlsx", "版面不符")
    (tmp_path / "半.docx").write_bytes((papers / "plan.docx").read_bytes()[:5000])
    call("validate", PLAN, tmp_path / "半.docx").refused(3, "半.docx")
    assert "UTF-8" not in call("validate", PLAN, tmp_path / "半.docx").err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", b'{"a":\n  b}', ["第 2 行第 3 列", "引号、逗号和括号"]),
        ("a.json", b'{"a": 1, "a": 2}', ["“a”", "两次"]),
        ("a.json", b'{"a": NaN}', ["NaN"]),
        ("a.json", b'{"a": 1e999999}', ["400 位"]),
        ("a.json", b'{"a": 1e99999999999999999999}', ["400 位"]),
        ("a.json", b'{"a": -Infinity}', ["-Infinity"]),
        ("a.json", b'{"a":' * 900 + b"1" + b"}" * 900, ["嵌套超过 64 层"]),
        ("a.json", bytes(range(256)) * 9, ["UTF-8", "记事本"]),
        ("a.json", b"[" * 100_000, ["嵌套超过 64 层"]),
        ("a.json", b"\xff\xfe\x61", ["UTF-8", "记事本"]),
        ("a.json", b"\xff\xff\xff", ["UTF-8", "记事本"]),
        ("a.json", b"", ["是空的"]),
        ("a.json", b"\xef\xbb\xbf \n", ["是空的"]),
        ("a.yaml", b"a: [1\nb", ["第 3 行第 1 列", "缩进、冒号和引号"]),
        ("a.yaml", b"a: 1\na: 2\n", ["第 2 行第 1 列", "“a”", "两次"]),
        ("a.yaml", b"1: 2\n", ["第 1 行第 1 列"]),
        ("a.yaml", b"[1, 2]: 3\n", ["项目名不是文字"]),
        ("a.yaml", b"? [1, 2]\n: 3\n", ["第 1 行"]),
        ("a.yaml", b"a: &a [*a]\n", ["第 1 行第 8 列"]),
        ("a.yaml", b"a: !!python/object:os.system x\n", ["第 1 行第 4 列"]),
        ("a.yaml", b"a: !!bool vielleicht\n", ["第 1 行第 4 列"]),
        ("a.yaml", b"a: 1e99999999999999999999\n", ["400 位"]),
        ("a.yaml", b'a: "\\ud800"\n', ["不是合格的 JSON 或 YAML"]),
        ("a.yaml", b"a: 1\n---\nb: 2\n", ["第 2 行第 1 列"]),
        ("a.yaml", b"a: " + b"9" * 5000, ["400 位"]),
        ("a.yaml", b"a: " + b"[" * 3000 + b"]" * 3000, ["嵌套超过 64 层"]),
        ("a.yaml", b'a: "\x01"\n', ["不是合格的 JSON 或 YAML"]),
        ("a.xlsx", b"PK\x03\x04 half a workbook", ["a.xlsx"]),
        ("a.xlsx", b"", ["a.xlsx"]),
    ],
)
@pytest.mark.parametrize("command", ["validate", "render"])
def test_data_that_cannot_be_read(command: str, name: str, content: bytes, words: list[str], tmp_path: Path) -> None:
    """This test ensures that unreadable data end with exit code 3, file and place, and no output file."""
    path = tmp_path / name
    path.write_bytes(content)
    more = ["-o", tmp_path / "out.docx"] if command == "render" else []
    call(command, PLAN, path, *more).refused(3, *words)
    assert not (tmp_path / "out.docx").exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """This test ensures that a missing file and a folder are told apart."""
    call("validate", PLAN, tmp_path / "没有.json").refused(3, "找不到数据文件")
    call("validate", PLAN, tmp_path).refused(3, "它是一个目录")


@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_a_flood_of_unknown_keys(suffix: str, tmp_path: Path) -> None:
    """This test ensures that a hundred thousand keys nobody knows are counted, and only some of them named."""
    path = tmp_path / f"a.{suffix}"
    lines = [f'"k{number}": {number}' for number in range(100_000)]
    path.write_text("{" + ",".join(lines) + "}" if suffix == "json" else "\n".join(lines))
    said = call("validate", PLAN, path)
    assert (said.code, said.err) == (1, "")
    assert "还有 99980 个表上没有的项" in said.text
    assert said.text.count("\n") < 40


def test_a_flood_of_faulty_rows() -> None:
    """This test ensures that one fault in each row of a long table is told some times and then counted."""
    rows = [
        {"year": 2024, "type": "绿色工厂", "region": "", "name": f"甲{number}厂", "level": "x"} for number in range(300)
    ]
    said = call("validate", ROSTER, "-", stdin=json.dumps({"rows": rows}).encode())
    assert said.code == 1
    assert "“地区”：同样的问题还有 250 处" in said.text
    assert "“级别”：同样的问题还有 250 处" in said.text


@pytest.mark.parametrize("content", [b"[]", b"null", b"3", b'"x"', b"{}", b"true"])
@pytest.mark.parametrize("form", spread(DATA))
def test_data_of_the_wrong_shape_are_findings(form: str, content: bytes) -> None:
    """This test ensures that any JSON value at all gets findings and never an error."""
    said = call("validate", form, "-", stdin=content)
    assert (said.code, said.err) == (1, "")
    assert "【" in said.text
