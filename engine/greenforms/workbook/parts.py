"""What a form's workbook is made of: single fields, headings of groups, and the sheets of arrays with their columns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from greenforms.form.tree import Leaf
from greenforms.workbook.branches import OPTIONAL, Need
from greenforms.workbook.limits import Limit

ENTRY_SHEET = "填报"
GUIDE_SHEET = "说明"
#: The heading behind the columns of a list with lists inside: rows of one number are one entry.
NUMBER = "条目序号"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its leaf, the defined name of its cell or column, how it is labelled and explained."""

    leaf: Leaf
    anchor: str
    label: str
    note: str
    #: How many groups it stands in, the form itself counted.
    depth: int = 1
    need: Need = OPTIONAL
    limit: Limit | None = None

    @property
    def minimum(self) -> Decimal | None:
        """The least a figure may be."""
        return self.leaf.bounds.least

    @property
    def maximum(self) -> Decimal | None:
        """The most a figure may be."""
        return self.leaf.bounds.most


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A field of an array's rows; `path` leads to it from the row's object. Columns are told apart by identity."""

    path: tuple[str, ...]
    field: Field
    #: The titles of the groups it stands in within the row, outermost first.
    around: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Sublist:
    """An array inside an array's rows."""

    path: tuple[str, ...]
    title: str
    columns: tuple[Column, ...]
    sublists: tuple[Sublist, ...]
    may_be_empty: bool

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The entry's own columns, then those of the arrays inside it."""
        return _with_inner(self.columns, self.sublists)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An array's sheet. `anchor` names its heading row."""

    pattern: str
    anchor: str
    title: str
    name: str
    note: str
    required: bool
    may_be_empty: bool
    rows: int
    columns: tuple[Column, ...]
    sublists: tuple[Sublist, ...]
    depth: int = 1
    need: Need = OPTIONAL

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The row's own columns, then those of the arrays inside it."""
        return _with_inner(self.columns, self.sublists)

    @property
    def is_numbered(self) -> bool:
        """Whether its entries take several rows, which a number holds together."""
        return bool(self.sublists)


def _with_inner(columns: tuple[Column, ...], sublists: tuple[Sublist, ...]) -> tuple[Column, ...]:
    return (*columns, *(column for each in sublists for column in each.all_columns))


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a group of single fields."""

    title: str
    need: Need


Entry = Field | Heading | Sheet


@dataclass(frozen=True, slots=True)
class Plan:
    """A form's workbook: the entries of the sheet of single fields in form order, arrays among them."""

    entries: tuple[Entry, ...]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of the arrays."""
        return tuple(entry for entry in self.entries if isinstance(entry, Sheet))

    @property
    def fields(self) -> tuple[Field, ...]:
        """The single fields."""
        return tuple(entry for entry in self.entries if isinstance(entry, Field))
