"""Whether the statements of one fact agree; those that do not become one finding that names every place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from greenforms.fact.compare import canonical, compare
from greenforms.fact.fold import difference
from greenforms.fact.statement import Fact
from greenforms.fact.vocabulary import FactKind
from greenforms.finding import Finding, Place, Severity
from greenforms.pack import wording
from greenforms.pack.rules import found

_MAKE_ONE = "核对原始凭据，把各处改成同一个数据"


def groups_of(kind: FactKind, facts: Iterable[Fact]) -> list[list[Fact]]:
    """Statements by value, in the order met. There is more than one group exactly when two statements disagree."""
    groups: list[list[Fact]] = []
    for fact in facts:
        for group in groups:
            if all(compare(kind, fact, other).agrees for other in group):
                group.append(fact)
                break
        else:
            groups.append([fact])
    return groups


def same_fact(kind: FactKind, subject: str, facts: Sequence[Fact]) -> Iterator[Finding]:
    """A finding when statements of one fact, subject and period disagree."""
    groups = groups_of(kind, facts)
    if len(groups) > 1:
        yield _disagreement(kind, subject, groups)


def _disagreement(kind: FactKind, subject: str, groups: Sequence[Sequence[Fact]]) -> Finding:
    first = groups[0][0]
    cut = all(compare(kind, one, other).cut for one, other in _strangers(kind, groups))
    shown = _marked(groups) if kind.kind == "name" else [group[0].shown for group in groups]
    about = f"{subject}“{first.item}”" if first.item else subject
    period = f"{first.period}年度" if first.period else ""
    explained = "".join(f"{text}。" for text in _explanations(kind, groups))
    message = (
        f"{about}的{period}“{kind.title}”各处不一致：{wording.statements(groups, shown)}。{explained}请{_MAKE_ONE}。"
    )
    finding = found("pack/same-fact", message, _places(groups), _MAKE_ONE)
    return replace(finding, severity=Severity.WARN) if cut else finding


def _strangers(kind: FactKind, groups: Sequence[Sequence[Fact]]) -> Iterator[tuple[Fact, Fact]]:
    """The pairs of statements that do not agree."""
    facts = [fact for group in groups for fact in group]
    return (pair for pair in combinations(facts, 2) if not compare(kind, *pair).agrees)


def _explanations(kind: FactKind, groups: Sequence[Sequence[Fact]]) -> Iterator[str]:
    """What the numbers tell of each further value against the first: gap, allowance and suspected slip."""
    first = groups[0][0]
    for group in groups[1:]:
        comparison = compare(kind, first, group[0])
        if text := wording.gap(first, comparison):
            yield f"{first.shown}与{group[0].shown}{text}"
        elif first.unit != group[0].unit:
            yield f"“{first.unit or '（无单位）'}”与“{group[0].unit or '（无单位）'}”不能换算"
        if comparison.slip:
            yield wording.slip(comparison.slip)


def same_name(groups: Sequence[Sequence[Fact]], *, sure: bool) -> Finding:
    """A finding on one unit's name written in several ways; `sure` when the papers themselves say it is one unit."""
    act = "以营业执照（园区以批准文件）上的名称为准，把各处改成一致"
    doubt = "" if sure else "两处名称相近而不同，疑为同一单位。"
    otherwise = "" if sure else "；若确是两个单位，请核对名单是否漏列"
    message = f"单位名称各处不一致：{wording.statements(groups, _marked(groups))}。{doubt}请{act}{otherwise}。"
    return found("pack/same-name", message, _places(groups), act)


def _marked(groups: Sequence[Sequence[Fact]]) -> list[str]:
    """Each value with what differs in brackets: the first against the second, the others against the first."""
    shown = [group[0].shown for group in groups]
    if len(shown) == 1:
        return shown
    first = difference(shown[0], shown[1])[0]
    return [first, *(difference(shown[0], other)[1] for other in shown[1:])]


def several_valued(kind: FactKind, subject: str, facts: Sequence[Fact]) -> Iterator[Finding]:
    """A finding where a fact that may have several values at once is contradicted all the same.

    A paper's value must be among those of every list that has its subject.
    """
    own = [fact for fact in facts if not fact.listed and fact.value]
    by_list: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.listed:
            by_list[fact.document].append(fact)
    against: list[Fact] = []
    for listed in by_list.values():
        values = {canonical(kind, str(fact.value)) for fact in listed}
        strangers = [fact for fact in own if canonical(kind, str(fact.value)) not in values]
        against += [fact for fact in (*strangers, *listed) if strangers and fact not in against]
    if against:
        yield _disagreement(kind, subject, groups_of(kind, against))


def _places(groups: Sequence[Sequence[Fact]]) -> tuple[Place, ...]:
    return tuple(wording.place(fact) for group in groups for fact in group)
