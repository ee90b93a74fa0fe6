"""The shipped examples, and papers of ours without what a stranger's paper does not have: the record, the tags."""

import copy
import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from greenforms.bundled import examples_dir
from greenforms.form.form import Form
from greenforms.form.tree import at, values
from greenforms.record import parse_json
from greenforms_extractors.model import Document
from shipped import LIBRARY

#: Renders data into the test's folder: file name, form, data.
Put = Callable[[str, str, Any], Path]


def example(name: str) -> Any:
    """A shipped data set."""
    return parse_json((examples_dir() / f"{name}.json").read_text("utf-8"))


@cache
def example_forms() -> dict[str, str]:
    """The shipped data sets by name, each with the form that names it as its example, else the one that takes it."""
    named = {Path(form.entry.example).stem: form.id for form in LIBRARY.forms if form.entry.example}
    forms = [(form.id, jsonschema_rs.Draft202012Validator(dict(form.schema))) for form in LIBRARY.forms]
    stems = sorted(path.stem for path in examples_dir().glob("*.json"))
    return {
        stem: named.get(stem) or next(id_ for id_, schema in forms if schema.is_valid(example(stem))) for stem in stems
    }


def on_paper(form: Form, data: Any) -> Any:
    """What of a data set stands on the paper: everything but the fields the official form does not print."""
    kept = copy.deepcopy(data)
    for value in values(form.root, data):
        if value.present and not value.leaf.printed:
            around, _, name = value.pointer.rpartition("/")
            del at(kept, around)[name]
    return kept


def without_file_names(form: Form, data: Any) -> Any:
    """A data set without the file names of its pictures, which no paper tells."""
    kept = copy.deepcopy(data)
    for value in values(form.root, kept):
        if value.present and value.leaf.codec.name == "pictures":
            for picture in value.value:
                picture.pop("file", None)
    return kept


def without_record(content: bytes) -> bytes:
    """A docx or xlsx without our custom XML part."""
    return _rewritten(content, lambda name, part: _unrelated(name, part))


def without_tags(content: bytes) -> bytes:
    """A docx or xlsx without the record and without tagged controls or defined names."""
    return _rewritten(without_record(content), _untagged)


def paper_with(content: bytes, old: str, new: str) -> bytes:
    """A docx in which somebody changed a printed text; the record stays as it was."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as edited:
        for name in package.namelist():
            part = package.read(name)
            edited.writestr(name, part.replace(old.encode(), new.encode()) if name == "word/document.xml" else part)
    return target.getvalue()


def pdf_without_record(content: bytes) -> bytes:
    """A PDF without attachments."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    root = writer.root_object
    root.pop("/AF", None)
    if "/Names" in root:
        names = root["/Names"].get_object()
        assert isinstance(names, DictionaryObject)
        names.pop("/EmbeddedFiles", None)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def says_nothing_of_itself(document: Document) -> bool:
    """Whether a document as read carries neither record nor tags."""
    return not document.attachments and not document.controls


def _rewritten(content: bytes, change: Any) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if not name.startswith("customXml/"):
                new.writestr(name, change(name, old.read(name)))
    return target.getvalue()


def _unrelated(name: str, part: bytes) -> bytes:
    if name.endswith(".rels"):
        return re.sub(rb"<Relationship [^>]*customXml[^>]*/>", b"", part)
    if name == "[Content_Types].xml":
        return re.sub(rb"<Override [^>]*customXml[^>]*/>", b"", part)
    return part


def _untagged(name: str, part: bytes) -> bytes:
    if name == "word/document.xml":
        return re.sub(rb"<w:tag [^>]*/>", b"", part)
    if name == "xl/workbook.xml":
        return re.sub(rb"<definedNames>.*?</definedNames>", b"", part, flags=re.DOTALL)
    return part


def differences(one: Any, other: Any, pointer: str = "") -> list[tuple[str, Any, Any]]:
    """Where two data sets differ: pointer, value here, value there."""
    if isinstance(one, dict) and isinstance(other, dict):
        names = dict.fromkeys((*one, *other))
        return [
            found
            for name in names
            for found in differences(one.get(name, "（缺）"), other.get(name, "（缺）"), f"{pointer}/{name}")
        ]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [found for index, pair in pairs for found in differences(*pair, f"{pointer}/{index}")]
    return [] if one == other else [(pointer, one, other)]
