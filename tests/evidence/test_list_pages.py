"""Pages that a list names, held against those of the files: lists that count on, files without pages."""

from __future__ import annotations

import pytest

from greenforms.dossier.paper import Paper
from greenforms.evidence.folder import EvidenceFile, counted
from greenforms.evidence.listed import Entry, entries_of
from greenforms.evidence.pages import wrong_pages
from greenforms.form.evidence import evidence_rules
from papers import example
from shipped import LIBRARY, load_form


def told(stated: list[str], pages: list[int | None]) -> list[str]:
    """What is said of entries, each with a file of so many pages, one behind the other."""
    entries = [Entry("附件", str(number), f"附件{number}", "材料", page=page) for number, page in enumerate(stated, 1)]
    files = counted([EvidenceFile(f"附件{number}.pdf", pages=count) for number, count in enumerate(pages, 1)])
    found = wrong_pages("报告", entries, [[each] for each in files])
    return [finding.message.removeprefix("“报告”的证明材料清单里").partition("。")[0] for finding in found]


@pytest.mark.parametrize("stated", [["1", "4", "6"], ["第1—3页", "第4-5页", "第6页"], ["P1~3", "p.4", "第6页至第7页"]])
def test_a_list_that_is_right(stated: list[str]) -> None:
    """This test ensures that pages agree in every way that they are written, with first pages alone, too."""
    assert told(stated, [3, 2, 2]) == []


def test_a_list_that_counts_on() -> None:
    """This test ensures that a list may count on from the pages of the report."""
    assert told(["61—63", "64—65", "66"], [3, 2, 1]) == []


def test_one_wrong_entry() -> None:
    """This test ensures that the entry that differs from most is told, with the page as the list counts."""
    said = "“附件2 材料”的页码写的是“65”，照目录里的文件是第64—65页（共2页）"
    assert told(["61", "65", "66"], [3, 2, 1]) == [said]


def test_a_file_of_other_length() -> None:
    """This test ensures that an entry whose files have fewer pages than it names is told."""
    assert told(["1-3"], [2]) == ["“附件1 材料”的页码写的是“1-3”，照目录里的文件是第1—2页（共2页）"]


@pytest.mark.parametrize("pages", [[None, 2, 2], [3, None, None]])
def test_pages_that_nobody_knows(pages: list[int | None]) -> None:
    """This test ensures that files without pages, and those behind them, are not judged."""
    assert told(["1", "9", "12"], pages) == []


def test_what_is_no_page() -> None:
    """This test ensures that remarks and chapters are not taken for pages."""
    assert told(["原件备查", "第三章", "2份"], [3, 2, 2]) == []


def test_a_list_without_numbers() -> None:
    """This test ensures that a park's list of proofs is read by its names, with its pages."""
    paper = Paper(load_form("nm-2022/park-self-evaluation"), example("park-self-evaluation-nm-2022"), "报告")
    entries = entries_of(paper, evidence_rules(LIBRARY))
    assert [(each.called, each.page) for each in entries][1:3] == [
        ("环境监测报告", "19-40"),
        ("清洁生产审核验收文件", "41-52"),
    ]
