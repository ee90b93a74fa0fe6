"""`greenforms batch`: long work on whole folders, which can be interrupted at any moment and taken up again."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from greenforms.cli.batch_report import report_batch
from greenforms.cli.command import Command, Group
from greenforms.cli.library import pass_library
from greenforms.cli.options import as_of_option, edition_option, today
from greenforms.cli.rate import Rate
from greenforms.cli.screen import say
from greenforms.errors import InputError, UsageError
from greenforms.form.library import Library

if TYPE_CHECKING:
    from greenforms.batch.job import Job
    from greenforms.batch.local import Orders
    from greenforms.batch.running import Plan
    from greenforms.scheduling.executor import Executor


@click.group("batch", cls=Group)
def command() -> None:
    """大批量处理：整个目录（连同子目录和压缩包）在所有处理器核上一起做，随时可以中断，加 --resume 接着做。

    例：greenforms batch extract 收件 -o 结果
    """


def _options(act: Callable[..., Any]) -> Callable[..., Any]:
    """The options that all batches have."""
    options = (
        click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="结果目录，没有就新建。"),
        click.option("--jobs", type=click.IntRange(min=1), help="同时做几个；默认与处理器核数相同。"),
        click.option(
            "--ledger",
            metavar="FILE|URL",
            help="账本记在哪里；默认是结果目录里的一个文件，几台电脑一起做时写 PostgreSQL 的地址。",
        ),
        click.option(
            "--cluster",
            metavar="URL",
            help="交给 dask 集群做：调度程序的地址，如 tcp://10.0.0.1:8786；写 local 就在本机起一个。",
        ),
        click.option(
            "--shared",
            metavar="DIR",
            help="集群里的计算机看到的收件目录（共享文件夹）；不写就把文件随任务发过去。",
        ),
        click.option("--resume", is_flag=True, help="接着上次做，或和另一台电脑一起做。"),
        click.option("--retry", is_flag=True, help="接着做时，把上次没有做成的也再试一遍。"),
        click.option("--parquet", is_flag=True, help="另写 Parquet 格式的读数和问题，供统计软件使用。"),
        click.option("--json", "as_json", is_flag=True, help="把每个文件的结果写成 JSON。"),
    )
    for option in reversed(options):
        act = option(act)
    return act


_folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))


@command.command("extract", cls=Command)
@_folder
@click.option("--form", help="指明表单；不写则自动识别。")
@edition_option
@_options
@pass_library
def extract(library: Library, folder: Path, form: str | None, edition: str | None, **options: Any) -> int:
    """读取目录里的全部材料，每份写一个 .json，全部的读数和问题汇总成 .xlsx 和 .csv。

    例：greenforms batch extract 收件 -o 结果
    """
    from greenforms.batch.job import Job

    known = library.edition(edition).id if edition else None
    job = Job("extract", form=library.form(form).id if form else None, edition=known, day=today().isoformat())
    return _run(library, job, folder, **options)


@command.command("check", cls=Command)
@_folder
@edition_option
@as_of_option
@_options
@pass_library
def check(library: Library, folder: Path, edition: str | None, as_of: datetime, **options: Any) -> int:
    """核对许多单位的材料：每个单位一个子目录（或压缩包），各自逐份校验、互相核对，每个单位写一个 .json。

    例：greenforms batch check 各单位 -o 核对结果
    """
    from greenforms.batch.job import Job

    known = library.edition(edition).id if edition else None
    return _run(library, Job("check", edition=known, day=as_of.date().isoformat()), folder, **options)


@command.command("render", cls=Command)
@click.argument("form")
@_folder
@click.option("--format", "kind", type=click.Choice(["docx", "xlsx", "pdf"]), help="输出格式；默认是这种表的第一种。")
@_options
@pass_library
def render(library: Library, form: str, folder: Path, kind: str | None, **options: Any) -> int:
    """把目录里各单位的填报表和数据填进官方表格，每份一个文件。

    例：greenforms batch render cultivation-plan 收到的填报表 -o 各单位的工作方案
    """
    from greenforms.batch.job import Job

    definition = library.form(form)
    chosen = kind or definition.entry.outputs[0]
    if chosen not in definition.entry.outputs:
        outputs = "、".join(definition.entry.outputs)
        raise UsageError(f"《{definition.title}》不输出 {chosen} 格式，可选：{outputs}。请更换 --format。")
    job = Job("render", form=definition.id, kind=chosen, day=today().isoformat())
    return _run(library, job, folder, **options)


def _run(
    library: Library,
    job: Job,
    folder: Path,
    *,
    jobs: int | None,
    cluster: str | None,
    shared: str | None,
    as_json: bool,
    **options: Any,
) -> int:
    from greenforms.batch.running import Plan, run_batch

    plan = Plan(folder, **options)
    _refuse(plan)
    if shared is not None and cluster is None:
        raise UsageError("--shared 要和 --cluster 一起用：它是集群里的计算机看到的收件目录。")
    rate = Rate(silent=as_json)

    def hire(orders: Orders) -> Executor:
        return _executor(orders, jobs or os.cpu_count() or 1, cluster, shared)

    def tell(text: str) -> None:
        say(text, err=True)

    try:
        summary = run_batch(library, job, plan, hire, rate, tell)
    except KeyboardInterrupt:
        rate.done()
        say("做完的都已保存。加上 --resume 再运行一次，就接着做其余的。", err=True)
        raise
    finally:
        rate.done()
    return report_batch(summary, plan.output, as_json=as_json)


def _executor(orders: Orders, jobs: int, cluster: str | None, shared: str | None) -> Executor:
    """Who does the work: children of this process, or a cluster that sees the files or is sent them."""
    if cluster is None:
        from greenforms.batch.local import LocalPool

        return LocalPool(orders, jobs)
    from greenforms.batch.cluster import Cluster, Parcels

    chosen = Parcels(orders.job, orders.root) if shared is None else replace(orders, root=Path(shared))
    return Cluster(cluster, chosen, jobs)


def _refuse(plan: Plan) -> None:
    """What can be refused before anything is done."""
    from greenforms.export.parquet import refuse_parquet

    if not plan.folder.is_dir():
        raise InputError(f"没有目录“{plan.folder}”。请给出放着全部材料的目录。")
    if plan.output.exists() and not plan.output.is_dir():
        raise UsageError(f"“{plan.output}”是文件，-o 要写目录：结果有许多文件。")
    if plan.retry and not plan.resume:
        raise UsageError("--retry 要和 --resume 一起用：它把上次没有做成的也再试一遍。")
    if plan.parquet:
        refuse_parquet()
