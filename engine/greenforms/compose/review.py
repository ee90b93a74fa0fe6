"""Review within the institution: comments on the earlier draft, the second signature, the sheet kept beside a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from greenforms.codec.printable import show_controls
from greenforms.compose.draft import Draft
from greenforms.compose.earlier import without_prompts
from greenforms.diff.document import Columns, add_changes, closed, headed_table, landscape, set_widths
from greenforms.diff.result import Difference, difference
from greenforms.diff.side import Side, told_apart
from greenforms.fact.fold import fold_name
from greenforms.form.labels import called
from greenforms.form.tree import at
from greenforms.read.kind import is_paper
from greenforms_extractors.guard import inspect
from greenforms_extractors.word.comments import Comment, comments_of

_TITLE = "审阅单"
_COMMENTS: Columns = (("序号", 11), ("意见人", 28), ("日期", 26), ("针对的文字", 82), ("意见", 98), ("情况", 22))
_SIGNATURES: Columns = (("", 40), ("姓名", 90), ("日期", 90))
_SIGNED = ("编制", "校核", "审定")
#: So much of the text that a comment stands beside is quoted.
_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Review:
    """What became of the earlier draft: the comments on it, and how the new one differs from it."""

    comments: tuple[Comment, ...]
    changes: Difference

    @property
    def unsettled(self) -> tuple[Comment, ...]:
        """The comments that nobody has settled."""
        return tuple(each for each in self.comments if not each.settled)


def reviewed(path: Path, old: Side, draft: Draft, name: str) -> Review:
    """The review of a draft called `name` that was made after an earlier one in a file."""
    comments = comments_of(path) if is_paper(str(path)) and inspect(path).kind == "docx" else ()
    sides = told_apart((old, without_prompts(Side(name, draft.form, draft.data))))
    return Review(comments, difference(*sides))


def unsigned(draft: Draft) -> str:
    """Why nobody but the author stands for a report whose form has a place for both; "" where somebody does."""
    drafting = draft.form.library.drafting.get(draft.form.layout)
    if drafting is None or not drafting.checked_by:
        return ""
    made, checked = (at(draft.data, each) for each in (drafting.made_by, drafting.checked_by))
    titles = [called(draft.form, each) for each in (drafting.made_by, drafting.checked_by)]
    if not isinstance(checked, str):
        return f"“{titles[1]}”没有填写"
    if isinstance(made, str) and fold_name(made) == fold_name(checked):
        return f"“{titles[0]}”和“{titles[1]}”都是“{checked}”，没有第二个人审核"
    return ""


def comment_lines(comments: Sequence[Comment]) -> Iterator[str]:
    """Each comment in one line."""
    for each in comments:
        day = f"（{each.day}）" if each.day else ""
        quoted = f"对“{_quoted(each)}”：" if each.quoted else ""
        yield f"【{_state(each)}】{each.author}{day}：{quoted}{' '.join(each.text.split())}"


def review_sheet(review: Review) -> bytes:
    """The sheet as a Word document: comments, changes, signatures. The same review gives the same bytes."""
    target = landscape()
    target.add_heading(_TITLE, level=1)
    target.add_heading("一、审阅意见", level=2)
    if review.comments:
        table = headed_table(target, _COMMENTS)
        for number, each in enumerate(review.comments, 1):
            texts = (str(number), each.author, each.day, _quoted(each), each.text, _state(each))
            _fill(table, texts)
        set_widths(table, _COMMENTS)
    else:
        target.add_paragraph("上一稿里没有别人的批注。")
    target.add_heading("二、两稿的不同", level=2)
    add_changes(target, review.changes)
    target.add_heading("三、签名", level=2)
    table = headed_table(target, _SIGNATURES)
    for role in _SIGNED:
        _fill(table, (role, "", ""))
    set_widths(table, _SIGNATURES)
    return closed(target)


def _fill(table: object, texts: Sequence[str]) -> None:
    for cell, text in zip(table.add_row().cells, texts, strict=True):  # type: ignore[attr-defined]
        cell.text = show_controls(text, keep="\n")


def _quoted(comment: Comment) -> str:
    return comment.quoted if len(comment.quoted) <= _QUOTED else f"{comment.quoted[:_QUOTED]}…"


def _state(comment: Comment) -> str:
    return "已解决" if comment.settled else "未解决"
