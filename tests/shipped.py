"""The shipped forms, opened once for all tests, and the verbs that read papers as one of them."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from greenforms.bundled import form_folders
from greenforms.fact.vocabulary import Vocabulary
from greenforms.form.edition import Edition
from greenforms.form.form import Form
from greenforms.form.library import Library, open_library
from greenforms.form.rule import Rule
from greenforms.pack import crosscheck, weighing
from greenforms.read import paper
from greenforms.readings import reading as readings_book
from greenforms.show import showing as shown_pages
from greenforms.workbook import reading

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = open_library()

#: The forms of `few_editions`: one of each kind that a test breaks.
FEW = ("cultivation-plan", "cultivation-roster", "typical-experience", "recommendation-summary")

Item = TypeVar("Item")


def spread(items: Iterable[Item], most: int = 6) -> list[Item]:
    """A few of many, evenly spread: for what holds alike for every form and would take minutes on all of them."""
    every = list(items)
    return every[:: max(1, -(-len(every) // most))]


def few_editions(folder: Path, kept: tuple[str, ...] = ("nm-2024", "he-2024", "cn-2026")) -> Path:
    """A copy of the shipped folder that a test may break, with a few editions and forms: all of them take seconds."""
    for name in ("schemas", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.rmtree(folder / "schemas/procedures")  # they name forms of every edition
    index = folder / "schemas/rules/index.yaml"
    listed = index.read_text("utf-8")
    for edition in (folder / "schemas/editions").iterdir():
        if edition.stem not in kept:
            edition.unlink()
            (folder / "schemas/rules" / edition.name).unlink(missing_ok=True)
            listed = re.sub(f",? {edition.stem}\\b", "", listed)
    index.write_text(listed, "utf-8")
    for name in kept:
        _keep_few(folder / f"schemas/editions/{name}.yaml", "forms", r"  - name: (.+)")
        _keep_few(folder / f"schemas/rules/{name}.yaml", "rules", r"    forms: \[(.+)\]")
    return folder


@cache
def few_forms() -> Path:
    """The folder of `few_editions`, made once, to lay other folders over; nobody changes it."""
    folder = Path(tempfile.mkdtemp(prefix="greenforms-few-"))
    atexit.register(shutil.rmtree, folder)
    return few_editions(folder)


def _keep_few(path: Path, key: str, named: str) -> None:
    """Leave out the entries of a list in a file of an edition that speak of none of the few forms."""
    if not path.is_file():
        return
    head, found, entries = path.read_text("utf-8").partition(f"\n{key}:\n")
    kept = []
    for entry in re.split(r"(?m)^(?=  - )", entries):
        names = re.search(named, entry)
        few = [name for name in names[1].split(", ") if name in FEW] if names else None
        if names is None or few:
            kept.append(entry.replace(names[1], ", ".join(few), 1) if names and few else entry)
    path.write_text(head + found + "".join(kept), "utf-8")


read_paper = partial(paper.read_paper, LIBRARY)
read_document = partial(paper.read_document, LIBRARY)
read_workbook = partial(reading.read_workbook, LIBRARY)
read_readings = partial(readings_book.read_readings, LIBRARY)
showing = partial(shown_pages.showing, LIBRARY)
check_folder = partial(crosscheck.check_folder, LIBRARY)
check_files = partial(crosscheck.check_files, LIBRARY)
assess_together = partial(weighing.assess_together, LIBRARY)


def load_form(form_id: str) -> Form:
    return LIBRARY.form(form_id)


class _WithRules(Library):
    """The shipped forms, held to a test's own rules in place of their edition's."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.__dict__.update(LIBRARY.__dict__)
        self._own = rules

    def rules_of(self, edition_id: str) -> tuple[Rule, ...]:
        return self._own


class _LaidOver(Library):
    """A folder laid over the shipped one, whose forms are those of all tests: their templates are parsed once."""

    def form(self, form_id: str) -> Form:
        full = self._full_id(form_id)
        return LIBRARY.form(full) if full.partition("/")[0] in LIBRARY.edition_files else super().form(full)


def open_laid_over() -> Library:
    """The shipped forms and those of the folder that the environment names. Raises UsageError when that holds none."""
    return _LaidOver(*form_folders())


def with_rules(form: Form, *rules: Rule) -> Form:
    """A form whose edition has these rules and no others."""
    return replace(form, library=_WithRules(rules))


def form_of_example(name: str, edition: str = "") -> Form:
    """The form that an example is data of: best of the given edition, best one that names it, else by its name."""
    named = [form for form in LIBRARY.forms if name.startswith(form.entry.name) or form.entry.example == f"{name}.json"]
    return max(
        named,
        key=lambda form: (form.edition.id == edition, form.entry.example == f"{name}.json", len(form.entry.name)),
    )


def form_ids() -> tuple[str, ...]:
    return LIBRARY.form_ids


def layouts() -> tuple[str, ...]:
    """One form of each layout: what is printed, typed and read is the layout's."""
    return tuple({form.layout: form.id for form in reversed(list(LIBRARY.forms))}.values())


def load_edition(edition_id: str) -> Edition:
    return LIBRARY.edition(edition_id)


def editions() -> tuple[str, ...]:
    return LIBRARY.edition_ids


def load_vocabulary() -> Vocabulary:
    return LIBRARY.vocabulary
