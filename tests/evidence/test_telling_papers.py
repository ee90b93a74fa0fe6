"""What a paper of evidence says of itself, and which entry of a list a file stands for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from unittest.mock import patch

import pytest

from greenforms.dossier.paper import Paper
from greenforms.errors import FormPackageError
from greenforms.evidence.faults import faults_of_report, own_faults
from greenforms.evidence.folder import EvidenceFile
from greenforms.evidence.listed import Entry, entries_for
from greenforms.evidence.telling import kind_of, last_day, value_of
from greenforms.finding import Severity
from greenforms.form.evidence import EvidenceKind, evidence_rules
from papers import example
from shipped import LIBRARY

RULES = evidence_rules(LIBRARY)
KINDS = {kind.id: kind for kind in RULES.kinds}
LIST = tuple(
    Entry("附件", number, f"附件{number}", name)
    for number, name in (("1", "营业执照、项目备案"), ("2", "2021年审计报告"), ("12", "质量、能源管理体系认证证书"))
)


@pytest.mark.parametrize("kind", RULES.kinds, ids=lambda kind: kind.id)
def test_every_name_tells_its_kind(kind: EvidenceKind) -> None:
    """This test ensures that no kind hides another: each name, letters apart, tells its own."""
    assert {kind_of([(" ".join(f"甲公司{name}"),)], RULES) for name in kind.names} == {kind}


def test_the_first_short_line_counts() -> None:
    """This test ensures that what is attached, or spoken of in running text, does not tell the kind."""
    rows = [("本公司持有营业执照" + "，依法经营" * 10,), ("能源审计报告",), ("附：营业执照",)]
    assert kind_of(rows, RULES) is KINDS["energy-audit"]
    assert kind_of(rows[:1], RULES) is None


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("名  称：甲公司  类型：有限公司",)], "甲公司"),
        ([("名 称 甲公司",)], "甲公司"),
        ([("证书编号：A1 名称：甲公司",)], "甲公司"),
        ([("名称", "甲\n公司")], "甲 公司"),
        ([("产品名称：抛光粉",)], ""),
        ([("名称 类型 住所",)], ""),
        ([("名称：",), ("企业名称：乙公司",)], "乙公司"),
    ],
)
def test_values_by_label(rows: list[tuple[str, ...]], found: str) -> None:
    """This test ensures that a value is taken behind its own label and ends before the next."""
    assert value_of(rows, ("名称", "企业名称")) == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2028年2月29日", date(2028, 2, 29)),
        ("自2023-05-01至2028-04-30止", date(2028, 4, 30)),
        ("2023.05.01 至 长期", None),
        ("五年（2023年5月1日起至2028年4月30日）", date(2028, 4, 30)),
        ("2011年8月16日至长期", None),
        ("长期", None),
    ],
)
def test_last_day(text: str, day: date | None) -> None:
    """This test ensures that the last day of a term is found, and that a term without one has none."""
    assert last_day(text, RULES.unlimited) == day


@pytest.mark.parametrize("text", ["五年", "2023年5月1日起三年", "2028年4月", "2028年2月30日"])
def test_terms_that_do_not_say_the_day(text: str) -> None:
    """This test ensures that no day is guessed."""
    with pytest.raises(ValueError, match=text):
        last_day(text, RULES.unlimited)


@pytest.mark.parametrize(
    ("name", "kind", "marks"),
    [
        ("附件1.pdf", None, ["附件1"]),
        ("附件12-3 图.pdf", None, ["附件12"]),
        ("02 其他.pdf", None, ["附件2"]),
        ("附件2/甲.pdf", "business-licence", ["附件2"]),
        ("附件3 营业执照.pdf", "business-licence", []),
        ("2021年审计报告（盖章）.pdf", None, ["附件2"]),
        ("1号厂房.pdf", None, []),
        ("扫描.pdf", "management-certificate", ["附件12"]),
        ("扫描.pdf", "monitoring-report", []),
    ],
)
def test_entries_of_a_file(name: str, kind: str | None, marks: list[str]) -> None:
    """This test ensures that a mark goes before a name, and a name before a kind; 1号 and 2021年 are no marks."""
    file = EvidenceFile(name, KINDS[kind] if kind else None)
    assert [each.mark for each in entries_for(file, LIST)] == marks


def test_what_was_recognised_is_asked() -> None:
    """This test ensures that a scan is not accused on a text that was recognised, and is asked for the same reason."""
    file = EvidenceFile("扫描.pdf", KINDS["discharge-permit"], until="2020年1月1日", pages=1)
    read, seen = (list(own_faults([replace(file, scanned=each)], RULES, date(2022, 5, 30))) for each in (False, True))
    assert [(each.rule, each.severity) for each in read] == [("evidence/expired", Severity.BLOCK)]
    assert [(each.rule, each.severity) for each in seen] == [("evidence/expired", Severity.ASK)]
    assert "请先对照原件。确实如此的，换成现行有效的。" in seen[0].message


@pytest.mark.parametrize(
    ("holder", "rules"),
    [("内蒙古晴川新材料有限公司", []), ("北京清沛绿色技术研究院有限公司", []), ("甲公司", ["evidence/other-holder"])],
)
def test_papers_of_the_evaluator(holder: str, rules: list[str]) -> None:
    """This test ensures that a report may hold papers of the unit and of its evaluator, and of nobody else."""
    form = LIBRARY.form("nm-2024/factory-evaluation-report")
    paper = Paper(form, example("factory-evaluation-report"), "报告.docx")
    file = EvidenceFile("附件1.pdf", KINDS["business-licence"], holder=holder)
    found = faults_of_report(LIBRARY, [file], RULES, paper, date(2022, 5, 30))
    assert [each.rule for each in found if each.places[0].document == file.name] == rules


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"other_holders": ["no.such"]}, "词汇表里没有“no.such”"),
        ({"rules": ["no/such"]}, "没有编号为“no/such”的规则"),
        ({"kinds": [{"id": "one", "title": "甲", "names": ["甲证"], "holder": ["名称"]}] * 2}, "种类“one”有 2 个"),
    ],
)
def test_rules_that_name_what_nobody_has(change: dict[str, object], said: str) -> None:
    """This test ensures that a fault in the file of kinds is an error with the file's name."""
    content = {**LIBRARY.content("evidence.yaml", "evidence"), **change}
    with patch.object(LIBRARY, "content", return_value=content), pytest.raises(FormPackageError) as error:
        evidence_rules(LIBRARY)
    assert error.value.errors == (f"schemas/evidence.yaml：{said}",)
