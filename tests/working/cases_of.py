"""The cases, as data sets of forms that ask about them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from scored_forms import scored_library

from greenforms.form.form import Form
from greenforms.form.library import Library

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """A case: its form, its data set, and what its file says."""

    form: Form
    data: dict[str, Any]
    said: dict[str, Any]


def read_case(name: str, folder: Path) -> Case:
    """A case by its name; `folder` is where its form is written."""
    said = yaml.load((CASES / name / "case.yaml").read_text("utf-8"), Loader=_Exact)  # noqa: S506 - a safe loader
    facts = tuple(f"park_balance.{fact}" for fact in said.get("used", ()))
    library = scored_library(folder, said.get("catalogue", ""), facts)
    return Case(library.form("xx-2025/scored"), data_of(said, library), said)


def data_of(said: dict[str, Any], library: Library) -> dict[str, Any]:
    """The data set that a case file says: `basic: 是` answers all conditions, a list is a figure and its unit."""
    data: dict[str, Any] = {"name": "某某公司", "date": "2026-03-31", "used": said.get("used", {})}
    if "energy" in said:
        data["energy"] = [_row(row) for row in said["energy"]]
    if "rows" in said:
        catalogue = library.catalogues[said["catalogue"]]
        data["rows"] = {id_: _row(row) for id_, row in said["rows"].items()}
        data["basic"] = {row.id: {"met": said["basic"]} for row in catalogue.rows_of("basic")}
    return data


def _row(row: dict[str, Any]) -> dict[str, Any]:
    quantities = {key: {"value": each[0], "unit": each[1]} for key, each in row.items() if isinstance(each, list)}
    return {**row, **quantities}


class _Exact(yaml.SafeLoader):
    """YAML with exact numbers."""


_Exact.add_constructor(
    "tag:yaml.org,2002:float",
    lambda loader, node: Decimal(loader.construct_scalar(node)),  # type: ignore[arg-type]
)
