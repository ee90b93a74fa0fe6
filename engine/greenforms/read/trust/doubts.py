"""What is said about recognised fields that nobody should rely on without a look at the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from greenforms.check import wording
from greenforms.dossier.groups import groups_of
from greenforms.fact.statement import Fact
from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.place import describe
from greenforms.read.extraction import Extraction, FieldReading
from greenforms.read.trust.form import doubts_form
from greenforms_extractors.origin import Origin, PageOrigin

DOUBTFUL, DIFFERS = "read/ocr-doubtful", "read/ocr-differs"

#: So many doubtful fields are named in the message; all of them are among its places.
_NAMED = 8
_QUOTED = 20


def with_summary(form: Form, extraction: Extraction) -> Extraction:
    """The paper with one finding on the recognised fields that are not green and have no finding of their own."""
    others = tuple(finding for finding in extraction.findings if finding.rule != DOUBTFUL)
    fields = [field for field in extraction.fields if field.source == "ocr"]
    told = {finding.places[0].path for finding in others if len(finding.places) == 1}
    unsure = [field for field in fields if _unsure(field) and field.path not in told]
    doubtful = sorted(unsure, key=lambda field: field.grade != "red")
    if not doubtful:
        return replace(extraction, findings=others)
    return replace(extraction, findings=(*others, _summary(form, extraction, len(fields), doubtful)))


def _unsure(field: FieldReading) -> bool:
    """Whether a field is doubtful for itself; of what is so because its form is there is a finding already."""
    return field.grade != "green" and not doubts_form(field)


def _summary(form: Form, extraction: Extraction, total: int, doubtful: Sequence[FieldReading]) -> Finding:
    file = extraction.file
    red = sum(field.grade == "red" for field in doubtful)
    counts = [f"{red}栏很可能读错或读不出" if red else "", f"{len(doubtful) - red}栏没有把握" if doubtful[red:] else ""]
    named = "、".join(_named(form, field) for field in doubtful[:_NAMED])
    more = f"等{len(doubtful)}栏" if len(doubtful) > _NAMED else ""
    act = "对照原件核对这些栏目"
    message = (
        f"{file}由扫描件识别，读到{total}栏，其中{'，'.join(filter(None, counts))}："
        f"{named}{more}。扫描件不清楚或被遮挡时会认错字，请{act}。"
    )
    places = tuple(
        Place(file, field.path, called(form, field.path), _shown(field), field.evidence) for field in doubtful
    )
    return Finding(DOUBTFUL, Severity.ASK, message, places, fix=act)


def _named(form: Form, field: FieldReading) -> str:
    where = _page(field.evidence)
    text = " ".join(field.raw.split())
    quoted = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
    return f"{where}“{called(form, field.path)}”（读作“{quoted}”，{field.doubt}）"


def _page(origin: Origin | None) -> str:
    return describe(origin) if isinstance(origin, PageOrigin) else ""


def _shown(field: FieldReading) -> Any:
    return field.raw if field.value is None else field.value


def differing(form: Form, extraction: Extraction, groups: Iterable[Sequence[Fact]]) -> Iterator[Finding]:
    """A finding for each fact that a paper states in several places and that was not read the same everywhere."""
    readings = {field.path: field for field in extraction.fields}
    for facts in groups:
        kind = form.library.vocabulary.facts[facts[0].fact]
        said = groups_of(kind, facts)
        if len(said) > 1 and not kind.several and any(readings[fact.path].source == "ocr" for fact in facts):
            yield _difference(extraction.file, kind.title, said, readings)


def _difference(file: str, title: str, said: Sequence[Sequence[Fact]], readings: Mapping[str, FieldReading]) -> Finding:
    sure = [max(readings[fact.path].confidence for fact in group) for group in said]
    best = sure.index(max(sure))
    offer = said[best][0] if sure.count(max(sure)) == 1 else None
    act = f"对照原件核对，疑应为“{offer.shown}”" if offer else "对照原件核对"
    listed = "；".join(
        f"“{group[0].shown}”（{'、'.join(_where(fact, readings[fact.path]) for fact in group)}）" for group in said
    )
    message = f"{file}中“{title}”各处读得不一样：{listed}。扫描件识别可能有误，请{act}。"
    places = tuple(wording.place(fact) for group in said for fact in group)
    return Finding(DIFFERS, Severity.ASK, message, places, fix=act, suggestion=offer.held if offer else None)


def _where(fact: Fact, reading: FieldReading) -> str:
    return f"{_page(fact.evidence)}“{fact.label}”，可信度{reading.confidence:.0%}"


def hedged(finding: Finding, doubtful: Mapping[tuple[str, str], FieldReading]) -> Finding:
    """A finding between papers that rests on doubtful readings: to be asked, not to be held against anybody."""
    unsure = [place for place in finding.places if (place.document, place.path) in doubtful]
    if not unsure:
        return finding
    named = "、".join(f"“{place.document}”的“{place.label}”" for place in unsure[:_NAMED])
    weak = all(doubts_form(doubtful[place.document, place.path]) for place in unsure)
    why = "所在的表认得不很有把握，请先核对是不是这种表" if weak else "由扫描件识别，没有把握，请先对照原件核对"
    return replace(finding, severity=Severity.ASK, message=f"{finding.message}其中{named}{why}。")
