"""Tells a form from a paper that is only like it: another title, and other columns or sections below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from greenforms.form.form import Form
from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.result import Match
from greenforms_extractors.model import Document, Table

#: How papers are called; a bracket may follow.
_TITLE = re.compile(r".{4,}(?:表|报告|方案|清单|名单|意见|申请|申请书|计划|总结|通知|函|证明|承诺书?)(?:\([^()]*\))?")
#: A title that is this like one of the form's is that title with slips.
_ALIKE = 0.6
#: Titles stand among the first texts of a paper.
_TOP = 12
_LONGEST = 60
#: So many missing columns are named.
_NAMED = 3
_DIGITS = re.compile(r"\d+")


def difference(document: Document, form: Form, match: Match) -> str | None:
    """What tells a document from the form it is most like, a Chinese clause; None when nothing does.

    Only a paper under a title of its own is held to be another form: people leave titles out.
    """
    title = other_title(document, form, match)
    if title is None:
        return None
    structure = _other_structure(match)
    return f"标题是“{title}”，{structure}" if structure else None


def other_title(document: Document, form: Form, match: Match) -> str | None:
    """The title of a document where it is none of the form's, not even with slips."""
    own = [_bare(text) for text in (form.title, *form.entry.titles)]
    known = {fold_label(found.label) for found in match.found}
    for text in _top(document):
        key = fold_label(text)
        if len(key) > _LONGEST or not _TITLE.fullmatch(key) or key in known:
            continue
        if all(_likeness(_bare(key), title) < _ALIKE for title in own):
            return " ".join(text.split())
        return None
    return None


def _top(document: Document) -> Iterator[str]:
    """The first texts that fill a line of their own: paragraphs, and rows of one cell."""
    texts = []
    for block in document.blocks:
        if isinstance(block, Table):
            rows = (cells for cells in block.row_cells() if cells)
            texts += [cells[0].text for cells, _ in zip(rows, range(3), strict=False) if len(cells) == 1]
        elif block.text.strip():
            texts.append(block.text)
        if len(texts) >= _TOP:
            break
    return iter(texts[:_TOP])


def _other_structure(match: Match) -> str:
    """Which sections the form does not have, and which of its columns the paper lacks."""
    tables = [unread.text for unread in match.unread if unread.whole_table]
    if tables:
        return f"有本表没有的表格，以“{' '.join(tables[0].split())[:20]}”开头"
    if missing := tuple(dict.fromkeys(match.missing_columns)):
        return f"缺少“{'”“'.join(missing[:_NAMED])}”{'等' if len(missing) > _NAMED else ''}栏"
    if len(match.unread) > len(match.found):
        return f"有 {len(match.unread)} 处内容不属于那种表"
    return ""


def _bare(text: str) -> str:
    return _DIGITS.sub("", fold_label(text))


def _likeness(one: str, other: str) -> float:
    """How like two titles are, whoever's name stands in front."""
    shorter, longer = sorted((one, other), key=len)
    tail = longer[-len(shorter) :] if shorter else ""
    return max(
        Levenshtein.normalized_similarity(one, other),
        Levenshtein.normalized_similarity(shorter, tail) if len(shorter) > _TOP // 2 else 0.0,
    )
