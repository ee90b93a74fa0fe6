"""Papers of ours come back edited: one character of a printed value is another, and it has to be found.

Writes docs/edits.md. `make edits` makes 10,000 random edits of the examples of all forms, as docx, xlsx and pdf; a
number behind it asks for fewer. Ends with 1 when an edit is not found.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from edit_ways import Edit, Printed, edited

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.form.form import Form
from greenforms.form.library import Library, open_library
from greenforms.read.extraction import Extraction
from greenforms.read.paper import read_paper
from greenforms.render.paper import render

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "edits.md"
EDITS = 10_000
KINDS = ("docx", "xlsx", "pdf")


def printed(library: Library, form: Form, kind: str, folder: Path) -> Printed:
    """The example of a form on paper, read back."""
    example = datafile.load(str(examples_dir() / str(form.entry.example)))
    content = render(form, example.data, kind, example.base)
    return Printed(form, kind, content, read_back(library, form, kind, content, folder))


def read_back(library: Library, form: Form, kind: str, content: bytes, folder: Path) -> Extraction:
    """A paper as its receiver reads it."""
    file = folder / f"paper.{kind}"
    file.write_bytes(content)
    return read_paper(library, file, form.id)


def is_found(clean: Extraction, edited: Extraction) -> bool:
    """Whether the reading tells of the edit: a finding more, and not the value that was printed as a certain one."""
    told = {(each.rule, each.message) for each in edited.findings} - {
        (each.rule, each.message) for each in clean.findings
    }
    return bool(told)


def papers_of(library: Library, forms: Sequence[Form], kinds: Sequence[str], folder: Path) -> list[Printed]:
    """The examples of forms on paper, in each of the kinds that a form is printed in."""
    return [
        printed(library, form, kind, folder)
        for form in forms
        if form.entry.example
        for kind in kinds
        if kind in form.entry.outputs
    ]


def tried(
    library: Library, papers: Sequence[Printed], count: int, folder: Path
) -> Iterator[tuple[Printed, Edit, bool]]:
    """So many edits, in turn over the papers, each with whether it is found."""
    done = turn = 0
    while done < count:
        paper, rng = papers[turn % len(papers)], Random(f"edit {turn}")  # noqa: S311 - test data
        turn += 1
        edit = edited(paper, rng)
        if edit is not None:
            done += 1
            again = read_back(library, paper.form, paper.kind, edit.content, folder)
            yield paper, edit, is_found(paper.clean, again)


def page_of(of: Counter[str], found: Counter[str], unfound: Sequence[str], forms: int) -> str:
    """The page."""
    rows = [f"| {kind} | {of[kind]} | {found[kind]} |" for kind in KINDS if of[kind]]
    return (
        "\n".join(
            [
                "# 改过的材料",
                "",
                "<!-- Written by benchmarks/edits.py (make edits). -->",
                "",
                f"{forms} 种表的例子印成 Word、Excel、PDF，每次只改印出的一个值里的一个字符（不动附在文件里的数据），"
                "再读一遍。读出的结果里要有一条说它被改过。",
                "",
                "| 文件 | 改动 | 查出 |",
                "|---|---:|---:|",
                *rows,
                "",
                *(f"- 没有查出：{each}" for each in unfound),
                "",
            ]
        ).rstrip("\n")
        + "\n"
    )


def main(count: int = EDITS) -> int:
    library = open_library()
    of, found, unfound = Counter[str](), Counter[str](), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        papers = papers_of(library, list(library.forms), KINDS, folder)
        for number, (paper, edit, is_told) in enumerate(tried(library, papers, count, folder), 1):
            of[paper.kind] += 1
            found[paper.kind] += is_told
            if not is_told:
                unfound.append(f"{paper.form.id} {paper.kind} {edit.what}")
            if number % max(count // 20, 1) == 0:
                print(f"edits {number}/{count}", *unfound[-3:], sep="\n", file=sys.stderr, flush=True)
    forms = len({paper.form.id for paper in papers})
    PAGE.write_text(page_of(of, found, unfound, forms), "utf-8")
    return bool(unfound)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
