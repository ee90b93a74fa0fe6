"""Which files of rules there are: those that the index of their folder lists, so that none is lost unnoticed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from greenforms.errors import FormPackageError
from greenforms.form.source import defined_twice, load_yaml, shown

_INDEX = "index.yaml"


def rule_files(folders: Sequence[Path]) -> Mapping[str, Path]:
    """The files of rules of some form folders by name, in the order of their indexes.

    The first folder has an index; one laid over it has one where it has rules. Raises FormPackageError naming every
    file that is listed and not there, there and not listed, or has the name of one of an earlier folder.
    """
    found: dict[str, Path] = {}
    errors: list[str] = []
    for turn, folder in enumerate(folders):
        rules = folder / "schemas" / "rules"
        present = {path.stem: path for path in sorted(rules.glob("*.yaml")) if path.name != _INDEX}
        index = rules / _INDEX
        if not index.is_file():
            errors += _without_index(index, present, needed=turn == 0)
            continue
        listed = load_yaml(index, "rule-index")["files"]
        errors += _differences(index, listed, present)
        errors += [defined_twice(present[name], found[name]) for name in listed if name in found and name in present]
        found |= {name: present[name] for name in listed if name in present and name not in found}
    if errors:
        raise FormPackageError(tuple(errors))
    return found


def _without_index(index: Path, present: Mapping[str, Path], *, needed: bool) -> Iterator[str]:
    if present:
        yield f"{shown(index)}：缺少这个文件。请新建，写上：files: [{', '.join(present)}]"
    elif needed:
        yield f"{shown(index)}：缺少这个文件，规则文件都没有读到。请从原来的表单包恢复 schemas/rules 文件夹"


def _differences(index: Path, listed: Sequence[str], present: Mapping[str, Path]) -> Iterator[str]:
    for name in listed:
        if name not in present:
            yield f"{shown(index)}：列出的规则文件 {name}.yaml 不存在。请恢复这个文件，或从 files 中删去“{name}”"
    for name, path in present.items():
        if name not in listed:
            todo = f"请在 files 中加上“{name}”，或删去这个文件"
            yield f"{shown(path)}：没有列入 {shown(index)}，其中的规则不会执行。{todo}"
