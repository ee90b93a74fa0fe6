"""What a clerk is told of texts that the matcher left aside, and of what made it doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.labels import called, container
from greenforms.place import describe
from greenforms_extractors.match.result import Doubt, Match, NoRecord, Unread

_ROWS: Mapping[NoRecord, str] = {
    NoRecord.TOTAL: "合计一类的行",
    NoRecord.COLUMN_NUMBERS: "栏目编号（栏次）",
    NoRecord.EXAMPLE: "填写示例",
    NoRecord.CLOSING: "表尾的填表人、日期一类的文字",
    NoRecord.NOTE: "填表说明",
    NoRecord.HEADLINE: "横跨各栏的一行文字",
}
#: By doubt: the finding's id, and what is said of the list or field and the texts.
_DOUBTS: Mapping[Doubt, tuple[str, str]] = {
    Doubt.SECOND_PAPER: ("second-paper", "“{texts}”起是又一份《{label}》，只读取了前一份。请拆成两个文件，分别读取"),
    Doubt.NO_HEADING: (
        "heading",
        "这张表没有表头，各栏内容与“{label}”相符，已当作它的一部分读取。请核对是否属于这份清单、有没有缺行",
    ),
    Doubt.BEGINS_LATE: ("numbering", "“{label}”的序号从{texts}开始，前面可能缺页或漏行。请核对原件是否完整"),
    Doubt.NUMBERS_JUMP: ("numbering", "“{label}”的序号不连续（{texts}），中间可能缺页或漏行。请核对原件是否完整"),
    Doubt.NUMBERS_REPEAT: ("numbering", "“{label}”的序号有重复或倒退（{texts}），可能有重页、错页。请核对原件"),
    Doubt.TOTAL_DIFFERS: ("total", "“{label}”中“{0}”一栏的合计是{1}，各行相加是{2}。请核对是漏了行，还是数字有误"),
}
#: So many places are quoted.
_MOST_QUOTED = 5
_CHECK = "请核对是否填错位置"


def what_is_unread(form: Form, unread: Unread, quoted: str) -> str:
    """A clause on a text that is no value, with what to do; `quoted` is as much of the text as is shown."""
    if unread.column:
        return f"的栏名是“{quoted}”，表单上没有这个栏名，已按所在位置当作“{unread.column}”一栏读取。请核对这一栏"
    if unread.row is not None:
        return f"的“{quoted}”是{_ROWS[unread.row]}，不是清单中的一项，未读取。请核对"
    if unread.like:
        label = container(form.root, unread.like) or form.title
        return f"有一张表没有可认的表头，未读取，各栏内容像是“{label}”的一部分，以“{quoted}”开头。请补上表头或并入清单"
    if unread.whole_table:
        return f"有一张表不属于本表单，未读取，以“{quoted}”开头。{_CHECK}"
    return f"有一处文字不属于任何栏目，未读取：“{quoted}”。{_CHECK}"


def remark_findings(file: str, form: Form, match: Match) -> Iterator[Finding]:
    """A question for each doubt of the matcher."""
    for remark in match.remarks:
        code, words = _DOUBTS[remark.doubt]
        label = called(form, remark.path) or container(form.root, remark.path) or form.title
        texts = "；".join(remark.texts[:_MOST_QUOTED]) + ("等" if len(remark.texts) > _MOST_QUOTED else "")
        message = f"{file} {describe(remark.origin)}{words.format(*remark.texts, label=label, texts=texts)}。"
        place = Place(file, remark.path, label, remark.texts[0], remark.origin)
        severity = Severity.FIX if remark.doubt is Doubt.SECOND_PAPER else Severity.ASK
        yield Finding(f"read/{code}", severity, message, (place,))
