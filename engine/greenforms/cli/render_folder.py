"""A folder of fill-in workbooks and data sets of many units onto their official forms: one bad one ends no other."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from greenforms import datafile
from greenforms.cli.failure import explain
from greenforms.cli.fault import told_apart
from greenforms.cli.options import today
from greenforms.cli.output import print_findings, worst_exit
from greenforms.cli.progress import Files
from greenforms.cli.screen import say
from greenforms.errors import ExitCode, Fault, InputError, UsageError
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.pack.listing import Source, sources_of
from greenforms.pack.printing import STOPPED, Made, print_form
from greenforms.readings.inputs import Input, load_data
from greenforms.report import findings_json, json_text
from greenforms.scheduling.executor import InPlace
from greenforms.scheduling.ledger import MemoryLedger
from greenforms.scheduling.scheduler import run
from greenforms.scheduling.task import Refusal, Task
from greenforms.workbook.signs import is_workbook

#: What data sets are kept in; all else in the folder is none.
_DATA = frozenset({".xlsx", ".json", ".yaml", ".yml"})


@dataclass(slots=True)
class _Units:
    """One call while the units are printed one after the other: it receives the papers."""

    form: Form
    kind: str
    folder: Path
    force: bool
    as_json: bool
    progress: Files
    codes: list[ExitCode] = field(default_factory=list)
    made: list[dict[str, Any]] = field(default_factory=list)

    def begun(self, task: Task, number: int, total: int) -> None:
        """Say which unit is printed."""
        self.progress(number, total, task.name)

    def given(self, task: Task, value: tuple[Made, tuple[Finding, ...]]) -> str:
        """Say in one message what became of a unit."""
        made, findings = value
        if made.file is None:
            self._note(task, None, findings, (f"{task.name}：没有生成。{STOPPED}。",))
            self.codes.append(ExitCode.FAILED_ITEMS)
            return ""
        state = f"有 {len(findings)} 处要看" if findings else "没有发现问题"
        self._note(task, made.file, findings, (f"{task.name}：已生成“{made.file}”，{state}。",))
        self.codes.append(worst_exit(findings))
        return ""

    def refused(self, task: Task, error: Refusal) -> str:
        """Say why a unit could not be printed."""
        first, *more = explain(told_apart(error)) or ("",)
        self._note(task, None, (), (first.replace(task.given.path.name, task.name, 1), *more))
        self.codes.append(ExitCode.OUR_FAULT if isinstance(error, Fault) else ExitCode.FAILED_ITEMS)
        return ""

    def print_unit(self, task: Task) -> tuple[Made, tuple[Finding, ...]]:
        """Print one unit."""
        source = task.given
        given = self._given(source)
        target = self.target(source)
        datafile.make_folder(target.parent)
        made, findings = print_form(self.form, given, str(target), self.kind, today(), force=self.force)
        if made.file is not None and is_workbook(source.path):
            content = (json_text(given.data) + "\n").encode()
            datafile.write(str(target.with_suffix(".json")), content, force=self.force)
        return made, findings

    def _given(self, source: Source) -> Input:
        try:
            return load_data(str(source.path), self.form)
        except UsageError as error:  # what is to be asked of this one alone
            raise InputError(str(error)) from error

    def target(self, source: Source) -> Path:
        """Where a unit's paper goes: under the name of its data, in the same folders."""
        return self.folder / Path(source.name).with_suffix(f".{self.kind}")

    def _note(self, task: Task, file: str | None, findings: tuple[Finding, ...], lines: tuple[str, ...]) -> None:
        said = findings_json(findings)
        self.made.append({"source": task.name, "file": file, "message": lines[0], **said})
        say(*lines, err=True)
        print_findings(findings, err=True)


def render_folder(form: Form, source: Path, output: str, kind: str | None, *, as_json: bool, force: bool) -> ExitCode:
    """Print every unit of a folder; the exit code is that of the unit that fared worst.

    Raises UsageError for an output that cannot be, InputError for a folder without data.
    """
    folder, chosen = Path(output), kind or form.entry.outputs[0]
    if output == datafile.STANDARD_STREAM or folder.is_file():
        raise UsageError(f"“{source}”是目录，-o 也要写目录：每个单位一份表写在那里。")
    if chosen not in form.entry.outputs:
        raise UsageError(
            f"《{form.title}》不输出 {chosen} 格式，可选：{'、'.join(form.entry.outputs)}。请更换 --format。"
        )
    units = _Units(form, chosen, folder, force, as_json, Files(silent=as_json))
    sources = [each for each in sources_of([source], folder) if each.path.suffix.lower() in _DATA]
    if not sources:
        raise InputError(f"目录“{source}”里没有填报表或数据（.xlsx、.json、.yaml）。请把各单位的填报表放进去。")
    _refuse_taken(units, sources)
    datafile.make_folder(folder)
    run(MemoryLedger(Task(each.name, each.name, each) for each in sources), InPlace(units.print_unit), units)
    done = sum(each["file"] is not None for each in units.made)
    if as_json:
        click.echo(json_text({"form": form.id, "papers": units.made}))
    say(f"共 {len(sources)} 个单位，生成 {done} 份，没有生成 {len(sources) - done} 份。", err=True)
    return ExitCode.gravest(units.codes)


def _refuse_taken(units: _Units, sources: list[Source]) -> None:
    """Find out before the long printing what would be overwritten, or be written twice."""
    seen: dict[str, Source] = {}
    for source in sources:
        target = units.target(source)
        other = seen.setdefault(str(target).casefold(), source)
        if other is not source:
            raise UsageError(f"“{other.name}”和“{source.name}”会写成同一个文件“{target}”。请给其中一个改名。")
        if target.parent.is_dir():
            for each in (target, *([target.with_suffix(".json")] if is_workbook(source.path) else [])):
                datafile.refuse_taken(str(each), force=units.force)
