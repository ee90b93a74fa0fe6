"""How many characters a form allows a text, and the formulas that count them as the check does: without spaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from greenforms.form.form import Form

#: What counts as no character: spaces, narrow and wide, tabs and the ends of lines. Excel takes formulas of at most 255
#: characters for its checks, so rarer spaces are left to ours.
_SPACES = ('" "', '"　"', "CHAR(9)", "CHAR(10)")


@dataclass(frozen=True, slots=True)
class Limit:
    """`least` to `most` 字; `most_by` gives the most for each value of the cell named `by`."""

    least: int | None = None
    most: int | None = None
    by: str = ""
    most_by: Mapping[str, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The limit as people say it."""
        if self.most_by:
            return "，".join(f"{choice}{most}字以内" for choice, most in self.most_by.items())
        if self.least is not None and self.most is not None:
            return f"{self.least}至{self.most}字"
        return f"{self.most}字以内" if self.most is not None else f"不少于{self.least}字"

    def count_shown(self, cell: str) -> str:
        """A formula that says how many characters a cell holds, and of how many."""
        most = self._most()
        allowed = f'&"/"&{most}' if most else ""
        return f'={_count(cell)}{allowed}&"字"'

    def kept(self, cell: str) -> str:
        """A formula that is true of a cell that keeps within the limit."""
        bounds = [f"{_count(cell)}>={self.least}"] if self.least is not None else []
        most = self._most()
        bounds += [f"{_count(cell)}<={most}"] if most else []
        return f"=AND({','.join(bounds)})"

    def broken(self, cell: str) -> str:
        """A formula that is true of a cell that is filled and does not."""
        return f"=AND({_count(cell)}>0,NOT({self.kept(cell).removeprefix('=')}))"

    def said(self, count: int, chosen: Any) -> str:
        """What `count_shown` comes to."""
        most = self.most_by.get(chosen, "—") if self.most_by else self.most
        return f"{count}{'' if most is None else f'/{most}'}字"

    def _most(self) -> str:
        """The most as a formula; a dash, which is more than any number, where nothing is chosen yet."""
        if not self.most_by:
            return "" if self.most is None else str(self.most)
        formula = '"—"'
        for choice, most in reversed(tuple(self.most_by.items())):
            formula = f'IF({self.by}="{choice}",{most},{formula})'
        return formula


def limits_of(form: Form, anchors: Mapping[str, str]) -> dict[str, Limit]:
    """The limits that the rules of a form set, by the pattern of the field; `anchors` are the names of its cells."""
    found = {}
    for rule in form.rules:
        if rule.check == "length":
            given = rule.parameters
            by = anchors.get(given.get("by", ""), "")
            found[given["field"]] = Limit(given.get("least"), given.get("most"), by, given.get("most_by", {}))
    return found


def _count(cell: str) -> str:
    formula = cell
    for space in _SPACES:
        formula = f'SUBSTITUTE({formula},{space},"")'
    return f"LEN({formula})"
