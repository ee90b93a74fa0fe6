"""Rendered papers are valid Office files: by the schemas of the Open XML SDK, and by LibreOffice reading every text."""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from openxml_audit.errors import ValidationSeverity

from greenforms import datafile
from greenforms.bundled import examples_dir, resource_root
from greenforms.render.paper import render, render_blank
from greenforms_extractors.office.instance import Job
from greenforms_extractors.office.supervisor import convert
from greenforms_extractors.reading import read
from papers import example_forms
from shipped import load_form, spread
from telling import telling

CASES = [
    (form, kind, example)
    for form in telling()
    for kind in load_form(form).entry.outputs
    if kind != "pdf"
    for example in ("空表", *(f"{stem}.json" for stem, taken_by in example_forms().items() if taken_by == form))
]
TEMPLATES = sorted((resource_root() / "templates").iterdir())
#: What goes through LibreOffice: all papers of a few forms.
THROUGH_OFFICE = [case for case in CASES if case[0] in spread(telling(), 4)]
#: What the SDK's data ask for and the standard does not: a theme part is optional (ISO/IEC 29500-1, 11.3.8 and 14.2.7),
#: and the members of a font come in any order (18.8.22, CT_Font is a repeated choice).
NOT_IN_THE_STANDARD = ("relationships/theme' is missing", "Unexpected element 'sz' found")
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], Path]:
    """Every form, blank and filled, in every Office format."""
    folder = tmp_path_factory.mktemp("ooxml")
    made = {}
    for number, (form_id, kind, example) in enumerate(CASES):
        form = load_form(form_id)
        path = folder / f"{number}.{kind}"
        if example == "空表":
            path.write_bytes(render_blank(form, kind))
        else:
            data = datafile.load(str(examples_dir() / example))
            path.write_bytes(render(form, data.data, kind, data.base))
        made[form_id, kind, example] = path
    return made


@pytest.fixture(scope="module")
def validator() -> OpenXmlValidator:
    return OpenXmlValidator()


def errors_of(validator: OpenXmlValidator, path: Path) -> list[str]:
    """What the validator calls an error and the standard does too."""
    found = [
        f"{error.part_uri} {error.path}: {error.description}"
        for error in validator.validate(path).errors
        if error.severity is ValidationSeverity.ERROR
    ]
    return [error for error in found if not any(known in error for known in NOT_IN_THE_STANDARD)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_are_valid(template: Path, validator: OpenXmlValidator) -> None:
    """This test ensures that no template brings a fault into its papers, whichever forms are printed here."""
    assert errors_of(validator, template) == []


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_valid_by_the_schemas(
    case: tuple[str, str, str], papers: dict[tuple[str, str, str], Path], validator: OpenXmlValidator
) -> None:
    """This test ensures that each part has only elements and attributes its schema allows, in the schema's order."""
    assert errors_of(validator, papers[case]) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<w:body>", b"<w:body><w:p><w:r><w:t>x</w:t></w:r><w:pPr/></w:p>"),
        (b"<w:body>", b"<w:body><w:p><w:r><w:rPr><w:sz w:val='1'/><w:b/></w:rPr></w:r></w:p>"),
        (b"</w:sdtPr>", b"</w:sdtPr><w:foo/>"),
        (b"<w:body>", b"<w:body><w:p><w:pPr><w:jc w:val='sideways'/></w:pPr></w:p>"),
    ],
)
def test_the_validator_sees_flaws(
    old: bytes, new: bytes, papers: dict[tuple[str, str, str], Path], validator: OpenXmlValidator, tmp_path: Path
) -> None:
    """This test ensures that wrong order, strange elements and values would be noticed."""
    source = papers["nm-2024/cultivation-plan", "docx", "cultivation-plan-factory.json"]
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(tmp_path / "a.docx", "w") as flawed:
        for name in package.namelist():
            part = package.read(name)
            flawed.writestr(name, part.replace(old, new, 1) if name == "word/document.xml" else part)
    assert errors_of(validator, tmp_path / "a.docx") != []


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_sound_package(case: tuple[str, str, str], papers: dict[tuple[str, str, str], Path]) -> None:
    """This test ensures that part names are unique, all have a content type, relationships resolve, ids are unique."""
    with zipfile.ZipFile(papers[case]) as package:
        names = package.namelist()
        assert package.testzip() is None
        assert len({name.lower() for name in names}) == len(names)
        types = etree.fromstring(package.read("[Content_Types].xml"))
        endings = {entry.get("Extension", "").lower() for entry in types}
        overrides = {entry.get("PartName") for entry in types}
        for name in names:
            assert f"/{name}" in overrides or name.rpartition(".")[2].lower() in endings, name
        assert {entry.lstrip("/") for entry in overrides if entry} <= set(names)
        for name in names:
            if name.endswith(".rels"):
                assert dangling(name, etree.fromstring(package.read(name)), set(names)) == []
        if case[1] == "docx":
            assert repeated_ids(etree.fromstring(package.read("word/document.xml"))) == []


def dangling(name: str, relationships: etree._Element, parts: set[str]) -> list[str]:
    """Targets of a relationships part that are not in the package, and ids given twice."""
    folder = posixpath.dirname(posixpath.dirname(name))
    found = list(relationships.iter(RELATIONSHIPS))
    inner = [each.get("Target", "") for each in found if each.get("TargetMode") != "External"]
    resolved = [each.lstrip("/") if each[:1] == "/" else posixpath.normpath(f"{folder}/{each}") for each in inner]
    twice = [key for key, count in Counter(each.get("Id") for each in found).items() if count > 1]
    return [target.lstrip("/") for target in resolved if target.lstrip("/") not in parts] + [str(key) for key in twice]


def repeated_ids(document: etree._Element) -> list[str]:
    """Ids of content controls, drawings and bookmarks that are given twice."""
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
    lists = (
        [node.get(f"{word}val") for node in document.iterfind(f".//{word}sdtPr/{word}id")],
        [node.get("id") for node in document.iter(f"{drawing}docPr")],
        [node.get(f"{word}id") for node in document.iter(f"{word}bookmarkStart")],
    )
    return [str(key) for found in lists for key, count in Counter(found).items() if count > 1]


def save_as(files: list[Path], target: str, folder: Path) -> None:
    """Each file saved again by LibreOffice."""
    folder.mkdir()
    for path in files:
        saved = folder / f"{path.stem}.{target.partition(':')[0]}"
        saved.write_bytes(convert(Job(path.read_bytes(), path.suffix, target)))


def printed(path: Path) -> list[str]:
    """All texts of a paper, in pieces without white space, in the order they stand."""
    document = read(path)
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for cell in table.cells]
    return ["".join(line.split()) for text in texts for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def through_office(papers: dict[tuple[str, str, str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The papers saved again by LibreOffice in their own format, and as plain text or CSV."""
    base = tmp_path_factory.mktemp("office")
    chosen = [papers[case] for case in THROUGH_OFFICE]
    words = [path for path in chosen if path.suffix == ".docx"]
    sheets = [path for path in chosen if path.suffix == ".xlsx"]
    csv = "csv:Text - txt - csv (StarCalc):44,34,76,1"
    for files, kind, plain in ((words, "docx", "txt:Text (encoded):UTF8"), (sheets, "xlsx", csv)):
        save_as(files, kind, base / kind)
        save_as(files, plain, base / f"{kind}-text")
    return base


@pytest.mark.parametrize("case", THROUGH_OFFICE, ids=" ".join)
def test_libreoffice_keeps_every_text(
    case: tuple[str, str, str], papers: dict[tuple[str, str, str], Path], through_office: Path
) -> None:
    """This test ensures that saving a paper again in LibreOffice, or as text, loses nothing that was printed."""
    path = papers[case]
    before = printed(path)
    assert before
    assert printed(through_office / case[1] / path.name) == before
    plain = through_office / f"{case[1]}-text" / f"{path.stem}.{'txt' if case[1] == 'docx' else 'csv'}"
    text = "".join(plain.read_text("utf-8-sig").replace('""', '"').split())
    assert [piece for piece in before if piece not in text] == []
