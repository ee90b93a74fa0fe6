"""Taking material in: uploaded by hand or as an archive, read by a job, its progress told, what failed told, too."""

from __future__ import annotations

import io
import re
import time
import zipfile

import pytest
from starlette.testclient import TestClient

from greenforms.station.review.submissions import papers_of
from greenforms.station.work.jobs import Jobs
from greenforms.station.workplace import Workplace
from station.reviewing import ID, Reviewed, contradicting, hand_in


def _zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def _handed_in(browser: TestClient, files: dict[str, bytes]) -> str:
    given = [("files", (name, content)) for name, content in files.items()]
    answer = browser.post("/review", files=given, data={"name": "第一批"}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def _read(browser: TestClient, address: str) -> str:
    """The page when all is read."""
    until = time.monotonic() + 60
    while "hx-refresh" not in browser.get(f"{address}/progress").headers:
        assert time.monotonic() < until
        time.sleep(0.05)
    return browser.get(address).text


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are lined up and not begun."""
    monkeypatch.setattr(Jobs, "_work", lambda _: None)


@pytest.mark.usefixtures("idle")
def test_files_folders_and_archives_are_taken_in(browser: TestClient, workplace: Workplace) -> None:
    archive = _zipped({"乙/名单.docx": b"1", "乙/说明.txt": b"2", "../../外面.docx": b"3", "乙/Thumbs.db": b"x"})
    files = {
        "甲/名单.docx": b"4",
        "甲/~$名单.docx": b"x",
        "甲\\..\\..\\坏.docx": b"5",
        "甲/名单.DOCX": b"6",
        "乙.zip": archive,
    }
    address = _handed_in(browser, files)
    page = browser.get(address).text
    assert 'hx-get="/review/' in page
    assert "<progress" in page
    papers = papers_of(workplace, address.rpartition("/")[2])
    assert {each.name: each.path.read_bytes() for each in papers} == {
        "甲/名单.docx": b"4",
        "甲/坏.docx": b"5",
        "甲/名单（2）.DOCX": b"6",
        "乙.zip/乙/名单.docx": b"1",
        "乙.zip/乙/说明.txt": b"2",
        "乙.zip/外面.docx": b"3",
    }
    assert "hx-refresh" not in browser.get(f"{address}/progress").headers
    assert browser.post(f"{address}/cancel", follow_redirects=False).status_code == 303
    assert "读取被取消了" in browser.get(address).text
    assert not any(each.message for each in papers_of(workplace, address.rpartition("/")[2]))


def test_reading_again_keeps_what_people_said(browser: TestClient, workplace: Workplace) -> None:
    ((_, (content, reading)),) = contradicting().items()
    pointer = "/rows/0/level"
    misread = next(each for each in reading["fields"] if each["path"] == pointer)
    misread["value"] = reading["data"]["rows"][0]["level"] = "国家级"
    unread = {"form": None, "message": "以前没有读成"}
    hand_in(workplace, {"名单.docx": (content, reading), "坏.docx": (b"no paper", unread)})
    paper, address = Reviewed(browser), f"/review/{ID}"
    assert paper.ask("change", "/rows/0/type", "绿色园区").status_code == 200
    assert paper.ask("confirm", pointer).status_code == 200
    assert browser.post(f"{address}/again", follow_redirects=False).status_code == 303
    page = _read(browser, address)
    changed, confirmed = paper.field("/rows/0/type"), paper.field(pointer)
    assert (changed["state"], changed["text"], changed["read"]) == ("changed", "绿色园区", "绿色工厂")
    assert (confirmed["read"], confirmed["moved"], confirmed["open"]) == ("自治区级", True, True)
    assert "以前没有读成" not in page
    assert "坏.docx" in page


def test_an_archive_that_cannot_be_opened_is_told(browser: TestClient) -> None:
    address = _handed_in(browser, {"坏.zip": b"PK\x03\x04 nothing"})
    assert "压缩包已损坏" in browser.get(address).text
    assert browser.get(f"{address}/progress").headers["hx-refresh"] == "true"


@pytest.mark.parametrize("files", [{}, {"Thumbs.db": b"x"}])
def test_nothing_is_nothing(browser: TestClient, files: dict[str, bytes]) -> None:
    given = [("files", (name, content)) for name, content in files.items()]
    answer = browser.post("/review", files=given or None, data={"name": "空"})
    assert answer.status_code == 422
    assert re.search("没有收到文件", answer.text)
    assert "空" not in browser.get("/review").text.partition("收到的材料")[2]
