"""`greenforms install-starter`: a file to double-click."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from greenforms import datafile
from greenforms.cli.command import Command
from greenforms.cli.screen import say


@click.command("install-starter", cls=Command)
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="覆盖已有的启动文件。")
def command(folder: Path, force: bool) -> None:
    """做一个双击就能启动的文件：在浏览器里用绿表，不必输入命令。

    DIR 是放在哪里，如桌面，默认当前目录。工作目录“绿表工作台”也在那里。

    例：greenforms install-starter
    """
    from greenforms.station.starter import starter

    made = starter(sys.platform, sys.executable, folder.absolute())
    target = folder / made.name
    datafile.write(str(target), made.content, force=force)
    if made.runs:
        target.chmod(0o755)
    say(f"已写入“{target}”。下一步：双击它，浏览器会自动打开。", err=True)
