"""`greenforms check`: every paper of a folder against every other."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import rich_click as click

from greenforms.cli.command import Command
from greenforms.cli.options import as_of_option
from greenforms.cli.output import report_pack
from greenforms.cli.screen import say


@click.command("check", cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def command(folder: Path, as_of: datetime, as_json: bool) -> int:
    """核对一个目录里同一单位的全部材料：逐份校验，再互相核对。

    例：greenforms check 申报材料/
    """
    from greenforms.pack.crosscheck import check_folder

    def progress(done: int, total: int, name: str) -> None:
        if not as_json:
            say(f"[{done}/{total}] {name}", err=True)

    return report_pack(check_folder(folder, as_of.date(), progress), as_json=as_json)
