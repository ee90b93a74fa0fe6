"""`greenforms serve`: the station in the browser."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from greenforms.cli.command import Command
from greenforms.cli.library import pass_library
from greenforms.cli.options import as_of_option
from greenforms.cli.screen import say
from greenforms.errors import UsageError
from greenforms.form.library import Library

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command("serve", cls=Command)
@click.argument("folder", metavar="[DIR]", default="绿表工作台", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", help="只能是本机：127.0.0.1、localhost 或 ::1。")
@click.option("--port", type=click.IntRange(1, 65535), help="端口；不写就用 8737，被占用时自动换一个。")
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只写出地址。")
@as_of_option
@pass_library
def command(library: Library, folder: Path, host: str, port: int | None, no_browser: bool, as_of: datetime) -> None:
    """在浏览器里填报、审核、评价：程序和数据都在本机，不连网。

    DIR 是工作目录，收到的文件、填写的内容、审核的记录都在里面；再次运行就接着做。按 Ctrl-C 停止。

    例：greenforms serve
    """
    if host not in _LOOPBACK:
        raise UsageError(
            f"--host 不能写“{host}”：现在只供一人在本机使用，还没有账户和权限，开放给别的电脑，谁都能看、能改全部材料。"
            "请去掉 --host。"
        )
    from greenforms.station.server import listening, run
    from greenforms.station.workplace import open_workplace

    workplace = open_workplace(folder, library, as_of.date())
    sock = listening(host, port)
    with suppress(KeyboardInterrupt):
        run(workplace, sock, _tell, browser=not no_browser)
    say("已停止。做过的都保存在工作目录里，再运行一次就接着做。", err=True)


def _tell(address: str) -> None:
    say("绿表已在本机运行，按 Ctrl-C 停止。这个地址只能打开一次：", err=True)
    click.echo(address)
