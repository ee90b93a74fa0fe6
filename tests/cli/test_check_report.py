"""`check --report`: one page that works by itself, and a workbook."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from console import EXAMPLES, PLAN, call
from openpyxl import load_workbook
from PIL import Image

from greenforms.finding import Finding, Place, Severity
from greenforms.pack.examined import Examined, Terms, examined, handed_in
from greenforms.reporting.page import page_of
from greenforms_extractors.model import PageOrigin
from shipped import LIBRARY

DAY = ("--as-of", "2026-04-10")
HOSTILE = '<script>alert(1)</script> & "x" \' XXX'


class Page(HTMLParser):
    """What a page is made of: its elements with their attributes, and its text."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, name: str) -> list[str]:
        """The values of an attribute wherever it stands."""
        return [str(attributes[name]) for _, attributes in self.elements if name in attributes]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plan that has faults and text that would be markup."""
    monkeypatch.chdir(tmp_path)
    data = json.loads((EXAMPLES / "cultivation-plan-factory.json").read_text("utf-8"))
    data["contact"]["phone"], data["plan"]["approach"] = "0472-51", HOSTILE
    (tmp_path / "方案.json").write_text(json.dumps(data), "utf-8")
    (tmp_path / "材料").mkdir()
    call("render", PLAN, "方案.json", "-o", "材料/方案 <b>&.docx")
    return tmp_path


def stands_alone(page: Page) -> None:
    """Nothing is fetched and nothing runs, and every link leads to a place of the page."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert policy in page.all("content")
    assert {tag for tag, _ in page.elements} & {"script", "link", "iframe", "object", "form", "b"} == set()
    assert [each for each in page.all("src") if not each.startswith("data:image/jpeg;base64,")] == []
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert {each.removeprefix("#") for each in page.all("href")} <= {*page.all("id")}
    assert "url(" not in page.text


def test_a_page_by_itself() -> None:
    """the register, each finding at its fact, and files that could not be read; values stand as they are."""
    (Path("材料") / "坏.pdf").write_bytes(b"%PDF-1.7 cut off")
    words = ("check", "材料", "--procedure", "nm-2024/cultivation", *DAY, "--report", "报告.html")
    said = call(*words)
    assert said.code == 3, said.err
    assert "核对报告已写入“报告.html”。" in said.err
    content = Path("报告.html").read_bytes()
    page = Page(content)
    stands_alone(page)
    findings = call(*words[:-2], "--json").json["findings"]
    assert [each for each in page.all("id") if each.startswith("q")] == [f"q{n}" for n, _ in enumerate(findings, 1)]
    assert all(" ".join(each["message"].split()) in " ".join(page.text.split()) for each in findings)
    assert HOSTILE in page.text
    assert "绿色制造体系示范单位培育入库" in page.text
    assert "方案 <b>&.docx" in page.text
    assert "坏.pdf" in page.text
    call(*words).refused(2, "已经存在，没有覆盖它")
    assert call(*words, "--force").code == 3
    assert Path("报告.html").read_bytes() == content


def test_a_workbook() -> None:
    """a line for each finding, with its place and what stands there."""
    call("check", "材料", *DAY, "--report", "报告.xlsx")
    rows = [[str(each) for each in row] for row in load_workbook("报告.xlsx").active.values]
    phone = next(row for row in rows if row[-1] == "value/phone")
    assert phone[1:4] == ["应改", "方案 <b>&.docx", "联系人·联系电话"]
    assert phone[4] == "0472-51"
    assert "区号或位数不对" in phone[6]


def test_what_became_of_an_earlier_submission() -> None:
    """the page tells of a resubmission what the screen does."""
    data = json.loads(Path("方案.json").read_text("utf-8"))
    data["contact"]["phone"] = "0472-5178206"
    Path("方案.json").write_text(json.dumps(data), "utf-8")
    call("render", PLAN, "方案.json", "-o", "改过的.docx")
    said = call("check", "改过的.docx", "--against", "材料", *DAY, "--report", "报告.html")
    page = Page(Path("报告.html").read_bytes())
    stands_alone(page)
    told = said.text.partition("与原来的材料比较：")[2].strip().splitlines()
    assert told[-1] == "已改 2 项，未改 1 项；没有要求而改了的 0 处。"
    assert all(line.strip() in page.text for line in told)


def test_a_check_without_findings() -> None:
    """a page of papers that are in order says so."""
    call("render", PLAN, EXAMPLES / "cultivation-plan-factory.json", "-o", "好.docx")
    assert call("check", "好.docx", *DAY, "--report", "报告.html").code == 0
    page = Page(Path("报告.html").read_bytes())
    stands_alone(page)
    assert page.text.count("没有发现问题。") == 3


def test_pages_with_the_places_on_them(here: Path) -> None:
    """a paper that has pages is shown with a box where each finding stands, as it stands upright."""
    place = PageOrigin(1, (60.0, 30.0, 120.0, 60.0), 90)
    found = examined(LIBRARY, handed_in([Path("材料")], ()), Terms(date(2026, 4, 10)), lambda *_: None)
    [paper] = found.report.papers
    findings = [
        Finding(rule, Severity.FIX, "看这里。", (Place(paper.file, "/contact/phone", "电话", "0472-51", place),))
        for rule in ("value/phone", "facts/told")
    ]
    shown = Examined(found.batch, replace(found.report, findings=tuple(findings)), None)
    Image.new("RGB", (400, 600), "white").save("扫描.pdf", "PDF", resolution=144.0)
    page = Page(page_of(shown, None, "两条。", {paper.file: here / "扫描.pdf"}))
    stands_alone(page)
    [source] = page.all("src")
    picture = Image.open(io.BytesIO(base64.b64decode(source.partition(",")[2])))
    assert picture.width > picture.height, "the page was turned"
    assert "left:20.0%;top:14.99%;width:20.0%;height:14.99%" in page.all("style")
    assert "1、2" in page.text


def test_another_kind_is_refused() -> None:
    """a report is a page or a workbook."""
    call("check", "材料", *DAY, "--report", "报告.pdf").refused(2, "核对报告不输出 pdf 格式，可选：html、xlsx")
