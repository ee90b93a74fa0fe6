"""Three papers of one factory: its self-evaluation, its plan, and its annual update; they agree with each other."""

from __future__ import annotations

import copy
from typing import Any

from papers import example

SELF, PLAN, UPDATE = "nm-2022/factory-self-evaluation", "nm-2024/cultivation-plan", "cn-2024/annual-update-factory"
REPORT = "nm-2024/factory-evaluation-report"
UNIT = "内蒙古晴川新材料有限公司"


def papers_of() -> dict[str, Any]:
    """The data of each paper, by its form."""
    plan, update = example("cultivation-plan-factory"), example("annual-update-factory")
    return {SELF: _self_evaluation(plan["enterprise"]), PLAN: plan, UPDATE: update}


def _self_evaluation(enterprise: dict[str, Any]) -> Any:
    """The shipped self-evaluation as one of this factory."""
    data, factory = copy.deepcopy(example("factory-self-evaluation")), example("factory-evaluation-report")["factory"]
    data["cover"] |= {"unit": UNIT, "date": "2026-04-10"}
    data["basics"] |= {name: factory[name] for name in factory if name in data["basics"]}
    data["basics"] |= {name: enterprise[name] for name in ("industry", "founded", "legal_phone", "fax")}
    data["basics"] |= {"signatory": factory["legal"], "signed": "2026-04-10"}
    data["data_year"] = 2025
    return data
