"""`check --report`: the report as one HTML page or a workbook."""

from __future__ import annotations

from greenforms import datafile
from greenforms.cli.output import summary_line
from greenforms.cli.screen import say
from greenforms.pack.examined import Examined, HandedIn, Terms
from greenforms.pack.listing import sources_of
from greenforms.pack.pages import file_of
from greenforms.pack.resubmission import Resubmission


def write_report(
    found: Examined, compared: Resubmission | None, given: HandedIn, terms: Terms, target: str, *, force: bool
) -> None:
    """Write the report, whole or not at all; the files are looked into for pictures of their pages."""
    lead = f"{_subject(terms)}核对日期：{terms.day:%Y-%m-%d}。材料 {len(found.report.papers)} 份。"
    lead += summary_line(found.report.findings)
    if target.lower().endswith(".xlsx"):
        from greenforms.reporting.book import book_of

        content = book_of(found, lead)
    else:
        from greenforms.reporting.page import page_of

        files = {each.name: each.path for each in sources_of(given.files)}
        papers = [each.file for each in found.report.papers]
        paths = files | {each: files[file_of(each)] for each in papers if file_of(each) in files}
        content = page_of(found, compared, lead, paths)
    datafile.write(target, content, force=force)
    say(f"核对报告已写入“{target}”。", err=True)


def _subject(terms: Terms) -> str:
    return f"{terms.ruling.procedure.title}。" if terms.ruling is not None else ""
