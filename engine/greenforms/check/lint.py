"""What is wrong with rules: checks, parameters, places, facts and words that do not exist, ids given twice."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Sequence

from greenforms.check.parameters import bind_any
from greenforms.check.pointers import node_at
from greenforms.check.verdict import Check
from greenforms.errors import FormPackageError
from greenforms.form.edition import Edition
from greenforms.form.library import Library
from greenforms.form.rule import Rule
from greenforms.form.tree import Group

#: What every message may quote besides what its check offers: the label of the first place.
_COMMON = ("field",)


def lint_rules(library: Library, edition: Edition, rules: Sequence[Rule]) -> list[str]:
    """All errors of an edition's rules."""
    return _lint(rules, library, {name: _root(library, f"{edition.id}/{name}") for name in _forms(edition)})


def lint_shared(library: Library) -> list[str]:
    """All errors of the rules of no edition, and of ids given twice anywhere."""
    rules = library.shared_rules
    errors = [
        f"{rule.source}：规则“{rule.id}”：不属于任何版本，不能有 forms 或 when"
        for rule in rules
        if rule.forms or rule.when
    ]
    places = [
        f"{rule.source}：规则“{rule.id}”：不属于任何版本，不能引用字段“{operand}”"
        for rule in rules
        for operand in _operands(rule, library)
        if operand.startswith("/")
    ]
    return [*_lint(rules, library, {}), *errors, *places]


def _forms(edition: Edition) -> Iterator[str]:
    return (entry.name for entry in edition.forms)


def _lint(rules: Sequence[Rule], library: Library, roots: dict[str, Group | None]) -> list[str]:
    ids = [rule.id for rule in rules]
    twice = sorted({rule for rule in ids if ids.count(rule) > 1})
    errors = [f"{rules[0].source}：规则编号“{rule}”重复" for rule in twice]
    for rule in rules:
        errors += [f"{rule.source}：{error}" for error in _errors(rule, library, roots)]
    return errors


def _errors(rule: Rule, library: Library, roots: dict[str, Group | None]) -> list[str]:
    try:
        check = bind_any(rule, library.parameters)
    except FormPackageError as error:
        return list(error.errors)
    wanted = [*check.operands(), *rule.when]
    unknown = [each for each in wanted if not each.startswith("/") and each not in library.vocabulary.facts]
    errors = [f"词汇表里没有“{each}”" for each in unknown]
    errors += [
        f"表单“{name}”没有字段“{pattern}”"
        for name in rule.forms
        if (root := roots.get(name)) is not None
        for pattern in wanted
        if pattern.startswith("/") and node_at(root, pattern) is None
    ]
    return [f"规则“{rule.id}”：{error}" for error in (*errors, *_words(rule, check), *_cases(rule))]


def _words(rule: Rule, check: Check) -> Iterator[str]:
    """Kinds of fault without a text, texts of no kind, and placeholders the check does not offer."""
    for name, texts in (("message", rule.messages), ("remedy", rule.remedies)):
        kinds = (
            check.faults if "" not in texts else {"": tuple(each for said in check.faults.values() for each in said)}
        )
        yield from (f"{name} 没有写“{kind}”这种情况" for kind in kinds if kind not in texts)
        yield from (f"{name} 写了检查“{rule.check}”没有的情况“{kind}”" for kind in texts if kind not in kinds)
        for kind, text in texts.items():
            offered = (*kinds.get(kind, ()), *_COMMON)
            strange = [each for each in _placeholders(text) if each not in offered]
            yield from (
                f"{name} 里的“{{{each}}}”检查“{rule.check}”不提供，可用：{'、'.join(offered)}" for each in strange
            )


def _placeholders(text: str) -> Iterable[str]:
    try:
        return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError:
        return [text]


def _cases(rule: Rule) -> Iterator[str]:
    if not any(case.fails for case in rule.cases):
        yield "缺少应报出问题的例子（cases）"
    if all(case.fails for case in rule.cases):
        yield "缺少应通过的例子（cases）"


def _operands(rule: Rule, library: Library) -> tuple[str, ...]:
    try:
        return bind_any(rule, library.parameters).operands()
    except FormPackageError:
        return ()


def _root(library: Library, form_id: str) -> Group | None:
    """The fields of a form; None when its schema is broken, which is another complaint."""
    try:
        return library.form(form_id).root
    except FormPackageError:
        return None
