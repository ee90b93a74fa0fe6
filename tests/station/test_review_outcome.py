"""What goes out of the review: the register, the 补正通知, decisions and the summary of what was accepted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from greenforms.station.workplace import Workplace
from greenforms_extractors.reading import read
from station.reviewing import ID, SCAN, Reviewed, contradicting, hand_in, scan_reading, truth

UNIT = truth()["enterprise"]["name"]
RULE = {"procedure": "nm-2024/application", "type": "绿色供应链管理企业"}


@pytest.fixture
def scan(browser: TestClient, workplace: Workplace) -> Reviewed:
    hand_in(workplace, {"工作方案.tif": (SCAN.read_bytes(), scan_reading()), **contradicting()})
    return Reviewed(browser)


def _text(tmp_path: Path, content: bytes, kind: str = "docx") -> str:
    file = tmp_path / f"文件.{kind}"
    file.write_bytes(content)
    document = read(file)
    cells = [cell.text for table in document.tables for cell in table.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _decide(scan: Reviewed, verdict: str, reason: str = "", seen: str | None = None) -> int:
    page = scan.client.get(f"/review/{ID}").text
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    tag = seen if seen is not None else found[1].replace("&#34;", '"')
    body = {"verdict": verdict, "reason": reason, "seen": tag}
    return scan.client.post(f"/review/{ID}/decision", data=body, follow_redirects=False).status_code


def test_the_register_tells_what_is_there_and_what_is_missing(scan: Reviewed) -> None:
    cultivated = scan.client.get(f"/review/{ID}/check", params={**RULE, "procedure": "nm-2024/cultivation"}).text
    assert re.search(r'《绿色制造体系示范单位培育创建工作方案》</th>\s*<td class="">齐</td>', cultivated)
    page = scan.client.get(f"/review/{ID}/check", params=RULE).text
    assert f"{UNIT}（绿色供应链管理企业）" in page
    assert 'class="red">缺</td>' in page
    assert "各处不一致" in page


def test_a_correction_changes_what_is_found(scan: Reviewed) -> None:
    scan.ask("change", "/creation_type", "绿色工厂")
    assert "“示范单位类型”各处不一致" not in scan.client.get(f"/review/{ID}/check").text


def test_the_notice_lists_what_must_be_put_right(scan: Reviewed, tmp_path: Path) -> None:
    answer = scan.client.get(f"/review/{ID}/notice.docx", params=RULE)
    text = _text(tmp_path, answer.content)
    assert UNIT in text
    assert "示范单位类型" in text
    assert scan.client.get(f"/review/{ID}/notice.docx").status_code == 422
    assert scan.client.get(f"/review/{ID}/notice.docx", params={"procedure": "nm-2024/nothing"}).status_code == 422


def test_what_was_accepted_is_summed_up(scan: Reviewed, tmp_path: Path) -> None:
    form = {"form": "nm-2024/region-list"}
    assert scan.client.get("/review/summary/file", params=form).status_code == 409
    assert _decide(scan, "accepted") == 303
    assert "/review/summary/file?form=nm-2024/region-list" in scan.client.get("/review/summary").text
    answer = scan.client.get("/review/summary/file", params=form)
    assert UNIT in _text(tmp_path, answer.content)
    assert _decide(scan, "reopened", "又收到一份") == 303
    assert scan.client.get("/review/summary/file", params=form).status_code == 409


def test_decisions_carry_reasons_and_are_never_lost(scan: Reviewed, workplace: Workplace) -> None:
    assert _decide(scan, "returned") == 422
    assert _decide(scan, "returned", "缺附件 <b>") == 303
    assert _decide(scan, "accepted", seen='"0"') == 412
    page = scan.client.get(f"/review/{ID}").text
    assert f"{workplace.who}：已退回补正，缺附件 &lt;b&gt;" in page
    assert "已退回补正" in scan.client.get("/review").text
