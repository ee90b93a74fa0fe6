"""`greenforms rules`: every rule with its clause, and the suite that proves them."""

from __future__ import annotations

from collections import Counter

import click

from greenforms.cli.command import Command, Group
from greenforms.cli.library import library_of, pass_library
from greenforms.cli.screen import say
from greenforms.errors import ExitCode
from greenforms.finding import SEVERITY_WORDS
from greenforms.form.library import Library
from greenforms.form.rule import Rule


@click.group("rules", cls=Group, invoke_without_command=True)
@click.option("--edition", help="只列这个版本的规则（如 nm-2024）；不写就全部列出。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
def command(ctx: click.Context, edition: str | None, as_json: bool) -> None:
    """列出规则：要求、程度、依据；`rules test` 用成套的例子检验全部规则。

    例：greenforms rules --edition he-2024
    """
    if ctx.invoked_subcommand is not None:
        return
    from greenforms.conformance.suite import all_rules
    from greenforms.form.rule_report import rule_json
    from greenforms.report import json_text

    library = library_of(ctx)
    rules = library.rules_of(edition) if edition else tuple(all_rules(library).values())
    if as_json:
        click.echo(json_text([rule_json(library, rule) for rule in rules]))
        return
    for rule in rules:
        say(f"{rule.id}  {rule.title}〔{SEVERITY_WORDS[rule.severity]}〕{_basis(library, rule)}")
    say(f"共 {len(rules)} 条。")


@command.command("test", cls=Command)
@click.option("--edition", help="只检验这个版本的规则。")
@pass_library
def test(library: Library, edition: str | None) -> int:
    """用成套的例子检验规则：合乎要求、不合要求、恰在界限上、越过一个单位、缺少内容、别的版本，逐个对照条文写明的结论。

    例：greenforms rules test --edition cn-2025
    """
    from greenforms.conformance.suite import KINDS, variations
    from greenforms.conformance.trial import complaints

    ids = {rule.id for rule in library.rules_of(edition)} if edition else None
    kinds: Counter[str] = Counter()
    wrong: list[str] = []
    for variation in variations(library):
        if ids is None or variation.rule.id in ids:
            kinds[variation.kind] += 1
            wrong += complaints(library, variation)
    say(*wrong)
    counts = "，".join(f"{name} {kinds[kind]}" for kind, name in KINDS.items())
    say(f"共 {kinds.total()} 个例子（{counts}），{f'{len(wrong)} 处不符' if wrong else '全部相符'}。")
    return ExitCode.BROKEN_PACKAGE if wrong else ExitCode.OK


def _basis(library: Library, rule: Rule) -> str:
    from greenforms.form.rule_report import cited

    document, article = cited(library, rule)
    return f"《{document}》{article}" if article else ""
