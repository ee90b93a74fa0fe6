"""Lists that are handed in are the same in every file, and what is no list is refused with its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from greenforms.errors import InputError
from greenforms.pack.given_lists import given_lists
from shipped import LIBRARY

HEADINGS = ["序号", "企业名称", "示范类型", "级别", "公布年度", "移出时间"]
ROWS = [
    ["1", "河北澄渊制药有限公司", "绿色工厂", "省级", "2023", ""],
    ["2", "石家庄砺恒装备制造有限公司", "绿色工厂", "省级", "2022", "2024年3月1日"],
]
SAID = (
    {"name": "河北澄渊制药有限公司", "type": "绿色工厂", "level": "省级", "year": "2023"},
    {
        "name": "石家庄砺恒装备制造有限公司",
        "type": "绿色工厂",
        "level": "省级",
        "year": "2022",
        "removed": "2024年3月1日",
    },
)


def written(path: Path, rows: list[list[str]]) -> str:
    """The rows as a file of the kind that its name says."""
    if path.suffix == ".csv":
        path.write_text("\n".join(",".join(row) for row in rows), "gb18030")
    else:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    return str(path)


@pytest.mark.parametrize("name", ["名单.csv", "名单.xlsx"])
def test_a_list_is_the_same_in_every_file(name: str, tmp_path: Path) -> None:
    """a list is known by its headings, below a headline, in Excel and in CSV as WPS writes it."""
    [found] = given_lists(LIBRARY, [written(tmp_path / name, [["省级绿色制造名单"], HEADINGS, *ROWS])])
    assert (found.kind, found.file, found.rows) == ("listed", name, SAID)


def test_the_headings_tell_which_list_it_is(tmp_path: Path) -> None:
    """key sectors and refused third parties are told from units on a list."""
    sectors = written(tmp_path / "行业.csv", [["行业代码", "行业", "评价标准"], ["2611", "无机酸制造", "某标准"]])
    refused = written(tmp_path / "机构.csv", [["机构名称", "通报日期"], ["某某认证有限公司", "2024-03-01"]])
    assert [each.kind for each in given_lists(LIBRARY, [sectors, refused])] == ["sectors", "refused"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["姓名", "电话"], ["甲", "1"]], "没有认得出的名单"),
        ([HEADINGS], "一行也没有"),
        ([HEADINGS, ["1", "", "绿色工厂", "省级"]], "第1行没有填“单位名称”"),
    ],
)
def test_what_is_no_list_is_refused(rows: list[list[str]], said: str, tmp_path: Path) -> None:
    """a file without the headings, without rows, or with a row that names nobody is refused."""
    with pytest.raises(InputError, match=said):
        given_lists(LIBRARY, [written(tmp_path / "名单.csv", rows)])


@pytest.mark.parametrize("name", ["没有.csv", "没有.xlsx"])
def test_a_list_that_is_not_there(name: str, tmp_path: Path) -> None:
    """a file that is not there is named."""
    with pytest.raises(InputError, match="没有名单文件"):
        given_lists(LIBRARY, [str(tmp_path / name)])
