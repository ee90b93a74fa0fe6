"""validate --mark: the marked file, what is said of it, and what is refused before anything is read."""

from __future__ import annotations

import shutil
from pathlib import Path

from console import DATA, PLAN, ROOT, ROSTER, call, listing

SCANS = ROOT / "tests" / "scans" / "sample"


def test_a_paper_is_marked_beside_its_findings(papers: Path, tmp_path: Path) -> None:
    """This test ensures that findings and exit code are those without --mark, and the sender's file stays as it is."""
    sent = tmp_path / "plan.docx"
    shutil.copy(papers / "plan.docx", sent)
    before = sent.read_bytes()
    plain = call("validate", PLAN, sent, "--as-of", "2026-03-01", "--json")
    said = call("validate", PLAN, sent, "--as-of", "2026-03-01", "--json", "--mark", tmp_path / "退回.docx")
    assert (said.code, said.json) == (plain.code, plain.json)
    assert "标注后的文件已写入" in said.err
    assert sent.read_bytes() == before
    assert listing(tmp_path) == ["plan.docx", "退回.docx"]
    again = call("validate", PLAN, tmp_path / "退回.docx", "--as-of", "2026-03-01", "--json")
    assert again.text.replace("退回.docx", "plan.docx") == plain.text


def test_a_scan_is_marked(tmp_path: Path) -> None:
    """This test ensures that a picture comes back as a PDF, which is no paper."""
    out = tmp_path / "退回.pdf"
    assert call("validate", ROSTER, SCANS / "roster-blank.png", "--mark", out).code == 1
    call("validate", ROSTER, out).refused(3, "标注后的图")


def test_what_is_refused(papers: Path, tmp_path: Path) -> None:
    """This test ensures that nothing is written for data, old formats, other kinds of file or over the sender's own."""
    call("validate", PLAN, DATA[PLAN], "--mark", tmp_path / "a.json").refused(2, "没有纸面可以标注")
    call("validate", PLAN, papers / "plan.docx", "--mark", tmp_path / "a.pdf").refused(2, ".docx 结尾")
    call("validate", PLAN, papers / "plan.docx", "--mark", papers / "plan.docx", "--force").refused(2, "文件本身")
    call("validate", PLAN, papers / "plan.docx", "--mark", tmp_path / "无" / "a.docx").refused(2, "不存在")
    (tmp_path / "旧.rtf").write_text(r"{\rtf1 hello}", "ascii")
    call("validate", PLAN, tmp_path / "旧.rtf", "--mark", tmp_path / "a.docx").refused(2, "旧格式")
    assert listing(tmp_path) == ["旧.rtf"]
