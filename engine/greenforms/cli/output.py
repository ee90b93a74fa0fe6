"""Prints results for people; for programs there is `greenforms.report`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from greenforms.cli.fault import put_away
from greenforms.cli.screen import say, visible
from greenforms.dossier.dossier import UNREAD_WORDS, Unread
from greenforms.errors import ExitCode, Fault
from greenforms.finding import SEVERITY_WORDS, Finding, Severity
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.library import Library
from greenforms.form.said import said
from greenforms.form.tree import leaf_at
from greenforms.pack.unread import has_failed
from greenforms.read.extraction import Extraction, FieldReading
from greenforms.report import findings_json, json_text

if TYPE_CHECKING:
    from greenforms.pack.report import PackReport

_GRADES = {"green": "绿", "amber": "黄", "red": "红"}
_COLOURS = {Severity.BLOCK: "red", Severity.FIX: "red", Severity.WARN: "yellow", Severity.ASK: "cyan"}


def worst_exit(findings: Iterable[Finding]) -> ExitCode:
    """Exit code 1 when something must or should be changed."""
    serious = any(finding.severity in (Severity.BLOCK, Severity.FIX) for finding in findings)
    return ExitCode.FINDINGS if serious else ExitCode.OK


def report_findings(findings: Sequence[Finding], *, as_json: bool) -> ExitCode:
    """Print findings to standard output and answer the exit code."""
    if as_json:
        click.echo(json_text(findings_json(findings)))
    else:
        print_findings(findings)
        click.echo(summary_line(findings))
    return worst_exit(findings)


def print_findings(findings: Iterable[Finding], *, err: bool = False) -> None:
    """One line of severity and message for each finding, with the clause it rests on unless the message has it."""
    for finding in findings:
        click.secho(f"【{SEVERITY_WORDS[finding.severity]}】", fg=_COLOURS[finding.severity], nl=False, err=err)
        say(f"{finding.message}（{_basis(finding)}{finding.rule}）", err=err)


def _basis(finding: Finding) -> str:
    if finding.citation is None or finding.citation.article in finding.message:
        return ""
    return f"依据：{finding.citation.document} {finding.citation.article}，"


def summary_line(findings: Sequence[Finding]) -> str:
    """How many findings of each severity."""
    if not findings:
        return "没有发现问题。"
    counts = Counter(finding.severity for finding in findings)
    return (
        "共 "
        + "，".join(f"{SEVERITY_WORDS[severity]} {counts[severity]} 条" for severity in Severity if counts[severity])
        + "。"
    )


def extraction_text(library: Library, extraction: Extraction) -> str:
    """One file as read: each field with its value, place and confidence."""
    form = library.form(extraction.form)
    lines = [f"{extraction.file}：{extraction.form}（识别可信度 {extraction.form_confidence:.0%}）"]
    lines += [
        f"  {field.path}  {called(form, field.path)}：{_short(form, field)}  〔{field.source} {_sureness(field)}〕"
        for field in extraction.fields
    ]
    lines += [f"  {field.path}  {called(form, field.path) or field.label}：未找到" for field in extraction.missing]
    lines += [f"  【{SEVERITY_WORDS[finding.severity]}】{finding.message}" for finding in extraction.findings]
    return "\n".join(map(visible, lines))


def _sureness(field: FieldReading) -> str:
    """The confidence in per cent, never rounded up to certainty; with the grade where a text was recognised."""
    if field.source != "ocr":
        return f"{field.confidence:.0%}"
    percent = "<1" if field.confidence < 0.01 else f"{math.floor(field.confidence * 100)}"
    return f"{percent}% {_GRADES[field.grade]}"


def report_pack(report: PackReport, *, as_json: bool, beside: Mapping[str, Any]) -> ExitCode:
    """Print the check of papers and answer the gravest exit code: a file that could not be read before findings.

    `beside` is what the JSON has besides.
    """
    if as_json:
        click.echo(json_text({**report.to_json(), **beside}))
    else:
        for paper in report.papers:
            same = f"（与“{paper.same_as}”相同）" if paper.same_as else ""
            say(f"{paper.file}：《{paper.title}》 {paper.subject or ''}{same}")
        print_findings(report.findings)
        click.echo(summary_line(report.findings))
    failed = [ExitCode.UNREADABLE] * has_failed(report.unread, len(report.papers))
    return ExitCode.gravest([*failed, *told_faults(report.faults), worst_exit(report.findings)])


def told_faults(faults: Iterable[Fault]) -> Iterator[ExitCode]:
    """Say what bugs of ours kept files from being read; the exit code of each."""
    for fault in faults:
        fault.whereabouts = put_away(fault)
        say(*fault.lines, err=True)
        yield ExitCode.OUR_FAULT


def tell_unread(unread: Sequence[Unread], read: int) -> ExitCode:
    """Say which files gave no paper, and what bugs of ours kept; the gravest exit code. `read` papers were found."""
    if unread:
        click.echo(unread_text(unread, {}), err=True)
    faults = told_faults(each.fault for each in unread if each.fault is not None)
    return ExitCode.gravest([*faults, *([ExitCode.UNREADABLE] * has_failed(unread, read))])


def unread_text(unread: Sequence[Unread], more: Mapping[str, Sequence[str]]) -> str:
    """The files that gave no paper, those that could not be read first; `more` lines on a file by its name."""
    lines: list[str] = []
    for kind, words in UNREAD_WORDS.items():
        of_kind = [each for each in unread if each.kind == kind]
        lines += [f"有 {len(of_kind)} 个文件{words}："] * bool(of_kind)
        lines += [f"  {line}" for each in of_kind for line in (each.message, *more.get(each.file, ()))]
    return "\n".join(map(visible, lines))


def _short(form: Form, field: FieldReading) -> str:
    leaf = leaf_at(form.root, field.path)
    text = " ".join((said(leaf, field.value) if leaf else field.raw).split())
    return text if len(text) <= 60 else text[:60] + "…"
