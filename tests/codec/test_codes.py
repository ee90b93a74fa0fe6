"""统一社会信用代码, 组织机构代码, industries and regions."""

from __future__ import annotations

import pytest

from greenforms.codec import make
from greenforms.codec.data import read_yaml
from greenforms.codec.industry import industry_code, section_of, written_as
from greenforms.codec.region import places, territory


@pytest.mark.parametrize(
    "code",
    ["91350100M000100Y43", "91110000600037341L", "91512081MA62K0260E", "913501 00M000100Y43", "9１350100m000100y43"],
)
def test_uscc_valid(code: str) -> None:
    """published codes pass both checks, whatever their width, case and spaces."""
    reading = make("uscc").parse(code)
    assert reading.problems == ()
    assert len(reading.value) == 18


@pytest.mark.parametrize(
    ("code", "says", "suggestion"),
    [
        ("916201055811843000", "后三位已丢失", None),
        ("91350100M00010OY43", "“O”不是代码用字", "91350100M000100Y43"),
        ("911100006OOO3734IL", "“I”“O”", "91110000600037341L"),
        ("9l350100M000100Y43", "第2至8位", "91350100M000100Y43"),
        ("9135O1OOMOOO1OOV43", "“O”“V”", "91350100M000100Y43"),
        ("91350100M000100Y44", "校验码不正确", None),
        ("A1110000600037341L", "校验码不正确", None),
        ("01350100M000100Y43", "第1位", None),
        ("91350100M000100Y4", "实为17位", None),
        ("110108000000016", "营业执照注册号", None),
        ("60003734-1", "组织机构代码", None),
    ],
)
def test_uscc_wrong(code: str, says: str, suggestion: str | None) -> None:
    """a wrong code is kept, and the reason names the likely cause."""
    reading = make("uscc").parse(code)
    assert reading.value is not None
    assert says in reading.problems[0].reason
    assert reading.problems[0].suggestion == suggestion


def test_uscc_inner_check() -> None:
    """a code whose last character is right but whose 组织机构代码 is not is reported."""
    from strategies.codecs import with_check

    assert "第9至17位" in make("uscc").check(with_check("91110000600037342"))[0].reason
    assert make("uscc").check(with_check("N2110000600037341")) == ()


def test_uscc_in_other_text() -> None:
    """a code among other words is offered, not taken."""
    reading = make("uscc").parse("91350100M000100Y43（三证合一）")
    assert reading.value is None
    assert reading.problems[0].suggestion == "91350100M000100Y43"


@pytest.mark.parametrize(
    "code", ["D2143569-X", "66419840-0", "60003734-1", "MA62K026-0", "L6005772-2", "D2143569—X", "D2143569X"]
)
def test_orgcode_valid(code: str) -> None:
    """published codes pass, with any hyphen or none, and are printed with one."""
    codec = make("orgcode")
    reading = codec.parse(code)
    assert reading.problems == ()
    assert codec.format(reading.value) == f"{reading.value[:8]}-{reading.value[8]}"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("D2143569-1", "应为“X”"),
        ("10001770-X", "应为“7”"),
        ("00000000-0", "实际使用"),
        ("PDY00001-0", "实际使用"),
        ("ABC", "不是8位"),
    ],
)
def test_orgcode_wrong(code: str, says: str) -> None:
    """a wrong code is kept and reported."""
    reading = make("orgcode").parse(code)
    assert reading.value == code.replace("-", "")
    assert says in reading.problems[0].reason


def test_orgcode_from_uscc() -> None:
    """of an 18-character code in this field positions 9–17 are taken, with a word; in data they are offered."""
    codec = make("orgcode")
    reading = codec.parse("91110000600037341L")
    assert reading.value == "600037341"
    assert "91110000600037341L" in reading.problems[0].reason
    assert codec.check("91110000600037341L")[0].suggestion == "600037341"


def test_orgcode_from_what_is_no_uscc() -> None:
    """18 characters that hold no code with the right check character are kept and reported."""
    reading = make("orgcode").parse("91110000600037342L")
    assert reading.value == "91110000600037342L"
    assert reading.problems


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("光伏设备及元器件制造（3825）", None),
        ("C3825 光伏设备及元器件制造", None),
        ("3825（GB/T 4754-2017）", None),
        ("3130 钢压延加工", None),
        ("B3825", "门类字母应为“C”"),
        ("382", "中类代码"),
        ("C38", "大类代码"),
        ("38250", "5位"),
        ("9825", "不是GB/T 4754-2017的大类"),
        ("3825、3840", "不止一个"),
        ("3130 黑色金属铸造", "2011年版"),
        ("光伏设备制造", "没有写行业代码"),
    ],
)
def test_industry(text: str, says: str | None) -> None:
    """the text is kept, and a code of wrong level, letter or edition is reported."""
    reading = make("industry", code="required").parse(text)
    assert reading.value == text
    assert (says in reading.problems[0].reason) if says else reading.problems == ()


def test_industry_code() -> None:
    """the digits of the one code are found, the standard's number is not taken for one."""
    assert industry_code("C3825 光伏（GB/T 4754—2017）") == "3825"
    assert industry_code("光伏设备制造") is None
    assert make("industry").check("光伏设备制造") == ()


def test_industry_table() -> None:
    """the table has the 20 门类 and 97 大类 of the standard, manufacturing from 13 to 43."""
    table = read_yaml("industries.yaml")
    assert len(table["sections"]) == 20
    assert sorted(table["divisions"]) == [f"{number:02}" for number in range(1, 98)]
    manufacturing = [code for code, division in table["divisions"].items() if division["section"] == "C"]
    assert (min(manufacturing), max(manufacturing)) == ("13", "43")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("呼和浩特", "呼和浩特市"),
        ("呼市", "呼和浩特市"),
        ("内蒙古自治区呼和浩特市", "呼和浩特市"),
        ("内蒙古包头", "包头市"),
        ("锡盟", "锡林郭勒盟"),
        ("内蒙古", "内蒙古自治区"),
        ("二连", "二连浩特市"),
    ],
)
def test_region_read(text: str, value: str) -> None:
    """short names are read as the full name."""
    reading = make("region", province="nmg").parse(text)
    assert (reading.value, reading.problems) == (value, ())


@pytest.mark.parametrize(
    ("text", "suggestion"), [("北京市", None), ("南昌市", None), ("呼和浩特市赛罕区", "呼和浩特市")]
)
def test_region_unknown(text: str, suggestion: str | None) -> None:
    """an unknown place and one of another province are kept and reported."""
    reading = make("region", province="nmg").parse(text)
    assert reading.value == text
    assert reading.problems[0].suggestion == suggestion


def test_region_check() -> None:
    """a short name in data is reported with the full one."""
    assert make("region").check("呼市")[0].suggestion == "呼和浩特市"


def test_region_table() -> None:
    """no two places share a spelling, and members carry their province's code."""
    spellings = [spelling for place in places() for spelling in set(place.spellings)]
    assert len(spellings) == len(set(spellings))
    codes = {place.id: place.code for place in places() if place.kind == "province"}
    assert all(place.code is None or place.code[:2] == (codes[place.province] or "")[:2] for place in places())
    assert {province: sum(place.province == province for place in places()) for province in codes} == {
        "nmg": 15,
        "jx": 13,
        "heb": 15,
    }


@pytest.mark.parametrize(
    ("text", "elsewhere", "holds"),
    [
        ("内蒙古自治区包头市青山区河北路6号", None, True),
        ("呼和浩特市土默特左旗", None, True),
        ("海南区拉僧庙镇", None, False),
        ("北京路5号", None, False),
        ("海南省海口市", "海南省", False),
        ("山东济南市历下区", "山东省", False),
        ("石家庄市长安区", "石家庄市", False),
        ("内蒙古自治区 石家庄市", "石家庄市", False),
        ("新疆维吾尔自治区哈密市", "新疆维吾尔自治区", False),
    ],
)
def test_territory(text: str, elsewhere: str | None, holds: bool) -> None:
    """This test ensures that a place of another province is told from streets and districts called like one."""
    within = territory("150000")
    assert within is not None
    assert (within.elsewhere(text), within.holds(text)) == (elsewhere, holds)


def test_territory_of_no_province() -> None:
    """This test ensures that an authority of the whole country has no territory."""
    assert territory("") is None
    assert territory("150100") is None


@pytest.mark.parametrize(
    ("text", "section", "code"),
    [
        ("铝冶炼（3091）", "C", "3216"),
        ("3091 铝冶炼", "C", "3216"),
        ("石墨及碳素制品制造（3091）", "C", None),
        ("C3252铝压延加工", "C", None),
        ("软件开发（6513）", "I", None),
        ("软件和信息技术服务业", "I", None),
        ("电池负极材料制造（3985）", "C", None),
        ("铝冶炼", None, None),
        ("铝冶炼（3091、3216）", None, None),
    ],
)
def test_industry_sections_and_names(text: str, section: str | None, code: str | None) -> None:
    """This test ensures that an industry's section is known by its code, and a name with another's code is noticed."""
    found, named = section_of(text), written_as(text)
    assert (found[0] if found else None) == section
    assert (named.code if named else None) == code
