"""Builds a pack: all papers, numbered attachments, the list of attachments, the printing list and the manifest."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from greenforms import datafile
from greenforms.errors import UsageError
from greenforms.pack.built import LISTS, MANIFEST, MERGED
from greenforms.render.paper import render
from greenforms.submission.asking import Asking
from greenforms.submission.bundle import bound
from greenforms.submission.draft_mark import marked_as_draft
from greenforms.submission.lists import lists_workbook
from greenforms.submission.manifest import manifest_json
from greenforms.submission.merge import merged, pack_id, parts_of
from greenforms.submission.papers import Plan

_ATTACHMENTS = "附件"


def build(asking: Asking, plan: Plan, folder: Path, *, draft: bool, merge: bool = False) -> dict[str, bytes]:
    """The files of a pack by name, in order. The same data and evidence give the same bytes.

    Pictures of the papers are looked for below `folder`. A draft says so on every page. With `merge` all of it stands
    in one PDF besides, for which LibreOffice is wanted.
    Raises OfficeError without it, InputError for an attachment that is not fit for that.
    """
    files: dict[str, bytes] = {}
    for paper in plan.papers:
        content = render(paper.form, paper.data, paper.kind, folder)
        files[paper.file] = marked_as_draft(content, paper.file) if draft else content
    for each in plan.evidence:
        files[f"{_ATTACHMENTS}/{each.file}"] = each.path.read_bytes()
    starts = None
    if merge:
        whole, starts = merged([*parts_of(plan, files)], pack_id(_digests(files)))
        files[MERGED] = whole
    files[LISTS] = lists_workbook(asking, plan, bound(plan.evidence, starts), draft=draft)
    files[MANIFEST] = manifest_json(asking, plan, _digests(files), draft=draft)
    return files


def _digests(files: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def put_into(files: dict[str, bytes], folder: Path, *, force: bool) -> None:
    """Write the files into a folder, whole or not at all; one that is there is only replaced with `force`."""
    if folder.exists() and not force:
        raise UsageError(f"“{folder}”已经存在，没有覆盖它。请换一个位置；确要重新生成时加 --force。")
    with _beside(folder) as fresh:
        for name, content in files.items():
            place = fresh / "new" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        if folder.exists():
            folder.rename(fresh / "old")
        (fresh / "new").rename(folder)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    try:
        with tempfile.TemporaryDirectory(prefix=".greenforms-", dir=folder.absolute().parent) as place:
            yield Path(place)
    except OSError as error:
        raise datafile.unwritable(str(folder), error) from error


def zipped(files: dict[str, bytes]) -> bytes:
    """The files as one archive, the same bytes for the same files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()
