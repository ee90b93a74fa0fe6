"""Word templates as jinja compiles them: sandboxed, escaped, strict, and each compiled once for all its papers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

#: So many parts of templates are kept; a paper has a body, perhaps a header and a footer, and its properties.
_KEPT = 64


class CompilingOnce(ImmutableSandboxedEnvironment):
    """Gives docxtpl, which compiles a template for each paper anew, the one that is compiled already."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)

    def from_string(self, source: Any, *_: Any, **__: Any) -> Template:
        """The template a source says."""
        return _compiled(source)


@lru_cache(maxsize=_KEPT)
def _compiled(source: str) -> Template:
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True).from_string(source)
