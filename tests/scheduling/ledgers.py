"""How tests make ledgers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from greenforms.scheduling.ledger import Ledger

#: Makes a ledger with tasks of these keys.
Make = Callable[[Sequence[str]], Ledger]
