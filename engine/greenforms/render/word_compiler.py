"""Compiles a Word template: patched by docxtpl once, then cut into ready-made XML and what is written between.

What it does not take (`obstacle`) is printed by docxtpl itself (`by_docxtpl`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from greenforms.form.template.scope import Loop, Scope, UnknownName
from greenforms.form.template.tags import BLANK, INDEX, OPENS, ORDINAL
from greenforms.form.tree import Group, Leaf, Rows
from greenforms.render import segments, writing
from greenforms.render.fitting import SCALE, Fitter, Fitting
from greenforms.render.reach import Reach, reach
from greenforms.render.writing import Body, Condition, Step

_TOKEN = re.compile(
    r"\{\{\s*(?P<name>.+?)\s*\}\}|\{%\s*(?P<statement>.+?)\s*%\}"
    r"|(?P<opening><w:p(?: [^>]*)? w:fit=\"(?P<fit>\d+)\"[^>]*>)|(?P<closing></w:p>)"
    r"|(?<=<wp:docPr )(?P<before>[^>]*?\bid=\")\d+",
    re.DOTALL,
)
_INDEX = re.compile(rf"(?P<variable>\w+)\['{re.escape(INDEX)}'\]")
_FOR = re.compile(r"for (?P<variable>\w+) in (?P<name>[\w.\[\]]+)")
_OPENS = re.compile(rf"if (?P<all>\w+\.{OPENS}(?: and \w+\.{OPENS})*)")
_IF = re.compile(r"if (?P<name>[\w.\[\]]+)")


class NotCompiled(Exception):
    """A template has something that the compiler does not take; the message is a Chinese clause."""


@dataclass(slots=True)
class WordCompiler:
    """Compiles the body of one template, as docxtpl has patched it."""

    scope: Scope
    fitter: Fitter
    tokens: Iterator[re.Match[str] | str]
    #: The loop over the paragraphs of a text or over pictures that is open, if any.
    inner: str = ""
    #: The paragraph that is open and has to fit, if any.
    fitting: Fitting | None = None

    @classmethod
    def of(cls, root: Group, xml: str, fitter: Fitter) -> WordCompiler:
        """The compiler of a body, whose paragraphs that have to fit are marked with the numbers `fitter` knows."""
        return cls(Scope(root), fitter, _tokens(xml))

    def body(self, *ends: str) -> tuple[Body, str]:
        """The steps up to one of these statements, which is given back; to the end of the document without any."""
        steps: list[Step] = []
        for token in self.tokens:
            if self.fitting is not None:
                self.fitting.template += token if isinstance(token, str) else token[0]
            if isinstance(token, str):
                steps.append(token)
                if self.fitting is not None:
                    self.fitting.static += token
            elif token["statement"] in ends:
                return _joined(steps), token["statement"]
            elif token["closing"] and "" in ends:
                return _joined([*steps, token[0]]), ""
            else:
                steps += self._step(token)
        if ends:
            raise NotCompiled(f"缺少 {ends[0]}")
        return _joined(steps), ""

    def _step(self, token: re.Match[str]) -> list[Step]:
        if token["statement"]:
            return [self._statement(token["statement"])]
        if token["opening"]:
            return [self._paragraph(token)]
        if token["before"] is not None:
            return [token["before"], segments.static_drawing]
        return [self._printed(token["name"]) if token["name"] else token[0]]

    # -- what is printed -------------------------------------------------------------------------------------------

    def _printed(self, name: str) -> Step:
        if self.inner and name in _INNER[self.inner]:
            return _INNER[self.inner][name]
        if name == SCALE:
            return segments.scale
        if (index := _INDEX.fullmatch(name)) is not None:
            return segments.number(self._loop(index["variable"]), also_blank=True)
        variable, _, member = name.rpartition(".")
        if member == ORDINAL:
            return segments.number(self._loop(variable), also_blank=False)
        place = self._reach(name)
        if place is not None and isinstance(place.node, Leaf):
            return segments.Text(place.text, place.given)
        place = self._reach(variable)
        if member == "tag" and place is not None and isinstance(place.node, Leaf):
            if self.fitting is not None:
                self.fitting.leaves.append(place.node)
            return segments.tag(place)
        raise NotCompiled(f"不认识“{name}”")

    def _reach(self, name: str) -> Reach | None:
        try:
            return reach(self.scope, name)
        except UnknownName:
            return None

    def _loop(self, variable: str) -> int:
        loops = self.scope.loops
        found = next((at for at in range(len(loops), 0, -1) if loops[at - 1].variable == variable), None)
        if found is None:
            raise NotCompiled(f"没有循环变量“{variable}”")
        return found

    # -- statements ------------------------------------------------------------------------------------------------

    def _statement(self, statement: str) -> Step:
        if (loop := _FOR.fullmatch(statement)) is not None:
            return self._repeat(loop["variable"], loop["name"])
        condition = self._condition(statement)
        given, end = self.body("else", "endif")
        otherwise = self.body("endif")[0] if end == "else" else ()
        return writing.choice(condition, given, otherwise)

    def _repeat(self, variable: str, name: str) -> Step:
        if self.fitting is not None:
            raise NotCompiled("段内有循环")
        place = self._reach(name)
        if place is not None and isinstance(place.node, Rows):
            self.scope.loops.append(Loop(variable, place.node, self.scope.rows(name)[0]))
            body, _ = self.body("endfor")
            self.scope.loops.pop()
            return writing.loop(place, body)
        whole, _, kind = name.rpartition(".")
        place = self._reach(whole)
        if place is None or kind not in _INNER:
            raise NotCompiled(f"不认识“{name}”")
        self.inner = kind
        body, _ = self.body("endfor")
        self.inner = ""
        return segments.lines(place, body) if kind == "lines" else segments.pictures(place, body)

    def _condition(self, statement: str) -> Condition:
        if statement == "if loop.first" and self.inner == "lines":
            return segments.is_first
        if (several := _OPENS.fullmatch(statement)) is not None:
            return segments.opens([self._loop(each.partition(".")[0]) for each in several["all"].split(" and ")])
        if (found := _IF.fullmatch(statement)) is None:
            raise NotCompiled(f"不认识语句“{statement}”")
        if found["name"] == BLANK:
            return writing.is_blank
        place = self._reach(found["name"])
        if place is None:
            raise NotCompiled(f"不认识“{found['name']}”")
        return writing.is_given(place)

    def _paragraph(self, opening: re.Match[str]) -> Step:
        if self.fitting is not None:
            raise NotCompiled("段内有段")
        number = opening["fit"]
        self.fitting = fitting = self.fitter.fitting(int(number))
        steps, _ = self.body("")
        self.fitting = None
        head = opening["opening"].replace(f' w:fit="{number}"', "")
        body = _joined([head, *steps])
        if not fitting.needed:
            return lambda paper: writing.write(body, paper)
        fitting.template = head + fitting.template
        self.tokens, outside = _tokens(fitting.narrowed()), self.tokens
        narrowed, _ = self.body()
        self.tokens = outside
        return segments.paragraph(body, narrowed, fitting)


#: What the items of loops over the paragraphs of a text and over pictures print, by name.
_INNER: dict[str, dict[str, Step]] = {
    "lines": {"line": segments.LINE},
    "pictures": {"picture.drawing": segments.drawing, "picture.caption": segments.caption},
}


def _tokens(xml: str) -> Iterator[re.Match[str] | str]:
    position = 0
    for token in _TOKEN.finditer(xml):
        if token.start() > position:
            yield xml[position : token.start()]
        position = token.end()
        yield token
    if position < len(xml):
        yield xml[position:]


def _joined(steps: list[Step]) -> Body:
    """The steps with texts that follow each other made one."""
    found: list[Step] = []
    for step in steps:
        if isinstance(step, str) and found and isinstance(found[-1], str):
            found[-1] += step
        else:
            found.append(step)
    return tuple(found)
