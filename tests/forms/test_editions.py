"""Which form a paper is when editions share a layout, and when it is only like one."""

from __future__ import annotations

from pathlib import Path

import pytest
from folder import Folder, form_entry, write_docx

from greenforms.errors import UnknownForm
from greenforms.form.library import Library
from greenforms.read.take.identify import identify
from greenforms_extractors.reading import read

NAME = {"type": "string", "x-codec": "text", "title": "单位名称"}
HEAD = {"type": "string", "x-codec": "text", "title": "负责人"}
NUMBER = {"type": "number", "x-codec": "number", "title": "用量"}
BLANK = [
    "{{ form.title }}",
    [["单位名称", "{{ name }}", "负责人", "{{ head }}"]],
    "用量：{{ use }}",
    "{{ form.maker }}",
]


TEXT = {"type": "string", "x-codec": "text"}
COLUMNS = {
    "firm": {**TEXT, "title": "企业名称"},
    "person": {**TEXT, "title": "联系人"},
    "level": {**TEXT, "title": "能效级别"},
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A layout that two editions print, under titles that differ in the year, and a list of one of them."""
    folder = Folder(tmp_path / "forms")
    folder.layout("brief", {"name": NAME, "head": HEAD, "use": NUMBER}, BLANK)
    row = {"type": "object", "title": "企业", "additionalProperties": False, "properties": COLUMNS}
    folder.layout(
        "list",
        {"rows": {"title": "名单", "type": "array", "items": row}},
        [
            "{{ form.title }}",
            [
                ["企业名称", "联系人", "能效级别"],
                ["{%tr for row in rows %}", "", ""],
                ["{{ row.firm }}", "{{ row.person }}", "{{ row.level }}"],
                ["{%tr endfor %}", "", ""],
            ],
        ],
    )
    for year, office in (("2024", "甲省工信厅"), ("2025", "乙省工信厅")):
        title = f"{year}年度企业能源简报"
        brief = form_entry("brief", title=title, titles=[title], texts={"maker": f"{office}制"})
        listed = form_entry("list", title="企业能源名单", titles=["企业能源名单"])
        folder.edition(f"xx-{year}", *([brief, listed] if year == "2024" else [brief]), authority=office)
    return folder.library()


def identified(library: Library, tmp_path: Path, *blocks, edition: str | None = None):
    path = tmp_path / "paper.docx"
    write_docx(path, blocks)
    return identify(library, read(path), path.name, edition=edition)


TABLE = [["单位名称", "甲公司", "负责人", "张三"]]


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_the_year_of_the_title(library: Library, tmp_path: Path, year: str) -> None:
    """This test ensures that a paper under one edition's title is that edition's."""
    found = identified(library, tmp_path, f"{year}年度企业能源简报", TABLE, "用量：5")
    assert (found.form.id, found.named) == (f"xx-{year}/brief", True)


def test_the_authority_that_made_the_paper(library: Library, tmp_path: Path) -> None:
    """This test ensures that the maker's line settles whose paper it is when the title is gone."""
    assert identified(library, tmp_path, TABLE, "用量：5", "乙省工信厅制").form.id == "xx-2025/brief"


def test_a_paper_that_does_not_say(library: Library, tmp_path: Path) -> None:
    """This test ensures that a paper of two editions is asked about and not guessed by the alphabet."""
    with pytest.raises(UnknownForm, match=r"几个版本.*xx-2024/brief.*xx-2025/brief.*--edition"):
        identified(library, tmp_path, TABLE, "用量：5")


def test_the_edition_that_is_named(library: Library, tmp_path: Path) -> None:
    """This test ensures that a paper that does not say is what the user says."""
    found = identified(library, tmp_path, TABLE, "用量：5", edition="xx-2025")
    assert (found.form.id, found.named) == ("xx-2025/brief", False)


def test_a_list_of_another_kind(library: Library, tmp_path: Path) -> None:
    """This test ensures that a paper under another title with other columns is unknown, and that the reason is told."""
    rows = [["企业名称", "联系人", "行业"], ["甲公司", "张三", "钢铁"]]
    with pytest.raises(UnknownForm, match=r"像《企业能源名单》.*标题是“绿色工厂推荐汇总表”，缺少“能效级别”"):
        identified(library, tmp_path, "绿色工厂推荐汇总表", rows)


def test_a_list_without_a_title(library: Library, tmp_path: Path) -> None:
    """This test ensures that a list whose title was left out is still read."""
    found = identified(library, tmp_path, [["企业名称", "联系人", "能效级别"], ["甲公司", "张三", "一级"]])
    assert (found.form.id, found.named) == ("xx-2024/list", False)


def test_a_paper_with_another_inside(tmp_path: Path) -> None:
    """This test ensures that a paper that holds papers of another layout is not taken for one of those."""
    folder = Folder(tmp_path / "forms")
    folder.layout(
        "inner", {"name": NAME, "use": NUMBER}, ["{{ form.title }}", "单位名称：{{ name }}", "用量：{{ use }}"]
    )
    folder.layout(
        "outer",
        {"head": HEAD, "years": {"title": "各年", "type": "array", "items": {"$ref": "inner.schema.json"}}},
        ["负责人：{{ head }}", "{%p for y in years %}", "{%p layout y %}", "{%p endfor %}"],
    )
    folder.edition("xx-2025", form_entry("inner"), form_entry("outer"))
    inner = ["inner表", "单位名称：甲公司", "用量：5"]
    library = folder.library()
    assert identified(library, tmp_path, "负责人：张三", *inner, *inner).form.id == "xx-2025/outer"
    assert identified(library, tmp_path, *inner).form.id == "xx-2025/inner"
