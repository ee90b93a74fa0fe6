"""A drafted form: every slot with its key, tag, type and fact, and the layout's schema made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from greenforms.draft import wording as w
from greenforms.draft.facts import Fact, guess_fact
from greenforms.draft.kinds import Kind, kind_of
from greenforms.draft.naming import Keys
from greenforms.draft.outline import Asked, AskedList, AskedMatrix, Outline
from greenforms.form.fact_shapes import FactShape

Schema = dict[str, Any]

#: What a blank prints that is no hint: lines and white space to write on.
_NO_HINT = " \u3000\xa0\t_\uff3f\ufe4d"


@dataclass(frozen=True, slots=True)
class Field:
    """A slot as drafted: `tag` is its name in the template, `pointer` its pattern in the data."""

    asked: Asked
    tag: str
    pointer: str
    kind: Kind
    fact: FactShape | None
    reason: str


@dataclass(frozen=True, slots=True)
class Loop:
    """A list as drafted: the names of its loop, those of the list inside it, and its fields by their places."""

    listed: AskedList
    name: str
    variable: str
    inner: str = ""
    inner_variable: str = ""


@dataclass(slots=True)
class DraftForm:
    """All fields and lists of a draft, and the properties of its schema."""

    title: str
    fields: list[Field] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    properties: Schema = field(default_factory=dict)

    def layout(self, name: str) -> Schema:
        """The layout's schema."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"https://greenforms.invalid/layouts/{name}.schema.json",
            "title": self.title,
            "type": "object",
            "additionalProperties": False,
            "required": [loop.name for loop in self.loops],
            "properties": self.properties,
        }


def draft_form(outline: Outline, title: str, facts: Sequence[Fact]) -> DraftForm:
    """The form that a blank asks for, with guessed types and facts."""
    maker = _Maker(DraftForm(title), facts)
    for item in outline.items:
        match item:
            case Asked():
                maker.single(item)
            case AskedList():
                maker.listed(item)
            case AskedMatrix():
                maker.matrix(item)
    return maker.form


@dataclass(slots=True)
class _Maker:
    form: DraftForm
    facts: Sequence[Fact]
    keys: Keys = field(default_factory=Keys)

    def single(self, asked: Asked) -> None:
        kind = kind_of(asked, flows=asked.place.whole and asked.place.cell is None)
        guess = guess_fact(asked, kind, self.facts)
        key = self.keys.named(guess.fact.name) if guess.fact else self.keys.numbered("field")
        reason = "；".join(filter(None, (kind.reason if guess.fact is None else "", guess.reason)))
        self.form.properties[key] = self._property(asked, kind, guess.fact)
        self.form.fields.append(Field(asked, key, f"/{key}", kind, guess.fact, reason))

    def listed(self, item: AskedList) -> None:
        name = self.keys.numbered("list")
        number = name.rpartition("_")[2]
        variable = f"row_{number}"
        keys = Keys()
        properties = {
            key: self._column(asked, key, variable, f"/{name}/*") for key, asked in _keyed(item.columns, keys)
        }
        loop = Loop(item, name, variable)
        required = [*list(properties)[:1], "items"] if item.inner else []
        if item.inner:
            loop = Loop(item, name, variable, "items", f"item_{number}")
            inner = {
                key: self._column(asked, key, loop.inner_variable, f"/{name}/*/items/*")
                for key, asked in _keyed(item.inner, Keys())
            }
            properties["items"] = self._array(item.title or "明细", inner, item.band, [])
        groups = max(1, (item.end - item.first) // max(item.band, 1))
        self.form.properties[name] = self._array(item.title or "清单", properties, groups, required)
        self.form.loops.append(loop)

    def matrix(self, item: AskedMatrix) -> None:
        name = self.keys.numbered("table")
        rows: Schema = {}
        keys, columns = Keys(), dict[tuple[str, str], str]()
        column_keys = Keys()
        current: tuple[int, str] | None = None
        for asked in item.slots:
            assert asked.place.cell is not None
            here = (asked.place.cell.row, asked.row)
            if here != current:
                row, current = keys.numbered("row"), here
                rows[row] = _object(w.tidy(asked.row) or "行", {})
            heading = (asked.around, asked.label)
            if heading not in columns:
                columns[heading] = column_keys.numbered("column")
            key = columns[heading]
            rows[row]["properties"][key] = self._column(asked, key, f"{name}.{row}", f"/{name}/{row}")
        self.form.properties[name] = _object(item.title or "表格", rows)

    def _column(self, asked: Asked, key: str, prefix: str, pointer: str) -> Schema:
        kind = kind_of(asked)
        self.form.fields.append(Field(asked, f"{prefix}.{key}", f"{pointer}/{key}", kind, None, kind.reason))
        return self._property(asked, kind, None)

    def _array(self, title: str, properties: Schema, blank_rows: int, required: list[str]) -> Schema:
        item = {**_object(title, properties), "required": required}
        return {"title": title, "type": "array", "x-blank-rows": blank_rows, "items": item}

    def _property(self, asked: Asked, kind: Kind, fact: FactShape | None) -> Schema:
        label = w.tidy(asked.label) or "未命名"
        hint = asked.blank.strip(_NO_HINT)
        said = {"x-blank": asked.blank.strip("\n")} if hint else {}
        return {"$ref": fact.reference, "title": label, **said} if fact else {"title": label, **kind.keywords, **said}


def _keyed(columns: Sequence[Asked], keys: Keys) -> Iterator[tuple[str, Asked]]:
    return ((keys.numbered("column"), asked) for asked in columns)


def _object(title: str, properties: Schema) -> Schema:
    return {"title": title, "type": "object", "additionalProperties": False, "properties": properties}
