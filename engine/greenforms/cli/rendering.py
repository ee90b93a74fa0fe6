"""One data set onto its official form, as `render` does it for one and for a folder of many."""

from __future__ import annotations

from pathlib import Path

from greenforms import datafile
from greenforms.cli.inputs import Input
from greenforms.cli.made import Made
from greenforms.cli.options import today
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.tree import misfits

#: What is to be done where nothing could be printed.
STOPPED = "以上有表上没有的项或类型不对的内容，印不到表上，请改正后再试"


def print_form(form: Form, given: Input, output: str, kind: str, *, force: bool) -> tuple[Made, tuple[Finding, ...]]:
    """Write the paper, and what is to be said of it; nothing is written of data that cannot be printed."""
    from greenforms.pack.crosscheck import check_data
    from greenforms.render.legible import print_findings
    from greenforms.render.paper import render

    findings = check_data(form, given.data, given.name, today(), given.findings)
    if next(misfits(form.root, given.data), None) is not None:
        return Made(form, None), findings
    content = render(form, given.data, kind, given.base)
    datafile.write(output, content, force=force)
    if kind == "pdf":
        findings = (*findings, *print_findings(form, given.data, output))
    if kind == "pdf" and output != datafile.STANDARD_STREAM:
        findings = (*findings, *_lost_in_print(form, Path(output)))
    return Made.of(form, output, kind, content), findings


def _lost_in_print(form: Form, path: Path) -> tuple[Finding, ...]:
    """Where the PDF does not say what was filled in: LibreOffice can lose a letter beside a character no font has."""
    from greenforms.read.paper import read_paper

    return read_paper(form.library, path).findings
