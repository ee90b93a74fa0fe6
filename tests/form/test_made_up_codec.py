"""A value type of one's own is one class: forms, papers, readers, workbooks and checks take it as it says it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

from form.conftest import write
from greenforms.check.packages import lint_packages
from greenforms.check.validation import validate
from greenforms.codec import CODECS
from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.read.paper import read_paper
from greenforms.render.paper import render, render_blank
from greenforms.workbook.reading import read_workbook
from greenforms.workbook.writing import make_workbook
from greenforms_extractors.match.flow import Flow
from papers import without_record, without_tags
from shipped import few_forms
from templates import sheet_template, word_template


@dataclass(frozen=True, slots=True)
class Stars(Codec):
    """One to `most` stars."""

    name: ClassVar[str] = "stars"
    json_types: ClassVar[frozenset[str]] = frozenset({"integer"})

    most: int = 5

    def format(self, value: Any) -> str:
        return "★" * value

    def parse(self, text: str) -> Reading:
        if is_blank(text):
            return Reading(None)
        if set(text.strip()) != {"★"}:
            return Reading(None, (Problem(f"“{text.strip()}”不是星级", "请填星号"),))
        return Reading(len(text.strip()), self.check(len(text.strip())))

    def check(self, value: Any) -> tuple[Problem, ...]:
        return () if 1 <= value <= self.most else (Problem(f"最多{self.most}颗星", "请核对星级"),)

    def entry(self, value: Any) -> str:
        return self.format(value)

    def offered(self) -> tuple[str, ...]:
        return tuple("★" * count for count in range(1, self.most + 1))

    def hint(self, examples: Any = ()) -> str:
        return "几颗星"


@dataclass(frozen=True, slots=True)
class Verse(Codec):
    """Lines of a poem, each in brackets in the data and without them on paper."""

    name: ClassVar[str] = "verse"
    json_types: ClassVar[frozenset[str]] = frozenset({"string"})
    flow: ClassVar[Flow] = Flow.PARAGRAPHS
    free_text: ClassVar[bool] = True

    def format(self, value: Any) -> str:
        return str(value).replace("[", "").replace("]", "")

    def parse(self, text: str) -> Reading:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return Reading("\n".join(f"[{line}]" for line in lines) or None)

    def check(self, value: Any) -> tuple[Problem, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Dozens(Codec):
    """A number counted in dozens on paper."""

    name: ClassVar[str] = "dozens"
    json_types: ClassVar[frozenset[str]] = frozenset({"integer"})
    figure: ClassVar[bool] = True
    whole: ClassVar[bool] = True

    def format(self, value: Any) -> str:
        return str(value)

    def parse(self, text: str) -> Reading:
        return Reading(None) if is_blank(text) else Reading(int(text))

    def check(self, value: Any) -> tuple[Problem, ...]:
        return () if value % 12 == 0 else (Problem(f"{value}不是12的倍数", "请核对"),)


DATA = {
    "unit": "某某公司",
    "level": 3,
    "poem": "[日照香炉生紫烟]\n[遥看瀑布挂前川]",
    "rows": [{"name": "甲", "level": 2, "count": 24}, {"name": "乙", "level": 5, "count": 36}],
}
WORD = """
星级评定表
单位名称 | {{ unit }}
总评星级 | {{ level }}
各产品评定如下
产品名称 | 产品星级 | 数量
{%tr for row in rows %} | |
{{ row.name }} | {{ row.level }} | {{ row.count }}
{%tr endfor %} | |
一、题诗
{{ poem }}
""".strip().splitlines()
SHEET = """
星级评定表
单位名称 | {{ unit }}
总评星级 | {{ level }}
题诗 | {{ poem }}
产品名称 | 产品星级 | 数量
{%tr for row in rows %}
{{ row.name }} | {{ row.level }} | {{ row.count }}
{%tr endfor %}
""".strip().splitlines()


def schema() -> dict[str, Any]:
    stars = {"type": "integer", "x-codec": "stars", "x-options": {"most": 5}}
    row = {
        "name": {"title": "产品名称", "type": "string", "x-codec": "text"},
        "level": {"title": "产品星级", **stars},
        "count": {"title": "数量", "type": "integer", "x-codec": "dozens"},
    }
    closed = {"type": "object", "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://greenforms.invalid/layouts/stars.schema.json",
        "title": "星级评定表",
        **closed,
        "required": ["unit", "level", "rows"],
        "properties": {
            "unit": {"title": "单位名称", "type": "string", "x-codec": "text"},
            "level": {"title": "总评星级", **stars},
            "poem": {"title": "一、题诗", "type": "string", "x-codec": "verse", "x-aliases": ["题诗"]},
            "rows": {"title": "产品", "type": "array", "items": {**closed, "required": list(row), "properties": row}},
        },
    }


@pytest.fixture
def form(over: Path, monkeypatch: pytest.MonkeyPatch) -> Form:
    """A form with fields of the made-up types, checked as `forms check` does."""
    for codec in (Stars, Verse, Dozens):
        monkeypatch.setitem(CODECS, codec.name, codec)
    write(over / "schemas/layouts/stars.schema.json", schema())
    edition = over / "schemas/editions/xx-2025.yaml"
    content = edition.read_text("utf-8").replace('"letter"', '"stars"').replace("情况说明", "星级评定表")
    edition.write_text(content.replace('["docx"]', '["docx", "xlsx"]'), "utf-8")
    (over / "schemas/layouts/letter.schema.json").unlink()
    word_template(WORD, over / "templates/stars.docx")
    sheet_template(SHEET, over / "templates/stars.xlsx")
    library = Library(few_forms(), over)
    assert lint_packages(library) == []
    return library.form("xx-2025/stars")


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_papers_of_both_kinds_come_back(kind: str, form: Form, tmp_path: Path) -> None:
    """This test ensures that values are printed and read by record, by tags and by layout, and the blank is empty."""
    paper = render(form, DATA, kind)
    for content in (paper, without_record(paper), without_tags(paper)):
        path = tmp_path / f"收件.{kind}"
        path.write_bytes(content)
        read = read_paper(form.library, path, form.id)
        assert read.data == DATA
        assert [finding.message for finding in read.findings] == []
    path.write_bytes(without_tags(without_record(render_blank(form, kind))))
    assert read_paper(form.library, path, form.id).data in ({}, {"rows": []})


def test_the_workbook_holds_them(form: Form, tmp_path: Path) -> None:
    """This test ensures that a fill-in workbook takes the values, offers what is to be chosen and gives all back."""
    path = tmp_path / "填报.xlsx"
    path.write_bytes(make_workbook(form, DATA))
    read = read_workbook(form.library, path)
    assert (read.data, read.problems) == (DATA, ())


def test_the_check_speaks_of_them(form: Form) -> None:
    """This test ensures that a wrong value is a finding of the type's own, in its own words."""
    wrong = {**DATA, "level": 9, "rows": [{"name": "甲", "level": 2, "count": 25}]}
    found = {finding.rule: finding.message for finding in validate(form, wrong)}
    assert set(found) == {"value/stars", "value/dozens"}
    assert "最多5颗星" in found["value/stars"]
