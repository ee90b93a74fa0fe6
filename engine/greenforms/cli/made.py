"""Says which paper a command has made, and what comes next."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import rich_click as click

from greenforms import datafile
from greenforms.cli.output import print_findings
from greenforms.cli.screen import say
from greenforms.errors import UsageError
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.report import findings_json, json_text


@dataclass(frozen=True, slots=True)
class Made:
    """A paper made: its file, None where there is none; the pages where its format has them."""

    form: Form
    file: str | None
    pages: int | None = None

    @classmethod
    def of(cls, form: Form, file: str, kind: str, content: bytes) -> Made:
        """What was made, its pages counted."""
        return cls(form, file, _pages(content) if kind == "pdf" else None)

    def to_json(self, findings: Sequence[Finding]) -> dict[str, Any]:
        """The result as the command line writes it."""
        return {"file": self.file, "form": self.form.id, "pages": self.pages, **findings_json(findings)}


def report_made(made: Made, after: str, findings: Sequence[Finding] = (), *, as_json: bool) -> None:
    """Tell the findings, the file made and what comes next: for programs on standard output, else beside it."""
    if as_json:
        click.echo(json_text(made.to_json(findings)))
        return
    print_findings(findings, err=True)
    if made.file == datafile.STANDARD_STREAM:
        return
    counted = f"，{made.pages} 页" if made.pages is not None else ""
    said = "没有生成文件" if made.file is None else f"已生成“{made.file}”{counted}"
    say(f"{said}。下一步：{after}。", err=True)


def refuse_two_on_one(output: str, *, as_json: bool) -> None:
    """Raise UsageError when a paper and its JSON would both go to standard output."""
    if as_json and output == datafile.STANDARD_STREAM:
        raise UsageError("-o - 和 --json 都要写到标准输出，会混在一起。请把文件写到一个文件名，或去掉 --json。")


def _pages(content: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(content)).pages)
