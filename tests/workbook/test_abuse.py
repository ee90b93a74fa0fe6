"""What people and programs do to a filled workbook costs no cell: a few of the deeds of `make workbook`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from papers import example, example_forms
from shipped import load_form
from workbook.abuse.catalogue import Sample, abused, roster, score
from workbook.abuse.round_trip import DEEDS

STEM = "cultivation-plan-factory"
#: Each of another kind: names, copies, moved contents, headings, the whole file.
OFFICE = (
    "名称全部删除",
    "标记表和说明表删除",
    "标题行以下贴到新工作表，原表清空",
    "内容下移一行，名称不动",
    "两列连标题互换",
    "填写内容与单位合并",
    "表尾加填表人、日期",
    "另存为 .xls",
)
#: A form with lists inside a list.
NESTED = "review-report"
TEXT = ("名单存为 CSV（UTF-8）", "名单存为 CSV（GBK）")


def _samples() -> Iterator[tuple[Sample, tuple[str, ...]]]:
    yield Sample(STEM, load_form(example_forms()[STEM]), example(STEM)), (*OFFICE, *DEEDS)
    yield Sample(NESTED, load_form(example_forms()[NESTED]), example(NESTED)), ("名单按首列倒序",)
    yield roster(40), ("内容全部贴到一张工作表", *TEXT)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where LibreOffice keeps its settings."""
    return tmp_path_factory.mktemp("office") / "home"


@pytest.mark.parametrize(("sample", "deeds"), list(_samples()), ids=lambda value: getattr(value, "name", ""))
def test_no_cell_is_lost(sample: Sample, deeds: tuple[str, ...], tmp_path: Path, home: Path) -> None:
    """This test ensures that every cell comes back, whatever was done to the file, and nothing that was not filled."""
    files = abused(sample, tmp_path, deeds, home)
    scores = {deed: score(sample, path, deed) for deed, path in files.items()}
    assert {deed: found.said for deed, found in scores.items() if found.recovered < found.cells or found.wrong} == {}
    assert all(found.cells for found in scores.values())
