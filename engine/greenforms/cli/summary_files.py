"""What `summary` writes and says: the table, the copy with its changes, letters around it, and what the rules find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from greenforms import datafile
from greenforms.cli.output import print_findings, worst_exit
from greenforms.cli.outputs import output_kind
from greenforms.cli.screen import say
from greenforms.errors import ExitCode, UsageError
from greenforms.form.form import Form
from greenforms.report import json_text

if TYPE_CHECKING:
    from greenforms.carry.filling import Prefilled
    from greenforms.carry.material import Material
    from greenforms.carry.merged import Merged
    from greenforms.dossier.given import GivenList

_COPY = "（与上次比）"


@dataclass(frozen=True, slots=True)
class Target:
    """A paper that is going to be written, with the file of its sources beside it."""

    form: Form
    paper: str
    kind: str
    sources: str
    force: bool

    @classmethod
    def of(cls, form: Form, paper: str, *, force: bool) -> Target:
        """The target, when both files can be written."""
        if paper == datafile.STANDARD_STREAM:
            raise UsageError("汇总表要写成文件：旁边还要写各格的出处。请在 -o 后面写文件名。")
        kind = output_kind(paper, form.entry.outputs, f"《{form.title}》", force=force)
        sources = str(Path(paper).with_suffix(".json"))
        datafile.refuse_taken(sources, force=force)
        return cls(form, paper, kind, sources, force)

    def write(self, result: Prefilled, found: Merged | None) -> None:
        """Write the paper and its sources; what differs from an earlier list on a copy of the paper."""
        from greenforms.carry.marked import KINDS, marked_copy
        from greenforms.carry.result import result_json
        from greenforms.render.paper import render

        paper = render(self.form, result.data, self.kind)
        said = result_json(result, Path(self.paper).name) | ({"last": found.to_json()} if found else {})
        copy = Path(self.paper).with_stem(f"{Path(self.paper).stem}{_COPY}") if found and self.kind in KINDS else None
        if found is not None and copy is not None:
            datafile.write(str(copy), marked_copy(found, paper, self.kind), force=self.force)
        datafile.write(self.sources, f"{json_text(said)}\n".encode(), force=self.force)
        datafile.write(self.paper, paper, force=self.force)
        beside = f"，与上次不同的标在“{copy}”" if copy else ""
        say(f"已写入“{self.paper}”，各格的出处在“{self.sources}”{beside}。下一步：核对，补填空着的格子。", err=True)


def tell(result: Prefilled, material: Material, found: Merged | None) -> None:
    """Say how much was filled, what is open and what differs from the earlier list."""
    rows = {each.pointer.rpartition("/")[0] for each in result.carried}
    say(f"从 {len(material.papers)} 份材料列入 {len(rows)} 行，填了 {len(result.carried)} 格。", err=True)
    lines = list(open_lines(result))
    if lines:
        say("空着的、没有列入的：", *(f"  {line}" for line in lines), err=True)
    if found is not None:
        say(found.counted, *(f"  {line}" for line in _changed(found)), err=True)


def _changed(found: Merged) -> Iterator[str]:
    for _, what, label, old, new in found.lines():
        yield f"【{what}】{label}" + (f"：{old} → {new}" if old or new else "")


def open_lines(result: Prefilled) -> Iterator[str]:
    """Each cell that is open for a reason of its own; those that no paper speaks of, by column."""
    from greenforms.carry.summary import UNSTATED
    from greenforms.check.pointers import phrase
    from greenforms.form.tree import pattern_of

    unstated = Counter(pattern_of(each.pointer) for each in result.left if each.reason == UNSTATED)
    shown: set[str] = set()
    for each in result.left:
        pattern = pattern_of(each.pointer)
        if each.reason != UNSTATED:
            yield f"{phrase(result.form.root, each.pointer)}：{each.reason}。" if each.pointer else f"{each.reason}。"
        elif pattern not in shown:
            shown.add(pattern)
            more = f"等 {unstated[pattern]} 行" if unstated[pattern] > 1 else ""
            yield f"{phrase(result.form.root, each.pointer)}{more}：{UNSTATED}。"


def judged(result: Prefilled, name: str, day: date, lists: tuple[GivenList, ...]) -> ExitCode:
    """Say what the rules find on the table; what is not filled in yet has been said."""
    from greenforms.pack.crosscheck import check_data

    found = check_data(result.form, result.data, Path(name).name, day, lists=lists)
    told = [finding for finding in found if finding.rule != "schema/required"]
    if told:
        say(f"按规则核对“{name}”：", err=True)
        print_findings(told, err=True)
    return worst_exit(told)


def tell_others(letter: Prefilled, table: Prefilled, name: str, day: date) -> None:
    """Say which units only one of a letter and its table lists."""
    from greenforms.carry.letters import otherwise_listed

    if names := otherwise_listed(letter, table, day):
        say(f"“{name}”与表里列的单位不同，请核对：{'、'.join(names)}。", err=True)
