"""Broken form packages: exit code 4 and every error, each with file and place, in one pass."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest
from console import DATA, PLAN, ROSTER, SUMMARY, Said, call, spawn

from shipped import few_editions


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A copy of the shipped form packages that a test may break."""
    return few_editions(tmp_path)


def swap(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there, in a text file, everywhere."""
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")


def swap_in_template(path: Path, part: str, old: str, new: str) -> None:
    """The same in a part of a template."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def on(packages: Path, *words: object) -> Said:
    with patch.dict(os.environ, GREENFORMS_SHIPPED=str(packages)):
        return call(*words)


def complaints(packages: Path) -> list[str]:
    """The errors `forms check` lists; all of it on the error stream, with exit code 4."""
    said = on(packages, "forms", "check")
    said.refused(4, "表单包有误：")
    errors = said.err.splitlines()[1:]
    assert len(set(errors)) == len(errors)
    return [error.strip() for error in errors]


def test_a_sound_copy_passes(packages: Path) -> None:
    """This test ensures that the variable points at the copy and that the copy is sound."""
    assert on(packages, "forms", "check").code == 0
    swap(packages / "schemas/editions/nm-2024.yaml", "title: 绿色制造体系示范单位培育名单库表", "title: 试用名单库表")
    assert "《试用名单库表》" in on(packages, "forms").text


def test_a_folder_without_packages(tmp_path: Path) -> None:
    """This test ensures that a folder that holds no packages is refused by the variable's name."""
    spawn("forms", GREENFORMS_PACKAGES=str(tmp_path)).refused(2, "GREENFORMS_PACKAGES", "没有 schemas 文件夹")


def test_all_errors_at_once(packages: Path) -> None:
    """This test ensures that eight errors in two editions, four forms and three kinds of file are all listed."""
    schemas, templates = packages / "schemas", packages / "templates"
    plan = templates / "cultivation-plan.docx"
    swap_in_template(plan, "word/document.xml", "{{ contact.phone }}", "{{ contact.phoen }}")
    swap_in_template(plan, "word/document.xml", "{{ enterprise.name }}", "")
    swap_in_template(plan, "word/document.xml", 'w:eastAsia="方正小标宋简体"', 'w:eastAsia="Comic Sans"')
    summary = templates / "recommendation-summary.docx"
    swap_in_template(summary, "word/document.xml", 'w:w="11906"', 'w:w="12240"')
    roster = schemas / "layouts/cultivation-roster.schema.json"
    swap(roster, '"x-subject": "name"', '"x-subject": "name", "x-states": {"unit.regoin": "x"}')
    swap(roster, '"x-codec": "year"', '"x-codec": "year", "x-options": {"yeer": 1}')
    swap(
        schemas / "rules/nm-2024.yaml",
        "columns: [energy, water]",
        "columns: [energy, watr]",
    )
    swap(schemas / "rules/between.yaml", "- id: pack/same-name\n    title:", "- id: pack/same-name\n    titel:")
    errors = complaints(packages)
    for place, words in (
        ("templates/cultivation-plan.docx：第", "“contact.phoen”在表单数据结构中不存在"),
        ("templates/cultivation-plan.docx：", "必填字段“企业名称”（/enterprise/name）没有印在模板上"),
        ("templates/cultivation-plan.docx：第", "中文字体“Comic Sans”不是公文用字体"),
        ("templates/recommendation-summary.docx：第1节", "纸张不是 A4（12240×"),
        ("layouts/cultivation-roster.schema.json：字段“/rows”", "词汇表里没有“unit.regoin”"),
        ("layouts/cultivation-roster.schema.json：字段“/rows/*/year”", "没有选项“yeer”"),
        ("rules/nm-2024.yaml：规则“nm-2024/plan-product-sum”", "没有字段“/enterprise/products/*/watr”"),
        ("rules/between.yaml：“/rules/", "不认识的键：titel"),
    ):
        assert any(error.startswith(place) and words in error for error in errors), (place, words, errors)


def test_misspelt_keys_in_both_editions(packages: Path) -> None:
    """This test ensures that a broken edition does not hide the errors of another, nor its forms'."""
    schemas = packages / "schemas"
    swap(schemas / "editions/nm-2024.yaml", "authority:", "authorty:")
    swap(schemas / "layouts/typical-experience.schema.json", '"x-printed"', '"x-pritned"')
    errors = complaints(packages)
    assert "editions/nm-2024.yaml：“/”：缺少键：authority" in errors
    assert "editions/nm-2024.yaml：“/”：不认识的键：authorty（拼写有误？）" in errors
    assert any(error.startswith("layouts/typical-experience.schema.json：“/properties/") for error in errors)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("schemas/editions/he-2024.yaml", b"a: [", "editions/he-2024.yaml：第 2 行第 1 列：不是合格的 YAML"),
        ("schemas/editions/he-2024.yaml", b"\xff\xfe\xff", "editions/he-2024.yaml：读不出来"),
        ("schemas/editions/he-2024.yaml", b"", "editions/he-2024.yaml：“/”"),
        ("schemas/facts/entities.yaml", b"x: 1\n", "facts/entities.yaml：“/”"),
        ("schemas/facts/entities.yaml", None, "facts/entities.yaml：缺少这个文件"),
        ("schemas/rules/between.yaml", b"x: 1\n", "rules/between.yaml：“/”"),
        ("schemas/parameters/he-2024.yaml", None, "没有名为“he-2024/"),
        ("schemas/layouts/cultivation-roster.schema.json", b"{", "cultivation-roster.schema.json：第 1 行第 2 列"),
        ("schemas/layouts/cultivation-roster.schema.json", b"\xff", "cultivation-roster.schema.json：读不出来"),
        ("templates/cultivation-roster.xlsx", b"x", "templates/cultivation-roster.xlsx：文件“"),
        ("templates/cultivation-plan.docx", b"", "templates/cultivation-plan.docx：文件“"),
        ("schemas/layouts/cultivation-roster.schema.json", None, "版式“cultivation-roster”不存在"),
        ("templates/cultivation-roster.xlsx", None, "缺少模板 cultivation-roster.xlsx"),
    ],
)
def test_broken_and_missing_files(file: str, content: bytes | None, message: str, packages: Path) -> None:
    """This test ensures that a file of a package that is missing or no such file is one error with its name."""
    path = packages / file
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert any(message in error for error in complaints(packages))


def test_a_broken_form_stops_its_own_commands_only(packages: Path, tmp_path: Path) -> None:
    """This test ensures that every command on a broken form says all of its errors, and other forms still work."""
    path = packages / "schemas/layouts/cultivation-roster.schema.json"
    swap(path, '"x-subject": "name"', '"x-subject": "name", "x-states": {"unit.regoin": "x"}')
    swap(path, '"x-codec": "year"', '"x-codec": "yaer"')
    for words in (("schema", ROSTER), ("validate", ROSTER, DATA[ROSTER]), ("blank", ROSTER, "-o", tmp_path / "a.docx")):
        on(packages, *words).refused(4, "unit.regoin", "没有名为“yaer”的编解码器")
    assert on(packages, "validate", PLAN, DATA[PLAN]).code == 0
    assert on(packages, "render", SUMMARY, DATA[SUMMARY], "-o", tmp_path / "b.docx").code == 0


def test_edition_without_forms_and_reason(packages: Path) -> None:
    """This test ensures that an edition may be without forms only when it says why."""
    path = packages / "schemas" / "editions" / "cn-2026.yaml"
    path.write_text("".join(line for line in path.read_text("utf-8").splitlines(True) if not line.startswith("note:")))
    assert any("cn-2026.yaml：没有表单，请用 note 说明原因" in error for error in complaints(packages))
