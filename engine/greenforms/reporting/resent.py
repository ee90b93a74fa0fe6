"""What became of an earlier submission, in lines: the same on the screen and on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from greenforms.diff.lines import line_text, lines_of
from greenforms.pack.resubmission import STATES, Resent, Resubmission


def resent_lines(found: Resubmission) -> Iterator[str]:
    """Each item and its state, each paper that came again with the changes nobody asked for, then the counts."""
    for number, item in enumerate(found.items, 1):
        finding = item.now or item.then
        if finding is not None:
            yield f"{number}.【{item.state}】{finding.message}（{finding.rule}）"
    for paper in found.papers:
        yield from _of_paper(paper)
    for old in found.missed:
        yield f"没有再交：《{old.form.title}》，原来的“{old.file}”。没有再交的，看不出改没改。"
    for new in found.come:
        yield f"原来没有：《{new.form.title}》，这次的“{new.file}”。"
    yield _counted(found)


def _of_paper(paper: Resent) -> Iterator[str]:
    yield paper.found.counted
    if paper.unasked:
        yield f"    其中没有要求改的 {len(paper.unasked)} 处："
    for line in lines_of(paper.only_unasked):
        yield f"    {line.number}.{line_text(paper.only_unasked, line)}"


def _counted(found: Resubmission) -> str:
    often = Counter(item.state for item in found.items)
    states = "，".join(f"{state} {often[state]} 项" for state in STATES if often[state]) or "原来没有必须改、应改的"
    unasked = sum(len(paper.unasked) for paper in found.papers)
    return f"{states}；没有要求而改了的 {unasked} 处。"
