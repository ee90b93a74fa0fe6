"""Makes the artefacts of a form folder; called when the program is built, never by the program itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from greenforms.errors import FormPackageError
from greenforms.form.artefacts import artefact_name, meta_schemas
from greenforms.form.source import parsed, violations


def keep(folder: Path, target: Path) -> int:
    """Leave exactly the artefacts of a form folder in the target folder; answers how many there are.

    A file that satisfies no meta schema has none: whoever reads it is told what is wrong with it.
    """
    target.mkdir(parents=True, exist_ok=True)
    made = dict(_artefacts(folder))
    for path in target.glob("*.json"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (target / name).write_text(text, "utf-8", newline="\n")
    return len(made)


def _artefacts(folder: Path) -> Iterator[tuple[str, str]]:
    metas = meta_schemas()
    for path in sorted((folder / "schemas").glob("*/*")):
        raw = path.read_bytes()
        try:
            content = parsed(raw, path)
        except FormPackageError:
            continue
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        if json.loads(text) == content:  # else it stays with its source, which says what JSON does not
            yield from ((artefact_name(raw, meta), text) for meta in metas if not violations(content, path, meta))
