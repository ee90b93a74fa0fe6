"""carry on the command line: where the result goes, what is said beside it, and what is refused."""

from __future__ import annotations

from pathlib import Path

from console import DATA, PLAN, call, listing

UPDATE = "cn-2024/annual-update-factory"


def test_to_workbook_and_back(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a paper becomes a workbook of the new form, which validate takes."""
    out = tmp_path / "新.xlsx"
    said = call("carry", papers / "plan.docx", "--to", UPDATE, "-o", out, "--as-of", "2026-05-01")
    assert said.code == 0
    assert "从 1 份材料带入" in said.err
    assert "缺少必填项" in call("validate", UPDATE, out).text


def test_to_standard_output(tmp_path: Path) -> None:
    """This test ensures that data go to standard output and talk to the other stream."""
    said = call("carry", DATA[PLAN], "--form", PLAN, "--to", UPDATE, "-o", "-", "--as-of", "2026-05-01")
    assert said.code == 0
    assert said.json["form"] == UPDATE
    assert said.json["fields"][0]["carried"]["document"].endswith(".json")


def test_result_is_data(tmp_path: Path) -> None:
    """This test ensures that what was carried can be validated and printed as it is."""
    out = tmp_path / "新.json"
    assert call("carry", DATA[PLAN], "--form", PLAN, "--to", UPDATE, "-o", out, "--as-of", "2026-05-01").code == 0
    assert call("render", UPDATE, out, "-o", tmp_path / "新.docx").code == 1
    assert (tmp_path / "新.docx").exists()


def test_bad_files_beside_good_ones(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a file that cannot be read is told, and costs no other."""
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    out = tmp_path / "新.json"
    said = call("carry", papers / "plan.docx", tmp_path / "坏.docx", "--to", UPDATE, "-o", out, "--as-of", "2026-05-01")
    assert said.code == 3
    assert "坏.docx" in said.err
    assert out.exists()


def test_what_is_refused(papers: Path, tmp_path: Path) -> None:
    """This test ensures that nothing is written where nothing can be carried or the target is in the way."""
    out = tmp_path / "新.json"
    call("carry", DATA[PLAN], "--to", UPDATE, "-o", out).refused(2, "--form")
    call("carry", papers / "plan.docx", "--to", UPDATE, "-o", tmp_path / "新.docx").refused(2, "不输出 docx")
    said = call("carry", papers / "plan.docx", "--to", "he-2024/recommendation-summary", "-o", out)
    said.refused(3, "没有一处可以带入")
    assert "这张名单写的是多个单位" in said.err
    assert listing(tmp_path) == []
