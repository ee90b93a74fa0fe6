"""Options that several commands share."""

from __future__ import annotations

from datetime import date, datetime

import click


def today() -> date:
    """The day it is where the program runs."""
    return datetime.now().astimezone().date()


edition_option = click.option("--edition", help="纸面上看不出是哪一个版本的表时，按这个版本读（如 nm-2024）。")

of_option = click.option(
    "--of", "of_form", metavar="FORM", help="SOURCE 里有数据（JSON、YAML）时，指明是哪一种表的数据。"
)

as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: today().isoformat(),
    help="按哪一天判断期限和年度（如 2026-03-31），默认今天。",
)
