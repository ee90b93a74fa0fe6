"""Data sets as the commands take them, and which of several papers is meant."""

from __future__ import annotations

import click

paper_option = click.option("--paper", help="DATA 是多份材料的读取结果时，指明用哪一份（写它的文件名）。")
