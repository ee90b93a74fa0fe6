"""`--list`: published lists that are looked into."""

from __future__ import annotations

import click

lists_option = click.option(
    "--list",
    "lists",
    multiple=True,
    metavar="FILE",
    help="已公布的名单（xlsx、docx、csv等，可写多次）：绿色制造名单、重点行业清单、不予采信的第三方机构名单，由表头识别。",
)
