"""The form-author guide: the package it describes is built, checked, printed and read back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from sessions import ROOT

from greenforms.record import parse_json
from templates import word_template

GUIDE = (ROOT / "docs" / "form-author-guide.md").read_text("utf-8")


def _block(language: str, after: str) -> str:
    """The first block of a language behind a text of the guide."""
    found = re.search(rf"^```{language}\n(.*?)^```$", GUIDE[GUIDE.index(after) :], re.MULTILINE | re.DOTALL)
    assert found is not None, after
    return found[1]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the guide's example and nothing else, to be laid over the shipped one."""
    root = tmp_path_factory.mktemp("packages")
    for file, language in (
        ("schemas/editions/xx-2025.yaml", "yaml"),
        ("schemas/rules/xx-2025.yaml", "yaml"),
        ("schemas/layouts/annual-brief.schema.json", "json"),
    ):
        (root / file).parent.mkdir(parents=True)
        (root / file).write_text(_block(language, f"`{file}`:"), "utf-8")
    (root / "templates").mkdir()
    template = _block("template", "`templates/annual-brief.docx`")
    word_template(template.splitlines(), root / "templates/annual-brief.docx")
    (root / "brief.json").write_text(_block("json", "with `brief.json`:"), "utf-8")
    return root


def _texts(path: Path) -> list[str]:
    """The paragraphs of a paper, those inside content controls as well."""
    document: Any = Document(str(path))
    paragraphs = document.element.iter(qn("w:p"))
    return ["".join(node.text or "" for node in paragraph.iter(qn("w:t"))) for paragraph in paragraphs]


def _run(packages: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program with the folder laid over the shipped one."""
    return subprocess.run(
        [sys.executable, "-c", "from greenforms.cli import main; main()", *arguments],
        cwd=packages,
        env={**os.environ, "GREENFORMS_PACKAGES": str(packages), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_example_passes_the_package_check(packages: Path) -> None:
    """`forms check` finds nothing to say about what the guide tells an author to write."""
    checked = _run(packages, "forms", "check")
    assert checked.stderr == ""
    assert checked.stdout in _block("text", "Check the package")


def test_the_example_is_filled_and_read_back(packages: Path) -> None:
    """the guide's data go onto the paper and come back as they were, with the record and without."""
    rendered = _run(packages, "render", "annual-brief", "brief.json", "-o", "brief.docx", "--force")
    assert rendered.returncode == 0
    assert "已生成“brief.docx”" in rendered.stderr
    expected = parse_json((packages / "brief.json").read_text("utf-8"))
    assert parse_json(_run(packages, "extract", "brief.docx", "--json").stdout)["data"] == expected
    texts = _texts(packages / "brief.docx")
    assert texts[0] == "绿色工厂年度简报"
    assert "（样表）" not in texts


def test_the_example_blank_prints_its_hints(packages: Path) -> None:
    """the empty form shows what only the blank prints, and as many rows as the schema asks for."""
    assert _run(packages, "blank", "annual-brief", "-o", "blank.docx", "--force").returncode == 0
    assert {"（样表）", "（简述节能措施）"} <= set(_texts(packages / "blank.docx"))
    blank: Any = Document(str(packages / "blank.docx"))
    assert len(list(blank.element.iter(qn("w:tr")))) == 3 + 1 + 3


def test_the_example_rules_are_applied(packages: Path) -> None:
    """a late date and a wrong total are found by the rules of the example."""
    late = (packages / "brief.json").read_text("utf-8").replace("2025-03-18", "2025-04-01").replace("1593.5", "1600.5")
    (packages / "late.json").write_text(late, "utf-8")
    found = parse_json(
        _run(packages, "validate", "annual-brief", "late.json", "--as-of", "2025-12-31", "--json").stdout
    )["findings"]
    assert {finding["rule"] for finding in found} == {"xx-2025/brief-deadline", "xx-2025/brief-sum"}


def test_a_shipped_layout_is_printed_under_the_title_of_the_example(packages: Path) -> None:
    """the second form of the example is listed by its own title and takes the data of the shipped layout."""
    assert "xx-2025/candidates  《某省绿色工厂培育名单》" in _run(packages, "forms").stdout
    roster = str(ROOT / "examples" / "cultivation-roster.json")
    assert parse_json(_run(packages, "validate", "candidates", roster, "--json").stdout)["findings"] == []


def test_a_folder_without_packages_is_refused(packages: Path) -> None:
    """a wrong folder is named, not taken for one without forms."""
    answer = _run(packages / "templates", "forms")
    assert (answer.returncode, "GREENFORMS_PACKAGES" in answer.stderr) == (2, True)
