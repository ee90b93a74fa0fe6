"""What a command loads before it does anything: start-up is kept short by not importing what is not used."""

from __future__ import annotations

from pathlib import Path

import pytest
from console import DATA, PLAN, spawn

#: Libraries that take long to import, and the commands' own heavy parts.
HEAVY = (
    "pint",
    "pdfplumber",
    "pypdf",
    "pypdfium2",
    "openpyxl",
    "xlsxwriter",
    "docx",
    "docxtpl",
    "jinja2",
    "phonenumbers",
    "stdnum",
    "email_validator",
    "cn2an",
    "rapidfuzz",
    "jsonschema",
    "olefile",
    "PIL",
    "numpy",
    "pandas",
)
REPORT = "import atexit, sys\natexit.register(lambda: print('\\n@', *sys.modules, file=sys.stderr))"


def loaded(*words: object) -> set[str]:
    """Which of the heavy libraries one command loads."""
    said = spawn(*words, before=REPORT)
    assert said.code == 0
    return {name.partition(".")[0] for name in said.err.rpartition("@")[2].split()} & set(HEAVY)


def test_the_probe_sees_a_heavy_library(papers: Path) -> None:
    """This test ensures that the tests below can fail: reading telephones does load their library."""
    assert "phonenumbers" in loaded("extract", papers / "plan.docx")


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["forms"], ["forms", "--json"], ["schema", PLAN]])
def test_looking_around_loads_nothing_heavy(words: list[str]) -> None:
    """This test ensures that help, catalogue and schema start without any library for papers."""
    assert loaded(*words) == set()


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("roster.docx", set()),
        ("roster.xlsx", set()),
        ("plan.docx", {"phonenumbers", "stdnum", "email_validator"}),
    ],
)
def test_extract_loads_only_what_it_reads(name: str, needed: set[str], papers: Path) -> None:
    """This test ensures that reading needs no PDF reader and no renderer, and phones only where used."""
    assert loaded("extract", papers / name) <= {"rapidfuzz", *needed}


def test_validate_loads_no_paper_library() -> None:
    """This test ensures that checking data needs no library for papers."""
    heavy = loaded("validate", PLAN, DATA[PLAN])
    assert heavy.isdisjoint({"pdfplumber", "pypdf", "openpyxl", "docx", "docxtpl", "xlsxwriter", "jsonschema"})


@pytest.mark.parametrize("columns", ["20", "0", "-3", "many", ""])
def test_help_is_readable_in_any_terminal(columns: str) -> None:
    """This test ensures that a narrow terminal, or one that tells nonsense of its width, leaves options whole."""
    said = spawn("extract", "--help", COLUMNS=columns, TERM="", NO_COLOR="1")
    assert (said.code, said.err) == (0, "")
    shown = said.out.decode("utf-8")
    assert "--output" in shown
    assert "TEXT" in shown
    assert "\x1b" not in shown
