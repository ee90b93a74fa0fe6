"""`greenforms extract`: returned files into data with evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenforms.cli.command import Command
from greenforms.cli.delivery import place_of, results_for
from greenforms.cli.failure import explain
from greenforms.cli.fault import told_apart
from greenforms.cli.library import pass_library
from greenforms.cli.options import edition_option, today
from greenforms.cli.output import print_findings, unread_text, worst_exit
from greenforms.cli.progress import Files, Pages
from greenforms.cli.results import Results
from greenforms.cli.screen import say
from greenforms.dossier.dossier import Unread
from greenforms.errors import ExitCode, Fault, UsageError
from greenforms.finding import Finding
from greenforms.form.library import Library
from greenforms.pack.listing import Source, sources_of
from greenforms.pack.unread import has_failed, unread_of
from greenforms.read.extraction import Extraction
from greenforms.scheduling.executor import InPlace
from greenforms.scheduling.ledger import MemoryLedger
from greenforms.scheduling.scheduler import run
from greenforms.scheduling.task import Refusal, Task

if TYPE_CHECKING:
    from greenforms.show.showing import Showing


@click.command("extract", cls=Command)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--form", help="指明表单；不写则自动识别。")
@edition_option
@click.option(
    "-o",
    "--output",
    help="写到哪里：.json（一个文件）、.xlsx（全部读进一个可更正的工作簿）、.csv，"
    "或已有的目录（每份一个 .json，连同图片）；"
    "不写则输出到屏幕。",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON（含每个字段的位置和可信度）。")
@click.option(
    "--show",
    help="另写一份标注图（.pdf，或 .png 每页一张），在原件上框出读到的每一栏，按可信程度分绿、黄、红；"
    "只用于一个 PDF 或图片文件。",
)
@click.option("--resume", is_flag=True, help="接着上次读：-o 处已有结果、且文件没有变过的，不再读取。")
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@pass_library
def command(
    library: Library,
    files: tuple[Path, ...],
    form: str | None,
    edition: str | None,
    output: str | None,
    as_json: bool,
    show: str | None,
    resume: bool,
    force: bool,
) -> int:
    """读取收回的表（Word、Excel、PDF、扫描件、照片），得到数据和每个数的出处。可以写文件，也可以写目录。

    例：greenforms extract 收件 -o 读取结果.xlsx

    例：greenforms extract 扫描件.pdf --show 标注.pdf
    """
    place = place_of(output)
    single = len(files) == 1 and not files[0].is_dir()
    sources = sources_of(files, place)
    results = results_for(library, sources, place, as_json=as_json, single=single, force=force, resume=resume)
    shown = _to_show(library, sources, show, force=force) if show is not None else None
    reading = _Reading(library, results, form, library.edition(edition).id if edition else None, shown)
    reading.read_all(sources)
    if reading.failures and single:
        raise reading.failures[0][1]
    return reading.end()


def _to_show(library: Library, sources: Sequence[Source], target: str, *, force: bool) -> Showing:
    """Everything that can be refused about the marked pages is refused before the long reading."""
    from greenforms.show.showing import showing

    if len(sources) > 1:
        raise UsageError(f"--show 一次只能标注一个文件，这里给了 {len(sources)} 个。请逐个读取，或去掉 --show。")
    return showing(library, sources[0].path, target, force=force)


def _expired(library: Library, forms: Iterable[str]) -> Iterator[Finding]:
    """What is to be said of the editions of the forms read."""
    from greenforms.check.edition import out_of_force

    for form_id in forms:
        yield from out_of_force(library.form(form_id), today())


def _show(shown: Showing, extraction: Extraction) -> None:
    with Pages("绘制标注图") as progress:
        shown.write(extraction, progress)
    if shown.note:
        say(shown.note, err=True)
    first, *more = (f"“{target}”" for target in shown.targets)
    say(f"标注图已写入{first}{f'至{more[-1]}' if more else ''}（{shown.pages} 页）。", err=True)


@dataclass(slots=True)
class _Reading:
    """One call while its files are read, one after the other: it receives the papers."""

    library: Library
    results: Results
    form: str | None
    edition: str | None
    shown: Showing | None
    progress: Files = field(default_factory=Files)
    kept: int = 0
    done: int = 0
    forms: dict[str, None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    failures: list[tuple[Source, Refusal]] = field(default_factory=list)

    def read_all(self, sources: Sequence[Source]) -> None:
        """Read what no earlier run has read. Whatever ends this early, the papers done are kept."""
        left = [source for source in sources if not self.results.has(source)]
        self.kept = len(sources) - len(left)
        if self.kept:
            say(f"跳过以前读过的 {self.kept} 个文件，还有 {len(left)} 个要读。", err=True)
        self.progress = Files(silent=len(left) == 1)
        try:
            tasks = [Task(source.name, source.name, source) for source in left]
            run(MemoryLedger(tasks), InPlace(self._read), self)
        except BaseException:
            if self.done and self.results.rescue(self._unread):
                say(f"已读完的 {self.done} 份已经保存。加上 --resume 再运行一次，就接着读其余的。", err=True)
            raise

    def end(self) -> int:
        """Write what is written last; the exit code tells of the files read now."""
        print_findings(_expired(self.library, self.forms), err=True)
        self.results.finish(self._unread)
        if self.failures:
            more = {source.name: _said(source, error)[1:] for source, error in self.failures}
            click.echo(unread_text(self._unread, more), err=True)
        failed = [ExitCode.OUR_FAULT for _, error in self.failures if isinstance(error, Fault)]
        failed += [ExitCode.UNREADABLE] * has_failed(self._unread, self.kept + self.done)
        return ExitCode.gravest([*failed, worst_exit(self.findings)])

    def begun(self, task: Task, number: int, total: int) -> None:
        """Say which file is read."""
        self.progress(number, total, task.name)

    def given(self, task: Task, value: Extraction) -> str:
        """Keep a paper."""
        self.results.add(task.given, value)
        self.done += 1
        self.forms.setdefault(value.form)
        self.findings += value.findings
        return ""

    def refused(self, task: Task, error: Refusal) -> str:
        """Note a file that gave no paper."""
        self.failures.append((task.given, told_apart(error)))
        return ""

    def _read(self, task: Task) -> Extraction:
        from greenforms.read.paper import named, read_paper

        with Pages("读取") as progress:
            extraction = read_paper(self.library, task.given.path, self.form, progress, self.edition)
        extraction = named(extraction, task.name)
        if self.shown is not None:
            _show(self.shown, extraction)
        return extraction

    @property
    def _unread(self) -> list[Unread]:
        """The files that gave no paper, each with the sentence that says why."""
        return [_unread(*failure) for failure in self.failures]


def _unread(source: Source, error: Refusal) -> Unread:
    found = unread_of(source.name, error)
    return found if found.kind == "unrecognised" else replace(found, message=_said(source, error)[0])


def _said(source: Source, error: Exception) -> tuple[str, ...]:
    """The lines on a failure, which call the file by the name it has among the others."""
    first, *more = explain(error) or ("",)
    return (first.replace(source.path.name, source.name, 1), *more)
