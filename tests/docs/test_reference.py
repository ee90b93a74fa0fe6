"""The generated reference: its files are what the packages, codecs, commands and readers say today."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from types import ModuleType

import pytest
from sessions import ROOT

from greenforms.codec import CODECS

PAGES = ("forms.md", "pictures.md", "rules.md", "register.md", "clauses.md", "codecs.md", "commands.md", "errors.md")
PICTURES = ROOT / "docs" / "pictures" / "forms"


@pytest.fixture(scope="module")
def reference() -> Iterator[ModuleType]:
    """The script that writes the reference, as a module."""
    loader = SourceFileLoader("make_reference", str(ROOT / "scripts" / "make-reference"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    sys.path.insert(0, str(ROOT / "scripts"))
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(ROOT / "scripts"))
        sys.dont_write_bytecode = before


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_a_readme_names_all_forms(reference: ModuleType, name: str) -> None:
    """a README's list of forms is what scripts/make-reference writes now."""
    written = (ROOT / name).read_text("utf-8")
    assert written == reference.with_forms(written), "run scripts/make-reference"
    assert all(f"`{form.entry.name}`" in written for form in reference.LIBRARY.forms)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_up_to_date(reference: ModuleType, name: str) -> None:
    """a page of the reference equals what scripts/make-reference writes now; run the script when it does not."""
    written = (ROOT / "docs" / "reference" / name).read_text("utf-8")
    assert written == reference.PAGES[name](), "run scripts/make-reference"


def test_every_page_is_written(reference: ModuleType) -> None:
    """the reference has no page that nobody regenerates."""
    assert {path.name for path in (ROOT / "docs" / "reference").iterdir()} == set(reference.PAGES) == set(PAGES)


def test_every_form_is_pictured(reference: ModuleType) -> None:
    """each form has the first page of its blank and of its example as small pictures, and the page shows every one."""
    kept = {file.name for file in PICTURES.iterdir()}
    page = (ROOT / "docs" / "reference" / "pictures.md").read_text("utf-8")
    pictures = reference.form_pictures
    for form in reference.LIBRARY.forms:
        needed = {f"{pictures.blank_name(form)}.png", f"{pictures.filled_name(form, 1)}.png"}
        assert needed <= kept, "run scripts/make-pictures forms"
    assert set(re.findall(r"\.\./pictures/forms/([^)]+)", page)) == kept
    assert max(file.stat().st_size for file in PICTURES.iterdir()) <= 25_000


def test_every_codec_has_sample_readings(reference: ModuleType) -> None:
    """a new codec cannot go without examples of what it reads."""
    assert {name for name, _, _ in reference.SAMPLES} == set(CODECS)


def test_refusals_leave_no_message_unread(reference: ModuleType) -> None:
    """every refusal is listed in words: none of its clauses is only `…`."""
    assert reference.refusals()
    assert all(row[key] not in ("", "…") for row in reference.refusals() for key in row)
    assert all(message != "…" for _, message in reference.notices())
