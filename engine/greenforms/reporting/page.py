"""The report as one HTML page that works by itself: no script, nothing fetched, every value escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from greenforms.dossier.dossier import UNREAD_WORDS
from greenforms.pack.examined import Examined
from greenforms.pack.resubmission import Resubmission
from greenforms.reporting.lines import Spot, Told, shown, told
from greenforms.reporting.pictures import MOST, Figure, figures
from greenforms.reporting.resent import resent_lines

_PAGE = Path(__file__).with_name("page.html")


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper as the page shows it: what stands at the places that findings speak of, and its pages."""

    file: str
    title: str
    subject: str
    rows: tuple[tuple[Spot, tuple[Told, ...]], ...]
    pages: tuple[Figure, ...]


def page_of(found: Examined, compared: Resubmission | None, lead: str, paths: Mapping[str, Path]) -> bytes:
    """The page; `lead` stands below its title, `paths` are the files by the names of the papers.

    The same papers and findings give the same bytes.
    """
    findings = told(found)
    drawn = tuple(figures(findings, paths))
    page = _template().render(
        lead=lead,
        units=found.units or (),
        findings=findings,
        papers=[_paper(each.file, each.title, each.subject or "", findings, drawn) for each in found.report.papers],
        unread=[(shown(each.file), UNREAD_WORDS[each.kind], shown(each.message)) for each in found.report.unread],
        resent=[shown(line) for line in resent_lines(compared)] if compared is not None else [],
        drawn={(each.document, each.page) for each in drawn},
        most=MOST if len(drawn) == MOST else 0,
    )
    return page.encode("utf-8", "backslashreplace")


def _paper(file: str, title: str, subject: str, findings: Sequence[Told], drawn: Sequence[Figure]) -> _Paper:
    rows: dict[tuple[str, str], tuple[Spot, list[Told]]] = {}
    for each in findings:
        for spot in each.spots:
            if spot.document == shown(file):
                rows.setdefault((spot.path, spot.label), (spot, []))[1].append(each)
    told_here = tuple((spot, tuple(dict.fromkeys(of_it))) for spot, of_it in rows.values())
    pages = tuple(each for each in drawn if each.document == shown(file))
    return _Paper(shown(file), title, shown(subject), told_here, pages)


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_PAGE.read_text("utf-8"))
