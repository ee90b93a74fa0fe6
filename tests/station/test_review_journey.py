"""The review of a scan in a real browser, by keyboard alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys

from greenforms.station.review.changing import Asked, change
from greenforms.station.review.layer import Change, changes_of, in_force
from greenforms.station.review.layered import layered
from greenforms.station.review.submissions import paper_of
from station.chrome import Served, enter, grave_faults
from station.reviewing import EMAIL, ID, SCAN, contradicting, hand_in, scan_reading, truth

PAPER = f"/review/{ID}/papers/1"
TYPE = "/creation_type"
RIGHT = truth()["enterprise"]["email"]


def until(ready: Callable[[], object]) -> None:
    """Wait for what happens beside the test."""
    end = time.monotonic() + 20
    while not ready():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)


@pytest.fixture
def review(chrome: Chrome, served: Served) -> Chrome:
    hand_in(served.workplace, {"工作方案.tif": (SCAN.read_bytes(), scan_reading()), **contradicting()})
    enter(chrome, served, PAPER)
    until(lambda: _here(chrome) is not None)
    return chrome


def _press(chrome: Chrome, *keys: str) -> None:
    ActionChains(chrome).send_keys(*keys).perform()


def _undo(chrome: Chrome) -> None:
    ActionChains(chrome).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()


def _here(chrome: Chrome) -> str | None:
    """The field in focus."""
    found: str | None = chrome.execute_script("return document.activeElement.dataset.pointer || null")
    return found


def _text(chrome: Chrome, part: str) -> str:
    found: str = chrome.execute_script("return document.getElementById(arguments[0]).textContent", part)
    return found


def _at_rest(chrome: Chrome) -> None:
    until(lambda: "正在保存" not in _text(chrome, "left"))


def test_a_scan_is_reviewed_by_keyboard_alone(review: Chrome, served: Served) -> None:
    seen = [_here(review)]
    assert seen == [TYPE]
    assert "各处不一致" in _text(review, "doubt")
    assert grave_faults(review) == []
    _press(review, "2")  # what the form offers beside what was read
    while _here(review) is not None:
        seen.append(_here(review))
        if seen[-1] == EMAIL:
            _press(review, Keys.F2)
            _press(review, "x", Keys.ESCAPE)  # thought better of it
            _press(review, Keys.F2)
            _press(review, RIGHT, Keys.ENTER)
        else:
            _press(review, Keys.ENTER)
    _at_rest(review)
    assert "要看的都看完了" in _text(review, "left")
    assert len(seen) == len(set(seen))
    said = _held(served)
    assert (said[TYPE].after, said[EMAIL].after) == ("绿色工厂", RIGHT)
    assert {each.kind for pointer, each in said.items() if pointer not in (TYPE, EMAIL)} == {"confirmed"}
    assert set(said) == {each for each in seen if each}
    _undo(review)
    until(lambda: _here(review) == seen[-1])
    assert set(_held(served)) == {each for each in seen[:-1] if each}
    for page in ("/review", f"/review/{ID}", f"/review/{ID}/check?procedure=nm-2024/cultivation", "/review/summary"):
        review.get(f"{served.address}{page}")
        assert grave_faults(review) == [], page


def test_keys_of_tables_of_input_methods_and_of_other_windows(review: Chrome, served: Served) -> None:
    _arrows_and_tab_go_through_tables(review)
    _what_cannot_be_read_leads_back_with_the_reason(review, served)
    _an_input_method_is_left_alone(review, served)
    _a_change_made_elsewhere_is_told(review, served)


def _arrows_and_tab_go_through_tables(review: Chrome) -> None:
    _focus(review, "/enterprise/products/0/name")
    path = []
    for key in (Keys.ARROW_DOWN, Keys.ARROW_RIGHT, Keys.ARROW_UP, Keys.ARROW_LEFT, Keys.TAB):
        _press(review, key)
        path.append((_here(review) or "").removeprefix("/enterprise/products/"))
    assert path == ["1/name", "1/capacity", "0/capacity", "0/name", "0/capacity"]


def _what_cannot_be_read_leads_back_with_the_reason(review: Chrome, served: Served) -> None:
    _focus(review, "/enterprise/products/0/energy")
    _press(review, Keys.F2)
    _press(review, "很多", Keys.ENTER)
    _at_rest(review)
    assert _here(review) == "/enterprise/products/0/energy"
    assert "认不出来" in _text(review, "message")
    assert _held(served) == {}


def _an_input_method_is_left_alone(review: Chrome, served: Served) -> None:
    """While Chinese is composed, Enter and Esc belong to the input method: they neither keep nor leave."""
    _focus(review, TYPE)
    _press(review, Keys.F2)
    review.execute_cdp_cmd("Input.imeSetComposition", {"text": "lv", "selectionStart": 2, "selectionEnd": 2})
    for key in ("Enter", "Escape"):
        pressed = {"type": "keyDown", "key": key, "windowsVirtualKeyCode": 229}
        review.execute_cdp_cmd("Input.dispatchKeyEvent", pressed)
    assert review.execute_script("return document.activeElement.tagName") == "TEXTAREA"
    review.execute_cdp_cmd("Input.insertText", {"text": "绿色园区"})
    _press(review, Keys.ENTER)
    _at_rest(review)
    assert _held(served)[TYPE].after == "绿色园区"


def _a_change_made_elsewhere_is_told(review: Chrome, served: Served) -> None:
    paper = paper_of(served.workplace, ID, 1)
    asked, tag = Asked("confirm", "/enterprise/fax"), layered(served.workplace, paper).etag
    change(served.workplace, paper, asked, tag)
    _press(review, Keys.ENTER)
    _at_rest(review)
    assert "别处已经改过" in _text(review, "message")
    assert set(_held(served)) == {TYPE, "/enterprise/fax"}


def _focus(chrome: Chrome, pointer: str) -> None:
    chrome.execute_script("document.querySelector(`[data-pointer='${arguments[0]}']`).focus()", pointer)


def _held(served: Served) -> Mapping[str, Change]:
    paper = paper_of(served.workplace, ID, 1)
    return in_force(served.workplace.records.transact(lambda found: changes_of(found, paper.sha256, paper.form)))
