"""Folders that `pack build` made: their manifest says which procedure they are for, and what each file was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from greenforms import datafile
from greenforms.errors import InputError
from greenforms.finding import Finding, Place, Severity
from greenforms.pack.listing import Source, sources_of

#: The lists for whoever binds and carries the pack, and the record of what is in it.
LISTS, MANIFEST = "附件目录和打印清单.xlsx", "清单.json"
#: All papers and attachments as one file, for platforms that take one.
MERGED = "全套材料.pdf"
#: The rule that asks of a file that was not recognised whether it is a form.
_IS_IT_A_FORM = "pack/unrecognised"
_BESIDE = frozenset({LISTS, MANIFEST, MERGED})


@dataclass(frozen=True, slots=True)
class Built:
    """What a manifest says; `digests` are the SHA-256 of the files by name, `attached` those that are no forms."""

    folder: Path
    procedure: str
    type: str
    digests: Mapping[str, str]
    attached: tuple[str, ...] = ()

    @property
    def papers(self) -> tuple[Path, ...]:
        """The files of the folder without the manifest, the lists and the merged file."""
        files = (source.path for source in sources_of((self.folder,)))
        own = {self.folder / name for name in _BESIDE}
        return tuple(path for path in files if path not in own)

    def changed(self) -> Iterator[Finding]:
        """The files that are not what was built any more."""
        for name in self.digests:
            state = self._state_of(name)
            if state:
                message = f"“{name}”生成以后{state}，与“{MANIFEST}”记的不同。请以收到的文件为准核对。"
                yield Finding("procedure/changed", Severity.WARN, message, (Place(name, "", ""),), None, "请核对")

    def knows(self, finding: Finding) -> bool:
        """Whether it is asked if files are forms of which it is written that they are evidence, as they still are."""
        names = {Path(name).name for name in self.attached if not self._state_of(name)}
        files = {Path(place.document).name for place in finding.places}
        return finding.rule == _IS_IT_A_FORM and bool(files) and files <= names

    def _state_of(self, name: str) -> str:
        path = self.folder / name
        return "不在了" if not path.is_file() else "" if _digest(path) == self.digests[name] else "改过"


def built_in(place: Path) -> Built | None:
    """What the manifest says that lies in a folder, or in one folder in it; None where there is none of ours."""
    inside = sorted(each for each in place.iterdir() if each.is_dir()) if place.is_dir() else []
    there = [each for each in (place, *inside) if (each / MANIFEST).is_file()]
    return _read(there[0]) if there and (there[0] == place or len(there) == 1) else None


def papers_below(places: Sequence[Path]) -> tuple[Path, ...]:
    """The files below folders without the manifests and lists of packs that we built, wherever these lie."""
    return tuple(source.path for source in sources_below(places))


def sources_below(places: Sequence[Path]) -> tuple[Source, ...]:
    """The same files with names that tell them apart."""
    files = sources_of(places)
    packs = {each.path.parent for each in files if each.path.name == MANIFEST and _read(each.path.parent) is not None}
    return tuple(each for each in files if each.path.parent not in packs or each.path.name not in _BESIDE)


def _read(folder: Path) -> Built | None:
    path = folder / MANIFEST
    try:
        said = datafile.load(str(path)).data
    except InputError:
        return None
    match said:
        case {"manifest": int(), "procedure": str(procedure), "type": str(type_), "files": list(files)}:
            known = [each for each in files if isinstance(each, Mapping) and {"file", "sha256"} <= each.keys()]
            digests = {str(each["file"]): str(each["sha256"]) for each in known}
            attached = (str(each["file"]) for each in known if each.get("form") is None and each["file"] not in _BESIDE)
            return Built(folder, procedure, type_, digests, tuple(attached))
    return None


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
