"""The list of evidence in a report, and which of its entries a file stands for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from greenforms.check.citing import BETWEEN, citing_rows, list_of
from greenforms.dossier.paper import Paper
from greenforms.evidence.folder import EvidenceFile
from greenforms.form.evidence import EvidenceRules
from greenforms.form.tree import at
from greenforms_extractors.folding import fold_code, fold_label

_NUMBER = re.compile(r"\s*0*([0-9]+(?:[.-][0-9]+)*)")
#: What stands behind a number that is a mark; 2021年 and 3号 are none.
_BEHIND = re.compile(r"$|[\s._、,:(-]")
#: A shorter name stands in too many others.
_TELLING = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the list: its mark in words and figures, what it is called, how many claims rest on it, its page.

    One of a list without numbers has no mark.
    """

    word: str
    number: str
    mark: str
    name: str
    claims: int = 0
    page: str = ""

    @property
    def called(self) -> str:
        """Mark and name."""
        return f"{self.mark} {self.name}".strip()


def entries_of(paper: Paper, rules: EvidenceRules) -> tuple[Entry, ...]:
    """The entries of a report's numbered list, each once, else of its list without numbers; none where it has none."""
    return _numbered(paper, rules) or tuple(_unnumbered(paper, rules))


def _numbered(paper: Paper, rules: EvidenceRules) -> tuple[Entry, ...]:
    found: dict[tuple[str, str], Entry] = {}
    claims: Counter[tuple[str, str]] = Counter()
    for group, rows in citing_rows(paper):
        known = list_of(paper, group)
        if known is None:
            continue
        keys = {id(row): key for key, row in known.rows.items()}
        cited = (known.cited(row.text) for row in rows if row.claims and isinstance(row.text, str))
        claims.update(key for each in cited for key in {keys[id(row)] for _, row in each if row is not None})
        for key, row in known.rows.items():
            found.setdefault(key, Entry(*key, "".join(key), str(row.get("name") or ""), page=_page(row, rules)))
    return tuple(replace(each, claims=claims[key]) for key, each in found.items())


def _unnumbered(paper: Paper, rules: EvidenceRules) -> Iterator[Entry]:
    for pointer in rules.lists:
        rows = at(paper.data, pointer)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, Mapping) and isinstance(row.get("name"), str):
                yield Entry("", "", "", row["name"], page=_page(row, rules))


def _page(row: Mapping[str, Any], rules: EvidenceRules) -> str:
    """What an entry says of its page, in the first column that may say it."""
    return next((row[column] for column in rules.pages if isinstance(row.get(column), str)), "")


def entries_for(file: EvidenceFile, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries a file stands for: by the mark that its name or folder begins with, else its name, else its kind."""
    parts = [fold_code(part) for part in PurePosixPath(file.name).with_suffix("").parts]
    for part in reversed(parts):
        marked = _marked(part, entries)
        if marked is not None:
            return marked
    stem = fold_label(parts[-1])
    named = tuple(each for each in entries if any(_alike(stem, fold_label(part)) for part in BETWEEN.split(each.name)))
    if named or file.kind is None:
        return named
    names = [fold_label(name) for name in (file.kind.title, *file.kind.names)]
    return tuple(each for each in entries if any(name in fold_label(each.name) for name in names))


def in_list_order(files: Sequence[EvidenceFile], entries: Sequence[Entry]) -> list[EvidenceFile]:
    """The files as the list has them, those behind that it has not."""
    places = {entry: place for place, entry in enumerate(entries)}
    return sorted(
        files, key=lambda each: min((places[entry] for entry in entries_for(each, entries)), default=len(entries))
    )


def _marked(part: str, entries: Sequence[Entry]) -> tuple[Entry, ...] | None:
    """The entries with the mark that a name begins with; None where it begins with none."""
    for word in sorted({each.word for each in entries} | {""}, key=len, reverse=True):
        found = _NUMBER.match(part, len(word)) if part.startswith(word) else None
        if found is None or not (word or _BEHIND.match(part, found.end())):
            continue
        fitting = [each for each in entries if not word or each.word == word]
        for number in (found[1], re.split(r"[.-]", found[1])[0]):
            if chosen := tuple(each for each in fitting if each.number == number):
                return chosen
        return () if word else None
    return None


def _alike(stem: str, name: str) -> bool:
    return min(len(stem), len(name)) >= _TELLING and (name in stem or stem in name)
