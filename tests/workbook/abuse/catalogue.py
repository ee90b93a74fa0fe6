"""All the deeds by what a report calls them, the forms they are done to, and what comes of each cell."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenforms.errors import GreenformsError
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.tree import values
from greenforms.workbook.parts import Field
from greenforms.workbook.plan import plan_of
from greenforms.workbook.values import stored
from greenforms.workbook.writing import make_workbook
from greenforms_extractors.errors import UnreadableFile
from papers import example, example_forms
from shipped import load_form, read_workbook
from workbook.abuse import office, round_trip

#: By LibreOffice; with the format in which the workbook is saved afterwards.
OFFICE: dict[str, tuple[str, str]] = {
    "LibreOffice 原样另存": ("as-it-is", ".xlsx"),
    "名称全部删除": ("names-deleted", ".xlsx"),
    "标记表删除": ("marker-deleted", ".xlsx"),
    "标记表和说明表删除": ("marker-and-guide-deleted", ".xlsx"),
    "复制各工作表": ("copied", ".xlsx"),
    "复制各工作表，原表清空": ("copied-and-original-emptied", ".xlsx"),
    "内容贴到新工作表，原表删除": ("pasted-into-new-sheet", ".xlsx"),
    "标题行以下贴到新工作表，原表清空": ("pasted-beside-blank", ".xlsx"),
    "内容贴到新工作簿": ("new-workbook", ".xlsx"),
    "内容全部贴到一张工作表": ("one-sheet", ".xlsx"),
    "内容下移一行，名称不动": ("copied-down", ".xlsx"),
    "标题行以下再贴一次，低一行": ("copied-down-from-headings", ".xlsx"),
    "内容右移一列，名称不动": ("copied-right", ".xlsx"),
    "两列连标题互换": ("columns-swapped", ".xlsx"),
    "各列连标题左移，首列移到末尾": ("columns-rotated", ".xlsx"),
    "隔行插入空行": ("rows-inserted", ".xlsx"),
    "标题下插入两行": ("rows-inserted-under-headings", ".xlsx"),
    "最上面插入三行": ("rows-inserted-above", ".xlsx"),
    "隔列插入空列": ("columns-inserted", ".xlsx"),
    "填写内容前插入一列": ("column-inserted-before-values", ".xlsx"),
    "名单的标题和说明两行删除": ("top-rows-deleted", ".xlsx"),
    "名单按首列倒序": ("sorted", ".xlsx"),
    "工作表改名": ("renamed", ".xlsx"),
    "工作表调换次序": ("reordered", ".xlsx"),
    "隐藏若干列": ("columns-hidden", ".xlsx"),
    "清除全部格式": ("formats-cleared", ".xlsx"),
    "取消全部合并": ("unmerged", ".xlsx"),
    "填写内容与单位合并": ("values-merged-sideways", ".xlsx"),
    "名单标题向下合并两行": ("headings-merged-down", ".xlsx"),
    "表尾加填表人、日期": ("closing-lines", ".xlsx"),
    "加保护再取消": ("protected-and-freed", ".xlsx"),
    "加一列内部备注": ("column-added", ".xlsx"),
    "另存为 .xls": ("as-it-is", ".xls"),
    "另存为 .ods": ("as-it-is", ".ods"),
}
#: Saved in another format and back again.
THROUGH = {"经 .xls 再存回 .xlsx": ".xls", "经 .ods 再存回 .xlsx": ".ods"}
#: A list alone, saved as text.
TEXT = {"名单存为 CSV（UTF-8）": "utf-8", "名单存为 CSV（UTF-8 带标记）": "utf-8-sig", "名单存为 CSV（GBK）": "gb18030"}
#: For these a form has nothing but one list.
ROSTER, ROSTER_ROWS = "nm-2024/cultivation-roster", 3000
NO_MARKER = {"标记表删除", "标记表和说明表删除", "内容贴到新工作簿", "内容全部贴到一张工作表", *TEXT}


@dataclass(frozen=True, slots=True)
class Sample:
    """A filled form."""

    name: str
    form: Form
    data: Any


@dataclass(frozen=True, slots=True)
class Score:
    """Of so many cells how many came back, are said to be missing, were lost in silence, and are wrong."""

    cells: int
    recovered: int
    listed: int
    silent: int
    wrong: int
    said: tuple[str, ...] = ()

    def __add__(self, other: Score) -> Score:
        """Both together."""
        return Score(
            self.cells + other.cells,
            self.recovered + other.recovered,
            self.listed + other.listed,
            self.silent + other.silent,
            self.wrong + other.wrong,
            (*self.said, *other.said),
        )


def samples() -> Iterator[Sample]:
    """Single fields; single fields and lists; lists inside lists; pictures inside a list; a list of 3,000 rows."""
    for stem in ("annual-update-park", "cultivation-plan-factory", "review-report", "typical-experience-factory"):
        yield Sample(stem, load_form(example_forms()[stem]), example(stem))
    yield roster(ROSTER_ROWS)


def roster(rows: int) -> Sample:
    """The shipped roster made longer."""
    form, data = load_form(ROSTER), example("cultivation-roster")
    given = data["rows"]
    longer = [{**given[n % len(given)], "name": f"{given[n % len(given)]['name']}{n + 1}号"} for n in range(rows)]
    return Sample(f"cultivation-roster（{rows} 行）", form, {"rows": longer})


def abused(sample: Sample, folder: Path, wanted: Sequence[str], home: Path) -> dict[str, Path]:
    """The files that come of the deeds wanted, by what each deed is called; a text is made of a list alone.

    `home` is where LibreOffice keeps its settings.
    """
    source = folder / "填报.xlsx"
    source.write_bytes(make_workbook(sample.form, sample.data))
    names = [name for name in wanted if name not in TEXT or sample.form.id == ROSTER]
    files = {name: folder / f"{number}{_suffix(name)}" for number, name in enumerate(names)}
    office.done(list(_office_deeds(source, files)), home)
    for name, path in files.items():
        if name in TEXT:
            path.write_bytes(path.read_text("utf-8-sig").encode(TEXT[name]))
        elif name in round_trip.DEEDS:
            round_trip.done(source, path, round_trip.DEEDS[name])
    return files


def _office_deeds(source: Path, files: Mapping[str, Path]) -> Iterator[office.Deed]:
    """What LibreOffice has to do, in this order."""
    for name, path in files.items():
        if name in THROUGH:
            between = path.with_suffix(THROUGH[name])
            yield office.Deed(source, between, "as-it-is")
            yield office.Deed(between, path, "as-it-is")
        elif name not in round_trip.DEEDS:
            yield office.Deed(source, path, OFFICE[name][0] if name in OFFICE else "as-it-is")


def _suffix(name: str) -> str:
    """How the file that comes of a deed ends."""
    if name in TEXT:
        return ".csv"
    return OFFICE[name][1] if name in OFFICE else ".xlsx"


def score(sample: Sample, path: Path, deed: str) -> Score:
    """What came of the cells of a sample."""
    expected = _leaves(sample.form, sample.data, deed)
    try:
        read = read_workbook(path, sample.form if deed in NO_MARKER else None)
    except (GreenformsError, UnreadableFile) as error:
        return Score(len(expected), 0, len(expected), 0, 0, (str(error),))
    found = _leaves(sample.form, read.data, deed)
    missing = [pointer for pointer in expected if pointer not in found]
    listed = [pointer for pointer in missing if _is_told(sample.form, pointer, expected[pointer], read.problems)]
    wrong = [pointer for pointer in found if pointer not in expected or found[pointer] != expected[pointer]]
    recovered = sum(found.get(pointer) == value for pointer, value in expected.items())
    said = tuple(f"{finding.rule}: {finding.message}" for finding in read.problems)
    return Score(len(expected), recovered, len(listed), len(missing) - len(listed), len(wrong), said)


def _leaves(form: Form, data: Any, deed: str) -> dict[str, Any]:
    """Each value by its pointer; where lists were sorted their order does not count."""
    given = _sorted(data) if deed == "名单按首列倒序" else data
    return {each.pointer: each.value for each in values(form.root, given) if each.present}


def _sorted(data: Any) -> Any:
    data = copy.deepcopy(data)
    if isinstance(data, dict):
        return {name: _sorted(value) for name, value in data.items()}
    if isinstance(data, list):
        return sorted(data, key=lambda row: json.dumps(row, ensure_ascii=False, default=str, sort_keys=True))
    return data


def _is_told(form: Form, pointer: str, value: Any, problems: Sequence[Finding]) -> bool:
    """Whether a finding names the cell: its place, its label, or what stands in it."""
    plan = plan_of(form)
    pattern = "/".join("*" if step.isdecimal() else step for step in pointer.split("/"))
    fields = [*plan.fields, *(column.field for sheet in plan.sheets for column in sheet.all_columns)]
    sheet = next((each for each in plan.sheets if pattern.startswith(each.pattern)), None)
    field = next((each for each in fields if each.leaf.pattern == pattern), None)
    names = {f"“{sheet.title}（整张表）”"} if sheet else set()
    if isinstance(field, Field):
        names.add(f"“{f'{sheet.title}－' if sheet else ''}{field.label}”")
        cell = stored(field.leaf, value)
        texts = {str(cell.value)} if cell else set()
    else:
        texts = set()
    for finding in problems:
        if any(place.path and (pointer + "/").startswith(place.path + "/") for place in finding.places):
            return True
        if any(name in finding.message for name in names) or any(str(each.value) in texts for each in finding.places):
            return finding.rule in {"workbook/lost-cells", "read/unread", "workbook/copied-cells"}
    return False
