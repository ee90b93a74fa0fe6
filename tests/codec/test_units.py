"""Units and their conversion."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pint
import pytest

from greenforms.codec import units
from greenforms.codec.data import read_text, read_yaml
from greenforms.codec.dimension import DifferentKindError
from greenforms.codec.unit_table import unit_table


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("万元", "元", 10**4),
        ("亿元", "元", 10**8),
        ("千元", "元", 10**3),
        ("平方米", "㎡", 1),
        ("m²", "m2", 1),
        ("公顷", "平方米", 10**4),
        ("hm²", "m²", 10**4),
        ("平方公里", "m²", 10**6),
        ("km²", "亩", 1500),
        ("公顷", "亩", 15),
        ("亩", "m²", Fraction(2000, 3)),
        ("万平方米", "m²", 10**4),
        ("立方米", "方", 1),
        ("㎥", "m³", 1),
        ("万立方米", "m³", 10**4),
        ("亿立方米", "m³", 10**8),
        ("升", "m³", Fraction(1, 1000)),
        ("t", "kg", 10**3),
        ("万吨", "吨", 10**4),
        ("g", "kg", Fraction(1, 1000)),
        ("吨标准煤", "kgce", 10**3),
        ("吨标煤", "tce", 1),
        ("gce", "kgce", Fraction(1, 1000)),
        ("万吨标煤", "kgce", 10**7),
        ("kJ", "MJ", Fraction(1, 1000)),
        ("百万千焦", "MJ", 10**3),
        ("kW·h", "MJ", Fraction(36, 10)),
        ("度", "千瓦时", 1),
        ("万千瓦时", "MJ", 36000),
        ("亿kWh", "MJ", 36 * 10**7),
        ("kcal", "MJ", Fraction(41868, 10**7)),
        ("MW", "kW", 10**3),
        ("万千瓦", "kW", 10**4),
        ("万台", "台", 10**4),
        ("%", "‰", 10),
        ("个百分点", "百分点", 1),
        ("吨标准煤/万元", "kgce/元", Fraction(1, 10)),
        ("t/万元", "吨／万元", 1),
        ("kWh/(m²·年)", "度/㎡·年", 1),
    ],
)
def test_factor(unit: str, base: str, factor: Fraction) -> None:
    """the table of units holds exactly."""
    assert units.factor(unit, base) == factor


@pytest.mark.parametrize(
    "text", ["km", "M", "立方", "万吨煤", "", "/", "元/", "12", "万", "kM", "T元", "元元", "立方米煤"]
)
def test_refused(text: str) -> None:
    """stray letters and made-up units are no units."""
    with pytest.raises(units.UnknownUnitError):
        units.parse_unit(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("kWh", "tce"), ("tce", "t"), ("标立方米", "m³"), ("kVA", "kW"), ("台", "件"), ("%", "百分点"), ("吨产品", "吨")],
)
def test_kept_apart(one: str, other: str) -> None:
    """quantities that only a declared coefficient or nothing connects are not converted."""
    assert not units.same_dimension(one, other)
    with pytest.raises(DifferentKindError):
        units.convert(Decimal(1), one, other)


def test_convert() -> None:
    """values stay decimal, and exactness is known."""
    assert units.convert(Decimal("0.35"), "吨标准煤/万元", "kgce/元") == Decimal("0.035")
    assert units.convert_exactly(Decimal(15), "亩", "公顷") == 1
    assert units.convert_exactly(Decimal(1), "亩", "m²") is None
    assert round(units.convert(Decimal(1), "亩", "m²"), 2) == Decimal("666.67")


def test_same_unit() -> None:
    """spellings of one unit are the same, unknown ones only as written."""
    assert units.same_unit("㎡", "平方米")
    assert units.same_unit("款", " 款")
    assert not units.same_unit("万元", "元")
    assert not units.same_unit("款", "元")


def test_every_spelling() -> None:
    """each defined unit has its spellings listed, and each spelling is read."""
    definitions = [line for line in read_text("units.txt").splitlines() if "=" in line and line[0] != "#"]
    defined = {line.split("=")[0].strip() for line in definitions}
    listed = read_yaml("unit_names.yaml")
    assert defined == set(listed)
    spellings = [units.fold_unit(spelling) for names in listed.values() for spelling in names]
    assert len(spellings) == len(set(spellings))
    assert all(map(units.is_unit, spellings))


def test_the_table_is_read_as_pint_reads_it() -> None:
    """each unit of the table has the factor and the kind that pint gives it."""
    registry = pint.UnitRegistry(None, non_int_type=Fraction, cache_folder=None, on_redefinition="raise")  # type: ignore[var-annotated]
    registry.load_definitions(read_text("units.txt").splitlines())
    judged = {}
    for name in unit_table():
        quantity = registry.Quantity(Fraction(1), getattr(registry, name)).to_root_units()
        judged[name] = quantity.magnitude, {str(kind): power for kind, power in quantity.dimensionality.items()}
    assert {name: (unit.scale, dict(unit.kind.powers))
            for name, unit in unit_table().items()} == judged  # fmt: skip


def test_heavy_libraries_load_late() -> None:
    """importing the codecs imports none of the heavy libraries."""
    code = "import sys, greenforms.codec as c; c.make('region'); c.make('number', unit='万元').parse('12万元')"
    heavy = "{'pint', 'phonenumbers', 'stdnum', 'email_validator', 'cn2an'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", f"{code}; print({heavy})"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
