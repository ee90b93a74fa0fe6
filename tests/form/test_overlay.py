"""A folder laid over the shipped one uses its facts and layouts, and defines none of them again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from form.conftest import ROOT, write
from greenforms.check.validation import validate
from greenforms.errors import FormPackageError, UsageError
from greenforms.form.library import Library, open_library
from greenforms.form.tree import Group, leaves, rows_of
from shipped import LIBRARY


def test_the_forms_of_both_folders_are_there(over: Path) -> None:
    """This test ensures that shipped forms stay, and that an edition prints a shipped layout by its own title."""
    library = Library(ROOT, over)
    assert set(library.form_ids) == {*LIBRARY.form_ids, "xx-2025/roster", "xx-2025/letter"}
    roster = library.form("xx-2025/roster")
    assert (roster.title, roster.layout) == ("培育名单库表（试行）", "cultivation-roster")
    assert roster.templates == LIBRARY.form("nm-2024/cultivation-roster").templates
    assert [leaf.pattern for leaf in leaves(roster.root)] == [
        leaf.pattern for leaf in leaves(LIBRARY.form("nm-2024/cultivation-roster").root)
    ]


def test_a_layout_of_ours_uses_shipped_facts(over: Path) -> None:
    """This test ensures that references across the folders are followed, and facts mean what they mean elsewhere."""
    bound = {leaf.pattern: leaf.fact for leaf in leaves(Library(ROOT, over).form("xx-2025/letter").root)}
    assert bound["/unit"] is not None
    assert bound["/unit"].fact == "unit.name"
    assert bound["/years/*/revenue"] is not None


def test_a_shared_group_is_extended_and_relabelled(over: Path) -> None:
    """This test ensures that a layout adds a field to a shared group, calls one otherwise and allows nothing else."""
    form = Library(ROOT, over).form("xx-2025/letter")
    shown = {leaf.pattern: (leaf.title, leaf.codec.name) for leaf in leaves(form.root)}
    assert shown["/contact/name"] == ("填表人", "text")
    assert shown["/contact/phone"] == ("联系电话", "phone")
    assert shown["/contact/post"] == ("职务", "text")
    data = {
        "unit": "某某公司",
        "years": [],
        "contact": {"name": "甲", "phone": "0471-4901234", "post": "工程师", "fax": "1"},
    }
    unknown = [finding.places[0].path for finding in validate(form, data) if finding.rule == "schema/unknown-key"]
    assert unknown == ["/contact/fax"]


def test_two_libraries_do_not_mix(over: Path) -> None:
    """This test ensures that what one library knows is no part of another in the same process."""
    both = Library(ROOT, over)
    assert "xx-2025/roster" in both.form_ids
    assert "xx-2025/roster" not in LIBRARY.form_ids
    with pytest.raises(UsageError, match="xx-2025/roster"):
        LIBRARY.form("xx-2025/roster")
    one, other = both.form("nm-2024/cultivation-plan"), LIBRARY.form("nm-2024/cultivation-plan")
    assert one is not other
    assert (one.library, other.library) == (both, LIBRARY)


def test_the_environment_names_the_folder(over: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that each opening looks at the environment anew, and one without forms is refused."""
    monkeypatch.setenv("GREENFORMS_PACKAGES", str(over))
    assert "xx-2025/letter" in open_library().form_ids
    monkeypatch.delenv("GREENFORMS_PACKAGES")
    assert "xx-2025/letter" not in open_library().form_ids
    monkeypatch.setenv("GREENFORMS_PACKAGES", str(over / "templates"))
    with pytest.raises(UsageError, match="没有 schemas 文件夹"):
        open_library()


@pytest.mark.parametrize(
    ("file", "used"),
    [
        ("schemas/facts/unit.schema.json", "xx-2025/letter"),
        ("schemas/facts/entities.yaml", "xx-2025/letter"),
        ("schemas/layouts/cultivation-roster.schema.json", "xx-2025/roster"),
        ("schemas/editions/nm-2024.yaml", "xx-2025/roster"),
        ("templates/cultivation-roster.docx", "xx-2025/roster"),
    ],
)
def test_defining_again_what_is_shipped_is_an_error(file: str, used: str, over: Path) -> None:
    """This test ensures that a fact file, layout, edition or template of a shipped name is refused, naming both."""
    shutil.copy(ROOT / file, over / file)
    with pytest.raises(FormPackageError) as caught:
        Library(ROOT, over).form(used)
    assert all(str(folder / file) in str(caught.value) for folder in (ROOT, over))


def test_a_catalogue_of_one_name_in_both_folders(over: Path, copied: Path) -> None:
    """This test ensures that an indicator system is not defined twice either."""
    rows = [{"id": "energy", "title": "能耗"}]
    catalogue = {"catalogue": "points", "title": "指标", "parts": [{"id": "all", "rows": rows}]}
    for folder in (copied, over):
        write(folder / "schemas/indicators/points.yaml", catalogue)
    with pytest.raises(FormPackageError) as caught:
        _ = Library(copied, over).catalogues
    assert all(str(folder / "schemas/indicators/points.yaml") in str(caught.value) for folder in (copied, over))


def test_a_fact_is_not_defined_again_under_another_file(over: Path) -> None:
    """This test ensures that the name of a fact is taken wherever it stands, naming both places."""
    again = {"unit_name": {"title": "名称", "x-fact": "unit.name", "x-kind": "name"}}
    content = {"$id": "https://greenforms.invalid/facts/more.schema.json", "x-entity": "unit", "$defs": again}
    (over / "schemas/facts/more.schema.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(FormPackageError) as caught:
        Library(ROOT, over).form("xx-2025/letter")
    assert "facts/unit.schema.json“/$defs/name”" in str(caught.value)
    assert "facts/more.schema.json：“/$defs/unit_name”" in str(caught.value)


def with_layout(over: Path, layout: str, said: dict[str, object]) -> Path:
    """The folder whose first form prints a layout of which its edition says something of its own."""
    path = over / "schemas/editions/xx-2025.yaml"
    edition = json.loads(path.read_text("utf-8"))
    edition["forms"] = [{**edition["forms"][0], "layout": layout, "outputs": ["docx"], **said}]
    write(path, edition)
    return over


def with_overrides(over: Path, layout: str, fields: dict[str, dict[str, object]]) -> Path:
    """The folder whose first form prints a layout with some fields called otherwise."""
    return with_layout(over, layout, {"fields": fields})


def test_an_edition_calls_single_fields_otherwise(over: Path) -> None:
    """This test ensures that labels and row counts are the edition's own and all else stays, behind references, too."""
    fields = {"/enterprise/name": {"title": "企业全称"}, "/enterprise/years": {"x-blank-rows": 2}}
    form = Library(ROOT, with_overrides(over, "cultivation-plan", fields)).form("xx-2025/roster")
    shipped = {leaf.pattern: leaf for leaf in leaves(LIBRARY.form("nm-2024/cultivation-plan").root)}
    ours = {leaf.pattern: leaf for leaf in leaves(form.root)}
    assert list(ours) == list(shipped)
    assert {pattern for pattern in ours if ours[pattern] != shipped[pattern]} == {"/enterprise/name"}
    assert ours["/enterprise/name"] == replace(shipped["/enterprise/name"], title="企业全称")
    assert next(rows.blank_rows for rows in rows_of(form.root) if rows.pattern == "/enterprise/years") == 2
    data = json.loads((ROOT / "examples/cultivation-plan-factory.json").read_text("utf-8"))
    assert [finding for finding in validate(form, data) if finding.rule.startswith("schema/")] == []


@pytest.mark.parametrize(("said", "asks_for_record"), [({}, True), ({"third-party-conditions": "nm_2022"}, False)])
def test_an_edition_asks_about_its_part_of_a_catalogue(
    over: Path, said: dict[str, str], *, asks_for_record: bool
) -> None:
    """This test ensures that the rows of a catalogue are the edition's, else the layout's, every one required."""
    parts = {"parts": said} if said else {}
    form = Library(ROOT, with_layout(over, "park-third-party-evaluation", parts)).form("xx-2025/roster")
    rows = form.root.children["qualification"]
    assert isinstance(rows, Group)
    assert ("record" in rows.children) is asks_for_record
    assert all(row.required for row in rows.children.values())
    assert {"legal", "office", "people", "law", "independent"} <= rows.children.keys()


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"factory-2018": "basic"}, "parts 里的“factory-2018”不是本版式的指标目录"),
        ({"third-party-conditions": "xx_2025"}, "没有指标目录“third-party-conditions#xx_2025”"),
    ],
)
def test_a_part_of_no_catalogue(over: Path, parts: dict[str, str], message: str) -> None:
    """This test ensures that an edition names only catalogues that its layout asks about, and parts that they have."""
    with pytest.raises(FormPackageError, match=message):
        Library(ROOT, with_layout(over, "park-third-party-evaluation", {"parts": parts})).form("xx-2025/roster")


def test_an_override_of_no_field(over: Path) -> None:
    """This test ensures that an edition cannot call a field otherwise that its layout has not."""
    fields = {"/enterprise/nmae": {"title": "企业全称"}}
    with pytest.raises(FormPackageError, match="“/enterprise/nmae”不是本版式的字段"):
        Library(ROOT, with_overrides(over, "cultivation-plan", fields)).form("xx-2025/roster")
