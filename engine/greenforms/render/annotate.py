"""Prepares a blank Word template for docxtpl: each slot becomes a content control tagged with its field's pointer.

Authors write plain tags; what machines need is added here, once per template, along its program:
  * tags that Word split over several runs are put back into one run;
  * a slot inside a line becomes a run-level control; a text of several paragraphs or a set of pictures becomes a loop
    over paragraphs in the style of the one the tag stood in, each with a run-level control of the same tag;
  * the number of a row is asked of the row, for only that knows whether it keeps the place of an empty list;
  * what an outer item prints beside the rows of its inner list becomes one cell merged over them;
  * the headings of lists are marked to come again on each page (`heading_rows`).
Controls are `w:sdt` of ISO/IEC 29500-1, 17.5.2. None is block-level: LibreOffice 7.4 repeats the text of those when it
saves a docx again.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator
from functools import cache

from lxml import etree

from greenforms.errors import FormPackageError
from greenforms.form.form import Form
from greenforms.form.layout import expanded_template, template_errors, template_program
from greenforms.form.template.program import Each, Program, Slot, rows_in
from greenforms.form.template.runs import join_tags, set_run_text, text_of, w
from greenforms.form.template.tags import INDEX, OPENS, TAG, End, For, is_ordinal, statement_of
from greenforms.form.tree import Leaf
from greenforms.render.heading_rows import repeat_headings
from greenforms_extractors.match.flow import Flow
from greenforms_extractors.match.layout import depth

_MAIN = "word/document.xml"


@cache
def annotated_template(form: Form, *, long: bool = False) -> bytes:
    """The form's Word template with controls, as a docx; `long` for lists that may run over a page.

    Raises FormPackageError when the template has errors.
    """
    if errors := template_errors(form, "docx"):
        raise FormPackageError(errors)
    with zipfile.ZipFile(io.BytesIO(expanded_template(form, "docx").content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts[_MAIN])
    tables = list(root.iter(w("tbl")))
    program = template_program(form, "docx")
    _annotate(root, program)
    repeat_headings(tables, program, apart=long)
    parts[_MAIN] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def unbroken_fields(form: Form) -> frozenset[str]:
    """The patterns of the fields whose values no line of the form's Word paper parts."""
    return frozenset(slot.leaf.pattern for slot in template_program(form, "docx").slots if slot.leaf.codec.unbroken)


def _annotate(root: etree._Element, program: Program) -> None:
    """Mark the slots of a template; paragraphs with tags come in the order of the program's slots."""
    beside = dict(_outer_slots(program))
    slots = iter(program.slots)
    loops: list[str] = []
    for paragraph in list(root.iter(w("p"))):
        text = text_of(paragraph)
        _follow(text, loops)
        tags = [tag for tag in TAG.finditer(text) if tag["name"] and not is_ordinal(tag["name"])]
        if TAG.search(text):
            join_tags(paragraph)
        for tag in tags:
            slot = next(slots)
            assert slot.name == tag["name"], f"{slot.name} stands where the template has {tag[0]}"
            _slot(paragraph, tag[0], slot, beside.get(id(slot), ()))
        _number(paragraph, loops)


def _follow(text: str, loops: list[str]) -> None:
    """Keep the variables of the open loops, the innermost last."""
    for tag in TAG.finditer(text):
        match statement_of(tag["statement"] or ""):
            case For(variable):
                loops.append(variable)
            case End("for"):
                loops.pop()


def _number(paragraph: etree._Element, loops: list[str]) -> None:
    """Ask the innermost item for its number."""
    for run in paragraph.iter(w("r")):
        tag = TAG.fullmatch(text_of(run))
        if tag and tag["name"] == INDEX:
            set_run_text(run, f"{{{{ {loops[-1]}['{INDEX}'] }}}}")


def _outer_slots(program: Program) -> Iterator[tuple[int, tuple[Each, ...]]]:
    """The slots (by identity) of outer items beside inner rows, each with the repeats inside its own."""
    for row, around in rows_in(program.body):
        lists = [each for each in around if not isinstance(each, Each) or each.path]
        for box in row.boxes:
            for slot in box.slots:
                own = [each for each in lists if depth(each.path) < depth(slot.path)]
                if own and len(own) < len(lists):
                    yield id(slot), tuple(lists[len(own) :])


def _slot(paragraph: etree._Element, tag: str, slot: Slot, inner: tuple[Each, ...]) -> None:
    if slot.leaf.codec.flow in _BLOCKS:
        _expand(paragraph, slot.name, slot.leaf)
        return
    run = next(run for run in paragraph.iter(w("r")) if text_of(run) == tag)
    control = _mark(run, slot.name, slot.leaf)
    if inner:
        _merge_down(paragraph, control, " and ".join(f"{each.variable}.{OPENS}" for each in inner))


def _merge_down(paragraph: etree._Element, control: etree._Element, opens: str) -> None:
    """Merge the cell over the rows of the inner lists, and print its text in the first of them only."""
    cell = next(paragraph.iterancestors(w("tc")))
    properties = cell.find(w("tcPr"))
    if properties is None:
        properties = etree.Element(w("tcPr"))
        cell.insert(0, properties)
    merge = etree.Element(w("vMerge"))
    merge.set(w("val"), f"{{% if {opens} %}}restart{{% else %}}continue{{% endif %}}")
    before = [properties.find(w(name)) for name in ("gridSpan", "tcW", "cnfStyle")]
    place = next((properties.index(each) + 1 for each in before if each is not None), 0)
    properties.insert(place, merge)
    for offset, text in ((0, f"{{% if {opens} %}}"), (2, "{% endif %}")):
        run = etree.Element(w("r"))
        etree.SubElement(run, w("t")).text = text
        parent = control.getparent()
        assert parent is not None
        parent.insert(parent.index(control) + bool(offset), run)


#: As wide as a character of a label.
_ROOM = "\N{IDEOGRAPHIC SPACE}"
#: Loops that a slot of several paragraphs is expanded to: the template texts of its paragraphs.
_BLOCKS = {
    Flow.PARAGRAPHS: ("{{%p for line in {name}.lines %}}", "{{{{ line }}}}", "{{%p endfor %}}"),
    Flow.PICTURES: (
        "{{%p for picture in {name}.pictures %}}",
        "{{{{ picture.drawing }}}}",
        "{{{{ picture.caption }}}}",
        "{{%p endfor %}}",
    ),
}


def _expand(paragraph: etree._Element, name: str, leaf: Leaf) -> None:
    parent = paragraph.getparent()
    assert parent is not None
    place = parent.index(paragraph)
    parent.remove(paragraph)
    label = text_of(paragraph).partition("{{")[0]
    for offset, text in enumerate(_BLOCKS[leaf.codec.flow]):
        twin = copy.deepcopy(paragraph)
        run = _set_text(twin, text.format(name=name))
        if text.startswith("{{{{") and "drawing" not in text:
            if label and leaf.codec.flow is Flow.PARAGRAPHS:
                run.addprevious(_labelled(run, label))
            _mark(run, name, leaf)
        parent.insert(place + offset, twin)


def _labelled(run: etree._Element, label: str) -> etree._Element:
    """A run for the label of several paragraphs: before the first, and as much room before the others."""
    twin = copy.deepcopy(run)
    set_run_text(twin, f"{{% if loop.first %}}{label}{{% else %}}{_ROOM * len(label)}{{% endif %}}")
    return twin


def _mark(run: etree._Element, name: str, leaf: Leaf) -> etree._Element:
    """Put a run into a content control tagged with its field's pointer; the control."""
    parent = run.getparent()
    assert parent is not None
    control = etree.Element(w("sdt"))
    properties = etree.SubElement(control, w("sdtPr"))
    etree.SubElement(properties, w("alias")).set(w("val"), leaf.title)
    etree.SubElement(properties, w("tag")).set(w("val"), f"{{{{ {name}.tag }}}}")
    parent.replace(run, control)
    control.tail, run.tail = run.tail, None
    etree.SubElement(control, w("sdtContent")).append(run)
    return control


def _set_text(paragraph: etree._Element, text: str) -> etree._Element:
    """Keep the paragraph's properties and its tag run's look, and say `text`; the run that says it."""
    run = next(run for run in paragraph.iter(w("r")) if "{{" in text_of(run))
    for child in list(paragraph):
        if child is not run and child.tag != w("pPr"):
            paragraph.remove(child)
    set_run_text(run, text)
    return run
