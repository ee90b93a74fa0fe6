"""Pictures of one pixel, or of one pixel in one direction, printed and read back."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.render.paper import render
from shipped import load_form, read_paper

_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


@pytest.mark.parametrize("size", [(1, 1), (1, 60_000), (9000, 1)])
def test_thin_picture(tmp_path: Path, size: tuple[int, int]) -> None:
    """A picture of hardly any breadth is printed with some, and comes back as it was."""
    data = datafile.load(str(examples_dir() / "typical-experience-factory.json")).data
    Image.new("L", size).save(tmp_path / "细.png")
    data["highlights"][0]["pictures"] = [{"file": "细.png", "caption": "一像素"}]
    for highlight in data["highlights"][1:]:
        highlight.pop("pictures", None)
    paper = render(load_form("he-2024/typical-experience"), data, "docx", tmp_path)
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(paper)).read("word/document.xml"))
    (extent,) = root.iter(_EXTENT)
    assert min(int(extent.get("cx", "")), int(extent.get("cy", ""))) >= 1
    (tmp_path / "纸.docx").write_bytes(paper)
    assert read_paper(tmp_path / "纸.docx").pictures == {"细.png": (tmp_path / "细.png").read_bytes()}
