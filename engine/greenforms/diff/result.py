"""What differs between two papers, as one value: for the screen and for files, and as JSON for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from greenforms.diff.changes import Change, Kind, Stand, changes
from greenforms.diff.side import Side
from greenforms.report import evidence_json

WORDS: dict[Kind, str] = {"changed": "改", "added": "增", "removed": "删"}


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sides and all that is not the same on them."""

    old: Side
    new: Side
    changes: tuple[Change, ...]

    @property
    def counted(self) -> str:
        """How many differences there are, by kind, in words."""
        if not self.changes:
            return f"“{self.old.name}”与“{self.new.name}”的《{self.new.form.title}》各栏内容相同。"
        often = Counter(each.kind for each in self.changes)
        kinds = "，".join(f"{WORDS[kind]} {often[kind]} 处" for kind in WORDS if often[kind])
        editions = {self.old.form.id, self.new.form.id}
        other = f"（分别按 {self.old.form.id} 和 {self.new.form.id} 的表）" if len(editions) > 1 else ""
        title = self.new.form.title
        return f"“{self.old.name}”与“{self.new.name}”的《{title}》{other}有 {len(self.changes)} 处不同：{kinds}。"


def difference(old: Side, new: Side) -> Difference:
    """The older side compared with the newer one."""
    return Difference(old, new, changes(old, new))


def difference_json(found: Difference) -> dict[str, Any]:
    """The shape other programs read; `old` or `new` of a change is null where that side has nothing."""
    often = Counter(each.kind for each in found.changes)
    return {
        "form": found.new.form.id,
        "title": found.new.form.title,
        "old": _side(found.old),
        "new": _side(found.new),
        "changes": [change_json(each) for each in found.changes],
        "summary": {kind: often[kind] for kind in WORDS},
    }


def _side(side: Side) -> dict[str, Any]:
    return {"file": side.name, "form": side.form.id, "sha256": side.sha256}


def change_json(change: Change) -> dict[str, Any]:
    """One difference, as other programs read it."""
    shape: dict[str, Any] = {
        "kind": change.kind,
        "label": change.label,
        "fact": change.fact or None,
        "unit": change.leaf.unit if change.leaf is not None else None,
        "old": _stand(change.old),
        "new": _stand(change.new),
    }
    if change.gap is not None:
        shape["gap"] = change.gap
    if change.sentences:
        shape["sentences"] = [{"old": each.old or None, "new": each.new or None} for each in change.sentences]
    return shape


def _stand(stand: Stand | None) -> dict[str, Any] | None:
    if stand is None:
        return None
    reading = stand.reading
    shape = {
        "path": stand.pointer,
        "value": stand.value,
        "printed": stand.text,
        "evidence": evidence_json(reading.evidence if reading is not None else None),
    }
    return {**shape, "doubt": stand.doubt} if stand.doubt else shape
