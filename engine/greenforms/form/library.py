"""Everything the form folders hold, read when it is asked for: editions, layouts, facts, catalogues.

A library is made of paths and handed down; nothing remembers one behind its user's back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from greenforms.bundled import form_folders
from greenforms.errors import FormPackageError, UsageError
from greenforms.fact.vocabulary import Vocabulary
from greenforms.form.bundle import Bundler
from greenforms.form.catalogue import Catalogue, catalogue_of
from greenforms.form.edition import Edition, FormEntry
from greenforms.form.form import Form
from greenforms.form.formula import Formula, formulas_of
from greenforms.form.grow import Grower
from greenforms.form.naming import id_of
from greenforms.form.override import overridden
from greenforms.form.parameter import Parameter, parameters_of
from greenforms.form.procedure import Procedure, procedures_of
from greenforms.form.reading import dangling_rules, edition_of
from greenforms.form.registry import BASE, Registry, load_registry
from greenforms.form.rule import Rule, rule_of
from greenforms.form.rulefiles import rule_files
from greenforms.form.source import defined_twice, load_yaml, shown
from greenforms.form.terms import vocabulary_of
from greenforms.form.tree import Group, leaves, rows_of
from greenforms.form.words import stock_words


class Library:
    """The forms of one folder, or of the shipped folder and one laid over it.

    A folder holds `schemas/` and `templates/`. A later folder may refer to what earlier ones define, never define it
    again.
    """

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self._editions: dict[str, Edition] = {}
        self._edition_rules: dict[str, tuple[Rule, ...]] = {}
        self._forms: dict[str, Form] = {}
        self._contents: dict[str, Any] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return (Library, self.folders)

    # -- what there is ---------------------------------------------------------------------------------------------

    @cached_property
    def edition_files(self) -> Mapping[str, Path]:
        """The file of each edition, by id. Raises FormPackageError when two folders define one."""
        return self._unique("editions")

    @property
    def edition_ids(self) -> tuple[str, ...]:
        """The ids of the editions at hand."""
        return tuple(self.edition_files)

    @property
    def form_ids(self) -> tuple[str, ...]:
        """The ids of all forms, edition by edition in the order of their annexes."""
        return tuple(f"{edition}/{entry.name}" for edition in self.edition_ids for entry in self.edition(edition).forms)

    @property
    def forms(self) -> Iterator[Form]:
        """All forms in the order of their ids."""
        return map(self.form, self.form_ids)

    @cached_property
    def registry(self) -> Registry:
        """All schema files."""
        return load_registry(tuple(folder / "schemas" for folder in self.folders))

    @cached_property
    def catalogues(self) -> Mapping[str, Catalogue]:
        """All catalogues by id."""
        files = self._unique("indicators").items()
        return {id_: catalogue_of(load_yaml(path, "catalogue"), shown(path)) for id_, path in files}

    @cached_property
    def formulas(self) -> Mapping[str, Formula]:
        """All formulas by id, those of a file in its order."""
        found: dict[str, Formula] = {}
        for path in self._unique("formulas").values():
            found.update(formulas_of(load_yaml(path, "formulas"), shown(path), self.vocabulary))
        return found

    def formula(self, formula_id: str) -> Formula:
        """One formula by id. Raises FormPackageError when there is none."""
        if formula_id not in self.formulas:
            raise FormPackageError((f"schemas/formulas：没有编号为“{formula_id}”的算式",))
        return self.formulas[formula_id]

    @cached_property
    def formulas_of(self) -> Mapping[str, tuple[Formula, ...]]:
        """The formulas of each fact."""
        found: dict[str, tuple[Formula, ...]] = {}
        for formula in self.formulas.values():
            found[formula.fact] = (*found.get(formula.fact, ()), formula)
        return found

    @cached_property
    def rule_files(self) -> Mapping[str, Path]:
        """The files of rules by name. Raises FormPackageError when one is missing, listed nowhere, or there twice."""
        return rule_files(self.folders)

    @cached_property
    def shared_rules(self) -> tuple[Rule, ...]:
        """The rules of no edition: what holds on every form, of facts, and between papers."""
        return self._rules(path for name, path in self.rule_files.items() if name not in self.edition_files)

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """The numbers that rules refer to, by name. Raises FormPackageError when one is defined twice."""
        found: dict[str, Parameter] = {}
        for folder in self.folders:
            for path in sorted((folder / "schemas" / "parameters").glob("*.yaml")):
                for id_, parameter in parameters_of(load_yaml(path, "parameters"), shown(path)).items():
                    if id_ in found:
                        raise FormPackageError((f"{shown(path)}：参数“{id_}”在 {found[id_].source} 里已经有了",))
                    found[id_] = parameter
        return found

    @cached_property
    def procedures(self) -> Mapping[str, Procedure]:
        """All procedures by id, edition by edition."""
        found: dict[str, Procedure] = {}
        for edition, path in self._unique("procedures").items():
            found.update(procedures_of(load_yaml(path, "procedures"), edition, shown(path)))
        return found

    @cached_property
    def conformance(self) -> tuple[Any, ...]:
        """The tables of variations on which rules are proven, by file."""
        return tuple(load_yaml(path, "conformance")["tables"] for path in self._unique("conformance").values())

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The shared vocabulary of facts."""
        return vocabulary_of(self.registry.below("facts"), self.content("facts/entities.yaml", "entities"))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The stock words of all forms, for readers of scans."""
        return stock_words(self)

    # -- one of them -----------------------------------------------------------------------------------------------

    def edition(self, edition_id: str) -> Edition:
        """One edition. Raises UsageError when there is none of that id, FormPackageError when its file is broken."""
        if edition_id not in self.edition_files:
            raise UsageError(f"没有版本“{edition_id}”。现有版本：{'、'.join(self.edition_ids)}。")
        if edition_id not in self._editions:
            _ = self.rule_files  # forms do not do without their rules
            path = self.edition_files[edition_id]
            self._editions[edition_id] = edition_of(load_yaml(path, "edition"), path)
        return self._editions[edition_id]

    def rules_of(self, edition_id: str) -> tuple[Rule, ...]:
        """The rules of one edition. Raises FormPackageError when their file is broken or names what is not there."""
        if edition_id not in self._edition_rules:
            files = [self.rule_files[edition_id]] if edition_id in self.rule_files else []
            rules = self._rules(files)
            if errors := dangling_rules(self.edition(edition_id), rules):
                raise FormPackageError(tuple(errors))
            self._edition_rules[edition_id] = rules
        return self._edition_rules[edition_id]

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """The rules of every edition, then those of none."""
        return (*(rule for each in self.edition_ids for rule in self.rules_of(each)), *self.shared_rules)

    def form(self, form_id: str) -> Form:
        """One form by id, such as `nm-2024/cultivation-plan`, by its short name, its title or a part of the title.

        Raises UsageError when no form or more than one is meant, FormPackageError when its files are broken.
        """
        full = self._full_id(form_id)
        if full not in self._forms:
            edition_id, name = full.split("/")
            edition = self.edition(edition_id)
            self._forms[full] = self.load(edition, next(entry for entry in edition.forms if entry.name == name))
        return self._forms[full]

    def content(self, name: str, meta: str) -> Any:
        """What a file of its own below `schemas/` says, such as `facts/entities.yaml`.

        Raises FormPackageError when it is not there, there twice, or not as its meta schema says.
        """
        if name not in self._contents:
            path = self._only(f"schemas/{name}")
            if path is None:
                raise FormPackageError((f"schemas/{name}：缺少这个文件",))
            self._contents[name] = load_yaml(path, meta)
        return self._contents[name]

    def template(self, layout: str, kind: str) -> Path | None:
        """The template of a layout in one kind (`docx`, `xlsx`). Raises FormPackageError when two folders have one."""
        return self._only(f"templates/{layout}.{kind}")

    def layout_title(self, layout: str) -> str:
        """What a layout calls itself, for a paper inside another whose edition has no such form."""
        return str(self.registry[_layout_address(layout)].content["title"])

    # -- loading ---------------------------------------------------------------------------------------------------

    def load(self, edition: Edition, entry: FormEntry) -> Form:
        """The form of an entry, which need not be one of the edition's own. Raises FormPackageError."""
        where = shown(self.edition_files[edition.id])
        address = _layout_address(entry.layout)
        if address not in self.registry:
            raise FormPackageError((f"{where}：表单“{entry.name}”的版式“{entry.layout}”不存在",))
        file = self.registry[address]
        bundler = Bundler(self.registry, self.catalogues)
        schema = bundler.bundle(file)
        errors = [*bundler.errors]
        if entry.fields and not errors:
            schema, strange = overridden(schema, entry.fields)
            errors += [f"{where}：表单“{entry.name}”：{each}" for each in strange]
        grower = Grower(schema, shown(file.path))
        root = grower.grow() if not errors else Group("", "", True, {})
        templates = {kind: path for kind in ("docx", "xlsx") if (path := self.template(entry.layout, kind))}
        missing = [kind for kind in entry.outputs if kind != "pdf" and kind not in templates]
        errors += [*grower.errors, *(f"{where}：{entry.name}：缺少模板 {entry.layout}.{kind}" for kind in missing)]
        errors += [f"{shown(file.path)}：{error}" for error in self._unknown_facts(root)]
        if errors:
            raise FormPackageError(tuple(dict.fromkeys(errors)))
        return Form(f"{edition.id}/{entry.name}", edition, entry, schema, root, templates, self)

    def _unknown_facts(self, root: Group) -> list[str]:
        known = self.vocabulary.facts
        bound = [(leaf.pattern, leaf.fact.fact) for leaf in leaves(root) if leaf.fact]
        stated = [(rows.pattern, fact) for rows in rows_of(root) for fact in rows.states]
        return [f"字段“{pattern}”：词汇表里没有“{fact}”" for pattern, fact in (*bound, *stated) if fact not in known]

    def _rules(self, files: Iterable[Path]) -> tuple[Rule, ...]:
        return tuple(rule_of(entry, shown(path)) for path in files for entry in load_yaml(path, "rules")["rules"])

    def _full_id(self, form_id: str) -> str:
        edition_id, _, name = form_id.partition("/")
        if edition_id in self.edition_ids and any(entry.name == name for entry in self.edition(edition_id).forms):
            return form_id
        return id_of(
            form_id,
            {
                f"{edition}/{entry.name}": (entry.title, *entry.titles)
                for edition in self.edition_ids
                for entry in self.edition(edition).forms
            },
        )

    def _only(self, name: str) -> Path | None:
        """A file that only one of the folders may have."""
        found = [place for folder in self.folders if (place := folder / name).is_file()]
        if len(found) > 1:
            raise FormPackageError((defined_twice(found[1], found[0]),))
        return found[0] if found else None

    def _unique(self, kind: str) -> dict[str, Path]:
        """The YAML files of one kind by their names."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted((folder / "schemas" / kind).glob("*.yaml")):
                if path.stem in found:
                    raise FormPackageError((defined_twice(path, found[path.stem]),))
                found[path.stem] = path
        return dict(sorted(found.items()))


def open_library() -> Library:
    """The shipped forms, with those laid over them. Raises UsageError when a folder named for them holds none."""
    return Library(*form_folders())


def _layout_address(layout: str) -> str:
    return f"{BASE}layouts/{layout}.schema.json"
