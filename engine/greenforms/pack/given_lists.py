"""Reads the lists that users hand in: tables of any file that is read, or CSV. Which list it is, its headings say."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from greenforms import datafile
from greenforms.dossier.given import GivenList
from greenforms.errors import InputError
from greenforms.form.library import Library
from greenforms_extractors.folding import fold_label
from greenforms_extractors.model import Table
from greenforms_extractors.reading import read

_Rows = Sequence[Sequence[str]]
#: A heading row stands among the first rows, below a headline.
_HEADINGS = 6


def given_lists(library: Library, files: Iterable[str]) -> tuple[GivenList, ...]:
    """The lists in some files.

    Raises InputError for a file that holds none, or no row, and UnreadableFile for one that cannot be read.
    """
    return tuple(_list_of(library, Path(file)) for file in files)


def _list_of(library: Library, path: Path) -> GivenList:
    kinds: Sequence[Mapping[str, Any]] = library.content("lists.yaml", "lists")["kinds"]
    for rows in _tables(path):
        for number, headings in enumerate(rows[:_HEADINGS]):
            for kind in kinds:
                columns = _columns(kind, headings)
                if columns is not None:
                    return _filled(kind, path, list(_entries(rows[number + 1 :], columns)))
    wanted = "；".join(f"{kind['title']}要有“{'”“'.join(_required(kind))}”" for kind in kinds)
    raise InputError(f"文件“{path.name}”里没有认得出的名单。表头应当写明各栏：{wanted}。请补上表头，或换一个文件。")


def _filled(kind: Mapping[str, Any], path: Path, rows: list[Mapping[str, str]]) -> GivenList:
    if not rows:
        raise InputError(f"文件“{path.name}”里的{kind['title']}一行也没有。请核对文件是否完整。")
    for number, row in enumerate(rows, 1):
        lacking = [each["title"] for each in kind["columns"] if each.get("required") and each["id"] not in row]
        if lacking:
            raise InputError(f"文件“{path.name}”里的{kind['title']}第{number}行没有填“{'”“'.join(lacking)}”。请补填。")
    return GivenList(kind["id"], kind["title"], path.name, tuple(rows))


def _required(kind: Mapping[str, Any]) -> list[str]:
    return [each["title"] for each in kind["columns"] if each.get("required")]


def _columns(kind: Mapping[str, Any], headings: Sequence[str]) -> Mapping[int, str] | None:
    """The columns of a list by place; None where the heading row lacks one that is required."""
    found: dict[int, str] = {}
    for each in kind["columns"]:
        names = {fold_label(name) for name in (each["title"], *each.get("aliases", ()))}
        place = next((place for place, text in enumerate(headings) if fold_label(text) in names), None)
        if place is not None:
            found[place] = each["id"]
        elif each.get("required"):
            return None
    return found


def _entries(rows: _Rows, columns: Mapping[int, str]) -> Iterator[Mapping[str, str]]:
    for row in rows:
        entry = {name: row[place].strip() for place, name in columns.items() if place < len(row) and row[place].strip()}
        if entry:
            yield entry


def _tables(path: Path) -> Iterator[_Rows]:
    if path.suffix.lower() == ".csv":
        yield list(csv.reader(io.StringIO(_text(path))))
        return
    if not path.is_file():
        raise InputError(f"没有名单文件“{path}”。请核对文件名。")
    yield from (_cells(table) for table in read(path).tables)


def _text(path: Path) -> str:
    try:
        return datafile.decode(path.read_bytes(), path.name)
    except OSError as error:
        raise InputError(f"没有名单文件“{path}”，或没有权限读取。请核对文件名。") from error


def _cells(table: Table) -> _Rows:
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows
