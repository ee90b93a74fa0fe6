"""Options that several commands share."""

from __future__ import annotations

from datetime import datetime

import rich_click as click

as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.now().astimezone().strftime("%Y-%m-%d"),
    help="按哪一天判断期限和年度（如 2026-03-31），默认今天。",
)
