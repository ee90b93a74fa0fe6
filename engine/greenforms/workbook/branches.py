"""Which parts of a form must be filled in under which choice, as the conditions of its parts say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from greenforms.form.tree import Condition

#: The formula that is true of nothing.
NEVER = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """Where the field `anchor` (a defined name) is one of `choices`, the `required` siblings must stand and the
    `barred` ones must not.
    """

    anchor: str
    choices: tuple[str, ...]
    required: frozenset[str]
    barred: frozenset[str]


@dataclass(frozen=True, slots=True)
class Need:
    """Whether something must be filled in: in `words`, and as the formula under which it must be left empty."""

    words: str
    barred: str = NEVER

    @property
    def always(self) -> bool:
        """Whether it must be filled in whatever is chosen."""
        return self.words == "必填"


REQUIRED, OPTIONAL, WITH_ITS_PART = Need("必填"), Need("选填"), Need("填写本部分时必填")


def branches(conditions: Iterable[Condition], anchors: Mapping[str, str]) -> tuple[Branch, ...]:
    """The branches that hang on one field; `anchors` are the defined names of the fields of their object."""
    return tuple(
        Branch(anchors[pointer], choices, frozenset(condition.required), frozenset(condition.excluded))
        for condition in conditions
        if len(condition.when) == 1
        for pointer, choices in condition.when.items()
        if pointer in anchors
    )


def need(name: str, found: tuple[Branch, ...], around: Need, *, required: bool, is_part: bool) -> Need:
    """What must be done with one member of an object that itself is needed as `around` says."""
    barred = _either(around.barred, *(_is_one_of(branch) for branch in found if name in branch.barred))
    choices = [choice for branch in found if name in branch.required for choice in branch.choices]
    if required:
        return Need(around.words, barred)
    if choices:
        when = f"选{'或'.join(f'“{choice}”' for choice in choices)}时必填"
        return Need(when if around.always else f"{around.words.removesuffix('必填')}{when}", barred)
    return Need(WITH_ITS_PART.words if is_part else OPTIONAL.words, barred)


def _is_one_of(branch: Branch) -> str:
    return ",".join(f'{branch.anchor}="{choice}"' for choice in branch.choices)


def _either(*conditions: str) -> str:
    return ",".join(filter(None, conditions))
