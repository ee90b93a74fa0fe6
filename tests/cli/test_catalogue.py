"""forms, schema, blank, completion, help: what a user asks before there is any data."""

from __future__ import annotations

import inspect
import io
import os
import zipfile
from pathlib import Path

import click
import openpyxl
import pytest
from console import PLAN, ROSTER, call, listing, spawn

from greenforms.cli import COMMANDS, group
from greenforms.cli.help import HelpFormatter
from shipped import form_ids, load_form, spread

FORMS = list(form_ids())


def test_forms_lists_every_form() -> None:
    """This test ensures that the catalogue names each form with authority, annex, outputs and grade."""
    said = call("forms")
    assert (said.code, said.err) == (0, "")
    for form in FORMS:
        assert f"{form}  《{load_form(form).title}》" in said.text
    assert "内蒙古自治区工业和信息化厅，附件2；输出 docx、xlsx、pdf；可信等级 A" in said.text


def test_forms_tells_of_editions_without_forms() -> None:
    """This test ensures that an edition whose forms nobody has seen is listed, with the reason in words."""
    said = call("forms")
    assert "cn-2026  零碳工厂建设（2026年）\n    工业和信息化部等五部门；没有表单\n    说明：2026年1月19日" in said.text


def test_forms_as_json() -> None:
    """This test ensures that the catalogue as JSON is a list with one object per form."""
    listed = call("forms", "--json").json
    assert [entry["form"] for entry in listed] == FORMS
    assert listed[FORMS.index(ROSTER)]["outputs"] == ["docx", "xlsx", "pdf"]
    assert {"title", "edition", "authority", "annex", "grade", "grade_note"} <= listed[0].keys()


def test_forms_check_passes_on_the_shipped_packages() -> None:
    """This test ensures that our own form packages are sound."""
    said = call("forms", "check")
    assert (said.code, said.text.strip(), said.err) == (0, f"{len(FORMS)} 种表单检查通过。", "")


@pytest.mark.parametrize("form", spread(FORMS))
def test_schema_is_the_forms_own(form: str) -> None:
    """This test ensures that `schema` writes the JSON Schema the program itself validates with."""
    said = call("schema", form)
    assert said.json == load_form(form).schema
    assert said.err == ""


def test_a_short_name_is_enough() -> None:
    """This test ensures that the edition may be left out where the name is unique."""
    assert call("schema", "cultivation-plan").out == call("schema", PLAN).out


@pytest.mark.parametrize("form", ["nope", "", "nm-2024/", "nm-2023/cultivation-plan", "../../etc/passwd", "a/b/c"])
def test_unknown_form(form: str) -> None:
    """This test ensures that a form that does not exist is refused, and it is said where all are listed."""
    call("schema", form).refused(2, f"没有表单“{form}”", "greenforms forms 查看")


@pytest.mark.parametrize("form", spread(FORMS))
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_blank(form: str, kind: str, tmp_path: Path) -> None:
    """This test ensures that each form's blank is written in its formats, and refused in others, naming them."""
    target = tmp_path / f"空表 {kind}.{kind}"
    said = call("blank", form, "-o", target)
    if kind in load_form(form).entry.outputs:
        assert (said.code, said.out) == (0, b"")
        assert f"已生成“{target}”。下一步：" in said.err
        assert zipfile.ZipFile(target).testzip() is None
    else:
        said.refused(2, "不输出 xlsx 格式", "docx、pdf")
        assert listing(tmp_path) == []


def test_blank_pdf(tmp_path: Path) -> None:
    """This test ensures that the blank comes as PDF too, whatever the case of the extension."""
    assert call("blank", PLAN, "-o", tmp_path / "a.pdf").code == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_blank_to_standard_output() -> None:
    """This test ensures that nothing but the file goes to standard output."""
    said = spawn("blank", ROSTER, "-o", "-")
    assert (said.code, said.err) == (0, "")
    assert zipfile.ZipFile(io.BytesIO(said.out)).testzip() is None


def test_blank_unknown_format(tmp_path: Path) -> None:
    """This test ensures that an extension nobody writes is refused."""
    call("blank", PLAN, "-o", tmp_path / "a.txt").refused(2, "不输出 txt 格式")
    assert listing(tmp_path) == []


@pytest.mark.parametrize("form", spread(FORMS))
def test_workbook(form: str, tmp_path: Path) -> None:
    """This test ensures that the fill-in workbook opens and, left empty, is read as an empty data set."""
    target = tmp_path / "填报表.xlsx"
    assert call("blank", form, "--workbook", "-o", target).code == 0
    openpyxl.load_workbook(target).close()
    said = call("validate", form, target)
    assert said.code == 1
    assert "缺少必填项" in said.text


def test_workbook_is_no_word_file(tmp_path: Path) -> None:
    """This test ensures that a workbook is not written under a Word name."""
    call("blank", ROSTER, "--workbook", "-o", tmp_path / "a.docx").refused(2, "xlsx")
    assert listing(tmp_path) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """This test ensures that an existing file stays as it is unless --force is given."""
    target = tmp_path / "空表.docx"
    target.write_text("重要")
    call("blank", PLAN, "-o", target).refused(2, "已经存在", "--force")
    assert target.read_text() == "重要"
    assert call("blank", PLAN, "-o", target, "--force").code == 0
    assert zipfile.is_zipfile(target)
    assert listing(tmp_path) == ["空表.docx"]


def test_folder_that_does_not_exist(tmp_path: Path) -> None:
    """This test ensures that a missing folder is named and not made."""
    call("blank", PLAN, "-o", tmp_path / "没有" / "a.docx").refused(2, "没有", "请先建好目录")
    assert listing(tmp_path) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    """This test ensures that each shell gets its script."""
    said = call("completion", shell)
    assert said.code == 0
    assert "_GREENFORMS_COMPLETE" in said.text


def test_completion_of_another_shell() -> None:
    """This test ensures that a shell we cannot serve is refused with those we can."""
    call("completion", "ksh").refused(2, "SHELL", "bash、zsh、fish")


def test_completion_completes() -> None:
    """This test ensures that the script's call back to us offers the commands."""
    said = spawn(_GREENFORMS_COMPLETE="bash_complete", COMP_WORDS="greenforms re", COMP_CWORD="1")
    assert "render" in said.text


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS), ["forms", "check"]])
def test_help(words: list[str]) -> None:
    """This test ensures that every command explains itself in Chinese, with an example."""
    said = call(*words, "--help")
    assert (said.code, said.err) == (0, "")
    assert "选项" in said.text
    assert "显示这份说明。" in said.text
    assert not words or "例：greenforms" in said.text


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    """This test ensures that the first sentence of a command, which is listed without loading it, is the command's."""
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert inspect.cleandoc(command.help or "").replace("\n", "").startswith(COMMANDS[name][1])


@pytest.mark.parametrize("width", [60, 80, 113])
def test_help_keeps_to_the_columns_of_the_terminal(width: int) -> None:
    """This test ensures that no line is wider than the screen, begins with a closing sign or loses a word."""
    formatter = HelpFormatter()
    formatter.width = width
    text = "读取“收回的表”（Word、Excel、PDF、扫描件、照片），得到数据和每个数的出处。可以写文件，\n也可以写目录。" * 3
    formatter.write_dl([("--output TEXT", text), ("--a-name-longer-than-its-column TEXT", text)])
    formatter.write_usage("greenforms extract", "[OPTIONS] FILES...")
    lines = click.unstyle(formatter.getvalue()).splitlines()
    assert {max(0, sum(2 if sign > "\x7f" else 1 for sign in line) - width) for line in lines} == {0}
    assert not [line for line in lines if line.lstrip()[0] in "，。、）”"]
    assert "".join(lines).replace(" ", "").count(text.replace("\n", "")) == 2
    assert lines[-1] == "用法：greenforms extract [OPTIONS] FILES..."


def test_version() -> None:
    """This test ensures that --version names program and version."""
    assert call("--version").text == "greenforms 0.1.0\n"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["bogus"], "没有这个命令"),
        (["-x"], "没有选项“-x”"),
        (["schema"], "缺少参数“FORM”"),
        (["extract"], "缺少参数“FILES”"),
        (["render", "cultivation-plan"], "缺少参数“DATA”"),
        (["render", "cultivation-plan", "x.json"], "缺少参数“--output”"),
        (["extract", "--form"], "选项“--form”后面缺少它的值"),
        (["forms", "--json=3"], "--json"),
        (["forms", "check", "x"], "参数多了"),
        (["validate", "cultivation-plan", "x", "--as-of", "明天"], "参数“--as-of”的值不能用，日期写成"),
        (["render", "cultivation-plan", "x", "-o", "-", "--format", "odt"], "可选：docx、xlsx、pdf"),
    ],
)
def test_wrong_usage(words: list[str], part: str) -> None:
    """This test ensures that a wrong call is explained in Chinese and points at --help."""
    call(*words).refused(2, part, "--help")


def test_reader_that_leaves_early() -> None:
    """This test ensures that `greenforms … | head` ends without a traceback."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        said = spawn("schema", PLAN, stdout=writing)
    finally:
        os.close(writing)
    assert (said.code, said.err) == (1, "")


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-16"])
def test_data_are_utf8_in_every_locale(encoding: str) -> None:
    """This test ensures that a pipe gets UTF-8 whatever the console's encoding is."""
    said = spawn("forms", "--json", PYTHONIOENCODING=encoding)
    assert said.json == call("forms", "--json").json
