"""The folder of a drafted form: its layout, template, edition and report, written whole or not at all."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from greenforms import datafile
from greenforms.check.packages import lint_edition
from greenforms.draft.blank_file import BlankFile, open_blank
from greenforms.draft.facts import facts_of
from greenforms.draft.form import DraftForm, draft_form
from greenforms.draft.pairing import outline_of
from greenforms.draft.report import Account, report_of
from greenforms.draft.sheet_tags import SheetTags
from greenforms.draft.word_tags import WordTags
from greenforms.errors import FormPackageError, UsageError
from greenforms.form.library import Library

REPORT = "草稿说明.md"
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_EDITION = re.compile(r"[a-z]{2}-[0-9]{4}")
_ASK = "（请填写）"


@dataclass(frozen=True, slots=True)
class Drafted:
    """What came of a blank: the form's id, how much was found in it, and what `forms check` still says."""

    form: str
    title: str
    fields: int
    lists: int
    facts: int
    errors: tuple[str, ...]
    unread: int


def draft_package(library: Library, blank: Path, folder: Path, *, edition: str, name: str, title: str = "") -> Drafted:
    """Draft a form of a blank into a folder, which must be new or empty.

    Raises UsageError for a folder or a name that is taken and a blank that asks for nothing, UnreadableFile for a blank
    that cannot be read.
    """
    _refuse_taken(library, folder, edition, name)
    file = open_blank(blank)
    outline = outline_of(file.document)
    form = draft_form(outline, title or outline.title or "未命名表单", facts_of(library))
    if not form.fields:
        raise UsageError(
            f"“{blank.name}”里没有找到要填写的地方，没有起草。请核对它是不是空白表格；已填的表先清空内容。"
        )
    with _in_the_making(folder) as draft:
        missed = _write(draft, form, file, edition, name)
        errors = _errors(library, draft, edition)
        account = Account(blank.name, f"{edition}/{name}", file.notices, outline.unread, missed, errors)
        (draft / REPORT).write_text(report_of(form, file.document, account), "utf-8")
        _take_place(draft, folder)
    facts = sum(field.fact is not None for field in form.fields)
    return Drafted(
        f"{edition}/{name}", form.title, len(form.fields), len(form.loops), facts, errors, len(outline.unread)
    )


def _refuse_taken(library: Library, folder: Path, edition: str, name: str) -> None:
    if not _EDITION.fullmatch(edition):
        raise UsageError(f"版本号“{edition}”不合写法。请写成两个小写字母、连字符和四位年份，如 xx-2026。")
    if not _NAME.fullmatch(name):
        raise UsageError(f"表单名“{name}”不合写法。请只用小写英文字母、数字和连字符，以字母开头，如 annual-brief。")
    if edition in library.edition_ids:
        raise UsageError(f"版本“{edition}”已经有了，不能重新定义。请用 --edition 换一个编号。")
    if any(library.template(name, kind) for kind in ("docx", "xlsx")):
        raise UsageError(f"版式“{name}”已经有了，不能重新定义。请用 --name 换一个名字。")
    datafile.refuse_unfit(str(folder))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"“{folder}”已经存在，里面有内容，没有写入。请换一个新的或空的文件夹。")
    if not folder.absolute().parent.is_dir():
        raise UsageError(f"目录“{folder.parent}”不存在，没有写入。请先建好目录。")


def _write(draft: Path, form: DraftForm, file: BlankFile, edition: str, name: str) -> tuple[str, ...]:
    """Write template, layout and edition; gives the tags that found no place."""
    tags = (SheetTags if file.kind == "xlsx" else WordTags)(file.content, file.document)
    template = tags.tagged(form)
    for below in ("templates", "schemas/layouts", "schemas/editions"):
        (draft / below).mkdir(parents=True)
    (draft / "templates" / f"{name}.{file.kind}").write_bytes(template)
    layout = json.dumps(form.layout(name), ensure_ascii=False, indent=2)
    (draft / "schemas" / "layouts" / f"{name}.schema.json").write_text(f"{layout}\n", "utf-8")
    said = yaml.safe_dump(_edition(form, file, edition, name), allow_unicode=True, sort_keys=False, width=120)
    (draft / "schemas" / "editions" / f"{edition}.yaml").write_text(said, "utf-8")
    return tuple(tags.missed)


def _edition(form: DraftForm, file: BlankFile, edition: str, name: str) -> Mapping[str, Any]:
    entry = {
        "name": name,
        "layout": name,
        "title": form.title,
        "annex": "",
        "document": f"{edition}-notice",
        "grade": "C",
        "grade_note": "由空表自动起草，字段、类型和事实都是猜的，未经人核对。",
        "outputs": ["xlsx"] if file.kind == "xlsx" else ["docx", "pdf"],
        "filled_by": _ASK,
        "received_by": _ASK,
        "titles": [form.title],
    }
    return {
        "edition": edition,
        "title": f"{form.title}{_ASK}",
        "authority": _ASK,
        "region": None,
        "in_force": {"from": None, "to": None},
        "documents": [{"id": f"{edition}-notice", "title": _ASK}],
        "forms": [entry],
    }


def _errors(library: Library, draft: Path, edition: str) -> tuple[str, ...]:
    """What `forms check` says of the draft."""
    laid_over = Library(*library.folders, draft)
    try:
        return tuple(lint_edition(laid_over, edition))
    except FormPackageError as error:
        return tuple(error.errors)


@contextmanager
def _in_the_making(folder: Path) -> Iterator[Path]:
    """A folder beside the one wanted, which vanishes unless it has taken its place."""
    try:
        with tempfile.TemporaryDirectory(prefix=".greenforms-", dir=folder.absolute().parent) as beside:
            yield Path(beside) / "draft"
    except OSError as error:
        raise datafile.unwritable(str(folder), error) from error


def _take_place(draft: Path, folder: Path) -> None:
    if folder.is_dir():
        folder.rmdir()
    draft.rename(folder)
