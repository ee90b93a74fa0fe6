"""YAML as a way of writing JSON: its collections, and exactly the plain numbers and words that JSON knows.

YAML 1.1 would turn 0472 into 314, 1:30 into 90 and `no` into false. Here whatever is no JSON number, `true`,
`false` or `null` is text as it stands, and tags, anchors, repeated keys and keys that are no text are refused.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, ClassVar

from greenforms.errors import InputError
from greenforms.record import parse_json

_TAG = "tag:yaml.org,2002:"
_SCALARS = {
    f"{_TAG}null": (re.compile(r"(?:null|~|)$"), ("n", "~", "")),
    f"{_TAG}bool": (re.compile(r"(?:true|false)$"), ("t", "f")),
    f"{_TAG}float": (re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$", re.ASCII), tuple("-0123456789")),
}


def parse_yaml(text: str, name: str) -> Any:
    """Read YAML. Raises InputError with line and column; `name` is what to call the text."""
    import yaml

    try:
        return yaml.load(text, Loader=_loader())  # noqa: S506 - builds nothing but JSON values
    except RecursionError as error:
        raise InputError(f"“{name}”嵌套层数过多，无法处理。请检查括号和缩进。") from error
    except InputError as error:
        raise InputError(f"“{name}”：{error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else "某处"
        raise InputError(f"“{name}”{place}不是合格的 JSON 或 YAML，读不出来。请检查该处的缩进、冒号和引号。") from error


@cache
def _loader() -> Any:
    import yaml

    class ExactLoader(yaml.SafeLoader):
        """Builds JSON values with exact numbers and refuses everything else."""

        yaml_constructors: ClassVar[Any] = {
            f"{_TAG}{kind}": yaml.SafeLoader.yaml_constructors[f"{_TAG}{kind}"]
            for kind in ("null", "bool", "str", "seq", "map")
        }

        def compose_node(self, parent: Any, index: Any) -> Any:
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]
            if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None):
                raise yaml.composer.ComposerError(None, None, "alias or tag", event.start_mark)
            return super().compose_node(parent, index)

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            keys = [self.construct_object(key, deep=True) for key, _ in node.value]
            for key in keys:
                if not isinstance(key, str) or keys.count(key) > 1:
                    raise yaml.constructor.ConstructorError(None, None, f"“{key}”", node.start_mark)
            return super().construct_mapping(node, deep)

    ExactLoader.yaml_implicit_resolvers = {}
    for tag, (pattern, firsts) in _SCALARS.items():
        ExactLoader.add_implicit_resolver(tag, pattern, list(firsts))
    loader: Any = ExactLoader
    loader.add_constructor(f"{_TAG}float", lambda loader, node: parse_json(loader.construct_scalar(node)))
    loader.add_constructor(None, yaml.SafeLoader.construct_undefined)
    return loader
