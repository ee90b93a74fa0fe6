"""Telephone numbers and e-mail addresses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenforms.codec import email, make


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("13800138000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("0471-4901234", "0471-4901234"),
        ("（0471）4901234", "0471-4901234"),
        ("0471－4901234", "0471-4901234"),
        ("０471—490１２34", "0471-4901234"),
        ("0471-\n4901234", "0471-4901234"),
        ("400-820-8820", "400-820-8820"),
        ("0471-4901234转8001", "0471-4901234转8001"),
        ("021-62345678-801", "021-62345678转801"),
        ("0471-4901234/4901235", "0471-4901234、0471-4901235"),
        ("0471-4901234\n0471-4901235", "0471-4901234、0471-4901235"),
        ("0471-4901234；13800138000", "0471-4901234、13800138000"),
        ("+852 2345 6789", "+852 2345 6789"),
    ],
)
def test_phone_read(text: str, value: str) -> None:
    """every spelling of a number that can be called is read as its canonical form."""
    reading = make("phone").parse(text)
    assert (reading.value, reading.problems) == (value, ())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0311-8780000", "位数不对"),
        ("4901234", "没有区号"),
        ("95588", "不是有效号码"),
        ("12345", "不是有效号码"),
        ("1380013800", "实为10位"),
        ("139001380001", "实为12位"),
        ("张三 13800138000", "不是电话号码"),
    ],
)
def test_phone_wrong(text: str, says: str) -> None:
    """a number that cannot be called is kept as written and reported."""
    reading = make("phone").parse(text)
    assert reading.value == text
    assert says in reading.problems[0].reason


def test_phone_checked() -> None:
    """a number in data in another spelling is reported with the canonical one, a mobile fax as impossible."""
    assert make("phone").check("138-0013-8000")[0].suggestion == "13800138000"
    assert "手机" in make("phone", kind="fax").check("13800138000")[0].reason
    assert make("phone").parse("/").problems


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("user@163.com", "user@163.com"),
        (" user＠163.com ", "user@163.com"),
        ("user@\n163.com", "user@163.com"),
        ("a.b+c@x.com.cn", "a.b+c@x.com.cn"),
    ],
)
def test_email_read(text: str, value: str) -> None:
    """addresses are read in any width and across the break of a narrow cell."""
    reading = make("email").parse(text)
    assert (reading.value, reading.problems) == (value, ())


@pytest.mark.parametrize(
    ("value", "says", "suggestion"),
    [
        ("user＠163.com", "全角", "user@163.com"),
        ("user@163,com", "逗号", "user@163.com"),
        ("user@163 .com", "空格", "user@163.com"),
        ("user@163.con", "像是误写", "user@163.com"),
        ("a@b", "不是有效", None),
        ("163.com", "缺少“@”", None),
        ("a@@b.com", "不止一个“@”", None),
        ("a@163.com;b@qq.com", "不止一个地址", None),
        ("张三@163.com", "汉字", None),
    ],
)
def test_email_wrong(value: str, says: str, suggestion: str | None) -> None:
    """a wrong address is reported with its fault and at most a suggestion."""
    problem = make("email").check(value)[0]
    assert says in problem.reason
    assert problem.suggestion == suggestion


@settings(max_examples=300, deadline=None)
@given(
    st.text("az09.-_", min_size=1, max_size=40),
    st.text("axn09.-", min_size=1, max_size=40),
    st.sampled_from(["com", "cn", "net", "org"]),
)
def test_plain_addresses_are_what_the_library_takes(account: str, domain: str, top: str) -> None:
    """an address that is passed at first sight is one that the library passes."""
    address = f"{account}@{domain}.{top}"
    assert not email._PLAIN.fullmatch(address) or email._is_valid(address)


def test_ordinary_addresses_need_no_library() -> None:
    """the first sight is not for nothing."""
    assert all(map(email._PLAIN.fullmatch, ("user@163.com", "li.lei-2@example.com.cn", "0471@x-y.org")))
