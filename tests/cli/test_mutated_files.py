"""extract on damaged bytes: whatever a paper has been turned into, there is an extraction or a refusal."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from console import call
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PAPERS = ("roster.docx", "plan.docx", "roster.xlsx")
#: Bytes that mean something to XML, PDF or ZIP, and some that mean nothing.
SPLINTERS = (
    b"",
    b"\0",
    b"\xff",
    b"<",
    b">",
    b"&",
    b'"',
    b"</w:tc>",
    b"<w:tbl>",
    b"-1",
    b"99999999999",
    b"obj",
    b"PK\1\2",
)
SETTINGS = settings(max_examples=15, suppress_health_check=list(HealthCheck))


def mutated(content: bytes, cuts: list[tuple[float, int, bytes]]) -> bytes:
    """The content with pieces replaced; each cut is a place (as a share), a length and what is put there."""
    for place, length, splinter in cuts:
        at = int(place * len(content))
        content = content[:at] + splinter + content[at + length :]
    return content


def cuts() -> st.SearchStrategy[list[tuple[float, int, bytes]]]:
    one = st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 40), st.sampled_from(SPLINTERS))
    return st.lists(one, min_size=1, max_size=5)


def survives(path: Path, content: bytes) -> None:
    """The file is read, or refused in Chinese; an exception that escapes fails the test."""
    path.write_bytes(content)
    said = call("extract", path, "--json")
    if said.code in (0, 1):
        assert said.json["file"] == path.name
    else:
        said.refused(3, path.name)


@pytest.mark.parametrize("name", [*PAPERS, "plan.pdf"])
@SETTINGS
@given(cuts=cuts())
def test_damaged_bytes(name: str, cuts: list[tuple[float, int, bytes]], papers: Path) -> None:
    """This test ensures that flipped, cut and swollen files never give a traceback."""
    survives(papers / f"坏 {name}", mutated((papers / name).read_bytes(), cuts))


@pytest.mark.parametrize("name", PAPERS)
@SETTINGS
@given(cuts=cuts(), number=st.integers(0, 100))
def test_damaged_parts(name: str, cuts: list[tuple[float, int, bytes]], number: int, papers: Path) -> None:
    """This test ensures that a sound package with a damaged part inside never gives a traceback."""
    target = io.BytesIO()
    with zipfile.ZipFile(papers / name) as old, zipfile.ZipFile(target, "w") as new:
        names = old.namelist()
        for each in names:
            part = old.read(each)
            new.writestr(each, mutated(part, cuts) if each == names[number % len(names)] else part)
    survives(papers / f"坏 {name}", target.getvalue())
