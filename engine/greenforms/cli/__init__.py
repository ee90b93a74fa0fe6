"""The command line. Each command is a thin module of its own, loaded when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from greenforms import __version__
from greenforms.cli.arguments import refuse_files_called_like_options
from greenforms.cli.command import Group
from greenforms.cli.failure import as_told, exit_code_of, explain
from greenforms.cli.screen import say
from greenforms.console import speak_chinese

#: Command → module, and the first sentence of its help; the order is the order of the help.
COMMANDS = {
    "demo": ("demo", "演示全过程：填表、生成、读回、埋一处矛盾并查出来。"),
    "forms": ("forms", "列出现有的表单；`forms check` 检查表单包。"),
    "schema": ("schema", "输出一种表单的数据结构（JSON Schema 2020-12）。"),
    "blank": ("blank", "输出一种表单的官方空表。"),
    "validate": ("validate", "校验一份数据或一份材料，一次列出全部问题。"),
    "explain": ("explanation", "说明一个数或一个得分是怎样算出来的：算式、代入的数和位置、系数及其依据、修约前后。"),
    "render": ("render", "把一份数据填进官方表格。"),
    "extract": ("extract", "读取收回的表（Word、Excel、PDF、扫描件、照片），得到数据和每个数的出处。"),
    "check": ("check", "核对收来的全部材料：逐份校验，再互相核对；写明程序的，再看缺哪些、重了哪些、文件对不对。"),
    "eligible": ("eligible", "能不能报：按程序逐条列出要求、依据和结论。"),
    "procedures": ("procedures", "列出各项程序：交哪些材料、几份、什么文件、交给谁、哪天到期，还有几天，依据哪一条。"),
    "pack": ("pack", "整套申报材料：`pack new` 建一本填报表，`pack build` 由它生成全部材料。"),
    "rules": ("rules", "列出规则：要求、程度、依据；`rules test` 用成套的例子检验全部规则。"),
    "carry": ("carry", "把同一单位旧材料里的内容带入新表。"),
    "draft": ("draft", "从申报单位的材料起草报告。"),
    "summary": ("summary", "由各单位的材料填汇总表、名单。"),
    "diff": ("diff", "比较同一种表的两份材料或数据：哪一栏改了、增了、删了，原来是什么，现在是什么。"),
    "evidence": ("evidence", "给证明材料编索引：逐份编号，按文字认出种类，找出单位、编号、有效期，数出页数和起始页。"),
    "batch": (
        "batch",
        "大批量处理：整个目录（连同子目录和压缩包）在所有处理器核上一起做，随时可以中断，加 --resume 接着做。",
    ),
    "facts": ("facts", "把材料和数据里陈述的事实导出给别的程序：单位、事实、年度、数值、单位、位数、出处、可信度。"),
    "serve": ("serve", "在浏览器里填报、审核、评价：程序和数据都在本机，不连网。"),
    "install-starter": ("install_starter", "做一个双击就能启动的文件：在浏览器里用绿表，不必输入命令。"),
    "completion": ("completion", "输出命令补全脚本。"),
}


class LazyGroup(Group):
    """A group whose commands are imported only when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the contract."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = import_module(f"greenforms.cli.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, none of which is loaded for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="greenforms", message="%(prog)s %(version)s", help="显示版本号。")
def group() -> None:
    """绿表：填写、校验、读取、核对绿色制造体系的官方表单。

    一份数据生成全部表格；收回的 Word、Excel、PDF 再读成同一份数据，每个数都说得出在哪一格。
    """


def main() -> Any:
    """Run the command line; every failure ends as one Chinese message and the exit code of the contract."""
    speak_chinese()
    try:
        refuse_files_called_like_options(sys.argv[1:])
        sys.exit(group.main(prog_name="greenforms", standalone_mode=False, windows_expand_args=False) or 0)
    except (Exception, KeyboardInterrupt) as error:
        told = as_told(error) if isinstance(error, Exception) else error
        say(*(explain(told) or ()), err=True)
        sys.exit(exit_code_of(told))
