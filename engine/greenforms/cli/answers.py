"""`--answer` and `--answers`: what people say where no paper does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from greenforms import datafile
from greenforms.errors import InputError, UsageError
from greenforms.form.library import Library

if TYPE_CHECKING:
    from greenforms.dossier.dossier import Answer

_EXAMPLE = "请写成“编号: 是”，或“编号: {answer: 是, who: 答复人, when: 2026-03-01}”"


def answer_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that takes answers, as `answer` and `answers`."""
    one = click.option(
        "--answer",
        multiple=True,
        metavar="编号=答复",
        help="答复一个材料上看不出、要由人回答的问题（如 xx-2025/no-accident=否）。编号是提问的规则的编号；可写多次。",
    )
    many = click.option(
        "--answers", metavar="FILE", help="从 YAML 或 JSON 文件读取答复，每行“编号: 答复”，可注明答复人和日期。"
    )
    return one(many(command))


def answers_of(library: Library, given: tuple[str, ...], file: str | None, day: date) -> tuple[Answer, ...]:
    """The answers of both options; those without a date are of `day`.

    Raises UsageError for a question that no rule asks or that is answered twice, InputError for a file that is written
    in another way.
    """
    from greenforms.check.questions import answer_to

    said: dict[str, Answer] = {}
    for id_, text, more in (*_on_the_line(given), *(_in_file(file) if file else ())):
        if id_ in said:
            raise UsageError(f"问题“{id_}”答复了两次。请只保留一个答复。")
        said[id_] = answer_to(library, id_, text, **{"when": day, **more})
    return tuple(said.values())


def _on_the_line(given: tuple[str, ...]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for each in given:
        id_, sign, text = each.partition("=")
        if not (sign and id_.strip() and text.strip()):
            raise UsageError(f"--answer 的“{each}”看不懂。请写成 编号=答复，如 xx-2025/no-accident=否。")
        yield id_.strip(), text.strip(), {}


def _in_file(file: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    found = datafile.load(file)
    if not isinstance(found.data, Mapping):
        raise InputError(f"答复文件“{found.name}”应当每行一个问题。{_EXAMPLE}。")
    for id_, said in found.data.items():
        entry = said if isinstance(said, Mapping) else {"answer": said}
        if set(entry) - {"answer", "who", "when"} or not all(isinstance(each, str) for each in entry.values()):
            raise InputError(f"答复文件“{found.name}”中“{id_}”的写法看不懂。{_EXAMPLE}。")
        if not str(entry.get("answer", "")).strip():
            raise InputError(f"答复文件“{found.name}”中“{id_}”没有写答复。{_EXAMPLE}。")
        yield id_, entry["answer"].strip(), _beside(entry, id_, found.name)


def _beside(entry: Mapping[str, str], id_: str, name: str) -> dict[str, Any]:
    """Who answered and when, as far as the entry says so."""
    beside: dict[str, Any] = {"who": entry["who"]} if entry.get("who") else {}
    if "when" in entry:
        try:
            beside["when"] = date.fromisoformat(entry["when"])
        except ValueError as error:
            raise InputError(f"答复文件“{name}”中“{id_}”的日期“{entry['when']}”应写成 2026-03-01 的样子。") from error
    return beside
