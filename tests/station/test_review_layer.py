"""What people say of a reading: a layer over it, of one state each, that can be taken back; the reading stays."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from greenforms.station.review.layered import layered
from greenforms.station.review.submissions import keep_reading, paper_of, reading_place
from greenforms.station.workplace import Workplace, open_workplace
from station.reviewing import ADDRESS, EMAIL, SCAN, Reviewed, hand_in, scan_reading, truth


@pytest.fixture
def scan(browser: TestClient, workplace: Workplace) -> Reviewed:
    hand_in(workplace, {"工作方案.tif": (SCAN.read_bytes(), scan_reading())})
    return Reviewed(browser)


def test_a_change_lies_over_the_reading_and_says_who_when_from_to_and_why(scan: Reviewed, workplace: Workplace) -> None:
    paper = paper_of(workplace, scan.id, 1)
    before = reading_place(workplace, paper.digest).read_bytes()
    right = truth()["enterprise"]["email"]
    answer = scan.ask("change", EMAIL, right, reason="字母看成数字")
    assert answer.status_code == 200
    field = scan.field(EMAIL)
    assert (field["text"], field["read"], field["state"], field["open"]) == (
        right,
        "green_O1@example.net",
        "changed",
        False,
    )
    (said,) = scan.client.get(f"{scan.address}/changes").json()["changes"]
    assert (said["who"], said["before"], said["after"], said["reason"], said["place"], said["kind"]) == (
        workplace.who,
        "green_O1@example.net",
        right,
        "字母看成数字",
        "第2页",
        "changed",
    )
    assert said["at"].endswith("+00:00")
    assert said["version"] == paper.version
    assert reading_place(workplace, paper.digest).read_bytes() == before


def test_a_confirmed_field_is_no_longer_open(scan: Reviewed) -> None:
    assert scan.field(EMAIL)["open"]
    scan.ask("confirm", EMAIL)
    assert (scan.field(EMAIL)["open"], scan.field(EMAIL)["state"]) == (False, "confirmed")


def test_an_emptied_field_is_empty(scan: Reviewed) -> None:
    scan.ask("change", EMAIL, "")
    assert (scan.field(EMAIL)["text"], scan.field(EMAIL)["state"]) == ("", "changed")


def test_what_is_said_is_taken_back_step_by_step(scan: Reviewed) -> None:
    scan.ask("change", EMAIL, "a@example.net")
    scan.ask("change", EMAIL, "b@example.net")
    scan.ask("confirm", ADDRESS)
    taken = [scan.ask("undo").json()["field"] for _ in range(3)]
    assert [(each["pointer"], each["text"]) for each in taken[1:]] == [
        (EMAIL, "a@example.net"),
        (EMAIL, "green_O1@example.net"),
    ]
    assert taken[0]["state"] == "read"
    assert scan.ask("undo").status_code == 409
    assert len(scan.client.get(f"{scan.address}/changes").json()["changes"]) == 6


def test_a_change_of_another_state_is_refused_and_nothing_is_lost(scan: Reviewed) -> None:
    old = scan.etag
    assert scan.ask("change", EMAIL, "first@example.net", etag=old).status_code == 200
    refused = scan.ask("change", EMAIL, "second@example.net", etag=old)
    assert (refused.status_code, refused.headers["content-type"]) == (412, "application/problem+json")
    assert "别处已经改过" in refused.json()["title"]
    assert scan.field(EMAIL)["text"] == "first@example.net"
    assert scan.ask("confirm", EMAIL, etag="").status_code == 428


def test_the_tag_of_an_answer_is_that_of_the_next_state(scan: Reviewed) -> None:
    first = scan.ask("confirm", EMAIL)
    second = scan.ask("confirm", ADDRESS, etag=first.headers["etag"])
    assert second.headers["etag"] == scan.etag


@pytest.mark.parametrize(
    ("pointer", "text", "said"),
    [
        ("/enterprise/founded", "去年春天", "founded"),
        ("/enterprise/products/0/energy", "很多", "energy"),
        ("/enterprise/products/7/energy", "1", "前面还缺一行"),
        ("/enterprise/nowhere", "x", "表上没有这一栏"),
        ("/enterprise", "x", "表上没有这一栏"),
        ("x/unit", "x", "表上没有这一栏"),
        ("/enterprise/products/00/name", "x", "表上没有这一栏"),
        ("/enterprise/products/０/name", "x", "表上没有这一栏"),
        ("", "x", "表上没有这一栏"),
    ],
)
def test_what_is_no_value_of_the_field_is_refused(scan: Reviewed, pointer: str, text: str, said: str) -> None:
    answer = scan.ask("change", pointer, text)
    assert answer.status_code == 422
    if not said.isascii():
        assert said in f"{answer.json()['title']}{answer.json()['detail']}"
    assert scan.client.get(f"{scan.address}/changes").json()["changes"] == []


def test_a_new_row_can_be_added(scan: Reviewed) -> None:
    assert scan.ask("change", "/enterprise/products/2/name", "采煤机").status_code == 200
    assert scan.field("/enterprise/products/2/name")["text"] == "采煤机"


def test_reading_again_writes_below_what_people_said(scan: Reviewed, workplace: Workplace) -> None:
    scan.ask("change", EMAIL, "green_01@example.net")
    scan.ask("confirm", ADDRESS)
    scan.ask("confirm", "/enterprise/fax")
    old, shape = scan.etag, scan_reading()
    _reads(shape, EMAIL, "green_Q1@example.net")
    _reads(shape, ADDRESS, "内蒙古自治区另一个地方1号")
    keep_reading(workplace, paper_of(workplace, scan.id, 1).sha256, "another version", shape)
    assert scan.etag != old
    assert (scan.field(EMAIL)["text"], scan.field(EMAIL)["read"]) == ("green_01@example.net", "green_Q1@example.net")
    assert [scan.field(each)["open"] for each in (EMAIL, ADDRESS, "/enterprise/fax")] == [True, True, False]
    assert scan.field(ADDRESS)["text"] == "内蒙古自治区另一个地方1号"
    scan.ask("confirm", EMAIL)
    assert (scan.field(EMAIL)["text"], scan.field(EMAIL)["open"]) == ("green_01@example.net", False)


def test_the_same_reading_is_kept_once(scan: Reviewed, workplace: Workplace) -> None:
    before = scan.etag
    paper = paper_of(workplace, scan.id, 1)
    keep_reading(workplace, paper.sha256, paper.version, {**scan_reading(), "sha256": paper.sha256})
    assert scan.etag == before


def _reads(shape: dict[str, object], pointer: str, value: str) -> None:
    """Have the machine read another value of a field."""
    part, name = pointer.split("/")[1:]
    shape["data"][part][name] = value  # type: ignore[index]
    for each in shape["fields"]:  # type: ignore[attr-defined]
        if each["path"] == pointer:
            each["value"] = each["raw"] = value


def test_what_was_answered_is_on_the_disk(scan: Reviewed, workplace: Workplace) -> None:
    """As after a kill: another program that opens the folder finds it."""
    scan.ask("confirm", EMAIL)
    other = open_workplace(workplace.folder, workplace.library)
    paper = paper_of(other, scan.id, 1)
    assert set(layered(other, paper).held) == {EMAIL}
    other.records.close()
