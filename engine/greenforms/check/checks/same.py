"""What several papers or places state is the same: a fact, a name, a paper in several files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from greenforms.check import wording
from greenforms.check.case import Case
from greenforms.check.phrases import phrase_of
from greenforms.check.verdict import FINE, Fault, Judgement
from greenforms.dossier.groups import contradicted, groups_of, strangers
from greenforms.dossier.versions import Versions, versions
from greenforms.fact.compare import compare
from greenforms.fact.statement import Fact
from greenforms.fact.vocabulary import FactKind
from greenforms.finding import Place, Severity
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.tree import Value

What = Literal["facts", "names", "versions", "copies"]
#: So many of the fields that differ are named.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Same:
    """`what` is the same wherever it is stated: `facts` of one thing and time, the `names` of one unit, the `versions`
    of one paper. `copies` are several files of one content, of which one is enough.

    `facts` that are named are looked at alone, else all but the name of a unit are.
    """

    name: ClassVar[str] = "same"

    what: What
    facts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what there is no comparison for."""
        if self.what not in get_args(What):
            raise ValueError(f"参数“what”应为 {'、'.join(get_args(What))} 之一")

    @property
    def faults(self) -> Mapping[str, tuple[str, ...]]:
        """Those of what is compared."""
        return _FAULTS[self.what]

    def operands(self) -> tuple[str, ...]:
        """The facts."""
        return self.facts

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge everything that is stated more than once."""
        runs: Mapping[str, Callable[[Case], Iterator[Judgement]]] = {
            "facts": self._facts,
            "names": _names,
            "versions": _versions,
            "copies": _copies,
        }
        yield from runs[self.what](case)

    def _facts(self, case: Case) -> Iterator[Judgement]:
        about = case.dossier.about
        for key, facts in about.repeated():
            kind = case.dossier.library.vocabulary.facts[facts[0].fact]
            if self.facts and kind.id not in self.facts:
                continue
            groups = groups_of(kind, contradicted(kind, facts) if kind.several else facts)
            disagree = len(groups) > 1 or (kind.several and groups)
            yield _disagreement(kind, about.title(key), groups) if disagree else FINE


_FAULTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "facts": {"differs": ("about", "period", "fact", "statements", "explained")},
    "names": {"names": ("statements",), "near": ("statements",)},
    "versions": {"versions": ("first", "others", "subject", "form", "differences")},
    "copies": {"bytes": ("original", "copy"), "alike": ("original", "copy")},
}


def _disagreement(kind: FactKind, subject: str, groups: Sequence[Sequence[Fact]]) -> Fault:
    first = groups[0][0]
    shown = wording.marked(groups) if kind.kind == "name" else [group[0].shown for group in groups]
    said = {
        "about": f"{subject}“{first.item}”" if first.item else subject,
        "period": phrase_of("of-year", year=first.period) if first.period else "",
        "fact": kind.title,
        "statements": wording.statements(groups, shown),
        "explained": "".join(f"。{text}" for text in wording.explained(kind, groups)),
    }
    cut = len(groups) > 1 and all(compare(kind, *pair).cut for pair in strangers(kind, groups))
    return Fault("differs", wording.places(groups), said, severity=Severity.WARN if cut else None)


def _names(case: Case) -> Iterator[Judgement]:
    """One unit's names, and those so near that they may be one unit's."""
    about = case.dossier.about
    for subject in about.subjects:
        certain, near = about.names(subject)
        yield _name(certain + near, "near" if near else "names") if len(certain + near) > 1 else FINE
    for groups in about.alike():
        yield _name(groups, "near")


def _name(groups: Sequence[Sequence[Fact]], kind: str) -> Fault:
    said = {"statements": wording.statements(groups, wording.marked(groups))}
    return Fault(kind, wording.places(groups), said)


def _versions(case: Case) -> Iterator[Judgement]:
    about = case.dossier.about
    papers = [paper for paper in case.papers if about.subject_of(paper)]
    found = list(versions((paper, about.family(paper)) for paper in papers))
    yield from map(_version, found)
    yield from [FINE] * (len(papers) - len(found))


def _version(found: Versions) -> Fault:
    form = found.first.form
    differences = (
        phrase_of("fields-differ", file=other.document, count=len(places), labels=_labels(form, places))
        for other, places in found.others
    )
    said = {
        "first": found.first.document,
        "others": "、".join(f"“{other.document}”" for other, _ in found.others),
        "subject": found.subject,
        "form": form.title,
        "differences": "；".join(differences),
    }
    papers = (found.first, *(other for other, _ in found.others))
    return Fault("versions", tuple(Place(paper.document, "", "") for paper in papers), said)


def _labels(form: Form, places: Sequence[Value]) -> str:
    labels = list(dict.fromkeys(called(form, place.pointer) for place in places))
    named = "、".join(labels[:_NAMED])
    return phrase_of("and-more", labels=named) if len(labels) > _NAMED else named


def _copies(case: Case) -> Iterator[Judgement]:
    copies = case.dossier.copies
    pairs = [("bytes", original, copy) for copy, original in copies.repeated.items()]
    pairs += [("alike", original, copy) for original, copy in copies.needless()]
    for kind, original, copy in pairs:
        yield Fault(kind, (Place(original, "", ""), Place(copy, "", "")), {"original": original, "copy": copy})
