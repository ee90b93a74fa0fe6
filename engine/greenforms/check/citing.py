"""What the rows of a catalogue cite as evidence, and the list that it is numbered in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenforms.check.figures import exact
from greenforms.check.pointers import spots
from greenforms.check.working.sheet import catalogues_in
from greenforms.codec.blank import is_blank
from greenforms.dossier.paper import Paper
from greenforms.form.tree import ABSENT, Group, at
from greenforms_extractors.folding import fold_label

#: What parts several that are named in one place.
BETWEEN = re.compile(r"[、，,；;/\n]|和|及")
_PAGES = re.compile(r"[（(]?(?:第[0-9、至~—-]+页|[pP]{1,2}\.?[0-9][0-9~—-]*)[）)]?$")
_MARK = re.compile(r"([^0-9]*)([0-9]+(?:[.-][0-9]+)*)")
_SPAN = re.compile(r"([^0-9]*)([0-9]+)[至到~—-]([^0-9]*)([0-9]+)")
#: A span of more marks than this is none.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Citing:
    """A row that may cite evidence: where it would, what stands there, and whether the row claims anything."""

    paper: Paper
    pointer: str
    row: Group
    text: Any
    claims: bool
    required: bool

    @property
    def is_blank(self) -> bool:
        """Whether nothing is cited."""
        return not isinstance(self.text, str) or is_blank(self.text)


@dataclass(frozen=True, slots=True)
class Listed:
    """The numbered list of evidence: the row of each number, as words and figures."""

    rows: Mapping[tuple[str, str], Mapping[str, Any]]

    def cited(self, text: str) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
        """What a text cites by numbers: each as written, and its row, None where the list has none of the kind.

        What is no number in the way of the list, such as the name of a document, is passed over.
        """
        words = {word for word, _ in self.rows} | {""}
        for part in _parts(text, words):
            found = _MARK.fullmatch(part)
            if found is not None and found[1] in words:
                yield part, self._row(found[1], found[2])

    def _row(self, word: str, number: str) -> Mapping[str, Any] | None:
        alike = [row for (other, mark), row in self.rows.items() if mark == number and (other == word or not word)]
        return alike[0] if alike else self.rows.get(("", number))


def citing_rows(paper: Paper) -> Iterator[tuple[Group, Sequence[Citing]]]:
    """Every catalogue of a paper that has a column for evidence, with its rows."""
    for pointer, group in catalogues_in(paper):
        if "proof" in group.score:
            rows = [row for id_, node in group.children.items() for row in _row(paper, group, f"{pointer}/{id_}", node)]
            yield group, rows


def list_of(paper: Paper, group: Group) -> Listed | None:
    """The list of evidence that a catalogue's rows refer to; None where the paper has none."""
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for pattern in group.score.get("evidence", ()):
        for pointer, value in spots(paper.data, pattern):
            mark = _MARK.fullmatch(fold_label(value)) if isinstance(value, str) else None
            row = at(paper.data, pointer.rpartition("/")[0])
            if mark is not None and isinstance(row, Mapping):
                found.setdefault((mark[1], mark[2]), row)
    return Listed(found) if found else None


def _row(paper: Paper, group: Group, pointer: str, node: Any) -> Iterator[Citing]:
    data = at(paper.data, pointer)
    if isinstance(node, Group) and isinstance(data, Mapping):
        column = group.score["proof"][0]
        text = data.get(column, ABSENT)
        required = node.children[column].required
        yield Citing(paper, f"{pointer}/{column}", node, text, _claims(paper, group, data), required)


def _claims(paper: Paper, group: Group, row: Mapping[str, Any]) -> bool:
    """Whether a row says that a requirement is met, or has points."""
    met = paper.form.library.catalogues[(group.catalogue or "").partition("#")[0]].met
    said = [row.get(column) for role in ("met", "score") for column in group.score.get(role, ())]
    return any(each in met if isinstance(each, str) else _is_above_zero(each) for each in said)


def _is_above_zero(value: Any) -> bool:
    number = exact(value)
    return number is not None and number > 0


def _parts(text: str, words: set[str]) -> Iterator[str]:
    for each in BETWEEN.split(text):
        part = _PAGES.sub("", fold_label(each))
        span = _SPAN.fullmatch(part)
        if span is None or span[1] not in words or span[3] not in (span[1], "") or not _is_span(span):
            yield part
        else:
            yield from (f"{span[1]}{number}" for number in range(int(span[2]), int(span[4]) + 1))


def _is_span(found: re.Match[str]) -> bool:
    return 0 < int(found[4]) - int(found[2]) < _MOST
