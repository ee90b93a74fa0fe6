"""The made-up text of a 工作方案, its seven chapters."""

from __future__ import annotations

from random import Random
from typing import Any

from scans.figures import figure
from scans.pools import pool
from scans.prose import Writer

_PERIODS = ("{next}年{m1}月至{after}年{m2}月", "{next}.{m1}—{after}.{m2}", "{next}年全年")


def plan_text(rng: Random, writer: Writer, *, is_park: bool) -> dict[str, Any]:
    """All chapters; the investment that 保障措施 speaks of is the sum of the listed projects."""
    projects = [_project(rng, writer, entry) for entry in rng.sample(pool("projects"), rng.randint(1, 5))]
    total = sum(project["investment"] for project in projects)
    funds = f"资金保障。将创建投入纳入年度预算，{len(projects)}个项目计划投资{total}万元，由单位自筹解决。"
    safeguards = writer.numbered("safeguards", 2, 3)
    number = "三四"[safeguards.count("\n") - 1]
    return {
        "overview": writer.paragraphs("park_overview" if is_park else "overview", 2, 4),
        "approach": writer.paragraphs("approach", 1, 3),
        "targets": writer.numbered("targets", 3, 6, "力争达到国家级评价要求，主要目标如下："),
        "tasks": writer.numbered("tasks", 4, 7),
        "schedule": "\n".join(writer.sentences("schedule", 3)),
        "safeguards": f"{safeguards}\n（{number}）{funds}",
        "projects": projects,
    }


def _project(rng: Random, writer: Writer, entry: dict[str, str]) -> dict[str, Any]:
    return {
        "name": entry["name"],
        "content": writer.filled(entry["content"]),
        "investment": figure(rng, "85", "26000", rng.choice((0, 0, 1, 2))),
        "period": writer.filled(rng.choice(_PERIODS)),
        "benefit": writer.filled(entry["benefit"]),
    }
