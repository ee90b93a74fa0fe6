"""Whatever stands in a data set, checking it gives findings and never a traceback."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenforms.pack.crosscheck import check_data
from papers import example_forms
from shipped import spread

_odd = st.sampled_from(
    [
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("-Infinity"),
        Decimal("1E+999999"),
        Decimal("1E-999999"),
        Decimal("12.0"),
        float("nan"),
        -(10**40),
        "\ud800",
        "\x00",
        "　",
        "1" * 5000,
        "99999999999999999999-01-01",
        {1: 2, None: 3, "a/b~c": 4},
        (1, 2),
        b"x",
        object(),
    ]
)
_endless = st.just(5000).map(lambda digits: 10**digits)
_scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.decimals(), st.floats(), st.text(max_size=20), _odd, _endless
)
_json = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=5), inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["name", "value", "unit", "file", "caption", "year", "rows"]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


def _places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(place for key, member in members for place in _places(member, (*way, key)))]


def _put(data: Any, way: tuple[Any, ...], value: Any) -> Any:
    if not way:
        return value
    place = data
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value
    return data


@pytest.mark.parametrize("example", spread(example_forms()))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(random=st.data())
def test_arbitrary_content_gives_findings(example: str, read_example, random):
    """This test ensures that anything put anywhere is answered by findings: some if the structure is broken."""
    form, data = read_example(example)
    data = copy.deepcopy(data)
    for _ in range(random.draw(st.integers(1, 3))):
        way = random.draw(st.sampled_from(_places(data)))
        data = _put(data, way, copy.deepcopy(random.draw(_json)))
    findings = check_data(form, data, "x")
    try:
        valid = jsonschema_rs.Draft202012Validator(dict(form.schema)).is_valid(data)
    except ValueError:
        valid = True
    assert valid or findings
    for finding in findings:
        assert finding.message.encode("utf-8")
        assert finding.places
        assert finding.message.endswith("。")


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=_json)
def test_arbitrary_data_sets_give_findings(read_example, data):
    """This test ensures that data of another kind altogether are refused in words."""
    form, _ = read_example("cultivation-roster")
    assert check_data(form, data)
