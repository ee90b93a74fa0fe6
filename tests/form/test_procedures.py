"""Files of procedures: what they name must be there, and a misspelt key is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from form.conftest import ROOT, write
from greenforms.check.procedures import lint_procedures
from greenforms.errors import FormPackageError
from greenforms.form.library import Library
from shipped import LIBRARY

FILE = "schemas/procedures/nm-2024.yaml"
SEVEN = ("cultivation", "application", "recommendation", "review", "annual-update", "reassessment", "renaming")


def test_what_the_documents_rule() -> None:
    """This test ensures that each document has the procedures it rules, and every paper of them is a form."""
    ruled: dict[str, list[str]] = {}
    for procedure in LIBRARY.procedures.values():
        ruled.setdefault(procedure.edition, []).append(procedure.id.partition("/")[2])
    assert ruled == {
        "cn-2020": ["application", "recommendation", "review"],
        "cn-2024": ["application", "annual-update"],
        "cn-2025": ["application"],
        "he-2024": ["application", "recommendation"],
        "jx-2024": ["application", "recommendation", "annual-update", "renaming"],
        "nm-2022": ["application", "recommendation", "review"],
        "nm-2024": list(SEVEN),
    }
    assert lint_procedures(LIBRARY) == []


def test_an_applicant_hands_in_papers_of_his_type() -> None:
    """This test ensures that a product has one report and a factory two, where the notice says so."""
    procedure = LIBRARY.procedures["nm-2022/application"]
    assert [paper.form for paper in procedure.papers_of("绿色设计产品")] == ["nm-2022/product-self-evaluation"]
    two = ["nm-2022/factory-self-evaluation", "nm-2022/factory-third-party-evaluation"]
    assert [paper.form for paper in procedure.papers_of("绿色工厂")] == two
    assert {(paper.copies.paper, paper.copies.electronic) for paper in procedure.papers} == {(3, 1)}


Change = Callable[[Any], None]


def _paper(entry: Any, **said: Any) -> None:
    entry["papers"][0].update(said)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda entry: _paper(entry, form="cultivation-plann"), "没有表单“nm-2024/cultivation-plann”"),
        (lambda entry: _paper(entry, types=["绿色工场"]), "类型“绿色工场”不在 types 中"),
        (lambda entry: _paper(entry, within="letter"), "没有版式“letter”"),
        (
            lambda entry: entry["citation"].update(document="nm-rule"),
            "引用的文件“nm-rule”不在 nm-2024 的 documents 中",
        ),
        (lambda entry: entry.update(rules=["nm-2024/aplication"]), "没有规则属于“nm-2024/aplication”（rules）"),
        (
            lambda entry: entry.update(deadlines=[{"what": "报送", "parameter": "nm-2024/none"}]),
            "没有名为“nm-2024/none”的参数值（schemas/parameters）",
        ),
        (
            lambda entry: entry.update(deadlines=[{"what": "报送", "parameter": "nm-2024/lookback"}]),
            "参数“nm-2024/lookback”不是日期或期限",
        ),
        (
            lambda entry: entry.update(deadlines=[{"what": "报送", "parameter": "nm-2024/change-term"}]),
            "期限“报送”按工作日计，请用 after 写明从哪一天起算",
        ),
    ],
)
def test_what_is_not_there(change: Change, said: str, tmp_path: Path) -> None:
    """This test ensures that a procedure which names what does not exist is said with file, procedure and name."""
    library = _changed(tmp_path, change)
    assert lint_procedures(library) == [f"procedures/nm-2024.yaml：程序“nm-2024/cultivation”：{said}"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda entry: _paper(entry, copys=3), "不认识的键：copys（拼写有误？）"),
        (lambda entry: entry.update(papers=[]), "缺少键：note"),
    ],
)
def test_a_misspelt_key(change: Change, said: str, tmp_path: Path) -> None:
    """This test ensures that such a file is refused, and one that asks for nothing and does not say why."""
    _write(tmp_path, change)
    with pytest.raises(FormPackageError) as refused:
        _ = Library(tmp_path).procedures
    assert any(error.startswith("procedures/nm-2024.yaml") and said in error for error in refused.value.errors)


def test_a_file_of_no_edition(copied: Path) -> None:
    """This test ensures that a file is called like its edition."""
    write(copied / "schemas/procedures/nm-2025.yaml", _content(lambda entry: None))
    assert lint_procedures(Library(copied)) == [
        "procedures/nm-2025.yaml：没有编号为“nm-2025”的版本，文件应与版本同名"
    ] * len(SEVEN)


class _Changed(Library):
    """The shipped forms with procedures of a test's own."""

    def __init__(self, folder: Path) -> None:
        self.__dict__.update(LIBRARY.__dict__)
        self.__dict__["procedures"] = Library(folder).procedures


def _changed(folder: Path, change: Change) -> Library:
    shutil.copytree(ROOT / "schemas/facts", folder / "schemas/facts")
    _write(folder, change)
    return _Changed(folder)


def _write(folder: Path, change: Change) -> None:
    write(folder / FILE, _content(change))


def _content(change: Change) -> Any:
    content = yaml.safe_load((ROOT / FILE).read_text("utf-8"))
    change(content["procedures"][0])
    return content
