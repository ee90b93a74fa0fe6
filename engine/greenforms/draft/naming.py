"""Keys of fields: the name of the fact where one is guessed, else a neutral one with a number."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Keys:
    """Hands out the keys of one group, none of them twice."""

    taken: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def named(self, name: str) -> str:
        """The key of a fact's name; where that is taken, with a number."""
        key, turn = name, 2
        while key in self.taken:
            key, turn = f"{name}_{turn}", turn + 1
        self.taken.add(key)
        return key

    def numbered(self, stem: str) -> str:
        """The next key of a stem: field_01, field_02."""
        self.counts[stem] = self.counts.get(stem, 0) + 1
        return self.named(f"{stem}_{self.counts[stem]:02d}")
