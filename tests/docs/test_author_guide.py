"""The form-author guide: what it tells a reader to write is written, checked, printed and read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from guide import File, run, steps
from sessions import Command, matches

from greenforms.record import parse_json
from papers import without_tags


@dataclass
class Reader:
    """Somebody who wrote every file of the guide and typed every command; `said` is what each printed."""

    folder: Path
    said: list[tuple[Command, list[str]]] = field(default_factory=list)

    @property
    def printed(self) -> Iterator[tuple[str, Path, Any]]:
        """Each paper the guide prints: the name of its form, the file, the data."""
        for command, _ in self.said:
            match command.words:
                case [_, "render", form, source, "-o", target]:
                    yield form, self.folder / target, parse_json((self.folder / source).read_text("utf-8"))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """One who followed the guide from its first line to its last."""
    reader = Reader(tmp_path_factory.mktemp("forms"))
    (reader.folder / "schemas").mkdir()
    for step in steps():
        if isinstance(step, File):
            step.write(reader.folder)
            continue
        told = [command for command in step.commands if command.words[0] == "greenforms"]
        answers = run(reader.folder, *(command.words[1:] for command in told))
        reader.said += [
            (command, (talk + data).splitlines()) for command, (_, talk, data) in zip(told, answers, strict=True)
        ]
        for command in step.commands:
            if command.words[0] == "rm":
                (reader.folder / command.words[1]).unlink()
    return reader


def _extracted(folder: Path, papers: list[Path]) -> Iterator[Mapping[str, Any]]:
    """What is read from papers whose forms nobody names."""
    for _, _, said in run(folder, *(["extract", path.name, "--json"] for path in papers)):
        yield parse_json(said)


def test_the_guide_can_be_followed(reader: Reader) -> None:
    """a reader who writes the files and types the commands, in order, sees what the guide shows."""
    for command, printed in reader.said:
        assert matches(command.output, printed), "\n".join([f"$ {command.line}", *printed])


def test_every_paper_of_the_guide_is_read_back(reader: Reader) -> None:
    """the data come back by the layout alone, without a question, from every shape the guide shows."""
    told = list(reader.printed)
    papers = [path.with_stem(f"bare-{path.stem}") for _, path, _ in told]
    for paper, (_, path, _) in zip(papers, told, strict=True):
        paper.write_bytes(without_tags(path.read_bytes()))
    for (form, path, data), read in zip(told, _extracted(reader.folder, papers), strict=True):
        assert (path.name, read["form"], read["data"], read["findings"]) == (path.name, f"xx-2025/{form}", data, [])


def test_every_blank_of_the_guide_is_empty(reader: Reader) -> None:
    """the empty form of each example is printed, and holds no value to whoever reads it."""
    ((_, _, listed),) = run(reader.folder, ["forms", "--json"])
    forms = [form["form"] for form in parse_json(listed) if form["form"][:2] in ("xx", "yy")]
    blanks = [reader.folder / f"blank-{form.replace('/', '-')}.docx" for form in forms]
    list(run(reader.folder, *(["blank", form, "-o", blank.name] for form, blank in zip(forms, blanks, strict=True))))
    for form, read in zip(forms, _extracted(reader.folder, blanks), strict=True):
        assert (read["form"], read["fields"]) == (form, [])


def _texts(path: Path) -> list[str]:
    """The paragraphs of a paper, those inside content controls as well."""
    document: Any = Document(str(path))
    paragraphs = document.element.iter(qn("w:p"))
    return ["".join(node.text or "" for node in paragraph.iter(qn("w:t"))) for paragraph in paragraphs]


def test_the_first_form_and_its_blank(reader: Reader) -> None:
    """the paper prints no word of the blank's, the blank its hints and as many rows as the schema asks for."""
    texts = _texts(reader.folder / "brief.docx")
    assert texts[0] == "绿色工厂年度简报"
    assert "（样表）" not in texts
    assert {"（样表）", "（简述节能措施）"} <= set(_texts(reader.folder / "blank.docx"))
    blank: Any = Document(str(reader.folder / "blank.docx"))
    assert len(list(blank.element.iter(qn("w:tr")))) == 3 + 1 + 3 + 1


def test_the_second_edition_prints_its_own_words(reader: Reader) -> None:
    """a shared layout is printed under the edition's title, maker, label and hint, with its own number of rows."""
    texts = _texts(reader.folder / "blank-yy.docx")
    assert texts[0] == "绿色工厂年度报告书"
    assert {"邻省工业和信息化厅制", "传真", "（300字以内）"} <= set(texts)
    assert "传真号码" not in texts
    blank: Any = Document(str(reader.folder / "blank-yy.docx"))
    assert len(list(blank.element.iter(qn("w:tr")))) == 3 + 1 + 5 + 1


def test_the_rules_of_the_first_form_are_applied(reader: Reader) -> None:
    """a late date and a kind of energy listed twice are found by the rules of the example."""
    late = (
        (reader.folder / "brief.json").read_text("utf-8").replace("2025-03-18", "2025-04-01").replace("天然气", "电力")
    )
    (reader.folder / "late.json").write_text(late, "utf-8")
    ((_, _, said),) = run(reader.folder, ["validate", "xx-2025/annual-brief", "late.json", "--json"])
    assert {each["rule"] for each in parse_json(said)["findings"]} == {"xx-2025/brief-deadline", "xx-2025/brief-unique"}


def test_a_folder_without_packages_is_refused(reader: Reader) -> None:
    """a wrong folder is named, not taken for one without forms."""
    ((code, talk, _),) = run(reader.folder / "templates", ["forms"])
    assert (code, "GREENFORMS_PACKAGES" in talk) == (2, True)
