"""`greenforms demo`: the whole circle on the shipped examples."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.output import print_findings
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.source import load_yaml


@click.command("demo", cls=Command)
@click.option("-o", "--output", default="demo-out", show_default=True, help="放置结果的目录。")
@click.option("--all", "every", is_flag=True, help="演示全部表单（需要半分钟），不只是几种有代表性的。")
@pass_library
def command(library: Library, output: str, every: bool) -> None:
    """演示全过程：填表、生成、读回、埋一处矛盾并查出来。

    例：greenforms demo
    """
    started = time.monotonic()
    shown = demonstration()
    folder = Path(output)
    datafile.make_folder(folder / "材料")
    for form in library.forms if every else map(library.form, shown["forms"]):
        if form.entry.example is not None:
            _circle(form, folder / form.edition.id, _kinds(form, shown["pdf"]))
    click.echo(f"\n埋一处矛盾：{shown['contradiction']['title']}，再核对整个目录")
    print_findings(_contradiction(library, folder, shown["contradiction"]["papers"]))
    click.echo(f"\n生成的文件在 {folder.resolve()}（用时 {time.monotonic() - started:.1f} 秒）：")
    for path in sorted(folder.rglob("*.*")):
        click.echo(f"  {path.relative_to(folder)}  {path.stat().st_size / 1024:.0f} KB")


def _circle(form: Form, folder: Path, kinds: Sequence[str]) -> None:
    """Fill one form, write it in each format and read each file back."""
    from greenforms.check.validation import validate
    from greenforms.read.paper import read_paper
    from greenforms.render.paper import render

    datafile.make_folder(folder)
    dataset = example_of(form)
    findings = validate(form, dataset.data)
    click.echo(f"\n{form.id} 《{form.title}》：校验{'通过' if not findings else f'发现 {len(findings)} 个问题'}")
    print_findings(findings)
    for kind in kinds:
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


def _kinds(form: Form, as_pdf: str) -> list[str]:
    """The formats to show: PDF for one form, where LibreOffice is at hand, because it takes seconds."""
    from greenforms_extractors.office.program import find_office

    kinds = [kind for kind in form.entry.outputs if kind != "pdf"]
    return [*kinds, "pdf"] if form.id == as_pdf and find_office() else kinds


def _contradiction(library: Library, folder: Path, papers: Any) -> tuple[Finding, ...]:
    """Papers that contradict each other, checked against each other."""
    from greenforms.pack.crosscheck import check_folder
    from greenforms.render.paper import render

    for form, data in contradicting(library, papers):
        datafile.write(str(folder / "材料" / f"{form.entry.titles[0]}.docx"), render(form, data, "docx"), force=True)
    return check_folder(library, folder / "材料").findings


def contradicting(library: Library, papers: Any) -> Iterator[tuple[Form, Any]]:
    """The examples that are listed, each with its changes by pointer."""
    from greenforms.form.edit import put

    for entry in papers:
        form = library.form(entry["form"])
        data = copy.deepcopy(example_of(form).data)
        for pointer, value in entry.get("change", {}).items():
            put(data, pointer, value)
        yield form, data


def demonstration() -> Any:
    """What the shipped examples are shown with; the meta schema `demo` says which keys there are."""
    return load_yaml(examples_dir() / "demo.yaml", "demo")
