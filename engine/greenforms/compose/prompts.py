"""What is still lacking: a prompt for each place that a person must fill in, with the figures it should speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from greenforms.carry.material import Statement
from greenforms.check.pointers import node_at
from greenforms.compose.draft import Draft, Prompt
from greenforms.form.drafting import UNKNOWN
from greenforms.form.edit import put
from greenforms.form.tree import Leaf, Node, Rows, leaves
from greenforms.read.take.values import missing_fields
from greenforms_extractors.match.flow import Flow

#: How a prompt begins, by which the rule against prompts left standing knows it.
MARK = "【待填："
#: Why a place is lacking: running text a person writes, all else no paper states.
_TO_WRITE, _NOT_STATED = "要由编制人写", "收到的材料里没有"
#: So many figures stand beside a prompt.
_MOST = 12


def put_prompts(draft: Draft, statements: Sequence[Statement]) -> None:
    """Set a prompt into every text that is lacking, and note the places that take none."""
    for pointer, _ in missing_fields(draft.form.root, draft.data):
        node = node_at(draft.form.root, pointer)
        is_prose = isinstance(node, Leaf) and node.codec.flow is Flow.PARAGRAPHS
        reason = draft.open.get(pointer, _TO_WRITE if is_prose else _NOT_STATED)
        prompt = Prompt(pointer, reason, tuple(_figures(draft, pointer, statements)))
        draft.prompts.append(prompt)
        place = _text_place(node, pointer)
        if place is not None:
            put(draft.data, place, prompt_text(draft, prompt))


def _text_place(node: Node | None, pointer: str) -> str | None:
    """Where a prompt can stand: in a text, or in the first text of the first row of a list."""
    if isinstance(node, Leaf):
        return pointer if node.codec.free_text and node.shape.fits("") else None
    if isinstance(node, Rows):
        first = next((leaf for leaf in leaves(node.item) if leaf.codec.free_text and leaf.shape.fits("")), None)
        return first.pattern.replace("*", "0") if first is not None and first.pattern.count("*") == 1 else None
    return None


def prompt_text(draft: Draft, prompt: Prompt) -> str:
    """The prompt as it stands in the report."""
    node = node_at(draft.form.root, prompt.pointer)
    hint = node.blank if isinstance(node, Leaf) else ""
    breaks = isinstance(node, Leaf) and node.codec.flow is Flow.PARAGRAPHS
    newline = "\n" if breaks else ""
    joined = f"；{newline}".join(prompt.figures)
    figures = f"。可写到的数据：{newline}{joined}" if prompt.figures else ""
    reason = f"。{prompt.reason}" if prompt.reason not in (_TO_WRITE, _NOT_STATED) else ""
    return f"{MARK}{node.title if node is not None else ''}{hint}{reason}{figures}】"


def _figures(draft: Draft, pointer: str, statements: Sequence[Statement]) -> Iterator[str]:
    """The latest figures of the facts that a text should speak of; all where papers contradict each other."""
    drafting = draft.form.library.drafting.get(draft.form.layout)
    wanted = (drafting.of(pointer) if drafting is not None else UNKNOWN).speaks_of
    titles = {fact: draft.form.library.vocabulary.facts[fact].title for fact in wanted}
    lines = (line for fact in wanted for line in _of_fact(titles[fact], fact, statements))
    yield from islice(lines, _MOST)


def _of_fact(title: str, fact: str, statements: Sequence[Statement]) -> Iterator[str]:
    by_item: dict[str, list[Statement]] = defaultdict(list)
    for each in statements:
        if each.fact.fact == fact and each.fact.value is not None:
            by_item[each.fact.item].append(each)
    for item, about in by_item.items():
        latest = max(each.fact.period for each in about)
        shown: dict[str, str] = {}
        for each in (each for each in about if each.fact.period == latest):
            shown.setdefault(each.fact.shown, f"“{each.fact.document}”{f'，{each.doubt}' if each.doubt else ''}")
        year = f"{latest}年" if latest else ""
        yield f"{year}{item}{title}{'、'.join(f'{value}（{source}）' for value, source in shown.items())}"
