"""`greenforms demo`: the whole circle on the shipped examples."""

from __future__ import annotations

import copy
import time
from pathlib import Path
from typing import Any

import rich_click as click

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.output import print_findings
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.library import Library

#: The paper and the list in which the contradiction is planted.
_PAPER, _LIST = "nm-2024/cultivation-plan", "nm-2024/cultivation-roster"


@click.command("demo", cls=Command)
@click.option("-o", "--output", default="demo-out", show_default=True, help="放置结果的目录。")
@pass_library
def command(library: Library, output: str) -> None:
    """演示全过程：填表、生成、读回、埋一处矛盾并查出来。

    例：greenforms demo
    """
    started = time.monotonic()
    folder = Path(output)
    datafile.make_folder(folder / "材料")
    for form in library.forms:
        if form.entry.example is not None:
            _circle(form, folder)
    click.echo("\n埋一处矛盾：把名单库表里的单位名称写错两个字，再核对整个目录")
    print_findings(_contradiction(library, folder))
    click.echo(f"\n生成的文件在 {folder.resolve()}（用时 {time.monotonic() - started:.1f} 秒）：")
    for path in sorted(folder.rglob("*.*")):
        click.echo(f"  {path.relative_to(folder)}  {path.stat().st_size / 1024:.0f} KB")


def _circle(form: Form, folder: Path) -> None:
    """Fill one form, write it in each format and read each file back."""
    from greenforms.check.validation import validate
    from greenforms.read.paper import read_paper
    from greenforms.render.paper import render

    dataset = example_of(form)
    findings = validate(form, dataset.data)
    click.echo(f"\n{form.id} 《{form.title}》：校验{'通过' if not findings else f'发现 {len(findings)} 个问题'}")
    print_findings(findings)
    for kind in _kinds(form):
        path = folder / f"{form.entry.titles[0]}.{kind}"
        datafile.write(str(path), render(form, dataset.data, kind, dataset.base), force=True)
        extraction = read_paper(form.library, path)
        same = extraction.data == dataset.data and not extraction.findings
        verdict = "与原数据完全一致" if same else "与原数据不一致"
        click.echo(f"  {kind}：生成并读回 {len(extraction.fields)} 个字段，{verdict}")
        print_findings(extraction.findings)


def example_of(form: Form) -> datafile.DataSet:
    """The shipped data set of a form that has one."""
    return datafile.load(str(examples_dir() / str(form.entry.example)))


def _kinds(form: Form) -> list[str]:
    """The formats to show: PDF for one form, where LibreOffice is at hand, because it takes seconds."""
    from greenforms_extractors.office.program import find_office

    kinds = [kind for kind in form.entry.outputs if kind != "pdf"]
    return [*kinds, "pdf"] if form.id == _PAPER and find_office() else kinds


def _contradiction(library: Library, folder: Path) -> tuple[Finding, ...]:
    """The plan and a roster in which its subject's name is misspelt, checked against each other."""
    from greenforms.pack.crosscheck import check_folder
    from greenforms.render.paper import render

    paper, listed = library.form(_PAPER), library.form(_LIST)
    plan, roster = example_of(paper).data, copy.deepcopy(example_of(listed).data)
    misspell(roster, plan["unit"])
    for form, data in ((paper, plan), (listed, roster)):
        datafile.write(str(folder / "材料" / f"{form.entry.titles[0]}.docx"), render(form, data, "docx"), force=True)
    return check_folder(library, folder / "材料").findings


def misspell(roster: Any, name: str) -> None:
    """Write a name in a roster with two characters wrong."""
    for row in roster["rows"]:
        if row["name"] == name:
            row["name"] = name.replace("新材料", "材料科技")
