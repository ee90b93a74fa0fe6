"""草稿说明.md: what was guessed of a blank, why, and what was not understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from greenforms.draft.form import DraftForm, Field
from greenforms.place import describe
from greenforms_extractors.model import Document, Origin

_CODECS = {
    "text": "文字",
    "paragraphs": "多段文字",
    "number": "数字",
    "integer": "整数",
    "percentage": "百分比",
    "date": "日期",
    "year": "年份",
    "choice": "选项",
    "phone": "电话",
    "email": "电子邮箱",
    "uscc": "统一社会信用代码",
    "orgcode": "组织机构代码",
}


@dataclass(frozen=True, slots=True)
class Account:
    """What a draft has to say of itself besides its fields."""

    source: str
    form: str
    notices: Sequence[str]
    unread: Sequence[str]
    missed: Sequence[str]
    errors: Sequence[str]


def report_of(form: DraftForm, document: Document, account: Account) -> str:
    """The report as Markdown."""
    return "\n".join(_lines(form, document, account)) + "\n"


def _lines(form: DraftForm, document: Document, account: Account) -> Iterator[str]:
    yield f"# 《{form.title}》草稿说明"
    yield ""
    yield f"由空表“{account.source}”自动起草，表单编号 {account.form}。**下面的类型和事实都是猜的**，请逐项核对后改正："
    yield "字段在 schemas/layouts/ 里改，标记在 templates/ 的模板上改，印发单位、文件、日期在 schemas/editions/ 里补。"
    yield "改好后把 GREENFORMS_PACKAGES 指向这个文件夹，用 greenforms forms check 检查。"
    yield from _section("空表的情况", account.notices, "")
    yield ""
    yield f"## 字段（{len(form.fields)} 个）"
    yield ""
    yield "| 字段 | 标签 | 位置 | 类型（猜） | 事实（猜） | 理由 |"
    yield "|---|---|---|---|---|---|"
    yield from (_row(field, document) for field in form.fields)
    if form.loops:
        yield ""
        yield "## 清单"
        yield ""
        yield from (_list_line(form, number) for number in range(len(form.loops)))
    yield from _section("没有看懂的地方", account.unread, "没有。")
    yield from _section("没能放进模板的标记", account.missed, "没有。")
    yield from _section("forms check 还报出的问题", account.errors, "没有。")


def _section(title: str, lines: Sequence[str], nothing: str) -> Iterator[str]:
    if lines or nothing:
        yield ""
        yield f"## {title}"
        yield ""
        yield from (f"- {_safe(line)}" for line in lines) if lines else (nothing,)


def _row(field: Field, document: Document) -> str:
    label = f"{field.asked.row} × {field.asked.label}" if field.asked.row else field.asked.label
    fact = f"{field.fact.title}（{field.fact.id}）" if field.fact else ""
    kind = _CODECS.get(field.fact.codec if field.fact else field.kind.codec, field.kind.codec)
    cells = (field.pointer, label, describe(_origin(field, document)), kind, fact, field.reason)
    return f"| {' | '.join(map(_safe, cells))} |"


def _list_line(form: DraftForm, number: int) -> str:
    loop = form.loops[number]
    rows = (loop.listed.end - loop.listed.first) // max(loop.listed.band, 1)
    inner = f"，每项里又有一张清单（{loop.inner}），第一列合并的单元格管几行" if loop.inner else ""
    return f"- /{loop.name}：{_safe(loop.listed.title or '清单')}，空表印了 {rows} 项{inner}；理由：表头下是空行"


def _origin(field: Field, document: Document) -> Origin:
    place = field.asked.place
    return place.cell.origin if place.cell is not None else document.blocks[place.block].origin


def _safe(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
