"""Makes the artefacts of the program's own data files; called when it is built, never by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from greenforms.artefacts import artefact_name
from greenforms.errors import FormPackageError
from greenforms.form.source import file_reader, meta_schemas, parsed, violations
from greenforms.tables import parsed_table, table_reader


def keep(folder: Path, target: Path) -> int:
    """Leave in the target folder exactly the artefacts of a form folder and of our tables; answers how many.

    A file that satisfies no meta schema has none: whoever reads it is told what is wrong with it.
    """
    target.mkdir(parents=True, exist_ok=True)
    made = dict((*_of_forms(folder), *_of_tables()))
    for path in target.glob("*.json"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (target / name).write_text(text, "utf-8", newline="\n")
    return len(made)


def _of_forms(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(each for each in (folder / "schemas").rglob("*") if each.is_file()):
        raw = path.read_bytes()
        try:
            content = parsed(raw, path)
        except FormPackageError:
            continue
        text = _text(content)
        if json.loads(text) == content:  # else it stays with its source, which says what JSON does not
            metas = (meta for meta in meta_schemas() if not violations(content, path, meta))
            yield from ((artefact_name(raw, file_reader(meta)), text) for meta in metas)


def _of_tables() -> Iterator[tuple[str, str]]:
    for path in sorted(Path(__file__).parents[1].rglob("*.yaml")):
        raw = path.read_bytes()
        content = parsed_table(raw)
        text = _text(content)
        if json.loads(text) == content:
            yield artefact_name(raw, table_reader()), text


def _text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
