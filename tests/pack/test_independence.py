"""Self-evaluation and third-party report of one factory in a folder: what two files have in common is told."""

from __future__ import annotations

import zipfile
from pathlib import Path

from cli.console import EXAMPLES, call

_CORE = "docProps/core.xml"


def _paper(folder: Path, name: str, author: str) -> None:
    """A paper of the examples as a Word file that says who wrote it."""
    path = folder / f"{name}.docx"
    call("render", f"nm-2022/{name}", EXAMPLES / f"{name}.json", "-o", path)
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    said = f"<dc:creator>{author}</dc:creator>".encode()
    parts[_CORE] = parts[_CORE].replace(b"</cp:coreProperties>", said + b"</cp:coreProperties>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)


def test_files_of_one_author(tmp_path: Path) -> None:
    """This test ensures that one author of both files is asked about, with both files named."""
    _paper(tmp_path, "factory-self-evaluation", "康映雪")
    _paper(tmp_path, "factory-third-party-evaluation", "康映雪")
    found = [
        each for each in call("check", tmp_path, "--json").json["findings"] if each["rule"].startswith("pack/third")
    ]
    assert [(each["rule"], each["severity"]) for each in found] == [("pack/third-party-makers", "ask")]
    assert "“康映雪”（文件属性、文件属性）" in found[0]["message"]
    assert {place["document"] for place in found[0]["places"]} == {
        "factory-self-evaluation.docx",
        "factory-third-party-evaluation.docx",
    }
