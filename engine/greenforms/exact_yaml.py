"""YAML as a way of writing JSON: its collections, and exactly the plain numbers and words that JSON knows.

YAML 1.1 would turn 0472 into 314, 1:30 into 90 and `no` into false. Here whatever is no JSON number, `true`,
`false` or `null` is text as it stands, and tags, aliases, repeated keys and keys that are no text are refused.
The data are built from the parser's events, so that nothing is made before it has been looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from greenforms.errors import InputError
from greenforms.record import DEEPEST, TOO_DEEP, parse_json

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?", re.ASCII)
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


def parse_yaml(text: str, name: str) -> Any:
    """Read YAML. Raises InputError with line and column; `name` is what to call the text."""
    import yaml

    events = yaml.parse(text, Loader=yaml.CLoader if yaml.__with_libyaml__ else yaml.Loader)
    try:
        return _Builder(events).document()
    except InputError as error:
        raise InputError(f"“{name}”：{error}") from error
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = _place(mark) if mark else "某处"
        raise InputError(f"“{name}”{place}不是合格的 JSON 或 YAML，读不出来。请检查该处的缩进、冒号和引号。") from error


class _Builder:
    """Builds JSON values from the events of one YAML text."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events

    def document(self) -> Any:
        """The only document of the text."""
        import yaml

        self._next(), self._next()  # the beginnings of the stream and of the document
        data = self._value(self._next(), 0)
        self._next()  # the end of the document
        if not isinstance(following := self._next(), yaml.StreamEndEvent):
            raise InputError(f"{_place(following.start_mark)}又开始了另一份数据。请一个文件只放一份。")
        return data

    def _next(self) -> Any:
        return next(self._events)

    def _value(self, event: Any, depth: int) -> Any:
        import yaml

        if depth > DEEPEST:
            raise InputError(TOO_DEEP)
        if isinstance(event, yaml.AliasEvent) or event.tag:
            raise InputError(f"{_place(event.start_mark)}用了 YAML 的引用（*）或标签（!），不能读取。请直接写出内容。")
        match event:
            case yaml.ScalarEvent():
                return _scalar(event)
            case yaml.SequenceStartEvent():
                return [self._value(item, depth + 1) for item in self._until(yaml.SequenceEndEvent)]
        return self._mapping(event, depth + 1)

    def _until(self, end: type) -> Iterator[Any]:
        while not isinstance(event := self._next(), end):
            yield event

    def _mapping(self, start: Any, depth: int) -> dict[str, Any]:
        import yaml

        result: dict[str, Any] = {}
        for event in self._until(yaml.MappingEndEvent):
            key = self._value(event, depth)
            if not isinstance(key, str):
                raise InputError(f"{_place(event.start_mark)}的项目名不是文字。请给它加上引号。")
            if key in result:
                place = _place(event.start_mark)
                raise InputError(f"{place}的项目“{key}”在同一处出现了两次，无法确定以哪一个为准。请只保留一个。")
            result[key] = self._value(self._next(), depth)
        return result


def _scalar(event: Any) -> Any:
    if not event.implicit[0]:  # quoted or in a block: text
        return event.value
    if event.value in _WORDS:
        return _WORDS[event.value]
    return parse_json(event.value) if _NUMBER.fullmatch(event.value) else event.value


def _place(mark: Any) -> str:
    return f"第 {mark.line + 1} 行第 {mark.column + 1} 列"
