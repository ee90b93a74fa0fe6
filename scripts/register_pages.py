"""The pages on what has been made of every rule, return reason and clause of the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from greenforms.conformance.register import STANDS, Entry, clauses, reasons_register, rules_register
from greenforms.form.library import Library

Table = Callable[[Sequence[str], Sequence[Sequence[object]]], str]
_KINDS = {
    "eligibility": "资格",
    "quota": "名额",
    "deadline": "期限",
    "cap": "上限",
    "staffing": "人员",
    "word_limit": "字数",
    "procedure": "程序",
}
_AUTO = {"full": "数据即可判断", "assist": "要识读或查询", "person": "由人判断"}


def register_page(library: Library, note: str, table: Table) -> str:
    """Every rule of the documents and every return reason, with how it is taken care of."""
    rules, reasons = rules_register(library), reasons_register(library)
    of_rules = [
        (each.id, _KINDS[each.given["kind"]], each.says, each.given.get("article", ""), STANDS[each.stands], _how(each))
        for each in rules
    ]
    of_reasons = [(each.id, each.says, _AUTO[each.given["auto"]], STANDS[each.stands], _how(each)) for each in reasons]
    return "\n".join(
        [
            "# 规则和退回原因逐条对照\n",
            note,
            "“由材料判断”的看材料上的数据、份数和文件；“问人后判断”的问题和答复人、日期一并留下；“程序”是主管部门自己的步骤；"
            "“还没有”的写明原因。规则的参数和依据见[规则](rules.md)。\n",
            f"## 文件里的规则\n\n共 {len(rules)} 条：{_counts(rules)}。\n",
            table(["编号", "种类", "内容", "条款", "处理", "由哪些规则，或说明"], of_rules),
            f"## 退回原因\n\n共 {len(reasons)} 条：{_counts(reasons)}。\n",
            table(["编号", "原因", "判断", "处理", "由哪些规则，或说明"], of_reasons),
        ]
    )


def clauses_page(library: Library, note: str, table: Table) -> str:
    """The governing documents clause by clause."""
    parts = [
        "# 五份文件逐条对照\n",
        note,
        "每一条成了什么：表单、规则、主管部门的程序步骤，或者没有、为什么没有。\n",
    ]
    rows: dict[tuple[str, str], list[Sequence[object]]] = {}
    for edition, document, clause, found in clauses(library):
        made = [*(f"`{edition}/{form}`" for form in clause.get("forms", ()))]
        said = clause.get("step") or (f"无：{clause['none']}" if "none" in clause else "")
        judged = "、".join(f"`{rule.id}`" for rule in found)
        rows.setdefault((edition, document), []).append(
            (clause["article"], clause["says"], "、".join(made), judged, said)
        )
    for (edition, document), of_document in rows.items():
        parts += [
            f"## {library.edition(edition).document_title(document)}\n",
            table(["条款", "内容", "表单", "规则", "程序步骤，或没有的原因"], of_document),
        ]
    return "\n".join(parts)


def _how(entry: Entry) -> str:
    rules = "、".join(f"`{rule}`" for rule in entry.rules)
    left = entry.given.get("left")
    return entry.why or (f"{rules}。还要：{left}" if left else rules)


def _counts(entries: Sequence[Entry]) -> str:
    found = Counter(entry.stands for entry in entries)
    return "，".join(f"{words} {found[stands]}" for stands, words in STANDS.items() if found[stands])
