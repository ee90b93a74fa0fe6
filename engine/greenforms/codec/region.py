"""行政区划 (GB/T 2260): the provinces, cities and leagues the forms are addressed to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Literal

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms.codec.data import read_yaml
from greenforms.codec.look_alikes import nearest_word
from greenforms.codec.text import read_line
from greenforms_extractors.folding import without_space


@dataclass(frozen=True, slots=True)
class Place:
    """One province, city, league, county-level city or new area; `province` is the id of its province."""

    id: str
    code: str | None
    name: str
    short: str
    province: str
    kind: str = "province"
    tel: str = ""
    digits: int = 0
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way the place is written."""
        return (self.name, self.short, *self.aliases)


@cache
def places() -> tuple[Place, ...]:
    """All places known, each province before its members."""
    found: list[Place] = []
    for province in read_yaml("regions.yaml")["provinces"]:
        members = province["members"]
        found.append(Place(province["id"], province["code"], province["name"], province["short"], province["id"]))
        for member in members:
            facts = {**member, "aliases": tuple(member.get("aliases", ()))}
            found.append(Place(province=province["id"], **facts))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Territory:
    """One province, for telling whether a text such as an address lies in it."""

    id: str
    name: str

    def elsewhere(self, text: str) -> str | None:
        """The other province, or place of one, that a text begins with; None where it begins with none."""
        bare = self._within(text)
        for place in places():
            if place.province != self.id and place.kind != "province" and bare.startswith(place.name):
                return place.name
        for name, short in _provinces():
            if name != self.name and (
                bare.startswith(name) or re.match(rf"{short}(?:省|[^省市区县旗路街道]+市)", bare)
            ):
                return name
        return None

    def holds(self, text: str) -> bool:
        """Whether a text begins with a place of the province, after its name or without."""
        bare = self._within(text)
        own = [place for place in places() if place.province == self.id and place.kind != "province"]
        return any(bare.startswith(spelling) for place in own for spelling in place.spellings)

    def _within(self, text: str) -> str:
        """A text without the province's own name in front."""
        bare, own = without_space(text), next(place for place in places() if place.id == self.id)
        return bare.removeprefix(own.name).removeprefix(own.short)


@cache
def territory(code: str) -> Territory | None:
    """The province of a code; None for a code of none that is known with its places."""
    found = (Territory(place.id, place.name) for place in places() if place.kind == "province" and place.code == code)
    return next(found, None)


@cache
def _provinces() -> tuple[tuple[str, str], ...]:
    """The full and short names of all provinces."""
    table = read_yaml("regions.yaml")
    named = ((each["name"], each["short"]) for each in (*table["provinces"], *table["others"]))
    return tuple(named)


@dataclass(frozen=True, slots=True)
class Region(Codec):
    """The full name of a place, such as 呼和浩特市; with `province` (nmg, jx, heb) one of that province."""

    name: ClassVar[str] = "region"
    json_types: ClassVar[frozenset[str]] = frozenset({"string"})
    proof: ClassVar[Literal["", "list", "check-digit"]] = "list"
    width: ClassVar[int] = 18

    province: str | None = None

    def __post_init__(self) -> None:
        """Refuse a province that the list has not."""
        if self.province is not None and not any(place.id == self.province for place in places()):
            raise ValueError(f"行政区划表中没有“{self.province}”")

    def format(self, value: Any) -> str:
        """Print the name."""
        return str(value)

    def parse(self, text: str) -> Reading:
        """Read a full or short name, with or without the province before it; an unknown place is kept and reported."""
        value = read_line(text)
        if is_blank(value):
            return Reading(None)
        place = self._find(without_space(value))
        return Reading(place.name) if place else Reading(value, self.check(value))

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How it is written."""
        return "写全称"

    def likely(self, text: str) -> str | None:
        """The only place but one slip away from the text."""
        near = nearest_word(text, [spelling for place in self._known for spelling in (place.name, *place.aliases)])
        return next((place.name for place in self._known if near in place.spellings), None) if near else None

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report places that are not in the list, with the full name where the value is a short one."""
        place = self._find(without_space(value))
        if place and place.name == value:
            return ()
        if place:
            return (Problem(f"地区“{value}”不是全称", f"请填写全称“{place.name}”", place.name),)
        within = [place for place in self._known if place.kind != "province" and place.name in value]
        if len(within) == 1:
            reason = f"地区“{value}”在“{within[0].name}”之外还有其他文字"
            return (Problem(reason, "请核对本栏是否只填到市一级", within[0].name),)
        return (Problem(f"行政区划表中没有“{value}”", f"请填写{self._kind_wanted}的全称"),)

    @property
    def _known(self) -> tuple[Place, ...]:
        return tuple(place for place in places() if self.province in (None, place.province))

    @property
    def _kind_wanted(self) -> str:
        name = next((place.name for place in places() if place.id == self.province), "")
        return f"{name}所辖市（盟）" if name else "市（盟）"

    def _find(self, text: str) -> Place | None:
        """The place a text names, after an optional province name."""
        rests = {text}
        for province in (place for place in self._known if place.kind == "province"):
            rests |= {text.removeprefix(spelling) for spelling in province.spellings if text != spelling}
        found = {place for place in self._known for rest in rests if rest in place.spellings}
        return found.pop() if len(found) == 1 else None
