"""The register: every rule, every return reason and every clause is accounted for."""

from __future__ import annotations

from greenforms.check.severities import schema_severity, value_severity
from greenforms.codec import CODECS
from greenforms.conformance.register import BUILT_IN, clauses, reasons_register, rules_register
from greenforms.conformance.suite import all_rules
from shipped import LIBRARY, ROOT

RULES = rules_register(LIBRARY)
REASONS = reasons_register(LIBRARY)


def is_built_in(rule: str) -> bool:
    """Whether a rule of this name looks at every paper or data set."""
    kind, _, name = rule.partition("/")
    if kind == "schema":
        return bool(schema_severity(name))
    if kind == "value":
        return name in CODECS and bool(value_severity(name))
    words = "".join(path.read_text("utf-8") for path in (ROOT / "engine/greenforms").rglob("*.py"))
    return rule in words or f'"{name}"' in words


def test_every_rule_and_reason_is_there_once() -> None:
    """the register has all 188 rules and all 68 reasons, each once."""
    assert len({entry.id for entry in RULES}) == len(RULES) == 188
    assert [entry.id for entry in REASONS] == [f"SF-{number:02d}" for number in range(1, 69)]


def test_every_entry_is_accounted_for() -> None:
    """an entry has rules, or is a duty of an authority, or is open with the reason; never two of these."""
    for entry in (*RULES, *REASONS):
        given = [key for key in ("rules", "procedural", "open") if entry.given.get(key)]
        assert len(given) <= 1, entry.id
        assert bool(entry.rules) or bool(entry.why), entry.id


def test_the_rules_of_the_register_exist() -> None:
    """what the register calls computed is computed: each rule it names exists."""
    known = all_rules(LIBRARY)
    named = {rule for entry in (*RULES, *REASONS) for rule in entry.rules}
    assert {rule for rule in named - set(known) if not rule.startswith(BUILT_IN)} == set()
    assert {rule for rule in named - set(known) if not is_built_in(rule)} == set()


def test_what_must_be_computed_is() -> None:
    """every rule with a check, every deadline, quota, cap, number of staff and length of a text is judged."""
    bound = {"deadline", "quota", "cap", "staffing", "word_limit"}
    must = {entry.id for entry in RULES if entry.given.get("judged") or entry.given["kind"] in bound}
    assert must - {entry.id for entry in RULES if entry.rules} == set()
    assert {entry.id for entry in (*RULES, *REASONS) if entry.stands == "open"} == set()


def test_reasons_that_data_decide() -> None:
    """at least 48 reasons are judged by papers, all but two of those that data decide among them."""
    judged = {entry.id for entry in REASONS if entry.stands == "papers"}
    assert len(judged) >= 48
    full = {entry.id for entry in REASONS if entry.given["auto"] == "full"}
    assert full - judged == {"SF-57", "SF-58"}
    assert {entry.id for entry in REASONS if entry.stands == "answers"} >= {
        "SF-43",
        "SF-44",
        "SF-45",
        "SF-48",
        "SF-49",
        "SF-53",
    }


def test_an_edition_of_the_register_is_one() -> None:
    """rules are filed under editions that exist, and under the one whose rules judge them, or that of the nation."""
    assert {entry.given.get("edition", "cn-2024") for entry in RULES} <= set(LIBRARY.edition_ids)


def test_every_clause_is_accounted_for() -> None:
    """each clause of the five documents is a form, a rule, a step, or none with a reason; forms exist."""
    found = list(clauses(LIBRARY))
    assert len({document for _, document, *_ in found}) == 5
    lost = [
        (document, clause["article"])
        for _, document, clause, rules in found
        if not (clause.get("forms") or rules or clause.get("step") or clause.get("none"))
    ]
    assert lost == []
    both = [clause["article"] for *_, clause, rules in found if clause.get("none") and (rules or clause.get("forms"))]
    assert both == []
    forms = {f"{edition}/{form}" for edition, _, clause, _ in found for form in clause.get("forms", ())}
    assert forms <= set(LIBRARY.form_ids)


def test_every_rule_rests_on_a_clause() -> None:
    """a rule of one of the five documents is found under one of its clauses."""
    documents = {document for _, document, *_ in clauses(LIBRARY)}
    resting = {rule.id for *_, rules in clauses(LIBRARY) for rule in rules}
    cited = {rule.id for rule in all_rules(LIBRARY).values() if rule.citation and rule.citation.document in documents}
    assert cited - resting == set()
