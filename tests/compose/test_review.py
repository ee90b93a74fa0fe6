"""Review within the institution: comments of a Word file, the second signature, the sheet beside a draft."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
import simplejson

from cli.console import EXAMPLES, call, listing
from greenforms_extractors.marks import AUTHOR
from greenforms_extractors.word.comments import Comment, comments_of

FORM = "nm-2022/factory-third-party-evaluation"
DATA = EXAMPLES / "factory-third-party-evaluation.json"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_KIND = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"


def commented(path: Path, *, settled: bool, source: Path | None = None) -> Path:
    """A Word file with a comment of ours, one of a reviewer and an answer to it, which may be settled."""
    document: Any = docx.Document(str(source) if source is not None else None)
    paragraph = document.add_paragraph()
    runs = [paragraph.add_run(text) for text in ("综合能耗", "68700吨标准煤", "。")]
    document.add_comment(runs[0], text="【绿表来源】起草的日期", author=AUTHOR)
    first = document.add_comment(runs[:2], text="请附205-1表。\n另核对折标系数。", author="沈亦安", initials="沈")
    answer = document.add_comment(runs[:2], text="已附。", author="杜清扬", initials="杜")
    for number, comment in ((1, first), (2, answer)):
        comment._comment_elm.xpath("w:p")[-1].set(f"{{{_W14}}}paraId", f"0000000{number}")
    document.save(str(path))
    said = (
        f'<w15:commentsEx xmlns:w15="{_W15}"><w15:commentEx w15:paraId="00000001" w15:done="{settled:d}"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/></w15:commentsEx>'
    )
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    related = f'<Relationship Id="rIdExtended" Type="{_KIND}" Target="commentsExtended.xml"/></Relationships>'.encode()
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", related)
    parts["word/commentsExtended.xml"] = said.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return path


@pytest.mark.parametrize("settled", [False, True])
def test_comments(tmp_path: Path, *, settled: bool) -> None:
    """This test ensures that comments of people are read, and an answer is settled with its question."""
    first, answer = comments_of(commented(tmp_path / "a.docx", settled=settled))
    assert (first.author, first.text) == ("沈亦安", "请附205-1表。\n另核对折标系数。")
    assert (first.quoted, len(first.day)) == ("综合能耗68700吨标准煤", 10)
    assert answer == Comment("杜清扬", first.day, "已附。", "综合能耗68700吨标准煤", settled)
    assert first.settled is settled


def test_no_comments(tmp_path: Path) -> None:
    """This test ensures that a document without comments has none."""
    docx.Document().save(str(tmp_path / "a.docx"))
    assert comments_of(tmp_path / "a.docx") == ()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole third-party report in Word."""
    path = tmp_path_factory.mktemp("报告") / "初稿.docx"
    assert call("render", FORM, DATA, "-o", path).code == 0
    return path


def test_open_comments_stop_a_final_report(report: Path, tmp_path: Path) -> None:
    """This test ensures that a comment nobody settled is listed and stops the final report."""
    path = commented(tmp_path / "初稿.docx", settled=False, source=report)
    said = call("draft", FORM, "--from", path, "-o", tmp_path / "定稿.docx", "--as-of", "2022-06-20", "--final")
    assert said.code == 1
    assert "审阅意见 2 条，其中没有解决的 2 条：" in said.err
    assert "】沈亦安（" in said.err
    assert "）：对“综合能耗68700吨标准煤”：请附205-1表。 另核对折标系数。\n" in said.err
    assert "还有 2 条审阅意见没有解决。" in said.err
    assert listing(tmp_path) == ["初稿.docx"]


def test_a_final_report_and_its_sheet(report: Path, tmp_path: Path) -> None:
    """This test ensures that a settled draft becomes a report without comments, with the sheet of its review beside."""
    path = commented(tmp_path / "初稿.docx", settled=True, source=report)
    said = call("draft", FORM, "--from", path, "-o", tmp_path / "定稿.docx", "--as-of", "2022-06-20", "--final")
    assert said.code == 0, said.err
    assert listing(tmp_path) == ["初稿.docx", "定稿-审阅单.docx", "定稿.docx", "定稿.json"]
    final: Any = docx.Document(str(tmp_path / "定稿.docx"))
    assert [comment.text for comment in final.comments] == []
    sheet: Any = docx.Document(io.BytesIO((tmp_path / "定稿-审阅单.docx").read_bytes()))
    comments, changes, signatures = (
        [[cell.text for cell in row.cells] for row in table.rows] for table in sheet.tables
    )
    assert [row[1:2] + row[4:] for row in comments[1:]] == [
        ["沈亦安", "请附205-1表。\n另核对折标系数。", "已解决"],
        ["杜清扬", "已附。", "已解决"],
    ]
    assert [row[1:5] for row in changes[1:]] == [["改", "封面“编制日期”", "2022年6月10日", "2022年6月20日"]]
    assert [row[0] for row in signatures[1:]] == ["编制", "校核", "审定"]


def test_the_second_signature(tmp_path: Path) -> None:
    """This test ensures that nobody checks a report of one's own."""
    data = simplejson.loads(DATA.read_text("utf-8"), use_decimal=True)
    data["evaluator"]["reviewer"] = "杜 清扬"
    (tmp_path / "初稿.json").write_text(simplejson.dumps(data), "utf-8")
    words = ("draft", FORM, "--from", tmp_path / "初稿.json", "-o", tmp_path / "定稿.docx", "--as-of", "2022-06-20")
    said = call(*words, "--final")
    assert said.code == 1
    assert "“报告编制负责人”和“报告审核人”都是“杜 清扬”，没有第二个人审核。" in said.err
    assert call(*words).code == 0


def test_what_is_no_earlier_draft(report: Path, tmp_path: Path) -> None:
    """This test ensures that an earlier draft of another form, a folder, nothing at all and taken files are refused."""
    out = tmp_path / "新稿.docx"
    call("draft", FORM, "-o", out).refused(2, "没有写从哪些材料起草", "--from")
    call("draft", FORM, "--from", tmp_path, "-o", out).refused(2, "是目录")
    call("draft", "nm-2024/factory-evaluation-report", "--from", report, "-o", out).refused(2, "请换成同一种表的")
    (tmp_path / "新稿-审阅单.docx").write_bytes(b"")
    call("draft", FORM, "--from", report, "-o", out).refused(2, "审阅单.docx”已经存在")
