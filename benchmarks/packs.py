"""False alarms of every rule on clean packs, and how often spoilt packs are noticed.

Writes docs/false-alarms.md. Ends with 1 when a rule that blocks cries wolf on more than 0.5 % of the packs it looks at.
Run with `make packs` (500 packs, 10,000 mutations; minutes); two numbers behind it ask for fewer.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from greenforms.check.eligibility import rules_of
from greenforms.check.rules import CheckResult, across, run_on, run_rules
from greenforms.check.structure import complaints
from greenforms.check.validation import validate
from greenforms.check.values import value_findings
from greenforms.conformance.suite import all_rules
from greenforms.dossier.dossier import Dossier
from greenforms.dossier.paper import Paper
from greenforms.finding import SEVERITY_WORDS, Finding, Outcome, Severity
from greenforms.form.form import Form
from greenforms.form.library import Library, open_library
from greenforms.read.sources.charts import chart_findings
from greenforms.render.paper import render
from greenforms_extractors.model import Chart
from greenforms_extractors.reading import read

Each = TypeVar("Each")

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "generator")]

from greenforms_packs.mutations import KINDS, PAPER_KINDS, mutated  # noqa: E402 - found in the generator
from greenforms_packs.packs import Pack, clean_pack  # noqa: E402

PAGE = ROOT / "docs" / "false-alarms.md"
DAY = date(2026, 11, 21)
#: What becomes of a rule that has nothing to look at.
IDLE = (Outcome.NOT_APPLICABLE, Outcome.NOT_EVALUATED)
#: A rule that cries wolf more often may not block.
MOST = 0.005
PACKS, MUTATIONS = 500, 10_000


@dataclass(slots=True)
class Alarms:
    """On how many packs each rule had something to look at, and on how many it found something."""

    looked: Counter[str] = field(default_factory=Counter)
    alarmed: Counter[str] = field(default_factory=Counter)
    said: dict[str, str] = field(default_factory=dict)

    def rate(self, rule: str) -> float:
        """The share of packs on which it found something."""
        return self.alarmed[rule] / self.looked[rule] if self.looked[rule] else 0.0


def dossier_of(library: Library, pack: Pack) -> Dossier:
    """A pack as checks see it."""
    papers = tuple(Paper(library.form(form), data, file) for file, (form, data) in pack.papers.items())
    return Dossier(library, papers, DAY)


def alarms_on(library: Library, packs: Iterable[Pack]) -> Alarms:
    """What is found on clean packs: all of it is a false alarm."""
    found = Alarms()
    for pack in packs:
        dossier = dossier_of(library, pack)
        results = [result for paper in dossier.papers for result in run_rules(paper.form, paper.data, as_of=DAY)]
        results += _together(library, dossier, pack.procedure)
        found.looked.update({result.rule.id for result in results if result.outcome not in IDLE})
        said = {each.rule: each.message for result in results for each in result.findings}
        said |= {each.rule: each.message for paper in dossier.papers for each in _of_shape(paper)}
        found.alarmed.update(said.keys())
        found.said.update(said)
    return found


def _together(library: Library, dossier: Dossier, procedure: str) -> tuple[CheckResult, ...]:
    """What the papers are held to together: the rules between them, and those of the procedure."""
    of_procedure = run_on(dossier, rules_of(library, procedure)) if procedure else ()
    return (*across(dossier), *of_procedure)


def _of_shape(paper: Paper) -> Iterator[Finding]:
    """What is found on a paper but for rules; only one that is found on has rules run once more."""
    if complaints(paper.form, paper.data) or value_findings(paper.form, paper.data, paper.document, frozenset()):
        yield from validate(paper.form, paper.data, paper.document, DAY)


def noticed(library: Library, packs: list[Pack], count: int) -> Iterator[tuple[str, bool]]:
    """So many mutations of the packs, each with its kind and whether anything is found on the spoilt pack."""
    turn = done = 0
    kinds = (*KINDS, *PAPER_KINDS)
    judged = cache(lambda number: _judged(library, packs[number]))
    printed = cache(lambda number: with_chart(library, packs[number]))
    while done < count:
        kind, number = kinds[turn % len(kinds)], turn // len(kinds) % len(packs)
        rng = Random(f"mutation {turn}")  # noqa: S311 - test data
        turn += 1
        seen: bool | None = None
        if kind in PAPER_KINDS:
            if paper := printed(number):
                seen = paper.is_noticed(PAPER_KINDS[kind](paper.content, rng))
        elif spoilt := mutated(packs[number], kind, rng):
            seen = _is_noticed(library, packs[number], spoilt, judged(number))
        if seen is not None:
            done += 1
            yield kind, seen


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper of a pack with charts, as Word."""

    form: Form
    data: Any
    content: bytes

    def is_noticed(self, spoilt: bytes | None) -> bool | None:
        """Whether its charts are found to tell something else than its tables; None for a paper without charts."""
        return None if spoilt is None else any(chart_findings("", self.form, charts_of(spoilt), self.data))


def with_chart(library: Library, pack: Pack) -> Printed | None:
    """The first paper of a pack whose layout has charts."""
    for form, data in ((library.form(form), data) for form, data in pack.papers.values()):
        if form.layout in library.charts:
            return Printed(form, data, render(form, data, "docx"))
    return None


def charts_of(paper: bytes) -> Sequence[Chart]:
    """The charts of a Word paper."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "paper.docx")
        file.write_bytes(paper)
        return read(file).charts


def _judged(library: Library, pack: Pack) -> frozenset[str]:
    """The rules of its procedure that can be judged on a pack."""
    if not pack.procedure:
        return frozenset()
    results = run_on(dossier_of(library, pack), rules_of(library, pack.procedure))
    return frozenset(result.rule.id for result in results if result.outcome not in IDLE)


def _is_noticed(library: Library, clean: Pack, spoilt: Pack, judged: Collection[str]) -> bool:
    """Whether a spoilt pack brings a finding, or has lost what a rule of its procedure looks at, which its sheet says.

    Papers that are as they were are clean by themselves.
    """
    dossier = dossier_of(library, spoilt)
    changed = (paper for paper in dossier.papers if paper.data != clean.papers[paper.document][1])
    if any(validate(paper.form, paper.data, paper.document, DAY) for paper in changed):
        return True
    results = _together(library, dossier, spoilt.procedure)
    lost = (result for result in results if result.outcome is Outcome.NOT_EVALUATED and result.rule.id in judged)
    return any(result.findings for result in results) or any(lost)


def page_of(library: Library, alarms: Alarms, mutations: list[tuple[str, bool]], packs: int = PACKS) -> str:
    """The page with both tables."""
    of = Counter(kind for kind, _ in mutations)
    seen = Counter(kind for kind, is_seen in mutations if is_seen)
    rules = [
        f"| `{rule.id}` | {rule.title} | {SEVERITY_WORDS[rule.severity]} | {alarms.looked[rule.id]} "
        f"| {alarms.alarmed[rule.id]} | {alarms.rate(rule.id):.2%} |"
        for rule in all_rules(library).values()
        if alarms.looked[rule.id]
    ]
    kinds = [f"| {kind} | {of[kind]} | {seen[kind]} | {seen[kind] / of[kind]:.1%} |" for kind in (*KINDS, *PAPER_KINDS)]
    unseen = sum(1 for rule in all_rules(library) if not alarms.looked[rule])
    return "\n".join(
        [
            "# 误报和检出\n",
            "<!-- Written by benchmarks/packs.py (make packs). -->\n",
            f"{packs} 套没有错的材料（培育方案和名单库、动态管理表和年度总结、推荐汇总表和典型经验、"
            "第三方机构年度情况、自评价和第三方评价报告、审核意见），写法、修约、次序各不相同；报出的都是误报。"
            "误报超过 0.5% 的规则不得列为“必须改”。生成材料的程序不知道查什么、怎么算。\n",
            f"另有 {unseen} 条规则在这些材料上没有可看的内容（别的版本的表，或要由人答复），"
            "由 `greenforms rules test` 检验。\n",
            "## 各条规则的误报\n",
            "| 规则 | 要求 | 程度 | 看过的套数 | 误报 | 误报率 |",
            "|---|---|---|---|---|---|",
            *rules,
            "",
            "## 改动一处以后查得出多少\n",
            f"{len(mutations)} 套改动过的材料，每套只改一处。一个数只在一处出现、改了也在合理范围之内的，查不出来。"
            "少了材料而使原来能判断的规则说“还不能判断”的，也算查出。"
            "“改图”是改印好的报告里图上的一个数，表不动。\n",
            "| 改动 | 次数 | 查出 | 查出率 |",
            "|---|---|---|---|",
            *kinds,
            "",
        ]
    )


def wolves(library: Library, alarms: Alarms) -> list[str]:
    """The rules that block and cry wolf."""
    rules = all_rules(library)
    return [
        f"{rule} {alarms.rate(rule):.2%}：{alarms.said[rule]}"
        for rule in alarms.alarmed
        if rule in rules and rules[rule].severity is Severity.BLOCK and alarms.rate(rule) > MOST
    ]


def told(of: Iterable[Each], count: int, what: str) -> Iterator[Each]:
    """The same, with a line now and then on how many of them are done."""
    for number, each in enumerate(of, 1):
        yield each
        if number % max(count // 20, 1) == 0:
            print(f"{what} {number}/{count}", file=sys.stderr, flush=True)


def main(count: int = PACKS, mutations: int = MUTATIONS) -> int:
    library = open_library()
    packs = [clean_pack(number)[1] for number in range(count)]
    alarms = alarms_on(library, told(packs, count, "packs"))
    found = list(told(noticed(library, packs, mutations), mutations, "mutations"))
    PAGE.write_text(page_of(library, alarms, found, count), "utf-8")
    print(*(f"{rule}: {said}" for rule, said in alarms.said.items()), sep="\n")
    crying = wolves(library, alarms)
    print(*crying, sep="\n")
    return bool(crying)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
