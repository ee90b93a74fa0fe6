"""The comments of a Word document: who said what about which text, and whether that is settled.

Comments are no part of a paper and are not read as such; ours are left out. Whether one is settled stands in a part of
its own (MS-DOCX 2.5.4, `commentsExtended`), by the last paragraph of the comment; an answer is settled with what it
answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from greenforms_extractors.marks import AUTHOR
from greenforms_extractors.ooxml import Package, open_package
from greenforms_extractors.safe_xml import Element
from greenforms_extractors.word.markup import W14, W

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_START, _END, _TEXT = W + "commentRangeStart", W + "commentRangeEnd", W + "t"


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. `day` is the day it was made (2026-05-20) or empty, `quoted` the text it stands beside."""

    author: str
    day: str
    text: str
    quoted: str
    settled: bool


def comments_of(path: Path) -> tuple[Comment, ...]:
    """The comments of people, in the order of the file. Raises UnreadableFile for a damaged one."""
    with open_package(path) as package:
        main = package.main_part
        part = package.related(main, "comments") if main is not None else None
        if main is None or part is None:
            return ()
        nodes = [node for node in package.xml(part).iter(W + "comment") if node.get(W + "author") != AUTHOR]
        settled = _settled(package, main)
        quoted = _quoted(package, main) if nodes else {}
        return tuple(
            Comment(
                node.get(W + "author", ""),
                node.get(W + "date", "")[:10],
                "\n".join(_text(paragraph) for paragraph in node.iter(W + "p")).strip(),
                quoted.get(node.get(W + "id", ""), ""),
                settled.get(_last_paragraph(node), False),
            )
            for node in nodes
        )


def _text(node: Element) -> str:
    return "".join(each.text or "" for each in node.iter(_TEXT))


def _last_paragraph(node: Element) -> str:
    """The id of the paragraph that stands for a comment."""
    return next((each.get(W14 + "paraId", "") for each in reversed(list(node.iter(W + "p")))), "")


def _settled(package: Package, main: str) -> Mapping[str, bool]:
    """Whether a comment is settled, by the id of its last paragraph."""
    part = package.related(main, "commentsExtended")
    if part is None:
        return {}
    said = {node.get(_W15 + "paraId", ""): node for node in package.xml(part).iter(_W15 + "commentEx")}
    return {id_: _is_done(said.get(node.get(_W15 + "paraIdParent", ""), node)) for id_, node in said.items()}


def _is_done(node: Element) -> bool:
    return node.get(_W15 + "done", "0") in {"1", "true"}


def _quoted(package: Package, main: str) -> Mapping[str, str]:
    """The text of the body that each comment stands beside."""
    found: dict[str, list[str]] = defaultdict(list)
    open_ranges: set[str] = set()
    for node in _ends(package, main):
        if node.tag == _START:
            open_ranges.add(node.get(W + "id", ""))
        elif node.tag == _END:
            open_ranges.discard(node.get(W + "id", ""))
        else:
            for id_ in open_ranges:
                found[id_].append(node.text or "")
    return {id_: "".join(texts) for id_, texts in found.items()}


def _ends(package: Package, main: str) -> Iterator[Element]:
    for event, node in package.stream(main, (_START, _END, _TEXT)):
        if event == "end":
            yield node
