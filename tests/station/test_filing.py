"""An applicant's filing over HTTP: begun, answered, filled in, gone back on, downloaded."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.testclient import TestClient

from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.tree import values
from greenforms.report import json_text
from greenforms.station.etag import tag_of
from greenforms.station.filing.desk import Desk, desk_as_seen, desk_of
from greenforms.station.filing.drawing import drawing_of
from greenforms.station.filing.earlier import carry
from greenforms.station.filing.entry import Content
from greenforms.station.filing.filings import Filings, Held
from greenforms.station.filing.typed import Typed
from greenforms.station.refused import Refused
from greenforms.station.workplace import Workplace, open_workplace
from papers import example
from shipped import load_form, read_paper
from station.inputs import inputs_of

REASSESSMENT = "nm-2024/reassessment|绿色工厂"
APPLICATION, REPORT = "reassessment_application", "reassessment_report"


@pytest.fixture
def filing(browser: TestClient) -> str:
    """The address of a filing that was just begun."""
    answer = browser.post("/filing", data={"procedure": REASSESSMENT, "unit": "甲公司"}, follow_redirects=False)
    assert answer.status_code == 303
    return answer.headers["location"]


def _filled(workplace: Workplace, filing: str) -> None:
    """The filing with both shipped examples in it."""
    filings, number = Filings(workplace), int(filing.rpartition("/")[2])
    for key in (APPLICATION, REPORT):
        desk = desk_of(filings, number)
        data = example(key.replace("_", "-"))
        desk.change(desk.typed(key, Typed(data, reasons=_reasons(desk.paper(key)[1], data))), "填写")


def _reasons(form: Form, data: Any) -> dict[str, str]:
    return {each.pointer: "没有" for each in values(form.root, data) if each.present and each.value is None}


def test_what_can_be_applied_for_has_papers_copies_and_days_left(browser: TestClient) -> None:
    told = browser.get("/filing", params={"edition": "nm-2024"}).text
    assert "绿色工厂" in told
    assert "份" in told
    assert re.search(r"还有\d+天", told)
    assert browser.get("/filing", params={"edition": "no-such"}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"procedure": REASSESSMENT, "unit": " "}, 422),
        ({"unit": "甲"}, 422),
        ({"procedure": "nm-2024/no|绿色工厂", "unit": "甲"}, 422),
        ({"procedure": "nm-2024/reassessment|没有", "unit": "甲"}, 422),
        ({"procedure": REASSESSMENT, "unit": "甲", "since": "昨天"}, 422),
    ],
)
def test_a_filing_that_cannot_be_begun_is_refused(browser: TestClient, sent: dict[str, str], status: int) -> None:
    assert browser.post("/filing", data=sent).status_code == status


def test_answers_are_kept_with_who_and_when_and_decide(browser: TestClient, workplace: Workplace) -> None:
    begun = {"procedure": "nm-2024/application|绿色工厂", "unit": "甲"}
    filing = browser.post("/filing", data=begun, follow_redirects=False).headers["location"]
    page = browser.get(f"{filing}/eligibility").text
    assert "还不能说" in page
    assert "第十二条第（一）项" in page
    told = browser.post(
        f"{filing}/eligibility", data={"answer:nm-2024/eligible-legal": "否", "answer:no/such": "是"}
    ).text
    assert "结论：<strong>不能报</strong>" in told
    assert workplace.who in told
    browser.post(f"{filing}/eligibility", data={"answer:nm-2024/eligible-legal": "是"})
    kept = Filings(workplace)
    assert kept.answers(1)["nm-2024/eligible-legal"].answer == "是"
    assert "no/such" not in kept.answers(1)
    assert "结论：<strong>不能报</strong>" not in browser.get(f"{filing}/eligibility").text


def _tag(number: int) -> str:
    """The tag of a version of the only filing."""
    return tag_of("filing", 1, number)


def _version(page: str) -> str:
    (found,) = re.findall(r'id="version" name="version" value="([^"]+)"', page)
    return unescape(str(found))


def test_a_fact_that_two_papers_print_is_typed_once(browser: TestClient, filing: str) -> None:
    first = f"{filing}/papers/{APPLICATION}"
    version = _version(browser.get(first).text)
    told = browser.post(first, data={"version": version, "/name": "乙公司"}).text
    assert 'name="/name" aria-label' in told
    other = browser.get(f"{filing}/papers/{REPORT}").text
    assert "还印在《" in other
    assert re.search(r'name="/unit"[^>]*>\s*乙公司</textarea>', other)
    changed = browser.post(f"{filing}/papers/{REPORT}", data={"version": _version(other), "/unit": "丙公司"})
    assert changed.status_code == 200
    assert "丙公司" in browser.get(first).text


def test_every_change_is_a_version_and_can_be_undone(browser: TestClient, filing: str, workplace: Workplace) -> None:
    paper = f"{filing}/papers/{APPLICATION}"
    for name in ("一", "二", "二"):
        browser.post(paper, data={"version": _version(browser.get(paper).text), "/name": name})
    history = Filings(workplace).history(1)
    assert [each.number for each in history] == [3, 2, 1]
    assert history[0].who == workplace.who
    for left in ("一", ""):
        undone = browser.post(
            f"{filing}/undo", data={"version": _version(browser.get(paper).text), "paper": APPLICATION}
        )
        assert re.search(rf'name="/name"[^>]*>\n{left}</textarea>', undone.text)
    last = browser.post(f"{filing}/undo", data={"version": _version(undone.text)})
    assert last.status_code == 409
    back = browser.post(f"{filing}/versions/3", data={"version": _version(undone.text)})
    assert back.status_code == 200
    assert Filings(workplace).head(1).held.given[APPLICATION] == {"name": "二"}
    assert "回到第3版" in browser.get(f"{filing}/versions").text


def test_two_windows_do_not_overwrite_each_other(browser: TestClient, filing: str) -> None:
    paper = f"{filing}/papers/{APPLICATION}"
    version = _version(browser.get(paper).text)
    assert browser.get(paper).headers["etag"] == version
    assert browser.post(paper, data={"version": version, "/name": "甲"}).status_code == 200
    stale = browser.post(paper, data={"version": version, "/name": "乙"})
    assert stale.status_code == 412
    assert "没有覆盖别处改的" in stale.text
    assert browser.post(paper, data={"/name": "乙"}).status_code == 428
    assert browser.post(paper, data={"/name": "乙"}, headers={"if-match": '"x"'}).status_code == 412
    assert browser.post(paper, data={"/name": "乙"}, headers={"if-match": _tag(2)}).status_code == 200


def test_findings_stand_at_the_field_and_in_the_list(browser: TestClient, filing: str) -> None:
    paper = f"{filing}/papers/{APPLICATION}"
    sent = {"version": _tag(1), "/name": "甲", "/phone": "不是号码"}
    told = browser.post(f"{paper}/check", data=sent)
    assert '<li class="' in told.text
    assert 'data-at="/phone"' in told.text
    assert re.search(r"必须改 [1-9]", told.text)
    assert 'hx-swap-oob="true"' in told.text
    assert told.headers["etag"] == _tag(2)
    page = browser.get(paper).text
    assert re.search(r'id="f:/phone"[^>]*aria-invalid="true"[^>]*aria-describedby="t:/phone"', page)
    assert 'id="t:/phone"' in page


def test_html_in_values_is_text(browser: TestClient, filing: str) -> None:
    paper, evil = f"{filing}/papers/{APPLICATION}", '</textarea><script>alert(1)</script>"><img src=x onerror=1>'
    page = browser.post(paper, data={"version": _tag(1), "/name": evil, "/phone": evil, "/kind": evil}).text
    check = browser.post(f"{paper}/check", data={"version": _tag(2), "/name": evil, "/phone": evil}).text
    assert "alert(1)" in page
    for told in (page, check, browser.get(filing).text, browser.get(f"{filing}/versions").text):
        assert "<script>alert" not in told
        assert "<img src=x" not in told


def test_rows_are_added_and_taken_away_without_a_script(browser: TestClient) -> None:
    begun = {"procedure": "nm-2024/cultivation|绿色工厂", "unit": "甲"}
    filing = browser.post("/filing", data=begun, follow_redirects=False).headers["location"]
    paper = f"{filing}/papers/cultivation_plan"
    rows = {f"/plan/projects/{row}/name": str(row) for row in range(3)}
    more = browser.post(paper, data={"version": _tag(1), **rows, "do": "add:/plan/projects"}).text
    assert re.search(r'name="/plan/projects/3/name"[^>]* autofocus', more)
    less = browser.post(paper, data={"version": _tag(2), **rows, "do": "remove:/plan/projects/1"}).text
    assert [re.findall(rf'name="/plan/projects/{row}/name"[^>]*>\n(.*?)</textarea>', less) for row in range(3)] == [
        ["0"],
        ["2"],
        [],
    ]
    block = {
        "version": _tag(3),
        **rows,
        "do": "paste",
        "paste": "a\tb\nc\td",
        "paste-at": "/plan/projects/2/name",
    }
    laid = browser.post(paper, data=block).text
    assert re.search(r'name="/plan/projects/3/content"[^>]*>\nd</textarea>', laid)


def test_what_is_typed_is_the_paper_that_is_downloaded(
    browser: TestClient, filing: str, workplace: Workplace, tmp_path: Path
) -> None:
    paper = f"{filing}/papers/{APPLICATION}"
    form, data = load_form("nm-2024/reassessment-application"), example("reassessment-application")
    filings = Filings(workplace)
    inputs = inputs_of(drawing_of(form, Content(data)))
    assert browser.post(paper, data={"version": _tag(1), **inputs}).status_code == 200
    answer = browser.get(f"{paper}/file")
    target = tmp_path / "表.docx"
    target.write_bytes(answer.content)
    assert read_paper(target).data == data == filings.head(1).held.given[APPLICATION]


def test_what_must_be_put_right_keeps_a_paper_and_a_pack_from_being_built(
    browser: TestClient, filing: str, workplace: Workplace
) -> None:
    browser.post(f"{filing}/papers/{APPLICATION}", data={"version": _tag(1), "/name": "甲"})
    for address in (f"{filing}/papers/{APPLICATION}/file", f"{filing}/pack.zip"):
        assert browser.get(address).status_code == 409
        draft = browser.get(address, params={"draft": True})
        assert draft.status_code == 200
        assert "%E8%8D%89%E7%A8%BF" in draft.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(browser.get(f"{filing}/pack.zip?draft=true").content)) as pack:
        names = pack.namelist()
        (paper,) = (name for name in names if name.endswith(".docx"))
        with zipfile.ZipFile(io.BytesIO(pack.read(paper))) as word:
            assert any("草稿，不得报送" in word.read(name).decode("utf-8", "replace") for name in word.namelist())
    assert "打印清单和附件目录.xlsx" in names or any(name.endswith(".xlsx") for name in names)


def test_a_whole_pack_holds_the_evidence_too(browser: TestClient, filing: str, workplace: Workplace) -> None:
    _filled(workplace, filing)
    sent = browser.post(f"{filing}/enclosures", files=[("files", ("../营业 执照.PDF", b"%PDF-1.4", "application/pdf"))])
    assert "营业 执照.PDF" in sent.text
    with zipfile.ZipFile(io.BytesIO(browser.get(f"{filing}/pack.zip?draft=1").content)) as pack:
        assert "附件/附件1 营业 执照.pdf" in pack.namelist()
    (number,) = re.findall(r"/enclosures/(\d+)/remove", sent.text)
    assert "营业 执照" not in browser.post(f"{filing}/enclosures/{number}/remove").text
    assert browser.post(f"{filing}/enclosures/{number}/remove").status_code == 404
    assert browser.post(f"{filing}/enclosures", data={"title": "没有这项"}).status_code == 422
    assert browser.post(f"{filing}/enclosures", data={"title": ""}).status_code == 422


def test_a_picture_is_put_in_and_printed(browser: TestClient) -> None:
    begun = {"procedure": "he-2024/application|绿色工厂", "unit": "甲"}
    filing = browser.post("/filing", data=begun, follow_redirects=False).headers["location"]
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(picture, "PNG")
    sent = [("files", ("../车间<b>.png", picture.getvalue(), "image/png"))]
    assert "车间&lt;b&gt;.png" in browser.post(f"{filing}/enclosures", data={"kind": "picture"}, files=sent).text
    paper = f"{filing}/papers/typical_experience"
    page = browser.get(paper).text
    assert '<option value="1.png">' in page
    assert re.search(r'data-most="\d+"><span class="counted">0</span> 字（', page)
    assert "表上没有印的栏目" in page
    place = "/highlights/0/pictures/0"
    typed = {"/subject": "企业", f"{place}/file": "1.png", f"{place}/caption": "车间", "/highlights/0/body": "文"}
    answer = browser.post(paper, data={"version": _tag(1), **typed, "do": "add:/highlights/0/pictures"})
    assert f'name="{place[:-1]}1/file"' in answer.text
    with zipfile.ZipFile(io.BytesIO(browser.get(f"{paper}/file", params={"draft": True}).content)) as word:
        assert any(word.read(name) == picture.getvalue() for name in word.namelist() if "media" in name)


def test_old_papers_that_did_not_come_are_asked_for(browser: TestClient, filing: str) -> None:
    answer = browser.post(f"{filing}/earlier")
    assert (answer.status_code, "没有收到文件" in answer.text) == (422, True)


def test_what_was_carried_says_where_it_is_from(browser: TestClient, filing: str, workplace: Workplace) -> None:
    filings = Filings(workplace)
    filings.change(1, _tag(1), Held({APPLICATION: {"name": "甲", "contact": "李"}}, {}, {}), "带入")
    filings.note_sources(
        1, {f"/{APPLICATION}/name": ("甲", "“旧表.docx”"), f"/{APPLICATION}/contact": ("王", "“旧表”")}
    )
    told = browser.get(f"{filing}/papers/{APPLICATION}").text
    assert "带自“旧表.docx”" in told.replace("&#34;", '"')
    assert "原带自“旧表”，已改" in told
    assert "带自“旧表.docx”" in browser.get(f"{filing}/papers/{REPORT}").text


def test_earlier_papers_fill_what_is_empty_and_say_what_they_do_not(
    browser: TestClient, filing: str, workplace: Workplace, tmp_path: Path
) -> None:
    """The results of reading lie as a batch writes them."""
    data = example("reassessment-application")
    target = tmp_path / "逐份" / "旧表.docx.json"
    target.parent.mkdir()
    reading = {"file": "旧表.docx", "form": "nm-2024/reassessment-application", "form_confidence": 1.0, "data": data}
    target.write_text(json_text({**reading, "fields": [], "missing": [], "findings": []}), "utf-8")
    filings = Filings(workplace)
    unit = filings.begin("nm-2024/reassessment", "绿色工厂", data["name"], None)
    before = filings.change(unit.id, filings.head(unit.id).tag, Held({APPLICATION: {"contact": "李工"}}, {}, {}), "填")
    desk, count, left = carry(desk_as_seen(filings, unit.id, before.tag), tmp_path)
    given = desk.version.held.given[APPLICATION]
    assert given["name"] == data["name"]
    assert given["contact"] == "李工"
    assert count == len(filings.sources(unit.id)) > 0
    assert left
    assert "带自“旧表.docx”" in unescape(browser.get(f"/filing/{unit.id}/papers/{APPLICATION}").text)
    with pytest.raises(Refused):
        carry(desk_as_seen(filings, unit.id, before.tag), tmp_path)


def test_the_preview_is_the_printed_page_made_once(
    browser: TestClient, filing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def printed(desk: Desk, key: str, kind: str, *, draft: bool) -> bytes:
        made.append(kind)
        target = io.BytesIO()
        Image.new("RGB", (60, 80), "white").save(target, "PDF")
        return target.getvalue()

    monkeypatch.setattr("greenforms.station.filing.printed.paper_file", printed)
    paper = f"{filing}/papers/{APPLICATION}"
    assert 'alt="第 1 页，共 1 页"' in browser.get(f"{paper}/preview").text
    assert browser.get(f"{paper}/preview/1.png").content.startswith(b"\x89PNG")
    assert browser.get(f"{paper}/preview/2.png").status_code == 404
    assert made == ["pdf"]


def test_an_empty_paper_is_not_printed(browser: TestClient, filing: str) -> None:
    answer = browser.get(f"{filing}/papers/{APPLICATION}/file", params={"draft": True})
    assert (answer.status_code, "还是空的" in answer.text) == (409, True)
    assert browser.get(f"{filing}/papers/{APPLICATION}/file", params={"kind": "exe"}).status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "/filing/7",
        "/filing/1/papers/no",
        "/filing/1/papers/no/preview",
        "/filing/1/earlier/no",
        "/filing/1/papers/no/file",
    ],
)
def test_what_there_is_not_is_said(browser: TestClient, filing: str, address: str) -> None:
    assert browser.get(address).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"/unit=%FF%FE", 200),
        (b"/unit=%00a%01", 200),
        (b"/unit=%ED%A0%80", 200),
        (b"/plan/projects/" + b"1/" * 2000 + b"name=x", 200),
        (b"/enterprise/products/0/water=" + b"9" * 5000, 422),
        (b"do=add:/no&/plan/projects/%D9%A1/name=x", 200),
        (b"do=remove:", 200),
        (b"do=paste&paste=%22a%09b&paste-at=", 200),
        (b"&".join(b"/plan/projects/%d/name=x" % row for row in range(1010)), 200),
        (b"null:/unit=1&why:/unit=x&empty:/plan/projects=1", 200),
    ],
    ids=range(10),
)
def test_forms_made_by_hand_break_nothing(browser: TestClient, workplace: Workplace, body: bytes, status: int) -> None:
    begun = {"procedure": "nm-2024/cultivation|绿色工厂", "unit": "甲"}
    paper = browser.post("/filing", data=begun, follow_redirects=False).headers["location"] + "/papers/cultivation_plan"
    kind = {"content-type": "application/x-www-form-urlencoded", "if-match": _tag(1)}
    assert browser.post(f"{paper}/check", content=body, headers=kind).status_code == status
    kind["if-match"] = Filings(workplace).head(1).tag
    assert browser.post(paper, content=body, headers=kind, follow_redirects=False).status_code in (303, 422)
    assert not list(workplace.folder.glob("出错*"))


@pytest.mark.parametrize("more", ["/plan/projects:9999", "/unit:3", "x", "<script>:3"])
def test_rows_to_spare_are_few(browser: TestClient, more: str) -> None:
    begun = {"procedure": "nm-2024/cultivation|绿色工厂", "unit": "甲"}
    paper = browser.post("/filing", data=begun, follow_redirects=False).headers["location"] + "/papers/cultivation_plan"
    page = browser.get(paper, params={"more": more, "focus": more, "left": more}).text
    assert page.count('/name" name="/plan/projects/') <= 50
    assert "<script>:3" not in page


def test_a_filing_is_there_when_the_server_starts_again(
    browser: TestClient, filing: str, workplace: Workplace, library: Library
) -> None:
    browser.post(f"{filing}/papers/{APPLICATION}", data={"version": _tag(1), "/name": "甲公司"})
    again = open_workplace(workplace.folder, library)
    assert Filings(again).head(1).held.given == {APPLICATION: {"name": "甲公司"}}
    again.records.close()
