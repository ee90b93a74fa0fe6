"""One of the two things compared: its form, its data, and where its values stand and how surely they were read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from greenforms import datafile
from greenforms.errors import InputError, UsageError
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.tree import misfits
from greenforms.read.extraction import Extraction, FieldReading
from greenforms.read.kind import is_paper
from greenforms.read.paper import read_paper
from greenforms.readings.choosing import listed, quoted, settled
from greenforms.readings.inputs import load_data, refuse_paper_option
from greenforms.readings.paper import PaperReading, papers_in
from greenforms.readings.reading import read_readings
from greenforms.workbook.signs import is_readings

#: So many entries that the form does not know are named.
_LISTED = 5
#: Told that a file is about to be read.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Side:
    """What one of two files says. `fields` are its readings by pointer; data that stand on no paper have none."""

    name: str
    form: Form
    data: Any
    fields: Mapping[str, FieldReading] = field(default_factory=dict)
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """How the files are to be read: `form` and `edition` where they do not say, `papers` of results of reading."""

    form: Form | None = None
    edition: str | None = None
    papers: tuple[str, ...] = ()


def sides_of(library: Library, sources: tuple[str, str], request: Request, progress: Progress) -> tuple[Side, Side]:
    """Both files as they are to be compared, the older first. Data without a form take that of the other file.

    Raises UnreadableFile or InputError for what cannot be read, UsageError where it is not clear what is meant, and for
    files of different layouts.
    """
    if sources == ("-", "-"):
        raise UsageError("两份不能都从标准输入读取。请至少给出一个文件名。")
    if any(Path(source).is_dir() for source in sources):
        raise UsageError("比较的是两份材料，不是目录。整个目录用 greenforms check 核对。")
    wanted = _papers_wanted(sources, request)
    found: list[Side | None] = []
    for number, (source, paper) in enumerate(zip(sources, wanted, strict=True), 1):
        progress(number, len(sources), Path(source).name)
        found.append(_side(library, source, request, paper))
    form = request.form or next((each.form for each in found if each is not None), None)
    if form is None:
        raise UsageError("两份都是数据，没有写明是哪一种表的。请用 --form 指明，如 --form cultivation-plan。")
    sides = [each or _of_data(source, form) for each, source in zip(found, sources, strict=True)]
    _refuse_other_layout(sides)
    return sides[0], sides[1]


def one_side(library: Library, source: str, form: Form, edition: str | None = None) -> Side:
    """A file as one of a form's layout; what it says of its edition stands, data are of the form.

    Raises as `sides_of` does.
    """
    if Path(source).is_dir():
        raise UsageError(f"“{source}”是目录。请写一个文件名。")
    found = _side(library, source, Request(edition=edition), None) or _of_data(source, form)
    if found.form.layout != form.layout:
        raise UsageError(
            f"“{found.name}”是《{found.form.title}》（{found.form.id}），不是《{form.title}》（{form.id}）。请换成同一种表的。"
        )
    return found


def _papers_wanted(sources: Sequence[str], request: Request) -> list[str | None]:
    """The paper that is meant in each file, None where the file is no result of reading or none is named."""
    if not request.papers:
        return [None] * len(sources)
    holds = [_may_hold_papers(source) for source in sources]
    if not any(holds):
        refuse_paper_option(request.papers[0], Path(sources[0]).name)
    named = request.papers if len(request.papers) > 1 else request.papers * len(sources)
    if len(named) != len(sources):
        raise UsageError("--paper 最多写两次，依次用于前后两份。")
    return [name if hold else None for name, hold in zip(named, holds, strict=True)]


def _may_hold_papers(source: str) -> bool:
    return source == datafile.STANDARD_STREAM or is_readings(Path(source)) or Path(source).suffix.lower() == ".json"


def _side(library: Library, source: str, request: Request, paper: str | None) -> Side | None:
    """A file that says what it is; None for a data set, which does not."""
    if is_paper(source):
        form_id = request.form.id if request.form is not None else None
        read = read_paper(library, Path(source), form_id, edition=request.edition)
        return side_of(library, read)
    papers = _papers(library, source)
    if papers is None:
        return None
    chosen = _chosen(papers, Path(source).name, request.form, paper)
    return side_of(library, settled(library, chosen, Path(source).name))


def _papers(library: Library, source: str) -> tuple[PaperReading, ...] | None:
    if source == datafile.STANDARD_STREAM or Path(source).suffix.lower() in {".csv", ".yaml", ".yml"}:
        return None
    if is_readings(Path(source)):
        return read_readings(library, Path(source)).papers
    dataset = datafile.load(source)
    return papers_in(dataset.data, dataset.name)


def _chosen(papers: Sequence[PaperReading], file: str, form: Form | None, name: str | None) -> PaperReading:
    fitting = [each for each in papers if form is None or each.extraction.form == form.id]
    if name is not None:
        fitting = [each for each in fitting if name in {each.name, each.name.rpartition("/")[2]}]
    if len(fitting) == 1:
        return fitting[0]
    if name is not None:
        state = f"没有“{name}”" if not fitting else f"有几份都叫“{name}”"
        raise UsageError(f"读取结果“{file}”里{state}。其中有：{listed(papers)}。请照写其中一个名字。")
    if not fitting:
        kinds = "、".join(dict.fromkeys(each.extraction.form for each in papers)) or "空的"
        raise InputError(f"读取结果“{file}”是 {kinds} 的，不是 {form.id if form else ''} 的。请换用对应的表单。")
    raise UsageError(
        f"读取结果“{file}”里有 {len(fitting)} 份材料：{listed(fitting)}。"
        f"请用 --paper 指明比较哪一份，如 --paper {quoted(fitting[0].name)}；两份都要指明时写两次。"
    )


def side_of(library: Library, read: Extraction) -> Side:
    """A paper that was read."""
    fields = {each.path: each for each in read.fields}
    return Side(read.file, library.form(read.form), read.data, fields, read.sha256)


def _of_data(source: str, form: Form) -> Side:
    """A data set of a form. Raises InputError for one that the form has no place for: it is of another."""
    given = load_data(source, form)
    strange = list(misfits(form.root, given.data))
    if strange:
        more = f" 等 {len(strange)} 处" if len(strange) > _LISTED else ""
        raise InputError(
            f"“{given.name}”不是《{form.title}》的数据：表上没有、或类型不对的内容在 "
            f"{'、'.join(each or '/' for each in strange[:_LISTED])}{more}。请核对文件，或用 --form 指明是哪一种表。"
        )
    return Side(given.name, form, given.data)


def _refuse_other_layout(sides: Sequence[Side]) -> None:
    one, other = sides
    if one.form.layout != other.form.layout:
        said = "，".join(f"“{each.name}”是《{each.form.title}》（{each.form.id}）" for each in sides)
        raise UsageError(
            f"{said}，不是同一种表，没有逐栏比较。要看两份材料里同一个数据是否一致，请用 greenforms check。"
        )


def told_apart(sides: tuple[Side, Side]) -> tuple[Side, Side]:
    """The sides under names that differ."""
    old, new = sides
    if old.name != new.name:
        return sides
    return replace(old, name=f"{old.name}（前）"), replace(new, name=f"{new.name}（后）")
