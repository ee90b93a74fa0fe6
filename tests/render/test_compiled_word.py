"""What compiled Word templates print is what docxtpl prints: the same parts, the same XML."""

import copy
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from greenforms.bundled import examples_dir
from greenforms.codec.printable import show_controls
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.template.runs import text_of, w
from greenforms.record import Record, read_record
from greenforms.render.by_docxtpl import filled_by_docxtpl
from greenforms.render.compiled_word import CompiledWord, compiled_word
from greenforms.render.obstacle import not_compiled
from greenforms.render.paper import render
from greenforms.render.sealing import seal_package
from greenforms.render.word import fill_word, is_long
from papers import example, example_forms
from shipped import few_editions, form_ids, load_form
from strategies.datasets import DataSets
from telling import of_telling

#: One form of each layout, and the examples of the layout.
FORMS = {load_form(form).layout: form for form in reversed(form_ids()) if "docx" in load_form(form).templates}
EXAMPLES = [(load_form(form).layout, name) for name, form in example_forms().items()]


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package: XML in its canonical form (C14N), all else as it stands."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: canonical(name, package.read(name)) for name in package.namelist()}


def canonical(name: str, part: bytes) -> bytes:
    return etree.tostring(etree.fromstring(part), method="c14n") if name.endswith((".xml", ".rels")) else part


def texts(content: bytes) -> set[str]:
    """What the controls of a paper say."""
    return {text_of(control) for control in etree.fromstring(parts(content)["word/document.xml"]).iter(w("sdtContent"))}


def assert_alike(form: Form, data: Any) -> None:
    record = Record(form.id, form.edition.id, data)
    long = is_long(form.root, data, blank=False)
    compiled = compiled_word(form, long=long)
    assert isinstance(compiled, CompiledWord), compiled
    ours = parts(compiled.fill(data, examples_dir(), record, blank=False))
    theirs = parts(seal_package(filled_by_docxtpl(form, data, examples_dir(), blank=False, long=long), record))
    assert list(ours) == list(theirs)
    for name, part in theirs.items():
        assert ours[name].decode(errors="replace") == part.decode(errors="replace"), name


@pytest.mark.parametrize("form_id", of_telling(FORMS.values()))
@settings(max_examples=1, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(draw=st.data())
def test_compiled_papers(form_id: str, draw: st.DataObject) -> None:
    """This test ensures that examples, drawn data and the blank are printed alike by both."""
    form = load_form(form_id)
    for layout, name in EXAMPLES:
        if layout == form.layout:
            assert_alike(form, example(name))
    assert_alike(form, draw.draw(DataSets(form).draw()))
    ours = parts(fill_word(form, None, None, None, blank=True))
    long = is_long(form.root, None, blank=True)
    assert ours == parts(filled_by_docxtpl(form, None, None, blank=True, long=long))


def with_header(folder: Path) -> Library:
    """The forms, with a tag in the header of a template."""
    few_editions(folder, ("nm-2024",))
    template = folder / "templates/cultivation-roster.docx"
    document = docx.Document(str(template))
    document.sections[0].header.paragraphs[0].text = "共 {{ rows[0].name }} 等"
    document.save(str(template))
    return Library(folder)


def with_wide_row(folder: Path) -> Library:
    """The forms, with a cell more in a row of a template than the table has columns."""
    few_editions(folder, ("nm-2024",))
    template = folder / "templates/cultivation-roster.docx"
    document = docx.Document(str(template))
    row = document.tables[0].rows[0]._tr
    row.append(copy.deepcopy(row.tc_lst[-1]))
    document.save(str(template))
    return Library(folder)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (with_header, "页眉、页脚、脚注或文件属性里有标记"),
        (with_wide_row, "表格各行的格数与表格的列数不符，或要看数据才知道"),
    ],
)
def test_left_to_docxtpl(make: Callable[[Path], Library], reason: str, tmp_path: Path) -> None:
    """This test ensures that what the compiler does not take is printed all the same, and that it is said why."""
    form = make(tmp_path).form("nm-2024/cultivation-roster")
    assert not_compiled(form) == compiled_word(form, long=False) == reason
    data = example("cultivation-roster")
    printed = render(form, data, "docx")
    saved = docx.Document(io.BytesIO(printed))
    name = data["rows"][0]["name"]
    assert name in texts(printed)
    if make is with_header:
        assert saved.sections[0].header.paragraphs[0].text == f"共 {name} 等"
    assert read_record(parts(printed)) == Record(form.id, form.edition.id, data)


def test_values_are_no_markup() -> None:
    """This test ensures that markup, template code and signs that no XML holds are printed as they were given."""
    form = load_form("nm-2024/cultivation-roster")
    names = ["<w:p/>&amp;]]>", "{{ form.title }}{% if x %}{_{_}_}", "甲\x0b乙\ufffe\x85", "&#95;_x000D_%{#%}"]
    row = example("cultivation-roster")["rows"][0]
    data = {"rows": [{**row, "name": name} for name in names]}
    assert_alike(form, data)
    printed = texts(render(form, data, "docx"))
    assert [name for name in names if show_controls(name) not in printed] == []
