"""Which fields are looked at first, and what is told of those that were drawn from the green ones."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from greenforms.station.workplace import Workplace
from station.reviewing import ADDRESS, EMAIL, ID, SCAN, Reviewed, contradicting, hand_in, scan_reading

TYPE, NAME = "/creation_type", "/enterprise/name"
DRAWN = ["/enterprise/industry", "/enterprise/products/1/name", "/enterprise/products/1/water"]


@pytest.fixture
def scan(browser: TestClient, workplace: Workplace) -> Reviewed:
    reading = scan_reading()
    for each in reading["fields"]:
        if each["path"] == NAME:
            each["grade"], each["doubt"] = "amber", "有字认得不准"
    hand_in(workplace, {"工作方案.tif": (SCAN.read_bytes(), reading), **contradicting()})
    return Reviewed(browser)


def _looks(scan: Reviewed) -> dict[str, int]:
    told = scan.told()
    looks = {each["pointer"]: each["look"] for each in told["fields"]}
    return {pointer: looks[pointer] for pointer in told["order"]}


def test_contradictions_come_first_then_what_others_quote_then_doubts_then_the_sample(scan: Reviewed) -> None:
    looks = _looks(scan)
    assert list(looks.values()) == sorted(looks.values())
    assert [looks[each] for each in (TYPE, NAME, EMAIL, DRAWN[0])] == [1, 2, 3, 4]
    assert next(iter(looks)) == TYPE
    assert [pointer for pointer, look in looks.items() if look == 4] == DRAWN
    assert ADDRESS not in looks


def test_the_order_stays_while_one_goes_through_it(scan: Reviewed) -> None:
    before = _looks(scan)
    for pointer in (EMAIL, DRAWN[0]):
        scan.ask("confirm", pointer)
    assert _looks(scan) == before
    assert not scan.field(EMAIL)["open"]


def test_a_contradiction_that_is_put_right_is_one_no_longer(scan: Reviewed) -> None:
    offers = [text for text, _ in scan.field(TYPE)["offers"]]
    assert offers[0] == "绿色供应链管理企业"
    assert "绿色工厂" in offers
    scan.ask("change", TYPE, "绿色工厂")
    assert _looks(scan).get(TYPE) != 1


def test_the_error_rate_of_green_is_told_with_its_number(scan: Reviewed) -> None:
    assert scan.told()["sample"] == "抽了 3 处绿色的，还没有看"
    scan.ask("confirm", DRAWN[0])
    scan.ask("confirm", ADDRESS)  # green, but not drawn: it says nothing of the others
    told = scan.ask("change", DRAWN[1], "刮板运输机").json()
    assert told["sample"] == "抽了 3 处绿色的，看过 2 处，读错 1 处（50.0%）"
    assert told["sample"] in scan.client.get(f"/review/{ID}").text


def test_what_another_paper_says_is_offered_with_its_source(browser: TestClient, workplace: Workplace) -> None:
    first, second = scan_reading(), scan_reading()
    _says(second, "/enterprise/legal_phone", "0479-6758542转1916")
    files = {"一.tif": (SCAN.read_bytes(), first), "二.tif": (SCAN.read_bytes() + b"\0", second)}
    hand_in(workplace, files)
    offers = Reviewed(browser).field("/enterprise/legal_phone")["offers"]
    assert [text for text, _ in offers] == ["0479-6758542转1915", "0479-6758542转1916"]
    assert "二.tif" in offers[1][1]


def _says(shape: dict[str, object], pointer: str, value: str) -> None:
    part, name = pointer.split("/")[1:]
    shape["data"][part][name] = value  # type: ignore[index]
    for each in shape["fields"]:  # type: ignore[attr-defined]
        if each["path"] == pointer:
            each["value"] = each["raw"] = value
