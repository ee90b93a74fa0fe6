"""A new pack: the workbook that asks everything once, filled from earlier papers, and notes on what is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from greenforms.carry.book import carried_workbook
from greenforms.carry.choosing import Carried, Left
from greenforms.carry.filling import Prefilled, prefilled
from greenforms.carry.material import Material, Statement
from greenforms.check.deadlines import Due
from greenforms.form.edit import put
from greenforms.form.library import Library
from greenforms.submission.asking import Asking
from greenforms.submission.folder import EVIDENCE, NARRATIVE, WORKBOOK
from greenforms.submission.narrative import narrative_paper
from greenforms.workbook.writing import make_workbook

_Each = TypeVar("_Each", Carried, Left)


@dataclass(frozen=True, slots=True)
class Filled:
    """The workbook and the Word file of a new pack, and what became of earlier papers; `result` is None without any."""

    workbook: bytes
    narrative: bytes
    result: Prefilled | None = None


def filled_workbook(asking: Asking, unit: str, statements: Sequence[Statement], day: date) -> Filled:
    """The workbook of a pack that is filled in on a day, with what earlier papers state about the unit."""
    result = carried_into(asking, unit, statements, day)
    return Filled(carried_workbook(result), narrative_paper(asking, {}), result)


def carried_into(asking: Asking, unit: str, statements: Sequence[Statement], day: date) -> Prefilled:
    """What a pack holds that is filled in on a day, as far as earlier papers state it about the unit."""
    result = Prefilled(asking.form, unit)
    gone = tuple(twin.pointer for twin in asking.twins)
    for key, (_, form) in asking.papers.items():
        found = prefilled(form, unit, statements, day)
        result.carried += (each for each in _moved(found.carried, key) if not _inside(each.pointer, gone))
        result.left += (each for each in _moved(found.left, key) if not _inside(each.pointer, gone))
    for each in result.carried:
        put(result.data, each.pointer, each.value)
    return result


def empty_workbook(asking: Asking) -> Filled:
    """The workbook of a pack with nothing in it."""
    return Filled(make_workbook(asking.form), narrative_paper(asking, {}))


def _moved(found: Sequence[_Each], key: str) -> Iterator[_Each]:
    return (replace(each, pointer=f"/{key}{each.pointer}") if each.pointer else each for each in found)


def _inside(pointer: str, gone: Sequence[str]) -> bool:
    return any(pointer == each or pointer.startswith(f"{each}/") for each in gone)


def needless(asking: Asking, material: Material) -> list[str]:
    """Which of the earlier papers this procedure does not ask for, and why."""
    said = asking.procedure.not_needed_of(asking.type)
    return [
        f"“{paper.document}”（《{paper.form.title}》）这次不用交：{each.why}（{each.citation.article}）"
        for paper in material.papers
        for each in said
        if paper.form.layout in each.layouts
    ]


def notes_of(library: Library, asking: Asking, due: Sequence[Due]) -> str:
    """What is to be done, for whoever fills in the pack."""
    procedure = asking.procedure
    attached = procedure.attachments_of(asking.type)
    spare = procedure.not_needed_of(asking.type)
    document = library.edition(procedure.edition).document_title(procedure.citation.document)
    lines = [
        f"{procedure.title}（{asking.type}）",
        f"依据：《{document}》{procedure.citation.article}",
        f"由谁报：{procedure.submits}",
        f"报给：{procedure.receives}",
        *([f"途径：{procedure.through}"] if procedure.through else []),
        *(f"期限：{each.deadline.what}——{each.words}" for each in due),
        "",
        f"一、在“{WORKBOOK}”里填写，几份材料要印的同一件事只填一处。要生成的材料：",
        *(
            f"  {number}. 《{form.title}》{paper.words}（{paper.citation.article}）"
            for number, (paper, form) in enumerate(asking.papers.values(), 1)
        ),
        f"  成段的文字也可以写在“{NARRATIVE}”里，每个标题下面写一栏；写在那里的，填报表里不用再填",
        "",
        f"二、把证明材料的扫描件放进“{EVIDENCE}”文件夹，一个文件一件，按文件名排序编号：",
        *(f"  “{each.title}”放进同名的文件夹（{each.citation.article}）" for each in attached),
        "  其余的直接放在里面；文件没有规定要附的，可以没有",
        "",
        "三、这次不用交：",
        *(f"  {each.what}：{each.why}（{each.citation.article}）" for each in spare),
        *([] if spare else ["  文件没有写明"]),
        "",
        "四、填完以后：greenforms pack build 这个文件夹",
        *([f"说明：{procedure.note}"] if procedure.note else []),
    ]
    return "\r\n".join(lines) + "\r\n"
