"""The documents: complete, free of dead links and of commands that do not exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from PIL import Image
from sessions import DOCUMENTS, ROOT, Command, fenced, steps

from greenforms.cli import COMMANDS, group
from shipped import LIBRARY, editions, form_ids, load_form

ALL = [*DOCUMENTS, *sorted((ROOT / "docs" / "reference").glob("*.md")), ROOT / "CHANGELOG.md"]
CHINESE = [ROOT / "README.zh-CN.md", *sorted((ROOT / "docs" / "handbook").glob("*.md"))]
GUIDES = [ROOT / "README.md", *CHINESE]

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MENTION = re.compile(r"`greenforms ([^`\n]+)`|^\$ greenforms (.+)$", re.MULTILINE)
_POWERSHELL_CALL = re.compile(r"^(?:\.venv\\Scripts\\|py -m )?greenforms ([^>\n]+)", re.MULTILINE)
#: Words that a clerk need not know; each may stand in a Chinese document only as code.
_JARGON = re.compile(
    r"(?<![\w/.-])(schema|codec|pointer|slot|template|parser?|hash|token|repo|commit|debug|CLI|API|XML|stdout|stderr|"
    r"exit code|bug|regex|path|field|record|merge)(?![\w/-])",
    re.IGNORECASE,
)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _parsed(words: list[str]) -> click.Context:
    """The context of a call, or an error of click where it does not parse."""
    outer = click.Context(group, info_name="greenforms")
    command = group.get_command(outer, words[0])
    assert command is not None, words
    if isinstance(command, click.Group) and words[1:2] and words[1] in command.commands:
        alone = words[1] in {"check", "test"}  # the others are mentioned without what they need
        if alone or words[2:]:
            command, words = command.commands[words[1]], words[1:]
    return command.make_context(words[0], words[1:], parent=outer)


def _mentions(document: Path) -> Iterator[list[str]]:
    """Every call a document mentions; what stands for something else is left out."""
    text = document.read_text("utf-8")
    calls = [found[1] or found[2] for found in _MENTION.finditer(text)]
    for block in fenced(text):
        if block.language == "powershell":
            calls += [call.replace("\\", "/") for call in _POWERSHELL_CALL.findall(block.text)]
    for words in map(shlex.split, calls):
        if "…" not in words:
            yield words


def _commands(documents: list[Path]) -> Iterator[list[str]]:
    for document in documents:
        for step in steps(document):
            if isinstance(step, Command) and step.words[0] == "greenforms":
                yield step.words[1:]


def test_every_command_is_shown_with_an_example() -> None:
    """the README or the handbook shows each command at work; what only developers need may be named alone."""
    shown = {words[0] for words in _commands(GUIDES)}
    named = {words[0] for document in DOCUMENTS for words in _mentions(document)}
    assert set(COMMANDS) - shown <= {"demo", "schema", "completion"}
    assert set(COMMANDS) <= shown | named


def test_every_option_is_documented() -> None:
    """no option is left to be found by chance."""
    text = "".join(path.read_text("utf-8") for path in ALL)
    context = click.Context(group)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.opts[-1] in text, (name, parameter.opts)


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_mentioned_call_parses(document: Path) -> None:
    """no document names a command, an option or a form that does not exist."""
    for words in _mentions(document):
        if len(words) == 1:
            assert words[0] in COMMANDS, words
            continue
        context = _parsed(words)
        form = context.params.get("form")
        if form is not None and form != "cultivation-rooster" and document.name != "form-author-guide.md":
            assert load_form(form)


@pytest.mark.parametrize("document", ALL, ids=_name)
def test_every_link_leads_somewhere(document: Path) -> None:
    """each relative link and picture resolves, down to the heading it names."""
    for target in _LINK.findall(_COMMENT.sub("", document.read_text("utf-8"))):
        if target.startswith(("http:", "https:")):
            continue
        path, _, heading = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        assert file.exists(), target
        if heading:
            assert heading in _headings(file), target


def _headings(document: Path) -> set[str]:
    """The anchors of a document's headings as web pages of repositories make them."""
    lines = _COMMENT.sub("", document.read_text("utf-8")).splitlines()
    titles = [line.lstrip("#").strip() for line in lines if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", CHINESE, ids=_name)
def test_chinese_documents_speak_plainly(document: Path) -> None:
    """a clerk meets no English jargon outside of commands and file names."""
    text = _LINK.sub("", _CODE.sub("", _COMMENT.sub("", document.read_text("utf-8"))))
    allowed = {"record"} if document.name == "clerks.md" else set()  # explained there in a table
    assert {word.lower() for word in _JARGON.findall(text)} <= allowed


def test_every_return_reason_is_explained() -> None:
    """each SF number a rule gives stands in the list of return reasons."""
    listed = set(
        re.findall(r"^\| (SF-\d+) ", (ROOT / "docs/handbook/return-reasons.md").read_text("utf-8"), re.MULTILINE)
    )
    given = {reason for edition in editions() for rule in LIBRARY.rules_of(edition) for reason in rule.reasons}
    given |= {reason for rule in LIBRARY.shared_rules for reason in rule.reasons}
    assert given <= listed


def test_every_form_is_in_the_changelog() -> None:
    """the changelog names each form by its full name."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert [form for form in form_ids() if form not in changelog] == []


def test_the_handbook_names_each_paper_of_bureaus_once() -> None:
    """the chapter on papers that authorities fill in names each list and letter, once."""
    text = (ROOT / "docs" / "handbook" / "clerks.md").read_text("utf-8")
    chapter = text.partition("\n## 主管部门自己的表和公文\n")[2].partition("\n## ")[0]
    own = [form.id for form in LIBRARY.forms if re.search("主管部门|局|厅", form.entry.filled_by)]
    assert len(own) > 20
    assert {form: chapter.count(f"`{form}`") for form in own} == dict.fromkeys(own, 1)


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "pictures").glob("*.png")), ids=lambda path: path.name)
def test_pictures_are_small_and_used(picture: Path) -> None:
    """a picture loads fast, opens, and stands in some document."""
    assert picture.stat().st_size < 150_000
    with Image.open(picture) as image:
        assert image.width <= 1400
    assert any(picture.name in document.read_text("utf-8") for document in DOCUMENTS)


@pytest.mark.parametrize("document", ALL, ids=_name)
def test_documents_name_no_path_of_a_machine(document: Path) -> None:
    """nothing in a document belongs to the machine it was written on."""
    assert not re.search(r"/(?:home|root|tmp|work)/", document.read_text("utf-8"))
