"""Pictures lie below the folder of the data: what else is on the machine is not printed, whatever the data say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from greenforms import load_form
from greenforms.bundled import examples_dir
from greenforms.errors import InputError

FORM = "he-2024/typical-experience"
SOURCE = examples_dir() / "pictures" / "factory-solvent.png"


def _data(file: str) -> Any:
    data = json.loads((examples_dir() / "typical-experience-factory.json").read_text("utf-8"))
    for highlight in data["highlights"]:
        highlight["pictures"] = [{"file": file, "caption": "图"}]
    return data


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """A unit's folder with a picture, and another one beside the folder."""
    folder = tmp_path / "单位"
    (folder / "pictures").mkdir(parents=True)
    shutil.copy(SOURCE, folder / "pictures" / "a.png")
    shutil.copy(SOURCE, tmp_path / "单位以外.png")
    return folder


@pytest.mark.parametrize("file", ["pictures/a.png", "./pictures/../pictures/a.png"])
def test_a_picture_below_the_folder_is_printed(unit: Path, file: str) -> None:
    assert load_form(FORM).render(_data(file), base=unit).startswith(b"PK")


@pytest.mark.parametrize("file", ["../单位以外.png", "pictures/../../单位以外.png", "{outside}"])
def test_a_picture_elsewhere_is_not(unit: Path, file: str) -> None:
    outside = unit.parent / "单位以外.png"
    with pytest.raises(InputError, match="没有放在数据文件旁边，不去别处找"):
        load_form(FORM).render(_data(file.format(outside=outside)), base=unit)


def test_a_picture_given_by_its_whole_path_below_the_folder_is_printed(unit: Path) -> None:
    assert load_form(FORM).render(_data(str(unit / "pictures" / "a.png")), base=unit).startswith(b"PK")
