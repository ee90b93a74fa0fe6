"""A procedure of an edition: which papers somebody hands in, how many of each, to whom and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenforms.finding import Citation


@dataclass(frozen=True, slots=True)
class Copies:
    """How many copies are asked for on paper and as files; None where the document does not say."""

    paper: int | None = None
    electronic: int | None = None

    @property
    def words(self) -> str:
        """How many, in words; "" where the document does not say."""
        paper = "" if self.paper is None else "不要纸质版" if self.paper == 0 else f"纸质{self.paper}份"
        files = f"电子版{self.electronic}份" if self.electronic else ""
        return "、".join(filter(None, (paper, files)))


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which `what` is due: that of a parameter, for a term of days counted from the event `after`."""

    what: str
    parameter: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class DuePaper:
    """A form that must be handed in; `optional` says when it need not be, "" for always.

    `form` is a full id, `within` the layout of another paper which already contains it. `kinds` are the file kinds
    of the electronic copy, none where any will do.
    """

    form: str
    citation: Citation
    types: tuple[str, ...] = ()
    optional: str = ""
    within: str = ""
    copies: Copies = Copies()
    kinds: tuple[str, ...] = ()
    filled_by: str = ""
    received_by: str = ""

    @property
    def words(self) -> str:
        """How many copies of which kinds of file, and when it need not be there; begins with a comma, or is empty."""
        parts = [self.copies.words]
        parts += [f"只收 {'、'.join(f'.{kind}' for kind in self.kinds)} 文件"] if self.kinds else []
        parts += [f"可以不交：{self.optional}"] if self.optional else []
        parts += ["已印在公文里的不用另交"] if self.within else []
        return "，".join(["", *filter(None, parts)])

    def concerns(self, type_: str) -> bool:
        """Whether an applicant of a type hands it in."""
        return not self.types or type_ in self.types


@dataclass(frozen=True, slots=True)
class Attachment:
    """Evidence that is handed in with the papers and is none of our forms."""

    title: str
    citation: Citation
    types: tuple[str, ...] = ()
    optional: str = ""

    def concerns(self, type_: str) -> bool:
        """Whether an applicant of a type hands it in."""
        return not self.types or type_ in self.types


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """What people hand in by habit and this procedure does not ask for; `layouts` are the forms it stands on."""

    what: str
    why: str
    citation: Citation
    layouts: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure, such as `nm-2024/application`. `rules` are the procedures whose rules judge it."""

    id: str
    edition: str
    title: str
    types: tuple[str, ...]
    submits: str
    receives: str
    citation: Citation
    deadlines: tuple[Deadline, ...]
    papers: tuple[DuePaper, ...]
    attachments: tuple[Attachment, ...] = ()
    not_needed: tuple[NotNeeded, ...] = ()
    rules: tuple[str, ...] = ()
    through: str = ""
    note: str = ""
    source: str = ""

    def papers_of(self, type_: str) -> tuple[DuePaper, ...]:
        """What an applicant of a type hands in, in the order of the list."""
        return tuple(paper for paper in self.papers if paper.concerns(type_))

    def attachments_of(self, type_: str) -> tuple[Attachment, ...]:
        """The evidence that an applicant of a type hands in."""
        return tuple(each for each in self.attachments if each.concerns(type_))

    def not_needed_of(self, type_: str) -> tuple[NotNeeded, ...]:
        """What an applicant of a type need not hand in."""
        return tuple(each for each in self.not_needed if not each.types or type_ in each.types)


def procedures_of(content: Any, edition: str, source: str) -> dict[str, Procedure]:
    """The procedures of one edition's file, by full id."""
    return {f"{edition}/{entry['id']}": _procedure(entry, edition, source) for entry in content["procedures"]}


def _procedure(entry: Mapping[str, Any], edition: str, source: str) -> Procedure:
    full = f"{edition}/{entry['id']}"
    plain = ("title", "submits", "receives", "through", "note")
    return Procedure(
        id=full,
        edition=edition,
        types=tuple(entry["types"]),
        citation=Citation(**entry["citation"]),
        deadlines=tuple(Deadline(**each) for each in entry["deadlines"]),
        papers=tuple(_paper(each, edition) for each in entry["papers"]),
        attachments=tuple(Attachment(**_frozen(each)) for each in entry.get("attachments", ())),
        not_needed=tuple(NotNeeded(**_frozen(each)) for each in entry.get("not_needed", ())),
        rules=tuple(entry.get("rules", (full,))),
        source=source,
        **{name: entry.get(name, "") for name in plain},
    )


def _paper(entry: Mapping[str, Any], edition: str) -> DuePaper:
    form = entry["form"] if "/" in entry["form"] else f"{edition}/{entry['form']}"
    return DuePaper(**{**_frozen(entry), "form": form, "copies": Copies(**entry.get("copies", {}))})


def _frozen(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry with its citation and its lists as a data class holds them."""
    lists = {name: tuple(value) for name, value in entry.items() if isinstance(value, list)}
    return {**entry, **lists, "citation": Citation(**entry["citation"])}
