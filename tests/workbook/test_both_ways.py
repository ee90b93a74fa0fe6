"""A workbook gives back the data it was made with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from greenforms.workbook.signs import is_workbook
from greenforms.workbook.writing import make_workbook
from greenforms_extractors.office import supervisor
from greenforms_extractors.office.instance import Job
from papers import example, example_forms
from shipped import load_form, read_workbook, spread
from telling import telling
from workbook.data_sets import data_sets


def read_back(content: bytes, folder: Path) -> Any:
    path = folder / "填报.xlsx"
    path.write_bytes(content)
    found = read_workbook(path)
    assert found.problems == ()
    return found.data


@pytest.mark.parametrize("stem", spread(example_forms(), 10))
def test_example(stem: str, tmp_path: Path) -> None:
    """This test ensures that every shipped data set survives, numbers with their trailing zeros."""
    data, form = example(stem), load_form(example_forms()[stem])
    content = make_workbook(form, data)
    assert json.dumps(read_back(content, tmp_path), default=str) == json.dumps(_in_order(form.root, data), default=str)
    assert make_workbook(form, data) == content


def _in_order(node: Any, data: Any) -> Any:
    """The data with keys in form order and every figure as text, so that 12.50 is not taken for 12.5.

    A list that may be left out says as little empty as left out.
    """
    if isinstance(data, dict):
        children = getattr(node, "children", {})
        names = [name for name in list(children) or list(data) if name in data]
        kept = [name for name in names if data[name] != [] or children[name].required]
        return {name: _in_order(children.get(name), data[name]) for name in kept}
    if isinstance(data, list):
        return [_in_order(getattr(node, "item", None), row) for row in data]
    return str(data) if isinstance(data, int) and _is_decimal(node) else data


def _is_decimal(node: Any) -> bool:
    return node is None or node.codec.name in {"number", "percentage"}


@pytest.mark.parametrize("form_id", telling())
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(draw=st.data())
def test_generated(form_id: str, draw: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """This test ensures that every data set that a form allows survives."""
    form = load_form(form_id)
    data = draw.draw(data_sets(form.root))
    assert read_back(make_workbook(form, data), tmp_path_factory.mktemp("book")) == data


@pytest.mark.parametrize("stem", ["cultivation-plan-factory", "typical-experience-park"])
def test_through_libreoffice(stem: str, tmp_path: Path) -> None:
    """This test ensures that a workbook saved by another program is still known and read."""
    data, form_id = example(stem), example_forms()[stem]
    saved = tmp_path / "填报.xlsx"
    saved.write_bytes(supervisor.convert(Job(make_workbook(load_form(form_id), data), ".xlsx", "xlsx")))
    assert is_workbook(saved)
    found = read_workbook(saved)
    assert (found.form_id, found.data, found.problems) == (form_id, data, ())


@pytest.mark.parametrize("form_id", telling())
def test_blank(form_id: str, tmp_path: Path) -> None:
    """This test ensures that nothing is read where nothing was written."""
    assert read_back(make_workbook(load_form(form_id)), tmp_path) == {}
