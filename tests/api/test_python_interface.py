"""The Python interface: plain data in, the public names, forms by any name people have for them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import greenforms
from greenforms.bundled import examples_dir
from greenforms.errors import InputError, UsageError


def plain(name: str) -> Any:
    """A shipped example as `json.load` gives it: fractions are floats."""
    return json.loads((examples_dir() / name).read_text("utf-8"))


def test_plain_data(tmp_path: Path) -> None:
    """This test ensures that floats are the decimals they print as, in findings, on paper and in the record."""
    data = plain("cultivation-plan-factory.json")
    data["enterprise"]["years"][0]["profit"] = 0.1
    form = greenforms.load_form("nm-2024/cultivation-plan")
    assert form.validate(data) == ()
    (tmp_path / "a.docx").write_bytes(form.render(data))
    extraction = greenforms.extract(tmp_path / "a.docx")
    assert extraction.findings == ()
    assert extraction.data["enterprise"]["years"][0]["profit"] == Decimal("0.1")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 1e300, 1e-300, {1: 2}, {"a"}])
def test_values_that_are_no_data(value: Any) -> None:
    """This test ensures that what no form can hold is a finding, and never printed."""
    data = plain("cultivation-plan-factory.json")
    data["enterprise"]["years"][0]["profit"] = value
    form = greenforms.load_form("cultivation-plan")
    (finding,) = form.validate(data)
    assert finding.places[0].path == "/enterprise/years/0/profit"


def test_what_is_not_on_the_paper_is_not_in_it() -> None:
    """This test ensures that data of another shape are refused by name instead of hidden in the record."""
    data = plain("cultivation-plan-factory.json")
    data["enterprise"]["secret"] = 1
    with pytest.raises(InputError, match="/enterprise/secret"):
        greenforms.load_form("cultivation-plan").render(data)


def test_the_day_of_judgement() -> None:
    """This test ensures that an edition out of force is told where a day is given."""
    form = greenforms.load_form("he-2024/recommendation-summary")
    data = plain("recommendation-summary.json")
    assert form.validate(data) == ()
    assert form.validate(data, as_of=date(2024, 7, 19)) == ()
    assert [finding.rule for finding in form.validate(data, as_of=date(2024, 7, 20))] == ["edition/out-of-force"]


def test_a_folder(tmp_path: Path) -> None:
    """This test ensures that a folder is checked from Python."""
    form = greenforms.load_form("cultivation-plan")
    (tmp_path / "工作方案.docx").write_bytes(form.render(plain("cultivation-plan-factory.json")))
    report = greenforms.check_folder(str(tmp_path))
    assert [paper.file for paper in report.papers] == ["工作方案.docx"]


def test_public_names() -> None:
    """This test ensures that every public name is listed, there, and loaded only when it is asked for."""
    script = (
        "import sys, greenforms\n"
        "names = dir(greenforms)\n"
        "assert not [name for name in sys.modules if name.startswith('greenforms.')], sys.modules\n"
        "assert set(greenforms.__all__) <= set(names)\n"
        "assert all(getattr(greenforms, name) for name in greenforms.__all__)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("cultivation-plan", "nm-2024/cultivation-plan"),
        ("工作方案", "nm-2024/cultivation-plan"),
        ("《绿色制造体系示范单位培育创建工作方案》", "nm-2024/cultivation-plan"),
        ("名单库", "nm-2024/cultivation-roster"),
        ("XX市2024年度国家绿色制造名单推荐汇总表", "he-2024/recommendation-summary"),
        ("典型经验报告", "he-2024/typical-experience"),
    ],
)
def test_forms_by_title(name: str, form: str) -> None:
    """This test ensures that a form is found by what its title says."""
    assert greenforms.load_form(name).id == form


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("绿色制造", ["可能是几种表单", "nm-2024/cultivation-roster", "请写全"]),
        ("cultivation-rooster", ["没有表单", "您是不是要 nm-2024/cultivation-roster（《", "greenforms forms 查看"]),
        ("工作方桉", ["没有表单“工作方桉”", "greenforms forms 查看"]),
        ("典型经验报吿", ["您是不是要 he-2024/typical-experience"]),
        ("表", ["没有表单"]),
        ("", ["没有表单"]),
    ],
)
def test_forms_that_are_not_meant(name: str, words: list[str]) -> None:
    """This test ensures that several candidates are listed, and the nearest is offered where there is none."""
    with pytest.raises(UsageError) as caught:
        greenforms.load_form(name)
    for word in words:
        assert word in str(caught.value)
