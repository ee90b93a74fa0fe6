"""Hypothesis strategies for valid values of every codec: what they give passes `check` and survives the paper."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from greenforms.codec import Codec, is_null_sign, make, orgcode
from greenforms.codec.choice import Choice
from greenforms.codec.data import read_yaml
from greenforms.codec.date import Date
from greenforms.codec.industry import Industry
from greenforms.codec.leftover import is_ditto, leftover
from greenforms.codec.number import Number
from greenforms.codec.percentage import Percentage
from greenforms.codec.phone import Phone
from greenforms.codec.quantity import Quantity
from greenforms.codec.region import Region, places
from greenforms.codec.text import Text

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PUNCTUATION = "，。；：、（）《》“”\u2018\u2019—…·％①②℃²³㎡㎏㎥Ⅱ×"
_COMMON = "绿色制造工厂园区供应链管理有限责任公司年度能源消耗综合利用率内蒙古自治区"
_RARE = "镕堃喆祎燚昇瀚頔鹮䶮𠮷"
_LATIN = "".join(map(chr, range(0x21, 0x7F)))


def characters() -> SearchStrategy[str]:
    """Characters of Chinese papers in the form that folding leaves alone, markup signs and rare ones among them."""
    return st.one_of(
        st.sampled_from(_COMMON),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
        st.sampled_from(_RARE + _PUNCTUATION),
        st.sampled_from(_LATIN),
        st.sampled_from("&<>'\"{}%"),
    )


def lines(max_words: int = 4) -> SearchStrategy[str]:
    """One line: words with single spaces between; no sign for 不适用, nothing of a program's, more than punctuation."""
    words = st.lists(st.text(characters(), min_size=1, max_size=12), min_size=1, max_size=max_words)
    return words.map(" ".join).filter(_is_line)


def _is_line(line: str) -> bool:
    telling = any(char.isalnum() for char in line)
    odd = is_null_sign(line) or is_ditto(line) or leftover(line) is not None
    return telling and make("text").parse(line).value == line and not odd


def paragraphs() -> SearchStrategy[str]:
    """One to four lines, none of them blank."""
    return st.lists(lines(), min_size=1, max_size=4).map("\n".join)


def decimals(most_places: int | None, low: int, high: int) -> SearchStrategy[Decimal]:
    """Decimal numbers with trailing zeros kept."""
    places_ = st.integers(0, 6 if most_places is None else most_places)
    return places_.flatmap(
        lambda places: st.integers(low * 10**places, high * 10**places).map(
            lambda digits: Decimal(digits).scaleb(-places)
        )
    )


def orgcodes() -> SearchStrategy[str]:
    """组织机构代码 with a right check character, in letters that a 信用代码 may hold."""
    body = st.text(USCC_ALPHABET, min_size=8, max_size=8).filter(lambda code: code != "00000000" and code[:3] != "PDY")
    return body.map(lambda code: code + orgcode.check_character(code))


def usccs() -> SearchStrategy[str]:
    """统一社会信用代码 right in both checks."""
    head = st.builds(
        "{}{}{}".format,
        st.sampled_from("1259ANY"),
        st.sampled_from("1239"),
        st.from_regex(r"[1-6][0-9]{5}", fullmatch=True),
    )
    return st.tuples(head, orgcodes()).map("".join).map(with_check)


def with_check(first: str) -> str:
    """Append the check character of GB 32100 (weights 3^(i-1) mod 31)."""
    total = sum(USCC_ALPHABET.index(sign) * pow(3, index, 31) for index, sign in enumerate(first))
    return first + USCC_ALPHABET[-total % 31]


def _digits(count: int) -> SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def landlines() -> SearchStrategy[str]:
    """Numbers of the places we know, some with an extension."""
    known = sorted({(place.tel, place.digits) for place in places() if place.tel})
    extension = st.one_of(st.just(""), _digits(3).map("转{}".format))
    return st.sampled_from(known).flatmap(
        lambda area: st.builds(
            f"{area[0]}-{{}}{{}}{{}}".format, st.sampled_from("345678"), _digits(area[1] - 1), extension
        )
    )


def phones(codec: Phone) -> SearchStrategy[str]:
    """One number or two; no mobile ones for a fax."""
    mobile = st.builds("{}{}".format, st.sampled_from(["138", "139", "150", "186", "199"]), _digits(8))
    one = landlines() if codec.kind == "fax" else st.one_of(landlines(), mobile)
    return st.one_of(one, st.tuples(one, one).map("、".join))


def emails() -> SearchStrategy[str]:
    """Addresses of usual shape."""
    account = st.from_regex(r"[a-z][a-z0-9]{0,10}([._-][a-z0-9]{1,6})?", fullmatch=True)
    return st.builds("{}@{}".format, account, st.sampled_from(["163.com", "qq.com", "nmg.gov.cn", "lvse-gufen.com"]))


def industries(codec: Industry) -> SearchStrategy[str]:
    """A code of four digits with a name, or a name alone where that is enough."""
    divisions = read_yaml("industries.yaml")["divisions"]
    with_code = st.builds(
        lambda division, rest, written: written.format(
            code=division + rest, letter=divisions[division]["section"], name=divisions[division]["name"]
        ),
        st.sampled_from(sorted(divisions)),
        _digits(2),
        st.sampled_from(["{name}（{code}）", "{letter}{code} {name}", "{code}"]),
    )
    alone = st.sampled_from([division["name"] for division in divisions.values()])
    return with_code if codec.code == "required" else st.one_of(with_code, alone)


def dates(codec: Date) -> SearchStrategy[str]:
    """Dates at least as precise as the form asks."""
    day = st.dates(min_value=_date("1949-10-01"), max_value=_date("2099-12-31")).map(lambda date: date.isoformat())
    shortest = {"day": 10, "month": 7, "year": 4}[codec.precision]
    return st.tuples(day, st.sampled_from([length for length in (4, 7, 10) if length >= shortest])).map(
        lambda cut: cut[0][: cut[1]]
    )


def _date(text: str) -> Any:
    import datetime

    return datetime.date.fromisoformat(text)


def _regions(codec: Region) -> SearchStrategy[str]:
    return st.sampled_from([place.name for place in places() if codec.province in (None, place.province)])


def _quantities(codec: Quantity) -> SearchStrategy[dict[str, Any]]:
    units = st.sampled_from(["吨", "万吨", "台", "万台", "套", "万kWh", "m³", "㎡", "吨标准煤", "台/年"])
    return st.fixed_dictionaries({"value": decimals(codec.decimals, 0, 10**7), "unit": units})


def _numbers(codec: Number) -> SearchStrategy[Decimal]:
    return decimals(codec.decimals, -(10**12), 10**12)


def _percentages(codec: Percentage) -> SearchStrategy[Decimal]:
    return decimals(codec.decimals, -100, 200)


def _texts(_: Text) -> SearchStrategy[str]:
    return lines()


def _choices(codec: Choice) -> SearchStrategy[str]:
    return st.sampled_from(list(codec.choices))


def _pictures(_: Codec) -> SearchStrategy[list[dict[str, str]]]:
    files = st.from_regex(r"[a-z]{1,8}\.(jpg|png)", fullmatch=True)
    return st.lists(st.fixed_dictionaries({"file": files, "caption": lines(1)}), min_size=1, max_size=3)


#: Strategies of valid values by codec name.
VALUES: dict[str, Callable[[Any], SearchStrategy[Any]]] = {
    "text": _texts,
    "paragraphs": lambda _: paragraphs(),
    "number": _numbers,
    "percentage": _percentages,
    "integer": lambda _: st.integers(-(10**9), 10**12),
    "quantity": _quantities,
    "date": dates,
    "year": lambda _: st.integers(1900, 2100),
    "choice": _choices,
    "uscc": lambda _: usccs(),
    "orgcode": lambda _: orgcodes(),
    "phone": phones,
    "email": lambda _: emails(),
    "region": _regions,
    "industry": industries,
    "pictures": _pictures,
}


def values_for(codec: Codec) -> SearchStrategy[Any]:
    """Valid values of a codec bound with its options."""
    return VALUES[codec.name](codec)
