"""The JSON shape of a rule, with the clause it rests on."""

from __future__ import annotations

from greenforms.form.library import Library
from greenforms.form.rule import Rule


def rule_json(library: Library, rule: Rule) -> dict[str, object]:
    """One rule; `citation` is null for one that rests on the form's own."""
    document, article = cited(library, rule)
    return {
        "rule": rule.id,
        "title": rule.title,
        "severity": rule.severity.value,
        "scope": rule.scope,
        "forms": list(rule.forms),
        "procedures": list(rule.procedures),
        "types": list(rule.types),
        "check": rule.check,
        "with": dict(rule.parameters),
        "citation": {"document": document, "article": article} if article else None,
        "reasons": list(rule.reasons),
    }


def cited(library: Library, rule: Rule) -> tuple[str, str]:
    """The document that a rule rests on, in words, and the article; nothing for one that rests on the form's own."""
    if rule.citation is None:
        return "", ""
    edition = rule.id.partition("/")[0]
    known = library.edition(edition).documents if edition in library.edition_ids else ()
    titles = {each.id: each.title for each in known}
    return titles.get(rule.citation.document, rule.citation.document), rule.citation.article
