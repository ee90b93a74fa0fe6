"""What compiled Word templates print is what docxtpl prints: the same parts, the same XML."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from greenforms.bundled import examples_dir
from greenforms.form.form import Form
from greenforms.record import Record
from greenforms.render.by_docxtpl import filled_by_docxtpl
from greenforms.render.compiled_word import CompiledWord, compiled_word
from greenforms.render.sealing import seal_package
from greenforms.render.word import fill_word, is_long
from papers import example, example_forms
from shipped import form_ids, load_form
from strategies.datasets import DataSets

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


@pytest.mark.parametrize("form_id", FORMS.values())
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
