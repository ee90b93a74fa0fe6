"""A paper of ours in which somebody typed past the content controls."""

from __future__ import annotations

import io
from pathlib import Path

import docx

from greenforms.render.paper import render_blank
from shipped import load_form, read_paper


def test_text_beside_an_empty_control(tmp_path: Path) -> None:
    """this test ensures that text beside a control left empty is read, without a word about a disagreement"""
    document = docx.Document(io.BytesIO(render_blank(load_form("he-2024/recommendation-summary"), "docx")))
    line = next(each for each in document.paragraphs if each.text.startswith("推荐单位"))
    line.add_run("保定市工业和信息化局")
    path = tmp_path / "汇总表.docx"
    document.save(str(path))
    result = read_paper(path)
    assert result.data["recommender"] == "保定市工业和信息化局"
    assert [finding.rule for finding in result.findings] == []
