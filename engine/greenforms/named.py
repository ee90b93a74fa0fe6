"""Classes that data files name, each in a module of its own which is loaded when the class is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Named(MutableMapping[str, type[T]], Generic[T]):
    """The classes of a package by their `name`; `count-by` stands in the module `count_by`."""

    def __init__(self, package: str, names: tuple[str, ...]) -> None:
        self._package = package
        self._classes: dict[str, type[T] | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> type[T]:
        found = self._classes[name]
        if found is None:
            found = self._classes[name] = self._load(name)
        return found

    def __setitem__(self, name: str, kind: type[T]) -> None:
        self._classes[name] = kind

    def __delitem__(self, name: str) -> None:
        del self._classes[name]

    def __contains__(self, name: object) -> bool:
        return name in self._classes

    def __iter__(self) -> Iterator[str]:
        return iter(self._classes)

    def __len__(self) -> int:
        return len(self._classes)

    def _load(self, name: str) -> type[T]:
        module = import_module(f"{self._package}.{name.replace('-', '_')}")
        here: list[Any] = [each for each in vars(module).values() if getattr(each, "__module__", "") == module.__name__]
        return next(each for each in here if isinstance(each, type) and vars(each).get("name") == name)
