"""What is kept of the form folder when the program is built: what the sources say, and never of a changed one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from greenforms.bundled import resource_root
from greenforms.errors import FormPackageError
from greenforms.form import artefacts, source
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


METAS = artefacts.meta_schemas()
SOURCES = sorted((resource_root() / "schemas").glob("*/*"))


def test_what_is_kept_is_what_the_sources_say() -> None:
    """each file of the form folder has one artefact, and that says exactly what parsing the file says."""
    assert len(SOURCES) > 100
    for path in SOURCES:
        raw = path.read_bytes()
        (content,) = filter(None, (artefacts.kept(raw, meta) for meta in METAS))
        assert json.dumps(content) == json.dumps(source.parsed(raw, path)), path


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
    assert artefacts.kept(raw, "edition")["title"] == title  # type: ignore[index]
    path.write_bytes(raw.replace(title.encode(), "另一个标题".encode()))
    assert source.load_yaml(path, "edition")["title"] == "另一个标题"
    path.write_bytes(raw + b"unknown: 1\n")
    with pytest.raises(FormPackageError, match="不认识的键：unknown"):
        source.load_yaml(path, "edition")


def test_what_was_held_against_another_meta_schema_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """an edition is none of the rules, and a meta schema that says something else has other artefacts."""
    raw = (resource_root() / "schemas/editions/nm-2024.yaml").read_bytes()
    assert artefacts.kept(raw, "rules") is None
    artefacts._program.cache_clear()
    monkeypatch.setattr(artefacts, "meta_schema", lambda _: "{}")
    assert artefacts.kept(raw, "edition") is None
    artefacts._program.cache_clear()


def test_only_what_is_sound_is_kept_and_what_is_out_of_date_goes(tmp_path: Path) -> None:
    """a broken file has no artefact, nor has one that JSON could not give back; old artefacts do not pile up."""
    rules, target = tmp_path / "schemas/rules", tmp_path / "artefacts"
    rules.mkdir(parents=True)
    (rules / "index.yaml").write_text("files: [xx-2000]\n", "utf-8")
    (rules / "xx-2000.yaml").write_text("rules: [\n", "utf-8")
    (rules / "yy-2000.yaml").write_text("rules: {1: 2}\n", "utf-8")
    assert keep(tmp_path, target) == 1
    (rules / "index.yaml").write_text("files: [yy-2000]\n", "utf-8")
    assert keep(tmp_path, target) == 1
    assert [json.loads(path.read_bytes()) for path in target.iterdir()] == [{"files": ["yy-2000"]}]
