"""What is kept of the form folder when the program is built: what the sources say, and never of a changed one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from greenforms import artefacts, tables
from greenforms.bundled import resource_root
from greenforms.errors import FormPackageError
from greenforms.form import source
from greenforms.form.keeping import keep
from greenforms.form.library import Library


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("artefacts")
    keep(resource_root(), folder)
    return folder


@pytest.fixture(autouse=True)
def used(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artefacts, "artefact_folder", lambda: made)


TABLES = sorted(Path(artefacts.__file__).parent.rglob("*.yaml"))
SOURCES = sorted(each for each in (resource_root() / "schemas").rglob("*") if each.is_file())


def kept(raw: bytes, meta: str) -> Any:
    """What is kept of a file of a form folder."""
    return artefacts.kept(raw, source.file_reader(meta))


def test_what_is_kept_is_what_the_sources_say(made: Path) -> None:
    """each file of the form folder and each table has one artefact, which says exactly what parsing it says."""
    assert len(SOURCES) > 100
    for path in SOURCES:
        raw = path.read_bytes()
        (content,) = filter(None, (kept(raw, meta) for meta in source.meta_schemas()))
        assert json.dumps(content) == json.dumps(source.parsed(raw, path)), path
    for path in TABLES:
        raw = path.read_bytes()
        assert json.dumps(artefacts.kept(raw, tables.table_reader())) == json.dumps(tables.parsed_table(raw)), path
    assert len(list(made.iterdir())) == len(SOURCES) + len(TABLES)


def test_with_artefacts_nothing_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """a library of the shipped forms opens without YAML and without its checks."""
    monkeypatch.setattr(source, "parsed", None)
    library = Library(resource_root())
    assert not library.registry.errors
    assert library.all_rules
    assert library.catalogues
    assert library.formulas
    assert library.parameters
    assert library.conformance
    assert library.vocabulary.facts
    for name, meta in {"rules": "register", "reasons": "register", "clauses": "clauses"}.items():
        assert library.content(f"register/{name}.yaml", meta)


def test_a_changed_source_is_read_itself(tmp_path: Path) -> None:
    """one byte more, and the file is no longer the one that was kept."""
    path = tmp_path / "nm-2024.yaml"
    raw = (resource_root() / "schemas/editions/nm-2024.yaml").read_bytes()
    path.write_bytes(raw)
    title = source.load_yaml(path, "edition")["title"]
    assert kept(raw, "edition")["title"] == title
    path.write_bytes(raw.replace(title.encode(), "另一个标题".encode()))
    assert source.load_yaml(path, "edition")["title"] == "另一个标题"
    path.write_bytes(raw + b"unknown: 1\n")
    with pytest.raises(FormPackageError, match="不认识的键：unknown"):
        source.load_yaml(path, "edition")


def test_what_was_held_against_another_meta_schema_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """an edition is none of the rules, and a meta schema that says something else has other artefacts."""
    raw = (resource_root() / "schemas/editions/nm-2024.yaml").read_bytes()
    assert kept(raw, "rules") is None
    source.file_reader.cache_clear()
    monkeypatch.setattr(source, "meta_schema", lambda _: "{}")
    assert kept(raw, "edition") is None
    source.file_reader.cache_clear()


def test_only_what_is_sound_is_kept_and_what_is_out_of_date_goes(tmp_path: Path) -> None:
    """a broken file has no artefact, nor has one that JSON could not give back; old artefacts do not pile up."""
    rules, target = tmp_path / "schemas/rules", tmp_path / "artefacts"
    rules.mkdir(parents=True)
    (rules / "index.yaml").write_text("files: [xx-2000]\n", "utf-8")
    (rules / "xx-2000.yaml").write_text("rules: [\n", "utf-8")
    (rules / "yy-2000.yaml").write_text("rules: {1: 2}\n", "utf-8")
    assert keep(tmp_path, target) == 1 + len(TABLES)
    (rules / "index.yaml").write_text("files: [yy-2000]\n", "utf-8")
    assert keep(tmp_path, target) == 1 + len(TABLES)
    contents = [json.loads(path.read_bytes()) for path in target.iterdir()]
    assert {"files": ["yy-2000"]} in contents
    assert {"files": ["xx-2000"]} not in contents
    assert len(contents) == 1 + len(TABLES)
