"""`greenforms extract`: returned files into data with evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from greenforms import datafile
from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.output import extraction_text, failures_text, worst_exit
from greenforms.cli.progress import Pages
from greenforms.errors import ExitCode, GreenformsError, UsageError
from greenforms.form.library import Library
from greenforms.recognise.extraction import Extraction
from greenforms_extractors.errors import UnreadableFile

if TYPE_CHECKING:
    from greenforms.show.showing import Showing


@click.command("extract", cls=Command)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--form", help="指明表单；不写则自动识别。")
@click.option("-o", "--output", help="写入的文件（一个输入）或已有的目录（多个输入，连同图片）；不写则输出到屏幕。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON（含每个字段的位置和可信度）。")
@click.option(
    "--show",
    help="另写一份标注图（.pdf，或 .png 每页一张），在原件上框出读到的每一栏，按可信程度分绿、黄、红；"
    "只用于一个 PDF 或图片文件。",
)
@click.option("--force", is_flag=True, help="覆盖已有文件。")
@pass_library
def command(
    library: Library,
    files: tuple[Path, ...],
    form: str | None,
    output: str | None,
    as_json: bool,
    show: str | None,
    force: bool,
) -> int:
    """读取收回的表（Word、Excel、PDF、扫描件、照片），得到数据和每个数的出处。

    例：greenforms extract 收件/*.docx -o 读取结果 --json

    例：greenforms extract 扫描件.pdf --show 标注.pdf
    """
    single = len(files) == 1
    if single and output is not None and output != datafile.STANDARD_STREAM and not Path(output).is_dir():
        datafile.refuse_taken(output, force=force)
    shown = _to_show(files, show, force=force) if show is not None else None
    read, failures = _read_all(library, files, form)
    if failures and single:
        raise failures[0][1]
    if shown is not None:
        _show(shown, read[0])
    _deliver(library, read, output, as_json=as_json, single=single, force=force)
    if failures:
        click.echo(failures_text(failures), err=True)
        return ExitCode.UNREADABLE
    return worst_exit(finding for extraction in read for finding in extraction.findings)


def _to_show(files: tuple[Path, ...], target: str, *, force: bool) -> Showing:
    """Everything that can be refused about the marked pages is refused before the long reading."""
    from greenforms.show.showing import showing

    if len(files) > 1:
        raise UsageError(f"--show 一次只能标注一个文件，这里给了 {len(files)} 个。请逐个读取，或去掉 --show。")
    return showing(files[0], target, force=force)


def _show(shown: Showing, extraction: Extraction) -> None:
    with Pages("绘制标注图") as progress:
        shown.write(extraction, progress)
    if shown.note:
        click.echo(shown.note, err=True)
    first, *more = (f"“{target}”" for target in shown.targets)
    click.echo(f"标注图已写入{first}{f'至{more[-1]}' if more else ''}（{shown.pages} 页）。", err=True)


def _read_all(
    library: Library, files: tuple[Path, ...], form: str | None
) -> tuple[list[Extraction], list[tuple[Path, GreenformsError | UnreadableFile]]]:
    from greenforms.pack.paper import read_paper

    read: list[Extraction] = []
    failures: list[tuple[Path, GreenformsError | UnreadableFile]] = []
    for number, file in enumerate(files, 1):
        if len(files) > 1:
            click.echo(f"[{number}/{len(files)}] {file.name}", err=True)
        try:
            with Pages("读取") as progress:
                read.append(read_paper(library, file, form, progress))
        except (GreenformsError, UnreadableFile) as error:
            failures.append((file, error))
    return read, failures


def _deliver(
    library: Library, read: list[Extraction], output: str | None, *, as_json: bool, single: bool, force: bool
) -> None:
    from greenforms.report import extraction_json, json_text

    if output is None or output == datafile.STANDARD_STREAM:
        payload = [extraction_json(extraction) for extraction in read]
        as_text = "\n".join(extraction_text(library, extraction) for extraction in read)
        click.echo(json_text(payload[0] if single else payload) if as_json else as_text)
    elif Path(output).is_dir():
        _write_all(Path(output), read, force=force)
    elif single:
        datafile.write(output, _as_file(read[0]), force=force)
    else:
        raise UsageError(f"有 {len(read)} 个文件要写，“{output}”不是已有的目录。请先建好目录。")


def _write_all(folder: Path, read: list[Extraction], *, force: bool) -> None:
    """Write each file's JSON and pictures; everything is weighed before anything is written."""
    contents: dict[Path, bytes] = {}
    for extraction in read:
        for name, content in {f"{extraction.file}.json": _as_file(extraction), **extraction.pictures}.items():
            place = folder / name
            if contents.setdefault(place, content) != content:
                raise UsageError(
                    f"有两个收到的文件都要写成“{name}”，内容却不同。请把同名的文件分开读取，或先改名。没有写入任何文件。"
                )
    taken = [] if force else [place for place in contents if place.exists()]
    if taken:
        raise UsageError(f"“{taken[0]}”已经存在，没有写入任何文件。请换一个目录；确要覆盖时加 --force。")
    for place, content in contents.items():
        datafile.make_folder(place.parent)
        datafile.write(str(place), content, force=force)


def _as_file(extraction: Extraction) -> bytes:
    from greenforms.report import extraction_json, json_text

    return (json_text(extraction_json(extraction)) + "\n").encode()
