"""Findings as notes and as the list that a file is handed back with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from greenforms.finding import SEVERITY_WORDS, Finding, Place, Severity
from greenforms.mark.note import Line, Listing, Note, Tint
from greenforms.place import describe
from greenforms_extractors.marks import NOTE
from greenforms_extractors.origin import Origin, SheetOrigin

SHEET = "检查结果"
_TINTS = {Severity.BLOCK: Tint.WRONG, Severity.FIX: Tint.WRONG, Severity.WARN: Tint.DOUBT, Severity.ASK: Tint.ASK}
#: The worst first.
_ORDER = tuple(Tint)
_HEADINGS = ("序号", "程度", "位置（点击前往）", "栏目", "问题和改法", "依据")
_WIDTHS = (6, 8, 22, 22, 70, 24)
_IN_PLACE = "请在原来的格子里改正后把本文件交回；颜色、批注和这一页读取时自动略过，不用删除。"
#: The same of pictures of a paper.
ON_PICTURES = "请照下面的问题改原来的文件，重新交来；本文件是图，只供对照，方框里的号码就是序号。"
_NO_PLACE = "（不在某一格）"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with its number in the list, from 1."""

    number: int
    finding: Finding

    @property
    def tint(self) -> Tint:
        """The ground of its places."""
        return _TINTS[self.finding.severity]

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it is on the file, each place once."""
        found = {place.evidence: place for place in reversed(self.finding.places) if place.evidence is not None}
        return tuple(reversed(found.values()))

    @property
    def said(self) -> str:
        """What is wrong and what to do."""
        message, fix = self.finding.message.rstrip("。"), self.finding.fix
        return f"{message}。" if not fix or fix in message else f"{message}。改法：{fix}。"

    @property
    def basis(self) -> str:
        """The article it rests on."""
        citation = self.finding.citation
        told = citation is None or citation.article in self.finding.message
        return "" if citation is None or told else f"{citation.document} {citation.article}"


def numbered(findings: Sequence[Finding]) -> tuple[Numbered, ...]:
    """The findings in the order they are listed."""
    return tuple(Numbered(number, finding) for number, finding in enumerate(findings, 1))


def notes_of(found: Sequence[Numbered]) -> tuple[Note, ...]:
    """One note for each place that something is said of."""
    by_place: dict[Origin, list[Numbered]] = {}
    for each in found:
        for place in each.places:
            if place.evidence is not None:
                by_place.setdefault(place.evidence, []).append(each)
    return tuple(
        Note(place, "\n".join(map(_remark, here)), min((each.tint for each in here), key=_ORDER.index))
        for place, here in by_place.items()
    )


def _remark(each: Numbered) -> str:
    return f"{NOTE}第{each.number}条，{SEVERITY_WORDS[each.finding.severity]}：{each.said}"


def listing_of(found: Sequence[Numbered], act: str = _IN_PLACE) -> Listing:
    """The list of all findings, a line for every place; `act` says what to do with the file."""
    lines = [line for each in found for line in _lines(each)]
    lead = f"共 {len(found)} 条。" if found else "没有发现问题。"
    return Listing(SHEET, NOTE, f"{lead}{act}", _HEADINGS, _WIDTHS, 2, lines)


def _lines(each: Numbered) -> Iterator[Line]:
    word = SEVERITY_WORDS[each.finding.severity]
    labels = "、".join(dict.fromkeys(place.label for place in each.finding.places if place.label))
    if not each.places:
        yield Line((str(each.number), word, _NO_PLACE, labels, each.said, each.basis), each.tint)
    for index, place in enumerate(each.places):
        where = _where(place.evidence)
        said, basis = (each.said, each.basis) if index == 0 else (f"（同第{each.number}条）", "")
        yield Line((str(each.number), word, where, place.label, said, basis), each.tint, place.evidence)


def _where(place: Origin | None) -> str:
    if place is None:
        return _NO_PLACE
    return f"{place.sheet} {place.cell}" if isinstance(place, SheetOrigin) else describe(place)
